// What a partner may see: an allow-list of tables, fields and rows, and masks for persons.  What is not named is withheld.
//
// Strict YAML: an unknown name, a wrong type or a list that cannot be read is refused with FILE:LINE and how to mend it.
// Tested by tests/pipeline/partner/profile_test.cpp and tests/whole/disclosure_test.py.
#pragma once
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "pipeline/core/result.h"

namespace evtriage {

struct MaskRule {  // the first rule that fits a contact decides
  std::string reason;                          // TIP-6.1, MINOR, THIRD-PARTY, ...: letters, digits, . _ -
  bool all = false;                            // every contact
  std::set<std::string> types, values;         // or those of these types; or these (values as in the table contacts)
};

struct DisclosureProfile {
  std::string name, sha256;                    // sha256 of the text
  bool full = false;                           // everything as it is, with the seal and the reports
  bool all_exhibits = true, all_items = false; // items: those that a shown finding stands in, or all, or listed ones
  std::set<std::string> exhibits, bands;       // bands of findings; empty: all
  std::set<std::uint64_t> items;
  std::map<std::string, std::set<std::string>> tables;  // table -> fields; an empty set: every field
  std::set<std::string> custody;               // actions of the log whose lines are shown; "all": every line
  std::vector<MaskRule> masks;
  std::vector<std::pair<std::string, std::string>> words;  // word or name to be masked in every shown text -> reason
  bool keywords_shown = false;                 // words that were searched for (run --keywords)
  std::set<std::string> unmasked;              // contacts that no rule masks
};

// "partner" (the default), "full", or a file.
Result<DisclosureProfile> load_profile(const std::string& name_or_file);
Result<DisclosureProfile> parse_profile(const std::string& text, const std::string& file);
std::string_view partner_profile();            // the text of the default

}  // namespace evtriage
