// Visual Basic projects (MS-OVBA): unpacking, and the list of modules.
// Tested by tests/extractors/ole/parts_test.cpp; fuzzed by tests/fuzz/fuzz_ole.cpp.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace evtriage::ole {

struct VbaText {
  std::string bytes;
  bool whole = true;
};
// A CompressedContainer (MS-OVBA 2.4.1): at most 4096 bytes out of each chunk, 64 MiB in all.
VbaText unpack_vba(std::string_view packed);

struct VbaModule {
  std::string name, stream;  // in the project's code page
  std::uint32_t offset = 0;  // of the source in its stream
};
struct VbaProject {
  unsigned code_page = 1252;
  std::vector<VbaModule> modules;
};
// `directory`: the stream "dir", unpacked.
VbaProject parse_vba_directory(std::string_view directory);

}  // namespace evtriage::ole
