// Finds page objects without any table; see the header.
//
// SPDX-License-Identifier: GPL-2.0-or-later
// Tested by tests/extractors/pdf/damage_test.cpp.
#include "extractors/pdf/salvage.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>

namespace evtriage {
namespace {

constexpr std::uint64_t window_bytes = 1 << 20;
constexpr std::uint64_t look_back = 4096;       // from "/Type /Page" to the head of its object
constexpr std::uint64_t look_ahead = 16;
constexpr std::size_t most_pages = 20'000;
constexpr std::uint64_t most_number = 8'000'000;  // the library's own bound of object numbers is of this size
constexpr std::string_view digits = "0123456789", blank = " \t\r\n\f";

struct Head {
  std::uint64_t number = 0, generation = 0;
};

// Takes the number that `text` ends with, and the blanks before it.
std::optional<std::uint64_t> last_number(std::string_view& text) {
  const std::size_t before = text.find_last_not_of(digits);
  const std::string_view word = before == text.npos ? text : text.substr(before + 1);
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (error != std::errc() || word.size() > 10) return std::nullopt;
  text.remove_suffix(word.size());
  const std::size_t ink = text.find_last_not_of(blank);
  text = text.substr(0, ink == text.npos ? 0 : ink + 1);
  return value;
}

// The head "12 0 obj" that stands last in `text`, if no object ends after it.
std::optional<Head> last_head(std::string_view text) {
  const std::size_t at = text.rfind(" obj");
  if (at == text.npos || text.substr(at).find("endobj") != text.npos) return std::nullopt;
  text = text.substr(0, at);
  const auto generation = last_number(text), number = last_number(text);
  if (!generation || !number || *number == 0 || *number > most_number || *generation > 65'535) return std::nullopt;
  return Head{*number, *generation};
}

bool is_page_type(std::string_view text, std::size_t at) {  // "/Page" at `at`, after "/Type", and no longer name
  const std::string_view next = text.substr(at + 5, 1);
  if (!next.empty() && ((next[0] | 0x20) >= 'a' && (next[0] | 0x20) <= 'z')) return false;
  const std::string_view before = text.substr(0, at);
  const std::size_t ink = before.find_last_not_of(blank);
  return ink != before.npos && before.substr(0, ink + 1).ends_with("/Type");
}

void find_in(std::string_view text, std::size_t from, std::size_t to, std::set<std::uint64_t>& seen, FoundPages& out) {
  const std::size_t encrypt = text.find("/Encrypt", from);
  out.is_encrypted = out.is_encrypted || encrypt < to;
  for (std::size_t at = text.find("/Page", from); at < to && out.references.size() < most_pages; at = text.find("/Page", at + 5)) {
    if (!is_page_type(text, at)) continue;
    const std::size_t back = at > look_back ? at - look_back : 0;
    const auto head = last_head(text.substr(back, at - back));
    if (!head || !seen.insert(head->number).second) continue;
    out.references.push_back(std::to_string(head->number) + " " + std::to_string(head->generation) + " R");
    out.greatest = std::max(out.greatest, head->number);
  }
}

}  // namespace

FoundPages find_pages(const Content& content) {
  FoundPages out;
  std::set<std::uint64_t> seen;
  for (std::uint64_t at = 0; at < content.size(); at += window_bytes) {
    const std::uint64_t begin = at > look_back ? at - look_back : 0, end = std::min(content.size(), at + window_bytes);
    const auto bytes = content.read({begin, std::min(content.size(), end + look_ahead)});
    if (bytes) find_in(bytes->chars(), static_cast<std::size_t>(at - begin), static_cast<std::size_t>(end - begin), seen, out);
  }
  return out;
}

std::string catalog_of(const FoundPages& pages) {
  const std::string catalog = std::to_string(pages.greatest + 1), tree = std::to_string(pages.greatest + 2);
  std::string out = "\nendstream\nendobj\n" + catalog + " 0 obj\n<< /Type /Catalog /Pages " + tree + " 0 R >>\nendobj\n" + tree +
                    " 0 obj\n<< /Type /Pages /Count " + std::to_string(pages.references.size()) + " /Kids [";
  for (const std::string& reference : pages.references) out += reference + " ";
  return out + "] >>\nendobj\ntrailer\n<< /Root " + catalog + " 0 R /Size " + std::to_string(pages.greatest + 3) + " >>\nstartxref\n0\n%%EOF\n";
}

Result<Blob> Extended::read(ByteRange range) const {
  if (range.begin > range.end || range.end > size()) return Error{Code::truncated, "read past the end"};
  const std::uint64_t edge = base_.size();
  if (range.end <= edge) return base_.read(range);
  if (range.begin >= edge) return tail_.slice(range.begin - edge, range.size());
  const auto first = base_.read({range.begin, edge});
  if (!first) return first.error();
  return Blob::own(std::string(first->chars()) + std::string(tail_.slice(0, range.end - edge).chars()));
}

}  // namespace evtriage
