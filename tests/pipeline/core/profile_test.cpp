// Profile: the canonical text is sorted, complete, and moves with every field.
#include "pipeline/core/profile.h"

#include <gtest/gtest.h>

#include <set>

namespace evtriage {
namespace {

TEST(Profile, CanonicalTextIsSortedLines) {
  Profile profile;
  profile.regions = {"BJ", "SN"};
  profile.versions = {{"re2", "20220601"}, {"program", "0.1.0"}};
  const std::string text = profile.canonical_text();
  EXPECT_EQ(text.find("hashes=md5,sha1,sha256\n"), 0u);
  EXPECT_NE(text.find("\nregions=BJ,SN\n"), std::string::npos);
  EXPECT_LT(text.find("version.program=0.1.0\n"), text.find("version.re2=20220601\n"));
}

TEST(Profile, EveryFieldMovesTheText) {
  std::set<std::string> texts;
  const auto add = [&](auto change) {
    Profile profile;
    change(profile);
    texts.insert(profile.canonical_text());
  };
  add([](Profile&) {});
  add([](Profile& p) { p.hashes.md5 = false; });
  add([](Profile& p) { p.hashes.sha512 = true; });
  add([](Profile& p) { p.keep_text = KeepText::none; });
  add([](Profile& p) { p.regions = {"BJ"}; });
  add([](Profile& p) { p.versions = {{"a", "1"}}; });
  add([](Profile& p) { p.limits.page_bytes = 1; });
  add([](Profile& p) { p.limits.margin_bytes = 1; });
  add([](Profile& p) { p.limits.resident_bytes = 1; });
  add([](Profile& p) { p.limits.structured_bytes = 1; });
  add([](Profile& p) { p.limits.expanded_bytes = 1; });
  add([](Profile& p) { p.limits.children = 1; });
  add([](Profile& p) { p.limits.depth = 1; });
  add([](Profile& p) { p.limits.mentions_per_item = 1; });
  add([](Profile& p) { p.limits.hits_per_item = 1; });
  add([](Profile& p) { p.limits.cage_memory_bytes = 1; });
  add([](Profile& p) { p.limits.cage_output_bytes = 1; });
  add([](Profile& p) { p.limits.cage_cpu_seconds = 1; });
  EXPECT_EQ(texts.size(), 18u);
}

}  // namespace
}  // namespace evtriage
