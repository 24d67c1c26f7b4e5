// What the case file says stands in the page; what it does not say stands as "not stated"; clocks are corrected.
#include <gmock/gmock.h>

#include "reports/html.h"
#include "tests/support/sample_case.h"

namespace evtriage::reports {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string page_of(const std::string& dir, CustodyView custody) {
  auto reader = open_case(dir + "/results.sqlite");
  if (!reader) return {};
  const CaseInput input{reader->get(), std::move(custody), read_seal(dir), Language::en};
  std::string out;
  EXPECT_TRUE(write_html(input, [&](std::string_view bytes) { out += bytes; }));
  return out;
}

std::string section(const std::string& page, const std::string& id) {
  const auto begin = page.find("<section id=\"" + id + "\"");
  return begin == std::string::npos ? "" : page.substr(begin, page.find("</section>", begin) - begin);
}

TEST(HtmlCase, FactsOfTheCaseFileAndWhatIsMissing) {
  const test::SampleCase sample;
  ASSERT_EQ(sample.problem(), "");
  const auto page = page_of(sample.dir(), read_custody(sample.dir() + "/custody.jsonl"));
  EXPECT_THAT(section(page, "request"), HasSubstr("MLA 12/2026"));
  EXPECT_THAT(section(page, "request"), HasSubstr("Treaty or law relied on"));
  EXPECT_THAT(section(page, "received"), HasSubstr("2026-01-10 14:05 GMT"));
  EXPECT_THAT(section(page, "received"), HasSubstr("equals the digest computed here"));
  EXPECT_THAT(section(page, "repeat"), HasSubstr("evtriage run phone-export EX2=ledger.csv --case DIR"));
  EXPECT_THAT(section(page, "repeat"), HasSubstr(read_seal(sample.dir())->results_digest));
  EXPECT_THAT(section(page, "annex"), HasSubstr("Calls for travel to work, then unpaid."));
  EXPECT_THAT(section(page, "annex"), HasSubstr("not stated"));
  EXPECT_THAT(section(page, "signoff"), HasSubstr("A. Example"));
}

TEST(HtmlCase, AnotherDigestThanTheOneStatedIsSaid) {
  const test::SampleCase sample;
  auto custody = read_custody(sample.dir() + "/custody.jsonl");
  custody.facts["exhibit.EX2.acquisition_hash"] = "sha256:" + std::string(64, '0');
  EXPECT_THAT(section(page_of(sample.dir(), custody), "received"), HasSubstr("DIFFERS from the digest computed here"));
  custody.facts["exhibit.EX2.acquisition_hash"] = "md5:" + std::string(32, '0');
  EXPECT_THAT(section(page_of(sample.dir(), custody), "received"), HasSubstr("not compared"));
}

TEST(HtmlCase, ClocksAreCorrectedAndTold) {
  const test::SampleCase sample;
  auto custody = read_custody(sample.dir() + "/custody.jsonl");
  const auto page = page_of(sample.dir(), custody);  // EX1 is two minutes behind; its message carries 09:00:00
  EXPECT_THAT(section(page, "messages"), HasSubstr("2026-01-15 09:02:00 UTC"));
  EXPECT_THAT(section(page, "messages"), HasSubstr("<bdi dir=\"ltr\">+120</bdi>"));
  custody.facts.erase("exhibit.EX1.clock_offset");
  const auto plain = page_of(sample.dir(), custody);
  EXPECT_THAT(section(plain, "messages"), HasSubstr("2026-01-15 09:00:00 UTC"));
  EXPECT_THAT(section(plain, "messages"), Not(HasSubstr("corrected")));
}

TEST(HtmlCase, TheTimelineMovesWithTheClock) {
  const test::SampleCase sample;
  auto custody = read_custody(sample.dir() + "/custody.jsonl");
  custody.facts["exhibit.EX1.clock_offset"] = std::to_string(40 * 86'400);  // forty days ahead
  const auto timeline = section(page_of(sample.dir(), custody), "timeline");
  EXPECT_THAT(timeline, HasSubstr("2025-12"));
  EXPECT_THAT(timeline, HasSubstr("-3456000"));
}

}  // namespace
}  // namespace evtriage::reports
