"""What the whole-program tests share: running the binary, making evidence from a seed, taking snapshots."""
import hashlib
import json
import os
import pathlib
import random
import shutil
import subprocess
import tempfile
import unittest

BINARY = os.environ.get("EVTRIAGE", "build/release/evtriage")
SOURCE = pathlib.Path(__file__).resolve().parents[2]
SAMPLE = SOURCE / "tests/sample/evidence"
CLOCK = "2026-01-15T10:00:00Z"
TABLES = ["exhibits", "items", "issues", "properties", "texts", "contacts", "mentions", "messages", "hits",
          "findings", "links"]


class WholeTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="evtriage-test."))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def evtriage(self, *arguments, code=None, env=None, preexec=None, stdin=None, timeout=300):
        full = {**os.environ, "LC_ALL": "C.UTF-8", **(env or {})}
        result = subprocess.run([BINARY, *map(str, arguments)], capture_output=True, env=full, preexec_fn=preexec,
                                input=stdin, timeout=timeout, check=False)
        if code is not None:
            self.assertIn(result.returncode, code if isinstance(code, tuple) else (code,),
                          f"{arguments}\n{result.stdout.decode(errors='replace')[-2000:]}"
                          f"\n{result.stderr.decode(errors='replace')[-2000:]}")
        return result

    def run_case(self, case, *evidence, extra=(), **kwargs):
        return self.evtriage("run", *evidence, "--case", case, "--fixed-clock", CLOCK, "--progress", "none", *extra,
                             code=(0, 2), **kwargs)

    def table(self, case, name):
        out = self.evtriage("export", case, "--table", name, "--format", "jsonl", code=0).stdout
        return [json.loads(line) for line in out.decode().splitlines()]


def sha256(path):
    return hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()


def snapshot(folder):
    """Everything that must not move: names, kinds, modes, owners, sizes, all three times, content."""
    out = {}
    for base, folders, files in os.walk(os.fsencode(folder)):
        for name in [b"", *folders, *files]:
            path = os.path.join(base, name) if name else base
            info = os.lstat(path)
            out[path] = (info.st_mode, info.st_uid, info.st_gid, info.st_nlink, info.st_size, info.st_mtime_ns,
                         info.st_ctime_ns, info.st_atime_ns)
    return out


WORDS = ("passport madam debt boat seat market school letter please tomorrow money water house travaux bateau "
         "passeport dette demain argent maison barco dinheiro viagem amanhã casa جواز قارب دين غدا").split()


def make_evidence(folder, seed, files=120):
    """A tree made from a seed: texts in several encodings, mails, pages, binaries, odd names, duplicates."""
    dice = random.Random(seed)
    folder.mkdir(parents=True)
    folders = [folder]
    for i in range(12):
        folders.append(dice.choice(folders) / f"folder {i}")
        folders[-1].mkdir()
    for i in range(files):
        text = sentence(dice, dice.randrange(400)) + f"\nmail: user{i}@example.org tel +44 7700 900{i:03d}\n"
        kind = dice.randrange(8)
        name, data = f"{i}.txt", text.encode()
        if kind == 1:
            data = text.encode("utf-16-le")
            data = b"\xff\xfe" + data
        elif kind == 2:
            name, data = f"{i}.html", f"<html><body><p>{text}</p><a href='mailto:a{i}@example.net'>x</a></body></html>".encode()
        elif kind == 3:
            name, data = f"{i}.eml", mail(i, text)
        elif kind == 4:
            name, data = f"{i}.bin", dice.randbytes(dice.randrange(30000)) + text.encode() + dice.randbytes(500)
        elif kind == 5:
            name, data = f"{i}.jpg", text.encode()
        elif kind == 6:
            name, data = f"{i}.mbox", b"".join(b"From a@example.org Thu Jan  1 00:00:00 2026\n" + mail(k, text) + b"\n"
                                               for k in range(dice.randrange(4)))
        (dice.choice(folders) / name).write_bytes(data)
    (folder / "empty").write_bytes(b"")
    (folder / "copy a").write_bytes(b"the same bytes\n")
    (folder / "copy b").write_bytes(b"the same bytes\n")
    os.symlink("/etc/passwd", folder / "link out")
    os.symlink("nowhere", folder / "dangling")
    for name in (b"new\nline", b"esc\x1b[2J", b"latin\xe9", b"\xff\xfe", b"n" * 255, "né à".encode(), b"=cmd"):
        with open(os.path.join(os.fsencode(folder), name), "wb") as file:
            file.write(b"text in a file with an odd name\n")
    big = b"".join(sentence(dice, 60).encode() + b"\n" for _ in range(3000))
    (folder / "large.txt").write_bytes(big)
    (folder / "large.bin").write_bytes(dice.randbytes(900_000))
    return folder


def sentence(dice, words):
    return " ".join(dice.choice(WORDS) for _ in range(words)) + "."


def mail(number, text):
    return (f"From: Ama <ama{number}@example.org>\nTo: kofi@example.com\nSubject: note {number}\n"
            f"Date: Thu, 15 Jan 2026 10:00:00 +0000\nMessage-ID: <{number}@example.org>\nMIME-Version: 1.0\n"
            f"Content-Type: text/plain; charset=utf-8\n\n{text}\n").encode()


def main():
    unittest.main(verbosity=1)
