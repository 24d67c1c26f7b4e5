// What Exiv2 does not read: PNG text chunks, GIF comments, and where a picture ends.
//
// SPDX-License-Identifier: GPL-2.0-or-later
// Own parsers over ByteReader; each reads by ranges and is linear in the file.
// Tested by tests/extractors/image/picture_chunks_test.cpp; fuzzed by tests/fuzz/fuzz_picture_chunks.cpp.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/core/content.h"

namespace evtriage {

struct PictureText {
  std::string key;    // "Title", "Comment" ... as found, Latin-1 decoded
  std::string bytes;  // as found, unpacked
  bool is_utf8 = false, is_cut = false;
  ByteRange source;
};

inline constexpr std::string_view xmp_packet = "XML:com.adobe.xmp";  // the key of XMP, in PNG and here for GIF too

struct PictureChunks {
  std::string format;                // "png", "gif", "jpeg" or empty
  std::vector<PictureText> texts;
  std::optional<std::uint64_t> end;  // offset of the first byte after the picture, if its end was found
  std::string problem;               // a sentence, or empty
};

// By the first bytes: PNG (ISO/IEC 15948), GIF89a, JPEG (end only); empty for others.
PictureChunks read_picture_chunks(const Content& content);

}  // namespace evtriage
