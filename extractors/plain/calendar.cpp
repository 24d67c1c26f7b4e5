// iCalendar (RFC 5545): each event, task or journal entry is a segment of its own, alarms with it.
//
// Lines are "SUMMARY: ...", "DTSTART: 2024-03-12 05:30:00 (Africa/Accra)", "ATTENDEE: Ama Example <ama@...>".
// Attachments that lie inline are children.
// Tested by tests/extractors/plain/calendar_test.cpp.
#include <algorithm>

#include "extractors/encoding.h"
#include "extractors/plain/content_lines.h"
#include "extractors/plain/plain.h"
#include "extractors/plain/whole_text.h"
#include "extractors/spooled.h"
#include "extractors/transfer.h"

namespace evtriage {
namespace {

constexpr std::size_t entry_bytes = 256u << 10;  // a larger entry is cut between its lines
constexpr std::size_t place_bytes = 80;

bool is_entry(std::string_view name) { return name == "VEVENT" || name == "VTODO" || name == "VJOURNAL" || name == "VFREEBUSY"; }

bool is_machinery(std::string_view name) {
  constexpr std::string_view names[] = {"VERSION", "PRODID", "CALSCALE", "METHOD", "UID", "SEQUENCE", "TRANSP", "CLASS", "TZOFFSETFROM", "TZOFFSETTO",
                                        "TZNAME", "BEGIN", "END", "RRULE", "ACTION", "TRIGGER", "PRIORITY", "PERCENT-COMPLETE", "TZID"};
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

bool is_time(std::string_view name) {
  return name.starts_with("DT") || name == "DUE" || name == "COMPLETED" || name == "CREATED" || name == "LAST-MODIFIED" || name == "RECURRENCE-ID" || name == "EXDATE";
}

// 20240312T053000Z -> 2024-03-12 05:30:00 UTC; as it is if it is no such time.
std::string time_text(std::string_view value, const std::string& zone) {
  const auto digits = [&](std::size_t from, std::size_t n) {
    return value.size() >= from + n && std::all_of(value.begin() + static_cast<std::ptrdiff_t>(from), value.begin() + static_cast<std::ptrdiff_t>(from + n), [](char c) { return c >= '0' && c <= '9'; });
  };
  if (!digits(0, 8)) return std::string(value);
  std::string out;
  out.append(value.substr(0, 4)).append("-").append(value.substr(4, 2)).append("-").append(value.substr(6, 2));
  std::string_view rest = value.substr(8);
  if (rest.starts_with('T') && digits(9, 6)) {
    out.append(" ").append(rest.substr(1, 2)).append(":").append(rest.substr(3, 2)).append(":").append(rest.substr(5, 2));
    rest.remove_prefix(7);
  }
  if (rest.starts_with('Z')) {
    out += " UTC";
    rest.remove_prefix(1);
  }
  out += rest;
  if (!zone.empty()) out += " (" + zone + ")";
  return out;
}

class Reader {
 public:
  Reader(TextStream& in, Emit& emit) : lines_(in, "calendar", emit), emit_(emit) {}

  void run() {
    ContentLine line;
    while (!emit_.stop_requested() && lines_.next(line)) {
      if (line.name == "BEGIN" || line.name == "END") {
        component(line);
      } else {
        property(line);
      }
    }
    if (inside_) emit_.issue({Code::truncated, "calendar", "the text ends inside an entry", {}, true});
    flush();
    emit_.property("entries", std::to_string(entries_));
  }

 private:
  void component(const ContentLine& line) {
    if (line.value.text == "VTIMEZONE") zone_ = line.name == "BEGIN";
    if (!is_entry(line.value.text)) return;
    flush();
    inside_ = line.name == "BEGIN";
    if (inside_) ++entries_;
    summary_.clear();
  }

  void property(ContentLine& line) {
    if (is_machinery(line.name) || (zone_ && is_time(line.name)) || line.value.text.empty()) return;
    if (line.has_word("BASE64")) return child(line);
    if (is_time(line.name)) {
      const std::string zone = line.parameter("TZID");
      MappedText value;
      append_made(value, printable(time_text(line.value.text, zone)), line.value.map.to_source({0, line.value.text.size()}));
      return add(line, value, {});
    }
    MappedText value = std::move(line.value);
    if (line.has_word("QUOTED-PRINTABLE")) value = decode_printable(value, line.parameter("CHARSET"));
    value = unescape(value);
    if (line.name == "SUMMARY") {
      summary_ = value.text.substr(0, floor_char(value.text, std::min(value.text.size(), place_bytes)));
      std::replace(summary_.begin(), summary_.end(), '\n', ' ');
      if (entries_ == 1) emit_.property("dc:title", summary_);
    }
    if (line.name == "X-WR-CALNAME") emit_.property("calendar.name", value.text);
    add(line, value, line.parameter("CN"));
  }
  void add(const ContentLine& line, const MappedText& value, const std::string& person) {
    const ByteRange start{line.source.begin, line.source.begin};
    append_made(text_, printable(line.name) + ": ", start);
    if (!person.empty()) append_made(text_, printable(person) + " ", line.source);
    text_.text += value.text;
    append_map(text_.map, value.map);
    append_made(text_, "\n", {line.source.end, line.source.end});
    if (text_.text.size() > entry_bytes) flush();
  }
  void child(const ContentLine& line) {
    Child child;
    child.step = {StepKind::member, ++children_, {}, line.parameter("FILENAME")};
    if (child.step.name.empty()) child.step.name = line.parameter("X-FILENAME");
    child.kind = ItemKind::embedded;
    child.media_type = printable(line.parameter("FMTTYPE"));
    Transferred bytes = decode_transfer(line.value.text, Transfer::base64, 0);
    if (bytes.broken) emit_.issue({Code::corrupt, "calendar", "the base64 of an attachment is broken; what could be decoded was", line.source, true});
    emit_child_bytes(std::move(child), std::move(bytes.bytes), emit_);
  }
  void flush() {
    if (text_.text.empty()) return;
    TextSegment segment = TextSegment::of(Blob::own(std::move(text_.text)), std::move(text_.map), "body");
    segment.place = inside_ ? "entry " + std::to_string(entries_) : "calendar";
    if (inside_ && !summary_.empty()) segment.place.append(": ").append(summary_);
    emit_.text(std::move(segment));
    text_ = {};
  }

  ContentLines lines_;
  Emit& emit_;
  bool inside_ = false, zone_ = false;
  std::uint64_t entries_ = 0, children_ = 0;
  std::string summary_;
  MappedText text_;
};

}  // namespace

void extract_calendar(const Content& content, const Identity& identity, const ExtractOptions&, Emit& emit) {
  TextStream in(content, charset_of(identity.claimed_type), "calendar", emit);
  in.ensure(4096);
  std::string head(in.ahead().substr(0, 4096));
  std::transform(head.begin(), head.end(), head.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  if (head.find("BEGIN:VCALENDAR") == head.npos) return emit_whole_text(content, identity, "calendar", emit);
  Reader(in, emit).run();
}

}  // namespace evtriage
