// Base64 (RFC 4648) piece by piece, as flat OpenDocument holds its pictures; what is no digit of it is passed over.
// Tested by tests/extractors/office/odf_test.cpp.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace evtriage {

class Base64 {
 public:
  // The bytes that are whole after `digits`.
  std::string decode(std::string_view digits) {
    std::string out;
    out.reserve(digits.size() / 4 * 3 + 3);
    for (const char c : digits) {
      const int value = value_of(c);
      if (value < 0) continue;
      bits_ = bits_ << 6 | static_cast<std::uint32_t>(value);
      count_ += 6;
      if (count_ < 8) continue;
      count_ -= 8;
      out += static_cast<char>(static_cast<unsigned char>(bits_ >> count_ & 0xff));
    }
    return out;
  }

 private:
  static int value_of(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
  }
  std::uint32_t bits_ = 0;
  unsigned count_ = 0;
};

}  // namespace evtriage
