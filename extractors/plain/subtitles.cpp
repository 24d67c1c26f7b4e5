// Subtitles: SubRip (SRT), WebVTT, SubStation Alpha (SSA, ASS), MicroDVD and SubViewer (SUB): one segment a cue with
// its start as place.  Line by line; a line that is no time, no number and no cue is text all the same.
// Marks of style are dropped, the name of a WebVTT voice or an ASS actor stands before its words.
// Tested by tests/extractors/plain/subtitles_test.cpp.
#include <algorithm>

#include "extractors/encoding.h"
#include "extractors/entities.h"
#include "extractors/plain/plain.h"
#include "extractors/plain/text_stream.h"
#include "extractors/plain/whole_text.h"

namespace evtriage {
namespace {

constexpr std::size_t line_bytes = 64u << 10;  // a longer line is cut into lines
constexpr std::size_t cue_bytes = 64u << 10;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Length of "00:01:02,000", "01:02.000" or "0:00:01.00" at the start of `text`; 0 if none stands there.
std::size_t time_length(std::string_view text) {
  std::size_t at = 0, colons = 0;
  while (at < text.size() && at < 16 && (is_digit(text[at]) || text[at] == ':' || text[at] == ',' || text[at] == '.')) {
    if (text[at] == ':') ++colons;
    if ((text[at] == ',' || text[at] == '.') && (at + 1 >= text.size() || !is_digit(text[at + 1]))) break;
    if (text[at] == ',' && at + 2 < text.size() && is_digit(text[at + 1]) && is_digit(text[at + 2]) && at + 3 < text.size() && text[at + 3] == ':') break;
    ++at;
  }
  return colons >= 1 && colons <= 2 && is_digit(text[0]) ? at : 0;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

class Reader {
 public:
  Reader(TextStream& in, Emit& emit) : in_(in), emit_(emit) {}

  void run() {
    while (!emit_.stop_requested() && in_.ensure(1)) {
      const std::size_t end = line_end();
      line(end);
      const std::string_view text = in_.ahead();
      in_.skip(end < text.size() ? end + (text.substr(end).starts_with("\r\n") ? 2 : text[end] == '\n' || text[end] == '\r' ? 1 : 0) : end);
    }
    flush();
    emit_.property("cues", std::to_string(cues_));
  }

 private:
  std::size_t line_end() {
    for (std::size_t at = 0;;) {
      const std::size_t end = std::min(in_.ahead().find_first_of("\r\n", at), in_.ahead().size());
      if (end > line_bytes) return floor_char(in_.ahead(), line_bytes);
      if (end + 1 < in_.ahead().size() || !in_.more()) return end;
      at = end;
    }
  }

  void line(std::size_t end) {
    const std::string_view text = trimmed(in_.ahead().substr(0, end));
    if (text.empty()) return flush();
    if (text.starts_with("Dialogue:") || text.starts_with("Comment:")) return dialogue(end);
    if (text.front() == '{' && frame(end)) return;
    if (const std::size_t time = time_length(text); time != 0 && cue_time(text, time)) return;
    const bool number = std::all_of(text.begin(), text.end(), is_digit);
    if (number && cue_.text.empty() && !in_cue_) return;
    add(static_cast<std::size_t>(text.data() - in_.ahead().data()), static_cast<std::size_t>(text.data() - in_.ahead().data()) + text.size(), false);
  }
  // "start --> end" of SRT and WebVTT, "start,end" of SubViewer.
  bool cue_time(std::string_view text, std::size_t time) {
    const std::string_view rest = trimmed(text.substr(time));
    const bool arrow = rest.starts_with("-->");
    if (!arrow && !(rest.starts_with(',') && time_length(rest.substr(1)) == rest.size() - 1)) return false;
    begin(std::string(text.substr(0, time)));
    return true;
  }
  void begin(std::string place) {
    flush();
    place_ = std::move(place);
    in_cue_ = true;
    ++cues_;
  }
  // MicroDVD: {begin frame}{end frame}words|words.
  bool frame(std::size_t end) {
    const std::string_view text = in_.ahead().substr(0, end);
    const std::size_t first = text.find('}');
    if (first == text.npos || first < 2 || !is_digit(text[1]) || first + 1 >= text.size() || text[first + 1] != '{') return false;
    const std::size_t second = text.find('}', first + 1);
    if (second == text.npos) return false;
    begin("frame " + std::string(text.substr(1, first - 1)));
    add(second + 1, end, true);
    flush();
    return true;
  }
  // SSA, ASS: nine fields before the words; start is the second, the actor the fifth.
  void dialogue(std::size_t end) {
    const std::string_view text = in_.ahead().substr(0, end);
    std::size_t fields[10] = {text.find(':') + 1};
    for (std::size_t i = 1; i < 10; ++i) {
      const std::size_t comma = text.find(',', fields[i - 1]);
      if (comma == text.npos) return add(0, end, true);
      fields[i] = comma + 1;
    }
    begin(std::string(trimmed(text.substr(fields[1], fields[2] - fields[1] - 1))));
    if (fields[5] - fields[4] > 1) {
      in_.copy(fields[4], fields[5] - 1, cue_);
      append_made(cue_, ": ", in_.source(fields[5], fields[5]));
    }
    add(fields[9], end, true);
    flush();
  }

  // Bytes [begin, end) of ahead() as a line of the cue, marks of style dropped.
  void add(std::size_t begin, std::size_t end, bool bars) {
    if (!cue_.text.empty() && !cue_.text.ends_with(": ")) append_made(cue_, "\n", in_.source(begin, begin));
    const std::string_view text = in_.ahead().substr(0, end);
    for (std::size_t at = begin; at < end;) {
      const std::size_t stop = std::min(text.find_first_of(bars ? "<{&\\|" : "<{&\\", at), end);
      in_.copy(at, stop, cue_);
      if (stop == end) break;
      at = stop + mark(text, stop);
    }
    if (cue_.text.size() > cue_bytes) flush();
  }
  // What stands at `at`: appends what it means and gives its length.
  std::size_t mark(std::string_view text, std::size_t at) {
    const char next = at + 1 < text.size() ? text[at + 1] : '\0';
    if (text[at] == '<' && (next == '/' || (next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z') || is_digit(next))) {
      const std::size_t close = text.substr(0, std::min(text.size(), at + 256)).find('>', at);
      if (close != text.npos) {
        const bool voice = next == 'v' && text.size() > at + 2 && (text[at + 2] == ' ' || text[at + 2] == '.');
        const std::size_t name = voice ? text.find(' ', at) + 1 : close;
        if (voice && name < close) {
          in_.copy(name, close, cue_);
          append_made(cue_, ": ", in_.source(close, close + 1));
        }
        return close + 1 - at;
      }
    }
    if (text[at] == '{' && (next == '\\' || (text.size() > at + 2 && text[at + 2] == ':'))) {
      const std::size_t close = text.substr(0, std::min(text.size(), at + 1024)).find('}', at);
      if (close != text.npos) return close + 1 - at;
    }
    const Entity entity = text[at] == '&' ? entity_at(text.substr(at)) : Entity{};
    const bool line = text[at] == '|' || (text[at] == '\\' && (next == 'N' || next == 'n'));
    if (entity.length == 0 && !line && !(text[at] == '\\' && next == 'h')) {
      in_.copy(at, at + 1, cue_);
      return 1;
    }
    std::string made;
    append_utf8(made, entity.length != 0 ? entity.code : line ? U'\n' : U' ');
    const std::size_t length = entity.length != 0 ? entity.length : text[at] == '|' ? 1 : 2;
    append_made(cue_, made, in_.source(at, at + length));
    return length;
  }

  void flush() {
    if (!cue_.text.empty()) {
      TextSegment segment = TextSegment::of(Blob::own(std::move(cue_.text)), std::move(cue_.map), "body");
      segment.place = place_;
      emit_.text(std::move(segment));
      cue_ = {};
    }
    place_.clear();
    in_cue_ = false;
  }

  TextStream& in_;
  Emit& emit_;
  std::uint64_t cues_ = 0;
  bool in_cue_ = false;
  std::string place_;
  MappedText cue_;
};

}  // namespace

void extract_subtitles(const Content& content, const Identity& identity, const ExtractOptions&, Emit& emit) {
  TextStream in(content, charset_of(identity.claimed_type), "subtitles", emit);
  if (!in.is_text()) return emit_whole_text(content, identity, "subtitles", emit);
  Reader(in, emit).run();
}

}  // namespace evtriage
