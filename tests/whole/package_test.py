#!/usr/bin/env python3
"""The partner's side with the partner's tools: openssl, unzip, sha256sum, sh, and the standards' rules in Python."""
import hashlib
import json
import os
import re
import shutil
import stat

from package_support import PackageTest, bag_problems, leaf, root_by_proof, root_of, rows, tool
from support import main, make_evidence


class Package(PackageTest):
    def test_each_recipient_opens_a_valid_bag_and_openssl_finds_the_signatures_good(self):
        case = self.copy_of_case()
        out = self.folder / "p.p7m"
        said = self.package(out, "--lang", "en,fr", case=case, recipients=("rec.pem", "recec.pem")).stdout.decode()
        self.assertEqual(sorted(p.name for p in self.folder.iterdir() if p.name.startswith("p.")), ["p.p7m", "p.p7m.sha256"])
        self.assertEqual(stat.S_IMODE(out.stat().st_mode), 0o600)
        self.assertEqual(tool("sha256sum", "-c", "--strict", "p.p7m.sha256", cwd=self.folder).returncode, 0)
        bag = self.open_package([out], "rec", "a")
        self.open_package([out], "recec", "b")
        self.assertEqual((self.folder / "a.zip").read_bytes(), (self.folder / "b.zip").read_bytes())
        self.assertEqual(bag_problems(bag), [])
        manifest = bag / "tagmanifest-sha256.txt"
        self.assertIn(hashlib.sha256(manifest.read_bytes()).hexdigest(), said)
        for words in (("openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", f"{manifest}.p7s", "-content", manifest, "-nointern",
                       "-certfile", self.keys / "lab.pem", "-noverify", "-out", "/dev/null"),
                      ("openssl", "cms", "-verify", "-binary", "-cades", "-inform", "DER", "-in", f"{manifest}.p7s", "-content", manifest, "-nointern",
                       "-certfile", self.keys / "lab.pem", "-CAfile", self.keys / "lab.pem", "-out", "/dev/null"),
                      ("openssl", "pkeyutl", "-verify", "-pubin", "-inkey", self.keys / "ed.pub", "-rawin", "-in", manifest, "-sigfile", f"{manifest}.ed25519")):
            done = tool(*words)
            self.assertEqual(done.returncode, 0, done.stderr)
        for name in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
            self.assertEqual(tool("sha256sum", "-c", "--quiet", "--strict", name, cwd=bag).returncode, 0)
        info = (bag / "bag-info.txt").read_text()
        for words in ("External-Identifier: 2026/014", "Source-Organization: Brigade é", "Recipient: CN=Recipient One; SHA-256 ", "Recipient: CN=Recipient Two,O=Parquet général;"):
            self.assertIn(words, info)
        self.assertEqual({p.name for p in (bag / "data/reports").iterdir()}, {"report.en.html", "report.fr.html"})
        for language in ("en", "fr", "pt", "ar"):
            self.assertLess(len((bag / f"data/README.{language}.txt").read_text().splitlines()), 60, "one page")
        done = self.verify_sh(bag, "lab.pem", "ed.pub", every=True)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertNotIn(b"is not proved", done.stdout)
        self.evtriage("verify", case, code=0)
        last = json.loads((case / "custody.jsonl").read_text().splitlines()[-1])
        self.assertEqual((last["action"], last["part.p.p7m"]), ("packaged", hashlib.sha256(out.read_bytes()).hexdigest()))

    def test_tables_custody_and_proofs_lead_to_the_seal(self):
        self.package(self.folder / "p.p7m")
        data = self.open_package([self.folder / "p.p7m"]) / "data"
        seal = json.loads((data / "seal.json").read_text())
        self.assertEqual((data / "seal.json").read_bytes(), (self.case / "seal.json").read_bytes())
        sealed = {t["table"]: t for t in seal["tables"]}
        for path in (data / "tables").iterdir():
            lines = path.read_bytes().splitlines()
            self.assertEqual(len(lines), sealed[path.stem]["rows"])
            self.assertEqual(root_of([leaf(line) for line in lines]).hex(), sealed[path.stem]["root"], path.name)
        findings = rows(data / "tables/findings.jsonl")
        self.assertGreater(len(findings), 10)
        for table in ("findings", "items"):
            lines = (data / f"tables/{table}.jsonl").read_bytes().splitlines()
            proofs = rows(data / f"proofs/{table}.jsonl")
            for proof in proofs:
                self.assertEqual(proof["leaf"], leaf(lines[proof["index"]]).hex())
                found = root_by_proof(proof["index"], proof["size"], bytes.fromhex(proof["leaf"]), [bytes.fromhex(p) for p in proof["path"]])
                self.assertEqual(found.hex(), sealed[table]["root"])
            wanted = range(len(findings)) if table == "findings" else sorted({f["item"] - 1 for f in findings})
            self.assertEqual([p["index"] for p in proofs], list(wanted))
        prev = "0" * 64
        for line in (data / "custody.jsonl").read_bytes().splitlines():
            self.assertEqual(json.loads(line)["prev"], prev)
            prev = hashlib.sha256(line).hexdigest()
        self.assertIn(f"Custody-Head-SHA256: {prev}\n", (data.parent / "bag-info.txt").read_text())

    def test_same_case_same_clock_same_bytes_but_for_the_encryption(self):
        for name in ("a", "b"):
            self.package(self.folder / f"{name}.p7m")
            self.open_package([self.folder / f"{name}.p7m"], name=name)
        self.assertEqual((self.folder / "a.zip").read_bytes(), (self.folder / "b.zip").read_bytes())
        self.assertNotEqual((self.folder / "a.p7m").read_bytes(), (self.folder / "b.p7m").read_bytes())

    def test_parts(self):
        evidence = make_evidence(self.folder / "evidence", 5, files=1200)
        self.run_case(self.folder / "many", evidence, extra=("--no-reports",))
        self.package(self.folder / "p.p7m", "--part-mib", "1", "--lang", "en,fr,pt,ar", case=self.folder / "many")
        parts = sorted(self.folder.glob("p.p7m.0*"))
        self.assertGreater(len(parts), 1)
        self.assertFalse((self.folder / "p.p7m").exists())
        for part in parts:
            self.assertLess(part.stat().st_size, (1 << 20) + 4096)
        self.assertEqual(tool("sha256sum", "-c", "--strict", "p.p7m.sha256", cwd=self.folder).returncode, 0)
        self.assertEqual(bag_problems(self.open_package(parts)), [])

    def test_one_kind_of_key(self):
        said = self.package(self.folder / "a.p7m", sign=("lab.key",)).stdout.decode()
        self.assertIn("no raw Ed25519 signature", said)
        bag = self.open_package([self.folder / "a.p7m"], name="a")
        self.assertFalse((bag / "tagmanifest-sha256.txt.ed25519").exists())
        self.assertEqual(self.verify_sh(bag, "lab.pem").returncode, 0)
        self.assertEqual(self.verify_sh(bag, "ed.pub").returncode, 1)
        said = self.package(self.folder / "b.p7m", sign=("ed.key",), certificate="ed.pem").stdout.decode()
        self.assertIn("no CMS signature", said)
        bag = self.open_package([self.folder / "b.p7m"], name="b")
        self.assertEqual(self.verify_sh(bag, "ed.pub").returncode, 0)
        self.package(self.folder / "c.p7m", "--pass-phrase-file", self.keys / "pass", sign=("locked.key",))

    def test_wrong_use_is_refused_and_leaves_nothing(self):
        case = self.copy_of_case()
        log = (case / "custody.jsonl").read_bytes()
        out = self.folder / "p.p7m"
        for words, arguments in ((b"chmod 600", {"sign": ("open.key",)}), (b"not the certificate", {"certificate": "other.pem"}), (b"3072", {"recipients": ("weak.pem",)}),
                                 (b"no longer valid", {"recipients": ("rec.pem",), "clock": "2099-01-01T00:00:00Z"}), (b"not two of a kind", {"sign": ("lab.key", "labec.key")}),
                                 (b"can only sign", {"recipients": ("ed.pem",)}), (b"a certificate is needed", {"recipients": ("ed.pub",)}),
                                 (b"cannot open", {"sign": ("missing.key",)}), (b"private key", {"sign": ("locked.key",)})):
            extra = ("--pass-phrase-file", self.keys / "ed.key") if words == b"private key" else ()
            self.assertIn(words, self.package(out, *extra, case=case, code=64, **arguments).stderr)
            self.assertEqual([p.name for p in self.folder.iterdir()], [case.name])
        self.assertIn(b"--recipient", self.evtriage("package", case, "--out", out, code=64).stderr)
        self.assertIn(b"1 to 500", self.package(out, "--part-mib", "501", case=case, code=64).stderr)
        for inside in (case / "p.p7m", case / "reports" / ".." / "p.p7m"):
            self.assertIn(b"outside it", self.package(inside, case=case, code=64).stderr)
        self.assertIn(b"outside it", self.package(out, "--opening", case / "o", case=case, disclosure="partner", code=64).stderr)
        out.write_text("mine")
        self.assertIn(b"already there", self.package(out, case=case, code=64).stderr)
        self.assertEqual(out.read_text(), "mine")
        self.assertEqual((case / "custody.jsonl").read_bytes(), log)

    def test_a_case_that_is_not_intact_is_not_packed(self):
        case = self.copy_of_case()
        with open(case / "results.sqlite", "r+b") as file:
            file.seek(50_000)
            file.write(b"x")
        self.assertIn(b"not intact", self.package(self.folder / "p.p7m", case=case, code=4).stderr)
        self.assertFalse((self.folder / "p.p7m").exists())


class ForgeriesForTheScript(PackageTest):
    def test_each_is_refused_with_its_reason(self):
        self.package(self.folder / "p.p7m", sign=("labec.key", "ed.key"), certificate="labec.pem")
        good = self.open_package([self.folder / "p.p7m"])
        self.assertEqual(self.verify_sh(good, "labec.pem", "ed.pub").returncode, 0)
        copies = 0

        def forged(change, reason, pins=("labec.pem", "ed.pub")):
            nonlocal copies
            copies += 1
            bag = self.folder / f"forged{copies}"
            shutil.copytree(good, bag)
            change(bag)
            script = good / "data/verify.sh"          # the partner's own copy: a forged script may say anything
            shutil.copy(script, bag / "data/verify.sh") if not re.search("verify.sh", reason) else None
            done = tool("sh", bag / "data/verify.sh", *(self.keys / p for p in pins), env={"PROOFS": "3"})
            self.assertEqual(done.returncode, 1, f"{reason}\n{done.stdout.decode()}")
            self.assertRegex(done.stdout.decode(), reason)
            shutil.rmtree(bag)

        def flip(name):
            def change(bag):
                data = bytearray((bag / name).read_bytes())
                data[len(data) // 2:len(data) // 2 + 1] = bytes([data[len(data) // 2] ^ 4]) if data else b"x"
                (bag / name).write_bytes(data)
            return change

        def edit(name, function):
            def change(bag):
                lines = (bag / name).read_bytes().splitlines(keepends=True)
                (bag / name).write_bytes(b"".join(function(lines)))
            return change

        def manifests(change):
            """The forger makes the manifests good again; then only signatures, chain and proofs stand in the way."""
            def both(bag):
                change(bag)
                for manifest, base in (("manifest-sha256.txt", "data/"), ("tagmanifest-sha256.txt", "")):
                    names = [line.split("  ", 1)[1] for line in (bag / manifest).read_text().splitlines()]
                    (bag / manifest).write_text("".join(f"{hashlib.sha256((bag / n).read_bytes()).hexdigest()}  {n}\n" for n in names))
            return both

        for path in sorted(p.relative_to(good).as_posix() for p in good.rglob("*") if p.is_file()):
            if not re.search(r"verify\.sh|README|html|p7s$", path):
                forged(flip(path), "WRONG")
        custody = "data/custody.jsonl"
        forged(edit(custody, lambda lines: lines[:1] + lines[2:]), "line 2 does not follow")
        forged(edit(custody, lambda lines: [lines[1], lines[0], *lines[2:]]), "line 1 does not follow")
        forged(edit(custody, lambda lines: lines[:-1]), "not the signed head")
        forged(edit(custody, lambda lines: lines + lines[-1:]), "does not follow")
        forged(manifests(edit(custody, lambda lines: lines[:-1])), "no Ed25519 signature by the key")
        forged(manifests(edit("data/tables/findings.jsonl", lambda lines: [lines[1], lines[0], *lines[2:]])), "inclusion proof of row 1 of findings")
        forged(manifests(edit("data/proofs/findings.jsonl", lambda lines: [lines[0].replace(b'"index":0', b'"index":1'), *lines[1:]])), "inclusion proof of row 2")
        forged(lambda bag: (bag / "data/more.txt").write_text("x"), "not named")
        forged(lambda bag: (bag / "more.txt").write_text("x"), "not named")
        forged(lambda bag: (bag / "data/seal.json").unlink(), "WRONG")
        forged(lambda bag: (bag / "tagmanifest-sha256.txt.p7s").unlink(), "no CMS signature")
        forged(lambda bag: (bag / "data/link").symlink_to("/etc/passwd"), "links or devices")
        forged(lambda bag: None, "no CMS signature by the certificate", ("other.pem",))
        forged(lambda bag: None, "no Ed25519 signature by the key", ("ed2.pub",))


if __name__ == "__main__":
    main()
