#!/usr/bin/env python3
"""What an item yields does not depend on what was parsed before it: the samples of every family all in one run, all again
in the reverse order on one thread, and every fourth one alone give the same results."""
import os
import shutil

from support import SOURCE, WholeTest, main

DATA = sorted(p for p in (SOURCE / "tests/extractors").glob("*/data/*") if p.is_file() and p.suffix not in (".md", ".py"))
SAME = ("kind", "size", "media_type", "type_mismatch", "sha256", "created", "modified", "encrypted", "outcome", "text_bytes")


class Order(WholeTest):
    def lay(self, folder, samples, reverse):
        folder.mkdir()
        for i, sample in enumerate(samples):
            place = folder / f"{len(samples) - i if reverse else i:04d}"
            place.mkdir()
            shutil.copy(sample, place / sample.name)
            os.utime(place / sample.name, (1_700_000_000, 1_700_000_000))

    def yields(self, case):
        """For each sample: what stands in the tables of it and of all that lies in it, without numbers of rows and places in the walk."""
        out, sample_of, first = {}, {}, {}
        for item in self.table(case, "items"):
            parts = item["path"].split("/")
            if len(parts) < 2:
                continue
            sample = sample_of[item["id"]] = parts[1] if item["kind"] == "file" else sample_of[item["parent"]]
            first.setdefault(sample, item["id"])
            out.setdefault(sample, []).append((item["path"].split("/", 1)[1], *(item.get(key) for key in SAME)))
        for table in ("issues", "properties", "texts", "messages"):
            for row in self.table(case, table):
                sample = sample_of.get(row["item"])
                if sample is None:
                    continue
                rest = {k: v for k, v in row.items() if k not in ("item", "id", "n")}
                out[sample].append((table, row["item"] - first[sample], sorted(map(str, rest.items()))))
        return out

    def test_alone_together_and_in_reverse(self):
        self.assertGreater(len(DATA), 60)
        names = [p.name for p in DATA]
        samples = [p for p in DATA if names.count(p.name) == 1]
        self.lay(self.folder / "forward", samples, False)
        self.lay(self.folder / "reverse", samples, True)
        passwords = self.folder / "passwords"
        passwords.write_text("sesame\ngeheim\n")
        options = ("--password-file", str(passwords))
        self.run_case(self.folder / "all", self.folder / "forward", extra=options)
        self.run_case(self.folder / "back", self.folder / "reverse", extra=(*options, "--threads", "1"))
        forward, back = self.yields(self.folder / "all"), self.yields(self.folder / "back")
        self.assertEqual(set(forward), {p.name for p in samples})
        for name in forward:
            self.assertEqual(forward[name], back[name], name)
        for i, sample in enumerate(samples[::4]):
            self.lay(self.folder / f"alone{i}", [sample], False)
            self.run_case(self.folder / f"case{i}", self.folder / f"alone{i}", extra=options)
            self.assertEqual(self.yields(self.folder / f"case{i}")[sample.name], forward[sample.name], sample.name)


if __name__ == "__main__":
    main()
