#!/usr/bin/env python3
"""Makes file systems with programs that are not ours, and tells what is on them by The Sleuth Kit's own commands.

make_images.py FOLDER: writes NAME.img and NAME.expected (deleted, inode, sha256, path; tab-separated) for each.
Packages: e2fsprogs dosfstools ewf-tools fdisk forensics-samples-exfat forensics-samples-ntfs mtools ntfs-3g qemu-utils sleuthkit.
"""
import fcntl
import hashlib
import lzma
import os
import pathlib
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import zipfile

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


def containers(folder, raw):
    """The same medium in every container, and cut ones of them."""
    for kind, arguments in {"qcow2": ["-O", "qcow2"], "packed.qcow2": ["-c", "-O", "qcow2"], "vmdk": ["-O", "vmdk"],
                            "packed.vmdk": ["-O", "vmdk", "-o", "subformat=streamOptimized"], "vhd": ["-O", "vpc", "-o", "force_size=on"]}.items():
        run("qemu-img", "convert", "-f", "raw", *arguments, raw, folder / f"medium.{kind}")
    for name, options in {"fast": ["-c", "deflate:fast"], "none": ["-c", "deflate:none"], "split": ["-c", "deflate:none", "-S", "1048576"],
                          "encase5": ["-f", "encase5"], "ftk": ["-f", "ftk"], "smart": ["-f", "smart"]}.items():
        with open(raw, "rb") as file:
            run("ewfacquirestream", "-C", "case 7", "-D", "a été", "-e", "A. Examiner", "-d", "sha1", *options, "-t", folder / f"medium.{name}", stdin=file)


def tables(folder):
    """Disks with partitions, and where mmls says that they begin."""
    scripts = {
        "mbr": "label: dos\nstart=2048, size=4096, type=83\nstart=8192, size=8192, type=5\nstart=8300, size=1000, type=6\nstart=10000, size=2000, type=7\n",
        "gpt": "label: gpt\nfirst-lba: 34\nstart=2048, size=4096, name=first\nstart=9000, size=700\n",
    }
    for name, script in scripts.items():
        disk = folder / f"{name}.disk"
        run("truncate", "-s", "10M", disk)
        run("sfdisk", "--quiet", disk, input=script.encode())
        lines = re.findall(r"^\d+:\s+\d{3}(?::\d{3})?\s+(\d+)\s+\d+\s+(\d+)", run("mmls", disk).decode(), re.M)
        disk.with_suffix(".parts").write_text("".join(f"{int(a)} {int(b)}\n" for a, b in lines))


def whole_files(folder):
    """One file of each format that is carved, made by other programs (see the READMEs beside the samples)."""
    samples = pathlib.Path(__file__).resolve().parents[1]
    folder.mkdir(exist_ok=True)
    for name, sample in {"a.jpg": "image/data/full.jpg", "a.png": "image/data/full.png", "a.pdf": "pdf/data/full.pdf", "a.mp4": "media/data/loci.mp4"}.items():
        shutil.copy(samples / sample, folder / name)
    with zipfile.ZipFile(folder / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for i in range(5):
            archive.writestr(f"letter {i}.txt", f"letter {i} to user{i}@example.org\n" * 100)
    (folder / "a.db").unlink(missing_ok=True)
    database = sqlite3.connect(folder / "a.db")
    database.execute("CREATE TABLE letters (text)")
    database.executemany("INSERT INTO letters VALUES (?)", [(f"letter {i}",) for i in range(500)])
    database.commit()
    database.close()


def samples(folder):
    """The partitions of Debian's sample images, which lie at 1 MiB."""
    for kind in ("exfat", "ntfs"):
        with lzma.open(f"/usr/share/forensics-samples/fs.{kind}.xz") as packed:
            packed.read(1 << 20)
            with open(folder / f"sample.{kind}", "wb") as file:
                shutil.copyfileobj(packed, file)


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    lock = open(folder / "lock", "w")  # tests run side by side
    fcntl.flock(lock, fcntl.LOCK_EX)
    if (folder / "done").exists():
        return
    for half_made in folder.glob("*.*"):
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
    (folder / "ext4.free").write_text(str(len(run("blkls", folder / "ext4.img"))))
    containers(folder, folder / "fat12.img")
    tables(folder)
    samples(folder)
    whole_files(folder / "carve")
    (folder / "done").write_bytes(b"")


main()
