// Small tables held in memory, so that a row that names a number can be told with the name.
// Tested by tests/extractors/phone/applications_test.cpp.
#pragma once
#include <cstdint>
#include <optional>
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
  // The value under the key, looked up further where the spec says so; empty if there is none.  A number and its digits are
  // the same key.  The reference is good as long as this is.
  const std::string& find(std::size_t index, const std::string& key);
  const std::string& find(std::size_t index, std::int64_t key);

 private:
  static constexpr std::uint32_t absent = ~std::uint32_t{0};
  struct Value {
    std::string text;
    std::optional<std::int64_t> number;               // the same, if it is one: the key of the next step
  };
  struct Loaded {
    std::vector<Value> values;
    std::unordered_map<std::string, std::uint32_t> words;
    std::unordered_map<std::int64_t, std::uint32_t> numbers;
    std::vector<std::uint32_t> dense;                 // instead of `numbers`, where keys are nearly 0, 1, 2 ...
    std::size_t through = none;
    bool is_loaded = false;
    std::uint32_t at(std::int64_t key) const;
    std::uint32_t at(const std::string& key) const;
    bool add(const std::string& key, std::string value);  // false: it is there already
    void pack();
  };
  const Loaded& load(std::size_t index);
  void fill(Loaded& loaded, const LookupSpec& spec);
  const std::string& follow(std::size_t index, std::uint32_t at);
  Database& database_;
  Emit& emit_;
  std::vector<Loaded> maps_;  // by the number of the spec
  std::size_t rows_ = 0;
};

}  // namespace evtriage::phone
