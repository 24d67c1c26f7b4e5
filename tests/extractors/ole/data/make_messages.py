#!/usr/bin/env python3
"""Writes message.msg and odd.msg from MS-OXMSG and MS-OXRTFCP with cfb.py; msgconvert and olefile read the same out of
them (README.md).  People and addresses are invented."""
import pathlib
import struct

from cfb import cfb

HERE = pathlib.Path(__file__).resolve().parent


def filetime(unix):
    return (unix + 11_644_473_600) * 10_000_000


def store(into, prefix, head, texts, values=(), blobs=()):
    rows = b''
    for tag, text in texts:
        wide = tag & 0xffff == 0x1f
        data = text.encode('utf-16-le') if wide else text.encode('cp1256')
        into[f'{prefix}__substg1.0_{tag:08X}'] = data
        rows += struct.pack('<IIII', tag, 6, len(data) + (2 if wide else 1), 0)
    for tag, data in blobs:
        into[f'{prefix}__substg1.0_{tag:08X}'] = data
        rows += struct.pack('<IIII', tag, 6, len(data), 0)
    for tag, value in values:
        rows += struct.pack('<IIQ', tag, 6, value)
    into[prefix + '__properties_version1.0'] = b'\0' * head + rows


def crc(data):
    value = 0
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = value >> 1 ^ (0xedb88320 if value & 1 else 0)
    return value


def lzfu(text):
    """Literals only, then the reference that ends it."""
    out, at = b'', 207
    for i in range(0, len(text), 8):
        part = text[i:i + 8]
        at = (at + len(part)) % 4096
        if len(part) == 8:
            out += b'\0' + part
        else:
            out += bytes([1 << len(part)]) + part + struct.pack('>H', at << 4)
    if len(text) % 8 == 0:
        out += b'\x01' + struct.pack('>H', at << 4)
    return struct.pack('<IIII', len(out) + 12, len(text), 0x75465a4c, crc(out)) + out


def message():
    out = {}
    store(out, '', 32, [(0x001a001f, 'IPM.Note'), (0x0037001f, 'RE: Départ samedi'), (0x0070001f, 'Départ samedi'), (0x0c1a001f, 'Moussa Exemple'),
                        (0x0c1f001f, '/O=EX/CN=MOUSSA'), (0x5d01001f, 'moussa@example.org'), (0x0e04001f, 'Awa Exemple'), (0x0e03001f, 'Rui Exemplo'),
                        (0x1000001f, 'Bonjour Awa,\r\nappelez +226 70 00 00 10 avant midi.\r\nالقارب جاهز\r\n'), (0x1035001f, '<a1@example.org>'),
                        (0x1042001f, '<a0@example.org>'), (0x8083001f, 'autre@example.org')],
          [(0x00390040, filetime(1768471200)), (0x3fde0003, 65001), (0x340d0003, 0x40000)],
          [(0x10130102, '<html><body><p>Bonjour <b>Awa</b>, le <a href="https://example.org/quai">quai</a> été</p></body></html>'.encode()),
           (0x10090102, lzfu(b'{\\rtf1\\ansi\\ansicpg1252\\fromtext \\pard Bonjour en RTF \\\'e9t\\\'e9\\par}'))])
    for number, (name, address, kind) in enumerate([('Awa Exemple', 'awa@example.org', 1), ('Rui Exemplo', 'rui@example.org', 2)]):
        store(out, f'__recip_version1.0_#{number:08X}/', 8, [(0x3001001f, name), (0x3003001f, address), (0x39fe001f, address)], [(0x0c150003, kind)])
    store(out, '__attach_version1.0_#00000000/', 8, [(0x3707001f, 'liste des départs.txt'), (0x3704001f, 'LISTE~1.TXT'), (0x370e001f, 'text/plain')],
          [(0x37050003, 1), (0x30080040, filetime(1768471200))], [(0x37010102, b'Binta 800000\r\n' * 400)])
    store(out, '__attach_version1.0_#00000001/', 8, [(0x3001001f, 'Transfert')], [(0x37050003, 5)])
    inner = '__attach_version1.0_#00000001/__substg1.0_3701000D/'
    store(out, inner, 24, [(0x0037001f, 'Ancien message'), (0x0c1a001f, 'Binta Exemple'), (0x5d01001f, 'binta@example.org'), (0x1000001f, 'texte du message joint 4711')],
          [(0x00390040, filetime(1768384800))])
    store(out, inner + '__attach_version1.0_#00000000/', 8, [(0x3707001f, 'photo.jpg')], [(0x37050003, 1)], [(0x37010102, b'\xff\xd8\xff\xe0joint')])
    out['__nameid_version1.0/__substg1.0_00020102'] = b'\0' * 16
    return cfb(out)


def odd():
    """8-bit Arabic by code page 1256; HTML wrapped in compressed RTF."""
    out = {}
    rtf = (b'{\\rtf1\\ansi\\ansicpg1252\\fromhtml1 \\deff0{\\fonttbl{\\f0\\fswiss Arial;}}'
           b'{\\*\\htmltag19 <html>}{\\*\\htmltag50 <body>}{\\*\\htmltag64 <p>}\\htmlrtf {\\b \\htmlrtf0 prix \\\'e9lev\\\'e9 500\\htmlrtf }\\htmlrtf0 '
           b'{\\*\\htmltag84 <a href="https://example.org/prix">}ici{\\*\\htmltag92 </a>}{\\*\\htmltag72 </p>}{\\*\\htmltag58 </body>}{\\*\\htmltag27 </html>}}')
    store(out, '', 32, [(0x001a001e, 'IPM.Note'), (0x0037001e, 'جوازات'), (0x0c1a001e, 'مثال'), (0x0c1f001e, 'mithal@example.org'), (0x1000001e, 'القارب يغادر')],
          [(0x3ffd0003, 1256), (0x0e060040, filetime(1768471200))], [(0x10090102, lzfu(rtf))])
    return cfb(out)


def main():
    (HERE / 'message.msg').write_bytes(message())
    (HERE / 'odd.msg').write_bytes(odd())


if __name__ == '__main__':
    main()
