// Files in memory that are passed to other processes, with their sizes sealed.
// Tested by tests/pipeline/sandbox/packet_test.cpp.
#pragma once
#include <cstddef>
#include <string_view>

#include "pipeline/sandbox/mapping.h"

namespace evtriage::sandbox {

enum class Others { may_write, may_only_read };

// A file of `size` zero bytes, mapped for us.  `may_only_read`: no other mapping of it can ever write.
struct SharedWindow {
  Descriptor file;
  Mapping mapping;
};
SharedWindow shared_window(std::size_t size, Others others);  // an empty mapping if it cannot be had

Descriptor memory_file_of(std::string_view bytes);

}  // namespace evtriage::sandbox
