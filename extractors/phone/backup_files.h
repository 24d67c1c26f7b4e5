// The manifest of an iTunes or Finder backup (Manifest.db, iOS 10 and later): which file a hashed name stands for.
//
// Each row of its table Files is a line of the properties backup:file, "3d0d7e5f... HomeDomain/Library/SMS/sms.db"; the case's
// build gives the path to the item of that name (pipeline/store/name_book.h).  Many lines share a property, as an item may
// have 100,000 of those and a backup more files.
// Tested by tests/extractors/phone/applications_test.cpp and tests/whole/phone_test.py.
#pragma once
#include <optional>
#include <set>

#include "extractors/phone/table_text.h"

namespace evtriage::phone {

class BackupFiles {
 public:
  static constexpr std::uint64_t most_files = 500'000;

  BackupFiles(const Database& database, Emit& emit);
  bool is(std::size_t table) const { return table_ == table; }
  void take(const Row& row);
  // The columns that need no text: the keyed archive of each file (mode, size, times) would be a child a row.
  const ColumnSet& told() const { return told_; }
  void finish();

 private:
  const Database& database_;
  Emit& emit_;
  std::optional<std::size_t> table_, file_, domain_, path_;
  ColumnSet told_;
  void flush();
  std::string lines_;
  std::set<std::string> domains_;
  std::uint64_t files_ = 0, names_ = 0;
};

}  // namespace evtriage::phone
