// The directory of a zip (PKWARE APPNOTE 6.3, Info-ZIP's extra fields), read here and not by the library, because
// only so names stay the bytes that they are, times keep their zone or lack of it, and what the two headers of a
// member say can be compared.
//
// Three ways to it: the directory at the end (read_zip_directory); or, where that is lost or cut, the members' own
// headers one after the other (scan_zip_members).  Sizes are never trusted: they only bound what is read.
// Tested by tests/extractors/archive/zip_test.cpp.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "extractors/archive/window.h"

namespace evtriage::archives {

constexpr std::uint64_t most_directory_bytes = 256u << 20;  // "zip_directory": what is kept of one directory

struct ZipEntry {
  std::string name;               // raw
  std::string unicode_name;       // UTF-8, from Info-ZIP's extra field, if it belongs to this name; else empty
  std::uint16_t host = 0;         // "made by": 0 FAT, 3 Unix, 10 NTFS, 19 macOS ...
  std::uint16_t flags = 0, method = 0;
  std::uint32_t dos_time = 0;     // date in the upper half
  std::uint32_t crc = 0, external = 0;
  std::uint64_t packed = 0, size = 0;
  std::uint64_t header = 0;       // of the member's own header, in the content
  std::optional<std::int64_t> modified_ns, accessed_ns, created_ns;  // UTC, from extra fields only
  std::string aes;                // the 7 bytes of extra field 0x9901, or empty
  ByteRange comment;              // in the content
  ByteRange record;               // its record in the directory; empty if scanned

  bool is_encrypted() const { return (flags & 1) != 0; }
  bool is_utf8() const { return (flags & 0x800) != 0; }
  unsigned unix_mode() const { return host == 3 || host == 19 ? external >> 16 : 0; }
};

struct ZipDirectory {
  std::vector<ZipEntry> entries;  // in the order of the directory
  std::uint64_t declared = 0;     // number of entries that the end record claims
  ByteRange comment;              // of the archive
  ByteRange range;                // the directory itself
  std::uint64_t prefix = 0;       // bytes before the zip that its offsets do not count
  bool whole = true;              // false: it ends early or is broken; `entries` are those before the break
  bool limited = false;           // most_directory_bytes or most_members reached
};

// nullopt: there is no end record whose directory fits in front of it.
std::optional<ZipDirectory> read_zip_directory(Window& window);

struct ZipLocal {                 // a member's own header
  ZipEntry entry;                 // as far as this header says it
  std::uint64_t data = 0;         // where its packed bytes begin
};

// nullopt: there is no such header at `offset`.
std::optional<ZipLocal> read_zip_local(Window& window, std::uint64_t offset);

// Members found by their own headers, where no directory can be had or tells of them; linear in the range.
ZipDirectory scan_zip_members(Window& window, ByteRange within);

// CRC-32 of zip, gzip and rar; `before`: that of the bytes in front, 0 at first.
std::uint32_t checksum(std::uint32_t before, ByteView bytes);

// A DOS date and time as if it were UTC; nullopt for impossible dates.
std::optional<std::int64_t> dos_time_ns(std::uint32_t date_and_time);

}  // namespace evtriage::archives
