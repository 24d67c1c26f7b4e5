// FolderNames: the names in one folder in canonical order (unsigned bytes), 16 bytes beside each name.
// Tested by tests/pipeline/evidence/folder_names_test.cpp.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

namespace evtriage::evidence {

class FolderNames {
 public:
  // Reads all names but "." and ".." of the open folder and sorts them.  Returns 0, or errno of the read that failed:
  // the names read before it are kept.
  int read(int folder);
  std::size_t size() const { return order_.size(); }
  // Ends with NUL: data() may be given to the kernel.
  std::string_view name(std::size_t place) const;
  std::uint8_t type_hint(std::size_t place) const;  // DT_...

 private:
  struct Place {
    std::uint64_t first_bytes;  // big endian: most comparisons end here
    std::uint64_t at;
  };
  void append(const char* name, std::uint8_t type);
  void sort();
  std::vector<char> bytes_;     // type, name, NUL; type, name, NUL; ...
  std::vector<Place> order_;
};

}  // namespace evtriage::evidence
