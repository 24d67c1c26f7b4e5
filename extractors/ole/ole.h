// The door of the family: OLE2 compound files (MS-CFB) with the formats that live in them, and RTF 1.9.
//
// Both functions keep no state, read by ranges, never throw, and say everything through `emit`.
// Tested by tests/extractors/ole/parts_test.cpp and rtf_test.cpp.
#pragma once
#include "pipeline/core/plugin.h"

namespace evtriage {

// Word (MS-DOC), Excel (MS-XLS), PowerPoint (MS-PPT), Outlook messages (MS-OXMSG), encrypted OOXML (MS-OFFCRYPTO),
// and any other compound file, stream by stream.  Looks inside to know which; the identity is not needed.
void extract_ole(const Content& content, const Identity& identity, const ExtractOptions& options, Emit& emit);

// Rich Text Format: text of every kind, properties, pictures and embedded objects.
void extract_rtf(const Content& content, const Identity& identity, const ExtractOptions& options, Emit& emit);

}  // namespace evtriage
