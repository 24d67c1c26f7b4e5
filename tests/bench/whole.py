#!/usr/bin/env python3
"""The whole program beside its references, in the same minutes on the same files.

Three folders: (a) 20,000 small files, (b) about 60 MB of natural text in 1,500 files, (c) a mixed gibibyte.
Every figure is CPU time (user + system, children waited for), the median of several rounds; the references run in
the same rounds.  Ratios are what counts: machines are noisy.  Answers are asserted: digests against hashdeep's.
"""
import gzip
import hashlib
import json
import os
import pathlib
import random
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROUNDS = int(os.environ.get("ROUNDS", "3"))
MIXED_MIB = int(os.environ.get("MIXED_MIB", "1024"))
BINARY = os.path.abspath(sys.argv[1])


PROSE = ("/usr/share/debian-reference", "/usr/share/doc/installation-guide-amd64", "/usr/share/games/fortunes", "/usr/share/man")


def is_utf8(data):
    try:
        return "\0" not in data.decode()
    except UnicodeDecodeError:
        return False


def natural_text(limit):
    """Handbooks, sayings and manual pages in a dozen languages (packages in ./dev), as plain text."""
    out, size = [], 0
    for top in PROSE:
        for base, folders, files in os.walk(top):
            folders.sort()
            for name in sorted(files):
                path = os.path.join(base, name)
                wanted = name.endswith(".txt.gz") if "/share/de" in top or "/share/doc" in top else not name.endswith((".dat", ".u8"))
                if not wanted or os.path.islink(path):
                    continue
                data = gzip.open(path).read() if name.endswith(".gz") else open(path, "rb").read()
                data = b"".join(line for line in data.splitlines(True) if not line.startswith((b'.\\"', b"'\\\"")))  # translators' addresses
                if len(data) < 500 or not is_utf8(data):
                    continue
                out.append(data)
                size += len(data)
                if size >= limit:
                    return out
    return out


def make_small(folder):
    dice = random.Random(1)
    source = b"".join(natural_text(4_000_000))
    for i in range(20_000):
        sub = folder / f"{i // 500:02d}"
        sub.mkdir(exist_ok=True)
        at, size = dice.randrange(len(source) - 9000), dice.randrange(200, 8000)
        (sub / f"{i}.{'txt' if i % 3 else 'dat'}").write_bytes(source[at:at + size] if i % 3 else dice.randbytes(size))


def make_text(folder):
    texts = natural_text(60_000_000)
    whole = b"\n".join(texts)
    piece, at = len(whole) // 1500, 0
    for i in range(1500):
        end = len(whole) if i == 1499 else whole.index(b"\n", (i + 1) * piece) + 1
        (folder / f"{i}.txt").write_bytes(whole[at:end])
        at = end


def make_mixed(folder):
    dice = random.Random(3)
    text = b"\n".join(natural_text(30_000_000))
    budget, i = MIXED_MIB << 20, 0
    libraries = [p for p in sorted(pathlib.Path("/usr/lib/x86_64-linux-gnu").glob("*.so*")) if p.is_file() and not p.is_symlink()]
    while budget > 0:
        kind = i % 10
        if kind < 4:
            size = dice.randrange(2_000, 200_000)
            at = dice.randrange(len(text) - size)
            data = text[at:at + size]
        elif kind < 7:
            data = dice.choice(libraries).read_bytes()
        elif kind < 9:
            data = b"\x89PNG\r\n\x1a\n" + dice.randbytes(dice.randrange(50_000, 3_000_000))
        else:
            data = dice.randbytes(dice.choice((100_000, 1_000_000, 20_000_000)))
        (folder / f"{i}.bin").write_bytes(data[:budget])
        budget -= len(data)
        i += 1


def measure(command, **kwargs):
    """(CPU seconds, wall seconds, peak MiB) of one command."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    result = subprocess.run(["/usr/bin/env", *map(str, command)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False, **kwargs)
    wall, after = time.monotonic() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    assert result.returncode in (0, 1, 2), (command, result.returncode, result.stderr[-500:])
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall


def peak_mib(command):
    code = "import resource,subprocess,sys; subprocess.run(sys.argv[1:],stdout=-3,stderr=-3); print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss//1024)"
    return int(subprocess.run([sys.executable, "-c", code, *map(str, command)], capture_output=True, text=True, check=True).stdout)


def openssl_triple():
    """MB per CPU second of MD5 + SHA-1 + SHA-256 in sequence, by `openssl speed` on 256 KiB blocks."""
    seconds = 0.0
    for name in ("md5", "sha1", "sha256"):
        out = subprocess.run(["openssl", "speed", "-evp", name, "-bytes", "262144", "-seconds", "1"], capture_output=True, text=True, check=True).stdout
        seconds += 1 / (float(re.findall(r"([\d.]+)k\s*$", out, re.M)[-1]) / 1000)
    return 1 / seconds


def words_for_references(folder):
    """The shipped packs' own words as fixed strings and as a YARA rule."""
    packs = pathlib.Path(__file__).resolve().parents[2] / "rules/packs"
    words = sorted({w.strip("\"' *").lower() for p in packs.rglob("*.yaml") for w in re.findall(r"[\[,] *([^\[\],]{5,40}?) *(?=[,\]])", p.read_text())})
    words = [w for w in words if re.fullmatch(r"[\w '-]+", w)][:1000]
    (folder / "words").write_text("\n".join(words) + "\n")
    strings = "\n".join(f'  $s{i} = "{w}" nocase' for i, w in enumerate(words))
    (folder / "words.yar").write_text(f"rule words {{ strings:\n{strings}\n condition: any of them }}\n")
    return len(words)


def run_command(data, work, threads, *extra):
    shutil.rmtree(work / "case", ignore_errors=True)
    return [BINARY, "run", data, "--case", work / "case", "--threads", threads, "--quiet", *extra]


def check_answers(work, data):
    """Every file's SHA-256 in the case equals hashlib's."""
    out = subprocess.run([BINARY, "export", work / "case", "--table", "items", "--format", "jsonl"], capture_output=True, check=True).stdout
    items = [json.loads(line) for line in out.splitlines()]
    files = {i["path"]: i["sha256"] for i in items if i["kind"] == "file"}
    on_disk = {str(p.relative_to(data)): p for p in pathlib.Path(data).rglob("*") if p.is_file()}
    assert set(files) == set(on_disk), "every file is an item"
    for path in random.Random(5).sample(sorted(files), 200):
        assert files[path] == hashlib.sha256(on_disk[path].read_bytes()).hexdigest(), path


def bench(name, data, work, references):
    size = sum(p.stat().st_size for p in pathlib.Path(data).rglob("*") if p.is_file())
    count = sum(1 for p in pathlib.Path(data).rglob("*") if p.is_file())
    measure(run_command(data, work, 2))
    check_answers(work, data)
    rows, triple = {}, []
    for _ in range(ROUNDS):
        triple.append(openssl_triple())
        for label, command in {
                "evtriage, 1 thread": run_command(data, work, 1), "evtriage, 2 threads": run_command(data, work, 2),
                "evtriage, 1 thread, no reports, no text kept": run_command(data, work, 1, "--no-reports", "--keep-text", "none"),
                **references}.items():
            shutil.rmtree(work / "case", ignore_errors=True)
            rows.setdefault(label, []).append(measure(command))
    print(f"\n## {name}: {count} files, {size / 1e6:.0f} MB; openssl md5+sha1+sha256 in sequence: {statistics.median(triple):.0f} MB per CPU s\n")
    print("| | CPU s | MB per CPU s | us per file | wall s | share of the openssl rate |\n|---|---|---|---|---|---|")
    for label, runs in rows.items():
        cpu, wall = statistics.median(r[0] for r in runs), statistics.median(r[1] for r in runs)
        rate = size / 1e6 / cpu
        print(f"| {label} | {cpu:.2f} | {rate:.0f} | {cpu / count * 1e6:.0f} | {wall:.2f} | {rate / statistics.median(triple):.2f} |")
    one, two = (statistics.median(r[1] for r in rows[f"evtriage, {n}"]) for n in ("1 thread", "2 threads"))
    shutil.rmtree(work / "case", ignore_errors=True)
    print(f"\n2 threads against 1, wall: {one / two:.2f} times; peak memory with 2 threads: {peak_mib(run_command(data, work, 2))} MiB")
    sys.stdout.flush()


def main():
    base = pathlib.Path(os.environ.get("BENCH_DIR") or tempfile.mkdtemp(prefix="evtriage-bench."))
    work = base / "work"
    work.mkdir(exist_ok=True)
    number = words_for_references(work)
    wanted = sys.argv[2:] or ["a", "b", "c"]
    try:
        for key, name, make in (("a", "(a) small files", make_small), ("b", "(b) natural text", make_text), ("c", "(c) mixed", make_mixed)):
            if key not in wanted:
                continue
            data = base / key
            if not data.exists():
                data.mkdir()
                make(data)
            files = sorted(str(p) for p in data.rglob("*") if p.is_file())
            (work / f"list{key}").write_text("\0".join(files))
            references = {
                "hashdeep md5,sha1,sha256 (hashes only)": ["hashdeep", "-j0", "-c", "md5,sha1,sha256", "-r", data],
                "sha256sum (one digest)": ["sh", "-c", f"xargs -0 sha256sum < {work / f'list{key}'}"],
                f"rg -f {number} words (matches only)": ["rg", "-j1", "-a", "-i", "-c", "-F", "-f", work / "words", data],
                f"yara {number} words (matches only)": ["yara", "-p", "1", "-r", work / "words.yar", data],
            }
            bench(name, data, work, references)
    finally:
        if not os.environ.get("BENCH_DIR"):
            shutil.rmtree(base, ignore_errors=True)


if __name__ == "__main__":
    main()
