#!/usr/bin/env python3
"""The sample evidence: each file is found, or left alone, as tests/sample/expected.tsv says.

The table was written by hand before the rules were run.  Asserted: an innocent file is not brought up, a file
with an indicator is at least of medium weight, and at least one of its categories is named.
"""
import re

from support import SAMPLE, SOURCE, WholeTest, main


class Sample(WholeTest):
    def test_findings_are_where_they_must_be(self):
        case = self.folder / "case"
        self.run_case(case, SAMPLE)
        items = {i["id"]: i for i in self.table(case, "items")}
        def top(item):  # attachments and mails count for their file
            while item.get("parent") and items[item["parent"]]["kind"] != "directory":
                item = items[item["parent"]]
            return item["path"]
        bands, categories = {}, {}
        rank = {"high": 3, "medium": 2, "low": 1, "none": 0}
        for finding in self.table(case, "findings"):
            path = top(items[finding["item"]])
            bands[path] = max(bands.get(path, "none"), finding["band"], key=rank.get)
            categories.setdefault(path, set()).update(finding["categories"])
        rows = [line.split("\t") for line in (SOURCE / "tests/sample/expected.tsv").read_text().splitlines()
                if line and not line.startswith("#")]
        self.assertGreater(len(rows), 20)
        wrong = []
        for path, expected, *wanted in rows:
            found = bands.get(path, "none")
            wanted = {c for c in (wanted[0] if wanted else "").replace(",", " ").split() if c != "-"}
            if expected == "none" and rank[found] > 0:
                wrong.append(f"{path}: flagged {found} {sorted(categories[path])}, is innocent")
            elif expected == "low":  # an innocent text that may be kept, but not brought up
                if rank[found] > 1:
                    wrong.append(f"{path}: flagged {found}, at most low")
                continue
            elif rank[found] < min(rank[expected], rank["medium"]):
                wrong.append(f"{path}: {found}, expected {expected}")
            elif wanted and not wanted & categories.get(path, set()):
                wrong.append(f"{path}: categories {sorted(categories.get(path, set()))}, expected of {sorted(wanted)}")
        self.assertEqual(wrong, [])

    def test_legal_elements_are_in_the_reports_language(self):
        case = self.folder / "case"
        self.run_case(case, SAMPLE, extra=("--lang", "fr"))
        page = (case / "reports/report.fr.html").read_text(encoding="utf-8")
        said = re.findall(r'<span class="law">(.*?)( \u2013|</span>)', page)
        self.assertGreater(len(said), 20)
        self.assertTrue(any(", " in words for words, _ in said), "a rule that speaks to several elements")
        for words, _ in said:
            self.assertNotRegex(words, r"\b(means|act|purpose|entry|benefit|stay|aggravation|any)\b")


if __name__ == "__main__":
    main()
