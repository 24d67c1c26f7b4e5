// Where HEIF and AVIF keep Exif and XMP (ISO/IEC 14496-12, 8.11: the meta box with iinf, iloc, idat).
//
// SPDX-License-Identifier: GPL-2.0-or-later
// Own parser: Exiv2 0.27 finds the items of only one layout of the location box.  Counts are bounded by the bytes
// that are there; references outside the file and to other files are told, not followed.
// Tested by tests/extractors/image/heif_items_test.cpp; fuzzed by tests/fuzz/fuzz_heif_items.cpp.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/core/content.h"

namespace evtriage {

struct HeifItem {
  std::string type;          // "Exif", "mime", "hvc1" ...
  std::string content_type;  // of "mime"
  std::vector<ByteRange> extents;  // bytes of the file
};

struct HeifItems {
  std::vector<HeifItem> items;
  std::string problem;  // a sentence, or empty
};

// Empty if the file has no meta box on its top level.
HeifItems read_heif_items(const Content& content);

// The same for the payload of a meta box that lies at `meta_begin`.
HeifItems parse_meta(std::string_view meta, std::uint64_t meta_begin, std::uint64_t file_size);

}  // namespace evtriage
