"""RAR 5 archives with encryption, by RAR's published technical note: no program that writes them is free.

The keys do not matter: nothing here is decrypted, the bytes of the data are noise.  Both are listed by `lsar` and `7z l`.
"""
import struct
import sys
import zlib


def number(value):
    out = bytearray()
    while True:
        out.append(value & 0x7F | (0x80 if value > 0x7F else 0))
        value >>= 7
        if not value:
            return bytes(out)


def block(body):
    sized = number(len(body)) + body
    return struct.pack("<I", zlib.crc32(sized)) + sized


SIGNATURE = b"Rar!\x1a\x07\x01\0"
SALT = bytes(range(16))


def file_header(name, data, encrypted, split=0):
    extra = b""
    if encrypted:
        record = number(1) + number(0) + number(0) + bytes([15]) + SALT + bytes(16)  # AES-256, no check of the password
        extra = number(len(record)) + record
    fields = number(2) + number((1 if extra else 0) | 2 | split)
    if extra:
        fields += number(len(extra))
    fields += number(len(data))
    fields += number(4) + number(len(data)) + number(0o100644) + struct.pack("<I", zlib.crc32(data)) + number(0) + number(1)
    fields += number(len(name)) + name + extra
    return block(fields) + data


plain = b"plain words\n"
noise = bytes(i * 89 % 251 for i in range(32))
main = block(number(1) + number(0) + number(0))
end = block(number(5) + number(0) + number(0))
members = file_header(b"secret.txt", noise, True) + file_header(b"open.txt", plain, False)
with open(sys.argv[1] + "/rar5_partly_locked.rar", "wb") as out:
    out.write(SIGNATURE + main + members + end)
with open(sys.argv[1] + "/rar5_locked_list.rar", "wb") as out:
    out.write(SIGNATURE + block(number(4) + number(0) + number(0) + number(0) + bytes([15]) + SALT) + bytes(16) + noise * 3)
with open(sys.argv[1] + "/rar5_first_part.rar", "wb") as out:  # 16: goes on in the next volume
    out.write(SIGNATURE + block(number(1) + number(0) + number(1)) + file_header(b"cut.txt", plain, False, 16) + block(number(5) + number(0) + number(1)))
