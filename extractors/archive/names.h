// Names of members: which encoding they are believed to have, and their text for the scanners.
//
// The step keeps the raw bytes.  The belief is a property of the archive; names that are not plain UTF-8 are emitted
// once more, decoded, as one text of origin "metadata", so that words and contacts in them are found.
// Tested by tests/extractors/archive/names_test.cpp.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/core/plugin.h"

namespace evtriage::archives {

class Names {
 public:
  // `unicode`: the name in UTF-8 if the archive says it besides the raw one.
  void add(std::uint64_t number, std::string_view raw, std::string_view unicode);
  // The system that made the archive keeps names in a DOS code page unless told otherwise (zip by FAT, lha, cab).
  void made_on_dos() { dos_ = true; }
  void finish(Emit& emit, std::uint64_t item_size);

 private:
  struct Odd {
    std::uint64_t number;
    std::string raw, unicode;
  };
  std::vector<Odd> odd_;             // not valid UTF-8, or told twice
  std::size_t kept_ = 0;
  std::uint64_t left_out_ = 0, utf8_ = 0;
  bool dos_ = false;
};

// "letter.txt" for "letter.txt.gz", "all.tar" for "all.tgz"; the name itself if it has no such suffix.
std::string name_without_suffix(std::string_view name);

}  // namespace evtriage::archives
