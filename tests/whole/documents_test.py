#!/usr/bin/env python3
"""Documents, archives and mail stores through the whole program and its cage.

What each sample holds was told by other programs (see the README beside each sample), not by ours.
"""
import gzip
import io
import json
import os
import shutil
import tarfile
import zipfile

from support import SOURCE, WholeTest, main, sha256, snapshot

DATA = SOURCE / "tests/extractors"
# sample -> (words in some text of the item or below it, media type of the item or None)
SAMPLES = {
    "archive/data/plain.7z": ("+226 70 00 00 01", "application/x-7z-compressed"),
    "archive/data/plain.cab": ("+226 70 00 00 01", "application/vnd.ms-cab-compressed"),
    "archive/data/plain.tar.zst": ("+226 70 00 00 01", "application/zstd"),
    "pdf/data/full.pdf": (None, "application/pdf"),
    "image/data/full.jpg": (None, "image/jpeg"),
    "media/data/xyz.mov": (None, "video/quicktime"),
    "office/data/report.docx": (None, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "office/data/fees.xlsx": (None, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "office/data/report.odt": (None, "application/vnd.oasis.opendocument.text"),
    "office/data/report.epub": (None, "application/epub+zip"),
    "ole/data/notice.doc": (None, "application/msword"),
    "ole/data/fees.xls": (None, "application/vnd.ms-excel"),
    "ole/data/notice.rtf": (None, "text/rtf"),
    "ole/data/message.msg": (None, None),
    "outlook/data/small.pst": (None, None),
    "outlook/data/winmail.dat": (None, None),
}
LOCKED = {"archive/data/aes256.zip": "sesame", "pdf/data/aes256.pdf": "geheim", "ole/data/agile.docx": None}


def below(items, path):
    """The item of a path and everything inside it."""
    return [i for i in items if i["path"] == path or i["path"].startswith(path + "/")]


class Documents(WholeTest):
    def setUp(self):
        super().setUp()
        self.evidence = self.folder / "evidence"
        self.evidence.mkdir()

    def put(self, names):
        for name in names:
            shutil.copy(DATA / name, self.evidence / os.path.basename(name))

    def texts_of(self, case, items):
        wanted = {i["id"] for i in items}
        return "\n".join(t["text"] for t in self.table(case, "texts") if t["item"] in wanted)

    def test_every_family_gives_text_or_properties(self):
        self.put(SAMPLES)
        self.run_case(self.folder / "case", f"D={self.evidence}")
        items = self.table(self.folder / "case", "items")
        properties = self.table(self.folder / "case", "properties")
        for sample, (words, media_type) in SAMPLES.items():
            name = os.path.basename(sample)
            family = below(items, name)
            self.assertTrue(family, name)
            if media_type:
                self.assertEqual(family[0]["media_type"], media_type, name)
            self.assertEqual(family[0]["sha256"], sha256(DATA / sample), name)
            ids = {i["id"] for i in family}
            text = self.texts_of(self.folder / "case", family)
            self.assertTrue(text.strip() or any(p["item"] in ids for p in properties), name)
            if words:
                self.assertIn(words, text, name)

    def test_members_are_items_with_their_own_digests(self):
        inner = io.BytesIO()
        with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as z:
            z.writestr("deep/note.txt", "call +44 7700 900123 before friday\n" * 50)
        with tarfile.open(self.evidence / "outer.tar.gz", "w:gz") as t:
            info = tarfile.TarInfo("box.zip")
            info.size = len(inner.getvalue())
            t.addfile(info, io.BytesIO(inner.getvalue()))
        self.run_case(self.folder / "case", f"D={self.evidence}")
        items = self.table(self.folder / "case", "items")
        note = next(i for i in items if i["name"].endswith("note.txt"))
        self.assertEqual(note["kind"], "member")
        import hashlib
        self.assertEqual(note["sha256"], hashlib.sha256(b"call +44 7700 900123 before friday\n" * 50).hexdigest())
        box = next(i for i in items if i["name"] == "box.zip")
        self.assertEqual(box["sha256"], hashlib.sha256(inner.getvalue()).hexdigest())
        self.assertEqual(note["parent"], box["id"])
        mention = next(m for m in self.table(self.folder / "case", "mentions") if m["item"] == note["id"])
        self.assertEqual(mention["raw"], "+44 7700 900123")
        shown = self.evtriage("show", self.folder / "case", f"{note['address']}+{mention['begin']}..{mention['end']}", code=0)
        self.assertIn(b"+44 7700 900123", shown.stdout)

    def test_archives_larger_than_the_structured_limit_are_opened(self):
        with zipfile.ZipFile(self.evidence / "large.zip", "w", zipfile.ZIP_STORED) as z:
            z.writestr("filling.bin", os.urandom(300_000))
            z.writestr("note.txt", "call +44 7700 900123")
        limits = self.folder / "limits"
        limits.write_text("page_bytes=65536\nmargin_bytes=4096\nresident_bytes=65536\nstructured_bytes=65536\n")
        self.run_case(self.folder / "case", f"D={self.evidence}", extra=["--limits", limits])
        self.assertIn("large.zip/note.txt", [i["path"] for i in self.table(self.folder / "case", "items")])

    def test_cage_and_no_cage_give_the_same_results(self):
        self.put(SAMPLES)
        roots = []
        for number, extra in enumerate(([], ["--no-sandbox"], ["--threads", "8"], ["--serial"])):
            case = self.folder / f"case{number}"
            self.run_case(case, f"D={self.evidence}", extra=extra)
            roots.append(json.loads((case / "seal.json").read_text())["results_digest"])
        self.assertEqual(len(set(roots)), 1, roots)
        self.assertIn("without locks", (self.folder / "case1/custody.jsonl").read_text())

    def test_locked_items_are_told_and_passwords_open_them(self):
        self.put(LOCKED)
        self.run_case(self.folder / "shut", f"D={self.evidence}")
        shut = self.table(self.folder / "shut", "items")
        for name in LOCKED:
            self.assertTrue(any(i["encrypted"] and i["outcome"] == "partial" for i in below(shut, os.path.basename(name))), name)
        self.assertTrue(any(i["code"] == "encrypted" for i in self.table(self.folder / "shut", "issues")))
        words = self.folder / "words"
        words.write_text("wrong\nsesame\ngeheim\n")
        self.run_case(self.folder / "open", f"D={self.evidence}", extra=["--password-file", words])
        opened = self.table(self.folder / "open", "items")
        for name, password in LOCKED.items():
            if password:
                self.assertTrue(all(i["outcome"] == "done" for i in below(opened, os.path.basename(name))), name)
        self.assertNotIn("sesame", (self.folder / "open/custody.jsonl").read_text())

    def test_bombs_end_and_are_told(self):
        (self.evidence / "zeros.gz").write_bytes(gzip.compress(bytes(80_000_000), 9))
        with zipfile.ZipFile(self.evidence / "many.zip", "w") as z:
            for i in range(3000):
                z.writestr(f"{i}.txt", f"member {i}")
        data = b"at the bottom: ama@example.org"
        for level in range(30):
            data = gzip.compress(data)
        (self.evidence / "nested.gz").write_bytes(data)
        limits = self.folder / "limits"
        limits.write_text("expanded_bytes=50000000\nchildren=1000\n")
        self.evtriage("run", f"D={self.evidence}", "--case", self.folder / "case", "--limits", limits, "--progress", "none", code=2)
        told = " ".join(i["detail"] for i in self.table(self.folder / "case", "issues"))
        for limit in ("expanded_bytes=50000000", "children=1000", "depth=16"):
            self.assertIn(limit, told)
        items = self.table(self.folder / "case", "items")
        self.assertEqual(sum(i["name"].startswith("many") for i in items), 1)
        self.assertEqual(sum(i["path"].startswith("many.zip/") for i in items), 1000)

    def test_broken_documents_still_give_their_strings(self):
        whole = (DATA / "office/data/report.docx").read_bytes()
        (self.evidence / "broken.pdf").write_bytes(b"%PDF-1.4\n" + bytes(range(256)) * 4 + b"\nwrite to kofi@example.org tonight\n")
        (self.evidence / "half.docx").write_bytes(whole[:len(whole) // 2])
        before = snapshot(self.evidence)
        self.evtriage("run", f"D={self.evidence}", "--case", self.folder / "case", "--progress", "none", code=2)
        self.assertEqual(snapshot(self.evidence), before)
        contacts = {c["value"] for c in self.table(self.folder / "case", "contacts")}
        self.assertIn("kofi@example.org", contacts)
        outcomes = {i["name"]: i["outcome"] for i in self.table(self.folder / "case", "items")}
        self.assertEqual(outcomes["half.docx"], "partial")

    def test_doctor_and_report_name_the_level(self):
        self.put(["pdf/data/full.pdf"])
        said = self.evtriage("doctor", code=0).stdout.decode()
        level = next(line for line in said.splitlines() if line.startswith("isolation: "))[len("isolation: "):]
        self.run_case(self.folder / "case", f"D={self.evidence}")
        self.assertIn(level, (self.folder / "case/custody.jsonl").read_text())
        self.assertIn("in locked processes", (self.folder / "case/reports/report.en.html").read_text())
        self.run_case(self.folder / "open", f"D={self.evidence}", extra=["--no-sandbox", "--lang", "fr"])
        self.assertIn("sans verrou", (self.folder / "open/reports/report.fr.html").read_text())


if __name__ == "__main__":
    main()
