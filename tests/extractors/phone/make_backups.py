#!/usr/bin/env python3
"""Android backups of a small tar, made with python's zlib and hashlib and the openssl command: plain, deflated, encrypted."""
import hashlib
import io
import pathlib
import subprocess
import tarfile
import zlib

folder = pathlib.Path(__file__).parent / "data"
out = io.BytesIO()
with tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT) as tar:
    info = tarfile.TarInfo("apps/org.example/f/note.txt")
    text = b"call +221 77 123 45 67 about the boat\n"
    info.size = len(text)
    tar.addfile(info, io.BytesIO(text))
archive = out.getvalue()


def aes(key, iv, data):
    return subprocess.run(["openssl", "enc", "-aes-256-cbc", "-K", key.hex(), "-iv", iv.hex()], input=data, capture_output=True, check=True).stdout


(folder / "plain.ab").write_bytes(b"ANDROID BACKUP\n3\n0\nnone\n" + archive)
(folder / "deflated.ab").write_bytes(b"ANDROID BACKUP\n5\n1\nnone\n" + zlib.compress(archive))
salt, checksum_salt, user_iv, master_iv, master_key = bytes(range(64)), bytes(range(64, 128)), bytes(range(16)), bytes(range(16, 32)), bytes(range(32))
user_key = hashlib.pbkdf2_hmac("sha1", b"sesame", salt, 1000, 32)
blob = b"".join(bytes([len(part)]) + part for part in (master_iv, master_key, hashlib.pbkdf2_hmac("sha1", master_key, checksum_salt, 1000, 32)))
lines = ["ANDROID BACKUP", "5", "1", "AES-256", salt.hex().upper(), checksum_salt.hex().upper(), "1000", user_iv.hex().upper(), aes(user_key, user_iv, blob).hex().upper(), ""]
(folder / "encrypted.ab").write_bytes("\n".join(lines).encode() + aes(master_key, master_iv, zlib.compress(archive)))
