// Text in any encoding, page by page: UTF-8 is passed on as a slice of the page, everything else is decoded
// once, in windows small enough that the offset map of accented text stays small too.
// Tested by tests/extractors/text_test.cpp.
#include <algorithm>

#include "extractors/builtin.h"
#include "extractors/encoding.h"
#include "pipeline/core/language.h"

namespace evtriage {
namespace {

constexpr std::uint64_t window_bytes = 1 << 20;  // decoded at a time when the encoding is not UTF-8
constexpr std::uint64_t margin_bytes = 64 << 10;

bool is_text_type(std::string_view type) {
  if (type.starts_with("text/") || type.ends_with("+xml") || type.ends_with("+json")) return true;
  constexpr std::string_view others[] = {"application/json", "application/xml", "application/javascript",
                                         "application/x-ndjson", "application/csv", "application/sql",
                                         "application/x-shellscript", "application/x-subrip", "message/rfc822",
                                         "application/mbox"};
  return std::find(std::begin(others), std::end(others), type) != std::end(others);
}

// Bytes [begin, end) of the item, taken out of a page that covers them.
struct Window {
  std::uint64_t begin = 0;
  std::string_view bytes;
  bool first = false, last = false;  // the item's own start and end
};

// Drops what belongs to characters that the window's edges cut.
Window whole_characters(Window window, std::string_view encoding) {
  const std::uint64_t unit = code_unit_bytes(encoding);
  std::size_t front = 0;
  if (window.first) {
    front = bom_length(window.bytes, encoding);
  } else if (unit > 1) {
    front = static_cast<std::size_t>((unit - window.begin % unit) % unit);
    if (unit == 2 && window.bytes.size() - front >= 2 && window.bytes.size() >= front) {
      const auto high = static_cast<unsigned char>(window.bytes[front + (encoding == "utf-16le" ? 1 : 0)]);
      if (high >= 0xdc && high <= 0xdf) front += 2;
    }
  } else if (encoding == "utf-8") {
    while (front < 3 && front < window.bytes.size() && (static_cast<unsigned char>(window.bytes[front]) & 0xc0) == 0x80) ++front;
  } else if (upper_half(encoding) == nullptr) {  // East Asian: only a line end is surely a boundary
    const std::size_t line = window.bytes.find('\n');
    if (line != window.bytes.npos && line < margin_bytes) front = line + 1;
  }
  front = std::min(front, window.bytes.size());
  window.begin += front;
  window.bytes.remove_prefix(front);
  if (!window.last && unit > 1) window.bytes.remove_suffix(window.bytes.size() % unit);
  if (!window.last && encoding == "utf-8") {
    const std::size_t size = window.bytes.size();
    std::size_t lead = size;
    while (lead > 0 && size - lead < 3 && (static_cast<unsigned char>(window.bytes[lead - 1]) & 0xc0) == 0x80) --lead;
    if (lead > 0 && static_cast<unsigned char>(window.bytes[lead - 1]) >= 0xc0 &&
        valid_utf8_prefix(window.bytes.substr(lead - 1)) == 0) {
      window.bytes.remove_suffix(size - (lead - 1));
    }
  }
  return window;
}

class Text final : public PageExtractor {
 public:
  std::string_view name() const override { return "text"; }
  std::uint32_t version() const override { return 3; }

  std::optional<std::string> plan(ByteView head, std::uint64_t item_size, const Identity& identity) const override {
    EncodingHint hint;
    hint.claimed = charset_of(identity.claimed_type);
    hint.known_text = is_text_type(identity.media_type) || identity.claimed_type.starts_with("text/");
    hint.cut = head.size() < item_size;
    return detect_encoding(as_chars(head), hint);
  }

  void extract(const Page& page, std::string_view encoding, Emit& emit) const override {
    if (encoding == "utf-8") return extract_window(page, {page.begin, page.begin + page.bytes.size()}, page.owned, encoding, emit);
    const std::uint64_t page_end = page.begin + page.bytes.size();
    for (std::uint64_t at = page.owned.begin; at < page.owned.end && !emit.stop_requested(); at += window_bytes) {
      const ByteRange owned{at, std::min(page.owned.end, at + window_bytes)};
      const ByteRange seen{std::max(page.begin, at - std::min(at, margin_bytes)), std::min(page_end, owned.end + margin_bytes)};
      extract_window(page, seen, owned, encoding, emit);
    }
  }

 private:
  static void extract_window(const Page& page, ByteRange seen, ByteRange owned, std::string_view encoding, Emit& emit) {
    Window window{seen.begin, page.bytes.chars().substr(seen.begin - page.begin, seen.size()), seen.begin == 0,
                  seen.end == page.item_size};
    window = whole_characters(window, encoding);
    if (window.bytes.empty()) return;
    const bool valid = encoding == "utf-8" && is_valid_utf8(window.bytes);
    // The plan was made of the item's start, which may have been ASCII alone: what cannot be UTF-8 is judged again.
    std::string judged;
    if (encoding == "utf-8" && !valid) {
      judged = detect_encoding(window.bytes, {{}, true, true}).value_or("utf-8");
      if (code_unit_bytes(judged) == 1) encoding = judged;
    }
    TextSegment segment;
    if (valid) {
      segment.utf8 = page.bytes.slice(window.begin - page.begin, window.bytes.size());
      segment.map = OffsetMap::identity(window.bytes.size(), window.begin);
      segment.is_whole_item = window.bytes.size() == page.item_size;
    } else {
      Decoded decoded = decode(window.bytes, encoding, window.begin);
      segment.utf8 = Blob::own(std::move(decoded.utf8));
      segment.map = std::move(decoded.map);
    }
    segment.owned = {text_offset(segment.map, owned.begin), text_offset(segment.map, owned.end)};
    if (segment.owned.begin == segment.owned.end) return;
    segment.origin = "body";
    segment.language = detect_language(segment.utf8.chars().substr(segment.owned.begin));
    emit.text(std::move(segment));
  }
};

}  // namespace

std::unique_ptr<const PageExtractor> make_text_extractor() { return std::make_unique<Text>(); }

}  // namespace evtriage
