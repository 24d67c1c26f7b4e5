// Frames are read one by one: a log of any size costs one page of memory and sixteen bytes a frame.
// Tested by tests/extractors/phone/sqlite_log_test.cpp.
#include "extractors/phone/sqlite_log.h"

#include <algorithm>

namespace evtriage::phone {
namespace {

constexpr std::uint64_t wal_header = 32, frame_header = 24;
constexpr std::uint64_t journal_sector = 512;  // of a journal that does not say

bool is_page_size(std::uint32_t n) { return n >= 512 && n <= 65536 && (n & (n - 1)) == 0; }

// Section 4.2: sums over pairs of 32-bit words, in the byte order that the header names.
struct Checksum {
  bool big_endian = false;
  std::uint32_t a = 0, b = 0;
  void add(std::string_view bytes) {
    ByteReader in(bytes);
    while (in.left() >= 8) {
      a += (big_endian ? in.u32be() : in.u32le()) + b;
      b += (big_endian ? in.u32be() : in.u32le()) + a;
    }
  }
};

}  // namespace

std::optional<Log> read_wal(const Content& content) {
  const auto head = content.read({0, std::min(content.size(), wal_header)});
  if (!head || head->size() < wal_header) return std::nullopt;
  ByteReader in(head->view());
  const std::uint32_t magic = in.u32be();
  if (magic != 0x377f0682 && magic != 0x377f0683) return std::nullopt;
  in.skip(4);
  Log log;
  log.page_bytes = in.u32be();
  if (!is_page_size(log.page_bytes)) return std::nullopt;
  in.skip(4);
  const std::uint64_t salt = in.u64be();
  Checksum sum{magic == 0x377f0683};
  sum.add(head->chars().substr(0, 24));
  const bool header_holds = sum.a == in.u32be() && sum.b == in.u32be();
  bool chain = header_holds;
  for (std::uint64_t at = wal_header; content.size() - at >= frame_header + log.page_bytes; at += frame_header + log.page_bytes) {
    const auto bytes = content.read({at, at + frame_header + log.page_bytes});
    if (!bytes) {
      chain = false;
      continue;
    }
    ByteReader frame(bytes->view());
    const std::uint32_t page = frame.u32be();
    const std::uint32_t pages = frame.u32be();
    chain = chain && frame.u64be() == salt;
    if (chain) {
      sum.add(bytes->chars().substr(0, 8));
      sum.add(bytes->chars().substr(frame_header));
      ByteReader tail(bytes->view().subspan(16));
      chain = sum.a == tail.u32be() && sum.b == tail.u32be();
    }
    if (page == 0) continue;
    log.frames.push_back({page, at + frame_header});
    if (!chain || pages == 0) continue;
    log.committed = log.frames.size();
    log.pages = pages;
  }
  return log;
}

// Section 3: segments of records, each begun by a header that fills a sector.
std::optional<Log> read_journal(const Content& content, std::uint32_t page_bytes) {
  constexpr std::string_view magic("\xd9\xd5\x05\xf9\x20\xa1\x63\xd7", 8);
  const auto head = content.read({0, std::min<std::uint64_t>(content.size(), 28)});
  if (!head || head->size() < 28) return std::nullopt;
  const bool live = head->chars().starts_with(magic);
  const bool wiped = head->chars().find_first_not_of('\0') == std::string_view::npos;
  if (!live && !wiped) return std::nullopt;
  std::uint64_t sector = journal_sector;
  if (live) {
    ByteReader in(head->view().subspan(20));
    sector = in.u32be();
    page_bytes = in.u32be();
    if (sector < 32 || sector > 65536) sector = journal_sector;
  }
  if (!is_page_size(page_bytes)) return std::nullopt;
  Log log;
  log.page_bytes = page_bytes;
  const std::uint64_t record = std::uint64_t{page_bytes} + 8;
  for (std::uint64_t at = sector; at < content.size() && content.size() - at >= record;) {
    const auto bytes = content.read({at, at + 8});
    if (bytes && bytes->chars() == magic) {
      at += sector;
      continue;
    }
    const std::uint32_t page = bytes ? ByteReader(bytes->view()).u32be() : 0;
    if (page != 0) log.frames.push_back({page, at + 4});
    at += record;
  }
  return log;
}

std::unordered_map<std::uint32_t, std::uint64_t> committed_pages(const Log& log) {
  std::unordered_map<std::uint32_t, std::uint64_t> pages;
  for (std::size_t i = 0; i < log.committed; ++i) {
    if (log.frames[i].page <= log.pages) pages[log.frames[i].page] = log.frames[i].at;
  }
  return pages;
}

}  // namespace evtriage::phone
