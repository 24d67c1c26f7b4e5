// The cuts.  Margins are cut at character boundaries too, so that a page extractor may rely on whole
// characters wherever the item has them.
// Tested by tests/pipeline/engine/pager_test.cpp.
#include "pipeline/engine/pager.h"

#include <algorithm>
#include <cstring>

namespace evtriage {
namespace {

unsigned unit_bytes(PageUnits units) {
  switch (units) {
    case PageUnits::utf16le:
    case PageUnits::utf16be: return 2;
    case PageUnits::utf32le:
    case PageUnits::utf32be: return 4;
    default: return 1;
  }
}

unsigned byte_at(ByteView window, std::size_t at) { return std::to_integer<unsigned>(window[at]); }

// True if window[at - unit, at) is a line feed.
bool line_ends_at(ByteView window, std::size_t at, PageUnits units) {
  const unsigned unit = unit_bytes(units);
  const bool big_endian = units == PageUnits::utf16be || units == PageUnits::utf32be;
  const std::size_t mark = big_endian ? at - 1 : at - unit;
  if (byte_at(window, mark) != '\n') return false;
  for (std::size_t i = at - unit; i < at; ++i) {
    if (i != mark && byte_at(window, i) != 0) return false;
  }
  return true;
}

// The largest boundary of characters <= at; looks back at most four bytes.
std::size_t character_floor(ByteView window, std::uint64_t window_begin, std::size_t at, PageUnits units) {
  if (at == 0 || at >= window.size()) return at;
  if (units == PageUnits::utf8) {
    std::size_t start = at;
    while (start > 0 && at - start < 3 && (byte_at(window, start) & 0xc0) == 0x80) --start;
    return (byte_at(window, start) & 0xc0) == 0xc0 || start == at ? start : at;
  }
  const unsigned unit = unit_bytes(units);
  const std::size_t odd = static_cast<std::size_t>((window_begin + at) % unit);
  if (odd > at) return at;
  std::size_t aligned = at - odd;
  if (unit == 2 && aligned >= 2 && aligned + 1 < window.size()) {
    const std::size_t high = units == PageUnits::utf16le ? 1 : 0;
    const bool low_surrogate = (byte_at(window, aligned + high) & 0xfc) == 0xdc;
    const bool after_high = (byte_at(window, aligned - 2 + high) & 0xfc) == 0xd8;
    if (low_surrogate && after_high) aligned -= 2;
  }
  return aligned;
}

struct Margins {
  std::uint64_t begin, end;
};

Margins margins(std::uint64_t begin, std::uint64_t end, std::uint64_t margin, std::uint64_t size) {
  return {begin - std::min(begin, margin), end + std::min(margin, size - end)};
}

// A page out of `window`, whose first byte is item byte `window_begin`.
Page make_page(const Blob& window, std::uint64_t window_begin, ByteRange owned, const Limits& limits,
               std::uint64_t size, PageUnits units) {
  const Margins wide = margins(owned.begin, owned.end, limits.margin_bytes, size);
  const ByteView view = window.view();
  const auto tidy = [&](std::uint64_t at) {
    return window_begin +
           character_floor(view, window_begin, static_cast<std::size_t>(at - window_begin), units);
  };
  const std::uint64_t from = wide.begin == 0 ? 0 : tidy(wide.begin), to = wide.end == size ? size : tidy(wide.end);
  Page page;
  page.begin = from;
  page.owned = owned;
  page.item_size = size;
  page.bytes = window.slice(from - window_begin, std::max(to, owned.end) - from);
  return page;
}

}  // namespace

PageUnits page_units(std::string_view plan) {
  std::string word;
  for (const char c : plan) {
    if (c == '-' || c == '_') continue;
    word += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  if (word.starts_with("utf8")) return PageUnits::utf8;
  if (word.starts_with("utf16le")) return PageUnits::utf16le;
  if (word.starts_with("utf16be")) return PageUnits::utf16be;
  if (word.starts_with("utf32le")) return PageUnits::utf32le;
  if (word.starts_with("utf32be")) return PageUnits::utf32be;
  return PageUnits::bytes;
}

std::size_t cut_page(ByteView window, std::uint64_t window_begin, std::size_t from, std::size_t full,
                     std::uint64_t margin_bytes, PageUnits units) {
  const unsigned unit = unit_bytes(units);
  const std::size_t lowest = std::max(from + 1, full - static_cast<std::size_t>(std::min<std::uint64_t>(margin_bytes, full)));
  for (std::size_t at = full; at >= lowest && at >= from + unit; --at) {
    if ((window_begin + at) % unit == 0 && line_ends_at(window, at, units)) return at;
  }
  std::size_t zeros = 0;
  for (std::size_t at = full; at >= lowest && unit == 1; --at) {
    zeros = byte_at(window, at - 1) == 0 ? zeros + 1 : 0;
    if (zeros == 4) return at + 3;
  }
  const std::size_t hard = character_floor(window, window_begin, full, units);
  return hard > from ? hard : full;
}

void each_page(const Blob& bytes, const Limits& limits, PageUnits units, const std::function<void(Page)>& give) {
  const std::uint64_t wanted = std::max<std::uint64_t>(limits.page_bytes, 1);
  for (std::uint64_t begin = 0; begin < bytes.size();) {
    std::uint64_t end = bytes.size();
    if (end - begin > wanted) {
      end = cut_page(bytes.view(), 0, static_cast<std::size_t>(begin), static_cast<std::size_t>(begin + wanted),
                     limits.margin_bytes, units);
    }
    give(make_page(bytes, 0, {begin, end}, limits, bytes.size(), units));
    begin = end;
  }
}

PageReader::PageReader(const Content& content, const Limits& limits, PageUnits units, ReadLog& log,
                       std::function<void(ByteView)> on_chunk)
    : content_(content), limits_(limits), units_(units), log_(log), on_chunk_(std::move(on_chunk)),
      size_(content.size()) {}

// Makes buffer_ hold [window_begin, window_end): keeps what was read, reads the rest in order.
void PageReader::fill(std::uint64_t window_begin, std::uint64_t window_end) {
  auto next = std::make_shared_for_overwrite<std::byte[]>(static_cast<std::size_t>(window_end - window_begin));
  if (read_ > window_begin) {
    std::memcpy(next.get(), buffer_.get() + (window_begin - buffer_begin_), read_ - window_begin);
  }
  while (read_ < window_end) {
    const ByteRange chunk{read_, std::min(window_end, read_ + read_chunk_bytes)};
    std::byte* const place = next.get() + (read_ - window_begin);
    read_into(content_, chunk, place, log_);
    on_chunk_({place, static_cast<std::size_t>(chunk.size())});
    read_ = chunk.end;
  }
  buffer_ = std::move(next);
  buffer_begin_ = window_begin;
}

std::optional<Page> PageReader::next() {
  if (begin_ >= size_) return std::nullopt;
  // Four bytes more than the margin, so that the margin's own cut sees whole characters.
  const std::uint64_t wanted = std::max<std::uint64_t>(limits_.page_bytes, 1), spare = limits_.margin_bytes + 4;
  const std::uint64_t full = begin_ + std::min(wanted, size_ - begin_);
  const Margins wide = margins(begin_, full, spare, size_);
  fill(wide.begin, std::max(wide.end, read_));
  const ByteView window{buffer_.get(), static_cast<std::size_t>(read_ - buffer_begin_)};
  std::uint64_t end = full;
  if (full < size_) {
    end = buffer_begin_ + cut_page(window, buffer_begin_, static_cast<std::size_t>(begin_ - buffer_begin_),
                                   static_cast<std::size_t>(full - buffer_begin_), limits_.margin_bytes, units_);
  }
  const Page page = make_page(Blob::share(buffer_, window), buffer_begin_, {begin_, end}, limits_, size_, units_);
  begin_ = end;
  return page;
}

}  // namespace evtriage
