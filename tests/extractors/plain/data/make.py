#!/usr/bin/env python3
"""Makes the fixtures of this folder again: property lists by plistlib, the link of MS-SHLLINK section 3.1 from its bytes."""
import datetime
import pathlib
import plistlib

HERE = pathlib.Path(__file__).resolve().parent
PLAIN = {
    "Name": "Ama Example", "Note": "D\u00e9part \u062c\u0648\u0627\u0632 samedi", "Numbers": ["+233240000001", "+233240000002"],
    "Count": -5, "Big": 2**40, "Ratio": 0.25, "Yes": True, "When": datetime.datetime(2024, 3, 12, 5, 30, 0),
    "Photo": b"\xff\xd8\xff\xe0" + bytes(range(100)),
    "Messages": [{"from": "Ama", "text": "you must pay the rest before the boat leaves"}, {"from": "Kofi", "text": "ok"}],
}


def archive(uid):
    objects = [
        "$null", {"$class": uid(9), "name": uid(2), "when": uid(3), "tags": uid(5), "self": uid(1), "info": uid(10)},
        "Ama Example", {"$class": uid(4), "NS.time": 731914200.0},
        {"$classname": "NSDate", "$classes": ["NSDate", "NSObject"]}, {"$class": uid(6), "NS.objects": [uid(7), uid(8)]},
        {"$classname": "NSMutableArray", "$classes": ["NSMutableArray", "NSArray", "NSObject"]}, "passport", "beach house",
        {"$classname": "NSPerson", "$classes": ["NSPerson", "NSObject"]},
        {"$class": uid(11), "NS.keys": [uid(12), uid(13)], "NS.objects": [uid(14), uid(0)]},
        {"$classname": "NSDictionary", "$classes": ["NSDictionary", "NSObject"]}, "phone", "empty", "+233240000001", "a forgotten string"]
    return {"$version": 100000, "$archiver": "NSKeyedArchiver", "$top": {"root": uid(1)}, "$objects": objects}


LINK = """
4C00000001140200 00000000C0000000 000000469B000800 20000000D0E9EEF2 1515C901D0E9EEF2 1515C901D0E9EEF2 1515C90100000000 0000000001000000
0000000000000000 00000000BD001400 1F50E04FD020EA3A 6910A2D808002B30 309D19002F433A5C 0000000000000000 0000000000000000 0000004600310000
0000002C3969A310 0074657374000032 0007000400EFBE2C 3965A32C3969A326 000000031E000000 00F51E0000000000 0000000000740065 0073007400000014
0048003200000000 002C3969A3200061 2E74787400340007 000400EFBE2C3969 A32C3969A3260000 002D6E0000000096 0100000000000000 00000061002E0074
0078007400000014 0000003C0000001C 000000010000001C 0000002D00000000 0000003B00000011 0000000300000081 8A7A301000000000 433A5C746573745C
612E747874000007 002E005C0061002E 0074007800740007 0043003A005C0074 0065007300740060 000000030000A058 0000000000000063 687269732D787073
0000000000000040 78C79447FAC746B3 565C2DC6B6D115EC 46CD7B227FDD1194 9900137216874A40 78C79447FAC746B3 565C2DC6B6D115EC 46CD7B227FDD1194
9900137216874A00 000000
"""

if __name__ == "__main__":
    for suffix, form, uid in (("bplist", plistlib.FMT_BINARY, plistlib.UID), ("plist", plistlib.FMT_XML, lambda n: {"CF$UID": n})):
        (HERE / f"plain.{suffix}").write_bytes(plistlib.dumps(PLAIN, fmt=form))
        (HERE / f"keyed.{suffix}").write_bytes(plistlib.dumps(archive(uid), fmt=form))
    (HERE / "example.lnk").write_bytes(bytes.fromhex(LINK))
