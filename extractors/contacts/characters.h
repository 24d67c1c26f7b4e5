// Classes of bytes and characters that all families of contacts share.
//
// "Word" means: can stand inside a name in some script.  Punctuation, symbols, spaces, emoji and bidi
// marks of Unicode are no word characters, so an Arabic comma or a guillemet ends an address.
// Tested by tests/extractors/contacts/parts_test.cpp.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace evtriage::contacts {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr bool is_alnum(char c) { return is_digit(c) || is_letter(c); }
constexpr bool is_high(char c) { return (static_cast<unsigned char>(c) & 0x80) != 0; }
constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }
constexpr bool is_hex(char c) { return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'f'); }

// The byte at `at`, or 0 outside the text: a NUL is a boundary like the end.
constexpr char byte_at(std::string_view text, std::size_t at) { return at < text.size() ? text[at] : '\0'; }
constexpr char byte_before(std::string_view text, std::size_t at) { return at > 0 ? text[at - 1] : '\0'; }

bool is_word_character(char32_t code);  // for codes from U+0080

// Scripts as far as gluing matters: Latin letters mix with ASCII, others do not.
bool is_latin_character(char32_t code);

// A decimal digit: ASCII, Arabic-Indic (U+0660) or Persian (U+06F0).  length 0: there is none at `at`.
struct Digit {
  unsigned value = 0, length = 0;
  explicit operator bool() const { return length != 0; }
};
Digit digit_at(std::string_view text, std::size_t at);

// The number of bytes of one blank (space, NBSP, NNBSP, thin and figure space) or one invisible bidi mark; else 0.
std::size_t blank_length(std::string_view text, std::size_t at);
std::size_t invisible_length(std::string_view text, std::size_t at);

// A number stands directly before, one blank or tab between: a column, where a check digit proves little.
bool is_in_row(std::string_view text, std::size_t begin);

// The character that ends at `at` (at > 0): its first byte.
std::size_t previous_character(std::string_view text, std::size_t at);

// Lower case of ASCII, Latin-1, Greek and Cyrillic letters; everything else as it is.
std::string lower_host(std::string_view host);

// ASCII case does not count; `word` is lower case.
bool equals_folded(std::string_view text, std::string_view word);
bool starts_folded(std::string_view text, std::size_t at, std::string_view word);
bool ends_folded(std::string_view text, std::size_t end, std::string_view word);

}  // namespace evtriage::contacts
