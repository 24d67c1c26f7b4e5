// What is found in ten megabytes that hold no contact at all, kept as a golden table: it may only shrink.
#include <gtest/gtest.h>

#include <fstream>
#include <map>

#include "tests/extractors/contacts/found_in.h"
#include "tests/extractors/contacts/no_contacts.h"

namespace evtriage::contacts {
namespace {

constexpr std::size_t kMegabyte = 1'000'000;

// "kind type count" for each megabyte, in order; candidates are counted with a star behind the type.
std::string counts(const std::vector<std::string>& regions) {
  std::string out;
  for (const auto kind : kKinds) {
    std::map<std::string, unsigned> types;
    for (const auto& found : search_text(text_without_contacts(kind, kMegabyte), regions)) {
      ++types[std::string(found.type) + (found.confidence == Confidence::candidate ? "*" : "")];
    }
    for (const auto& [type, count] : types) out += std::string(kind) + ' ' + type + ' ' + std::to_string(count) + '\n';
  }
  return out;
}

std::string golden(const std::string& name) {
  std::ifstream file(EVTRIAGE_SOURCE_DIR "/tests/extractors/contacts/data/" + name);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(NoContacts, FalseOnesInAMegabyteOfEachKind) { EXPECT_EQ(counts({}), golden("false_per_megabyte.txt")); }

TEST(NoContacts, FalseOnesWithARegion) { EXPECT_EQ(counts({"BF", "SN"}), golden("false_per_megabyte_bf_sn.txt")); }

}  // namespace
}  // namespace evtriage::contacts
