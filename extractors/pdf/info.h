// What a PDF says about itself: the Info dictionary and the XMP packet.
//
// SPDX-License-Identifier: GPL-2.0-or-later
// Tested by tests/extractors/pdf/pdf_test.cpp and tests/extractors/pdf/xmp_test.cpp.
#pragma once
#include <string>
#include <string_view>

#include "extractors/pdf/forms.h"

namespace evtriage {

// Properties (dc:title ... pdf:Producer), and what a person could read as one segment of origin "metadata".
void read_info(const PdfReading& reading);

// The values of an XMP packet, one a line: "dc:title: Price list".  Not an XML parser: a tag reader that keeps the
// name of the nearest element that is not RDF's own, in linear time, whatever the bytes are.
std::string xmp_lines(std::string_view packet);

}  // namespace evtriage
