#!/usr/bin/env python3
"""Same evidence, same profile: the same bytes for any number of threads, any page size's own run, any path."""
import os
import shutil

from support import TABLES, WholeTest, main, make_evidence, sha256


class Determinism(WholeTest):
    def limits(self):
        path = self.folder / "limits"
        path.write_text("page_bytes=65536\nmargin_bytes=4096\nresident_bytes=65536\n")
        return ("--limits", path)

    def digest(self, name, evidence, *extra, env=None):
        case = self.folder / name
        self.run_case(case, evidence, extra=(*self.limits(), "--no-reports", *extra), env=env)
        return sha256(case / "results.sqlite")

    def test_threads_and_the_serial_oracle(self):
        evidence = make_evidence(self.folder / "evidence", 1)
        oracle = self.digest("serial", evidence, "--serial")
        for threads in (1, 2, 3, 8):
            self.assertEqual(self.digest(f"t{threads}", evidence, "--threads", threads), oracle, f"{threads} threads")

    def test_path_zone_and_locale_do_not_matter(self):
        evidence = make_evidence(self.folder / "evidence", 2, files=40)
        moved = self.folder / "elsewhere" / "evidence"
        shutil.copytree(evidence, moved, symlinks=True)
        for base, _, names in os.walk(os.fsencode(evidence)):
            for name in names:
                source = os.path.join(base, name)
                target = source.replace(os.fsencode(evidence), os.fsencode(moved), 1)
                info = os.lstat(source)
                os.utime(target, ns=(info.st_atime_ns, info.st_mtime_ns), follow_symlinks=False)
        for base, _, _ in os.walk(os.fsencode(evidence), topdown=False):
            info = os.lstat(base)
            os.utime(base.replace(os.fsencode(evidence), os.fsencode(moved), 1), ns=(info.st_atime_ns, info.st_mtime_ns))
        one = self.digest("one", evidence)
        self.assertEqual(self.digest("two", moved, env={"TZ": "Asia/Kathmandu", "LC_ALL": "ar_EG.UTF-8"}), one)

    def test_every_table_is_exported_alike(self):
        evidence = make_evidence(self.folder / "evidence", 3, files=60)
        exports = []
        for threads in (1, 8):
            case = self.folder / f"case{threads}"
            self.run_case(case, evidence, extra=("--threads", threads, "--no-reports"))
            exports.append([self.evtriage("export", case, "--table", t, "--format", "jsonl", code=0).stdout for t in TABLES])
        self.assertEqual(*exports)
        self.assertTrue(all(exports[0][TABLES.index(t)] for t in ("exhibits", "items", "texts", "contacts", "mentions")))


if __name__ == "__main__":
    main()
