// Pictures: the door of this folder.
//
// SPDX-License-Identifier: GPL-2.0-or-later (this folder includes the headers of Exiv2; see its README)
// Tested by tests/extractors/image/image_test.cpp.
#pragma once
#include "pipeline/core/plugin.h"

namespace evtriage {

// Metadata of JPEG, TIFF and the raw formats made of it, PNG, WebP, HEIC, AVIF, GIF, PSD, JPEG 2000: Exif, IPTC and
// XMP under Exiv2's keys, "gps" in decimal degrees, what a person wrote as text, previews and appended bytes as
// children.  Pixels are never decoded.
// One call at a time in a process: Exiv2's log handler has no room for a pointer of the caller's.
void extract_image(const Content& content, const Identity& identity, const ExtractOptions& options, Emit& emit);

}  // namespace evtriage
