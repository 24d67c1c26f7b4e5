// See text_group.h.
// Tested by tests/extractors/office/package_test.cpp.
#include "extractors/office/text_group.h"

#include <algorithm>

#include "pipeline/core/text.h"

namespace evtriage {
namespace {

constexpr std::size_t segment_bytes = 64u << 10;
constexpr std::size_t most_unit_bytes = 1u << 20;  // a longer unit is cut at a blank

}  // namespace

void emit_segment(Emit& emit, std::string text, ByteRange source, std::string_view origin, std::string place) {
  if (text.find_first_not_of(" \t\r\n") == text.npos) return;
  if (!is_valid_utf8(text)) text = printable(text);
  OffsetMap map;
  map.append(text.size(), source, 0, 0);
  TextSegment segment = TextSegment::of(Blob::own(std::move(text)), std::move(map), std::string(origin));
  segment.place = is_valid_utf8(place) ? std::move(place) : printable(place);
  emit.text(std::move(segment));
}

std::string written_by(std::string_view author, std::string_view date) {
  if (author.find_first_not_of(' ') == author.npos) author = {};
  if (author.empty() && date.empty()) return {};
  return "[" + std::string(author) + (author.empty() || date.empty() ? "" : ", ") + std::string(date) + "] ";
}

void TextGroup::add(std::string_view text, std::uint64_t from) {
  if (text_.empty()) begin_ = std::min(from, part_.xml.began());
  begin_ = std::min(begin_, from);
  end_ = part_.xml.position();
  text_ += text;
  if (text_.size() < most_unit_bytes) return;
  std::size_t cut = text_.find_last_of(" \n\t");
  if (cut == text_.npos || cut < most_unit_bytes / 2) cut = floor_char(text_, text_.size() - 1);
  std::string rest = text_.substr(cut);
  text_.resize(cut);
  if (first_ == 0) first_ = last_ + 1;
  emit_now(std::move(text_), last_ + 1);
  first_ = last_ + 1;
  text_ = std::move(rest);
}

void TextGroup::end_unit(std::uint64_t number) {
  if (first_ == 0) first_ = number;
  last_ = number;
  if (text_.empty()) first_ = 0;
  else if (text_.back() != '\n') text_ += '\n';
  if (text_.size() >= segment_bytes) flush();
}

void TextGroup::flush() {
  if (!text_.empty()) emit_now(std::move(text_), last_);
  text_.clear();
  first_ = 0;
}

void TextGroup::emit_now(std::string text, std::uint64_t last) {
  std::string place = place_.unit;
  if (place_.is_counted && first_ < last) place += (place.ends_with("x") ? "es " : "s ") + std::to_string(first_) + "-" + std::to_string(last);
  if (place_.is_counted && first_ >= last && last > 0) place += " " + std::to_string(last);
  emit_segment(emit_, std::move(text), part_.source(begin_, end_), origin_, place + place_.suffix);
  begin_ = part_.xml.began();
}

}  // namespace evtriage
