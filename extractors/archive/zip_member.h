// The bytes of one member of a zip.
//
// Three ways, by cost: stored bytes are a range of the zip; deflated members of moderate size go through libdeflate
// at once; everything else (large, encrypted, bzip2, xz, zstd, PPMd, damaged) is shown to libarchive as a zip of its
// own, made of a clean header, the packed bytes and a clean directory, so that no member can harm another and every
// password is tried on each of them.  Tested by tests/extractors/archive/zip_test.cpp and zip_encrypted_test.cpp.
#pragma once
#include <memory>
#include <optional>
#include <string>

#include "extractors/archive/members.h"
#include "extractors/archive/zip_directory.h"
#include "extractors/shared/inflate_block.h"

namespace evtriage::archives {

struct Unpacked {
  ContentPtr content;                // null: nothing can be had
  std::optional<ByteRange> extent;   // its bytes lie so in the zip
  std::uint64_t bytes = 0;           // unpacked until the end or the trouble
  bool locked = false;               // encrypted and no password opens it
  bool spent = false;                // the budget ended
  bool false_flag = false;           // marked as encrypted, but plain bytes with the right checksum
  std::string trouble;               // empty: checksum and sizes agree
  Code code = Code::corrupt;         // of the trouble
};

class ZipMembers {  // refers to all that it is given; one thread
 public:
  ZipMembers(const Content& content, const ExtractOptions& options, Emit& emit);
  ZipMembers(const ZipMembers&) = delete;
  ZipMembers& operator=(const ZipMembers&) = delete;

  // `entry` from the directory, `data` where its packed bytes begin.
  Unpacked unpack(const ZipEntry& entry, std::uint64_t data);

 private:
  Unpacked stored(const ZipEntry& entry, ByteRange packed);
  std::optional<Unpacked> deflated(const ZipEntry& entry, ByteRange packed);
  Unpacked by_library(const ZipEntry& entry, ByteRange packed, const std::string& password);
  Unpacked decrypted(const ZipEntry& entry, ByteRange packed);
  Unpacked plain(const ZipEntry& entry, ByteRange packed);
  std::optional<Unpacked> as_plain(ZipEntry entry, ByteRange packed);

  const Content& content_;
  const ExtractOptions& options_;
  Emit& emit_;
  BlockInflater inflate_;
  std::size_t last_password_ = 0;    // the one that fitted last is tried first
};

}  // namespace evtriage::archives
