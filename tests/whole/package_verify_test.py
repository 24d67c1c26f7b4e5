#!/usr/bin/env python3
"""`evtriage verify` of a received package: what is proved and by whom, and every forgery refused with its reason."""
import hashlib
import random
import re
import shutil
import zipfile

from package_support import PackageTest, tool
from support import main


def flip(data, bit):
    data = bytearray(data)
    data[bit // 8] ^= 1 << bit % 8
    return bytes(data)


class Received(PackageTest):
    def setUp(self):
        super().setUp()
        self.package(self.folder / "p.p7m", sign=("labec.key", "ed.key"), certificate="labec.pem")
        self.bag = self.open_package([self.folder / "p.p7m"])
        self.archive = self.folder / "p.zip"
        self.copies = 0

    def verify(self, path, *pins, code=0):
        done = self.evtriage("verify", path, *(("--certificate", *(self.keys / p for p in pins)) if pins else ()), code=code)
        return (done.stdout + done.stderr).decode()

    def forged(self, change, reason, pins=(), resigned=()):
        self.copies += 1
        bag = self.folder / f"forged{self.copies}"
        shutil.copytree(self.bag, bag)
        change(bag)
        for step in resigned:
            step(bag)
        said = self.verify(bag, *pins, code=4)
        self.assertRegex(said, reason)
        self.assertNotIn("proved", said)
        shutil.rmtree(bag)

    # The forger's own tools: manifests made good again, and signatures by his own keys.
    @staticmethod
    def manifests(bag):
        for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
            names = [line.split("  ", 1)[1] for line in (bag / manifest).read_text().splitlines()]
            (bag / manifest).write_text("".join(f"{hashlib.sha256((bag / n).read_bytes()).hexdigest()}  {n}\n" for n in names))

    def sign(self, bag):
        """By the laboratory's own keys: what a laboratory that lies could do."""
        name = bag / "tagmanifest-sha256.txt"
        der = tool("openssl", "cms", "-sign", "-binary", "-cades", "-nosmimecap", "-nocerts", "-in", name, "-signer", self.keys / "labec.pem", "-inkey", self.keys / "labec.key",
                   "-outform", "DER", "-out", f"{name}.p7s", "-md", "sha256")
        self.assertEqual(der.returncode, 0, der.stderr)
        raw = tool("openssl", "pkeyutl", "-sign", "-inkey", self.keys / "ed.key", "-rawin", "-in", name, "-out", f"{name}.ed25519")
        self.assertEqual(raw.returncode, 0, raw.stderr)

    def edit(self, name, function):
        def change(bag):
            lines = (bag / name).read_bytes().splitlines(keepends=True)
            (bag / name).write_bytes(b"".join(function(lines)))
        return change

    def test_says_what_is_proved_by_whom_and_what_is_not(self):
        for path in (self.archive, self.bag, self.bag / ""):
            said = self.verify(path)
            for words in ("proved: the manifest was signed (CMS) with the key of O=EC,CN=Test Laboratory", "proved: the manifest was signed (Ed25519)", "proved: it was made for CN=Recipient One",
                          "not proved: who holds the signing key", "not proved: when it was signed: 2040-01-15T10:00:00Z", "not proved: that a finding is true", "each table whole"):
                self.assertIn(words, said)
        pinned = self.verify(self.archive, "labec.pem", "ed.pub")
        self.assertIn("proved: the signer is the one of", pinned)
        self.assertNotIn("who holds", pinned)
        for word in ("the manifest was signed", "intact"):
            self.assertIn(word, pinned)

    def test_another_signer_is_refused(self):
        for pin in ("other.pem", "lab.pem", "ed2.pub"):
            self.assertIn("not signed by", self.verify(self.archive, "labec.pem", pin, code=4))
        # The same name, another key, a package that is good in itself.
        self.package(self.folder / "q.p7m", sign=("other.key", "ed2.key"), certificate="other.pem")
        self.open_package([self.folder / "q.p7m"], name="q")
        self.verify(self.folder / "q.zip")
        self.assertIn("another signer", self.verify(self.folder / "q.zip", "labec.pem", code=4))
        self.assertIn("not signed by", self.verify(self.folder / "q.zip", "ed.pub", code=4))

    def test_every_bit_of_signatures_and_manifest(self):
        for name in ("tagmanifest-sha256.txt.ed25519", "tagmanifest-sha256.txt.p7s", "bagit.txt", "certs/ed25519.pub.pem"):
            good = (self.bag / name).read_bytes()
            for bit in range(0, len(good) * 8, 5):
                (self.bag / name).write_bytes(flip(good, bit))
                self.verify(self.bag, code=4)
            (self.bag / name).write_bytes(good)
        self.verify(self.bag)

    def test_one_bit_in_each_file_names_the_file(self):
        dice = random.Random(3)
        for path in sorted(p for p in self.bag.rglob("*") if p.is_file()):
            good, name = path.read_bytes(), path.relative_to(self.bag).as_posix()
            for _ in range(4):
                path.write_bytes(flip(good, dice.randrange(len(good) * 8)) if good else b"\n")
                said = self.verify(self.bag, code=4)
                self.assertIn(name, said)
            path.write_bytes(good[:-1])
            self.verify(self.bag, code=4) if good else None
            path.write_bytes(good)
        self.verify(self.bag)

    def test_bits_of_the_zip(self):
        dice = random.Random(4)
        good = self.archive.read_bytes()
        bad = self.folder / "bad.zip"
        for bit in [dice.randrange(len(good) * 8) for _ in range(60)] + list(range(0, 240, 3)) + [len(good) * 8 - 1 - i for i in range(0, 2000, 17)]:
            bad.write_bytes(flip(good, bit))
            self.verify(bad, code=(4, 64) if bit < 16 else 4)
        bad.write_bytes(good + b"x")
        self.verify(bad, code=4)
        with zipfile.ZipFile(self.archive) as old, zipfile.ZipFile(bad, "w") as new:    # packed again by somebody else
            for entry in old.infolist():
                new.writestr(entry.filename, old.read(entry.filename))
        self.assertIn("no ZIP of a package", self.verify(bad, code=4))

    def test_lines_removed_swapped_added(self):
        both = (self.manifests, self.sign)  # even where manifests and signatures are good again
        custody, findings, proofs = "data/custody.jsonl", "data/tables/findings.jsonl", "data/proofs/findings.jsonl"
        for name, change, reason in (
                (custody, lambda l: l[:1] + l[2:], r"custody\.jsonl: line 2"), (custody, lambda l: [l[1], l[0], *l[2:]], r"custody\.jsonl: line 1"),
                (custody, lambda l: l[:-1], "not the head that was signed"), (custody, lambda l: l + l[-1:], r"custody\.jsonl: line"),
                (custody, lambda l: [l[0].replace(b"2026/014", b"2026/015"), *l[1:]], "another digest"), (custody, lambda l: [*l[:-1], l[-1][:-1]], "no end"),
                (findings, lambda l: [l[1], l[0], *l[2:]], "not the row of its proof"), (findings, lambda l: l[:-1], "sealed as"), (findings, lambda l: l + l[-1:], "sealed as"),
                (findings, lambda l: [re.sub(rb'"band":"\w+"', b'"band":"none"', l[0]), *l[1:]], "row 1 is not the row of its proof"),
                ("data/tables/contacts.jsonl", lambda l: [l[1], l[0], *l[2:]], "contacts.jsonl: its root is"), ("data/tables/contacts.jsonl", lambda l: l[1:], "contacts.jsonl: its root is"),
                (proofs, lambda l: [l[1].replace(b'"index":1', b'"index":0'), *l[1:]], "proof of row 1 does not lead"), (proofs, lambda l: l[:1] + l, "out of order"),
                (proofs, lambda l: [l[0].replace(b'"table":"findings"', b'"table":"items"'), *l[1:]], "no proof for this table"),
                ("data/seal.json", lambda l: [l[0].replace(b'"format":1', b'"format":2')], "seal.json")):
            self.forged(self.edit(name, change), reason, resigned=both)
            self.forged(self.edit(name, change), re.escape(name) + ": SHA-256 is")

    def test_files_added_removed_renamed_exchanged(self):
        def rename(old, new):
            return lambda bag: (bag / old).rename(bag / new)
        self.forged(lambda bag: (bag / "data/more.txt").write_text("x"), r"data/more\.txt: is not named")
        self.forged(lambda bag: (bag / "certs/more.pem").write_text("x"), r"certs/more\.pem: is not named")
        self.forged(lambda bag: (bag / "data/tables/findings.jsonl").unlink(), r"findings\.jsonl: is missing")
        self.forged(rename("data/README.en.txt", "data/README.xx.txt"), r"README\.en\.txt: is missing")
        self.forged(lambda bag: (bag / "data/link").symlink_to("seal.json"), "no plain file: data/link")
        self.forged(lambda bag: (bag / "data/a b").write_text("x"), "name that no package holds")
        self.forged(lambda bag: (bag / "tagmanifest-sha256.txt.ed25519").unlink(), "is missing")
        self.forged(lambda bag: (bag / "tagmanifest-sha256.txt.p7s").unlink(), "is missing")
        self.forged(lambda bag: [(bag / f"tagmanifest-sha256.txt.{s}").unlink() for s in ("p7s", "ed25519")], "no signature")
        self.forged(lambda bag: shutil.copy(self.keys / "other.pem", bag / "certs/signer.pem"), "another signer", resigned=(self.manifests, self.sign))
        self.forged(lambda bag: (bag / "bag-info.txt").write_text(re.sub("Recipient: .*\n", "", (bag / "bag-info.txt").read_text())), "names no recipient", resigned=(self.manifests, self.sign))

        def uncover(bag):
            lines = (bag / "tagmanifest-sha256.txt").read_text().splitlines(keepends=True)
            (bag / "tagmanifest-sha256.txt").write_text("".join(line for line in lines if "bag-info" not in line))
        self.forged(uncover, "bag-info.txt: is not covered", resigned=(self.sign,))
        self.forged(lambda bag: (bag / "manifest-sha256.txt").write_text((bag / "manifest-sha256.txt").read_text() + "0" * 64 + "  ../../etc/passwd\n"), "a line that no package holds")

    def test_what_is_no_package(self):
        (self.folder / "x.txt").write_text("hello")
        (self.folder / "empty").write_bytes(b"")
        for path, words in ((self.folder / "p.p7m", "openssl cms -decrypt"), (self.folder / "x.txt", "no package"), (self.folder / "empty", "no package"), (self.folder / "none", "no case")):
            self.assertIn(words, self.verify(path, code=64))
        self.assertIn("cannot open", self.verify(self.archive, "missing.pem", code=64))


if __name__ == "__main__":
    main()
