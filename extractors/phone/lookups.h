// Small tables held in memory, so that a row that names a number can be told with the name.
// Tested by tests/extractors/phone/applications_test.cpp.
#pragma once
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "extractors/phone/applications.h"
#include "extractors/phone/sqlite_database.h"

namespace evtriage::phone {

// A cell as a key or a name: digits of a number, text, a blob that is text.  Empty for null.
std::string word_of(const Row& row, const Cell& cell, Encoding encoding);

class Lookups {
 public:
  static constexpr std::size_t most_rows = 1'000'000;

  // `database` and `emit` outlive this.
  Lookups(Database& database, Emit& emit) : database_(database), emit_(emit), maps_(lookup_specs().size()) {}
  static constexpr std::size_t none = ~std::size_t{0};
  static std::size_t index_of(std::string_view name);  // of a spec; `none` if there is no such
  // The value under the key, looked up further where the spec says so; empty if there is none.
  std::string find(std::size_t index, const std::string& key);

 private:
  using Map = std::unordered_map<std::string, std::string>;
  struct Loaded {
    Map map;
    std::size_t through = none;
    bool is_loaded = false;
  };
  const Loaded& load(std::size_t index);
  Database& database_;
  Emit& emit_;
  std::vector<Loaded> maps_;  // by the number of the spec
  std::size_t rows_ = 0;
};

}  // namespace evtriage::phone
