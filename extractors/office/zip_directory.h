// The directory of a ZIP file: which members there are and where their bytes lie in the file.
//
// Office text must lead back to the compressed bytes of its part, so the directory is read here and not by a library
// that hides offsets.  The central directory is believed, each local header is compared with it when a member is
// opened; sizes are claims and bound nothing.  APPNOTE.TXT 6.3.10 (ISO/IEC 21320-1 for documents), with zip64 and with
// bytes in front of the archive.
// Tested by tests/extractors/office/zip_directory_test.cpp.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/core/content.h"

namespace evtriage {

struct ZipMember {
  std::string name;            // raw bytes
  std::uint64_t header = 0;    // offset of the local header in the file
  std::uint64_t packed = 0;    // bytes in the file, as claimed
  std::uint64_t size = 0;      // bytes unpacked, as claimed
  std::uint32_t crc = 0;       // CRC-32 of the unpacked bytes, as claimed
  std::uint16_t method = 0;    // 0 stored, 8 deflated
  bool encrypted = false;
};

struct ZipDirectory {
  std::vector<ZipMember> members;    // in the order of the central directory
  ByteRange place;                   // of the central directory in the file
  std::optional<std::string> doubt;  // a sentence: the end record contradicts the directory
};

// An Error: corrupt (no end record, a broken entry), limit, or what reading said.
Result<ZipDirectory> read_zip_directory(const Content& file);

// The member's bytes in the file, after its local header was compared with the directory.  An Error: corrupt or what
// reading said.
Result<ByteRange> member_data(const Content& file, const ZipMember& member);

}  // namespace evtriage
