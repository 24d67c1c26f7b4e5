// Pictures inside pictures, as children.
//
// SPDX-License-Identifier: GPL-2.0-or-later
// Tested by tests/extractors/image/image_test.cpp.
#pragma once
#include <exiv2/image.hpp>

#include "pipeline/core/plugin.h"

namespace evtriage {

class PictureChildren {
 public:
  PictureChildren(const Content& content, Emit& emit) : content_(content), emit_(emit) {}
  // Thumbnails and previews, smallest first; a thumbnail that lies unchanged near the start has its extent.
  void previews(const Exiv2::Image& image);
  // Bytes that follow the end of the picture: another picture, a video, a hidden archive.
  void appended(std::uint64_t begin);

 private:
  const Content& content_;
  Emit& emit_;
  std::uint64_t count_ = 0;
};

}  // namespace evtriage
