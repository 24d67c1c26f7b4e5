// Memory is bounded: a conversation that grows too long, or all of them together, is given on in pieces.
// Tested by tests/extractors/phone/applications_test.cpp.
#include "extractors/phone/conversations.h"

#include <algorithm>

#include "pipeline/core/text.h"
#include "pipeline/core/time.h"

namespace evtriage::phone {
namespace {

constexpr std::size_t longest_name = 80;
constexpr std::size_t most_conversations = 20'000;

// "2023-11-14 22:13:20"; no fraction: a person reads it.
std::string minute_of(const std::optional<std::int64_t>& time) {
  if (!time) return "0000-00-00 00:00:00";
  std::string text = rfc3339(*time);
  text.resize(std::min<std::size_t>(text.size(), 19));
  if (text.size() > 10) text[10] = ' ';
  return text;
}

// What stands before the colon of a line: no colon and no line end of its own.
std::string shown(std::string_view name) {
  std::string out(name.substr(0, floor_char(name, std::min(name.size(), longest_name))));
  for (char& c : out) {
    if (c == '\n' || c == '\r' || c == ':') c = ' ';
  }
  return out.empty() ? "?" : out;
}

void append(MappedText& out, const MappedText& more) {
  const auto& runs = more.map.runs();
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const std::uint64_t end = i + 1 < runs.size() ? runs[i + 1].text_begin : more.map.text_size();
    out.map.append(end - runs[i].text_begin, runs[i].source, runs[i].text_unit, runs[i].source_unit);
  }
  out.text += more.text;
}
void append_for(MappedText& out, std::string_view text, ByteRange source) {
  out.text += text;
  out.map.append(text.size(), source, 0, 0);
}

}  // namespace

void Conversations::add(const Which& which, std::string_view name, Said said) {
  Pending& pending = pending_[which];
  if (pending.name.empty()) pending.name = name;
  pending.text_bytes += said.text.text.size() + said.who.size() + 24;
  const std::size_t bytes = said.text.text.size() + said.who.size() + said.text.map.runs().size() * sizeof(Run) + sizeof(Said) + 64;
  pending.said.push_back(std::move(said));
  pending.bytes += bytes;
  bytes_ += bytes;
  if (pending.text_bytes >= segment_bytes) {
    flush(which, pending);
    pending_.erase(which);
  }
  if (bytes_ > pending_most || pending_.size() > most_conversations) finish();
}

void Conversations::finish() {
  for (auto& [which, pending] : pending_) flush(which, pending);
  pending_.clear();
}

void Conversations::flush(const Which& which, Pending& pending) {
  bytes_ -= std::min(bytes_, pending.bytes);
  std::stable_sort(pending.said.begin(), pending.said.end(), [](const Said& a, const Said& b) { return a.time_ns.value_or(INT64_MIN) < b.time_ns.value_or(INT64_MIN); });
  MappedText out;
  for (const Said& said : pending.said) {
    append_for(out, minute_of(said.time_ns) + " - " + shown(said.who) + ": ", said.header);
    append(out, said.text);
    append_for(out, "\n", said.header);
  }
  TextSegment segment = TextSegment::of(Blob::own(std::move(out.text)), std::move(out.map), which.origin);
  segment.place = "conversation " + pending.name + ", " + minute_of(pending.said.front().time_ns);
  if (pending.said.size() > 1) segment.place += " to " + minute_of(pending.said.back().time_ns);
  if (!which.remark.empty()) segment.place += ", " + which.remark;
  emit_.text(std::move(segment));
}

}  // namespace evtriage::phone
