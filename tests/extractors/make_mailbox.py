#!/usr/bin/env python3
"""Writes a mailbox with python3's mailbox and email packages, and what those packages read in it.

usage: make_mailbox.py FOLDER       many.mbox and many.expected: message, media type, file name, bytes in hexadecimal
"""
import email.message
import email.policy
import mailbox
import pathlib
import random
import sys
from email import encoders
from email.header import Header, decode_header, make_header
from email.mime.base import MIMEBase
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import getaddresses, parsedate_to_datetime

WORDS = {"utf-8": "les papiers sont gard\u00e9s \u2013 ok", "iso-8859-1": "num\u00e9ro d\u00e9j\u00e0 donn\u00e9", "windows-1256": "\u062c\u0648\u0627\u0632 \u0633\u0641\u0631 \u0639\u0646\u062f\u064a",
         "gb18030": "\u62a4\u7167\u5728\u6211\u8fd9\u91cc", "us-ascii": "call me, please"}
NAMES = ["list.txt", "\u00e9t\u00e9 2026.doc", "\u062c\u0648\u0627\u0632.pdf", "a; \"b\".bin", "x" * 120 + ".dat", "../../up.txt"]
chance = random.Random(2026)


def text():
    charset = chance.choice(list(WORDS))
    part = MIMEText(WORDS[charset] * chance.randint(1, 3) + "\nFrom me\n", chance.choice(["plain", "html"]), charset)
    return part


def attachment():
    part = MIMEBase("application", chance.choice(["octet-stream", "pdf"]))
    part.set_payload(bytes(chance.randrange(256) for _ in range(chance.randrange(1, 90))))
    chance.choice([encoders.encode_base64, encoders.encode_quopri])(part)
    name = chance.choice(NAMES)
    if chance.random() < 0.5:
        part.add_header("Content-Disposition", "attachment", filename=("utf-8", "", name))
    else:
        part.add_header("Content-Disposition", "attachment", filename=Header(name, "utf-8").encode() if not name.isascii() else name)
    return part


def tree(depth):
    if depth == 0 or chance.random() < 0.3:
        return text() if chance.random() < 0.6 else attachment()
    if chance.random() < 0.15:
        return MIMEMessage(message(depth - 1))
    whole = MIMEMultipart(chance.choice(["mixed", "alternative", "related"]))
    for _ in range(chance.randint(1, 4)):
        whole.attach(tree(depth - 1))
    return whole


def message(depth):
    top = tree(depth)
    top["From"] = Header("Am\u00e9 Test", "utf-8").encode() + " <ame@example.org>"
    top["To"] = "\"Test, Kofi\" <kofi@example.com>, cee@example.org (Cee)"
    top["Subject"] = Header(chance.choice(list(WORDS.values())) * chance.randint(1, 4), "utf-8").encode()
    top["Date"] = "Thu, 15 Jan 2026 %02d:00:00 %+03d00" % (chance.randrange(24), chance.randint(-11, 12))
    top["Message-ID"] = "<%d@example.org>" % chance.randrange(10 ** 9)
    return top


def leaves(part):
    if part.is_multipart() and part.get_content_maintype() == "multipart":
        for inner in part.get_payload():
            yield from leaves(inner)
    else:
        yield part


def main():
    folder = pathlib.Path(sys.argv[1])
    path = folder / "many.mbox"
    path.unlink(missing_ok=True)
    box = mailbox.mbox(path)
    for _ in range(40):
        made = mailbox.mboxMessage(message(3))
        made.set_from("ame@example.org", (2026, 1, 15, 10, 0, 0, 3, 15, 0))
        box.add(made)
    box.flush()
    lines = []
    for number, read in enumerate(mailbox.mbox(path)):
        subject = str(make_header(decode_header(read["subject"]))).replace("\n", "")
        people = " ".join(address for _, address in getaddresses([read["from"], read["to"]]))
        lines.append("\t".join(["message", str(number), subject, people, str(int(parsedate_to_datetime(read["date"]).timestamp()))]))
        for leaf in leaves(read):
            name = leaf.get_filename() or ""
            name = str(make_header(decode_header(name)))
            data = leaf.get_payload(decode=True) if leaf.get_content_type() != "message/rfc822" else b""
            lines.append("\t".join(["part", leaf.get_content_type(), name, data.hex()]))
    (folder / "many.expected").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
