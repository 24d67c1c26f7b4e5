// Hostile cases through the formats for programs: still XML, still JSON, still one file a line.
#include "reports/exchange.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>

#include "pipeline/core/text.h"
#include "tests/support/sample_case.h"

namespace evtriage::reports {
namespace {

using testing::HasSubstr;
using testing::Not;

struct Hostile {
  Hostile() : sample(true), reader(open_case(sample.dir() + "/results.sqlite")) {
    input = {reader ? reader->get() : nullptr, read_custody(sample.dir() + "/custody.jsonl"), read_seal(sample.dir()), Language::en};
  }
  test::SampleCase sample;
  Result<std::unique_ptr<CaseReader>> reader;
  CaseInput input;
};

std::string written(const std::function<Result<void>(const Sink&)>& write) {
  std::string out;
  const auto done = write([&](std::string_view bytes) { out += bytes; });
  EXPECT_TRUE(done) << (done ? "" : done.error().detail);
  return out;
}

int judged(const std::string& dir, const std::string& bytes, const std::string& command) {
  std::ofstream(dir + "/judged", std::ios::binary) << bytes;
  return std::system((command + " '" + dir + "/judged' >/dev/null").c_str());
}

TEST(Exchange, HostileEvidenceIsStillXml) {
  Hostile hostile;
  ASSERT_EQ(hostile.sample.problem(), "");
  for (const auto write : {write_dfxml, write_graphml}) {
    const auto xml = written([&](const Sink& sink) { return write(hostile.input, sink); });
    EXPECT_TRUE(is_valid_utf8(xml));
    EXPECT_THAT(xml, Not(HasSubstr("<script")));
    EXPECT_THAT(xml, HasSubstr("&lt;script&gt;"));
    if (std::system("xmllint --version >/dev/null 2>&1") == 0) {
      EXPECT_EQ(judged(hostile.sample.dir(), xml, "xmllint --nonet --noout"), 0);
    }
  }
}

TEST(Exchange, HostileEvidenceIsStillJson) {
  Hostile hostile;
  ASSERT_EQ(hostile.sample.problem(), "");
  const auto json = written([&](const Sink& sink) { return write_case_uco(hostile.input, sink); });
  EXPECT_TRUE(is_valid_utf8(json));
  EXPECT_EQ(judged(hostile.sample.dir(), json, "python3 -m json.tool"), 0);
  EXPECT_THAT(json, Not(HasSubstr("victim:")));
  EXPECT_THAT(json, Not(HasSubstr("classificationConfidence")));
}

TEST(Exchange, ALabelCannotBecomeALineOfTheList) {
  Hostile hostile;
  const auto list = written([&](const Sink& sink) { return write_hashdeep(hostile.input, "EX1\n1,abc,./evil", sink); });
  EXPECT_THAT(list, Not(HasSubstr("\n1,abc")));
  const auto good = written([&](const Sink& sink) { return write_hashdeep(hostile.input, "EX1", sink); });
  EXPECT_THAT(good, testing::StartsWith("%%%% HASHDEEP-1.0\n%%%% size,sha256,filename\n"));
}

TEST(Exchange, AnEmptyCaseIsWritten) {
  const test::SampleCase sample(false, true);
  ASSERT_EQ(sample.problem(), "");
  auto reader = open_case(sample.dir() + "/results.sqlite");
  ASSERT_TRUE(reader);
  const CaseInput input{reader->get(), read_custody(sample.dir() + "/custody.jsonl"), read_seal(sample.dir()), Language::en};
  EXPECT_THAT(written([&](const Sink& sink) { return write_dfxml(input, sink); }), HasSubstr("</dfxml>"));
  EXPECT_THAT(written([&](const Sink& sink) { return write_graphml(input, sink); }), HasSubstr("</graphml>"));
  EXPECT_THAT(written([&](const Sink& sink) { return write_case_uco(input, sink); }), HasSubstr("not stated"));
}

}  // namespace
}  // namespace evtriage::reports
