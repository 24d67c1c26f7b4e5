// Pictures of Office drawings (MS-ODRAW): OfficeArt records with blips, wherever they stand.
// Tested by tests/extractors/ole/parts_test.cpp.
#pragma once
#include <vector>

#include "extractors/ole/work.h"

namespace evtriage::ole {

// Emits every picture among the OfficeArt records in [begin, end) of the stream as a child.  Records are walked
// flat: a container is entered, anything else is stepped over.  `one`: stop behind the first picture.
void read_pictures(Work& work, const StreamBytes& stream, std::uint64_t begin, std::uint64_t end, bool one);

// Offsets into the delay stream (WordDocument) of the pictures that a drawing group's store names.
std::vector<std::uint32_t> delayed_pictures(std::string_view drawing_group);

}  // namespace evtriage::ole
