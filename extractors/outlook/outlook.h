// The door of Outlook's formats: PST and OST stores ([MS-PST], by libpff), TNEF streams ([MS-OXTNEF], own reader).
// Bad input never throws: what could not be read is an issue with its place.
// Tested by tests/extractors/outlook/.
#pragma once
#include "pipeline/core/plugin.h"

namespace evtriage {

// application/vnd.ms-outlook-pst; .pst, .ost.  Each item of the store becomes a child; see README.md for what its
// bytes are.  Memory is bounded for stores of any size.
void extract_pst(const Content& content, const Identity& identity, const ExtractOptions& options, Emit& emit);

// application/vnd.ms-tnef; winmail.dat, .tnef.
void extract_tnef(const Content& content, const Identity& identity, const ExtractOptions& options, Emit& emit);

// application/x-outlook-express; .dbx: messages as children.  Messages that were deleted are not looked for.
void extract_dbx(const Content& content, const Identity& identity, const ExtractOptions& options, Emit& emit);

}  // namespace evtriage
