// ByteReader: the only place that reads integers out of hostile bytes.
//
// Failure is sticky: after the first read past the end every read gives 0 and ok() stays false, so a
// parser may read a whole header and check once.  Compare `left()`, never add to an offset.
// Tested by tests/pipeline/core/byte_reader_test.cpp.
#pragma once
#include <cstdint>
#include <string_view>

#include "pipeline/core/content.h"

namespace evtriage {

class ByteReader {
 public:
  explicit ByteReader(ByteView bytes) : bytes_(bytes) {}
  explicit ByteReader(std::string_view chars) : bytes_(as_bytes(chars)) {}

  bool ok() const { return ok_; }
  std::size_t position() const { return at_; }
  std::size_t left() const { return ok_ ? bytes_.size() - at_ : 0; }  // 0 after a failure: no loop waits for ever

  std::uint8_t u8() { return static_cast<std::uint8_t>(big_endian(1)); }
  std::uint16_t u16be() { return static_cast<std::uint16_t>(big_endian(2)); }
  std::uint32_t u32be() { return static_cast<std::uint32_t>(big_endian(4)); }
  std::uint64_t u64be() { return big_endian(8); }
  std::uint16_t u16le() { return static_cast<std::uint16_t>(little_endian(2)); }
  std::uint32_t u32le() { return static_cast<std::uint32_t>(little_endian(4)); }
  std::uint64_t u64le() { return little_endian(8); }
  // LEB128, at most 10 bytes.
  std::uint64_t varint() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const std::uint64_t byte = u8();
      value |= (byte & 0x7f) << shift;
      if ((byte & 0x80) == 0) return ok_ ? value : 0;
    }
    ok_ = false;
    return 0;
  }
  // The next n bytes, or an empty view and failure.
  std::string_view chars(std::uint64_t n) {
    if (n > left()) {
      ok_ = false;
      return {};
    }
    const auto view = as_chars(bytes_.subspan(at_, static_cast<std::size_t>(n)));
    at_ += static_cast<std::size_t>(n);
    return view;
  }
  void skip(std::uint64_t n) { (void)chars(n); }

 private:
  std::uint64_t big_endian(unsigned n) {
    std::uint64_t value = 0;
    for (const char c : chars(n)) value = value << 8 | static_cast<unsigned char>(c);
    return value;
  }
  std::uint64_t little_endian(unsigned n) {
    std::uint64_t value = 0;
    unsigned shift = 0;
    for (const char c : chars(n)) {
      value |= static_cast<std::uint64_t>(static_cast<unsigned char>(c)) << shift;
      shift += 8;
    }
    return value;
  }
  ByteView bytes_;
  std::size_t at_ = 0;
  bool ok_ = true;
};

}  // namespace evtriage
