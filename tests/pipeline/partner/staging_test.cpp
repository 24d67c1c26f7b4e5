#include "pipeline/partner/staging.h"

#include <gtest/gtest.h>

#include "tests/support/scratch.h"

namespace evtriage {
namespace {

TEST(Staging, MakesItsFolderAloneAndTakesItAway) {
  const test::Scratch scratch;
  {
    const Staging staging(scratch / "p");
    EXPECT_EQ(staging.problem(), "");
    EXPECT_TRUE(put_file(staging.bag() + "/data/x/y", "1"));
    EXPECT_FALSE(put_file(staging.bag() + "/data/x/y", "2")) << "never over a file";
    const Staging second(scratch / "p");
    EXPECT_NE(second.problem(), "");
  }
  EXPECT_FALSE(std::filesystem::exists(scratch / "p.building"));
  const Staging nowhere("/nonexistent/p");
  EXPECT_NE(nowhere.problem(), "");
}

TEST(Staging, ManifestIsWhatSha256sumReads) {
  const test::Scratch scratch;
  ASSERT_TRUE(put_file(scratch / "data/b", "two\n"));
  ASSERT_TRUE(put_file(scratch / "data/a.txt", ""));
  ASSERT_TRUE(put_file(scratch / "data/a/c", std::string(600000, 'x')));
  const auto files = list_bag(scratch.path(), "data");
  ASSERT_TRUE(files);
  scratch.write("manifest", manifest_text(*files));
  EXPECT_TRUE(scratch.shell("sha256sum -c --strict manifest && cut -c67- manifest | LC_ALL=C sort -c && test $(wc -l < manifest) = 3")) << scratch.read("out");
  ASSERT_TRUE(put_file(scratch / "data/with space", ""));
  EXPECT_FALSE(list_bag(scratch.path(), "data"));
}

TEST(Staging, Names) {
  for (const char* good : {"a", "data/x.jsonl", "data/reports/report.en.html", "A-_9/b.c.d"}) EXPECT_TRUE(is_bag_path(good)) << good;
  for (const char* bad : {"", "/a", "a/", "a//b", "..", "a/../b", ".a", "a/.b", "a b", "a\nb", "a\\b", "\xC3\xA9", "a:b", "%41"}) EXPECT_FALSE(is_bag_path(bad)) << bad;
}

}  // namespace
}  // namespace evtriage
