#!/usr/bin/env python3
"""Writes embedded.ole (packages, macros, an unknown stream), Thumbs.db, agile.docx and the objects of object.rtf from
the published formats (MS-OLEDS, MS-OVBA, MS-OFFCRYPTO) with cfb.py.  README.md says what read them as a check."""
import base64
import hashlib
import io
import pathlib
import struct
import zipfile

from cfb import cfb

HERE = pathlib.Path(__file__).resolve().parent


def package(name, path, data):
    head = struct.pack('<H', 2) + name + b'\0' + path + b'\0' + struct.pack('<HH', 0, 3) + struct.pack('<I', len(path) + 1) + path + b'\0'
    return head + struct.pack('<I', len(data)) + data


def vba(text):
    """A CompressedContainer of literals only (MS-OVBA 2.4.1)."""
    out = b'\x01'
    for i in range(0, len(text), 3600):
        part = text[i:i + 3600]
        data = b''.join(b'\0' + part[k:k + 8] for k in range(0, len(part), 8))
        out += struct.pack('<H', 0xb000 | (len(data) + 2 - 3)) + data
    return out


def record(number, data):
    return struct.pack('<HI', number, len(data)) + data


def embedded():
    source = 'Attribute VB_Name = "Module1"\r\nSub AutoOpen()\r\n  \'été: appeler +226 70 00 00 12\r\nEnd Sub\r\n'.encode('cp1252')
    directory = (record(0x01, struct.pack('<I', 1)) + record(0x03, struct.pack('<H', 1252)) + record(0x04, b'Project') + struct.pack('<HIIH', 9, 4, 1, 1)
                 + record(0x0f, struct.pack('<H', 1)) + record(0x13, b'\xff\xff') + record(0x19, b'Module1') + record(0x1a, b'Module1') + record(0x32, 'Module1'.encode('utf-16-le'))
                 + record(0x31, struct.pack('<I', 7)) + record(0x21, b'') + record(0x2b, b'') + record(0x10, b''))
    data = package(b'note.txt', b'C:\\Users\\moussa\\note.txt', b'remettre les passeports')
    return cfb({'ObjectPool/_1/\x01Ole10Native': struct.pack('<I', len(data)) + data, 'ObjectPool/_1/\x01CompObj': b'\0' * 40,
                'ObjectPool/_2/Package': b'PK\x03\x04' + b'x' * 5000, 'Macros/VBA/dir': vba(directory), 'Macros/VBA/Module1': b'cached!' + vba(source),
                'Macros/VBA/_VBA_PROJECT': b'\xcc\x61', 'Strange': b'unknown bytes 4711', 'Macros/PROJECT': b'ID="{0}"'})


def thumbs():
    def item(number, name):
        text = name.encode('utf-16-le') + b'\0\0\0\0'
        return struct.pack('<IIQ', 16 + len(text), number, (1768471200 + 11644473600) * 10**7) + text
    picture = b'\xff\xd8\xff\xe0' + b'j' * 100
    return cfb({'Catalog': struct.pack('<HHIII', 16, 7, 2, 96, 96) + item(1, 'passeport.jpg') + item(12, 'bateau.jpg'),
                '1': struct.pack('<III', 12, 1, len(picture)) + picture, '21': struct.pack('<III', 12, 2, len(picture)) + picture})


def agile(password, plain):
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    def aes(key, iv, data):
        data += b'\0' * (-len(data) % 16)
        work = Cipher(algorithms.AES(key), modes.CBC(iv)).encryptor()
        return work.update(data) + work.finalize()
    salt, package_salt, key, verifier = (hashlib.md5(b'%d' % i).digest() for i in range(4))
    key += hashlib.md5(b'more').digest()
    value = hashlib.sha512(salt + password.encode('utf-16-le')).digest()
    for i in range(1000):
        value = hashlib.sha512(struct.pack('<I', i) + value).digest()

    def block(number, data):
        return base64.b64encode(aes(hashlib.sha512(value + number).digest()[:32], salt, data)).decode()
    tell = lambda b: base64.b64encode(b).decode()
    common = 'blockSize="16" keyBits="256" hashSize="64" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512"'
    xml = ('<?xml version="1.0" encoding="UTF-8" standalone="yes"?><encryption xmlns="http://schemas.microsoft.com/office/2006/encryption" '
           'xmlns:p="http://schemas.microsoft.com/office/2006/keyEncryptor/password">'
           f'<keyData saltSize="16" {common} saltValue="{tell(package_salt)}"/><dataIntegrity encryptedHmacKey="" encryptedHmacValue=""/>'
           '<keyEncryptors><keyEncryptor uri="http://schemas.microsoft.com/office/2006/keyEncryptor/password">'
           f'<p:encryptedKey spinCount="1000" saltSize="16" {common} saltValue="{tell(salt)}" encryptedVerifierHashInput="{block(bytes.fromhex("fea7d2763b4b9e79"), verifier)}" '
           f'encryptedVerifierHashValue="{block(bytes.fromhex("d7aa0f6d3061344e"), hashlib.sha512(verifier).digest())}" '
           f'encryptedKeyValue="{block(bytes.fromhex("146e0be7abacd0d6"), key)}"/></keyEncryptor></keyEncryptors></encryption>')
    body = b''.join(aes(key, hashlib.sha512(package_salt + struct.pack('<I', i)).digest()[:16], plain[i * 4096:(i + 1) * 4096]) for i in range((len(plain) + 4095) // 4096))
    return cfb({'EncryptionInfo': struct.pack('<HHI', 4, 4, 0x40) + xml.encode(), 'EncryptedPackage': struct.pack('<Q', len(plain)) + body})


def object_rtf():
    def ole1(name, data):
        return struct.pack('<II', 0x501, 2) + struct.pack('<I', len(name) + 1) + name + b'\0' + struct.pack('<II', 0, 0) + struct.pack('<I', len(data)) + data
    first = ole1(b'Package', package(b'liste.csv', b'C:\\liste.csv', b'Binta;500\r\n')).hex()
    second = ole1(b'Word.Document.8', b'\xd0\xcf\x11\xe0 not whole').hex()
    lines = '\n'.join(first[i:i + 60] for i in range(0, len(first), 60))
    return ('{\\rtf1\\ansi\\ansicpg1252{\\object\\objemb{\\*\\objclass Package}{\\*\\objdata ' + lines + '}{\\result texte montré}}\\par '
            '{\\object\\objemb{\\*\\objclass Word.Document.8}{\\*\\objdata ' + second + '}}{\\pict\\pngblip\\bin8 ').encode('cp1252') + b'\x89PNG{}\\\0' + b'}fin\\par}'


def biff(number, data=b''):
    return struct.pack('<HH', number, len(data)) + data


def cell(row, column, rest, form=0):
    return struct.pack('<HHH', row, column, form) + rest


def odd_xls():
    bof = lambda kind: biff(0x809, struct.pack('<HHHHII', 0x600, kind, 0x1faa, 1997, 0, 0x600))
    text = lambda t: struct.pack('<HB', len(t), 0) + t.encode('cp1252')
    xfs = biff(0xe0, struct.pack('<HH16x', 0, 0)) + biff(0xe0, struct.pack('<HH16x', 0, 22))
    name = b'\x04\x00Tout'
    path, place = 'C:\\liste.txt', 'Tout!A1'
    link = (struct.pack('<HHHH', 0, 0, 0, 0) + bytes.fromhex('d0c9ea79f9bace118c8200aa004ba90b') + struct.pack('<II', 2, 0x0b)
            + bytes.fromhex('0303000000000000c000000000000046') + struct.pack('<HI', 0, len(path) + 1) + path.encode() + b'\0' + struct.pack('<HH20xI', 0xffff, 0xdead, 0)
            + struct.pack('<I', len(place) + 1) + place.encode('utf-16-le') + b'\0\0')
    sheet = (bof(0x10) + biff(0x06, cell(0, 0, b'\0\0\0\0\0\0\xff\xff' + struct.pack('<HIH', 0, 0, 0))) + biff(0x207, text('appeler'))
             + biff(0xd6, cell(0, 1, struct.pack('<HB', 6, 1) + 'gras é'.encode('utf-16-le') + struct.pack('<H', 0)))
             + biff(0x205, cell(0, 2, b'\1\0')) + biff(0x205, cell(0, 3, b'\x2a\1'))
             + biff(0xbd, struct.pack('<HH', 1, 0) + struct.pack('<HI', 0, 1 << 2 | 2) + struct.pack('<HI', 0, 1234 << 2 | 3) + struct.pack('<HI', 0, 500 << 2 | 2) + struct.pack('<H', 2))
             + biff(0x203, cell(1, 3, struct.pack('<d', 46037.5), 1)) + biff(0x204, cell(1, 4, text('café')))
             + biff(0x06, cell(2, 0, struct.pack('<d', 0.5) + struct.pack('<HIH', 0, 0, 0))) + biff(0x1b8, link) + biff(0x0a))
    head = bof(5) + biff(0x42, struct.pack('<H', 1200)) + xfs
    bound = struct.pack('<IBB', len(head) + 4 + 6 + len(name) + 4, 0, 0) + name
    return cfb({'Workbook': head + biff(0x85, bound) + biff(0x0a) + sheet + b'\0' * 5000})


def old_xls():
    bof = lambda kind: biff(0x809, struct.pack('<HHHH', 0x500, kind, 0x96c, 1993))
    word = 'جواز'.encode('cp1256')
    sheet = (bof(0x10) + biff(0x204, cell(0, 0, struct.pack('<H', len(word)) + word)) + biff(0x203, cell(0, 1, struct.pack('<d', 22670000010)))
             + biff(0x1c, struct.pack('<HHH', 0, 0, 8) + b'remarque') + biff(0x0a))
    head = bof(5) + biff(0x42, struct.pack('<H', 1256))
    name = b'\x05Vieux'
    bound = struct.pack('<IBB', len(head) + 4 + 6 + len(name) + 4, 0, 0) + name
    return cfb({'Book': head + biff(0x85, bound) + biff(0x0a) + sheet + b'\0' * 5000})


def odd_doc():
    """Two pieces in the order opposite to the file: 16 bits, then 8 bits in Windows-1252."""
    wide, narrow = 'القارب 😀\r', 'caf\xe9 \x93noir\x94\x1e\x13 HYPERLINK "mailto:a@example.org" \x14ici\x15\r'
    narrow = narrow.encode('latin-1')
    units = len(wide.encode('utf-16-le')) // 2
    text_at, wide_at = 0x600, 0x800
    clx = b'\x02' + struct.pack('<I', 4 * 3 + 16) + struct.pack('<III', 0, units, units + len(narrow))
    clx += struct.pack('<HIH', 0, wide_at, 0) + struct.pack('<HIH', 0, 0x40000000 | text_at * 2, 0)
    fib = bytearray(0x600)
    struct.pack_into('<HHHHHH', fib, 0, 0xa5ec, 0xc1, 0, 0x40c, 0, 0x0204)
    struct.pack_into('<HH', fib, 12, 0xbf, 0)
    struct.pack_into('<II', fib, 24, text_at, 0x1000)
    struct.pack_into('<H', fib, 32, 14)
    struct.pack_into('<H', fib, 62, 22)
    struct.pack_into('<I', fib, 76, units + len(narrow))
    struct.pack_into('<H', fib, 152, 93)
    struct.pack_into('<II', fib, 154 + 33 * 8, 16, len(clx))
    word = bytes(fib) + narrow.ljust(0x200, b'\0') + wide.encode('utf-16-le').ljust(0x800, b'\0')
    return cfb({'WordDocument': word, '1Table': b'\0' * 16 + clx.ljust(5000, b'\0')}, bytes.fromhex('0609020000000000c000000000000046'))


def small_zip():
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w', zipfile.ZIP_STORED) as made:
        made.writestr(zipfile.ZipInfo('word/document.xml'), b'secret passage 4711 ' * 400)
    return out.getvalue()


def main():
    (HERE / 'embedded.ole').write_bytes(embedded())
    (HERE / 'Thumbs.db').write_bytes(thumbs())
    (HERE / 'object.rtf').write_bytes(object_rtf())
    (HERE / 'odd.doc').write_bytes(odd_doc())
    (HERE / 'odd.xls').write_bytes(odd_xls())
    (HERE / 'old.xls').write_bytes(old_xls())
    (HERE / 'agile.docx').write_bytes(agile('Sésame 4711', small_zip()))


if __name__ == '__main__':
    main()
