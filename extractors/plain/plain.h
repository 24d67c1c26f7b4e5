// The door of the small structured formats: own bounded parsers over `Content`, no library, no state.
//
// Each function emits all the text of the item even if the item is not what its name says: then it is read as plain
// text (in any encoding) or, if it is no text at all, as raw strings.  Contents of any size are read in windows,
// apart from binary property lists and shortcuts, whose limits are named in their issues.
// Tested by tests/extractors/plain: one test file for each function.
#pragma once
#include <memory>
#include <vector>

#include "pipeline/core/plugin.h"

namespace evtriage {

void extract_csv(const Content& content, const Identity& identity, const ExtractOptions& options, Emit& emit);        // RFC 4180 and its dialects
void extract_json(const Content& content, const Identity& identity, const ExtractOptions& options, Emit& emit);       // RFC 8259, JSON Lines
void extract_xml(const Content& content, const Identity& identity, const ExtractOptions& options, Emit& emit);        // XML 1.0
void extract_plist(const Content& content, const Identity& identity, const ExtractOptions& options, Emit& emit);      // Apple property lists
void extract_vcard(const Content& content, const Identity& identity, const ExtractOptions& options, Emit& emit);      // vCard 2.1, RFC 2426, RFC 6350
void extract_calendar(const Content& content, const Identity& identity, const ExtractOptions& options, Emit& emit);   // RFC 5545
void extract_subtitles(const Content& content, const Identity& identity, const ExtractOptions& options, Emit& emit);  // SRT, WebVTT, SSA, MicroDVD
void extract_shortcut(const Content& content, const Identity& identity, const ExtractOptions& options, Emit& emit);   // MS-SHLLINK; .url, .desktop

// All of them for the registry; each accepts what plain_accepts.h names.
std::vector<std::unique_ptr<const Extractor>> make_plain_extractors();

}  // namespace evtriage
