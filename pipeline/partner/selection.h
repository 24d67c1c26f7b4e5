// Which rows a profile shows, and what must be masked in them: passes over the case before anything is written.
// Memory grows with what is shown, not with the case.
// Tested by tests/pipeline/partner/selection_test.cpp and tests/whole/disclosure_test.py.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "pipeline/partner/profile.h"
#include "pipeline/partner/row_fields.h"
#include "pipeline/store/store.h"

namespace evtriage {

struct Needle {
  std::string words, shown, reason;            // what is replaced, by what, why
};
class Needles {  // found in one pass, however many: by length, then by digest of the folded words
 public:
  void add(const Needle& needle);              // the first of the same words stays
  bool empty() const { return by_length_.empty(); }
  // The longest that stands at `at` of a folded text; null if none.
  const Needle* at(std::string_view folded_text, std::size_t at) const;

 private:
  std::map<std::size_t, std::unordered_map<std::string, Needle>, std::greater<>> by_length_;
};
struct MaskedText {
  std::string json, reason;                    // the value with its masks; the reason of the first
};

class Selection {
 public:
  Selection(CaseReader& reader, const DisclosureProfile& profile, std::string_view secret) : reader_(reader), profile_(profile), secret_(secret) {}
  Result<void> prepare();

  bool shows(std::string_view table, const std::vector<RowField>& row) const;
  // nullopt: the field may be shown as it is.
  std::optional<MaskedText> masked(std::string_view table, const std::vector<RowField>& row, const RowField& field) const;

 private:
  struct Person {
    std::string pseudonym, reason, value;
  };
  Result<void> find_items();
  Result<void> find_contacts();
  Result<void> find_words();
  bool allowed(std::uint64_t item) const { return profile_.all_exhibits || in_exhibits_.contains(item); }
  bool shows_item(std::uint64_t item) const;
  const MaskRule* rule_for(const std::string& type, const std::string& value) const;

  CaseReader& reader_;
  const DisclosureProfile& profile_;
  std::string secret_;
  std::set<std::uint64_t> in_exhibits_, relevant_, contacts_;
  std::map<std::uint64_t, Person> persons_;                       // masked contacts by id
  std::map<std::uint64_t, Needles> needles_;                      // by item
  Needles words_;                                                 // in every item: of the profile, and the keywords searched for
};

std::uint64_t number_of(std::string_view json);                   // 0: no number
std::string text_of_json(std::string_view json);                  // of a canonical JSON string; else as it stands
// Every string of a JSON value with the words of both replaced, letters of ASCII in either case; nullopt: none occurs.
std::optional<MaskedText> mask_strings(std::string_view json, const Needles& first, const Needles& second);

}  // namespace evtriage
