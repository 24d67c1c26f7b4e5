// BIFF records and split strings; every count is checked against the bytes that exist.
// Tested by tests/extractors/ole/xls_test.cpp.
#include "extractors/ole/xls_records.h"

#include <algorithm>

#include "pipeline/core/byte_reader.h"

namespace evtriage::ole {

bool BiffReader::next(BiffRecord& record) {
  if (at_ >= stream_.size()) return false;
  ByteReader in(stream_.substr(static_cast<std::size_t>(at_)));
  record.id = in.u16le();
  record.size = in.u16le();
  record.begin = at_ + 4;
  if (!in.ok() || record.size > in.left()) {
    cut_ = in.ok() && record.id != 0;
    at_ = stream_.size();
    return false;
  }
  at_ = record.begin + record.size;
  return true;
}

unsigned BiffReader::peek() const {
  return at_ >= stream_.size() ? 0 : ByteReader(stream_.substr(static_cast<std::size_t>(at_))).u16le();
}

void StringCursor::step() {
  while (!at_end() && left() == 0) {
    ++chunk_;
    if (!at_end()) at_ = chunks_[chunk_].begin;
  }
}

unsigned StringCursor::u8() {
  step();
  if (at_end()) {
    ok_ = false;
    return 0;
  }
  return static_cast<unsigned char>(stream_[static_cast<std::size_t>(at_++)]);
}
unsigned StringCursor::u16() {
  const unsigned low = u8();
  return low | u8() << 8;
}
std::uint64_t StringCursor::u32() {
  const std::uint64_t low = u16();
  return low | std::uint64_t{u16()} << 16;
}

void StringCursor::skip(std::uint64_t bytes) {
  for (step(); bytes > 0 && !at_end(); step()) {
    const std::uint64_t n = std::min(bytes, left());
    at_ += n;
    bytes -= n;
  }
  ok_ = ok_ && bytes == 0;
}

std::vector<StringPart> StringCursor::characters(std::uint64_t count, bool wide) {
  std::vector<StringPart> parts;
  while (count > 0) {
    if (left() == 0) {
      step();
      if (at_end()) {
        ok_ = false;
        return parts;
      }
      wide = (u8() & 1) != 0;
      if (left() == 0) continue;
    }
    const std::uint64_t unit = wide ? 2 : 1;
    const std::uint64_t n = std::min(count, left() / unit);
    if (n == 0) {  // half a character at the end of a record: damaged
      at_ += left();
      ok_ = false;
      continue;
    }
    parts.push_back({at_, n * unit, wide});
    at_ += n * unit;
    count -= n;
  }
  return parts;
}

std::vector<StringPart> StringCursor::shared_string() {
  const unsigned count = u16();
  const unsigned flags = u8();
  const std::uint64_t formats = (flags & 8) != 0 ? u16() : 0;
  const std::uint64_t phonetics = (flags & 4) != 0 ? u32() : 0;
  if (!ok_) return {};
  std::vector<StringPart> parts = characters(count, (flags & 1) != 0);
  skip(formats * 4);
  skip(phonetics);
  return parts;
}

std::vector<StringPart> short_string(std::string_view stream, std::uint64_t begin, std::uint64_t end, unsigned count_bytes, bool biff8) {
  end = std::min<std::uint64_t>(end, stream.size());
  if (begin >= end) return {};
  ByteReader in(stream.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin)));
  const std::uint64_t count = count_bytes == 1 ? in.u8() : in.u16le();
  const unsigned flags = biff8 && count != 0 ? in.u8() : 0;
  if ((flags & 8) != 0) in.skip(2);
  if ((flags & 4) != 0) in.skip(4);
  if (!in.ok()) return {};
  const bool wide = (flags & 1) != 0;
  const std::uint64_t size = std::min<std::uint64_t>(count * (wide ? 2 : 1), in.left());
  if (size == 0) return {};
  return {{begin + in.position(), wide ? size & ~std::uint64_t{1} : size, wide}};
}

}  // namespace evtriage::ole
