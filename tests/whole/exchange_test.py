#!/usr/bin/env python3
"""The formats for other programs, each judged by a program of others; hostile names; same case, same bytes."""
import json
import os
import pathlib
import shutil
import subprocess
import unittest
import xml.etree.ElementTree as ElementTree

from support import SAMPLE, WholeTest, main, make_evidence

JUDGES = pathlib.Path(__file__).resolve().parent / "judges"
PYTHON = "/usr/bin/python3"  # Debian's, which has Debian's modules
DFXML = "{http://www.forensicswiki.org/wiki/Category:Digital_Forensics_XML}"
OURS = "{urn:x-evtriage:item:1}"
FORMATS = "dfxml,hashdeep,graphml,xlsx,case-uco"


def run(*command, **options):
    return subprocess.run([str(c) for c in command], capture_output=True, timeout=300, check=False, **options)


def python_has(module):
    return os.path.exists(PYTHON) and run(PYTHON, "-c", f"import {module}").returncode == 0


class Exchange(WholeTest):
    def reported(self, evidence, label="EX1", formats=FORMATS, extra=()):
        self.case = self.folder / "case"
        self.out = self.folder / "out"
        self.run_case(self.case, f"{label}={evidence}", extra=("--no-reports", *extra))
        self.evtriage("report", self.case, "--format", formats, "--out", self.out, code=0)
        self.items = self.table(self.case, "items")
        return self.out

    def schema(self, file):
        return run("xmllint", "--nonet", "--noout", "--stream", "--huge", "--schema", JUDGES / "dfxml.xsd", file)

    def test_dfxml_holds_every_item_and_fits_the_schema(self):
        out = self.reported(make_evidence(self.folder / "evidence", 71), formats="dfxml")
        answer = self.schema(out / "files.dfxml")
        self.assertEqual(answer.returncode, 0, answer.stderr.decode(errors="replace")[-2000:])
        objects = list(ElementTree.parse(out / "files.dfxml").getroot().iter(DFXML + "fileobject"))
        self.assertEqual(len(objects), len(self.items))
        for item, found in zip(self.items, objects):
            self.assertEqual(found.find(DFXML + "id").text, str(item["id"]))
            self.assertEqual(found.find(OURS + "address").text, item["address"])
            digests = {d.get("type"): d.text for d in found.findall(DFXML + "hashdigest")}
            self.assertEqual(digests, {k: item[k] for k in ("md5", "sha1", "sha256") if k in item})
            self.assertEqual(found.findtext(DFXML + "mtime"), item.get("modified"))
            self.assertEqual(found.findtext(OURS + "outcome"), item["outcome"])
        troubled = {i["item"] for i in self.table(self.case, "issues") if "item" in i}
        self.assertEqual({int(o.find(DFXML + "id").text) for o in objects if o.find(DFXML + "error") is not None}, troubled)

    def test_the_schema_refuses_a_forged_dfxml(self):
        out = self.reported(SAMPLE, formats="dfxml")
        text = (out / "files.dfxml").read_text().replace('type="sha256"', 'type="SHA-256"', 1)
        (out / "forged.dfxml").write_text(text)
        self.assertNotEqual(self.schema(out / "forged.dfxml").returncode, 0)

    def audit(self, evidence):
        return run("hashdeep", "-a", "-o", "f", "-r", "-l", "-k", self.out / "hashdeep.DISK.txt", ".", cwd=evidence)

    def test_hashdeep_audits_the_evidence_with_our_list(self):
        for number, hashes in enumerate(("md5,sha1,sha256", "sha256")):
            evidence = make_evidence(self.folder / f"evidence {number}", 72)
            os.remove(os.path.join(os.fsencode(evidence), b"new\nline"))
            shutil.rmtree(self.folder / "case", ignore_errors=True)
            self.reported(evidence, "DISK", "hashdeep", ("--hash", hashes))
            answer = self.audit(evidence)
            self.assertEqual(answer.returncode, 0, answer.stdout + answer.stderr)
            self.assertIn(b"Audit passed", answer.stdout)
            with open(evidence / "copy a", "ab") as file:
                file.write(b"x")
            self.assertIn(b"Audit failed", self.audit(evidence).stdout)

    def test_a_name_that_the_list_cannot_hold_is_told(self):
        out = self.reported(make_evidence(self.folder / "evidence", 73), formats="hashdeep")
        text = (out / "hashdeep.EX1.txt").read_bytes()
        self.assertIn(b'## not listed: the name holds a line end: exhibit:EX1/file:', text)
        self.assertIn(b'"new\\x0Aline"', text)
        self.assertNotIn(b"\nline", text)
        listed = [line for line in text.splitlines() if not line.startswith((b"#", b"%"))]
        self.assertEqual(len(listed), sum(i["kind"] == "file" for i in self.items) - 1)

    @unittest.skipUnless(python_has("networkx"), "python3-networkx is not installed")
    def test_networkx_reads_the_graph(self):
        out = self.reported(make_evidence(self.folder / "evidence", 74), formats="graphml")
        code = ("import json,sys,networkx as nx\ng=nx.read_graphml(sys.argv[1],force_multigraph=True)\n"
                "print(json.dumps({'nodes':dict(g.nodes(data=True)),'edges':[[a,b,d] for a,b,d in g.edges(data=True)]}))")
        answer = run(PYTHON, "-c", code, out / "graph.graphml")
        self.assertEqual(answer.returncode, 0, answer.stderr)
        graph = json.loads(answer.stdout)
        contacts = {f"c{c['id']}": c["value"] for c in self.table(self.case, "contacts")}
        self.assertGreater(len(contacts), 50)
        self.assertEqual({n: d["value"] for n, d in graph["nodes"].items() if d["kind"] == "contact"}, contacts)
        pairs = {}
        for mention in self.table(self.case, "mentions"):
            pair = (f"i{mention['item']}", f"c{mention['contact']}")
            pairs[pair] = pairs.get(pair, 0) + 1
        found = {tuple(sorted((a, b), reverse=True)): d["weight"] for a, b, d in graph["edges"] if d["relation"] == "mentions"}
        self.assertEqual(found, pairs)
        links = self.table(self.case, "links")
        self.assertEqual(sum(d["relation"] != "mentions" for _, _, d in graph["edges"]), len(links))

    @unittest.skipUnless(python_has("openpyxl"), "python3-openpyxl is not installed")
    def test_openpyxl_reads_the_workbook(self):
        out = self.reported(make_evidence(self.folder / "evidence", 75), formats="xlsx")
        code = ("import json,sys,openpyxl\nb=openpyxl.load_workbook(sys.argv[1],read_only=True)\n"
                "assert all(c.data_type!='f' for s in b for r in s.iter_rows() for c in r)\n"
                "r=list(b['items'].iter_rows(values_only=True))\nprint(json.dumps([dict(zip(r[0],x)) for x in r[1:]]))")
        answer = run(PYTHON, "-c", code, out / "case.xlsx")
        self.assertEqual(answer.returncode, 0, answer.stderr)
        rows = json.loads(answer.stdout)
        self.assertEqual([(r["id"], r["size"], r["sha256"], r["deleted"]) for r in rows],
                         [(i["id"], i["size"], i.get("sha256"), i.get("deleted")) for i in self.items])

    @unittest.skipUnless(python_has("rdflib"), "python3-rdflib is not installed")
    def test_case_uco_knows_its_terms_and_tells_the_case(self):
        out = self.reported(SAMPLE, formats="case-uco", extra=("--case-number", "17", "--examiner", "A. Example", "--agency", "Unit",
                                                               "--authority", "warrant 3/2026"))
        answer = run(PYTHON, JUDGES / "rdf_terms.py", JUDGES / "case-1.4.0.ttl", out / "case.jsonld", 1000)
        self.assertEqual(answer.returncode, 0, answer.stderr.decode()[-2000:])
        found = json.loads(answer.stdout)
        for one in ("Investigation", "Authorization", "Person", "Organization", "ConfiguredTool", "Configuration", "Analysis", "MarkingDefinition",
                    "ProvenanceRecord"):
            self.assertEqual(found["classes"].get(one), 1, one)
        self.assertEqual(found["classes"]["AnalyticResult"], found["classes"]["ArtifactClassification"])
        flagged = {f["item"] for f in self.table(self.case, "findings")}
        hits = [h for h in self.table(self.case, "hits") if h["item"] in flagged]
        self.assertEqual(found["classes"]["AnalyticResult"], len(hits))
        digests = {i["sha256"] for i in self.items if i["id"] in flagged}
        self.assertTrue(digests)
        self.assertLessEqual(digests, set(found["hashes"]))

    @unittest.skipUnless(shutil.which("node") and (JUDGES / "node_modules").exists(), "no node, or npm install --prefix tests/whole/judges not run")
    def test_case_uco_conforms_to_the_shapes(self):
        out = self.reported(SAMPLE, formats="case-uco", extra=("--case-number", "17", "--examiner", "A. Example", "--authority", "warrant"))
        check = lambda file: run("node", JUDGES / "shacl.cjs", JUDGES / "case-1.4.0.ttl", file)
        answer = check(out / "case.jsonld")
        self.assertEqual(answer.returncode, 0, answer.stdout + answer.stderr)
        text = (out / "case.jsonld").read_text()
        for number, (good, bad) in enumerate((("xsd:hexBinary", "xsd:string"), ("investigation:exhibitNumber", "investigation:exhibitNumbre"),
                                              ('"@context"', '"@contexts"'))):
            self.assertIn(good, text)
            forged = out / f"forged{number}.jsonld"
            forged.write_text(text.replace(good, bad))
            self.assertEqual(check(forged).returncode, 1, bad)

    def test_same_evidence_same_bytes(self):
        evidence = make_evidence(self.folder / "evidence", 76, files=30)
        one, two = self.folder / "a", self.folder / "b"
        for out, threads in ((one, "1"), (two, "2")):
            case = self.folder / f"case{threads}"
            self.run_case(case, evidence, extra=("--no-reports", "--threads", threads))
            self.evtriage("report", case, "--format", FORMATS, "--out", out, code=0,
                          env={"TZ": "Asia/Kathmandu" if threads == "2" else "UTC"})
        names = sorted(os.listdir(one))
        self.assertEqual(names, ["case.jsonld", "case.xlsx", "files.dfxml", "graph.graphml", "hashdeep.EX1.txt"])
        for name in names:
            if name == "case.jsonld":  # tells the number of threads of the run among the acts of custody
                continue
            self.assertEqual((one / name).read_bytes(), (two / name).read_bytes(), name)

    def test_run_writes_the_formats_that_are_asked_for(self):
        case = self.folder / "case"
        self.run_case(case, SAMPLE, extra=("--format", "dfxml,html", "--lang", "pt"))
        self.assertEqual(sorted(os.listdir(case / "reports")), ["files.dfxml", "report.pt.html"])
        self.evtriage("verify", case, code=0)


if __name__ == "__main__":
    main()
