#!/usr/bin/env python3
"""Disclosure: what is shown verifies, what is withheld is nowhere, is counted, and opens against its commitment."""
import base64
import hashlib
import hmac
import json
import os
import re
import shutil
import unicodedata
import urllib.parse

from package_support import PackageTest, bag_problems, root_by_proof, root_of, rows
from package_verify_test import Received
from support import main, make_evidence

PERSONS = ["+229 90 00 00 01", "ama.mensah@example.org", "kofi.a@example.com"]


def compact(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def leaf(text):
    return hashlib.sha256(b"\0" + text.encode()).digest()


class DisclosedCase(PackageTest):
    def setUp(self):
        super().setUp()
        evidence = self.folder / "evidence"
        evidence.mkdir()
        (evidence / "Ama Mensah.txt").write_text("Madam is keeping our passports until we finish paying the debt. Call her on +229 90 00 00 01 or write to "
                                                 "ama.mensah@example.org or AMA.MENSAH@example.org. She took our passports, we pay the debt each month, said Ama Mensah.\n")
        (evidence / "other.txt").write_text("Lunch at noon, kofi.a@example.com.\n")
        words = self.folder / "words.txt"
        words.write_text("madam is keeping\nYaa Secretword\n")
        self.made = self.folder / "made"
        self.run_case(self.made, evidence, extra=("--no-reports", "--keywords", words, "--region", "BJ"))
        self.profile = self.folder / "wide.yaml"
        self.profile.write_text("profile: wide\nbands: [high, medium, low]\nitems: findings\ntables:\n  items: [id, kind, size, path]\n  findings: all\n  hits: all\n  contacts: all\n  mentions: all\n"
                                "custody: [sealed, committed]\nmask:\n  - {reason: THIRD-PARTY, contacts: all}\nwords:\n  - {reason: MINOR, values: [Ama Mensah]}\n")

    def disclose(self, profile=None, name="p", extra=(), case=None):
        out = self.folder / f"{name}.p7m"
        self.package(out, *extra, case=case or self.made, disclosure=profile)
        return self.open_package([out], name=name)


class Disclosure(DisclosedCase):
    def forms(self, value):
        """The ways in which a value could have slipped through."""
        for text in {value, value.lower(), value.upper(), unicodedata.normalize("NFD", value), unicodedata.normalize("NFC", value)}:
            raw = text.encode()
            yield raw
            yield text.encode("utf-16-le")
            yield text.encode("utf-16-be")
            yield raw.hex().encode()
            yield urllib.parse.quote(text).encode()
            yield "".join(f"&#{ord(c)};" for c in text).encode()
            for shift in range(3):
                yield base64.b64encode(b"\0" * shift + raw)[4 if shift else 0:-4]
        digits = re.sub(r"\D", "", value)
        if len(digits) > 6:
            yield digits.encode()
        yield hashlib.sha256(value.encode()).hexdigest().encode()

    def assert_nowhere(self, values, name):
        archive = (self.folder / f"{name}.zip").read_bytes()
        for value in values:
            for form in self.forms(value):
                self.assertFalse(len(form) > 7 and form in archive, f"{value} as {form}")

    def test_the_default_gives_a_partner_as_little_as_serves(self):
        bag = self.disclose()
        self.assertEqual(bag_problems(bag), [])
        self.assert_nowhere([*PERSONS, "+22990000001", "Ama Mensah", "ama.mensah", "our passports", "Lunch at", "Secretword", "madam is keeping", str(self.folder)], "p")
        data = bag / "data"
        self.assertFalse((data / "reports").exists())
        self.assertFalse((data / "seal.json").exists())
        seal = json.loads((self.made / "seal.json").read_text())
        everything = b"".join(p.read_bytes() for p in bag.rglob("*") if p.is_file())
        for table in seal["tables"]:
            if table["rows"] not in (0,) and table["table"] != "texts":
                self.assertNotIn(table["root"].encode(), everything, "an unsalted digest of withheld rows can be guessed")
        for line in self.evtriage("export", self.made, "--table", "contacts").stdout.splitlines():
            self.assertNotIn(hashlib.sha256(b"\0" + line).hexdigest().encode(), everything)
        self.assertTrue(rows(data / "tables/findings.jsonl"))
        for contact in rows(data / "tables/contacts.jsonl"):
            self.assertRegex(contact["value"], r"^P-[A-Z2-7]{8}$")
        said = self.evtriage("verify", bag, "--certificate", self.keys / "lab.pem", code=0).stdout.decode()
        for words in ("each shown field was checked with its salt", "withheld and counted by reason", "not proved: that the commitments agree with the sealed tables"):
            self.assertIn(words, said)
        self.assertEqual(self.verify_sh(bag, "lab.pem", "ed.pub").returncode, 0)
        self.evtriage("verify", self.made, code=0)
        self.assertEqual((self.folder / "p.p7m.opening").stat().st_mode & 0o777, 0o600)

    def test_every_shown_field_verifies_in_python_alone_and_all_that_is_withheld_is_counted(self):
        bag = self.disclose(self.profile)
        summary = json.loads((bag / "data/disclosure.json").read_text())
        secret = bytes.fromhex(json.loads((self.folder / "p.p7m.opening").read_text())["secret"])
        counted = {}
        roots = []
        for table in summary["tables"]:
            name = table["table"]
            sealed = self.evtriage("export", self.made, "--table", name, "--format", "jsonl").stdout.decode().splitlines()
            roots.append(f"{name} {table['rows']} {table['root']}")
            self.assertEqual(len(sealed), table["rows"])
            lines = (bag / f"data/tables/{name}.jsonl").read_text().splitlines() if (bag / f"data/tables/{name}.jsonl").exists() else []
            openings = rows(bag / f"data/openings/{name}.jsonl") if lines else []
            proofs = rows(bag / f"data/proofs/{name}.jsonl") if lines else []
            self.assertEqual((len(lines), len(openings), len(proofs)), (table["shown"],) * 3)
            leaves = {}
            for line, opening, proof in zip(lines, openings, proofs):
                shown, true = json.loads(line), json.loads(sealed[opening["row"]])
                commitments = []
                for field in opening["fields"]:
                    f = field["f"]
                    salt = hmac.new(secret, b"salt\0" + name.encode() + b"\0" + str(opening["row"]).encode() + b"\0" + f.encode(), "sha256").digest()
                    expected = hashlib.sha256(b"\2" + salt + compact({"f": f, "v": true[f]}).encode()).hexdigest()
                    if "s" in field:
                        self.assertEqual(field["s"], salt.hex())
                        self.assertEqual(shown[f], true[f])
                    else:
                        self.assertEqual(field["c"], expected)
                        self.assertNotEqual(shown.get(f), true[f])
                        counted[name, f, field["r"]] = counted.get((name, f, field["r"]), 0) + 1
                    commitments.append({"c": expected, "f": f})
                self.assertEqual([c["f"] for c in commitments], list(true))
                leaves[opening["row"]] = leaf(compact({"fields": commitments, "row": opening["row"], "table": name}))
                self.assertEqual(proof["leaf"], leaves[opening["row"]].hex())
                self.assertEqual(root_by_proof(proof["index"], proof["size"], leaves[opening["row"]], [bytes.fromhex(p) for p in proof["path"]]).hex(), table["root"])
            for row, line in enumerate(sealed):
                if row not in leaves:
                    salt = hmac.new(secret, b"salt\0" + name.encode() + b"\0" + str(row).encode() + b"\0", "sha256").digest()
                    leaves[row] = leaf(compact({"c": hashlib.sha256(b"\2" + salt + line.encode()).hexdigest(), "row": row, "table": name}))
            self.assertEqual(root_of([leaves[row] for row in range(len(sealed))]).hex(), table["root"])
        self.assertEqual(root_of([leaf(line) for line in roots]).hex(), summary["root"])
        stated = {(w["table"], w["field"], w["reason"]): w["count"] for w in summary["withheld"] if w["field"] != "(whole row)"}
        self.assertEqual(stated, counted)
        self.assertIn(("contacts", "value", "THIRD-PARTY"), stated)
        self.assertIn(("findings", "excerpt", "OPERATIONAL"), stated)

    def test_masks_are_consistent_in_one_package_and_unlinkable_between_two(self):
        bag = self.disclose(self.profile, "a")
        self.assert_nowhere([*PERSONS[:2], "+22990000001", "Ama Mensah", "Secretword"], "a")
        contacts = {c["value"] for c in rows(bag / "data/tables/contacts.jsonl")}
        excerpt = rows(bag / "data/tables/findings.jsonl")[0]["excerpt"]
        self.assertIn("passports", excerpt)
        self.assertIn("[MINOR]", excerpt)
        named = re.findall(r"\[(P-\w+)\]", excerpt)
        self.assertEqual(len(named), 3)
        self.assertEqual(named[1], named[2], "the same contact in capitals")
        self.assertLessEqual(set(named), contacts)
        self.assertEqual(rows(bag / "data/tables/items.jsonl")[0]["path"], "[MINOR].txt")
        again = self.disclose(self.profile, "b")
        self.assertFalse(contacts & {c["value"] for c in rows(again / "data/tables/contacts.jsonl")})
        same = self.disclose(self.profile, "c", extra=("--opening", self.folder / "a.p7m.opening"))
        self.assertEqual(contacts, {c["value"] for c in rows(same / "data/tables/contacts.jsonl")})

    def test_same_secret_same_clock_same_bytes(self):
        copies = [self.folder / "one", self.folder / "two"]
        for copy in copies:
            shutil.copytree(self.made, copy)
        self.disclose(self.profile, "a", case=copies[0])
        self.disclose(self.profile, "b", case=copies[1], extra=("--opening", self.folder / "a.p7m.opening"))
        self.assertEqual((self.folder / "a.zip").read_bytes(), (self.folder / "b.zip").read_bytes())

    def test_opening_a_field_and_a_row_for_a_court(self):
        bag = self.disclose()
        opening = self.folder / "p.p7m.opening"
        row = next(o["row"] for o in rows(bag / "data/openings/contacts.jsonl"))
        field = self.evtriage("open", self.made, "--opening", opening, "--table", "contacts", "--row", row, "--field", "value", code=0).stdout
        whole = self.evtriage("open", self.made, "--opening", opening, "--table", "findings", "--row", rows(bag / "data/openings/findings.jsonl")[0]["row"], code=0).stdout
        (self.folder / "opened").write_bytes(field + whole)
        said = self.evtriage("verify", bag, "--opened", self.folder / "opened", code=0).stdout.decode()
        self.assertRegex(said, r"opened: row \d+ of contacts: field value is \"(\+22990000001|(?i:ama\.mensah)@example\.org)\", as committed to")
        self.assertIn("and stands in the sealed table", said)
        log = (self.made / "custody.jsonl").read_text()
        self.assertEqual(log.count('"action":"opened"'), 2)
        lies = [re.sub(rb'"v":"..', b'"v":"\\\\"x', field), field.replace(b'"row":', b'"row":1'), whole.replace(b"passports", b"passport"),
                re.sub(rb'"path":\["..', b'"path":["00', whole), whole.replace(b'"format\\":1', b'"format\\":2'), b"x\n", b"{}\n",
                self.evtriage("open", self.made, "--opening", opening, "--table", "items", "--row", 1, "--field", "size", code=0).stdout]
        for lie in lies:
            if lie in (field, whole):
                continue
            (self.folder / "lie").write_bytes(lie)
            self.assertIn("DIFFERS", self.evtriage("verify", bag, "--opened", self.folder / "lie", code=4).stdout.decode(), lie)
        for arguments, words in ((("--table", "contacts", "--row", 999), "no row"), (("--table", "texts", "--row", 0), "no table"), (("--table", "items", "--row", 0, "--field", "x"), "no field"), ((), "--row")):
            self.assertIn(words, self.evtriage("open", self.made, "--opening", opening, *arguments, code=64).stderr.decode())
        self.assertIn("no file", self.evtriage("open", self.made, "--opening", self.folder / "none", "--table", "items", "--row", 0, code=64).stderr.decode())
        os.chmod(opening, 0o644)
        self.assertIn("chmod 600", self.evtriage("open", self.made, "--opening", opening, "--table", "items", "--row", 0, code=64).stderr.decode())

    def test_a_profile_with_a_mistake(self):
        self.profile.write_text("profile: x\ntables:\n  items: [id]\n  itemz: all\n")
        done = self.package(self.folder / "p.p7m", case=self.made, disclosure=self.profile, code=64)
        self.assertIn("wide.yaml:4: there is no table 'itemz'", done.stderr.decode())
        self.assertFalse((self.folder / "p.p7m.building").exists())


class ForgedDisclosure(DisclosedCase):
    """Even by somebody who can make the manifests and the signatures good again."""
    manifests, sign = staticmethod(Received.manifests), Received.sign

    def test_each_is_refused_with_its_reason(self):
        self.package(self.folder / "p.p7m", case=self.made, disclosure=self.profile, sign=("labec.key", "ed.key"), certificate="labec.pem")
        good = self.open_package([self.folder / "p.p7m"])
        self.evtriage("verify", good, code=0)

        def forged(name, function, reason):
            bag = self.folder / "forged"
            shutil.copytree(good, bag)
            lines = (bag / name).read_text().splitlines(keepends=True)
            changed = function(lines)
            self.assertNotEqual(lines, changed, reason)
            (bag / name).write_text("".join(changed))
            self.manifests(bag)
            self.sign(bag)
            said = self.evtriage("verify", bag, code=4).stdout.decode()
            self.assertRegex(said, reason)
            shutil.rmtree(bag)

        first = lambda change: lambda lines: [change(lines[0]), *lines[1:]]
        tables, openings, proofs = "data/tables/findings.jsonl", "data/openings/findings.jsonl", "data/proofs/findings.jsonl"
        true = json.loads(self.evtriage("export", self.made, "--table", "findings", "--format", "jsonl").stdout.splitlines()[0])

        def unmask(line):
            row = json.loads(line)
            row["excerpt"] = true["excerpt"]
            return compact(row) + "\n"

        def open_field(line):  # the mask is taken off and a salt of the forger's own put in
            opening = json.loads(line)
            for field in opening["fields"]:
                if field["f"] == "excerpt":
                    del field["c"], field["r"]
                    field["s"] = "00" * 32
            return compact(opening) + "\n"

        def drop_field(line):
            opening = json.loads(line)
            opening["fields"] = [f for f in opening["fields"] if f["f"] != "excerpt"]
            return compact(opening) + "\n"

        forged(tables, first(lambda l: re.sub('"band":"\\w+"', '"band":"none"', l)), "not the row of its proof: a field was changed")
        forged(tables, first(lambda l: re.sub('"score":\\d+', '"score":1', l)), "not the row of its proof")
        forged(tables, first(lambda l: l.replace('{"band"', '{"added":1,"band"')), "field band is missing")
        forged(tables, first(lambda l: re.sub('"offence":"\\w+",', "", l)), "field offence is missing")
        forged(tables, lambda lines: lines[1:], "not the row of its proof|rows, signed as")
        forged(tables, lambda lines: lines + lines[:1], "no opening or no proof")
        forged(openings, first(open_field), "not the row of its proof: a field was changed, exchanged or its mask taken off")
        forged(openings, first(drop_field), "is missing or has no salt|belongs to no commitment")
        forged(openings, first(lambda l: l.replace("OPERATIONAL", "MINOR")), "count of withheld fields")
        forged(proofs, first(lambda l: re.sub('"path":\\["..', '"path":["00', l)) if '"path":[]' not in (good / proofs).read_text() else first(lambda l: l.replace('"size":1', '"size":2')), "not lead|not the row of its proof")
        forged("data/disclosure.json", first(lambda l: re.sub('"count":(\\d+)', '"count":0', l, count=1)), "count of withheld")
        forged("data/disclosure.json", first(lambda l: re.sub('"root":"..', '"root":"00', l, count=1)), "its root is not")
        forged("data/custody.jsonl", lambda lines: [l for l in lines if "committed" not in l], "custody")
        forged("data/custody.jsonl", lambda lines: [lines[0].replace('withheld":"', 'withheld":"0')[:79] + "\n", *lines[1:]], "custody.jsonl: line 1|custody.jsonl: line 2")
        forged("bag-info.txt", lambda lines: [re.sub("^Disclosure: .*", "Disclosure: full", l) for l in lines], "seal.json")


del Received  # its tests run in their own file

if __name__ == "__main__":
    main()
