// The door of the office family: documents that are ZIP packages of XML parts, and flat OpenDocument.
//
// Each function reads one item and says all through `emit`; no state, no file system, no network, no exceptions.
// Passwords are of no use here: an encrypted OOXML file is an OLE2 container (extractors/ole), an encrypted
// OpenDocument file is told as encrypted.
// Tested by tests/extractors/office.
#pragma once
#include "pipeline/core/plugin.h"

namespace evtriage {

// ISO/IEC 29500 (ECMA-376), transitional and strict: docx docm dotx dotm, xlsx xlsm xltx xltm xlam, pptx pptm ppsx ppsm
// potx potm. xlsb: its cells by records.
void extract_ooxml(const Content& content, const Identity& identity, const ExtractOptions& options, Emit& emit);

// ISO/IEC 26300 (OpenDocument 1.0 to 1.3): odt ods odp odg odf odc, their templates, and flat fodt fods fodp fodg.
void extract_odf(const Content& content, const Identity& identity, const ExtractOptions& options, Emit& emit);

// EPUB 2 and 3: metadata, and the chapters in reading order as children (application/xhtml+xml).
void extract_epub(const Content& content, const Identity& identity, const ExtractOptions& options, Emit& emit);

}  // namespace evtriage
