#!/usr/bin/env python3
"""The contract from outside: commands, exit codes, case folder, tables, untouched evidence, odd names."""
import csv
import hashlib
import io
import json
import os
import re
import socket
import stat

from support import CLOCK, SAMPLE, SOURCE, TABLES, WholeTest, main, make_evidence, sha256, snapshot


class Contract(WholeTest):
    def test_a_run_leaves_a_sealed_case(self):
        evidence = make_evidence(self.folder / "evidence", 21)
        case = self.folder / "case"
        os.umask(0)
        self.run_case(case, evidence, extra=("--case-number", "2026-014", "--examiner", "A. Examiner", "--lang", "fr"))
        os.umask(0o022)
        self.assertEqual(sorted(p.name for p in case.iterdir()), ["custody.jsonl", "reports", "results.sqlite", "seal.json"])
        self.assertEqual(stat.S_IMODE(case.stat().st_mode), 0o700)
        for path in case.rglob("*"):
            self.assertEqual(stat.S_IMODE(path.stat().st_mode) & 0o077, 0, path)
        self.assertIn("report.fr.html", os.listdir(case / "reports"))
        self.evtriage("verify", case, code=0)

    def test_every_entry_is_an_item_with_the_right_digest(self):
        evidence = make_evidence(self.folder / "evidence", 22)
        case = self.folder / "case"
        self.run_case(case, evidence, extra=("--no-reports", "--hash", "md5,sha1,sha256,sha512"))
        items = self.table(case, "items")
        self.assertEqual([i["id"] for i in items], list(range(1, len(items) + 1)))
        top = {}
        for item in items:
            match = re.fullmatch(r'exhibit:EX1/file:(\d+)"((?:[^"\\]|\\x[0-9A-F]{2})*)"', item["address"])
            if match:
                raw = re.sub(rb"\\x([0-9A-F]{2})", lambda m: bytes([int(m.group(1), 16)]), match.group(2).encode("latin1"))
                top[raw] = item
        walked = set()
        for base, folders, files in os.walk(os.fsencode(evidence)):
            for name in folders + files:
                path = os.path.join(base, name)
                relative = os.path.relpath(path, os.fsencode(evidence))
                walked.add(relative)
                item = top[relative]
                if os.path.islink(path):
                    self.assertEqual(item["kind"], "symlink")
                elif os.path.isdir(path):
                    self.assertEqual(item["kind"], "directory")
                else:
                    data = open(path, "rb").read()
                    self.assertEqual(item["size"], len(data))
                    for name_of in ("md5", "sha1", "sha256"):
                        self.assertEqual(item[name_of], hashlib.new(name_of, data).hexdigest(), relative)
        self.assertEqual(walked, set(top))
        order = [raw for raw in top]
        self.assertEqual(order, sorted(order, key=lambda p: p.split(b"/")), "depth first, names by bytes")
        duplicates = {i["path"]: i.get("duplicate_of") for i in items}
        first = next(i["id"] for i in items if i["path"] == "copy a")
        self.assertEqual(duplicates["copy b"], first)
        self.assertIsNone(duplicates["copy a"])

    def test_evidence_is_untouched_even_its_access_times(self):
        evidence = make_evidence(self.folder / "evidence", 23, files=60)
        before = snapshot(evidence)
        case = self.folder / "case"
        self.run_case(case, evidence)
        self.assertEqual(snapshot(evidence), before)
        self.evtriage("verify", case, "--evidence", f"EX1={evidence}", code=0)
        self.assertEqual(snapshot(evidence), before)

    def test_special_files_are_recorded_and_never_opened(self):
        evidence = self.folder / "evidence"
        evidence.mkdir()
        os.mkfifo(evidence / "fifo")
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(str(evidence / "socket"))
            (evidence / "note.txt").write_text("hello\n")
            case = self.folder / "case"
            self.run_case(case, evidence, extra=("--no-reports",), timeout=30)
        kinds = {i["path"]: (i["kind"], i["outcome"]) for i in self.table(case, "items")}
        self.assertEqual(kinds, {"fifo": ("special", "skipped"), "socket": ("special", "skipped"), "note.txt": ("file", "done")})

    def test_several_exhibits_and_single_files(self):
        (self.folder / "a").mkdir()
        (self.folder / "a/x.txt").write_text("call +44 7700 900123\n")
        (self.folder / "one.txt").write_text("write to ama@example.org\n")
        case = self.folder / "case"
        self.run_case(case, self.folder / "a", f"PHONE={self.folder / 'one.txt'}", extra=("--no-reports",))
        self.assertEqual([(e["label"], e["kind"], e["items"]) for e in self.table(case, "exhibits")],
                         [("EX1", "folder", 1), ("PHONE", "file", 1)])
        values = {(c["type"], c["value"]) for c in self.table(case, "contacts")}
        self.assertTrue({("phone", "+447700900123"), ("email", "ama@example.org")} <= values, values)

    def test_places_point_at_the_bytes(self):
        evidence = self.folder / "evidence"
        evidence.mkdir()
        texts = {"utf8.txt": "é è à ama@example.org fin".encode(), "utf16.txt": "\ufeffé à ama@example.org fin".encode("utf-16-le"),
                 "latin.txt": "été à la frontière, écrire à ama@example.org ou téléphoner, merci à bientôt".encode("latin1")}
        for name, data in texts.items():
            (evidence / name).write_bytes(data)
        case = self.folder / "case"
        self.run_case(case, evidence, extra=("--no-reports",))
        items = {i["id"]: i["path"] for i in self.table(case, "items")}
        emails = {c["id"] for c in self.table(case, "contacts") if c["type"] == "email"}
        found = {}
        for mention in self.table(case, "mentions"):
            if mention["contact"] in emails:
                name = items[mention["item"]]
                found[name] = texts[name][mention["begin"]:mention["end"]].replace(b"\0", b"")
        self.assertEqual(found, dict.fromkeys(texts, b"ama@example.org"))

    def test_wrong_usage_is_64_with_one_line(self):
        (self.folder / "e").mkdir()
        finished = self.folder / "finished"
        self.run_case(finished, self.folder / "e")
        before = {p: sha256(p) for p in finished.rglob("*") if p.is_file()}
        (self.folder / "other").mkdir()
        (self.folder / "other/file").write_text("x")
        e = self.folder / "e"
        for arguments in (("nonsense",), ("run",), ("run", e), ("run", self.folder / "missing", "--case", self.folder / "c"),
                          ("run", e, "--case", finished), ("run", e, "--case", self.folder / "other"),
                          ("run", e, "--case", e / "case"), ("run", self.folder, "--case", self.folder / "c2"),
                          ("run", e, "--case", self.folder / "c3", "--hash", "md4"), ("run", e, "--case", self.folder / "c4", "--frobnicate"),
                          ("run", e, "--case", self.folder / "c5", "--fixed-clock", "yesterday"),
                          ("run", e, "--case", self.folder / "c6", "--rules", self.folder / "none.yaml"),
                          ("verify",), ("verify", self.folder / "nocase"), ("export", finished, "--table", "secrets"),
                          ("export", finished, "--format", "xml"), ("report", finished, "--format", "docx"),
                          ("report", finished, "--lang", "xx"), ("rules", "eat"),
                          ("run", e, "--case", self.folder / "c6", "--format", "html,docx"),
                          ("run", f"A={e}", f"A={e}", "--case", self.folder / "c7"),
                          ("run", e, "--case", self.folder / "c8", "--threads", "-1"),
                          ("run", e, "--case", self.folder / "c9", "--threads", "1000000"),
                          ("run", e, "--case", self.folder / "c2", "--lang", "xx"),
                          ("run", e, "--case", self.folder / "c3", "--password-file", self.folder)):
            result = self.evtriage(*arguments, code=64)
            self.assertTrue(result.stderr.startswith(b"evtriage: "), arguments)
        self.assertEqual({p: sha256(p) for p in finished.rglob("*") if p.is_file()}, before)
        self.assertFalse(any((self.folder / f"c{n}").exists() for n in range(2, 8)))

    def test_case_file(self):
        (self.folder / "e").mkdir()
        (self.folder / "e" / "a.txt").write_text("a\n")
        config, case = self.folder / "case.conf", self.folder / "case"
        said = ("case-number=17\n[case]\nrequest_reference=MLA 12/2026\nuse_limitation=this case only\n[exhibit.PHONE]\n"
                "seized_at=2026-01-10 14:05 GMT\nclock_offset=-120\n")
        config.write_text(said)
        run = ("run", f"PHONE={self.folder / 'e'}", "--case", case, "--config", config, "--fixed-clock", CLOCK, "--progress", "none")
        for wrong, named in ((said + "seized_on=x\n", b"seized_on"), (said + "clock_offset=1\n", b"said twice"), (said.replace("-120", "2 min"), b"seconds"),
                             (said.replace("PHONE", "PHONF"), b"PHONF"), (said + "[case]\nrequest=x\n", b"case.request")):
            config.write_text(wrong)
            self.assertIn(named, self.evtriage(*run, code=64).stderr)
            self.assertFalse(case.exists())
        config.write_text(said)
        self.evtriage(*run, code=0)
        started = json.loads((case / "custody.jsonl").read_text().splitlines()[0])
        self.assertEqual(started["exhibit.PHONE.clock_offset"], "-120")
        self.assertIn(f"PHONE={self.folder / 'e'} --case DIR --config", started["command"])
        page = (case / "reports" / "report.en.html").read_text()
        for words in ("MLA 12/2026", "this case only", "2026-01-10 14:05 GMT", started["command"].split()[0], "Treaty or law relied on"):
            self.assertIn(words, page)
        self.evtriage("verify", case, code=0)

    def test_configuration_file(self):
        (self.folder / "e").mkdir()
        config = self.folder / "config"
        config.write_text(f"case={self.folder / 'case'}\nexaminer=B. Examiner\nhash=sha256\nno-reports=true\n")
        self.evtriage("run", self.folder / "e", "--config", config, "--progress", "none", code=0)
        events = self.table(self.folder / "case", "events")
        self.assertTrue(any(e.get("examiner") == "B. Examiner" for e in events))

    def test_exports_parse_and_csv_is_safe(self):
        evidence = self.folder / "evidence"
        evidence.mkdir()
        for name in ("=cmd|' x'!A1", "+1", "-1", "@x", "a,b\"c", "<script>alert(1)<script>"):
            (evidence / name).write_text("mail =cmd@example.org to ama@example.org\n")
        case = self.folder / "case"
        self.run_case(case, evidence)
        for table in (*TABLES, "events"):
            out = self.evtriage("export", case, "--table", table, "--format", "csv", code=0).stdout
            for row in csv.reader(io.StringIO(out.decode("utf-8-sig"))):
                for cell in row:
                    self.assertNotIn(cell[:1], ("=", "+", "@", "\t", "\r"), cell)
        html = (case / "reports/report.en.html").read_text()
        self.assertNotIn("<script", html)

    def test_known_files(self):
        evidence = self.folder / "evidence"
        evidence.mkdir()
        (evidence / "good.txt").write_text("ama@example.org\n")
        (evidence / "alert.txt").write_text("kofi@example.org\n")
        good, alert = self.folder / "good.sha256", self.folder / "alert.md5"
        good.write_text(f"{sha256(evidence / 'good.txt')}  good.txt\n")
        alert.write_text(f"{hashlib.md5((evidence / 'alert.txt').read_bytes()).hexdigest()}  alert.txt\n")
        case = self.folder / "case"
        self.run_case(case, evidence, extra=("--no-reports", "--known-good", good, "--alert-hashes", alert))
        known = {i["path"]: i.get("known") for i in self.table(case, "items")}
        self.assertEqual(known, {"good.txt": "good", "alert.txt": "alert"})
        self.assertEqual({c["value"] for c in self.table(case, "contacts") if c["type"] == "email"}, {"kofi@example.org"})

    def test_rules_commands(self):
        self.assertIn(b"tip.", self.evtriage("rules", "list", code=0).stdout)
        self.evtriage("rules", "check", code=0)
        self.assertRegex(self.evtriage("rules", "test", code=0).stdout.decode(), r"(\d+) of \1 examples hold")
        self.assertTrue(self.evtriage("rules", "explain", "--text", "Madam is keeping our passports until we finish paying the debt.", code=0).stdout)
        bad = self.folder / "bad.yaml"
        bad.write_text("pack: bad\nversion: '1'\nrulez: []\n")
        result = self.evtriage("rules", "check", bad, code=64)
        self.assertRegex(result.stderr.decode(), r"bad\.yaml:\d+: ")

    def test_keywords(self):
        (self.folder / "e").mkdir()
        (self.folder / "e/a.txt").write_text("The blue canoe waits at the old jetty.\n")
        words = self.folder / "words.txt"
        words.write_text("blue canoe\n")
        case = self.folder / "case"
        self.run_case(case, self.folder / "e", extra=("--no-reports", "--keywords", words))
        self.assertEqual([h["matched"] for h in self.table(case, "hits")], ["blue canoe"])

    def test_show_walks_to_the_bytes_again(self):
        case = self.folder / "case"
        self.run_case(case, SAMPLE, extra=("--no-reports",))
        items = {i["id"]: i for i in self.table(case, "items")}
        mention = next(m for m in self.table(case, "mentions") if items[m["item"]]["kind"] == "file" and m["end"] > m["begin"]
                       and items[m["item"]]["media_type"] == "text/plain" and m["raw"].isascii())
        address = f"{items[mention['item']]['address']}+{mention['begin']}..{mention['end']}"
        self.assertIn(mention["raw"].encode(), self.evtriage("show", case, address, code=0).stdout)

    def test_no_network_and_no_write_beside_evidence(self):
        if os.system("command -v strace >/dev/null 2>&1") != 0:
            self.skipTest("strace is not installed")
        import subprocess
        from support import BINARY
        evidence = make_evidence(self.folder / "evidence", 31, files=20)
        trace = self.folder / "trace"
        subprocess.run(["strace", "-f", "-qq", "-o", trace, "-e", "trace=network,openat,openat2,open,creat,rename,unlink,mkdir",
                        BINARY, "run", str(evidence), "--case", str(self.folder / "case"), "--progress", "none"],
                       check=False, capture_output=True)
        lines = trace.read_text(errors="replace")
        self.assertNotIn("AF_INET", lines)
        for line in lines.splitlines():
            if str(evidence) in line:
                self.assertNotRegex(line, r"O_WRONLY|O_RDWR|O_CREAT|rename|unlink|mkdir|creat", line)

    def test_readme_commands_run(self):
        text = (SOURCE / "README.md").read_text()
        commands = re.findall(r"^evtriage ((?:rules|contacts|doctor|version).*)$", text, re.M)
        self.assertGreater(len(commands), 2)
        import shlex
        for command in commands:
            self.evtriage(*shlex.split(command), code=0)

    def test_fixed_clock_gives_the_same_case_bytes(self):
        evidence = make_evidence(self.folder / "evidence", 33, files=20)
        digests = []
        for name in ("a", "b"):
            self.run_case(self.folder / name, evidence)
            digests.append({p.relative_to(self.folder / name): sha256(p) for p in (self.folder / name).rglob("*") if p.is_file()})
        self.assertEqual(*digests)


class Conservation(WholeTest):
    def test_enumerated_is_the_sum_of_the_outcomes(self):
        evidence = make_evidence(self.folder / "evidence", 41)
        case = self.folder / "case"
        self.run_case(case, evidence, extra=("--no-reports",))
        seal = json.loads((case / "seal.json").read_text())
        counts = seal["counts"]
        items = self.table(case, "items")
        self.assertEqual(counts["enumerated"], len(items))
        for outcome in ("done", "partial", "skipped", "failed"):
            self.assertEqual(counts[outcome], sum(i["outcome"] == outcome for i in items))
        self.assertEqual(sum(counts[o] for o in ("done", "partial", "skipped", "failed")), counts["enumerated"])

    def test_unreadable_entries_become_issues(self):
        if os.geteuid() == 0:
            self.skipTest("root reads everything")
        evidence = self.folder / "evidence"
        evidence.mkdir()
        (evidence / "locked").write_text("x")
        (evidence / "locked").chmod(0)
        case = self.folder / "case"
        self.evtriage("run", evidence, "--case", case, "--no-reports", "--fixed-clock", CLOCK, code=2)
        self.assertEqual(self.table(case, "items")[0]["outcome"], "failed")


if __name__ == "__main__":
    main()
