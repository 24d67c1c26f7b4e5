// Decoding: read all fields, check all of them, only then call the outer Emit.
// Tested by tests/pipeline/sandbox/frames_test.cpp and tests/fuzz/fuzz_wire.cpp.
#include "pipeline/sandbox/frame_player.h"
#include "pipeline/core/range_content.h"
#include "pipeline/core/runs_content.h"
#include "pipeline/sandbox/live_content.h"

#include <algorithm>
#include <utility>

namespace evtriage::sandbox {
namespace {

constexpr std::uint64_t frame_cost = 64;  // of the smallest frame, against a flood of empty ones
constexpr std::uint64_t size_most = std::uint64_t{1} << 62;

}  // namespace

FramePlayer::Verdict FramePlayer::take(std::string_view bytes) {
  if (pending_.empty()) {
    const std::size_t used = play_whole_frames(bytes);
    pending_.assign(bytes.substr(used));
  } else {
    pending_ += bytes;
    pending_.erase(0, play_whole_frames(pending_));
  }
  if (!fault_.empty()) return Verdict::malformed;
  return spent_ > output_bytes_ ? Verdict::over_budget : Verdict::fine;
}

std::size_t FramePlayer::play_whole_frames(std::string_view bytes) {
  std::size_t used = 0;
  while (fault_.empty() && spent_ <= output_bytes_ && bytes.size() - used >= frame_header) {
    ByteReader head(bytes.substr(used, frame_header));
    const auto kind = static_cast<FrameKind>(head.u8());
    const std::size_t length = head.u32le();
    if (kind < FrameKind::text || kind > FrameKind::last) wrong("a frame of unknown kind");
    if (length > frame_most) wrong("a frame that is too long");
    if (!fault_.empty() || length > bytes.size() - used - frame_header) break;
    play({kind, bytes.substr(used + frame_header, length)});
    used += frame_header + length;
  }
  return used;
}

void FramePlayer::play(FrameView frame) {
  const bool is_bulk = frame.kind == FrameKind::spool_data || frame.kind == FrameKind::child;
  spent_ += is_bulk && !emit_.stop_requested() ? frame_cost : std::max<std::uint64_t>(frame_cost, frame.payload.size());
  if (spent_ > output_bytes_) return;
  ByteReader in(frame.payload);
  switch (frame.kind) {
    case FrameKind::text: return text(in);
    case FrameKind::child: return child(in);
    case FrameKind::spool_open: return spool_open(in);
    case FrameKind::spool_data: return spool_data(in);
    case FrameKind::spool_drop: return spool_drop(in);
    case FrameKind::property: return property(in);
    case FrameKind::message: return message(in);
    case FrameKind::issue: return issue(in);
    case FrameKind::encrypted:
      if (!ends_well(in)) return;
      return emit_.encrypted();
  }
}

bool FramePlayer::wrong(std::string_view what) {
  if (fault_.empty()) fault_ = what;
  return false;
}

bool FramePlayer::ends_well(ByteReader& in) {
  if (!in.ok()) return wrong("a frame with a broken field");
  if (in.left() != 0) return wrong("a frame with bytes left over");
  if (!fault_.empty()) return false;
  return played_ = true;
}

template <class Enum>
Enum FramePlayer::choice(ByteReader& in, Enum last) {
  const auto value = static_cast<Enum>(in.u8());
  if (value > last) wrong("a value outside its list");
  return value;
}

std::string FramePlayer::field(ByteReader& in) {
  const std::string_view text = read_chars(in);
  if (!is_valid_utf8(text)) wrong("a string that is not UTF-8");
  return std::string(text);
}

std::vector<std::string> FramePlayer::list(ByteReader& in) {
  const std::uint64_t count = in.varint();
  std::vector<std::string> out;
  if (count > list_most || count > in.left()) wrong("a list that is too long");
  for (std::uint64_t i = 0; i < count && fault_.empty() && in.ok(); ++i) out.push_back(field(in));
  return out;
}

ByteRange FramePlayer::range(ByteReader& in, std::uint64_t size) {
  const std::uint64_t begin = in.varint(), length = in.varint();
  if (begin > size || length > size - begin) {
    wrong("a range outside of what it is a range of");
    return {};
  }
  return {begin, begin + length};
}

unsigned FramePlayer::slot(ByteReader& in) {
  const unsigned slot = in.u8();
  if (slot < spool_slots) return slot;
  wrong("a spool that cannot be");
  return 0;
}

OffsetMap FramePlayer::map(ByteReader& in) {
  struct Entry {
    std::uint64_t text_begin;
    ByteRange source;
    std::uint8_t text_unit, source_unit;
  };
  std::vector<Entry> entries;
  const std::uint64_t count = in.varint();
  if (count > runs_most || count > in.left()) wrong("a map that is too long");
  std::uint64_t text_at = 0, source_at = 0;
  for (std::uint64_t i = 0; i < count && fault_.empty() && in.ok(); ++i) {
    const std::uint64_t step = in.varint();
    if ((step == 0) != (i == 0) || step > segment_most) wrong("a map that does not go forward");
    const std::uint64_t begin = source_at + static_cast<std::uint64_t>(read_signed(in)), length = in.varint();
    if (begin > item_size_ || length > item_size_ - begin) wrong("a map that leads outside the item");
    if (!fault_.empty()) break;
    text_at += step;
    source_at = begin + length;
    const std::uint8_t text_unit = in.u8(), source_unit = in.u8();
    entries.push_back({text_at, {begin, source_at}, text_unit, source_unit});
  }
  const std::uint64_t text_size = in.left();  // the text is the rest of the frame
  OffsetMap out;
  if (!fault_.empty() || !in.ok()) return out;
  if (entries.empty() ? text_size != 0 : text_at >= text_size) wrong("a map of another length than its text");
  for (std::size_t i = 0; i < entries.size() && fault_.empty(); ++i) {
    const std::uint64_t end = i + 1 < entries.size() ? entries[i + 1].text_begin : text_size;
    out.append(end - entries[i].text_begin, entries[i].source, entries[i].text_unit, entries[i].source_unit);
  }
  return out;
}

bool FramePlayer::is_item(std::string_view text) const {
  if (text.size() != item_size_) return false;
  const Result<Blob> bytes = item_.read({0, item_size_});
  return bytes && bytes->chars() == text;
}

void FramePlayer::text(ByteReader& in) {
  TextSegment segment;
  segment.origin = field(in);
  segment.place = field(in);
  segment.language = field(in);
  const std::uint64_t owned_begin = in.varint(), owned_length = in.varint();
  const unsigned flags = in.u8();
  segment.map = map(in);
  const std::string_view text = in.chars(in.left());
  if (text.size() > segment_most || !is_valid_utf8(text)) wrong("a text that is too long or not UTF-8");
  if (owned_begin > text.size() || owned_length > text.size() - owned_begin) wrong("an owned range outside its text");
  if (flags > 3 || ((flags & 2) != 0 && !is_item(text))) wrong("a text that is not what it claims to be");
  if (!ends_well(in)) return;
  segment.owned = {owned_begin, owned_begin + owned_length};
  segment.is_message = (flags & 1) != 0;
  segment.is_whole_item = (flags & 2) != 0;
  segment.utf8 = Blob::own(std::string(text));
  emit_.text(std::move(segment));
}

void FramePlayer::child(ByteReader& in) {
  Child child;
  const unsigned flags = in.u8();
  child.deleted = (flags & 1) != 0;
  child.encrypted = (flags & 2) != 0;
  child.step.kind = choice(in, StepKind::record);
  child.kind = choice(in, ItemKind::record);
  child.step.number = in.varint();
  if (child.step.kind == StepKind::exhibit) wrong("a child that is an exhibit");
  ++children_;
  if (!is_on_disk(child.step.kind) && child.step.number != children_) wrong("children out of order");
  if ((flags & 4) != 0) child.step.offset = in.varint();
  child.step.name = read_chars(in);
  child.media_type = read_chars(in);
  std::optional<std::int64_t>* const times[] = {&child.created_ns, &child.modified_ns, &child.accessed_ns, &child.changed_ns};
  for (unsigned i = 0; i < 4; ++i) {
    if ((flags & 16u << i) != 0) *times[i] = read_signed(in);
  }
  if ((flags & 8) != 0) child.extent = range(in, item_size_);
  const unsigned marks = in.u8();
  if (marks > 1) wrong("a child with unknown marks");
  child.is_media = marks == 1;
  notes(in, child);
  ContentPtr content = child_bytes(in, child);
  if (!ends_well(in)) return;
  const auto live = std::exchange(live_, nullptr);
  emit_.child(std::move(child), std::move(content));
  if (live) live->close();
}

void FramePlayer::notes(ByteReader& in, Child& child) {
  const std::uint64_t properties = in.varint();
  if (properties > notes_most) wrong("too many properties of a child");
  for (std::uint64_t i = 0; i < properties && fault_.empty() && in.ok(); ++i) {
    std::string name = field(in);
    child.properties.push_back({std::move(name), field(in)});
  }
  const std::uint64_t issues = in.varint();
  if (issues > notes_most) wrong("too many issues of a child");
  for (std::uint64_t i = 0; i < issues && fault_.empty() && in.ok(); ++i) {
    child.issues.push_back(read_issue(in, size_most));  // a range of it lies inside the child
  }
}

ContentPtr FramePlayer::data_runs(ByteReader& in) {
  std::vector<DataRun> runs;
  const std::uint64_t count = in.varint();
  if (count > data_runs_most || count > in.left()) wrong("a child of too many runs");
  std::uint64_t at = 0, total = 0;
  for (std::uint64_t i = 0; i < count && fault_.empty() && in.ok(); ++i) {
    const std::uint64_t head = in.varint();
    DataRun run{head >> 1, std::nullopt};
    if (run.length > size_most - total) wrong("a child that is too long");
    total += run.length;
    if ((head & 1) == 0) {
      const std::uint64_t begin = at + static_cast<std::uint64_t>(read_signed(in));
      if (begin > item_size_ || run.length > item_size_ - begin) wrong("a run outside the item");
      run.begin = begin;
      at = begin + run.length;
    }
    runs.push_back(run);
  }
  if (!fault_.empty() || !in.ok()) return nullptr;
  return std::make_shared<RunsContent>(item_, std::move(runs));
}

ContentPtr FramePlayer::child_bytes(ByteReader& in, const Child& child) {
  const ChildBytes how = choice(in, ChildBytes::last);
  if (!in.ok() || !fault_.empty()) return nullptr;
  if (how == ChildBytes::here) {
    if (in.left() > child_here_most) wrong("a child that should have been spooled");
    return resident(std::string(in.chars(in.left())));
  }
  if (how == ChildBytes::spool) {
    const unsigned from = slot(in);
    if (!spools_[from]) {
      wrong("a child from a spool that is not open");
      return nullptr;
    }
    refused_ &= ~(1u << from);
    return std::exchange(spools_[from], nullptr)->take();
  }
  if (how == ChildBytes::runs) return data_runs(in);
  if (how == ChildBytes::live) {
    const std::uint64_t size = in.varint();
    if (size > size_most) wrong("a child that is too long");
    return live_ = std::make_shared<const LiveContent>(door_, size);
  }
  if (how == ChildBytes::extent && !child.extent) wrong("a child without the extent that it names");
  if (how == ChildBytes::none || !child.extent) return nullptr;
  return std::make_shared<RangeContent>(item_, *child.extent);
}

void FramePlayer::spool_open(ByteReader& in) {
  const unsigned to = slot(in);
  if (spools_[to]) wrong("a spool that is open already");
  if (ends_well(in)) spools_[to] = emit_.spool();
}

void FramePlayer::spool_data(ByteReader& in) {
  const unsigned to = slot(in);
  const std::string_view bytes = in.chars(in.left());
  if (!spools_[to]) wrong("bytes for a spool that is not open");
  if (!ends_well(in)) return;
  if ((refused_ & 1u << to) != 0) {
    spent_ += bytes.size();
  } else if (!spools_[to]->append(as_bytes(bytes))) {
    refused_ |= 1u << to;
  }
}

void FramePlayer::spool_drop(ByteReader& in) {
  const unsigned from = slot(in);
  if (!spools_[from]) wrong("a spool that is not open");
  if (!ends_well(in)) return;
  spools_[from].reset();
  refused_ &= ~(1u << from);
}

void FramePlayer::property(ByteReader& in) {
  std::string name = field(in), value = field(in);
  if (ends_well(in)) emit_.property(std::move(name), std::move(value));
}

void FramePlayer::message(ByteReader& in) {
  MessageRecord record;
  for (std::string* text : {&record.application, &record.conversation, &record.sender, &record.direction, &record.body}) *text = field(in);
  const unsigned flags = in.u8();
  record.deleted = (flags & 1) != 0;
  if (flags > 3) wrong("a message with unknown marks");
  if ((flags & 2) != 0) record.sent_ns = read_signed(in);
  record.recipients = list(in);
  record.attachments = list(in);
  if (ends_well(in)) emit_.message(std::move(record));
}

Issue FramePlayer::read_issue(ByteReader& in, std::uint64_t size) {
  Issue issue;
  issue.code = choice(in, Code::internal);
  const unsigned flags = in.u8();
  issue.reproducible = (flags & 1) != 0;
  if (flags > 3) wrong("an issue with unknown marks");
  issue.stage = field(in);
  issue.detail = field(in);
  if ((flags & 2) != 0) issue.where = range(in, size);
  if (issue.stage.empty()) issue.stage = stage_;
  return issue;
}

void FramePlayer::issue(ByteReader& in) {
  Issue told = read_issue(in, item_size_);
  if (ends_well(in)) emit_.issue(std::move(told));
}

}  // namespace evtriage::sandbox
