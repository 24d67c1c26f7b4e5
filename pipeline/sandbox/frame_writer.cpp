// Encoding, and the few repairs that keep an honest extractor inside the grammar.
// Tested by tests/pipeline/sandbox/frames_test.cpp.
#include "pipeline/sandbox/frame_writer.h"

#include <algorithm>
#include <utility>

namespace evtriage::sandbox {
namespace {

constexpr std::size_t spool_piece = 256u << 10;
constexpr std::size_t line_search = 64u << 10;  // how far back a line end is looked for where a text is cut

// The part of `map` that belongs to the text range, as a map of its own.
OffsetMap part_of(const OffsetMap& map, ByteRange part) {
  OffsetMap out;
  const auto& runs = map.runs();
  auto run = std::upper_bound(runs.begin(), runs.end(), part.begin,
                              [](std::uint64_t at, const Run& r) { return at < r.text_begin; });
  if (run != runs.begin()) --run;
  for (; run != runs.end() && run->text_begin < part.end; ++run) {
    const std::uint64_t run_end = run + 1 == runs.end() ? map.text_size() : (run + 1)->text_begin;
    const ByteRange text{std::max(part.begin, run->text_begin), std::min(part.end, run_end)};
    const unsigned unit = run->text_unit;
    const bool whole_units = unit != 0 && (text.begin - run->text_begin) % unit == 0 && (text.size() % unit == 0 || text.end == run_end);
    const ByteRange source = text == ByteRange{run->text_begin, run_end} ? run->source : map.to_source(text);
    out.append(text.size(), source, whole_units ? run->text_unit : std::uint8_t{0}, whole_units ? run->source_unit : std::uint8_t{0});
  }
  return out;
}

std::uint64_t cut_by_runs(const OffsetMap& map, ByteRange part) {
  const auto& runs = map.runs();
  const auto first = std::upper_bound(runs.begin(), runs.end(), part.begin,
                                      [](std::uint64_t at, const Run& run) { return at < run.text_begin; });
  if (runs.end() - first < static_cast<std::ptrdiff_t>(runs_most) - 1) return part.end;
  return std::min(part.end, (first + static_cast<std::ptrdiff_t>(runs_most) - 2)->text_begin);
}

// Where the piece that starts at `begin` ends: after a line, else between characters.
std::uint64_t end_of_piece(const TextSegment& segment, std::uint64_t begin, bool& hard) {
  const std::string_view text = segment.utf8.chars();
  const std::uint64_t most = cut_by_runs(segment.map, {begin, std::min<std::uint64_t>(text.size(), begin + segment_most)});
  if (most == text.size()) return most;
  const std::size_t line = text.rfind('\n', most - 1);
  if (line != text.npos && line >= begin && most - line <= line_search) return line + 1;
  hard = true;
  return std::max<std::uint64_t>(floor_char(text, most), begin + 1);
}

// A segment that breaks its own promises, told as well as it can be: printable, led back to all it covers.
TextSegment repaired(const TextSegment& segment) {
  TextSegment out = segment;
  const ByteRange all = segment.map.to_source({0, segment.map.text_size()});
  out.utf8 = Blob::own(printable(segment.utf8.chars()));
  out.map = OffsetMap();
  out.map.append(out.utf8.size(), all, 0, 0);
  out.owned = {0, out.utf8.size()};
  out.is_whole_item = false;
  return out;
}

}  // namespace

void FrameWriter::frame(FrameKind kind, std::string_view body) {
  const std::size_t length = fields_.size() + body.size();
  char head[frame_header] = {static_cast<char>(kind)};
  for (unsigned i = 0; i < 4; ++i) head[1 + i] = static_cast<char>(length >> (8 * i) & 0xff);
  sink_.put({head, sizeof head});  // from here on nothing can throw: no frame is left half written
  sink_.put(fields_);
  sink_.put(body);
  sink_.frame_ends();
  fields_.clear();
}

void FrameWriter::field(std::string_view text) {
  if (text.size() <= field_most && is_valid_utf8(text)) return append_chars(fields_, text);
  cut_ = cut_ || text.size() > field_most;
  const std::string shown = printable(text.substr(0, floor_char(text, std::min(text.size(), field_most))));
  append_chars(fields_, std::string_view(shown).substr(0, floor_char(shown, std::min(shown.size(), field_most))));
}

void FrameWriter::list(const std::vector<std::string>& texts) {
  std::size_t count = 0, bytes = 0;
  for (; count < texts.size() && count < list_most; ++count) {
    bytes += std::min(texts[count].size(), field_most) + 16;
    if (bytes > frame_most / 4) break;
  }
  cut_ = cut_ || count < texts.size();
  append_varint(fields_, count);
  for (std::size_t i = 0; i < count; ++i) field(texts[i]);
}

void FrameWriter::range(ByteRange range) {
  const std::uint64_t end = std::min(range.end, item_size_);
  const std::uint64_t begin = std::min(range.begin, end);
  append_varint(fields_, begin);
  append_varint(fields_, end - begin);
}

void FrameWriter::text(const TextSegment& segment) {
  if (segment.map.text_size() != segment.utf8.size() || !is_valid_utf8(segment.utf8.chars())) {
    return text(repaired(segment));
  }
  bool hard = false;
  std::uint64_t begin = 0;
  do {
    const std::uint64_t end = end_of_piece(segment, begin, hard);
    piece(segment, {begin, end});
    begin = end;
  } while (begin < segment.utf8.size());
  if (!hard) return;
  issue({Code::limit, "", "cage_segment_bytes=" + std::to_string(segment_most) + ": a text without line ends was cut into segments", {}, true});
}

void FrameWriter::piece(const TextSegment& segment, ByteRange part) {
  fields_.clear();
  const bool whole = part.size() == segment.utf8.size();
  const OffsetMap cut = whole ? OffsetMap() : part_of(segment.map, part);
  const OffsetMap& map = whole ? segment.map : cut;
  field(segment.origin);
  field(segment.place);
  field(segment.language);
  const auto inside = [&](std::uint64_t at) { return std::clamp(at, part.begin, part.end) - part.begin; };
  const std::uint64_t owned_begin = inside(segment.owned.begin), owned_end = std::max(owned_begin, inside(segment.owned.end));
  append_varint(fields_, owned_begin);
  append_varint(fields_, owned_end - owned_begin);
  fields_ += static_cast<char>((segment.is_message ? 1 : 0) | (whole && segment.is_whole_item ? 2 : 0));
  append_varint(fields_, map.runs().size());
  std::uint64_t text_at = 0, source_at = 0;
  for (const Run& run : map.runs()) {
    append_varint(fields_, run.text_begin - text_at);
    append_signed(fields_, static_cast<std::int64_t>(run.source.begin - source_at));
    append_varint(fields_, run.source.size());
    fields_ += static_cast<char>(run.text_unit);
    fields_ += static_cast<char>(run.source_unit);
    text_at = run.text_begin;
    source_at = run.source.end;
  }
  frame(FrameKind::text, segment.utf8.chars().substr(part.begin, part.size()));
}

void FrameWriter::notes(const Child& child) {
  const std::size_t properties = std::min(child.properties.size(), notes_most), issues = std::min(child.issues.size(), notes_most);
  append_varint(fields_, properties);
  for (std::size_t i = 0; i < properties; ++i) {
    field(child.properties[i].name);
    field(child.properties[i].value);
  }
  append_varint(fields_, issues);
  for (std::size_t i = 0; i < issues; ++i) {
    const Issue& issue = child.issues[i];
    fields_ += static_cast<char>(issue.code);
    fields_ += static_cast<char>((issue.reproducible ? 1 : 0) | (issue.where ? 2 : 0));
    field(issue.stage);
    field(issue.detail);
    if (!issue.where) continue;
    append_varint(fields_, issue.where->begin);
    append_varint(fields_, issue.where->end - std::min(issue.where->begin, issue.where->end));
  }
}

void FrameWriter::data_runs(const std::vector<DataRun>& runs) {
  append_varint(fields_, runs.size());
  std::uint64_t at = 0;
  for (const DataRun& run : runs) {
    append_varint(fields_, run.length << 1 | (run.begin ? 0 : 1));
    if (!run.begin) continue;
    append_signed(fields_, static_cast<std::int64_t>(*run.begin - at));
    at = *run.begin + run.length;
  }
}

void FrameWriter::child(const Child& child, ChildBytes how, const ChildPlace& place) {
  fields_.clear();
  const std::optional<std::int64_t>* const times[] = {&child.created_ns, &child.modified_ns, &child.accessed_ns, &child.changed_ns};
  unsigned flags = (child.deleted ? 1u : 0) | (child.encrypted ? 2u : 0) | (child.step.offset ? 4u : 0) | (child.extent ? 8u : 0);
  for (unsigned i = 0; i < 4; ++i) flags |= *times[i] ? 16u << i : 0;
  fields_ += static_cast<char>(flags);
  fields_ += static_cast<char>(child.step.kind);
  fields_ += static_cast<char>(child.kind);
  append_varint(fields_, child.step.number);
  if (child.step.offset) append_varint(fields_, *child.step.offset);
  append_chars(fields_, std::string_view(child.step.name).substr(0, field_most));  // raw bytes, as found
  append_chars(fields_, std::string_view(child.media_type).substr(0, field_most));
  for (const auto* time : times) {
    if (*time) append_signed(fields_, **time);
  }
  if (child.extent) range(*child.extent);
  fields_ += static_cast<char>(child.is_media ? 1 : 0);
  notes(child);
  fields_ += static_cast<char>(how);
  if (how == ChildBytes::spool) fields_ += static_cast<char>(place.slot);
  if (how == ChildBytes::live) append_varint(fields_, place.size);
  if (how == ChildBytes::runs) data_runs(*place.runs);
  frame(FrameKind::child, place.bytes);
  tell_cut();
}

void FrameWriter::spool_open(unsigned slot) {
  fields_.clear();
  fields_ += static_cast<char>(slot);
  frame(FrameKind::spool_open);
}

void FrameWriter::spool_data(unsigned slot, std::string_view bytes) {
  for (; !bytes.empty(); bytes.remove_prefix(std::min(bytes.size(), spool_piece))) {
    fields_.assign(1, static_cast<char>(slot));
    frame(FrameKind::spool_data, bytes.substr(0, spool_piece));
  }
}

void FrameWriter::spool_drop(unsigned slot) {
  fields_.clear();
  fields_ += static_cast<char>(slot);
  frame(FrameKind::spool_drop);
}

void FrameWriter::property(std::string_view name, std::string_view value) {
  fields_.clear();
  field(name);
  field(value);
  frame(FrameKind::property);
  tell_cut();
}

void FrameWriter::message(const MessageRecord& message) {
  fields_.clear();
  for (const std::string* text : {&message.application, &message.conversation, &message.sender, &message.direction, &message.body}) field(*text);
  fields_ += static_cast<char>((message.deleted ? 1 : 0) | (message.sent_ns ? 2 : 0));
  if (message.sent_ns) append_signed(fields_, *message.sent_ns);
  list(message.recipients);
  list(message.attachments);
  frame(FrameKind::message);
  tell_cut();
}

void FrameWriter::issue(const Issue& issue) {
  fields_.clear();
  fields_ += static_cast<char>(issue.code);
  fields_ += static_cast<char>((issue.reproducible ? 1 : 0) | (issue.where ? 2 : 0));
  field(issue.stage);
  field(issue.detail);
  if (issue.where) range(*issue.where);
  frame(FrameKind::issue);
}

void FrameWriter::tell_cut() {
  if (!std::exchange(cut_, false)) return;
  issue({Code::limit, "", "cage_field_bytes=" + std::to_string(field_most) + ": a longer value or list was cut", {}, true});
  cut_ = false;
}

void FrameWriter::encrypted() {
  fields_.clear();
  frame(FrameKind::encrypted);
}

}  // namespace evtriage::sandbox
