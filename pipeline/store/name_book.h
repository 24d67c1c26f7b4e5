// Names that one item gives to others of its exhibit: an address book names addresses, the manifest of a backup names files.
//
// Extractors say them as properties of the item where they stand:
//   contact:name   "Ama Example <+221 77 123 45 67>"
//   backup:file    lines "3d0d7e5fb2ce288813306e4d4636395e047a3d28 HomeDomain/Library/SMS/sms.db"
// The journal marks parts that hold any (README.md), so that the build reads those before all others.  Only equal addresses
// meet: as they are written but for separators, or in the international form that the scanner gave them.
// Tested by tests/pipeline/store/name_book_test.cpp and tests/whole/phone_test.py.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "pipeline/core/records.h"

namespace evtriage {

class NameBook {
 public:
  static constexpr std::size_t most_names = 2'000'000;

  static bool is_told_by(const Property& property);  // one of the two kinds

  // Items in ascending order of address: the first names come first.
  void read(std::uint32_t exhibit, const ItemRecord& record);
  bool empty() const { return names_.empty() && files_.empty(); }

  // What the exhibit's address books call an address, several joined by "; "; empty if nothing.
  std::string name_of(std::uint32_t exhibit, std::string_view address) const;
  // Labels of mentions, and the property backup:path.
  void apply(std::uint32_t exhibit, ItemRecord& record) const;
  void name_parties(std::uint32_t exhibit, std::vector<MessageRecord>& messages) const;

 private:
  void add_files(std::uint32_t exhibit, std::string_view lines);
  void add_name(std::uint32_t exhibit, std::string_view address, std::string_view name);
  std::unordered_map<std::string, std::vector<std::string>> names_;  // key: exhibit, NUL, address; never walked into output
  std::unordered_map<std::string, std::string> files_;               // key: exhibit, NUL, name of the file
};

}  // namespace evtriage
