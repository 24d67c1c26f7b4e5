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
  explicit PictureFacts(Emit& emit) : emit_(emit) {}
  void property(const std::string& name, std::string value);           // bounded in number and size
  void line(std::string_view label, std::string_view text);            // valid UTF-8; equal texts once
  void finish(std::uint64_t item_size);                                // the lines as one segment, and what was left out

 private:
  Emit& emit_;
  std::size_t properties_ = 0, left_out_ = 0;
  std::string lines_;
};

// Text that says nothing of its encoding: UTF-8 if it is, else what the detector makes of it.
std::string decoded_text(std::string_view bytes);

void read_metadata(Exiv2::Image& image, PictureFacts& facts);

}  // namespace evtriage
