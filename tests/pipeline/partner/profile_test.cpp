#include "pipeline/partner/profile.h"

#include <gtest/gtest.h>

#include "tests/support/scratch.h"

namespace evtriage {
namespace {

std::string error_of(const std::string& text) {
  const auto profile = parse_profile(text, "p.yaml");
  return profile ? "" : profile.error().detail;
}

TEST(Profile, TheDefaultShowsNoWordsNamesOrValues) {
  const auto profile = load_profile("");
  ASSERT_TRUE(profile) << profile.error().detail;
  EXPECT_EQ(profile->name, "partner");
  EXPECT_FALSE(profile->full);
  EXPECT_FALSE(profile->keywords_shown);
  for (const char* table : {"mentions", "messages", "properties", "texts", "issues", "profile"}) EXPECT_FALSE(profile->tables.contains(table)) << table;
  const std::set<std::string> never = {"excerpt", "context", "matched", "path", "name", "address", "label", "place", "raw", "sha256", "md5", "sha1", "digests"};
  for (const auto& [table, fields] : profile->tables) {
    if (table == "links" || table == "packs" || table == "rules") continue;  // numbers; the program's own words
    ASSERT_FALSE(fields.empty()) << table;
    for (const std::string& field : fields) EXPECT_FALSE(never.contains(field) && !(table == "exhibits" && field == "label")) << table << "." << field;
  }
  ASSERT_EQ(profile->masks.size(), 1u);
  EXPECT_TRUE(profile->masks[0].all);
}

TEST(Profile, AllThatItCanSay) {
  const test::Scratch scratch;
  scratch.write("minors.txt", "# list\nmaman@example.org\r\n\n+22990000001\n");
  scratch.write("p.yaml", "profile: mine\nexhibits: [EX1]\nbands: [high]\nitems: [3, 1]\ntables:\n  items: all\n  findings: [item, band]\ncustody: all\nkeywords: shown\n"
                          "mask:\n  - {reason: MINOR, list: minors.txt}\n  - {reason: TIP-6.1, types: [phone], values: [a@example.org]}\nwords:\n  - {reason: MINOR, values: [Ama Mensah]}\nunmasked: [b@example.org]\n");
  const auto profile = load_profile(scratch / "p.yaml");
  ASSERT_TRUE(profile) << profile.error().detail;
  EXPECT_FALSE(profile->all_exhibits);
  EXPECT_EQ(profile->items, (std::set<std::uint64_t>{1, 3}));
  EXPECT_TRUE(profile->tables.at("items").empty());
  EXPECT_TRUE(profile->custody.contains("all"));
  EXPECT_TRUE(profile->keywords_shown);
  EXPECT_EQ(profile->masks[0].values, (std::set<std::string>{"+22990000001", "maman@example.org"}));
  EXPECT_EQ(profile->words[0].first, "Ama Mensah");
}

TEST(Profile, MistakesAreNamedWithTheirLine) {
  EXPECT_EQ(error_of("profile: x\nitmes: all\n").substr(0, 34), "p.yaml:2: 'itmes' is no part of a ");
  EXPECT_EQ(error_of("profile: x\ntables:\n  items: [id]\n  itemz: all\n"), "p.yaml:4: there is no table 'itemz'; see evtriage export");
  for (const char* bad : {"", "[]", "x", "items: all", "profile: x\nprofile: y", "profile: x\nbands: [huge]", "profile: x\nbands: high", "profile: x\nitems: [0]", "profile: x\nitems: [1a]",
                          "profile: x\nitems: []", "profile: x\nexhibits: EX1", "profile: x\ntables: all", "profile: x\ntables: {texts: all}", "profile: x\ntables: {items: []}",
                          "profile: x\nmask: all", "profile: x\nmask: [{contacts: all}]", "profile: x\nmask: [{reason: A}]", "profile: x\nmask: [{reason: 'a b', contacts: all}]",
                          "profile: x\nmask: [{reason: A, contacts: some}]", "profile: x\nmask: [{reason: A, list: /nonexistent}]", "profile: x\nmask: [{reason: A, who: x}]",
                          "profile: x\nwords: [{reason: A}]", "profile: x\nkeywords: maybe", "profile: x\ncustody: some", "profile: x\nunmasked: x", "profile: [", "profile: x\n\ttables: y"}) {
    const std::string said = error_of(bad);
    EXPECT_TRUE(said.starts_with("p.yaml:") && said.size() > 12) << bad << " -> " << said;
  }
  EXPECT_FALSE(load_profile("/nonexistent.yaml"));
}

}  // namespace
}  // namespace evtriage
