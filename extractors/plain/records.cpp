// See records.h.  Frames are reused, so that a container costs no allocation once its depth has been reached before.
// Tested by tests/extractors/plain/records_test.cpp.
#include "extractors/plain/records.h"

#include <algorithm>

namespace evtriage {
namespace {

constexpr std::size_t key_bytes = 80;  // of one key in a place

bool is_plain_key(std::string_view key) {
  return !key.empty() && !(key[0] >= '0' && key[0] <= '9') && std::all_of(key.begin(), key.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
  });
}

std::string_view shortened(std::string_view key) { return key.substr(0, floor_char(key, std::min(key.size(), key_bytes))); }

bool is_prose(std::string_view text) { return text.size() > 20 && std::count(text.begin(), text.end(), ' ') >= 5; }

}  // namespace

Records::Records(Emit& emit, Style style, std::string origin) : emit_(emit), style_(style), origin_(std::move(origin)) {}

void Records::add_label(std::string& out, std::string_view key, std::uint64_t index) const {
  if (style_ == Style::slash) {
    if (!out.empty() && out != prefix_) out += '/';
    out += key;
    if (index != no_index && index > 1) out.append("[").append(std::to_string(index)).append("]");
  } else if (index != no_index) {
    out.append("[").append(std::to_string(index)).append("]");
  } else if (is_plain_key(key)) {
    if (!out.empty() && out != prefix_) out += '.';
    out += key;
  } else if (!key.empty()) {
    out.append("['").append(key).append("']");
  }
}

std::string Records::path(std::size_t depth) const {
  std::string out = prefix_;
  if (style_ == Style::json) out += '$';
  for (std::size_t i = 0; i < depth; ++i) add_label(out, frames_[i].key, frames_[i].index);
  return out;
}

void Records::open(std::string_view key, std::uint64_t index, bool crowded) {
  if (depth_ == most_depth) {
    ++over_;
    return;
  }
  if (depth_ > 0) {
    Frame& parent = frames_[depth_ - 1];
    if (!parent.is_list && crowded) split();
    if (parent.is_list) {
      if (first_place_.empty() && !pending_.text.empty()) flush(place_of_pending());
    } else if (parent.children < many_children) {
      Unit& unit = parent.units[parent.children];
      unit.start = pending_.text.size();
      unit.index = index;
      unit.key = shortened(key);
    }
    ++parent.children;
  }
  if (frames_.size() == depth_) frames_.emplace_back();
  Frame& frame = frames_[depth_++];
  frame.key = shortened(key);
  frame.index = index;
  frame.children = 0;
  frame.start = pending_.text.size();
  frame.is_list = frame.prose = false;
}

void Records::close(bool is_record, bool begins_list) {
  if (over_ > 0) {
    --over_;
    return;
  }
  if (depth_ == 0) return;
  Frame& frame = frames_[depth_ - 1];
  Frame* const parent = depth_ > 1 ? &frames_[depth_ - 2] : nullptr;
  if (parent != nullptr && frame.prose) parent->prose = true;
  if (frame.is_list) {
    if (!pending_.text.empty()) flush(place_of_pending());
    --lists_;
    --depth_;
    return;
  }
  if (parent == nullptr) {
    flush(place_of_pending());
    --depth_;
  } else if (parent->is_list) {
    if (is_record && !first_place_.empty() && frame.start > 0) {  // small units were waiting before it
      emit_slice(0, frame.start, place_of_pending());
      emit_slice(frame.start, pending_.text.size(), path(depth_));
      start_anew();
    } else if (is_record) {
      flush(place_of_pending());
    } else if (!pending_.text.empty()) {
      last_place_ = path(depth_);
      if (first_place_.empty()) first_place_ = last_place_;
      if (pending_.text.size() >= joined_bytes) flush(place_of_pending());
    }
    --depth_;
  } else {
    --depth_;
    if (begins_list && lists_ == 0) split();
  }
}

// The innermost container turns out to be a list: what was before its first unit, and each unit, become segments.
void Records::split() {
  Frame& frame = frames_[depth_ - 1];
  const std::size_t known = std::min<std::size_t>(frame.children, many_children), size = pending_.text.size();
  std::size_t begin = 0;
  std::string place = size > 0 ? path(depth_) : std::string();
  if (known > 0 && frame.units[0].start > 0) {
    std::size_t record = depth_;
    while (record > 1 && !frames_[record - 2].is_list) --record;
    emit_slice(0, frame.units[0].start, path(record));
    begin = frame.units[0].start;
  }
  for (std::size_t i = 0; i < known && size > 0; ++i) {
    const std::size_t end = i + 1 < known ? frame.units[i + 1].start : size;
    std::string label = place;
    add_label(label, frame.units[i].key, frame.units[i].index);
    emit_slice(begin, end, std::move(label));
    begin = end;
  }
  emit_slice(begin, size, std::move(place));
  start_anew();
  frame.is_list = true;
  ++lists_;
}

void Records::make_list() {
  if (depth_ == 0 || over_ > 0 || frames_[depth_ - 1].is_list) return;
  split();
}

void Records::emit_slice(std::size_t begin, std::size_t end, std::string place) {
  while (begin < end && pending_.text[begin] == '\n') ++begin;  // a separator that was made before it
  if (begin >= end) return;
  TextSegment segment = TextSegment::of(Blob::own(pending_.text.substr(begin, end - begin)),
                                        OffsetMap::compose(OffsetMap::identity(end - begin, begin), pending_.map), origin_);
  segment.place = std::move(place);
  emit_.text(std::move(segment));
}

std::string Records::place_of_pending() const {
  if (!first_place_.empty()) return first_place_ == last_place_ ? first_place_ : first_place_ + " .. " + last_place_;
  if (values_ == 1 && style_ != Style::slash && lone_depth_ == depth_) {
    std::string place = path(depth_);
    add_label(place, lone_key_, lone_index_);
    return place;
  }
  return path(depth_);
}

void Records::flush(std::string place) {
  if (!pending_.text.empty()) {
    last_text_ = pending_.text.size();
    last_runs_ = pending_.map.runs().size();
    TextSegment segment = TextSegment::of(Blob::own(std::move(pending_.text)), std::move(pending_.map), origin_);
    segment.place = std::move(place);
    emit_.text(std::move(segment));
  }
  start_anew();
}

// The next record is likely to be as large as the last one.
void Records::start_anew() {
  pending_ = {};
  pending_.text.reserve(last_text_);
  pending_.map.reserve(last_runs_);
  for (std::size_t i = 0; i < depth_; ++i) {
    frames_[i].start = 0;
    for (std::size_t k = 0; k < std::min<std::size_t>(frames_[i].children, many_children); ++k) frames_[i].units[k].start = 0;
  }
  values_ = 0;
  value_start_ = 0;
  first_place_.clear();
  last_place_.clear();
}

MappedText& Records::begin_value(std::string_view key, std::uint64_t index) {
  if (values_++ == 0) {
    lone_key_ = shortened(key);
    lone_index_ = index;
    lone_depth_ = depth_;
  }
  value_start_ = pending_.text.size();
  return pending_;
}

void Records::end_value() {
  const std::string_view value = std::string_view(pending_.text).substr(std::min(value_start_, pending_.text.size()));
  if (depth_ > 0 && !frames_[depth_ - 1].prose && is_prose(value)) frames_[depth_ - 1].prose = true;
  if (pending_.text.size() >= segment_bytes) flush(place_of_pending());
}

void Records::cut() { flush(place_of_pending()); }

void Records::finish() {
  if (!pending_.text.empty()) flush(place_of_pending());
}

}  // namespace evtriage
