// What a PDF says about itself: the Info dictionary and the XMP packet.
//
// SPDX-License-Identifier: GPL-2.0-or-later
// Tested by tests/extractors/pdf/pdf_test.cpp.
#pragma once
#include "extractors/pdf/forms.h"

namespace evtriage {

// Properties (dc:title ... pdf:Producer), and what a person could read as one segment of origin "metadata".
void read_info(const PdfReading& reading);

}  // namespace evtriage
