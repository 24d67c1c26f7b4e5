// See biff12.h.
// Tested by tests/extractors/office/xlsb_test.cpp.
#include "extractors/office/biff12.h"

#include <algorithm>
#include <bit>

#include "pipeline/core/text.h"

namespace evtriage {
namespace {

constexpr std::size_t window_bytes = 64u << 10;

}  // namespace

std::optional<std::uint8_t> Biff12::byte() {
  if (at_ == window_.size()) {
    window_.resize(window_bytes);
    window_.resize(stream_.read(window_.data(), window_bytes));
    at_ = 0;
    if (window_.empty()) return std::nullopt;
  }
  return static_cast<std::uint8_t>(window_[at_++]);
}

bool Biff12::take(std::size_t count) {
  body_.clear();
  shortened_ += count > most_body_bytes ? 1u : 0u;
  while (count > 0) {
    const std::optional<std::uint8_t> first = byte();  // fills the window
    if (!first) return false;
    --at_;
    const std::size_t now = std::min(count, window_.size() - at_);
    const std::size_t kept = std::min(now, most_body_bytes - body_.size());
    body_.append(window_, at_, kept);
    at_ += now;
    count -= now;
  }
  return true;
}

bool Biff12::next() {
  const std::optional<std::uint8_t> low = byte();
  if (!low) return false;
  type_ = *low;
  if ((*low & 0x80) != 0) {
    const std::optional<std::uint8_t> high = byte();
    if (!high) return is_cut_ = true, false;
    type_ = (*low & 0x7fu) | (*high & 0x7fu) << 7;
  }
  std::size_t size = 0;
  for (unsigned shift = 0; shift < 28; shift += 7) {
    const std::optional<std::uint8_t> part = byte();
    if (!part) return is_cut_ = true, false;
    size |= static_cast<std::size_t>(*part & 0x7f) << shift;
    if ((*part & 0x80) == 0) break;
  }
  is_cut_ = !take(size);
  return !is_cut_;
}

std::string wide_string(ByteReader& in) {
  const std::uint32_t count = in.u32le();
  if (count == 0xffffffff) return {};
  const std::string_view units = in.chars(std::uint64_t{2} * count);
  std::string out;
  ByteReader read(units);
  while (read.left() >= 2) {
    const char32_t unit = read.u16le();
    const bool is_high = unit >= 0xd800 && unit < 0xdc00;
    ByteReader ahead = read;
    const char32_t low = is_high ? ahead.u16le() : 0;
    if (is_high && ahead.ok() && low >= 0xdc00 && low < 0xe000) {
      append_utf8(out, 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00));
      read = ahead;
    } else {
      append_utf8(out, unit >= 0xd800 && unit < 0xe000 ? 0xfffd : unit);
    }
  }
  return out;
}

std::string rich_string(ByteReader& in) {
  in.skip(1);
  return wide_string(in);
}

double rk_number(std::uint32_t packed) {
  const bool in_hundredths = (packed & 1) != 0, is_integer = (packed & 2) != 0;
  const double value = is_integer ? static_cast<double>(static_cast<std::int32_t>(packed) >> 2)
                                  : std::bit_cast<double>(static_cast<std::uint64_t>(packed & 0xfffffffcu) << 32);
  return in_hundredths ? value / 100 : value;
}

}  // namespace evtriage
