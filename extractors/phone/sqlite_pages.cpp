// Page numbers are hostile: each is compared with the number of pages before it becomes an offset.
// Tested by tests/extractors/phone/sqlite_test.cpp.
#include "extractors/phone/sqlite_pages.h"

#include <algorithm>

namespace evtriage::phone {
namespace {

constexpr std::uint64_t window_bytes = 256u << 10;  // read at once where pages follow each other
constexpr std::uint32_t least_usable = 480;         // as the format demands
constexpr std::uint32_t page_numbers = 0xfffffffeu;

}  // namespace

std::optional<Shape> read_shape(ByteView head) {
  ByteReader in(head);
  if (in.chars(16) != std::string_view("SQLite format 3\0", 16)) return std::nullopt;
  Shape shape;
  const std::uint32_t size = in.u16be();
  shape.page_bytes = size == 1 ? 65536 : size;
  shape.write_ahead = in.u8() == 2;
  in.skip(1);
  const std::uint32_t reserved = in.u8();
  in.skip(11);
  shape.free_head = in.u32be();
  in.skip(20);
  const std::uint32_t encoding = in.u32be();
  if (!in.ok() || shape.page_bytes < 512 || (shape.page_bytes & (shape.page_bytes - 1)) != 0) return std::nullopt;
  if (shape.page_bytes - reserved < least_usable) return std::nullopt;
  shape.usable = shape.page_bytes - reserved;
  shape.encoding = encoding == 2 ? Encoding::utf16le : encoding == 3 ? Encoding::utf16be : Encoding::utf8;
  return shape;
}

Pages::Pages(const Content* base, Shape shape, bool base_is_item) : base_(base), shape_(shape), base_is_item_(base_is_item) {
  if (base_ == nullptr) return;
  const std::uint64_t pages = base_->size() / shape_.page_bytes + (base_->size() % shape_.page_bytes != 0 ? 1 : 0);
  count_ = static_cast<std::uint32_t>(std::min<std::uint64_t>(pages, page_numbers));
}

void Pages::lay_over(std::uint32_t number, const Content& file, std::uint64_t at, bool in_item) {
  if (number == 0 || number > page_numbers) return;
  over_[number] = {&file, at, in_item};
  count_ = std::max(count_, number);
}

Result<Page> Pages::read(std::uint32_t number) const {
  if (number == 0 || number > count_) return Error{Code::corrupt, "page " + std::to_string(number) + " lies outside of the database"};
  Page page;
  page.number = number;
  if (const auto over = over_.find(number); over != over_.end()) {
    page.at = over->second.at;
    page.in_item = over->second.in_item;
    auto bytes = over->second.file->read({page.at, page.at + shape_.page_bytes});
    if (!bytes) return bytes.error();
    page.bytes = *std::move(bytes);
    return page;
  }
  page.in_item = base_is_item_;
  page.at = std::uint64_t{number - 1} * shape_.page_bytes;
  if (base_ == nullptr || page.at >= base_->size()) return Error{Code::corrupt, "page " + std::to_string(number) + " is not there"};
  const std::uint64_t size = std::min<std::uint64_t>(shape_.page_bytes, base_->size() - page.at);
  if (page.at >= window_at_ && page.at - window_at_ + size <= window_.size()) {
    page.bytes = window_.slice(page.at - window_at_, size);
    return page;
  }
  auto bytes = base_->read({page.at, page.at + size});
  if (!bytes) return bytes.error();
  page.bytes = *std::move(bytes);
  return page;
}

void Pages::read_ahead(std::uint32_t number) {
  if (base_ == nullptr || number == 0) return;
  const std::uint64_t at = std::uint64_t{number - 1} * shape_.page_bytes;
  if (at >= base_->size() || (at >= window_at_ && at - window_at_ < window_.size())) return;
  auto bytes = base_->read({at, std::min(base_->size(), at + window_bytes)});
  window_ = bytes ? *std::move(bytes) : Blob();  // a bad sector: page by page, so that only its own pages are lost
  window_at_ = at;
}

std::optional<TreeHeader> read_tree_header(const Page& page, std::uint32_t usable) {
  const std::uint32_t begin = page.number == 1 ? header_bytes : 0;
  const std::uint64_t size = std::min<std::uint64_t>(page.bytes.size(), usable);
  if (size < begin + 12) return std::nullopt;
  ByteReader in(page.bytes.view().subspan(begin));
  TreeHeader header;
  header.kind = in.u8();
  const bool interior = header.kind == TreeHeader::index_interior || header.kind == TreeHeader::table_interior;
  if (!interior && !header.is_leaf()) return std::nullopt;
  header.first_free = in.u16be();
  header.cells = in.u16be();
  header.content_begin = in.u16be();
  if (header.content_begin == 0) header.content_begin = 65536;
  in.skip(1);
  if (interior) header.right_child = in.u32be();
  header.pointers = begin + (interior ? 12 : 8);
  if (!in.ok() || header.gap_begin() > size) return std::nullopt;
  header.is_sound = header.content_begin <= usable && header.gap_begin() <= header.content_begin;
  return header;
}

}  // namespace evtriage::phone
