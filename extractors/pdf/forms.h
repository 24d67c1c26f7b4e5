// Form fields (AcroForm) and annotations of pages as text.
//
// SPDX-License-Identifier: GPL-2.0-or-later
// Tested by tests/extractors/pdf/interactive_test.cpp.
#pragma once
#include "extractors/pdf/actions.h"
#include "extractors/pdf/attachments.h"

class PDFDoc;

namespace evtriage {

struct PdfReading {  // one document while it is read
  PDFDoc& doc;
  std::uint64_t item_size;
  Emit& emit;
  PdfActions& actions;
  PdfAttachments& attachments;
};

// Every field with a value as a line "full.name: value"; its actions and the form's XFA parts.
void read_form(const PdfReading& reading);

struct PdfPage {
  evtriage::ByteRange source;  // its content streams
  std::string place;
  std::string_view text;       // what was read of it: a comment that is drawn on the page is not said twice
};

// Annotations of one page (its /Annots): comments as text, link targets, attached files, actions.
void read_annotations(const Object& annotations, const PdfPage& page, const PdfReading& reading);

}  // namespace evtriage
