// Reading order of right-to-left lines; see the header.
//
// SPDX-License-Identifier: GPL-2.0-or-later
// Where what is seen allows two readings, a telephone number decides: "+" or a leading 0 stands first.
// Tested by tests/extractors/pdf/reading_order_test.cpp.
#include "extractors/pdf/reading_order.h"

#include <algorithm>
#include <vector>

#include "pipeline/core/text.h"

namespace evtriage {
namespace {

constexpr char32_t embed_left = 0x202a, embed_right = 0x202b, pop = 0x202c;

enum class Way { right, left, digit, neutral };  // strong right-to-left, strong left-to-right, number, the rest

Way way_of(char32_t c) {
  if ((c >= '0' && c <= '9') || (c >= 0x660 && c <= 0x669) || (c >= 0x6f0 && c <= 0x6f9)) return Way::digit;
  if ((c >= 0x590 && c <= 0x8ff) || (c >= 0xfb1d && c <= 0xfdff) || (c >= 0xfe70 && c < 0xfeff) || c == 0x200f) return Way::right;
  if (c < 0x80) return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') ? Way::left : Way::neutral;
  return c < 0xc0 || c == 0xd7 || c == 0xf7 || (c >= 0x2000 && c < 0x2070) || (c >= 0x20a0 && c < 0x2c00) || (c >= 0x3000 && c < 0x3005)
             ? Way::neutral : Way::left;
}

using Line = std::vector<char32_t>;

// What the eye sees, left to right: right-to-left embeddings reversed as wholes, left-to-right ones kept.
Line as_seen(std::string_view line) {
  Line seen, right, left;
  bool in_right = false, in_left = false;
  const auto close_left = [&] {
    right.insert(right.end(), left.rbegin(), left.rend());
    left.clear();
  };
  const auto close_right = [&] {
    close_left();
    seen.insert(seen.end(), right.rbegin(), right.rend());
    right.clear();
  };
  for (std::size_t at = 0; at < line.size();) {
    const Character c = decode_utf8(line, at);
    at += c.length;
    if (c.code == embed_right) {
      in_right = true;
    } else if (c.code == embed_left) {
      in_left = true;
    } else if (c.code == pop) {
      in_left ? close_left() : close_right();
      (in_left ? in_left : in_right) = false;
    } else {
      (in_left ? left : in_right ? right : seen).push_back(c.code);
    }
  }
  close_right();
  return seen;
}

bool is_number_joint(char32_t c) { return c == '.' || c == ',' || c == ':' || c == '/' || c == 0x66b || c == 0x66c; }

// Appends numbers and what stands between them, seen in [from, to), inside right-to-left text.
void append_numbers(const Line& seen, std::size_t from, std::size_t to, Line& out) {
  const bool plus_left = from > 0 && seen[from - 1] == '+', plus_right = to < seen.size() && seen[to] == '+';
  std::size_t last = to;
  while (last > from && way_of(seen[last - 1]) == Way::digit) --last;
  const bool zero_left = seen[from] == '0' && (last >= to || seen[last] != '0');
  if (plus_left || (zero_left && !plus_right)) {
    out.insert(out.end(), seen.begin() + static_cast<std::ptrdiff_t>(from), seen.begin() + static_cast<std::ptrdiff_t>(to));
    return;
  }
  for (std::size_t end = to; end > from;) {  // token by token from the right
    std::size_t begin = end - 1;
    const auto digit = [&](std::size_t i) { return way_of(seen[i]) == Way::digit; };
    if (digit(begin)) {
      while (begin > from && (digit(begin - 1) || (is_number_joint(seen[begin - 1]) && begin - 1 > from && digit(begin - 2)))) --begin;
    }
    out.insert(out.end(), seen.begin() + static_cast<std::ptrdiff_t>(begin), seen.begin() + static_cast<std::ptrdiff_t>(end));
    end = begin;
  }
}

// Appends the part [from, to) of a line whose direction is right to left.
void append_right(const Line& seen, std::size_t from, std::size_t to, Line& out) {
  for (std::size_t end = to; end > from;) {
    const Way last = way_of(seen[end - 1]);
    if (last == Way::right || last == Way::neutral) {
      out.push_back(seen[--end]);
      continue;
    }
    // A run against the direction ends here; it begins at the leftmost letter or digit before the next right-to-left one.
    std::size_t begin = end - 1;
    bool letters = last == Way::left;
    for (std::size_t i = begin; i > from && way_of(seen[i - 1]) != Way::right; --i) {
      const Way way = way_of(seen[i - 1]);
      if (way == Way::neutral) continue;
      begin = i - 1;
      letters = letters || way == Way::left;
    }
    if (!letters) {
      append_numbers(seen, begin, end, out);
      const bool plus_left = begin > from && seen[begin - 1] == '+';
      if (plus_left) {  // "+218 91" as it stands: the plus belongs in front
        out.insert(out.end() - static_cast<std::ptrdiff_t>(end - begin), U'+');
        --begin;
      }
    } else {
      out.insert(out.end(), seen.begin() + static_cast<std::ptrdiff_t>(begin), seen.begin() + static_cast<std::ptrdiff_t>(end));
    }
    end = begin;
  }
}

// Appends a line whose direction is left to right: its right-to-left runs are turned, from letter to letter.
void append_left(const Line& seen, Line& out) {
  for (std::size_t at = 0; at < seen.size();) {
    if (way_of(seen[at]) != Way::right) {
      out.push_back(seen[at++]);
      continue;
    }
    std::size_t end = at + 1;
    for (std::size_t i = end; i < seen.size() && way_of(seen[i]) != Way::left; ++i) {
      if (way_of(seen[i]) == Way::right) end = i + 1;
    }
    append_right(seen, at, end, out);
    at = end;
  }
}

bool is_right_to_left(const Line& seen) {
  std::size_t right = 0, left = 0;
  Way first = Way::neutral, last = Way::neutral;
  for (const char32_t c : seen) {
    const Way way = way_of(c);
    if (way != Way::right && way != Way::left) continue;
    if (first == Way::neutral) first = way;
    last = way;
    ++(way == Way::right ? right : left);
  }
  return first == last ? first == Way::right : right > left;
}

void append_line(std::string_view line, std::string& out) {
  if (line.find("\xE2\x80\xAA") == line.npos && line.find("\xE2\x80\xAB") == line.npos) {
    out += line;
    return;
  }
  const Line seen = as_seen(line);
  Line read;
  read.reserve(seen.size());
  if (is_right_to_left(seen)) {
    append_right(seen, 0, seen.size(), read);
  } else {
    append_left(seen, read);
  }
  for (const char32_t c : read) append_utf8(out, c);
}

}  // namespace

std::string in_reading_order(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    append_line(text.substr(at, end - at), out);
    if (end < text.size()) out += '\n';
    at = end + 1;
  }
  return out;
}

std::string without_soft_breaks(std::string text) {
  std::size_t to = text.find("\xC2\xAD");
  if (to == text.npos) return text;
  for (std::size_t from = to; from < text.size();) {
    const std::string_view rest = std::string_view(text).substr(from, 6);
    const std::size_t hyphens = rest.starts_with("\xC2\xAD\xE2\x80\x90\n") ? 6 : rest.starts_with("\xC2\xAD\n") ? 3 : 0;
    if (hyphens != 0) {
      from += hyphens;
    } else {
      text[to++] = text[from++];
    }
  }
  text.resize(to);
  return text;
}

}  // namespace evtriage
