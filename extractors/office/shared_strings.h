// The shared strings of a workbook: one block of memory, bounded, and which of them a cell showed.
// Tested by tests/extractors/office/xlsx_test.cpp.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "extractors/office/package.h"

namespace evtriage {

class SharedStrings {
 public:
  struct Limits {
    std::size_t bytes = 256u << 20;
    std::size_t strings = 16u << 20;
    std::uint64_t shown_bytes = 1ull << 30;  // a long string in a million cells is told, not written a million times
  };
  SharedStrings() : SharedStrings(Limits{}) {}
  explicit SharedStrings(Limits limits) : limits_(limits) {}

  void read(Part& part);
  bool add(std::string_view text);  // false: a limit is reached
  // The string, and it counts as shown; nullopt if there is none.
  std::optional<std::string_view> show(std::uint64_t index);
  std::size_t size() const { return ends_.size(); }
  bool is_cut() const { return is_cut_; }
  bool is_spent() const { return is_spent_; }  // shown_bytes
  std::string limit() const, spent() const;    // sentences
  // Strings that no cell showed: left over from cells that were emptied.
  std::string unshown() const;

 private:
  std::string_view at(std::size_t index) const;
  Limits limits_;
  std::string text_;
  std::vector<std::uint32_t> ends_;
  std::vector<bool> shown_;
  std::uint64_t shown_bytes_ = 0;
  bool is_cut_ = false, is_spent_ = false;
};

}  // namespace evtriage
