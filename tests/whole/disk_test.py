#!/usr/bin/env python3
"""Disks through the whole program and its cage: the same disk from every container gives the same items.

Disks are made by mkfs, mtools, sfdisk, qemu-img and ewfacquirestream, never by our own code; what is on them is told by
the files that were put there, and by mmls.
"""
import hashlib
import os
import pathlib
import random
import re
import shutil
import subprocess

from support import WholeTest, main, sha256

ENV = {**os.environ, "LC_ALL": "C.UTF-8", "TZ": "UTC0", "MTOOLS_SKIP_CHECK": "1"}
SECTOR = 512
EXT_AT, FAT_AT, DISK_BYTES = 2048, 40960, 40 << 20


def run(*command, **kwargs):
    return subprocess.run([str(c) for c in command], env=ENV, check=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **kwargs).stdout


def make_disk(folder):
    """An MBR with ext4, a gap, and FAT in a logical partition; a deleted file; words and a picture in free space."""
    dice = random.Random(3)
    files = folder / "files"
    (files / "notes").mkdir(parents=True)
    for i in range(30):
        (files / "notes" / f"note {i}.txt").write_text(f"call +44 7700 900{i:03d}\n" * dice.randrange(1, 2000))
    (files / "été.txt").write_text("reach me: ama@example.org\n")
    (files / "noise.bin").write_bytes(dice.randbytes(2_000_000))
    ext, fat, disk = folder / "ext.part", folder / "fat.part", folder / "disk.dd"
    run("truncate", "-s", "16M", ext)
    run("mkfs.ext4", "-q", "-F", "-d", files, ext)
    run("truncate", "-s", "18M", fat)
    run("mkfs.fat", "-F", "16", fat)
    run("mcopy", "-s", "-i", fat, *sorted(files.iterdir()), "::/")
    run("mdel", "-i", fat, "::/noise.bin")
    run("truncate", "-s", DISK_BYTES, disk)
    table = f"label: dos\nstart={EXT_AT}, size={(16 << 20) // SECTOR}, type=83\nstart=36864, size=45056, type=5\nstart={FAT_AT}, size={(18 << 20) // SECTOR}, type=6\n"
    run("sfdisk", "--quiet", disk, input=table.encode())
    with open(disk, "r+b") as file:
        file.seek(EXT_AT * SECTOR)
        file.write(ext.read_bytes())
        file.seek(FAT_AT * SECTOR)
        file.write(fat.read_bytes())
        file.seek(1000 * SECTOR)  # before the first partition
        file.write(b"left behind: gap@example.org " + b"." * 100)
    ext.unlink()
    fat.unlink()
    return disk, files


def containers(disk, folder):
    out = {}
    for kind, arguments in {"qcow2": ["-O", "qcow2"], "packed.qcow2": ["-c", "-O", "qcow2"], "vmdk": ["-O", "vmdk"],
                            "packed.vmdk": ["-O", "vmdk", "-o", "subformat=streamOptimized"], "vhd": ["-O", "vpc", "-o", "force_size=on"]}.items():
        out[kind] = folder / f"disk.{kind}"
        run("qemu-img", "convert", "-f", "raw", *arguments, disk, out[kind])
    for kind, segment in (("e01", []), ("split.e01", ["-S", "1048576"])):
        target = folder / kind.replace(".", "-")
        with open(disk, "rb") as file:
            run("ewfacquirestream", "-c", "deflate:fast", "-C", "case 7", "-E", "item 3", "-e", "A. Examiner", "-d", "sha1", *segment, "-t", target, stdin=file)
        out[kind] = target.with_suffix(".E01")
    split = folder / "split"
    split.mkdir()
    run("split", "-b", "9M", "--numeric-suffixes=1", "-a", "3", disk, split / "disk.")
    out["split"] = split / "disk.001"
    return out


def below(items, first_part):
    """What a reader sees below the disk, without where the disk itself lies."""
    out = []
    for item in items:
        address = item["address"]
        place = address.find("/part:")
        if place < 0:
            place = address.find("/free:")
        if place >= 0:
            out.append((address[place:], item.get("sha256"), item["size"], item["outcome"], item.get("modified"), item["kind"], item.get("deleted")))
    return out


class Disks(WholeTest):
    @classmethod
    def setUpClass(cls):
        for tool in ("mkfs.ext4", "mkfs.fat", "mcopy", "sfdisk", "qemu-img", "ewfacquirestream", "mmls"):
            if shutil.which(tool) is None:
                raise AssertionError(f"{tool} is missing: ./dev test installs it")

    def items_of(self, image, name):
        case = self.folder / f"case-{name}"
        self.run_case(case, f"D={image}")
        return case, self.table(case, "items")

    def test_the_same_from_every_container(self):
        disk, files = make_disk(self.folder)
        case, raw = self.items_of(disk, "raw")
        wanted = below(raw, 0)
        on_ext = {i["path"].split("/part 1/")[1]: i for i in raw if "/part 1/" in i["path"] and i["kind"] == "file"}
        for path in files.rglob("*"):
            if path.is_file():
                name = path.relative_to(files).as_posix()
                self.assertEqual(on_ext[name]["sha256"], sha256(path), name)
        deleted = [i for i in raw if i.get("deleted") and i["name"].lower().endswith("oise.bin")]  # FAT loses the first letter
        self.assertEqual([i["sha256"] for i in deleted], [sha256(files / "noise.bin")])
        mmls = run("mmls", disk).decode()
        starts = {int(m.group(1)) for m in re.finditer(r"^\d+:\s+\d{3}:\d{3}\s+0*(\d+)", mmls, re.M)}
        given = {int(m.group(1)) // SECTOR for i in raw if (m := re.search(r"/part:\d+@(\d+)$", i["address"]))}
        self.assertEqual(given, starts)
        mentions = {m["contact"]: m for m in self.table(case, "mentions")}
        contacts = {c["value"]: c for c in self.table(case, "contacts")}
        self.assertIn("gap@example.org", contacts)
        gap = mentions[contacts["gap@example.org"]["id"]]
        item = next(i for i in raw if i["id"] == gap["item"])
        offset = int(re.search(r"/free:\d+@(\d+)$", item["address"]).group(1))
        self.assertEqual(offset + gap["begin"], 1000 * SECTOR + len("left behind: "))
        for name, image in containers(disk, self.folder).items():
            with self.subTest(name):
                case, items = self.items_of(image, name)
                self.assertEqual(below(items, 0), wanted)
                media = [i for i in items if re.search(r'/stream:1"media"$', i["address"])]
                self.assertEqual([i["sha256"] for i in media], [sha256(disk)])
                if name.endswith("e01"):
                    properties = {(p["item"], p["name"]): p["value"] for p in self.table(case, "properties")}
                    self.assertIn((media[0]["id"], "stored:verified"), properties)
                    self.assertIn("case 7", [v for (_, n), v in properties.items() if n == "ewf:case-number"])
                    exhibit = self.table(case, "exhibits")[0]
                    self.assertEqual(exhibit["kind"], "ewf")
                    self.assertEqual(exhibit["stored_digests"]["md5"], hashlib.md5(disk.read_bytes()).hexdigest())
                    self.assertEqual(exhibit["media"]["case-number"], "case 7")

    def test_threads_and_resume_change_nothing(self):
        disk, _ = make_disk(self.folder)
        image = containers(disk, self.folder)["packed.qcow2"]
        digests = set()
        for threads in (1, 3):
            case = self.folder / f"t{threads}"
            self.run_case(case, f"D={image}", extra=("--threads", threads))
            digests.add(hashlib.sha256((case / "results.sqlite").read_bytes()).hexdigest())
        self.assertEqual(len(digests), 1)

    def test_a_damaged_image_is_told(self):
        disk, _ = make_disk(self.folder)
        image = containers(disk, self.folder)["e01"]
        data = bytearray(image.read_bytes())
        data[len(data) // 2] ^= 1
        image.write_bytes(data)
        case, items = self.items_of(image, "flipped")
        media = next(i for i in items if i["address"].endswith('/stream:1"media"'))
        told = [i for i in self.table(case, "issues") if i["item"] == media["id"]]
        self.assertTrue(told)
        self.assertNotEqual(media["outcome"], "done")
        self.assertIsNone(media.get("sha256"))
        cut = self.folder / "cut.E01"
        cut.write_bytes(image.read_bytes()[:len(data) // 3])
        case, items = self.items_of(cut, "cut")
        self.assertTrue(any(i["code"] == "truncated" for i in self.table(case, "issues")))

    def test_show_leads_to_the_bytes_again(self):
        disk, files = make_disk(self.folder)
        image = containers(disk, self.folder)["e01"]
        case, items = self.items_of(image, "show")
        item = next(i for i in items if i["path"].endswith("part 1/été.txt"))
        shown = self.evtriage("show", case, item["address"] + "+10..25", "--evidence", f"D={image}", code=0).stdout
        self.assertIn(b"ama@example.org", shown)


if __name__ == "__main__":
    main()
