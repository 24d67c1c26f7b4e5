// Writing a ZIP front to back: sizes and checks are known before, so nothing is ever patched.
// Tested by tests/pipeline/partner/zip_test.cpp and tests/whole/package_test.py.
#include "pipeline/partner/zip.h"

#include <zlib.h>

#include <algorithm>

#include "pipeline/core/time.h"
#include "pipeline/partner/zip_layout.h"

namespace evtriage {
namespace {

using zip::put16;
using zip::put32;
using zip::put64;

// Seconds of a day and the date, as DOS wrote them.
std::pair<std::uint16_t, std::uint16_t> dos_time(std::int64_t ns) {
  const std::string text = rfc3339(ns);  // YYYY-MM-DDTHH:MM:SS...
  const auto number = [&](std::size_t at, std::size_t size) { return static_cast<unsigned>(std::stoul(text.substr(at, size))); };
  const unsigned year = number(0, 4);
  if (year < 1980 || year > 2107) return {0x21, 0};
  const unsigned date = (year - 1980) << 9 | number(5, 2) << 5 | number(8, 2);
  const unsigned time = number(11, 2) << 11 | number(14, 2) << 5 | number(17, 2) / 2;
  return {static_cast<std::uint16_t>(date), static_cast<std::uint16_t>(time)};
}

}  // namespace

std::uint32_t crc32_of(std::uint32_t crc, std::string_view bytes) {
  return static_cast<std::uint32_t>(::crc32_z(crc, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

ZipWriter::ZipWriter(ZipSink sink, std::int64_t time_ns) : sink_(std::move(sink)) { std::tie(date_, time_) = dos_time(time_ns); }

Result<void> ZipWriter::begin(const std::string& name, std::uint64_t size, std::uint32_t crc) {
  entries_.push_back({name, size, written_, crc});
  return write(zip::local_header(name, size, crc, date_, time_));
}

Result<void> ZipWriter::write(std::string_view bytes) {
  written_ += bytes.size();
  return sink_(bytes);
}

Result<void> ZipWriter::finish() {
  const std::uint64_t begin = written_;
  for (const Entry& entry : entries_) {
    const auto one = write(zip::central_header(entry.name, entry.size, entry.crc, entry.offset, date_, time_));
    if (!one) return one;
  }
  return write(zip::end_records(entries_.size(), begin, written_));
}

namespace zip {

void put16(std::string& out, std::uint64_t value) {
  for (int i = 0; i < 2; ++i) out += static_cast<char>(value >> (8 * i) & 255);
}
void put32(std::string& out, std::uint64_t value) {
  for (int i = 0; i < 4; ++i) out += static_cast<char>(value >> (8 * i) & 255);
}
void put64(std::string& out, std::uint64_t value) {
  for (int i = 0; i < 8; ++i) out += static_cast<char>(value >> (8 * i) & 255);
}

std::string local_header(const std::string& name, std::uint64_t size, std::uint32_t crc, std::uint16_t date, std::uint16_t time) {
  const bool large = size >= full32;
  std::string out;
  put32(out, 0x04034b50);
  put16(out, large ? version_large : version_plain);
  put16(out, 0);                       // flags: nothing
  put16(out, 0);                       // stored
  put16(out, time);
  put16(out, date);
  put32(out, crc);
  put32(out, large ? full32 : size);
  put32(out, large ? full32 : size);
  put16(out, name.size());
  put16(out, large ? 20 : 0);
  out += name;
  if (large) {
    put16(out, 1);
    put16(out, 16);
    put64(out, size);
    put64(out, size);
  }
  return out;
}

std::string central_header(const std::string& name, std::uint64_t size, std::uint32_t crc, std::uint64_t offset, std::uint16_t date, std::uint16_t time) {
  const bool large = size >= full32, far = offset >= full32;
  std::string extra, out;
  if (large) {
    put64(extra, size);
    put64(extra, size);
  }
  if (far) put64(extra, offset);
  put32(out, 0x02014b50);
  put16(out, 3 << 8 | version_large);  // made on Unix
  put16(out, large || far ? version_large : version_plain);
  put16(out, 0);
  put16(out, 0);
  put16(out, time);
  put16(out, date);
  put32(out, crc);
  put32(out, large ? full32 : size);
  put32(out, large ? full32 : size);
  put16(out, name.size());
  put16(out, extra.empty() ? 0 : extra.size() + 4);
  put16(out, 0);                       // comment
  put16(out, 0);                       // disk
  put16(out, 0);                       // internal attributes
  put32(out, std::uint64_t{0100644} << 16);
  put32(out, far ? full32 : offset);
  out += name;
  if (!extra.empty()) {
    put16(out, 1);
    put16(out, extra.size());
    out += extra;
  }
  return out;
}

std::string end_records(std::uint64_t entries, std::uint64_t begin, std::uint64_t end) {
  const bool large = entries >= 0xffff || begin >= full32 || end - begin >= full32;
  std::string out;
  if (large) {
    put32(out, 0x06064b50);
    put64(out, 44);
    put16(out, 3 << 8 | version_large);
    put16(out, version_large);
    put32(out, 0);
    put32(out, 0);
    put64(out, entries);
    put64(out, entries);
    put64(out, end - begin);
    put64(out, begin);
    put32(out, 0x07064b50);
    put32(out, 0);
    put64(out, end);
    put32(out, 1);
  }
  put32(out, 0x06054b50);
  put16(out, 0);
  put16(out, 0);
  put16(out, large ? 0xffff : entries);
  put16(out, large ? 0xffff : entries);
  put32(out, large ? full32 : end - begin);
  put32(out, large ? full32 : begin);
  put16(out, 0);
  return out;
}

}  // namespace zip
}  // namespace evtriage
