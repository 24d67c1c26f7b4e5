// Records of the binary parts of an XLSB package, one after the other in bounded memory.
// MS-XLSB 2.1.4: a type of one or two bytes, a size of one to four (seven bits each), a body.
// Tested by tests/extractors/office/xlsb_test.cpp.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "extractors/office/part_stream.h"
#include "pipeline/core/byte_reader.h"

namespace evtriage {

class Biff12 {  // refers to the stream
 public:
  static constexpr std::size_t most_body_bytes = 1u << 20;  // kept of one record; a cell holds 32,767 characters at most

  explicit Biff12(PartStream& stream) : stream_(stream) {}
  bool next();                       // false at the end of the part, or where it ends inside a record
  std::uint32_t type() const { return type_; }
  ByteReader body() const { return ByteReader(std::string_view(body_)); }
  bool is_cut() const { return is_cut_; }            // the part ends inside a record
  std::uint64_t shortened() const { return shortened_; }  // records of which the end was not kept

 private:
  std::optional<std::uint8_t> byte();
  bool take(std::size_t count);
  PartStream& stream_;
  std::string window_, body_;
  std::size_t at_ = 0;
  std::uint32_t type_ = 0;
  std::uint64_t shortened_ = 0;
  bool is_cut_ = false;
};

// XLWideString and XLNullableWideString (2.5.168, 2.5.166), valid UTF-8; broken: an empty text and a reader that failed.
std::string wide_string(ByteReader& in);
// RichStr (2.5.118): the text without its fonts and phonetics.
std::string rich_string(ByteReader& in);
// RkNumber (2.5.122).
double rk_number(std::uint32_t packed);

}  // namespace evtriage
