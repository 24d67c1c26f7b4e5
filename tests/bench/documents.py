#!/usr/bin/env python3
"""Documents through the whole program: with the cage against without it, PDF against pdftotext, ZIP against bsdtar -xO.

usage: documents.py BINARY [cage pdf zip]      ROUNDS, SMALL (documents), PDFS, BENCH_DIR in the environment
CPU time of the process and all its children; the median of the rounds; what is compared runs in the same round.
The answers are asserted: the same results.sqlite with and without the cage, every line that pdftotext gives is in the
case, every member has the digest that bsdtar's bytes have.  The program also hashes, identifies, scans and stores.
"""
import collections
import hashlib
import io
import json
import os
import pathlib
import random
import re
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = pathlib.Path(sys.argv[1]).resolve()
WORK = pathlib.Path(os.environ.get("BENCH_DIR", "/tmp/evtriage-bench-documents"))
ROUNDS = int(os.environ.get("ROUNDS", "3"))
PDFS = int(os.environ.get("PDFS", "60"))
SMALL = int(os.environ.get("SMALL", "10000"))
WORDS = "market river harbour school letter garden bridge window morning winter paper music doctor kitchen mountain".split()


def sentence(rng, count=12):
    return " ".join(rng.choice(WORDS) for _ in range(count))


def pdf(pages):
    """A plain PDF 1.4, one list of lines a page."""
    out, places = io.BytesIO(b""), []
    out.write(b"%PDF-1.4\n")

    def add(body):
        places.append(out.tell())
        out.write(b"%d 0 obj\n" % len(places) + body + b"\nendobj\n")

    kids = b" ".join(b"%d 0 R" % (4 + 2 * i) for i in range(len(pages)))
    add(b"<< /Type /Catalog /Pages 2 0 R >>")
    add(b"<< /Type /Pages /Kids [" + kids + b"] /Count %d >>" % len(pages))
    add(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    for i, lines in enumerate(pages):
        body = b"BT /F1 10 Tf 40 800 Td 12 TL " + b" ".join(b"(" + line.encode() + b") '" for line in lines) + b" ET"
        add(b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 850] /Contents %d 0 R /Resources << /Font << /F1 3 0 R >> >> >>" % (5 + 2 * i))
        add(b"<< /Length %d >>\nstream\n" % len(body) + body + b"\nendstream")
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1) + b"".join(b"%010d 00000 n \n" % at for at in places))
    out.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, start))
    return out.getvalue()


def zipped(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, data in members:
            z.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()


def docx(words):
    template = zipfile.ZipFile(ROOT / "tests/extractors/office/data/report.docx")
    return zipped([(name, re.sub(rb"<w:t>[^<]*</w:t>", b"<w:t>" + words.encode() + b"</w:t>", template.read(name), count=1)) for name in template.namelist()])


def make_small(folder):
    rng = random.Random(11)
    picture = (ROOT / "tests/extractors/image/data/full.jpg").read_bytes()
    for i in range(SMALL):
        words = f"{sentence(rng)} {i}"
        name, data = [("zip", lambda: zipped([("note.txt", words)])), ("docx", lambda: docx(words)), ("pdf", lambda: pdf([[words]])),
                      ("rtf", lambda: b"{\\rtf1\\ansi " + words.encode() + b"\\par}"),
                      ("jpg", lambda: picture[:2] + b"\xff\xfe" + (len(words) + 2).to_bytes(2, "big") + words.encode() + picture[2:])][i % 5]
        place = folder / f"{i // 500}"
        place.mkdir(exist_ok=True)
        (place / f"{i}.{name}").write_bytes(data())


def make_pdfs(folder):
    rng = random.Random(12)
    for i in range(PDFS):
        (folder / f"{i}.pdf").write_bytes(pdf([[f"{sentence(rng, 14)} {i}.{page}.{line}" for line in range(60)] for page in range(50)]))


def make_zip(folder):
    rng = random.Random(13)
    noise = rng.randbytes(4 << 20)
    members = [(f"{i}.bin", (noise[(i * 65536) % (3 << 20):][:65536] + bytes(65536)) * 8) for i in range(200)]
    (folder / "bench.zip").write_bytes(zipped(members))


def cpu(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode in (0, 2), done.stderr.decode()
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def run(data, case, *extra):
    shutil.rmtree(case, ignore_errors=True)
    return cpu([str(BINARY), "run", str(data), "--case", str(case), "--threads", "1", "--no-reports", "--progress", "none",
                "--fixed-clock", "2026-01-01T00:00:00Z", *extra])


def folder_of(name, make):
    folder = WORK / name
    if not (folder / "done").exists():
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "data").mkdir(parents=True)
        make(folder / "data")
        (folder / "done").write_text("")
    return folder / "data"


def rows(case, table):
    connection = sqlite3.connect(f"file:{case}/results.sqlite?mode=ro", uri=True)
    return connection.execute(f"select * from {table} order by 1, 2").fetchall()


def report(name, times):
    medians = {who: statistics.median(each) for who, each in times.items()}
    first = next(iter(medians.values()))
    for who, seconds in medians.items():
        print(f"| {name} | {who} | {seconds:.2f} | {seconds / first:.2f} |", flush=True)


def bench_cage():
    data = folder_of("small", make_small)
    times = collections.defaultdict(list)
    for _ in range(ROUNDS):
        times["without the cage"].append(run(data, WORK / "c0", "--no-sandbox"))
        times["with the cage"].append(run(data, WORK / "c1"))
    for table in ("items", "texts", "properties", "issues", "contacts"):
        assert rows(WORK / "c0", table) == rows(WORK / "c1", table), table
    assert len(rows(WORK / "c1", "items")) >= SMALL
    report(f"{SMALL} small documents", times)


def bench_pdf():
    data = folder_of("pdf", make_pdfs)
    files = sorted(data.glob("*.pdf"))
    times = collections.defaultdict(list)
    for _ in range(ROUNDS):
        times["pdftotext"].append(sum(cpu(["pdftotext", str(f), str(WORK / "out.txt")]) for f in files))
        times["evtriage, everything on"].append(run(data, WORK / "p1"))
        times["evtriage, no rules"].append(run(data, WORK / "p0", "--no-default-rules"))
    exported = subprocess.run([str(BINARY), "export", str(WORK / "p1"), "--table", "texts"], check=True, capture_output=True, text=True).stdout
    text = "\n".join(json.loads(line)["text"] for line in exported.splitlines())
    ours = set(re.findall(r"\d+\.\d+\.\d+", text))
    theirs = set()
    for f in files:
        theirs |= set(re.findall(r"\d+\.\d+\.\d+", subprocess.run(["pdftotext", str(f), "-"], capture_output=True, text=True).stdout))
    assert ours == theirs and len(ours) > PDFS * 50 * 59, (len(ours), len(theirs))
    report(f"{PDFS} PDF of 50 pages", times)


def bench_zip():
    data = folder_of("zip", make_zip)
    times = collections.defaultdict(list)
    for _ in range(ROUNDS):
        times["bsdtar -xO"].append(cpu(["bsdtar", "-xOf", str(data / "bench.zip")]))
        times["evtriage, everything on"].append(run(data, WORK / "z1"))
    digests = {row[0] for row in sqlite3.connect(WORK / "z1/results.sqlite").execute("select sha256 from items where kind = 'member'")}
    with zipfile.ZipFile(data / "bench.zip") as z:
        assert digests == {hashlib.sha256(z.read(name)).hexdigest() for name in z.namelist()}
    report("a ZIP of 200 members, 210 MB", times)


def main():
    WORK.mkdir(parents=True, exist_ok=True)
    print("| what | who | CPU s | times the first |\n|---|---|---|---|", flush=True)
    for name in sys.argv[2:] or ["cage", "pdf", "zip"]:
        {"cage": bench_cage, "pdf": bench_pdf, "zip": bench_zip}[name]()


if __name__ == "__main__":
    main()
