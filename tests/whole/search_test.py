#!/usr/bin/env python3
"""evtriage search over a sealed case: hits where a plain reading of the files finds them, the same for any number of threads."""
import json
import re
import unittest

import support


class SearchTest(support.WholeTest):
    def setUp(self):
        super().setUp()
        self.evidence = self.folder / "evidence"
        self.evidence.mkdir()
        for i in range(400):
            text = f"letter {i}\nThe boat leaves on day {i % 28 + 1}.\n" + ("Payé à l'AGENT avant le départ.\n" if i % 7 == 0 else "Nothing.\n")
            (self.evidence / f"{i:03d}.txt").write_text(text, encoding="utf-8")
        self.case = self.folder / "case"
        self.run_case(self.case, self.evidence)

    def hits(self, *arguments):
        out = self.evtriage("search", self.case, *arguments, "--jsonl", code=0).stdout
        return [json.loads(line) for line in out.decode().splitlines()]

    def test_hits_are_those_of_a_plain_reading(self):
        hits = self.hits('"paye a l agent"')
        expected = [p.name for p in sorted(self.evidence.iterdir()) if "Payé à l'AGENT" in p.read_text(encoding="utf-8")]
        self.assertEqual([h["path"] for h in hits], expected)
        for hit in hits:
            raw = (self.evidence / hit["path"]).read_bytes()
            self.assertEqual(raw[hit["text_begin"]:hit["text_end"]].decode(), hit["matched"])
            self.assertIn(hit["before"] + hit["matched"] + hit["after"], raw.decode())

    def test_regex(self):
        hits = self.hits("--regex", "day 2[0-8]\\.")
        expected = sum(len(re.findall(r"day 2[0-8]\.", p.read_text(encoding="utf-8"))) for p in self.evidence.iterdir())
        self.assertEqual(len(hits), expected)

    def test_any_number_of_threads_and_nothing_is_written(self):
        before = support.snapshot(self.case)
        answers = {self.evtriage("search", self.case, "agent boat", "--threads", n, code=0).stdout for n in (1, 2, 8)}
        self.assertEqual(len(answers), 1)
        after = support.snapshot(self.case)
        self.assertEqual({k: v[:-1] for k, v in before.items()}, {k: v[:-1] for k, v in after.items()})

    def test_wrong_queries_and_an_empty_answer(self):
        for arguments in ([self.case], [self.case, '"open'], [self.case, "--regex", "("], [self.case, ""], [self.folder / "no", "x"]):
            result = self.evtriage("search", *arguments, code=64)
            self.assertEqual(len(result.stderr.decode().strip().splitlines()), 1)
        result = self.evtriage("search", self.case, "zanzibar", code=0)
        self.assertEqual(result.stdout, b"")
        self.assertIn(b"0 hits in 0 of 400 texts", result.stderr)

    def test_a_case_without_text_says_so(self):
        case = self.folder / "without"
        self.run_case(case, self.evidence, extra=("--keep-text", "none"))
        self.assertIn(b"keeps no text", self.evtriage("search", case, "boat", code=0).stderr)


if __name__ == "__main__":
    unittest.main()
