// Two inner doors, one for each way of reading: through libarchive, or by the zip's own directory.
// Tested by tests/extractors/archive/formats_test.cpp and zip_test.cpp.
#pragma once
#include "extractors/archive/library.h"
#include "extractors/archive/zip_directory.h"
#include "pipeline/core/plugin.h"

namespace evtriage::archives {

// All formats but zip, and streams that are only compressed.  False, with nothing emitted: libarchive knows no such
// format.
bool walk_archive(const Content& content, Filter filter, const Identity& identity, Emit& emit);

// A zip by its directory, or by its members' headers.  False, with nothing emitted: there is no member.
bool walk_zip(const Content& content, const ExtractOptions& options, Emit& emit);

}  // namespace evtriage::archives
