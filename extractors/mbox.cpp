// mbox (RFC 4155 and its dialects): messages one after the other, each begun by a line "From ...".
//
// The separator counts only where a header-shaped line follows, because old mailboxes hold bare "From " lines
// in bodies.  Windows of one MiB, so that a mailbox of any size needs bounded memory; a message is a range of
// the mailbox, so every offset inside it leads back.  ">From " stays as it was written.
// Tested by tests/extractors/mbox_test.cpp.
#include <algorithm>

#include "extractors/builtin.h"

namespace evtriage {
namespace {

constexpr std::uint64_t window_bytes = 1 << 20;
constexpr std::uint64_t look_ahead = 4096;  // enough for a separator and the line after it

class Range final : public Content {  // part of another content, which outlives it
 public:
  Range(const Content& whole, ByteRange range) : whole_(whole), range_(range) {}
  std::uint64_t size() const override { return range_.size(); }
  Result<Blob> read(ByteRange wanted) const override {
    if (wanted.begin > wanted.end || wanted.end > range_.size()) return Error{Code::truncated, "read past the end"};
    return whole_.read({range_.begin + wanted.begin, range_.begin + wanted.end});
  }

 private:
  const Content& whole_;
  ByteRange range_;
};

bool is_header_line(std::string_view line) {
  const std::size_t colon = line.find(':');
  if (colon == line.npos || colon == 0 || colon > 76) return false;
  return std::all_of(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(colon), [](char c) { return c > 0x20 && c < 0x7f; });
}

// If a separator begins at the start of `text`: its length with the line end, else 0.
std::size_t separator_length(std::string_view text) {
  if (!text.starts_with("From ")) return 0;
  const std::size_t end = text.find('\n');
  if (end == text.npos) return 0;
  std::string_view next = text.substr(end + 1, look_ahead);
  if (next.starts_with(">From ")) next.remove_prefix(std::min(next.size(), next.find('\n') + 1));
  return is_header_line(next.substr(0, next.find('\n'))) ? end + 1 : 0;
}

class Mbox final : public Extractor {
 public:
  std::string_view name() const override { return "mbox"; }
  std::uint32_t version() const override { return 1; }
  bool accepts(const Identity& identity) const override { return identity.media_type == "application/mbox"; }

  void extract(const Content& content, const Identity&, Emit& emit) const override {
    std::uint64_t message = 0, number = 0;
    bool open = false;
    const auto close = [&](std::uint64_t end) {
      if (!open) return;
      Child child;
      child.step = {StepKind::record, ++number, {}, ""};
      child.kind = ItemKind::record;
      child.media_type = "message/rfc822";
      child.extent = ByteRange{message, end};
      emit.child(std::move(child), std::make_shared<Range>(content, ByteRange{message, end}));
    };
    for (std::uint64_t at = 0; at < content.size() && !emit.stop_requested(); at += window_bytes) {
      const std::uint64_t end = std::min(content.size(), at + window_bytes);
      const ByteRange seen{at == 0 ? 0 : at - 1, std::min(content.size(), end + look_ahead)};
      const Result<Blob> bytes = content.read(seen);
      if (!bytes) {
        emit.issue({bytes.error().code, "mbox", bytes.error().detail, seen, true});
        continue;
      }
      const std::string_view text = bytes->chars();
      for (std::size_t i = at == 0 ? 0 : 1; i < end - seen.begin; ++i) {
        if (i != 0 || at != 0) {  // the next line start
          const std::size_t line = text.find("\nFrom ", i - 1);
          if (line == text.npos || line + 1 >= end - seen.begin) break;
          i = line + 1;
        }
        const std::size_t length = separator_length(text.substr(i));
        if (length == 0) continue;
        close(seen.begin + i);
        open = true;
        message = seen.begin + i + length;
        i += length - 1;
      }
    }
    if (!emit.stop_requested()) close(content.size());
    emit.property("messages", std::to_string(number));
  }
};

}  // namespace

std::unique_ptr<const Extractor> make_mbox_extractor() { return std::make_unique<Mbox>(); }

}  // namespace evtriage
