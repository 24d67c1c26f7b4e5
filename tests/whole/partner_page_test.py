#!/usr/bin/env python3
"""verify.html in a headless Chromium: opened from disk, no network, good packages and forged ones, four languages."""
import base64
import hashlib
import pathlib
import re
import shutil
import tempfile
import unittest

from browser import CHROMIUM, Browser
from package_support import PackageTest
import package_verify_test
from support import SOURCE, main

PAGE = SOURCE / "reports/partner/verify.html"


class Page(unittest.TestCase):
    def test_its_policy_names_its_own_script_and_style_and_nothing_else(self):
        text = PAGE.read_text()
        digest = lambda tag: base64.b64encode(hashlib.sha256(re.search(f"<{tag}>(.*?)</{tag}>", text, re.S).group(1).encode()).digest()).decode()
        self.assertIn(f"content=\"default-src 'none'; script-src 'sha256-{digest('script')}'; style-src 'sha256-{digest('style')}'\"", text)
        self.assertNotRegex(text, r"https?://|innerHTML|document\.write|eval\(|fetch\(|XMLHttp|import\(")


@unittest.skipUnless(CHROMIUM, "chromium is not installed")
class InABrowser(PackageTest):
    manifests, sign = staticmethod(package_verify_test.Received.manifests), package_verify_test.Received.sign

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.profile = pathlib.Path(tempfile.mkdtemp(prefix="evtriage-browser."))
        cls.browser = Browser(cls.profile)
        cls.addClassCleanup(shutil.rmtree, cls.profile, ignore_errors=True)
        cls.addClassCleanup(cls.browser.close)

    def made(self, disclosure, name="p", **keys):
        self.package(self.folder / f"{name}.p7m", disclosure=disclosure, **keys)
        return self.open_package([self.folder / f"{name}.p7m"], name=name)

    def judge(self, bag, page=None):
        """The verdict word and everything that the page says."""
        self.browser.open(page or PAGE)
        self.browser.choose("#folder", [bag])
        verdict = self.browser.wait_for("document.body.dataset.done")
        return verdict, self.browser.value("document.body.innerText")

    def test_good_packages_and_no_connection(self):
        for disclosure in ("full", "partner"):
            bag = self.made(disclosure, disclosure)
            verdict, said = self.judge(bag, bag / "data/verify.html")
            self.assertEqual(verdict, "intact", said)
            self.assertIn("CN=Recipient One", said)
            findings = (bag / "data/tables/findings.jsonl").read_text().splitlines()
            states = self.browser.value("[...document.querySelectorAll('#findings tr')].map(r => r.lastChild.textContent).join()").split(",")
            self.assertEqual(states, ["proved"] * len(findings))
            for print_of in re.findall(r"SHA256: ([0-9a-f]{64})", re.sub(r"(?m)^(?!Signing).*", "", (bag / "bag-info.txt").read_text())):
                self.assertIn(print_of, said)
        self.assertEqual([u for u in self.browser.requests if not u.startswith("file://")], [])

    def test_every_kind_of_key(self):
        for sign, certificate in ((("lab.key",), "lab.pem"), (("labec.key",), "labec.pem"), (("ed.key",), "ed.pem")):
            verdict, said = self.judge(self.made("partner", sign[0], sign=sign, certificate=certificate))
            self.assertEqual(verdict, "intact", said)

    def test_four_languages_and_their_direction(self):
        bag = self.made("partner")
        self.judge(bag)
        for language, word in (("fr", "prouvé"), ("pt", "provado"), ("ar", "مثبت"), ("en", "proved")):
            self.browser.value(f"delete document.body.dataset.done; document.querySelector('[data-language={language}]').click()")
            self.assertEqual(self.browser.wait_for("document.body.dataset.done"), "intact")
            self.assertEqual(self.browser.value("document.documentElement.lang + document.documentElement.dir"), language + ("rtl" if language == "ar" else "ltr"))
            self.assertEqual(self.browser.value("document.querySelector('#findings tr').lastChild.textContent"), word)
            self.assertNotIn("undefined", self.browser.value("document.body.innerText"))
        keys = self.browser.value("JSON.stringify(Object.values(words).map(w => Object.keys(w).sort().join()))")
        self.assertEqual(len(set(eval(keys))), 1, "a word is missing in a language")

    def test_one_bit_in_each_file(self):
        bag = self.made("partner")
        for path in sorted(p for p in bag.rglob("*") if p.is_file()):
            good = path.read_bytes()
            at = len(good) // 2
            path.write_bytes(good[:at] + bytes([good[at] ^ 1]) + good[at + 1:])
            verdict, said = self.judge(bag)
            self.assertEqual(verdict, "broken", f"{path.name}\n{said}")
            self.assertNotIn("\tproved", said)
            path.write_bytes(good)
        self.assertEqual(self.judge(bag)[0], "intact")

    def test_forgeries_under_good_signatures(self):
        for disclosure, changes in (("full", (("data/custody.jsonl", lambda l: l[:1] + l[2:], "broken at line 2"), ("data/custody.jsonl", lambda l: l[:-1], "does not end at the signed head"),
                                              ("data/tables/findings.jsonl", lambda l: [l[1], l[0], *l[2:]], "differ: findings"), ("data/tables/contacts.jsonl", lambda l: l[1:], "differ: contacts"),
                                              ("data/proofs/items.jsonl", lambda l: [re.sub(r'"index":\d+', '"index":0', l[1]), *l[1:]], "differ: items"),
                                              ("data/seal.json", lambda l: [l[0].replace('"rows":1,', '"rows":2,')], "not the one that the custody log names"))),
                                    ("partner", (("data/tables/findings.jsonl", lambda l: [l[0].replace('"band":"high"', '"band":"none"'), *l[1:]], "differ: findings"),
                                                 ("data/tables/contacts.jsonl", lambda l: [l[0].replace('{"', '{"added":1,"', 1), *l[1:]], "differ: contacts"),
                                                 ("data/openings/findings.jsonl", lambda l: [re.sub(r'"s":"..', '"s":"00', l[0], count=1), *l[1:]], "differ: findings"),
                                                 ("data/tables/items.jsonl", lambda l: l[1:], "differ: items"), ("data/disclosure.json", lambda l: [re.sub(r'"root":"..', '"root":"00', l[0], count=1)], "not the one that the custody log names")))):
            good = self.made(disclosure, disclosure, sign=("labec.key", "ed.key"), certificate="labec.pem")
            for name, change, reason in changes:
                bag = self.folder / "forged"
                shutil.copytree(good, bag)
                lines = (bag / name).read_text().splitlines(keepends=True)
                self.assertNotEqual(lines, change(lines))
                (bag / name).write_text("".join(change(lines)))
                self.manifests(bag)
                self.sign(bag)
                verdict, said = self.judge(bag)
                self.assertEqual(verdict, "broken", f"{name}\n{said}")
                self.assertIn(reason, said)
                shutil.rmtree(bag)

    def test_files_added_or_missing_and_hostile_words(self):
        good = self.made("full")
        for change, reason in ((lambda b: (b / "more").write_text("x"), "more"), (lambda b: (b / "data/seal.json").unlink(), "data/seal.json"),
                               (lambda b: [(b / f"tagmanifest-sha256.txt.{s}").unlink() for s in ("p7s", "ed25519")], "does not fit")):
            bag = self.folder / "forged"
            shutil.copytree(good, bag)
            change(bag)
            verdict, said = self.judge(bag)
            self.assertEqual(verdict, "broken")
            self.assertIn(reason, said)
            shutil.rmtree(bag)
        bag = self.folder / "hostile"
        shutil.copytree(good, bag)
        name = bag / "data/tables/findings.jsonl"
        name.write_text(name.read_text().replace('"why":"', '"why":"<img src=x onerror=document.title=1><script>document.title=2</script>'))
        said = self.judge(bag)[1]
        self.assertIn("<img src=x", said)
        self.assertEqual(self.browser.value("document.title"), "Check this package")


if __name__ == "__main__":
    main()
