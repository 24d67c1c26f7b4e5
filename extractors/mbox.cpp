// mbox (RFC 4155) and its dialects, MMDF: messages one after the other, each begun by a line of its own.
//
// "From " counts only where a header-shaped line follows, because old mailboxes hold bare "From " lines in bodies.
// A Content-Length (mboxcl) is believed only if a separator stands where it ends, and never so far that it could hide
// a separator with a date.  Windows of one MiB, so that a mailbox of any size needs bounded memory; a message is a
// range of the mailbox, so every offset inside it leads back.  ">From " stays as it was written, and is counted.
// Tested by tests/extractors/mbox_test.cpp, python3's mailbox package as judge.
#include <algorithm>

#include "extractors/builtin.h"
#include "extractors/mail_parts.h"
#include "extractors/mime.h"
#include "pipeline/core/range_content.h"

namespace evtriage {
namespace {

constexpr std::uint64_t window_bytes = 1 << 20;
constexpr std::uint64_t look_ahead = 64 << 10;  // a separator and the header fields after it
constexpr std::string_view mmdf_mark = "\x01\x01\x01\x01\n";

std::string_view line_of(std::string_view text) { return text.substr(0, text.find('\n')); }

// If a separator begins at the start of `text`: its length with the line end, else 0.
std::size_t separator_length(std::string_view text) {
  if (!text.starts_with("From ") || text.starts_with("From :")) return 0;
  const std::size_t end = text.find('\n');
  if (end == text.npos) return 0;
  std::string_view next = text.substr(end + 1);
  if (next.starts_with(">From ")) next.remove_prefix(std::min(next.size(), next.find('\n') + 1));
  return is_header_line(line_of(next)) ? end + 1 : 0;
}

// RFC 4155: the line ends in a date, so it holds a time of day and a year.
bool has_date(std::string_view line) {
  const auto digit = [&](std::size_t at) { return at < line.size() && line[at] >= '0' && line[at] <= '9'; };
  bool time = false, year = false;
  for (std::size_t at = 0; at < line.size(); ++at) {
    time = time || (line[at] == ':' && at > 0 && digit(at - 1) && digit(at + 1) && digit(at + 2));
    const bool century = line.substr(at, 2) == "19" || line.substr(at, 2) == "20";
    year = year || (century && digit(at + 2) && digit(at + 3) && !digit(at + 4) && (at == 0 || !digit(at - 1)));
  }
  return time && year;
}

struct Fields {  // of one message, as far as a mailbox cares
  std::optional<std::uint64_t> content_length;
  std::uint64_t body = 0;  // bytes from the message's begin to its body
  bool deleted = false;
};

Fields fields_of(std::string_view message) {
  Fields out;
  std::string_view mozilla, status;
  while (!message.empty()) {
    const std::string_view line = line_of(message);
    const std::size_t taken = std::min(message.size(), line.size() + 1);
    out.body += taken;
    message.remove_prefix(taken);
    if (line.empty() || line == "\r") break;
    const std::size_t colon = std::min(line.find(':'), line.size());
    std::string_view value = line.substr(std::min(colon + 1, line.size()));
    value.remove_prefix(std::min(value.find_first_not_of(" \t"), value.size()));
    value = value.substr(0, value.find_last_not_of(" \t\r") + 1);
    const std::string_view name = line.substr(0, colon);
    if (equals_ignoring_case(name, "x-mozilla-status")) mozilla = value;
    if (equals_ignoring_case(name, "x-status")) status = value;
    if (!equals_ignoring_case(name, "content-length") || value.empty() || value.size() > 15) continue;
    std::uint64_t length = 0;
    for (const char c : value) length = c >= '0' && c <= '9' ? length * 10 + static_cast<std::uint64_t>(c - '0') : 1'000'000'000'000'000;
    out.content_length = length;
  }
  out.deleted = marks_deletion(mozilla, status);
  return out;
}

class Mailbox {
 public:
  Mailbox(const Content& content, Emit& emit) : content_(content), emit_(emit) {}

  void run() {
    const Result<Blob> head = content_.read({0, std::min<std::uint64_t>(content_.size(), mmdf_mark.size())});
    mmdf_ = head && head->chars() == mmdf_mark;
    for (std::uint64_t at = 0; at < content_.size() && !emit_.stop_requested(); at += window_bytes) window(at);
    if (!emit_.stop_requested()) close(content_.size());
    emit_.property("messages", std::to_string(messages_));
    if (quoted_ > 0) emit_.property("mbox:quoted-from-lines", std::to_string(quoted_));
  }

 private:
  void window(std::uint64_t at) {
    const std::uint64_t end = std::min(content_.size(), at + window_bytes);
    const ByteRange seen{at == 0 ? 0 : at - 1, std::min(content_.size(), end + look_ahead)};
    const Result<Blob> bytes = content_.read(seen);
    if (!bytes) return emit_.issue({bytes.error().code, "mbox", bytes.error().detail, seen, true});
    const std::string_view text = bytes->chars();
    const auto owned = static_cast<std::size_t>(end - seen.begin);
    for (std::size_t line = text.find("\n>From "); line < owned; line = text.find("\n>From ", line + 1)) ++quoted_;
    if (at == 0) separator(text, 0, 0);
    const std::string needle = mmdf_ ? "\n\x01" : "\nFrom ";
    for (std::size_t line = text.find(needle); line != text.npos && line + 1 < owned && !emit_.stop_requested(); line = text.find(needle, line + 1)) {
      separator(text, line + 1, seen.begin);
    }
  }

  // A separator may begin at text[i].
  void separator(std::string_view text, std::size_t i, std::uint64_t base) {
    const std::string_view here = text.substr(i);
    const std::size_t length = mmdf_ ? (here.starts_with(mmdf_mark) ? mmdf_mark.size() : 0) : separator_length(here);
    if (length == 0 || (base + i < believed_until_ && !has_date(line_of(here)))) return;
    close(base + i);
    begin_ = base + i + length;
    open_ = true;
    const Fields fields = fields_of(here.substr(length, look_ahead / 2));
    deleted_ = fields.deleted;
    believed_until_ = fields.content_length ? believed(begin_ + fields.body, *fields.content_length) : 0;
  }

  // Where the body ends that a Content-Length claims, or 0 if no separator and no end of the mailbox is there.
  std::uint64_t believed(std::uint64_t body, std::uint64_t length) const {
    if (mmdf_ || body > content_.size() || length > content_.size() - body) return 0;
    const std::uint64_t end = body + length;
    const Result<Blob> bytes = content_.read({end, std::min(content_.size(), end + 4096)});
    if (!bytes) return 0;
    std::string_view rest = bytes->chars();
    const std::size_t text = std::min(rest.find_first_not_of("\r\n"), rest.size());
    rest.remove_prefix(text);
    return rest.empty() || separator_length(rest) > 0 ? end + text : 0;
  }

  void close(std::uint64_t end) {
    if (open_ && (!mmdf_ || begin_ < end)) child({begin_, end}, "message/rfc822");
    if (!open_ && end > 0) before({0, end});
    open_ = false;
  }

  // Bytes before the first separator: a mailbox that was cut, or whose first line was lost.
  void before(ByteRange range) {
    const Result<Blob> bytes = content_.read({0, std::min(range.end, look_ahead)});
    if (bytes && bytes->chars().find_first_not_of(" \t\r\n") == std::string_view::npos && range.end <= look_ahead) return;
    if (range.end < content_.size()) child(range, "");
  }

  void child(ByteRange range, std::string type) {
    Child child;
    child.step = {StepKind::record, ++number_, {}, ""};
    child.kind = ItemKind::record;
    if (!type.empty()) ++messages_;
    child.deleted = open_ && deleted_;
    child.media_type = std::move(type);
    child.extent = range;
    emit_.child(std::move(child), std::make_shared<RangeContent>(content_, range));
  }

  const Content& content_;
  Emit& emit_;
  std::uint64_t number_ = 0, messages_ = 0, quoted_ = 0;
  std::uint64_t begin_ = 0;           // of the open message
  std::uint64_t believed_until_ = 0;  // its end by Content-Length
  bool open_ = false, deleted_ = false, mmdf_ = false;
};

class Mbox final : public Extractor {
 public:
  std::string_view name() const override { return "mbox"; }
  std::uint32_t version() const override { return 2; }
  bool reads_any_size() const override { return true; }
  bool accepts(const Identity& identity) const override { return identity.media_type == "application/mbox"; }
  void extract(const Content& content, const Identity&, Emit& emit) const override { Mailbox(content, emit).run(); }
};

}  // namespace

std::unique_ptr<const Extractor> make_mbox_extractor() { return std::make_unique<Mbox>(); }

}  // namespace evtriage
