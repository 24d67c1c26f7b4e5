#!/usr/bin/env python3
"""Patterns over several items in the report: told where they stand, silent one step below each threshold.

Check digits of the machine-readable zones are made here by ICAO 9303 part 3; people and numbers are invented."""
import re
import unittest

import support


def check(text):
    value = {c: i for i, c in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")} | {"<": 0}
    return str(sum(value[c] * (7, 3, 1)[i % 3] for i, c in enumerate(text)) % 10)


def passport(state, name, number):
    first = f"P<{state}{name}".ljust(44, "<")
    birth, expiry, optional = "900101", "300101", "<" * 14
    number = number.ljust(9, "<")
    body = number + check(number) + state + birth + check(birth) + "F" + expiry + check(expiry) + optional + check(optional)
    return first + "\n" + body + check(body[:10] + body[13:20] + body[21:43]) + "\n"


def receipt(day, reference):
    return f"You have received XOF 75,000 from FATOU INVENTED 770000001. Ref: PP2011{day:02d}.1234.A{reference:05d}. Balance 120,000\n"


class PatternsTest(support.WholeTest):
    def rows(self, files):
        evidence = self.folder / "evidence"
        evidence.mkdir()
        for name, text in files.items():
            (evidence / name).write_text(text, encoding="utf-8")
        case = self.folder / "case"
        self.run_case(case, evidence)
        page = (case / "reports" / "report.en.html").read_text(encoding="utf-8")
        section = re.search(r'<section id="patterns".*?</section>', page, re.S)
        rows = re.findall(r"<tr><td dir=\"ltr\">(X\d\d)</td>(.*?)</tr>", section.group(0), re.S) if section else []
        return {code: re.sub(r"<[^>]+>", " ", row) for code, row in rows}

    def test_each_is_told(self):
        rows = self.rows({
            "a.txt": passport("SEN", "DIOP<<AWA", "A1234567"),
            "b.txt": passport("MLI", "TRAORE<<MARIAM", "B7654321"),
            "c.txt": passport("SEN", "FALL<<OUMY", "A7777777"),
            "sms.txt": "".join(receipt(day, day) for day in (1, 4, 8, 12, 15)),
            "people.txt": "Agadez +227 96 00 00 01\nBamako +223 70 00 00 02\nDakar +221 77 000 00 03\nTripoli +218 91 0000004\n",
        })
        self.assertEqual(sorted(rows), ["X01", "X04", "X05"])
        self.assertIn("MLI", rows["X01"])
        self.assertIn("SEN", rows["X01"])
        self.assertRegex(rows["X01"], r"\b3\b")
        self.assertIn("75000 XOF", rows["X04"])
        self.assertRegex(rows["X04"], r"\b5\b")
        self.assertIn("people.txt", rows["X05"])
        for country in ("NE", "ML", "SN", "LY"):
            self.assertIn(country, rows["X05"])

    def test_nothing_below_the_thresholds(self):
        rows = self.rows({
            "a.txt": passport("SEN", "DIOP<<AWA", "A1234567"),
            "b.txt": passport("MLI", "TRAORE<<MARIAM", "B7654321"),
            "sms.txt": "".join(receipt(day, day) for day in (1, 4, 8, 12)) + receipt(30, 99),
            "people.txt": "Agadez +227 96 00 00 01\nBamako +223 70 00 00 02\nDakar +221 77 000 00 03\n",
        })
        self.assertEqual(rows, {})

    def test_a_payment_beside_words_of_ransom(self):
        words = (support.SAMPLE / "desk" / "voice note transcript.txt").read_text(encoding="utf-8")
        rows = self.rows({"note.txt": words + receipt(2, 1), "receipt.txt": receipt(3, 2)})
        self.assertEqual(sorted(rows), ["X12"])
        self.assertIn("note.txt", rows["X12"])


if __name__ == "__main__":
    unittest.main()
