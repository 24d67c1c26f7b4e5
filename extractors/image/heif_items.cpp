// The item tables of HEIF; see the header.
//
// SPDX-License-Identifier: GPL-2.0-or-later
// Tested by tests/extractors/image/heif_items_test.cpp.
#include "extractors/image/heif_items.h"

#include <algorithm>
#include <map>
#include <optional>

#include "pipeline/core/byte_reader.h"

namespace evtriage {
namespace {

constexpr std::uint64_t most_meta_bytes = 16 << 20;
constexpr std::size_t most_boxes = 10'000, most_items = 100'000, most_extents = 4096;

struct Box {
  std::string type;
  std::string_view payload;
  std::uint64_t begin = 0;  // of the payload, from the start of the text that was read
};

// The next box of `text` at `at`, which moves behind it; nullopt at the end or if its size is a lie.
std::optional<Box> next_box(std::string_view text, std::uint64_t& at) {
  if (at > text.size()) return std::nullopt;
  ByteReader in(text.substr(at));
  std::uint64_t size = in.u32be(), header = 8;
  Box box;
  box.type = in.chars(4);
  if (size == 1) {
    size = in.u64be();
    header = 16;
  }
  const std::uint64_t left = text.size() - at;
  if (size == 0) size = left;
  if (!in.ok() || size < header || size > left) return std::nullopt;
  box.begin = at + header;
  box.payload = text.substr(box.begin, size - header);
  at += size;
  return box;
}

std::uint64_t sized(ByteReader& in, unsigned bytes) {
  std::uint64_t value = 0;
  for (unsigned i = 0; i < bytes; ++i) value = value << 8 | in.u8();
  return value;
}

std::string until_nul(ByteReader& in) {
  std::string out;
  while (in.left() > 0) {
    const char c = static_cast<char>(in.u8());
    if (c == '\0') break;
    out += c;
  }
  return out;
}

using Table = std::map<std::uint32_t, HeifItem>;

void read_information(std::string_view payload, Table& items) {  // iinf
  ByteReader in(payload);
  const std::uint8_t version = in.u8();
  in.skip(3);
  if (version == 0) {
    in.u16be();
  } else {
    in.u32be();
  }
  if (!in.ok()) return;
  std::uint64_t at = in.position();
  for (auto box = next_box(payload, at); box && items.size() < most_items; box = next_box(payload, at)) {
    ByteReader entry(box->payload);
    const std::uint8_t kind = entry.u8();
    entry.skip(3);
    if (box->type != "infe" || kind < 2) continue;
    const std::uint32_t id = kind == 2 ? entry.u16be() : entry.u32be();
    entry.u16be();
    HeifItem item;
    item.type = entry.chars(4);
    until_nul(entry);
    if (item.type == "mime") item.content_type = until_nul(entry);
    if (entry.ok()) items.emplace(id, std::move(item));
  }
}

class Locations {
 public:
  Locations(ByteRange data, std::uint64_t file_size) : data_(data), file_size_(file_size) {}

  void read(std::string_view payload, Table& items) {  // iloc
    ByteReader in(payload);
    version_ = in.u8();
    in.skip(3);
    const unsigned sizes = in.u8(), more = in.u8();
    offset_ = sizes >> 4;
    length_ = sizes & 15;
    base_ = more >> 4;
    index_ = version_ == 1 || version_ == 2 ? more & 15 : 0;
    const std::uint64_t count = version_ < 2 ? in.u16be() : in.u32be();
    if (version_ > 2 || std::max({offset_, length_, base_, index_}) > 8) {
      broken = true;
      return;
    }
    for (std::uint64_t i = 0; i < count && in.ok() && !broken; ++i) one(in, items);
    broken = broken || !in.ok();
  }
  bool broken = false;

 private:
  void one(ByteReader& in, Table& items) {
    const std::uint32_t id = version_ < 2 ? in.u16be() : in.u32be();
    const unsigned method = version_ == 0 ? 0 : in.u16be() & 15u;
    const bool elsewhere = in.u16be() != 0;  // in another file
    const std::uint64_t base = sized(in, base_);
    const unsigned extents = in.u16be();
    const auto item = items.find(id);
    const ByteRange within = method == 1 ? data_ : ByteRange{0, file_size_};
    for (unsigned i = 0; i < extents && in.ok(); ++i) {
      sized(in, index_);
      const std::uint64_t offset = sized(in, offset_), length = sized(in, length_);
      if (!in.ok() || item == items.end() || elsewhere || method > 1 || total_ == most_extents) continue;
      if (base > within.size() || offset > within.size() - base || length > within.size() - base - offset) {
        broken = true;
        continue;
      }
      const std::uint64_t begin = within.begin + base + offset;
      const std::uint64_t end = length == 0 ? within.end : begin + length;
      item->second.extents.push_back({begin, end});
      ++total_;
    }
  }
  ByteRange data_;
  std::uint64_t file_size_;
  unsigned version_ = 0, offset_ = 0, length_ = 0, base_ = 0, index_ = 0;
  std::size_t total_ = 0;
};

}  // namespace

HeifItems parse_meta(std::string_view meta, std::uint64_t meta_begin, std::uint64_t file_size) {
  Table items;
  std::string_view locations;
  ByteRange data;
  std::uint64_t at = 4;  // version and flags of the meta box
  for (auto box = next_box(meta, at); box; box = next_box(meta, at)) {
    if (box->type == "iinf") read_information(box->payload, items);
    if (box->type == "iloc") locations = box->payload;
    if (box->type == "idat") data = {meta_begin + box->begin, meta_begin + box->begin + box->payload.size()};
  }
  HeifItems out;
  Locations reader(data, file_size);
  if (!locations.empty()) reader.read(locations, items);
  if (reader.broken) out.problem = "the table of item locations is damaged or leads out of the file";
  for (auto& [id, item] : items) out.items.push_back(std::move(item));
  return out;
}

HeifItems read_heif_items(const Content& content) {
  std::uint64_t at = 0;
  for (std::size_t boxes = 0; boxes < most_boxes && content.size() - at >= 8; ++boxes) {
    const auto head = content.read({at, at + std::min<std::uint64_t>(16, content.size() - at)});
    if (!head) return {{}, "a box cannot be read"};
    ByteReader in(head->view());
    std::uint64_t size = in.u32be();
    const std::string type(in.chars(4));
    const std::uint64_t header = size == 1 ? 16 : 8;
    if (size == 1) size = in.u64be();
    if (size == 0) size = content.size() - at;
    if (!in.ok() || size < header || size > content.size() - at) return {{}, "a box reaches past the end of the file"};
    if (type == "meta") {
      if (size > most_meta_bytes) return {{}, "meta box bytes=" + std::to_string(most_meta_bytes) + ": it was not read"};
      const auto meta = content.read({at + header, at + size});
      if (!meta) return {{}, "the meta box cannot be read"};
      return parse_meta(meta->chars(), at + header, content.size());
    }
    at += size;
  }
  return {};
}

}  // namespace evtriage
