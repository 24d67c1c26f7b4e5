// Unpacking of zlib data (RFC 1950) into a spool: metafiles and embedded storages of Office drawings.
// Tested by tests/extractors/ole/parts_test.cpp.
#pragma once
#include <string_view>

#include "pipeline/core/plugin.h"

namespace evtriage::ole {

// False: the data breaks off, is damaged, or the spool's budget is spent; what came before is in the spool.
bool inflate_zlib(std::string_view packed, Spool& to);

}  // namespace evtriage::ole
