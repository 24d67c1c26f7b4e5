// Which of the plain formats an item is, by its media type and by the suffix of its name: libmagic and the engine's own
// table often say no more than text/plain.  A name that lies costs nothing: every function reads any text.
// Tested by tests/extractors/plain/accepts_test.cpp.
#pragma once
#include <string_view>

#include "pipeline/core/plugin.h"

namespace evtriage {

// "csv", "json", "xml", "plist", "vcard", "calendar", "subtitles", "shortcut", or "" for none of them.
std::string_view plain_format(const Identity& identity);

}  // namespace evtriage
