#!/usr/bin/env python3
"""Writes fold_table.inc: what each Unicode character becomes in folded text (see fold.h).

Usage: make_fold_table.py [FILE]      (standard output without FILE)
The definition of folding stands in fold_char(); the C++ code only looks the answers up.
Tested by tests/rules/fold_test.cpp, which regenerates the table where the Unicode version agrees.
"""
import sys
import unicodedata

# Letters without a decomposition that people also write with the plain letter.
PLAIN = {
    'ɓ': 'b', 'ɗ': 'd', 'ɖ': 'd', 'ŋ': 'n', 'ɲ': 'n', 'ɛ': 'e', 'ǝ': 'e', 'ə': 'e', 'ɔ': 'o', 'ƙ': 'k', 'ƴ': 'y',
    'ƒ': 'f', 'ɣ': 'g', 'ɠ': 'g', 'ɩ': 'i', 'ɨ': 'i', 'ı': 'i', 'ʋ': 'v', 'ɯ': 'u', 'ʊ': 'u', 'ƭ': 't', 'ƥ': 'p',
    'æ': 'ae', 'œ': 'oe', 'ø': 'o', 'ł': 'l', 'đ': 'd', 'ð': 'd', 'þ': 'th', 'ħ': 'h', 'ŧ': 't', 'ƶ': 'z',
}
ARABIC = {  # one letter for the forms that writers mix
    'ٱ': 'ا', 'ى': 'ي', 'ة': 'ه', 'ک': 'ك', 'ی': 'ي', 'ہ': 'ه', 'ھ': 'ه', 'ە': 'ه', 'ۃ': 'ه', 'ے': 'ي',
}
CURRENCY = {'€': 'eur', '£': 'gbp', '₦': 'ngn', '₵': 'ghs', '₣': 'f', '$': '$'}
ENDERS = {'.': '.', '!': '!', '?': '?', ';': ';', '؟': '?', '؛': ';', '۔': '.', '。': '.', '।': '.', '\u037e': ';'}
LINE_BREAKS = '\n\u0085\u2028\u2029'
REMOVED_LETTERS = 'ـٴ'          # tatweel, high hamza
LIMIT = 0x20000                  # above it: ideographs, tags, private use (fold.cpp)
LONGEST = 7


def letter_codes():
    """Two upper-case letters for each folded letter of the two-byte scripts; Arabic first, in a grid of its own
    (A-M then N-Z), so that a code can never be found across the border of two codes."""
    first, second = 'ABCDEFGHIJKLM', 'NOPQRSTUVWXYZ'
    arabic = [a + b for a in first for b in second]
    other = [a + b for a in second for b in first + second] + [a + b for a in first for b in first]
    codes = {}
    for code in list(range(0x0600, 0x0700)) + list(range(0x0750, 0x0780)) + list(range(0x0080, 0x0600)) + \
            list(range(0x0700, 0x0750)) + list(range(0x0780, 0x0800)):
        base = base_letters(chr(code))
        for letter in base:
            if ord(letter) >= 0x80 and unicodedata.category(letter)[0] == 'L' and letter not in codes:
                grid = arabic if 0x0600 <= ord(letter) < 0x0780 and not 0x0700 <= ord(letter) < 0x0750 else other
                codes[letter] = grid.pop(0) if grid else '__'
    return codes


def base_letters(char):
    """Compatibility decomposition, case folding, plain letters; marks and format characters fall away."""
    text = unicodedata.normalize('NFKD', unicodedata.normalize('NFKD', char).casefold())
    out = []
    for c in text:
        if unicodedata.category(c) in ('Mn', 'Me', 'Cf') or c in REMOVED_LETTERS:
            continue
        out.append(ARABIC.get(c, PLAIN.get(c, c)))
    return ''.join(out)


def fold_base(c, codes):
    category = unicodedata.category(c)
    if c in ENDERS:
        return ENDERS[c]
    if c in CURRENCY:
        return CURRENCY[c]
    if c in LINE_BREAKS:
        return '\n'
    if c.isascii():
        return c if c.isalnum() else ' '
    if category == 'Nd':
        return str(unicodedata.digit(c))
    if category == 'Lm' and c in 'ʼʻʽˈ':
        return ' '
    if category[0] == 'L' or category == 'Mc':
        return codes.get(c, '_' * len(c.encode('utf-8')))
    return ' '


def fold_char(char, codes):
    if char in CURRENCY:
        return CURRENCY[char]
    if char in ENDERS:
        return ENDERS[char]
    if 0xd800 <= ord(char) <= 0xdfff:
        return ' '
    out = ''.join(fold_base(c, codes) for c in base_letters(char))
    if len(out) > LONGEST or len(out) > 2 * len(char.encode('utf-8')):
        return ' '
    return out


def main():
    codes = letter_codes()
    entries, index, pages, page_index, stage1 = [], {}, [], {}, []
    for page in range(LIMIT // 256):
        row = []
        for low in range(256):
            out = fold_char(chr(page * 256 + low), codes)
            if out not in index:
                index[out] = len(entries)
                entries.append(out)
            row.append(index[out])
        row = tuple(row)
        if row not in page_index:
            page_index[row] = len(pages)
            pages.append(row)
        stage1.append(page_index[row])
    lines = ['// Made by make_fold_table.py; do not edit.',
             f'constexpr char kUnicodeVersion[] = "{unicodedata.unidata_version}";',
             f'constexpr FoldEntry kFoldEntries[{len(entries)}] = {{']
    cells = []
    for e in entries:
        escaped = e.replace('\n', '\\n')
        cells.append(f'{{{len(e)}, "{escaped}"}}')
    lines += rows(cells, 8) + ['};', f'constexpr std::uint8_t kFoldPages[{len(stage1)}] = {{']
    lines += rows([str(n) for n in stage1], 32) + ['};', f'constexpr std::uint16_t kFoldRows[{len(pages)}][256] = {{']
    for page in pages:
        lines += ['{'] + rows([str(n) for n in page], 32) + ['},']
    lines.append('};')
    for name, letter in (('Alef', 'ا'), ('Lam', 'ل'), ('Waw', 'و'), ('Feh', 'ف'), ('Beh', 'ب'), ('Kaf', 'ك')):
        lines.append(f'constexpr char kArabic{name}[] = "{codes[letter]}";')
    text = '\n'.join(lines) + '\n'
    if len(sys.argv) > 1:
        with open(sys.argv[1], 'w', encoding='utf-8') as out:
            out.write(text)
    else:
        sys.stdout.write(text)


def rows(cells, width):
    return [','.join(cells[i:i + width]) + ',' for i in range(0, len(cells), width)]


if __name__ == '__main__':
    main()
