#!/usr/bin/env python3
"""Writes frequency_table.inc: how often the commonest words stand in ordinary text, per billion words.

Usage: make_frequency_table.py FILE... > frequency_table.inc
The files are plain UTF-8 texts of the languages of the packs: books, manuals, help texts.  The figures only steer
which word of a rule is looked for first; any corpus will do.
"""
import collections
import re
import sys
import unicodedata

WORDS = 1600


def folded(text):
    plain = unicodedata.normalize("NFKD", text.lower())
    return "".join(c for c in plain if not unicodedata.combining(c))


def main():
    counts = collections.Counter()
    for path in sys.argv[1:]:
        with open(path, encoding="utf-8", errors="replace") as file:
            counts.update(re.findall(r"[a-z]+", folded(file.read())))
    total = sum(counts.values())
    common = [word for word, _ in counts.most_common(WORDS)]
    print("// Made by make_frequency_table.py; sorted by word.")
    for word in sorted(common):
        print(f'{{"{word}", {counts[word] * 1_000_000_000 // total}}},')


main()
