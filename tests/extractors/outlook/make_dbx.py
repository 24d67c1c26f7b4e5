"""Writes a folder of Outlook Express as Schloh and Tesic describe it; undbx says whether it is one.

usage: make_dbx.py FILE
"""
import struct
import sys

MESSAGES = [
    b"From: Ama <ama@example.org>\r\nTo: kofi@example.com\r\nSubject: Papers\r\nDate: Thu, 15 Jan 2026 10:00:00 +0000\r\n\r\nThe passports stay with me until the fee is paid.\r\n",
    b"From: Kofi <kofi@example.com>\r\nTo: ama@example.org\r\nSubject: Re: Papers\r\nDate: Fri, 16 Jan 2026 10:00:00 +0000\r\n\r\n" + b"".join(b"line %d of a long answer\r\n" % i for i in range(300)),
    b"From: Ama <ama@example.org>\r\nTo: kofi@example.com\r\nSubject: Last\r\nDate: Sat, 17 Jan 2026 10:00:00 +0000\r\n\r\nMeet at the old port.\r\n",
]
out = bytearray(0x24BC)


def place(data):
    while len(out) % 4:
        out.append(0)
    at = len(out)
    out.extend(data)
    return at


def chain(message):
    pieces = [message[i:i + 512] for i in range(0, len(message), 512)]
    first = len(out) + (-len(out)) % 4
    for i, piece in enumerate(pieces):
        at = first + i * 528
        after = at + 528 if i + 1 < len(pieces) else 0
        assert place(struct.pack("<IIII", at, 512, len(piece), after) + piece.ljust(512, b"\0")) == at
    return first


def record(message, number):
    pointer = chain(message)
    subject = message.split(b"Subject: ")[1].split(b"\r\n")[0] + b"\0"
    at = len(out) + (-len(out)) % 4
    far = number == 1  # the pointer once in the data behind the table
    data = (struct.pack("<I", pointer) if far else b"") + subject
    fields = [(0x80, number)] + ([(0x04, 0)] if far else [(0x84, pointer)]) + [(0x08, 4 if far else 0)]
    table = b"".join(struct.pack("<I", kind | value << 8) for kind, value in fields)
    body = table + data
    place(struct.pack("<IIHBB", at, len(body), len(body) + 12, len(fields), 0) + body)
    return at


records = [record(message, i) for i, message in enumerate(MESSAGES)]


def node(children_left, entries, parent=0, below=0):
    at = len(out) + (-len(out)) % 4
    body = b"".join(struct.pack("<III", *entry) for entry in entries)
    place((struct.pack("<IIIIBBHI", at, 0, children_left, parent, 0, len(entries), 0, below) + body).ljust(0x27C, b"\0"))
    return at


left = node(0, [(records[0], 0, 0)])
right = node(0, [(records[2], 0, 0)])
root = node(left, [(records[1], right, 1)], 0, 1)
struct.pack_into("<IIII", out, 0, 0xFE12ADCF, 0x6F74FDC5, 0x11D1E366, 0xC0004E9A)
struct.pack_into("<I", out, 0x7C, len(out))
struct.pack_into("<I", out, 0xC4, len(MESSAGES))
struct.pack_into("<I", out, 0xE4, root)
open(sys.argv[1], "wb").write(out)
