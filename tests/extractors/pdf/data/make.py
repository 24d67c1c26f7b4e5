#!/usr/bin/env python3
"""make.py: writes the fixtures of this folder (README.md says what each is for).

Objects are written by hand, so that every fact in them is known; qpdf adds tables, attachments and encryption.
"""
import pathlib
import subprocess
import sys
import zlib

HERE = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else __file__).resolve()
HERE = HERE if HERE.is_dir() else HERE.parent


def stream(dictionary, data):
    data = data.encode("latin-1") if isinstance(data, str) else data
    return f"<< {dictionary} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"


def document(objects, trailer="/Root 1 0 R"):
    out = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
    places = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n" % number + (body if isinstance(body, bytes) else body.encode("latin-1")) + b"\nendobj\n"
    size = max(objects) + 1
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 %s \n" % (places.get(number, 0), b"n" if number in places else b"f")
    return out + b"trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer.encode(), table)


def utf16(text):
    return "<FEFF" + text.encode("utf-16-be").hex().upper() + ">"


def page(contents, more=""):
    return f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents {contents} /Resources << /Font << /F1 9 0 R >> /XObject << /I1 8 0 R >> >> {more} >>"


def full():
    xmp = ("<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
           "<rdf:Description rdf:about='' xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:xmpMM='http://ns.adobe.com/xap/1.0/mm/' xmpMM:DocumentID='uuid:4711'>"
           "<dc:title><rdf:Alt><rdf:li xml:lang='x-default'>Crossing &amp; prices</rdf:li></rdf:Alt></dc:title></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>")
    return {
        1: "<< /Type /Catalog /Pages 2 0 R /Outlines 20 0 R /AcroForm 30 0 R /Metadata 40 0 R /OpenAction 41 0 R /PageLabels << /Nums [0 << /S /r >> 2 << /S /D >>] >>"
           " /Names << /JavaScript << /Names [(init) << /S /JavaScript /JS 42 0 R >>] >> >> >>",
        2: "<< /Type /Pages /Count 4 /Kids [3 0 R 4 0 R 5 0 R 6 0 R] >>",
        3: page("10 0 R", "/Annots [50 0 R 51 0 R 52 0 R 53 0 R 54 0 R]"),
        4: page("11 0 R", "/AA << /O << /S /Launch /F (C:\\\\tools\\\\run.exe) >> >>"),
        5: page("[12 0 R 13 0 R]"),
        6: page("14 0 R"),
        8: stream("/Type /XObject /Subtype /Image /Width 2 /Height 2 /BitsPerComponent 8 /ColorSpace /DeviceGray", b"\x00\xff\xff\x00"),
        9: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        10: stream("", "BT /F1 12 Tf 20 150 Td (Call +44 20 7946 0958 before the crossing) Tj 0 -20 Td (\xe9t\xe9 \x80 500) Tj ET"),
        11: stream("", "q 200 0 0 100 20 20 cm /I1 Do Q"),
        12: stream("", "BT /F1 12 Tf 20 150 Td (first part) Tj ET"),
        13: stream("", "BT /F1 12 Tf 20 130 Td (second part) Tj ET"),
        14: stream("", " "),
        20: "<< /Type /Outlines /First 21 0 R /Last 22 0 R /Count 2 >>",
        21: f"<< /Title {utf16('Prices é')} /Parent 20 0 R /Next 22 0 R /First 23 0 R /Last 23 0 R /Dest [3 0 R /Fit] >>",
        22: "<< /Title (Routes) /Parent 20 0 R /Prev 21 0 R /Next 21 0 R /A << /S /URI /URI (https://routes.example.org/a) >> >>",
        23: "<< /Title (Adults) /Parent 21 0 R /Dest [3 0 R /Fit] >>",
        30: "<< /Fields [31 0 R 32 0 R] /XFA [(datasets) 43 0 R] >>",
        31: "<< /FT /Tx /T (traveller) /Kids [33 0 R 34 0 R] >>",
        32: "<< /FT /Ch /T (route) /V [(sea) (land)] /AA << /K << /S /JavaScript /JS (AFNumber_Keystroke\\(2\\);) >> >> >>",
        33: f"<< /Parent 31 0 R /T (name) /TU (Full name) /V {utf16('Aïcha Diallo')} >>",
        34: "<< /Parent 31 0 R /T (phone) /V (+234 802 555 0143) >>",
        40: stream("/Type /Metadata /Subtype /XML", xmp),
        41: "<< /S /JavaScript /JS (app.alert\\('see https://evil.example.net/x'\\)) >>",
        42: stream("", "var server = 'http://collect.example.net';"),
        43: stream("", "<xfa:datasets xmlns:xfa='http://www.xfa.org/schema/xfa-data/1.0/'><name>Kofi</name></xfa:datasets>"),
        50: "<< /Type /Annot /Subtype /Text /Rect [0 0 10 10] /T (Ama) /M (D:20260115110000+01'00') /Contents (send the money first) >>",
        51: "<< /Type /Annot /Subtype /Link /Rect [0 0 10 10] /A << /S /URI /URI (https://pay.example.com/?id=7) /Next << /S /SubmitForm /F << /FS /URL /F (https://form.example.com/s) >> >> >> >>",
        52: "<< /Type /Annot /Subtype /FileAttachment /Rect [0 0 10 10] /FS << /Type /Filespec /F (list.txt) /UF (list.txt) /EF << /F 60 0 R >> >> >>",
        53: "<< /Type /Annot /Subtype /FreeText /Rect [0 0 10 10] /Contents (Call +44 20 7946 0958 before the crossing) /DA (/F1 12 Tf) >>",
        54: "<< /Type /Annot /Subtype /Link /Rect [0 0 10 10] /A << /S /GoToR /F (other.pdf) /D [0 /Fit] >> >>",
        60: stream("/Type /EmbeddedFile /Subtype /text#2Fplain /Params << /ModDate (D:20260110080000Z) /Size 11 >>", "two adults\n"),
    }


def hostile():
    base = {1: "<< /Type /Catalog /Pages 2 0 R >>", 2: "<< /Type /Pages /Count 2000000000 /Kids [2 0 R 3 0 R] >>",
            3: page("10 0 R"), 8: "null", 9: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            10: stream("", "BT /F1 12 Tf 20 150 Td (still here) Tj ET")}
    yield "loop_pages", document(base)
    yield "outline_loop", document({**base, 1: "<< /Type /Catalog /Pages 2 0 R /Outlines 4 0 R /AcroForm << /Fields [5 0 R] >> >>",
                                    2: "<< /Type /Pages /Count 1 /Kids [3 0 R] >>", 4: "<< /First 6 0 R >>",
                                    5: "<< /T (a) /V (b) /Kids [5 0 R 5 0 R] /A 7 0 R >>", 6: "<< /Title (t) /First 6 0 R /Next 6 0 R >>",
                                    7: "<< /S /URI /URI (http://loop.example) /Next [7 0 R 7 0 R] >>"})


def pictures():
    """Two JPEG files of other tests' data: the first as it is, the second packed once more; only the first is drawn."""
    tests = pathlib.Path(__file__).resolve().parents[2]
    shown, packed = (tests / "image/data/south_east.jpg").read_bytes(), zlib.compress((tests / "media/data/cover.jpg").read_bytes())
    image = "/Type /XObject /Subtype /Image /Width 8 /Height 8 /BitsPerComponent 8 /ColorSpace /DeviceRGB /Filter "
    return document({1: "<< /Type /Catalog /Pages 2 0 R >>", 2: "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
                     3: "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 6 0 R /Resources << /XObject << /I1 4 0 R /I2 5 0 R >> >> >>",
                     4: stream(image + "/DCTDecode", shown), 5: stream(image + "[/FlateDecode /DCTDecode]", packed),
                     6: stream("", "q 200 0 0 100 20 20 cm /I1 Do Q")})


def qpdf(*arguments):
    subprocess.run(["qpdf", "--deterministic-id" if "--encrypt" not in arguments else "--static-id", *map(str, arguments)], check=True)


def main():
    trailer = (f"/Root 1 0 R /Info << /Title {utf16('Fee list é')} /Author (Example Travel) /Subject (fees) /Keywords (sea, land) /Producer (by hand)"
               " /CreationDate (D:20260115110000+01'00') /ModDate (D:20260116) /Company (Example Ltd) >>")
    (HERE / "full.pdf").write_bytes(document(full(), trailer))
    for name, data in hostile():
        (HERE / f"{name}.pdf").write_bytes(data)
    (HERE / "note.txt").write_text("meet at the harbour\n" * 20)
    qpdf(HERE / "full.pdf", "--add-attachment", HERE / "note.txt", "--filename=note.txt", "--mimetype=text/plain",
         "--creationdate=D:20260110080000Z", "--moddate=D:20260110090000Z", "--", HERE / "attached.pdf")
    qpdf("--encrypt", "geheim", "owner", "256", "--", HERE / "full.pdf", HERE / "aes256.pdf")
    subprocess.run([b"qpdf", b"--allow-weak-crypto", b"--static-id", b"--password-mode=bytes", b"--encrypt", "été".encode("latin-1"), b"owner",
                    b"128", b"--use-aes=y", b"--", str(HERE / "full.pdf").encode(), str(HERE / "aes128.pdf").encode()], check=True)
    qpdf("--encrypt", "", "owner", "256", "--", HERE / "full.pdf", HERE / "owner_only.pdf")
    (HERE / "note.txt").unlink()
    (HERE / "pictures.pdf").write_bytes(pictures())
    qpdf("--encrypt", "geheim", "owner", "256", "--", "--stream-data=preserve", HERE / "pictures.pdf", HERE / "encrypted_pictures.pdf")


if __name__ == "__main__":
    main()
