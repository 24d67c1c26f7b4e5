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

// "2023-11-14 22:13:20"; no fraction: a person reads it.  Messages of one day share their date.
class Minutes {
 public:
  std::string_view of(const std::optional<std::int64_t>& time) {
    constexpr std::int64_t second = 1'000'000'000, day_seconds = 86'400;
    if (!time) return "0000-00-00 00:00:00";
    const std::int64_t seconds = *time / second - (*time % second < 0 ? 1 : 0);
    const std::int64_t day = seconds / day_seconds - (seconds % day_seconds < 0 ? 1 : 0);
    if (day != day_ || text_.empty()) {
      text_ = rfc3339(*time).substr(0, 10) + " 00:00:00";
      day_ = day;
    }
    const std::int64_t rest = seconds - day * day_seconds;
    const std::int64_t parts[] = {rest / 3600, rest / 60 % 60, rest % 60};
    for (std::size_t i = 0; i < 3; ++i) {
      text_[11 + 3 * i] = static_cast<char>('0' + parts[i] / 10);
      text_[12 + 3 * i] = static_cast<char>('0' + parts[i] % 10);
    }
    return text_;
  }

 private:
  std::string text_;
  std::int64_t day_ = 0;
};

// What stands before the colon of a line: no colon and no line end of its own.
std::string shown(std::string_view name) {
  std::string out(name.substr(0, floor_char(name, std::min(name.size(), longest_name))));
  for (char& c : out) {
    if (c == '\n' || c == '\r' || c == ':') c = ' ';
  }
  return out.empty() ? "?" : out;
}

void append_for(MappedText& out, std::string_view text, ByteRange source) {
  out.text += text;
  out.map.append(text.size(), source, 0, 0);
}

}  // namespace

void Conversations::add(const Which& which, std::string_view name, Said said) {
  Pending& pending = pending_[which];
  if (pending.name.empty()) pending.name = name;
  const auto place = [&] { return static_cast<std::uint32_t>(pending.text.size()); };
  Entry entry{said.time_ns, said.header, place(), 0, 0, static_cast<std::uint32_t>(pending.runs.size()), static_cast<std::uint32_t>(said.text.map.runs().size())};
  pending.text += said.who;
  entry.words = place();
  pending.text += said.text.text;
  entry.end = place();
  pending.runs.insert(pending.runs.end(), said.text.map.runs().begin(), said.text.map.runs().end());
  pending.said.push_back(entry);
  pending.text_bytes += entry.end - entry.who + 24;
  const std::size_t bytes = entry.end - entry.who + entry.runs * sizeof(Run) + sizeof(Entry);
  pending.bytes += bytes;
  bytes_ += bytes;
  if (pending.text_bytes >= segment_bytes) {
    flush(which, pending);
    pending_.erase(which);
  }
  if (bytes_ > pending_most || pending_.size() > most_conversations) finish();
}

void Conversations::append_words(const Pending& pending, const Entry& entry, MappedText& out) {
  for (std::uint32_t i = 0; i < entry.runs; ++i) {
    const Run& run = pending.runs[entry.first_run + i];
    const std::uint64_t end = i + 1 < entry.runs ? pending.runs[entry.first_run + i + 1].text_begin : entry.end - entry.words;
    out.map.append(end - run.text_begin, run.source, run.text_unit, run.source_unit);
  }
  out.text.append(pending.text, entry.words, entry.end - entry.words);
}

void Conversations::finish() {
  for (auto& [which, pending] : pending_) flush(which, pending);
  pending_.clear();
}

void Conversations::flush(const Which& which, Pending& pending) {
  bytes_ -= std::min(bytes_, pending.bytes);
  const auto before = [](const Entry& a, const Entry& b) { return a.time_ns.value_or(INT64_MIN) < b.time_ns.value_or(INT64_MIN); };
  if (!std::is_sorted(pending.said.begin(), pending.said.end(), before)) std::stable_sort(pending.said.begin(), pending.said.end(), before);
  MappedText out;
  out.text.reserve(pending.text_bytes + pending.text_bytes / 8);
  Minutes minutes;
  std::string beginning;
  out.map.reserve(pending.runs.size() + 2 * pending.said.size());
  for (const Entry& said : pending.said) {
    beginning = minutes.of(said.time_ns);
    beginning += " - ";
    beginning += shown(std::string_view(pending.text).substr(said.who, said.words - said.who));
    beginning += ": ";
    append_for(out, beginning, said.header);
    append_words(pending, said, out);
    append_for(out, "\n", said.header);
  }
  TextSegment segment = TextSegment::of(Blob::own(std::move(out.text)), std::move(out.map), which.origin);
  segment.place = "conversation " + pending.name + ", ";
  segment.place += minutes.of(pending.said.front().time_ns);
  if (pending.said.size() > 1) segment.place.append(" to ").append(minutes.of(pending.said.back().time_ns));
  if (!which.remark.empty()) segment.place += ", " + which.remark;
  emit_.text(std::move(segment));
}

}  // namespace evtriage::phone
