#!/usr/bin/env python3
"""Writes a small Unicode PST after [MS-PST]: enough for pffexport and readpst, and for our tests.

usage: make_pst.py OUT.pst          everything in it is invented
"""
import struct
import sys
import zlib

crc = lambda data: zlib.crc32(data, 0xFFFFFFFF) ^ 0xFFFFFFFF
signature = lambda place, bid: ((place ^ bid) >> 16 ^ (place ^ bid)) & 0xFFFF
FILETIME_1970 = 116444736000000000
filetime = lambda seconds: FILETIME_1970 + seconds * 10_000_000
SENT = 1768471200  # 2026-01-15T10:00:00Z


class Store:
    """The node database: blocks, nodes, the two trees."""

    def __init__(self):
        self.blocks, self.nodes = [], []  # (bid, place, size), (nid, data, sub, parent)
        self.body = bytearray()
        self.base = 0x4800
        self.next = 4

    def bid(self, internal=False):
        value = self.next | (2 if internal else 0)
        self.next += 4
        return value

    def block(self, data, internal=False):
        bid = self.bid(internal)
        room = (len(data) + 16 + 63) // 64 * 64
        place = self.base + len(self.body)
        trailer = struct.pack("<HHIQ", len(data), signature(place, bid), crc(data), bid)
        self.body += data + bytes(room - len(data) - 16) + trailer
        self.blocks.append((bid, place, len(data)))
        return bid

    def data(self, data):
        """A data tree: one block, or an XBLOCK over many."""
        if len(data) <= 8176:
            return self.block(data)
        parts = [self.block(data[i:i + 8176]) for i in range(0, len(data), 8176)]
        return self.block(struct.pack("<BBHI", 1, 1, len(parts), len(data)) + b"".join(struct.pack("<Q", b) for b in parts), True)

    def subnodes(self, entries):
        if not entries:
            return 0
        rows = b"".join(struct.pack("<QQQ", *entry) for entry in sorted(entries))
        return self.block(struct.pack("<BBHI", 2, 0, len(entries), 0) + rows, True)

    def node(self, nid, data, sub=0, parent=0):
        self.nodes.append((nid, data, sub, parent))

    def page(self, kind, content, bid=None):
        while (self.base + len(self.body)) % 512:
            self.body += bytes(64)
        place = self.base + len(self.body)
        bid = self.bid() if bid is None else bid
        self.body += content + struct.pack("<BBHIQ", kind, kind, signature(place, bid), crc(content), bid)
        return bid, place

    def tree(self, kind, entries, size):
        """entries: (key, bytes), sorted; pages bottom up."""
        most, level = 488 // size, 0
        while True:
            pages = []
            for i in range(0, max(len(entries), 1), most):
                chunk = entries[i:i + most]
                rows = b"".join(e for _, e in chunk).ljust(488, b"\0")
                reference = self.page(kind, rows + struct.pack("<BBBBI", len(chunk), most, size, level, 0))
                pages.append((chunk[0][0] if chunk else 0, reference))
            if len(pages) == 1:
                return pages[0][1]
            entries = [(key, struct.pack("<QQQ", key, *reference)) for key, reference in pages]
            most, size, level = 20, 24, level + 1

    def write(self):
        nbt = self.tree(0x81, [(n[0], struct.pack("<QQQII", n[0], n[1], n[2], n[3], 0)) for n in sorted(self.nodes)], 32)
        bbt = self.tree(0x80, [(b[0], struct.pack("<QQHHI", b[0], b[1], b[2], 2, 0)) for b in sorted(self.blocks)], 24)
        size = self.base + len(self.body)
        assert size < 0x4400 + 253952, "one allocation map only"
        eof = size  # Outlook would fill up to the end of the map; nobody else asks for it
        amap = b"\xff" * 496
        map_page = lambda kind, place: amap + struct.pack("<BBHIQ", kind, kind, 0, crc(amap), place)
        root = struct.pack("<IQQQQ", 0, eof, 0x4400, 0, 0) + struct.pack("<QQQQ", *nbt, *bbt) + struct.pack("<BBH", 2, 0, 0)
        head = struct.pack("<HHHBBII", 0x4D53, 23, 19, 1, 1, 0, 0) + struct.pack("<QQI", 0, self.next, 1) + struct.pack("<32I", *[0x400] * 32)
        head += bytes(8) + root + bytes(4) + b"\xff" * 256 + struct.pack("<BBHQ", 0x80, 0, 0, self.next)
        header = b"!BDN" + struct.pack("<I", crc(head[:471])) + head + struct.pack("<I", crc(head[:516])) + bytes(36)
        assert len(header) == 564
        return header.ljust(0x4400, b"\0") + map_page(0x84, 0x4400) + map_page(0x83, 0x4600) + bytes(self.body)


class Heap:
    """A heap on a node, one block."""

    def __init__(self, kind):
        self.kind, self.items = kind, []

    def add(self, data):
        self.items.append(data)
        return len(self.items) << 5

    def bytes(self, root):
        place, places, out = 12, [], b""
        for item in self.items:
            places.append(place)
            out += item
            place += len(item)
        places.append(place)
        pad = b"\0" * (place % 2)
        head = struct.pack("<HBBI", place + len(pad), 0xEC, self.kind, root) + bytes(4)
        whole = head + out + pad + struct.pack("<HH", len(self.items), 0) + struct.pack("<%dH" % len(places), *places)
        assert len(whole) <= 8176
        return whole


INT, BOOL, OBJECT, LONG, TEXT, TIME, BINARY = 3, 0xB, 0xD, 0x14, 0x1F, 0x40, 0x102


def properties(store, values, subs=()):
    """values: {(id, type): value}; gives (data, sub) of a property context."""
    heap, subs = Heap(0xBC), list(subs)
    header = heap.add(b"")
    rows, free = b"", 0x8000
    for (number, kind), value in sorted(values.items()):
        if kind in (INT, BOOL):
            slot = int(value) & 0xFFFFFFFF
        else:
            raw = {TEXT: lambda v: v.encode("utf-16-le"), TIME: lambda v: struct.pack("<Q", filetime(v)), LONG: lambda v: struct.pack("<q", v),
                   BINARY: lambda v: v, OBJECT: lambda v: struct.pack("<II", *v)}[kind](value)
            if len(raw) > 3000:
                slot = free | 0x1F
                free += 0x20
                subs.append((slot, store.data(raw), 0))
            else:
                slot = heap.add(raw) if raw else 0
        rows += struct.pack("<HHI", number, kind, slot)
    root = heap.add(rows) if rows else 0
    heap.items[0] = struct.pack("<BBBBI", 0xB5, 2, 6, 0, root)
    return store.block(heap.bytes(header)), store.subnodes(subs)


def table(store, columns, rows):
    """columns: [(id, type)]; rows: [(row id, {id: value})]; gives the data of a table context."""
    width = {INT: 4, BOOL: 1, TEXT: 4, LONG: 8, TIME: 8, BINARY: 4}
    columns = sorted(set(columns) | {(0x67F2, INT), (0x67F3, INT)}, key=lambda c: (c[0] << 16) | c[1])
    order = [(0x67F2, INT), (0x67F3, INT)] + sorted((c for c in columns if c[0] not in (0x67F2, 0x67F3)), key=lambda c: -width[c[1]])
    place, at = {}, 0
    for column in order:
        place[column] = at
        at += width[column[1]]
    four = sum(width[c[1]] for c in order if width[c[1]] >= 4)
    bitmap = (len(columns) + 7) // 8
    size = at + bitmap
    heap = Heap(0x7C)
    info = heap.add(b"")
    index = heap.add(b"")
    bits = {column: i for i, column in enumerate(order)}
    matrix, keys = b"", b""
    for i, (row, values) in enumerate(rows):
        line, present = bytearray(size), bytearray(bitmap)
        for column in columns:
            number, kind = column
            value = {0x67F2: row, 0x67F3: i + 1}.get(number, values.get(number))
            if value is None:
                continue
            if kind == TEXT:
                raw = struct.pack("<I", heap.add(value.encode("utf-16-le")))
            elif kind == TIME:
                raw = struct.pack("<Q", filetime(value))
            else:
                raw = int(value).to_bytes(width[kind], "little")
            line[place[column]:place[column] + width[kind]] = raw
            present[bits[column] // 8] |= 0x80 >> bits[column] % 8
        line[at:] = present
        matrix += bytes(line)
        keys += struct.pack("<II", row, i)
    heap.items[1] = struct.pack("<BBBBI", 0xB5, 4, 4, 0, heap.add(keys) if keys else 0)
    lines = heap.add(matrix) if matrix else 0
    head = struct.pack("<BB4HIII", 0x7C, len(columns), four, four, at, size, index, lines, 0)
    heap.items[0] = head + b"".join(struct.pack("<HHHBB", c[1], c[0], place[c], width[c[1]], bits[c]) for c in columns)
    return store.block(heap.bytes(info))


def recipients(store, people):
    rows = [(i + 1, {0x0C15: kind, 0x3001: name, 0x3002: "SMTP", 0x3003: address, 0x39FE: address, 0x0FFE: 6}) for i, (kind, name, address) in enumerate(people)]
    return table(store, [(0x0C15, INT), (0x0E0F, BOOL), (0x0FFE, INT), (0x3001, TEXT), (0x3002, TEXT), (0x3003, TEXT), (0x39FE, TEXT)], rows)


def message(store, values, people=(), attachments=()):
    """attachments: (name, bytes) or (name, (data, sub)) for an enclosed message."""
    subs = [(0x692, recipients(store, people), 0)]
    rows = []
    for i, (name, content) in enumerate(attachments):
        nid = 0x8025 + 0x20 * i
        enclosed = not isinstance(content, bytes)
        wanted = {(0x3704, TEXT): name[:12], (0x3707, TEXT): name, (0x3705, INT): 5 if enclosed else 1, (0x370B, INT): -1, (0x0E20, INT): 100}
        if enclosed:
            inner = 0x10004
            data, sub = properties(store, {**wanted, (0x3701, OBJECT): (inner, 100)}, [(inner, *content)])
        else:
            data, sub = properties(store, {**wanted, (0x3701, BINARY): content})
        subs.append((nid, data, sub))
        rows.append((nid, {0x0E20: 100, 0x3705: 5 if enclosed else 1, 0x3704: name[:12]}))
    if rows:
        subs.append((0x671, table(store, [(0x0E20, INT), (0x3704, TEXT), (0x3705, INT), (0x370B, INT)], rows), 0))
    flags = 1 | (0x10 if rows else 0)
    common = {(0x0E07, INT): flags, (0x0E08, INT): 1000, (0x3007, TIME): SENT, (0x3008, TIME): SENT + 3600, (0x0017, INT): 1}
    return properties(store, {**common, **values}, subs)


def folder(store, nid, parent, name, subfolders, messages):
    """subfolders: [(nid, name)]; messages: [(nid, subject)]"""
    data, sub = properties(store, {(0x3001, TEXT): name, (0x3602, INT): len(messages), (0x3603, INT): 0, (0x360A, BOOL): bool(subfolders), (0x3613, TEXT): "IPF.Note"})
    store.node(nid, data, sub, parent)
    rows = [(n, {0x3001: t, 0x3602: 0, 0x3603: 0, 0x360A: 0}) for n, t in subfolders]
    store.node(nid & ~0x1F | 0x0D, table(store, [(0x3001, TEXT), (0x3602, INT), (0x3603, INT), (0x360A, BOOL)], rows), 0, 0)
    rows = [(n, {0x001A: "IPM.Note", 0x0037: t, 0x0E07: 1, 0x0E08: 1000}) for n, t in messages]
    store.node(nid & ~0x1F | 0x0E, table(store, [(0x001A, TEXT), (0x0037, TEXT), (0x0E07, INT), (0x0E08, INT)], rows), 0, 0)
    store.node(nid & ~0x1F | 0x0F, table(store, [(0x001A, TEXT), (0x0E07, INT)], []), 0, 0)


def main():
    store = Store()
    key = bytes(range(16))
    entry = lambda nid: bytes(4) + key + struct.pack("<I", nid)
    data, sub = properties(store, {(0x0FF9, BINARY): key, (0x3001, TEXT): "Test store", (0x35DF, INT): 0x89, (0x35E0, BINARY): entry(0x8022),
                                   (0x35E3, BINARY): entry(0x8042), (0x35E7, BINARY): entry(0x2223), (0x67FF, INT): 0})
    store.node(0x21, data, sub, 0)
    # named properties: PSETID_Appointment 0x8208 (location) -> 0x8000, PSETID_Address 0x8083 (e-mail 1) -> 0x8001, string "Shelter" -> 0x8002
    guids = bytes.fromhex("0220060000000000c000000000000046") + bytes.fromhex("0420060000000000c000000000000046") + bytes.fromhex("2903020000000000c000000000000046")
    text = "Shelter".encode("utf-16-le")
    entries = struct.pack("<IHH", 0x8208, 3 << 1, 0) + struct.pack("<IHH", 0x8083, 4 << 1, 1) + struct.pack("<IHH", 0, 5 << 1 | 1, 2)
    data, sub = properties(store, {(1, INT): 251, (2, BINARY): guids, (3, BINARY): entries, (4, BINARY): struct.pack("<I", len(text)) + text + bytes(2)})
    store.node(0x61, data, sub, 0)

    inbox, people, calendar = 0x8062, 0x80A2, 0x80C2
    note = {(0x001A, TEXT): "IPM.Note"}
    mails = []

    def add(parent, index, values, who=(), attached=()):
        nid = 0x200000 + 0x20 * index + 4
        store.node(nid, *message(store, values, who, attached), parent)
        mails.append((parent, nid, values.get((0x0037, TEXT), "")))

    sender = {(0x0C1A, TEXT): "Kofi Test", (0x0C1E, TEXT): "SMTP", (0x0C1F, TEXT): "kofi@example.com", (0x0042, TEXT): "Kofi Test", (0x0064, TEXT): "SMTP",
              (0x0065, TEXT): "kofi@example.com"}
    add(inbox, 1, {**note, **sender, (0x0037, TEXT): "Travel papers", (0x0070, TEXT): "Travel papers", (0x1000, TEXT): "The passports are kept. Call +226 70 00 00 21.\r\n",
                   (0x1013, BINARY): b"<html><body><p>The <b>passports</b> are kept. Call +226 70 00 00 21.</p><a href=\"http://example.org/papers\">x</a></body></html>",
                   (0x3FDE, INT): 65001, (0x0039, TIME): SENT, (0x0E06, TIME): SENT + 60, (0x1035, TEXT): "<one@example.com>"},
        [(1, "Ama Test", "ama@example.org"), (2, "Cee Test", "cee@example.org"), (3, "Bee Test", "bee@example.org")],
        [("list of names.txt", b"Ama +226 70 00 00 22\r\n"), ("large.bin", bytes(range(256)) * 80)])
    add(inbox, 2, {**note, (0x0037, TEXT): "\x01\x05Re: \u062c\u0648\u0627\u0632 \u0633\u0641\u0631", (0x1000, TEXT): "\u062c\u0648\u0627\u0632 \u0633\u0641\u0631\r\n",
                   (0x007D, TEXT): "Received: from a.example by b.example; Thu, 15 Jan 2026 10:00:00 +0000\r\nFrom: =?utf-8?q?Am=C3=A9?= <ame@example.org>\r\nTo: kofi@example.com\r\n"
                                   "Subject: Re: papers\r\nDate: Thu, 15 Jan 2026 11:30:00 +0100\r\nMessage-ID: <two@example.org>\r\nReferences: <one@example.com>\r\n"
                                   "MIME-Version: 1.0\r\nContent-Type: multipart/alternative;\r\n\tboundary=\"none\"\r\n\r\n"})
    inner = message(store, {**note, **sender, (0x0037, TEXT): "Enclosed", (0x1000, TEXT): "inner words\r\n", (0x0039, TIME): SENT})
    add(inbox, 3, {**note, **sender, (0x0037, TEXT): "Forwarded", (0x1000, TEXT): "see below\r\n", (0x0039, TIME): SENT}, [(1, "Ama Test", "ama@example.org")], [("Enclosed", inner)])
    add(people, 4, {(0x001A, TEXT): "IPM.Contact", (0x3001, TEXT): "Ama Test", (0x3A06, TEXT): "Ama", (0x3A11, TEXT): "Test", (0x3A1C, TEXT): "+226 70 00 00 23",
                    (0x8001, TEXT): "ama.private@example.org", (0x8002, TEXT): "blue house"})
    add(calendar, 5, {(0x001A, TEXT): "IPM.Appointment", (0x0037, TEXT): "Meeting", (0x8000, TEXT): "harbour, gate 4", (0x1000, TEXT): "bring the list\r\n"})
    lost = 0x200000 + 0x20 * 9 + 4
    store.node(lost, *message(store, {**note, **sender, (0x0037, TEXT): "Removed", (0x1000, TEXT): "orphan words\r\n", (0x0039, TIME): SENT}), 0x9FE2)

    of = lambda parent: [(nid, subject) for p, nid, subject in mails if p == parent]
    folder(store, 0x122, 0x122, "", [(0x8022, "Top of Personal Folders"), (0x8042, "Deleted Items")], [])
    folder(store, 0x8022, 0x122, "Top of Personal Folders", [(inbox, "Inbox"), (people, "Contacts"), (calendar, "Calendar")], [])
    folder(store, 0x8042, 0x122, "Deleted Items", [], [])
    folder(store, inbox, 0x8022, "Inbox", [], of(inbox))
    folder(store, people, 0x8022, "Contacts", [], of(people))
    folder(store, calendar, 0x8022, "Calendar", [], of(calendar))
    with open(sys.argv[1], "wb") as out:
        out.write(store.write())


if __name__ == "__main__":
    main()
