// Thumbs.db: the pictures that Windows Explorer kept of a folder, and the names of the files they were made of.
// Tested by tests/extractors/ole/parts_test.cpp.
#pragma once
#include "extractors/ole/work.h"

namespace evtriage::ole {

// If the root has a "Catalog": its thumbnails as children named by their files, the names as text.
void read_thumbnails(Work& work);

}  // namespace evtriage::ole
