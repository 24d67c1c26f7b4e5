// The door: formats, languages, files and their digests.
#include "reports/reports.h"

#include <gmock/gmock.h>

#include <filesystem>

#include "pipeline/custody/custody.h"
#include "tests/support/sample_case.h"

namespace evtriage {
namespace {

using testing::HasSubstr;

struct Folder {
  Folder() : path(testing::TempDir() + "evtriage-reports-" + testing::UnitTest::GetInstance()->current_test_info()->name()) {
    std::filesystem::remove_all(path);
    std::filesystem::create_directory(path);
  }
  ~Folder() { std::filesystem::remove_all(path); }
  std::string path;
};

TEST(Reports, EveryFormatWritesFilesWithTheirDigests) {
  const test::SampleCase sample;
  ASSERT_EQ(sample.problem(), "");
  const Folder out;
  std::size_t files = 0;
  for (const auto format : report_formats()) {
    const auto written = write_report({sample.dir(), "en"}, format, out.path);
    ASSERT_TRUE(written) << format;
    for (const auto& file : *written) {
      EXPECT_EQ(*sha256_of_file(out.path + "/" + file.name), file.sha256);
      ++files;
    }
  }
  EXPECT_EQ(files, 1u + 7u + table_names().size() + 4u + 2u);  // four single files, a hash list for each of two exhibits
  EXPECT_EQ(static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(out.path), {})), files);
}

TEST(Reports, UnknownFormatsAndLanguagesNameTheKnownOnes) {
  const test::SampleCase sample;
  const Folder out;
  const auto format = write_report({sample.dir(), "en"}, "docx", out.path);
  ASSERT_FALSE(format);
  EXPECT_THAT(format.error().detail, HasSubstr("html, csv, jsonl, xlsx, case-uco, dfxml, hashdeep, graphml"));
  const auto language = write_report({sample.dir(), "de"}, "html", out.path);
  ASSERT_FALSE(language);
  EXPECT_THAT(language.error().detail, HasSubstr("en, fr, pt, ar"));
  EXPECT_TRUE(std::filesystem::is_empty(out.path));
}

TEST(Reports, NoCaseIsAnError) {
  const Folder out;
  EXPECT_FALSE(write_report({out.path, "en"}, "html", out.path));
  EXPECT_FALSE(export_table(out.path, "items", "jsonl", [](std::string_view) { return true; }));
}

TEST(Reports, ExportGivesTheCanonicalLines) {
  const test::SampleCase sample;
  std::string items, lines;
  ASSERT_TRUE(export_table(sample.dir(), "items", "jsonl", [&](std::string_view bytes) { items += bytes; return true; }));
  auto reader = open_case(sample.dir() + "/results.sqlite");
  ASSERT_TRUE(reader);
  ASSERT_TRUE((*reader)->each_line("items", [&](std::string_view line) { lines.append(line).append("\n"); return true; }));
  EXPECT_EQ(items, lines);
  EXPECT_FALSE(export_table(sample.dir(), "items", "xml", [](std::string_view) { return true; }));
}

}  // namespace
}  // namespace evtriage
