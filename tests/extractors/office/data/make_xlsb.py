"""Writes fees.xlsb record by record from MS-XLSB; that it is one is for others to say: LibreOffice and pyxlsb read it."""
import struct
import sys
import zipfile


def rec(kind, body=b""):
    out = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size = len(body)
    while True:
        out += bytes([size & 0x7F | (0x80 if size > 0x7F else 0)])
        size >>= 7
        if not size:
            return out + body


def text(s):
    units = s.encode("utf-16-le")
    return struct.pack("<I", len(units) // 2) + units


NULL = struct.pack("<I", 0xFFFFFFFF)


def cell(column, style=0):
    return struct.pack("<II", column, style)


def row(number, hidden=False):
    return rec(0, struct.pack("<IIHBBBI", number, 0, 300, 0, 0x10 if hidden else 0, 0, 0))


def formula(body):  # result, flags, then a formula of one integer and no extra
    return body + struct.pack("<HI", 0, 3) + b"\x1e\x07\x00" + struct.pack("<I", 0)


sst = ["Passport fee for Ama", "Deposit \U0001F600", "left over from an emptied cell"]
shared = rec(159, struct.pack("<II", 3, 3)) + b"".join(rec(19, b"\0" + text(s)) for s in sst) + rec(160)
styles = (rec(278) + rec(615, struct.pack("<I", 1)) + rec(44, struct.pack("<H", 164) + text("0000000000")) + rec(616)
          + rec(611, struct.pack("<I", 1)) + rec(43, struct.pack("<HHHHBBBB", 220, 0, 400, 0, 0, 2, 0, 0) + struct.pack("<BBhBBBB", 7, 1, 0, 0, 0, 0, 255) + b"\0" + text("Calibri")) + rec(612)
          + rec(603, struct.pack("<I", 1)) + rec(45, struct.pack("<I", 0) + bytes(64)) + rec(604)
          + rec(613, struct.pack("<I", 1)) + rec(46, bytes(51)) + rec(614)
          + rec(626, struct.pack("<I", 1)) + rec(47, struct.pack("<HHHHHBBHH", 0xFFFF, 0, 0, 0, 0, 0, 0, 0, 0)[:16]) + rec(627)
          + rec(617, struct.pack("<I", 3)) + b"".join(rec(47, struct.pack("<HHHHHBBHH", 0, n, 0, 0, 0, 0, 0, 0, 0)[:16]) for n in (0, 14, 164)) + rec(618)
          + rec(279))


def sheet(cells, extra=b""):
    return rec(129) + rec(148, struct.pack("<IIII", 0, 9, 0, 9)) + extra + rec(145) + cells + rec(146) + rec(130)


rk = lambda value, hundredths=False: struct.pack("<I", (value & 0x3FFFFFFF) << 2 | 2 | (1 if hundredths else 0))
fees = sheet(
    row(0) + rec(7, cell(0) + struct.pack("<I", 0)) + rec(2, cell(1) + rk(300)) + rec(2, cell(2) + rk(12345, True))
    + row(1) + rec(7, cell(0) + struct.pack("<I", 1)) + rec(5, cell(1, 1) + struct.pack("<d", 45292.0)) + rec(5, cell(2, 2) + struct.pack("<d", 70000001.0))
    + row(2) + rec(6, cell(0) + text("in the cell itself")) + rec(4, cell(1) + b"\1") + rec(62, cell(2) + b"\0" + text("rich words"))
    + row(3) + rec(8, formula(cell(0) + text("result of a formula"))) + rec(9, formula(cell(1) + struct.pack("<d", 2.5)))
    + row(4, True) + rec(6, cell(0) + text("a hidden row")),
    rec(390) + rec(60, struct.pack("<IIIIH", 3, 3, 2560, 0, 1)) + rec(391))
hidden = sheet(row(6) + rec(6, cell(27) + text("very hidden words")))
book = (rec(131) + rec(153, struct.pack("<III", 0, 0, 0) + text("")) + rec(143)
        + rec(156, struct.pack("<II", 0, 1) + text("rId1") + text("Fees")) + rec(156, struct.pack("<II", 2, 2) + text("rId2") + text("Kept")) + rec(144) + rec(132))
comments = (rec(628) + rec(630) + rec(632, text("Kofi")) + rec(631) + rec(633) + rec(635, struct.pack("<IIIII", 0, 1, 1, 0, 0) + bytes(16))
            + rec(637, b"\0" + text("ask for half of it now")) + rec(636) + rec(634) + rec(629))
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def rels(*items):
    inner = "".join(f'<Relationship Id="rId{i + 1}" Type="{OFFICE}{kind}" Target="{target}"/>' for i, (kind, target) in enumerate(items))
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'


types = ('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
         'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' + "".join(
             f'<Override PartName="/xl/{name}" ContentType="application/vnd.ms-excel.{kind}"/>' for name, kind in (
                 ("workbook.bin", "sheet.binary.macroEnabled.main"), ("worksheets/sheet1.bin", "worksheet"), ("worksheets/sheet2.bin", "worksheet"),
                 ("styles.bin", "styles"), ("sharedStrings.bin", "sharedStrings"), ("comments1.bin", "comments"))) + "</Types>")
with zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED) as out:
    for name, data in (("[Content_Types].xml", types), ("_rels/.rels", rels(("officeDocument", "xl/workbook.bin"))), ("xl/workbook.bin", book),
                       ("xl/_rels/workbook.bin.rels", rels(("worksheet", "worksheets/sheet1.bin"), ("worksheet", "worksheets/sheet2.bin"),
                                                           ("styles", "styles.bin"), ("sharedStrings", "sharedStrings.bin"))),
                       ("xl/worksheets/sheet1.bin", fees), ("xl/worksheets/_rels/sheet1.bin.rels", rels(("comments", "../comments1.bin"))),
                       ("xl/worksheets/sheet2.bin", hidden), ("xl/styles.bin", styles), ("xl/sharedStrings.bin", shared), ("xl/comments1.bin", comments)):
        info = zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0))
        info.compress_type = zipfile.ZIP_DEFLATED
        out.writestr(info, data)
