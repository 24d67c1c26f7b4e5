// Archives that lie behind or inside other bytes: programs that unpack themselves, a ZIP behind a picture or a script,
// cabinets in the resources of an installer; files that lie in sections of OneNote.
//
// A mark alone proves nothing: each header must hold by its own checksum (7z, RAR) or by the fields around the mark (ZIP,
// CAB).  What is found becomes one child, a range of the item; it is identified and opened like any other.
// Layouts: 7zFormat.txt of the LZMA SDK, the technical notes of RAR 4 and 5, MS-CAB 2.1, PKWARE APPNOTE 6.3, MS-ONESTORE 2.6.13.
// Tested by tests/pipeline/engine/attached_test.cpp.
#pragma once
#include <string_view>
#include <vector>

#include "pipeline/core/content.h"

namespace evtriage {

struct Attached {
  ByteRange range;            // in the item; never all of it
  std::string_view name;      // "attached.zip", "attached.7z", "attached.rar", "attached.cab", "attached.bin"
};

constexpr std::size_t most_attached = 100;  // "attached": of one item, the rest is left to the strings

// How much of an item of this type is looked at.  Nothing of containers, which give their members anyway; of text, the
// end; the rest whole, but only programs if they are too large to be in memory.
enum class Depth { none, end, whole_if_small, whole_of_any_size };
Depth attached_depth(std::string_view media_type);

// In order of their place, none within another.  With `everywhere` all bytes are looked at (about 10 GB/s), else
// only the end, where the directory of a ZIP stands.  Bytes that cannot be read hold nothing.
std::vector<Attached> find_attached(const Content& content, bool everywhere);

// The last file of a ZIP that was split into several: its directory leads into files that are not here.
bool ends_split_zip(const Content& content);

}  // namespace evtriage
