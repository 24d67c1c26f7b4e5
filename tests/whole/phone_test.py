#!/usr/bin/env python3
"""Databases of phones through the whole program and its cage; python's sqlite3 makes them."""
import datetime
import hashlib
import plistlib
import shutil
import sqlite3
import zipfile

from support import SOURCE, WholeTest, main, snapshot


class Phone(WholeTest):
    def database(self, name, script):
        folder = self.folder / "evidence"
        folder.mkdir(exist_ok=True)
        connection = sqlite3.connect(folder / name)
        connection.executescript(script)
        connection.commit()
        connection.close()
        return folder

    def test_rows_are_text_and_the_evidence_stays_as_it_was(self):
        evidence = self.database("notes.db", "create table note(title text, body text);"
                                             "insert into note values('x', 'call +221 77 123 45 67 tomorrow');")
        before = snapshot(evidence)
        self.run_case(self.folder / "case", evidence)
        self.assertEqual(snapshot(evidence), before)
        self.assertEqual(sorted(p.name for p in evidence.iterdir()), ["notes.db"])
        texts = self.table(self.folder / "case", "texts")
        self.assertEqual([t["place"] for t in texts], ["table note, row 1"])
        phones = [c["value"] for c in self.table(self.folder / "case", "contacts") if c["type"] == "phone"]
        self.assertEqual(phones, ["+221771234567"])

    def leave_log(self, folder):
        """A database whose last rows stand in its log only, as an application leaves it that was killed."""
        folder.mkdir(parents=True, exist_ok=True)
        live = self.folder / "live"
        live.mkdir()
        connection = sqlite3.connect(live / "sms.db")
        connection.execute("pragma journal_mode=wal")
        connection.execute("pragma wal_autocheckpoint=0")
        connection.execute("create table sms(_id integer primary key, thread_id integer, address text, date integer, type integer, body text)")
        connection.execute("insert into sms values(1,1,'+22997000001',1700000000000,1,'before the checkpoint')")
        connection.commit()
        connection.execute("pragma wal_checkpoint(truncate)")
        connection.execute("insert into sms values(2,1,'+22997000001',1700000060000,2,'only in the log')")
        connection.execute("update sms set body='changed in the log' where _id=1")
        connection.commit()
        for name in ("sms.db", "sms.db-wal"):
            shutil.copy(live / name, folder / name)
        connection.close()

    def check_log(self, case):
        messages = self.table(case, "messages")
        self.assertEqual(sorted((m["body"], m["deleted"]) for m in messages),
                         [("before the checkpoint", True), ("changed in the log", False), ("only in the log", False)])
        self.assertEqual({m["conversation"] for m in messages}, {"+22997000001"})

    def test_a_log_is_read_with_the_database_beside_it(self):
        self.leave_log(self.folder / "evidence/databases")
        before = snapshot(self.folder / "evidence")
        self.run_case(self.folder / "case", self.folder / "evidence")
        self.assertEqual(snapshot(self.folder / "evidence"), before)
        self.check_log(self.folder / "case")

    def test_in_an_archive_the_log_finds_its_database(self):
        self.leave_log(self.folder / "files/data/databases")
        (self.folder / "evidence").mkdir()
        with zipfile.ZipFile(self.folder / "evidence/dump.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            for name in ("sms.db", "sms.db-wal"):
                archive.write(self.folder / "files/data/databases" / name, "data/databases/" + name)
        self.run_case(self.folder / "case", self.folder / "evidence")
        bodies = sorted((m["body"], m["deleted"]) for m in self.table(self.folder / "case", "messages"))
        self.assertEqual(bodies, [("before the checkpoint", False), ("changed in the log", False), ("only in the log", False)])

    def test_backups_of_android_are_unpacked(self):
        evidence = self.folder / "evidence"
        evidence.mkdir()
        for name in ("plain.ab", "deflated.ab", "encrypted.ab"):
            shutil.copy(SOURCE / "tests/extractors/phone/data" / name, evidence / name)
        (self.folder / "words").write_text("sesame\n")
        for case, words, opened in (("locked", [], 2), ("open", ["--password-file", self.folder / "words"], 3)):
            self.run_case(self.folder / case, evidence, extra=words)
            notes = [i for i in self.table(self.folder / case, "items") if i["name"].endswith("note.txt")]
            self.assertEqual(len(notes), opened)
        locked = {i["name"]: i for i in self.table(self.folder / "locked", "items")}
        self.assertTrue(locked["encrypted.ab"]["encrypted"])
        self.assertEqual(locked["encrypted.ab"]["outcome"], "partial")

    def test_exports_of_chats_are_known_by_content(self):
        evidence = self.folder / "evidence"
        evidence.mkdir()
        samples = SOURCE / "tests/extractors/phone/data"
        shutil.copy(samples / "telegram_full.json", evidence / "no suffix at all")
        shutil.copy(samples / "locations.json", evidence / "Records.json")
        shutil.copy(samples / "telegram.html", evidence / "messages.html")
        with zipfile.ZipFile(evidence / "facebook.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(samples / "facebook_thread.json", "messages/inbox/amelie_1/message_1.json")
        self.run_case(self.folder / "case", evidence)
        case = self.folder / "case"
        messages = self.table(case, "messages")
        self.assertEqual(sorted((m["application"], m.get("direction", "")) for m in messages),
                         [("messenger", "incoming")] * 2 + [("messenger", "outgoing")] * 2 +
                         [("telegram", "")] * 4 + [("telegram", "incoming")] * 2 + [("telegram", "outgoing")] * 3)
        types = {i["name"]: i["media_type"] for i in self.table(case, "items")}
        self.assertEqual(types["no suffix at all"], "application/x-chat-export+json")
        self.assertEqual(types["Records.json"], "application/x-location-history+json")
        # the plan of Benin has put 01 before its numbers since 2024
        self.assertIn("+2290197000001", {c["value"] for c in self.table(case, "contacts") if c["type"] == "phone"})
        own = [p["value"] for p in self.table(case, "properties") if p["name"] == "phone:ownAccount"]
        self.assertEqual(len(own), 2)

    def test_address_books_name_messages_of_other_databases(self):
        evidence = self.database("mmssms.db", "create table sms(_id integer primary key, thread_id integer, address text, date integer, type integer, body text);"
                                              "insert into sms values(1,3,'+221771234567',1700000000000,1,'bring it'),(2,4,'+221770000009',1700000060000,2,'who is this'),"
                                              "(3,5,'+221771234568',1700000120000,1,'from the card');")
        self.database("z_contacts2.db", "create table raw_contacts(_id integer primary key, display_name text);"
                                        "create table data(_id integer primary key, raw_contact_id integer, mimetype_id integer, data1 text);"
                                        "create table mimetypes(_id integer primary key, mimetype text);"
                                        "insert into raw_contacts values(1,'Koffi Example'); insert into mimetypes values(5,'vnd.android.cursor.item/phone_v2');"
                                        "insert into data values(1,1,5,'+221 77 123 45 67'),(2,1,5,'Koffi Example');")
        (evidence / "a.vcf").write_text("BEGIN:VCARD\nVERSION:3.0\nTEL:00221771234568\nFN:Ama Card\nEND:VCARD\n")
        self.run_case(self.folder / "case", evidence)
        case = self.folder / "case"
        self.assertEqual([(m["sender"], m["recipients"], m["conversation"]) for m in self.table(case, "messages")],
                         [("Koffi Example <+221771234567>", ["device user"], "Koffi Example <+221771234567>"),
                          ("device user", ["+221770000009"], "+221770000009"),
                          ("Ama Card <+221771234568>", ["device user"], "Ama Card <+221771234568>")])
        labels = {c["value"]: c.get("label") for c in self.table(case, "contacts") if c["type"] == "phone"}
        self.assertEqual(labels["+221771234567"], "Koffi Example")
        self.assertEqual(labels["+221771234568"], "Ama Card")
        names = sorted(p["value"] for p in self.table(case, "properties") if p["name"] == "contact:name")
        self.assertEqual(names, ["Ama Card <00221771234568>", "Koffi Example <+221 77 123 45 67>"])

    def test_a_backup_of_itunes_gets_its_paths_back(self):
        backup = self.folder / "evidence/00008030-0001"
        backup.mkdir(parents=True)
        domain, path = "HomeDomain", "Library/SMS/sms.db"
        name = hashlib.sha1(f"{domain}-{path}".encode()).hexdigest()
        (backup / name[:2]).mkdir()
        connection = sqlite3.connect(backup / name[:2] / name)
        connection.executescript("create table message(ROWID integer primary key, text text, handle_id integer, date integer, is_from_me integer);"
                                 "create table handle(ROWID integer primary key, id text); insert into handle values(1,'+221771234567');"
                                 "insert into message values(1,'in the backup',1,721692800000000000,0);")
        connection.close()
        connection = sqlite3.connect(backup / "Manifest.db")
        connection.execute("create table Files(fileID text primary key, domain text, relativePath text, flags integer, file blob)")
        connection.execute("create table Properties(key text primary key, value blob)")
        connection.execute("insert into Files values(?,?,?,1,?)", (name, domain, path, plistlib.dumps({"$top": {}}, fmt=plistlib.FMT_BINARY)))
        connection.commit()
        connection.close()
        (backup / "Info.plist").write_bytes(plistlib.dumps({
            "Device Name": "Kofi's iPhone", "Product Version": "16.5", "Product Type": "iPhone12,1", "Phone Number": "+221 77 000 00 02", "IMEI": "356938035643809",
            "Target Identifier": "00008030-0001", "Unique Identifier": "00008030-0001", "Last Backup Date": datetime.datetime(2023, 11, 14, 22, 13, 20)}))
        (backup / "Manifest.plist").write_bytes(plistlib.dumps({
            "IsEncrypted": True, "WasPasscodeSet": True, "Version": "10.0", "Lockdown": {"DeviceName": "Kofi's iPhone", "SerialNumber": "F00"}}, fmt=plistlib.FMT_BINARY))
        self.run_case(self.folder / "case", self.folder / "evidence")
        case = self.folder / "case"
        names = {i["id"]: i["name"] for i in self.table(case, "items")}
        properties = {(names[p["item"]], p["name"]): p["value"] for p in self.table(case, "properties")}
        self.assertEqual(properties[name, "backup:path"], "HomeDomain/Library/SMS/sms.db")
        self.assertEqual(properties[name, "phone:application"], "ios-messages (table message)")
        self.assertEqual(properties["Info.plist", "backup:imei"], "356938035643809")
        self.assertEqual(properties["Info.plist", "backup:date"], "2023-11-14T22:13:20Z")
        self.assertIn("probable owner", properties["Info.plist", "phone:ownAccount"])
        self.assertEqual(properties["Manifest.plist", "backup:serialNumber"], "F00")
        told = [i["detail"] for i in self.table(case, "issues") if i["code"] == "encrypted"]
        self.assertEqual(len(told), 1)
        self.assertEqual([m["body"] for m in self.table(case, "messages")], ["in the backup"])


if __name__ == "__main__":
    main()
