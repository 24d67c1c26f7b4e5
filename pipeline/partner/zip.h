// A ZIP file (APPNOTE 6.3) that is the same bytes for the same files: entries in the order given, stored without
// compression, one time for all, mode 0644, ZIP64 fields only where a number needs them.
//
// Stored on purpose: no version of a compressor decides the bytes, no entry can unpack to more than it is, and the
// reader needs no decompressor.  The price is size.
// Tested by tests/pipeline/partner/zip_test.cpp and tests/whole/package_test.py (unzip, python's zipfile).
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/core/content.h"
#include "pipeline/core/result.h"

namespace evtriage {

using ZipSink = std::function<Result<void>(std::string_view bytes)>;

class ZipWriter {
 public:
  // `time_ns`: UTC, cut to two seconds and to the years 1980 to 2107 that a ZIP can say.
  ZipWriter(ZipSink sink, std::int64_t time_ns);
  // Then exactly `size` bytes by write(), whose CRC-32 is `crc`.
  Result<void> begin(const std::string& name, std::uint64_t size, std::uint32_t crc);
  Result<void> write(std::string_view bytes);
  Result<void> finish();                       // the directory

 private:
  struct Entry {
    std::string name;
    std::uint64_t size = 0, offset = 0;
    std::uint32_t crc = 0;
  };
  ZipSink sink_;
  std::uint16_t date_ = 0, time_ = 0;
  std::uint64_t written_ = 0;
  std::vector<Entry> entries_;
};

std::uint32_t crc32_of(std::uint32_t crc, std::string_view bytes);  // begins with 0

struct ZipEntry {
  std::string name;
  ByteRange where;                             // its bytes in the file
  std::uint32_t crc = 0;
};
// Strict: only what ZipWriter writes, every byte of the file accounted for.  Error (corrupt) says what is not.
Result<std::vector<ZipEntry>> read_zip(const Content& file);

}  // namespace evtriage
