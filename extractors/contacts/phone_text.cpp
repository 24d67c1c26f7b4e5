// Reads digit groups in every script and spacing that telephones are written in; judges nothing.
// Tested by tests/extractors/contacts/parts_test.cpp.
#include "extractors/contacts/phone_text.h"

#include "extractors/contacts/characters.h"

namespace evtriage::contacts {
namespace {

std::size_t skip_invisible(std::string_view text, std::size_t at) {
  while (const auto length = invisible_length(text, at)) at += length;
  return at;
}

// One separator: its kind in `kind`, its length in bytes as the result; 0 if none stands here.
std::size_t one_separator(std::string_view text, std::size_t at, char& kind) {
  if (const auto blank = blank_length(text, at)) {
    kind = ' ';
    return blank;
  }
  const char c = byte_at(text, at);
  if (c == '-' || c == '.' || c == '/') {
    kind = c;
    return 1;
  }
  if (!is_high(c)) return 0;
  for (const auto* dash : {"\xE2\x80\x90", "\xE2\x80\x91", "\xE2\x80\x93"}) {
    if (text.substr(at).starts_with(dash)) {
      kind = '-';
      return 3;
    }
  }
  return 0;
}

// Behind what may stand between two groups; `at` itself if the next thing is no digit.
std::size_t skip_separators(std::string_view text, std::size_t at, char& kind, bool loose) {
  std::size_t end = skip_invisible(text, at);
  unsigned signs = 0, blanks = 0;
  bool bracket = false, line = false;
  const unsigned most_blanks = loose ? 3 : 1;
  while (signs < 5) {
    char one = '\0';
    const std::size_t line_end = !loose || line ? 0 : byte_at(text, end) == '\n' ? 1 : text.substr(end, 2) == "\r\n" ? 2 : 0;
    if (line_end != 0) {
      line = true;
      end += line_end;
      kind = kind == '\0' ? ' ' : kind;
      ++signs;
      continue;
    }
    if (text.substr(end, 3) == "(0)") {
      kind = '(';
      end += 3;
      bracket = true;
    } else if (byte_at(text, end) == '(' || byte_at(text, end) == ')') {
      kind = '(';
      bracket = true;
      ++end;
    } else if (const auto length = one_separator(text, end, one)) {
      if (one == ' ' && ++blanks > most_blanks + (bracket ? 1u : 0u) && kind != '-') break;
      kind = kind == '\0' || kind == ' ' ? one : kind;
      end += length;
    } else {
      break;
    }
    ++signs;
    end = skip_invisible(text, end);
  }
  return digit_at(text, end).length != 0 ? end : at;
}

}  // namespace

WrittenNumber read_number(std::string_view text, std::size_t at, bool loose) {
  WrittenNumber number;
  char kind = '\0';
  if (digit_at(text, at).length == 0) {
    const std::size_t first = skip_separators(text, at, kind, loose);
    if (first == at) return number;
    at = first;
  }
  while (number.count < WrittenNumber::kMaxGroups) {
    DigitGroup group;
    group.begin = at;
    group.separator = number.count == 0 ? '\0' : kind;
    group.digits_before = static_cast<unsigned>(number.digits.size());
    while (const Digit digit = digit_at(text, at)) {
      if (number.digits.size() >= WrittenNumber::kMaxDigits) {
        number.too_long = true;
        break;
      }
      number.digits += static_cast<char>('0' + digit.value);
      at += digit.length;
    }
    group.end = at;
    group.digits = static_cast<unsigned>(number.digits.size()) - group.digits_before;
    if (group.digits == 0) break;
    number.groups[number.count++] = group;
    kind = '\0';
    const std::size_t next = skip_separators(text, at, kind, loose);
    if (number.too_long || next == at) break;
    at = next;
  }
  return number;
}

}  // namespace evtriage::contacts
