// PDF (ISO 32000): the door of this folder.
//
// SPDX-License-Identifier: GPL-2.0-or-later (this folder includes the headers of poppler; see its README)
// Tested by tests/extractors/pdf/pdf_test.cpp.
#pragma once
#include "pipeline/core/plugin.h"

namespace evtriage {

// Text page by page, annotations, form fields, outline, link targets, scripts; document properties; attachments
// and XFA forms as children.  Reads `content` by ranges, so files of any size need bounded memory.
// One call at a time in a process: the library's error callback has no room for a pointer of the caller's.
void extract_pdf(const Content& content, const Identity& identity, const ExtractOptions& options, Emit& emit);

// Reads the character maps of poppler-data that can be kept in memory (Chinese, Japanese, Korean collections).
// A worker calls it once before it locks itself away from the file system; results depend on whether that
// package is installed, so the profile should hold its version.
void warm_pdf();

}  // namespace evtriage
