// Cuts content into pages at places that depend on nothing but the bytes and the limits.
//
// The owned parts tile the item.  A cut lies after the last line end in the final margin of a page, else
// after a run of four NUL bytes there, else where the page is full; never inside a UTF-8 sequence or a
// UTF-16 or UTF-32 unit, if the plan of the page extractor says that the item is such text.
// Tested by tests/pipeline/engine/pager_test.cpp.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string_view>

#include "pipeline/core/plugin.h"
#include "pipeline/core/profile.h"
#include "pipeline/engine/read.h"

namespace evtriage {

enum class PageUnits : std::uint8_t { utf8, utf16le, utf16be, utf32le, utf32be, bytes };

// "utf-8", "UTF-16LE", "utf16-be" ... ; every other plan is cut as bytes.
PageUnits page_units(std::string_view plan);

// Where the page that begins at window[from] ends, as an index into `window`.  `window` holds the bytes
// up to `full` (> from) at least; window[0] is the item's byte `window_begin`.
std::size_t cut_page(ByteView window, std::uint64_t window_begin, std::size_t from, std::size_t full,
                     std::uint64_t margin_bytes, PageUnits units);

// Pages of bytes in memory: slices, nothing is copied.
void each_page(const Blob& bytes, const Limits& limits, PageUnits units, const std::function<void(Page)>& give);

// Pages of content that is read once, from front to end, in chunks that `on_chunk` sees while they are
// in cache.  Holds one page and its margins.
class PageReader {
 public:
  PageReader(const Content& content, const Limits& limits, PageUnits units, ReadLog& log,
             std::function<void(ByteView)> on_chunk);
  std::optional<Page> next();  // nullopt after the last page

 private:
  void fill(std::uint64_t window_begin, std::uint64_t window_end);
  const Content& content_;
  const Limits& limits_;
  PageUnits units_;
  ReadLog& log_;
  std::function<void(ByteView)> on_chunk_;
  std::uint64_t size_, begin_ = 0;       // item offset at which the next page begins
  std::shared_ptr<std::byte[]> buffer_;  // item bytes [buffer_begin_, read_)
  std::uint64_t buffer_begin_ = 0, read_ = 0;
};

}  // namespace evtriage
