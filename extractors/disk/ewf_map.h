// The map of an EWF image (E01 and its kin, all segments one after the other): where the tables of chunks lie, what the
// image says of itself.  The tables themselves are read when they are needed.
//
//   segment = "EVF" 09 0d 0a ff 00, 01, number u16, 0000, *section          little endian; offsets from the segment's begin
//   section = type[16] next u64 size u64 pad[40] adler u32, data            "next" and "done" end a segment and the image
//   volume  = media u8 pad[3] chunks u32 sectors-a-chunk u32 bytes-a-sector u32 sectors u64 (u32 in SMART images) ...
//   table   = entries u32 pad[4] base u64 pad[4] adler u32, *offset u32, adler u32      top bit: the chunk is compressed
//   hash    = md5[16] ...;  digest = md5[16] sha1[20] ...;  error2 = entries u32 pad[512] adler u32, *(sector u32 count u32)
// Source: Joachim Metz, "Expert Witness Compression Format specification".
// Tested by tests/extractors/disk/ewf_test.cpp and tests/fuzz/fuzz_ewf.cpp.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "pipeline/core/content.h"
#include "pipeline/core/records.h"

namespace evtriage::disk {

struct EwfTable {
  std::uint64_t first_chunk = 0, count = 0;
  std::uint64_t entries_at = 0;  // in the content
  std::uint64_t base = 0;        // in the content: what offsets count from
  std::uint64_t data_end = 0;    // in the content: where its last chunk ends
};

struct EwfMap {
  std::uint64_t chunk_bytes = 0, chunks = 0, media_bytes = 0;  // as the image says
  std::uint64_t bytes_a_sector = 512;
  std::uint64_t chunks_here = 0;     // that tables tell of
  std::vector<EwfTable> tables;      // by first_chunk, without gaps
  std::vector<Property> properties;  // acquisition metadata
  std::string md5, sha1;             // as stored, hexadecimal; empty if not
  std::vector<ByteRange> unread;     // of the medium: could not be read when the image was made
  std::vector<Issue> issues;
};

// `images`: all segments joined.  An Error if it holds no medium at all.
Result<EwfMap> read_ewf_map(const Content& image);

}  // namespace evtriage::disk
