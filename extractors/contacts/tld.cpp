// Look-up in the table of top-level domains, and the two short lists that judge bare host names: what
// stands without "www." and without a scheme is a host only where its ending is rarely anything else.
// Tested by tests/extractors/contacts/parts_test.cpp.
#include "extractors/contacts/tld.h"

#include <algorithm>
#include <cstdint>

namespace evtriage::contacts {
namespace {

constexpr std::string_view kPlainLonger[] = {"africa", "biz", "com", "edu", "gov", "mil", "net", "onion", "org"};

// File endings (.sh .py .ml .pl .rs .md .ps .pm .la .am .ac .in .cc .ai .st .so .vi .tf .do .mm .hs ...) and
// words that follow a full stop without a blank in French, English, Portuguese or code (.is .id .me .it .to .my .no).
constexpr std::string_view kDoubtfulTwo =  // pairs
    "acadaiamasatbebycccdcidjdoesetgdgghtidiliminisitjelamamdmemkmlmmmompmsmynenonuompaphpmpnpspwpyrerssa"
    "scsdsesgshsmsosrstsysztdtftktmtotrtttvvavcvevivuws";
static_assert(kDoubtfulTwo.size() % 2 == 0);

constexpr std::string_view kRegistryLabels[] = {"ac",  "co",  "com", "edu",  "gob",  "gouv", "gov", "govt", "mil",
                                                "net", "nom", "or",  "org", "presse", "sch"};

class Pairs {  // a bit for each pair of small letters
 public:
  explicit constexpr Pairs(std::string_view pairs) {
    for (std::size_t at = 0; at + 1 < pairs.size(); at += 2) {
      rows_[static_cast<unsigned char>(pairs[at] - 'a')] |= 1u << (pairs[at + 1] - 'a');
    }
  }
  bool has(std::string_view label) const {
    const auto row = static_cast<unsigned char>(label[0] - 'a'), column = static_cast<unsigned char>(label[1] - 'a');
    return row < 26 && column < 26 && (rows_[row] >> column & 1) != 0;
  }

 private:
  std::uint32_t rows_[26] = {};
};

constexpr Pairs kDoubtful(kDoubtfulTwo);

const Pairs& all_pairs() {
  static const Pairs pairs(two_letter_tlds());
  return pairs;
}

}  // namespace

bool is_tld(std::string_view label) {
  if (label.size() < 2) return false;
  if (label.size() == 2) return all_pairs().has(label);
  const auto table = longer_tlds();
  return std::binary_search(table.begin(), table.end(), label);
}

bool is_plain_host_tld(std::string_view label) {
  if (label.size() == 2) return all_pairs().has(label) && !kDoubtful.has(label);
  return std::ranges::find(kPlainLonger, label) != std::end(kPlainLonger);
}

bool is_registry_label(std::string_view label) {
  return std::ranges::find(kRegistryLabels, label) != std::end(kRegistryLabels);
}

}  // namespace evtriage::contacts
