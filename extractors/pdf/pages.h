// The text of all pages, in reading order.
//
// SPDX-License-Identifier: GPL-2.0-or-later
// Tested by tests/extractors/pdf/pdf_test.cpp against pdftotext.
#pragma once
#include "extractors/pdf/forms.h"

namespace evtriage {

// One segment a page ("page 3", or "page 3 (iii)" if the document labels it so), then its annotations and links.
// Its bytes are those of the page's content streams.  Pages that hold pictures but no text are told.
void read_pages(const PdfReading& reading);

// "3..7, 9" of 3, 4, 5, 6, 7, 9; ascending; at most 20 ranges, then "and n more".
std::string page_ranges(const std::vector<int>& pages);

}  // namespace evtriage
