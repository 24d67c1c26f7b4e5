// See shared_strings.h.
// Tested by tests/extractors/office/xlsx_test.cpp.
#include "extractors/office/shared_strings.h"

namespace evtriage {
namespace {

constexpr std::size_t most_unshown_bytes = 1u << 20;

}  // namespace

bool SharedStrings::add(std::string_view text) {
  is_cut_ = is_cut_ || ends_.size() == limits_.strings || text.size() > limits_.bytes - text_.size();
  if (is_cut_) return false;
  text_ += text;
  ends_.push_back(static_cast<std::uint32_t>(text_.size()));
  return true;
}

// <si><t>...</t></si> or <si><r><t>...</t></r> ...</si>; <rPh> holds how to pronounce it.
void SharedStrings::read(Part& part) {
  XmlReader& xml = part.xml;
  std::string one;
  bool in_text = false;
  for (auto event = xml.next(); event != XmlReader::Event::finish && !is_cut_; event = xml.next()) {
    if (event == XmlReader::Event::text) {
      if (in_text && one.size() <= limits_.bytes) one += xml.text();
      continue;
    }
    in_text = event == XmlReader::Event::start && xml.tag() == "t"_tag;
    if (event == XmlReader::Event::start && xml.tag() == "rPh"_tag) xml.skip();
    if (event == XmlReader::Event::end && xml.tag() == "si"_tag) {
      add(one);
      one.clear();
    }
  }
  shown_.resize(ends_.size());
}

std::string_view SharedStrings::at(std::size_t index) const {
  const std::size_t begin = index == 0 ? 0 : ends_[index - 1];
  return std::string_view(text_).substr(begin, ends_[index] - begin);
}

std::optional<std::string_view> SharedStrings::show(std::uint64_t index) {
  if (index >= ends_.size()) return std::nullopt;
  if (shown_.size() < ends_.size()) shown_.resize(ends_.size());
  const std::string_view text = at(index);
  is_spent_ = is_spent_ || text.size() > limits_.shown_bytes - shown_bytes_;
  if (is_spent_ && shown_[index]) return std::string_view();
  shown_[index] = true;
  if (!is_spent_) shown_bytes_ += text.size();
  return text;
}

std::string SharedStrings::limit() const {
  return "shared_string_bytes=" + std::to_string(limits_.bytes) + ", shared_strings=" + std::to_string(limits_.strings) + ": further shared strings were not read";
}

std::string SharedStrings::spent() const {
  return "shown_string_bytes=" + std::to_string(limits_.shown_bytes) + ": shared strings that further cells repeat were not written again";
}

std::string SharedStrings::unshown() const {
  std::string out;
  for (std::size_t i = 0; i < ends_.size() && out.size() < most_unshown_bytes; ++i) {
    if (i < shown_.size() && shown_[i]) continue;
    out.append(at(i)).append("\n");
  }
  return out;
}

}  // namespace evtriage
