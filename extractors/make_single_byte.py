#!/usr/bin/env python3
"""Writes single_byte.inc: the upper halves of the single-byte encodings, from Python's own codecs.

Unassigned bytes become 0 (the decoder writes U+FFFD).  Run it only to add an encoding.
"""
import codecs
import pathlib

NAMES = ("windows-1252 windows-1256 iso-8859-15 iso-8859-6 macintosh ibm850 ibm437 windows-1250 windows-1251 windows-1253 "
         "windows-1254 windows-1255 windows-1257 windows-1258 iso-8859-2 iso-8859-5 iso-8859-7 iso-8859-8 koi8-r koi8-u "
         "ibm858 ibm866 ibm864 ibm720 mac-arabic").split()
PYTHON = {"macintosh": "mac_roman", "ibm720": "cp720", "mac-arabic": "mac_arabic"}
C1_PASSES = {"windows-1252"}  # bytes that are unassigned there are C1 controls elsewhere


def unit(name, byte):
    try:
        return ord(codecs.decode(bytes([byte]), PYTHON.get(name, name)))
    except UnicodeDecodeError:
        return byte if name in C1_PASSES else 0


lines = ["// Made by make_single_byte.py: the characters of bytes 0x80..0xff; 0 = unassigned.\n"]
for name in NAMES:
    units = [unit(name, byte) for byte in range(0x80, 0x100)]
    lines.append('{"%s", {{' % name)
    for row in range(0, 128, 16):
        lines.append(", ".join("0x%04x" % u for u in units[row:row + 16]) + ",")
    lines.append("}}},\n")
pathlib.Path(__file__).with_name("single_byte.inc").write_text("\n".join(lines).replace(",\n}}},", "\n}}},"))
