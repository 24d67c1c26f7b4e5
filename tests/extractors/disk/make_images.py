#!/usr/bin/env python3
"""Makes file systems with programs that are not ours, and tells what is on them by The Sleuth Kit's own commands.

make_images.py FOLDER: writes NAME.img and NAME.expected (deleted, inode, sha256, path; tab-separated) for each.
Packages: e2fsprogs dosfstools mtools ntfs-3g sleuthkit.
"""
import fcntl
import hashlib
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys

ENV = {**os.environ, "LC_ALL": "C.UTF-8", "TZ": "UTC0", "MTOOLS_SKIP_CHECK": "1"}
LINE = re.compile(rb"^(\S+) (\* )?(\d+)(-\d+-\d+)?(\(realloc\))?:\t(.*)$")


def run(*command, **kwargs):
    return subprocess.run([str(c) for c in command], env=ENV, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, **kwargs).stdout


def make_files(folder):
    dice = random.Random(7)
    (folder / "letters/older").mkdir(parents=True)
    for i in range(40):
        text = f"letter {i}: write to user{i}@example.org\n" * dice.randrange(1, 3000)
        (folder / "letters" / f"letter {i}.txt").write_text(text)
    (folder / "letters/older/été.txt").write_text("a name with accents\n")
    (folder / "letters/older/مرحبا.txt").write_text("a name in Arabic\n")
    (folder / "empty").write_bytes(b"")
    (folder / "tiny").write_bytes(b"tiny")
    (folder / "noise.bin").write_bytes(dice.randbytes(700_000))
    with open(folder / "sparse.bin", "wb") as file:
        file.write(b"begin")
        file.truncate(300_000)
        file.seek(299_995)
        file.write(b"at the end"[:5])


def ext(image, files, kind, *options):
    run("truncate", "-s", "16M", image)
    run(f"mkfs.{kind}", "-q", "-F", *options, "-d", files, image)
    for path in ("letters/letter 3.txt", "letters/letter 9.txt", "noise.bin"):
        run("debugfs", "-w", "-R", f'rm "/{path}"', image)


def fat(image, files, bits, size):
    run("truncate", "-s", size, image)
    run("mkfs.fat", "-F", bits, image)
    run("mcopy", "-s", "-Q", "-i", image, *sorted(files.iterdir()), "::/")
    for path in ("letters/letter 3.txt", "letters/letter 9.txt", "tiny"):
        run("mdel", "-i", image, f"::/{path}")
    (files.parent / "late.txt").write_bytes(b"what came after the deletion\n" * 300)
    run("mcopy", "-i", image, files.parent / "late.txt", "::/late.txt")


def ntfs(image, files):
    run("truncate", "-s", "20M", image)
    run("mkntfs", "-q", "-F", "-f", image)
    for path in sorted(files.rglob("*")):
        if path.is_file() and path.stat().st_size > 0:
            run("ntfscp", "-f", image, path, path.name)
    run("ntfscp", "-f", "-N", "hidden", image, files / "letters/letter 5.txt", "letter 7.txt")


def digest_of(image, inode):
    try:
        return hashlib.sha256(run("icat", image, inode)).hexdigest()
    except subprocess.CalledProcessError:
        return "none"


def expected(image):
    out = []
    for line in run("fls", "-r", "-p", image).splitlines():
        kind, deleted, inode, attribute, other, path = LINE.match(line).groups()
        if not kind.endswith(b"r") or kind.startswith(b"v"):
            continue
        if attribute and not attribute.startswith(b"-128-"):  # indexes of NTFS
            continue
        digest = "none" if other else digest_of(image, (inode + (attribute or b"")).decode())
        out.append(f"{1 if deleted else 0}\t{inode.decode()}\t{digest}\t".encode() + path + b"\n")
    image.with_suffix(".expected").write_bytes(b"".join(out))


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    lock = open(folder / "lock", "w")  # tests run side by side
    fcntl.flock(lock, fcntl.LOCK_EX)
    if (folder / "done").exists():
        return
    for half_made in folder.glob("*.img"):
        half_made.unlink()
    shutil.rmtree(folder / "files", ignore_errors=True)
    files = folder / "files"
    files.mkdir(parents=True)
    make_files(files)
    ext(folder / "ext2.img", files, "ext2", "-b", "1024")
    ext(folder / "ext4.img", files, "ext4")
    ext(folder / "ext4inline.img", files, "ext4", "-O", "inline_data", "-I", "256")
    fat(folder / "fat12.img", files, "12", "4M")
    fat(folder / "fat16.img", files, "16", "16M")
    fat(folder / "fat32.img", files, "32", "40M")
    ntfs(folder / "ntfs.img", files)
    for image in sorted(folder.glob("*.img")):
        expected(image)
    (folder / "done").write_bytes(b"")


main()
