#!/usr/bin/env python3
"""Writes small TNEF streams after [MS-OXTNEF] for the tests.

usage: make_tnef.py FOLDER          everything in them is invented
"""
import pathlib
import struct
import sys

FILETIME_1970 = 116444736000000000
TEXT8, TEXT, BINARY, OBJECT, LONG, TIME, BOOL = 0x1E, 0x1F, 0x102, 0x0D, 0x03, 0x40, 0x0B
STREAM = struct.pack("<IH", 0x223E9F78, 1)
IID_IMESSAGE = bytes.fromhex("0703020000000000c000000000000046")


def attribute(level, kind, number, data):
    return struct.pack("<BHHI", level, number, kind, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)


def padded(data):
    return struct.pack("<I", len(data)) + data + bytes(-len(data) % 4)


def value(kind, content):
    if kind == TEXT:
        return struct.pack("<I", 1) + padded(content.encode("utf-16-le") + bytes(2))
    if kind in (TEXT8, BINARY, OBJECT):
        return struct.pack("<I", 1) + padded(content)
    if kind == TIME:
        return struct.pack("<Q", FILETIME_1970 + content * 10_000_000)
    return struct.pack("<I", content)


def properties(rows):
    out = struct.pack("<I", len(rows))
    for number, kind, content, *name in rows:
        out += struct.pack("<HH", kind, number)
        if name:
            out += bytes.fromhex("2903020000000000c000000000000046")
            if isinstance(name[0], int):
                out += struct.pack("<II", 0, name[0])
            else:
                raw = name[0].encode("utf-16-le") + bytes(2)
                out += struct.pack("<II", 1, len(raw)) + raw + bytes(-len(raw) % 4)
        out += value(kind, content)
    return out


def compressed_rtf(text):
    """LZFu with literals only, and its end mark."""
    out, place = b"", (207 + len(text)) % 4096
    chunks = [text[i:i + 8] for i in range(0, len(text), 8)]
    if len(text) % 8 == 0:
        chunks.append(b"")
    for chunk in chunks:
        last = len(chunk) < 8
        out += bytes([1 << len(chunk) if last else 0]) + chunk + (struct.pack(">H", place << 4) if last else b"")
    crc = 0
    for byte in out:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xEDB88320 if crc & 1 else 0)
    return struct.pack("<III", len(out) + 12, len(text), 0x75465A4C) + struct.pack("<I", crc) + out


def trp(name, address):
    raw = (name + b"\0").ljust(-(-(len(name) + 1) // 2) * 2, b"\0")
    to = address + b"\0" * (2 - len(address) % 2)
    return struct.pack("<HHHH", 4, 16 + len(raw) + len(to), len(raw), len(to)) + raw + to


def attachment(title, data, rows):
    out = attribute(2, 6, 0x9002, struct.pack("<HIIHI", 1, 0xFFFFFFFF, 0, 0, 0))
    out += attribute(2, 1, 0x8010, title + b"\0")
    if data:
        out += attribute(2, 6, 0x800F, data)
    return out + attribute(2, 6, 0x9005, properties(rows))


def start(code_page):
    return STREAM + attribute(1, 8, 0x9006, struct.pack("<I", 0x10000)) + attribute(1, 6, 0x9007, struct.pack("<II", code_page, 0))


def winmail():
    inner = start(1252) + attribute(1, 7, 0x8008, b"IPM.Microsoft Mail.Note\0") + attribute(1, 1, 0x8004, b"inner subject\0")
    inner += attribute(1, 2, 0x800C, b"inner words\0")
    out = start(1252) + attribute(1, 7, 0x8008, b"IPM.Microsoft Mail.Note\0") + attribute(1, 1, 0x8004, b"Liste d\xe9t\xe9\0")
    out += attribute(1, 3, 0x8005, struct.pack("<7H", 2026, 1, 15, 10, 0, 0, 4))
    people = [[(0x0C15, LONG, 1), (0x3001, TEXT8, b"Ama Test\0"), (0x3003, TEXT8, b"ama@example.org\0")], [(0x0C15, LONG, 2), (0x3001, TEXT8, b"Cee Test\0"), (0x39FE, TEXT, "cee@example.org")]]
    out += attribute(1, 6, 0x9004, struct.pack("<I", len(people)) + b"".join(properties(row) for row in people))
    out += attribute(1, 6, 0x9003, properties([
        (0x001A, TEXT8, b"IPM.Note\0"), (0x0039, TIME, 1768471200), (0x0070, TEXT, "\u062c\u0648\u0627\u0632"), (0x0C1F, TEXT, "kofi@example.com"), (0x1035, TEXT, "<one@example.com>"),
        (0x1009, BINARY, compressed_rtf(b"{\\rtf1\\ansi the passports are kept\\par}")), (0x1013, BINARY, b"<p>the <b>passports</b> are kept</p>"), (0x3FDE, LONG, 65001),
        (0x8000, TEXT, "harbour, gate 4", 0x8208), (0x8001, TEXT, "blue house", "Shelter")]))
    out += attachment(b"LISTOF~1.TXT", b"Ama +226 70 00 00 22\r\n", [(0x3707, TEXT, "list of names.txt"), (0x370E, TEXT8, b"text/plain\0")])
    out += attachment(b"inner", b"", [(0x3705, LONG, 5), (0x3701, OBJECT, IID_IMESSAGE + inner)])
    return out


def arabic():
    out = start(1256) + attribute(1, 0, 0x8000, trp("\u0623\u0645\u0627".encode("cp1256"), b"SMTP:ama@example.org")) + attribute(1, 1, 0x8004, "\u062c\u0648\u0627\u0632 \u0633\u0641\u0631\0".encode("cp1256"))
    return out + attribute(1, 2, 0x800C, "\u062c\u0648\u0627\u0632 \u0633\u0641\u0631 \u0639\u0646\u062f\u064a\0".encode("cp1256"))


if __name__ == "__main__":
    folder = pathlib.Path(sys.argv[1])
    (folder / "winmail.dat").write_bytes(winmail())
    (folder / "arabic.tnef").write_bytes(arabic())
