#!/usr/bin/env python3
"""Databases of phones through the whole program and its cage; python's sqlite3 makes them."""
import sqlite3

from support import WholeTest, main, snapshot


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


if __name__ == "__main__":
    main()
