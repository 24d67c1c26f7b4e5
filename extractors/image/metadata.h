// What Exiv2 found in a picture, as properties and as the lines that a person could read.
//
// SPDX-License-Identifier: GPL-2.0-or-later
// Tested by tests/extractors/image/image_test.cpp against exiftool.
#pragma once
#include <exiv2/image.hpp>

#include <string>
#include <string_view>

#include "pipeline/core/plugin.h"

namespace evtriage {

class PictureFacts {
 public:
  PictureFacts(std::uint64_t item_size, Emit& emit) : whole_{0, item_size}, emit_(emit) {}
  void property(const std::string& name, std::string value);           // bounded in number and size
  // Valid UTF-8; equal lines once.  `source`: where it lies in the item, if that is known.
  void line(std::string_view label, std::string_view text, std::optional<ByteRange> source = std::nullopt);
  void finish();                                                       // the lines as one segment, and what was left out

 private:
  ByteRange whole_;
  Emit& emit_;
  std::size_t properties_ = 0, left_out_ = 0;
  std::string lines_;
  OffsetMap map_;
};

// Text that says nothing of its encoding: UTF-8 if it is, else what the detector makes of it.
std::string decoded_text(std::string_view bytes);

void read_metadata(Exiv2::Image& image, PictureFacts& facts);

}  // namespace evtriage
