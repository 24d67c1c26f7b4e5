// The outline (bookmarks) as text, and the actions that belong to the whole document.
//
// SPDX-License-Identifier: GPL-2.0-or-later
// Tested by tests/extractors/pdf/interactive_test.cpp.
#pragma once
#include "extractors/pdf/forms.h"

namespace evtriage {

void read_outline(const PdfReading& reading);           // titles, one a line, in reading order
void read_document_actions(const PdfReading& reading);  // OpenAction, AA, named scripts

}  // namespace evtriage
