// The door of the phone family: databases of phones and what applications keep in them.
//
// Each function reads one item through `content`, gives what it finds to `emit`, keeps nothing, throws nothing.
// Tested by tests/extractors/phone.
#pragma once
#include "pipeline/core/plugin.h"

namespace evtriage {

// SQLite 3 databases (application/vnd.sqlite3), of any size in bounded memory.
void extract_sqlite(const Content& content, const Identity& identity, const ExtractOptions& options, Emit& emit);

}  // namespace evtriage
