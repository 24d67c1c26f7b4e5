#!/usr/bin/env python3
"""Verification is tested with forgeries: any one-byte change of a sealed case or of the evidence is found and named."""
import os
import random
import shutil
import sqlite3

from support import WholeTest, main, make_evidence


class Forgery(WholeTest):
    def setUp(self):
        super().setUp()
        self.evidence = make_evidence(self.folder / "evidence", 9, files=30)
        self.case = self.folder / "case"
        self.run_case(self.case, f"DISK={self.evidence}", extra=("--lang", "en,fr"))
        self.evtriage("verify", self.case, "--evidence", f"DISK={self.evidence}", code=0)

    def differs(self, *names, evidence=False):
        arguments = ("--evidence", f"DISK={self.evidence}") if evidence else ()
        result = self.evtriage("verify", self.case, *arguments, code=4)
        out = (result.stdout + result.stderr).decode(errors="replace")
        for name in names:
            self.assertIn(name, out)

    def flip(self, path, at, mask=1):
        data = bytearray(path.read_bytes())
        data[at] ^= mask
        path.write_bytes(data)

    def test_every_file_of_the_case_at_many_places(self):
        dice = random.Random(1)
        for path in sorted(p for p in self.case.rglob("*") if p.is_file()):
            kept = path.read_bytes()
            few = min(len(kept), 250 if path.name in ("seal.json", "custody.jsonl") else 15)
            for at in sorted(dice.sample(range(len(kept)), few)):
                self.flip(path, at, 1 << dice.randrange(8))
                self.differs(path.name)
                path.write_bytes(kept)
        self.evtriage("verify", self.case, code=0)

    def test_rows_changed_by_a_database_program(self):
        for table, sql in (("items", "UPDATE items SET size = size + 1 WHERE id = 3"),
                           ("contacts", "DELETE FROM contacts WHERE id = 1"),
                           ("texts", "UPDATE texts SET language = 'xx' WHERE rowid = (SELECT min(rowid) FROM texts)"),
                           ("mentions", "UPDATE mentions SET raw = 'x'")):
            copy = self.folder / "kept.sqlite"
            shutil.copy(self.case / "results.sqlite", copy)
            with sqlite3.connect(self.case / "results.sqlite") as database:
                try:
                    database.execute(sql)
                except sqlite3.OperationalError:
                    database.execute(sql.replace("rowid", "item"))
            self.differs("results.sqlite", table)
            for left in self.case.glob("results.sqlite-*"):
                left.unlink()
            shutil.copy(copy, self.case / "results.sqlite")

    def test_lines_of_the_custody_log(self):
        log = self.case / "custody.jsonl"
        lines = log.read_bytes().splitlines(keepends=True)
        for forged in (lines[:-1], lines[1:], [*lines, lines[-1]], [lines[1], lines[0], *lines[2:]], lines[:2] + lines[3:],
                       [*lines, b"{}\n"], []):
            log.write_bytes(b"".join(forged))
            self.differs("custody.jsonl")
        log.write_bytes(b"".join(lines))
        self.evtriage("verify", self.case, code=0)

    def test_files_added_and_removed(self):
        (self.case / "reports/extra.html").write_text("x")
        self.differs("extra.html")
        (self.case / "reports/extra.html").unlink()
        report = self.case / "reports/report.fr.html"
        kept = report.read_bytes()
        report.unlink()
        self.differs("report.fr.html")
        report.write_bytes(kept)
        self.evtriage("verify", self.case, code=0)

    def test_files_beside_the_case_and_files_that_went(self):
        for name in ("extra", "results.sqlite-wal", "results.sqlite-journal", "seal.json.new"):
            (self.case / name).write_text("x")
            self.differs(name)
            (self.case / name).unlink()
        (self.case / "working").mkdir()
        self.differs("working")
        (self.case / "working").rmdir()
        for name in ("seal.json", "custody.jsonl", "results.sqlite"):
            (self.case / name).rename(self.folder / "aside")
            self.differs(name)
            (self.folder / "aside").rename(self.case / name)
        self.evtriage("verify", self.case, code=0)

    def test_a_copy_that_anybody_may_read_is_verified(self):
        self.case.chmod(0o755)
        self.evtriage("verify", self.case, code=0)
        self.evtriage("export", self.case, "--table", "items", code=0)

    def test_evidence_changed_added_removed(self):
        path = self.evidence / "copy a"
        self.flip(path, 3)
        self.differs("copy a: SHA-256", evidence=True)
        self.flip(path, 3)
        (self.evidence / "added").write_text("x")
        self.differs("added: was not there", evidence=True)
        (self.evidence / "added").unlink()
        os.rename(self.evidence / "copy b", self.evidence / "zz")
        self.differs("copy b: is missing", "zz: was not there", evidence=True)


if __name__ == "__main__":
    main()
