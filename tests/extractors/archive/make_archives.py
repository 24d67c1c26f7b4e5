#!/usr/bin/env python3
"""Writes the archives that the tests read, with python3's standard library: an independent maker.

usage: make_archives.py FOLDER
"""
import bz2, gzip, io, lzma, os, random, struct, sys, tarfile, zipfile, zlib

OUT = sys.argv[1]
os.makedirs(OUT)
TIME = (2024, 2, 29, 13, 14, 16)
UNIX = 1709212456  # 2024-02-29T13:14:16Z
NOTE = b"Meet at the old port +226 70 00 00 01\n"
NUMBERS = b"".join(b"%d\n" % i for i in range(1, 2001))
RANDOM = random.Random(1).randbytes(3_000_000)


def save(name, data):
    with open(os.path.join(OUT, name), "wb") as out:
        out.write(data)


def make_zip(members, comment=b"", compression=zipfile.ZIP_DEFLATED):
    """members: (name, data, {ZipInfo fields})"""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as z:
        for name, data, fields in members:
            info = zipfile.ZipInfo(name, TIME)
            info.compress_type = compression
            info.create_system = 3
            for key, value in fields.items():
                setattr(info, key, value)
            z.writestr(info, data)
        z.comment = comment
    return out.getvalue()


def raw_zip(members):
    """Full control: dicts with name, data and, where they differ, local (name), crc, size, method, packed, extra,
    local_extra, host, external, comment, flags."""
    body = directory = b""
    for m in members:
        data = m["data"]
        packed = m.get("packed", data)
        crc = m.get("crc", zlib.crc32(data))
        extra, local_extra = m.get("extra", b""), m.get("local_extra", b"")
        local = m.get("local", m["name"])
        common = struct.pack("<HHIIII", m.get("flags", 0), m.get("method", 0), m.get("dos", 0x585D69C8),
                             crc, len(packed), m.get("size", len(data)))
        offset = len(body)
        body += b"PK\3\4" + struct.pack("<H", 20) + common + struct.pack("<HH", len(local), len(local_extra)) + local + local_extra + packed
        directory += (b"PK\1\2" + struct.pack("<BBH", 20, m.get("host", 3), 20) + common +
                      struct.pack("<HHHHHII", len(m["name"]), len(extra), len(m.get("comment", b"")), 0, 0, m.get("external", 0), offset) +
                      m["name"] + extra + m.get("comment", b""))
    end = b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, len(members), len(members), len(directory), len(body), 0)
    return body + directory + end


def extra(number, body):
    return struct.pack("<HH", number, len(body)) + body


def deflate(data):
    c = zlib.compressobj(9, zlib.DEFLATED, -15)
    return c.compress(data) + c.flush()


good = make_zip([("a.txt", NOTE, {"comment": b"seen at the harbour"}), ("numbers.txt", NUMBERS, {}), ("empty", b"", {}), ("folder/", b"", {}),
                 ("big.bin", RANDOM, {}), ("stored.bin", RANDOM, {"compress_type": zipfile.ZIP_STORED})], comment=b"call +22670000009")
save("good.zip", good)
for name, method in (("bzip2.zip", zipfile.ZIP_BZIP2), ("lzma.zip", zipfile.ZIP_LZMA)):
    save(name, make_zip([("numbers.txt", NUMBERS, {})], compression=method))
save("large.zip", make_zip([("zeros", bytes(40 << 20), {})]))
save("prefix.zip", RANDOM[:100_000] + make_zip([("a.txt", NOTE, {})]))


class NoSeek(io.RawIOBase):  # makes zipfile write sizes after the data
    def __init__(self): self.bytes = b""
    def writable(self): return True
    def write(self, data):
        self.bytes += bytes(data)
        return len(data)


pipe = NoSeek()
with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as z:
    z.writestr(zipfile.ZipInfo("a.txt", TIME), NOTE)
    info = zipfile.ZipInfo("numbers.txt", TIME)
    info.compress_type = zipfile.ZIP_DEFLATED
    with z.open(info, "w", force_zip64=True) as member:
        member.write(NUMBERS)
save("streamed.zip", pipe.bytes)
save("streamed_cut.zip", pipe.bytes[:pipe.bytes.index(b"PK\1\2")])

zip64 = io.BytesIO()
with zipfile.ZipFile(zip64, "w") as z:
    for i in range(70_000):
        z.writestr(zipfile.ZipInfo("m%05d" % i, TIME), b"")
save("zip64_many.zip", zip64.getvalue())

stamp = UNIX
ntfs = 116444736000000000 + stamp * 10_000_000 + 1_234_567
save("times.zip", raw_zip([
    {"name": b"dos", "data": b"1"},
    {"name": b"unix", "data": b"2", "extra": extra(0x5455, struct.pack("<BI", 3, stamp + 3600)),
     "local_extra": extra(0x5455, struct.pack("<BII", 3, stamp + 3600, stamp + 7200))},
    {"name": b"ntfs", "data": b"3", "extra": extra(0x000A, struct.pack("<IHHQQQ", 0, 1, 24, ntfs, ntfs + 10_000_000, ntfs + 20_000_000))},
    {"name": b"before1970", "data": b"4", "extra": extra(0x5455, struct.pack("<Bi", 1, -86400))},
    {"name": b"nonsense", "data": b"5", "dos": 0},
]))
save("links.zip", raw_zip([
    {"name": b"link", "data": b"/etc/passwd", "external": 0o120777 << 16},
    {"name": b"dosdir", "data": b"", "host": 0, "external": 0x10},
    {"name": b"hidden/", "data": b"bytes in a folder"},
]))
names = [b"../up", b"/abs", b"C:\\drive", b"a\0b", b"..\\..\\x", b"a/../../b", b"fine..txt", b"..."]
save("unsafe.zip", raw_zip([{"name": n, "data": b"x"} for n in names]))
save("same.zip", raw_zip([{"name": b"a.txt", "data": b"first"}, {"name": b"a.txt", "data": b"second"}, {"name": b"A.TXT", "data": b"third"}]))
save("mismatch.zip", raw_zip([{"name": b"innocent.txt", "local": b"evil.exe", "data": b"MZ payload"}, {"name": b"size.txt", "data": b"hello", "size": 99999}]))
save("crc.zip", raw_zip([{"name": b"good.txt", "data": b"fine"}, {"name": b"bad.txt", "data": b"x" * 100, "crc": 1},
                         {"name": b"bad_deflate.txt", "data": NUMBERS, "packed": deflate(NUMBERS), "method": 8, "crc": 2}, {"name": b"last.txt", "data": b"last"}]))
broken = bytearray(deflate(RANDOM[:200_000] + NUMBERS))
broken[150_000:150_100] = bytes(100)
save("broken_deflate.zip", raw_zip([{"name": b"broken", "data": RANDOM[:200_000] + NUMBERS, "packed": bytes(broken), "method": 8}, {"name": b"after", "data": b"ok"}]))
save("liar.zip", raw_zip([{"name": b"liar", "data": b"", "size": 10, "crc": 0, "packed": deflate(bytes(50 << 20)), "method": 8}]))
save("trailing_in_member.zip", raw_zip([{"name": b"two", "data": NUMBERS, "packed": deflate(NUMBERS) + b"hidden", "method": 8}]))
save("lost_header.zip", raw_zip([{"name": b"a", "data": b"1"}, {"name": b"b", "data": b"2"}]).replace(b"PK\3\4", b"PK\3\5", 1))
directory = good.index(b"PK\1\2")
save("cut_directory.zip", good[:directory + 60])
save("no_end.zip", good[:-30])
save("cut_data.zip", make_zip([("a.txt", NOTE, {}), ("numbers.txt", NUMBERS, {})])[:1000])
save("wrong_directory.zip", good[:directory] + b"PK\1\3" + good[directory + 4:])
two = make_zip([("shown.txt", b"shown", {}), ("hidden.txt", NOTE, {})])
end, begin = two.index(b"PK\5\6"), two.index(b"PK\1\2")
second = two.index(b"PK\1\2", begin + 4)
save("hidden_member.zip", two[:second] + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, second - begin, begin, 0))
save("two_zips.zip", make_zip([("first.txt", NOTE, {})]) + make_zip([("second.txt", b"second", {})]))
decoy = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0, 0, 0, 0, 0)
save("decoy_end.zip", make_zip([("behind.txt", NOTE, {})], comment=decoy))
utf8 = "сумка".encode()
cp866 = "сумка".encode("cp866")
save("names_unicode_extra.zip", raw_zip([{"name": cp866, "data": b"1", "host": 0, "extra": extra(0x7075, struct.pack("<BI", 1, zlib.crc32(cp866)) + utf8)}]))
save("names_stale_extra.zip", raw_zip([{"name": cp866, "data": b"1", "host": 0, "extra": extra(0x7075, struct.pack("<BI", 1, 7) + utf8)}]))
save("names_utf8.zip", make_zip([("Fotos/größe.txt", b"1", {})]))
jis = "日本語のファイル名です旅券の写真.txt".encode("shift_jis")
save("names_shift_jis.zip", raw_zip([{"name": jis, "data": b"1", "host": 0}, {"name": "見積書と請求書の一覧表.doc".encode("shift_jis"), "data": b"2", "host": 0}]))
save("names_dos.zip", raw_zip([{"name": "Größe.txt".encode("cp437"), "data": b"1", "host": 0}]))
cyrillic = [{"name": (n + ".txt").encode("cp1251"), "data": b"1"} for n in ("Паспорта и билеты на пароход", "Список пассажиров на среду", "Деньги за дорогу до границы")]
save("names_1251.zip", raw_zip(cyrillic))


for method, word in ((zipfile.ZIP_STORED, "stored"), (zipfile.ZIP_DEFLATED, "deflated")):
    marked = bytearray(make_zip([("a.txt", NOTE, {}), ("numbers.txt", NUMBERS, {})], compression=method))
    for mark, flags in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = -1
        while (at := marked.find(mark, at + 1)) >= 0:
            marked[at + flags] |= 1
    save("false_flag_" + word + ".zip", bytes(marked))


def make_tar(form, encoding="utf-8"):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form, encoding=encoding) as t:
        def add(name, kind=tarfile.REGTYPE, data=b"", link=""):
            info = tarfile.TarInfo(name)
            info.type, info.size, info.linkname, info.mtime, info.mode = kind, len(data), link, UNIX, 0o4755
            t.addfile(info, io.BytesIO(data))
        add("a.txt", data=NOTE)
        add("numbers.txt", data=NUMBERS)
        add("folder", tarfile.DIRTYPE)
        add("link", tarfile.SYMTYPE, link="/tmp")
        add("link/through.txt", data=b"through")
        add("hard", tarfile.LNKTYPE, link="/etc/passwd")
        add("device", tarfile.CHRTYPE)
        add("pipe", tarfile.FIFOTYPE)
        if form != tarfile.USTAR_FORMAT:
            add("long/" + "n" * 150 + "/ü.txt", data=b"long")
        add("a.txt", data=b"again")
    return out.getvalue()


for name, form in (("ustar", tarfile.USTAR_FORMAT), ("gnu", tarfile.GNU_FORMAT), ("pax", tarfile.PAX_FORMAT)):
    save(name + ".tar", make_tar(form))
ustar = make_tar(tarfile.USTAR_FORMAT)
save("latin1.tar", make_tar(tarfile.GNU_FORMAT, "latin-1"))
save("ustar.tar.gz", gzip.compress(ustar, mtime=0))
save("ustar.tar.bz2", bz2.compress(ustar))
save("ustar.tar.xz", lzma.compress(ustar))
save("cut.tar", ustar[:5000])
save("bad_crc.tar.gz", gzip.compress(ustar, mtime=0)[:-8] + b"\1\2\3\4" + gzip.compress(ustar, mtime=0)[-4:])

named = io.BytesIO()
with gzip.GzipFile("letters/inside.txt", "wb", 9, named, UNIX) as z:
    z.write(NUMBERS)
save("named.gz", named.getvalue())
save("two.gz", gzip.compress(b"one\n", mtime=0) + gzip.compress(b"two\n", mtime=0) + b"garbage" * 9)
save("padded.gz", gzip.compress(b"one\n", mtime=0) + bytes(512))
flipped = bytearray(gzip.compress(RANDOM[:5000], mtime=0))
flipped[2000] ^= 255
save("flipped.gz", bytes(flipped))
save("cut.gz", gzip.compress(RANDOM, mtime=0)[:1_000_000])
save("cut.bz2", bz2.compress(RANDOM)[:1_500_000])
save("cut.xz", lzma.compress(RANDOM)[:1_500_000])
save("numbers.bz2", bz2.compress(NUMBERS))
save("two.bz2", bz2.compress(b"one\n") + bz2.compress(b"two\n"))
save("numbers.xz", lzma.compress(NUMBERS))
save("twice.gz", gzip.compress(gzip.compress(NUMBERS, mtime=0), mtime=0))
save("empty.gz", gzip.compress(b"", mtime=0))
