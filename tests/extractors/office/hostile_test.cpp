// Bombs, entities, depth, every truncation and thousands of flipped bytes of whole documents.
#include "tests/extractors/office/support.h"

namespace evtriage {
namespace {
using namespace office_test;

std::string with_declaration(const std::string& declaration, const std::string& text) {
  return zip({{"[Content_Types].xml", kTypes},
              {"_rels/.rels", relationships(relationship("r", "officeDocument", "d.xml"))},
              {"d.xml", "<?xml version=\"1.0\"?>" + declaration + R"(<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>)" +
                            text + "</w:t></w:r></w:p></w:body></w:document>"}});
}

TEST(Hostile, BillionLaughsStayOne) {
  std::string declaration = "<!DOCTYPE w [<!ENTITY l0 \"lol\">";
  for (int i = 1; i < 10; ++i) {
    declaration += "<!ENTITY l" + std::to_string(i) + " \"";
    for (int k = 0; k < 10; ++k) declaration += "&l" + std::to_string(i - 1) + ";";
    declaration += "\">";
  }
  const FakeEmit emit = run(extract_ooxml, with_declaration(declaration + "]>", "&l9;"));
  EXPECT_EQ(emit.all("body"), "&l9;\n");
  EXPECT_NE(issues(emit).find("limit: d.xml: entities=0"), std::string::npos);
}

TEST(Hostile, NothingIsFetched) {
  const FakeEmit emit = run(extract_ooxml, with_declaration("<!DOCTYPE w [<!ENTITY x SYSTEM \"file:///etc/passwd\"><!ENTITY % p SYSTEM \"http://127.0.0.1:9/\"> %p;]>", "&x; here"));
  EXPECT_EQ(emit.all("body"), "&x; here\n");
  EXPECT_NE(issues(emit).find("neither expanded nor fetched"), std::string::npos);
}

TEST(Hostile, DepthIsALimit) {
  std::string body;
  for (int i = 0; i < 100'000; ++i) body += "<w:p>";
  EXPECT_NE(issues(run(extract_ooxml, docx(body))).find("xml_depth=1000"), std::string::npos);
}

TEST(Hostile, EveryTruncationIsTold) {
  for (const auto& [name, function] : std::vector<std::pair<std::string, Function>>{{"fees.xlsx", extract_ooxml}, {"libreoffice.docx", extract_ooxml}, {"report.epub", extract_epub}, {"rich.fodt", extract_odf}}) {
    const std::string bytes = sample(name);
    for (std::size_t size = 0; size + 1 < bytes.size(); size += 37) EXPECT_FALSE(run(function, bytes.substr(0, size)).issues.empty()) << name << " " << size;
  }
}

TEST(Hostile, FlippedBytesNeverBreakTheContract) {
  for (const auto& [name, function] : std::vector<std::pair<std::string, Function>>{{"fees.xlsx", extract_ooxml}, {"libreoffice.docx", extract_ooxml}, {"deck.pptx", extract_ooxml}, {"deck.odp", extract_odf},
                                       {"fees.ods", extract_odf}, {"report.epub", extract_epub}, {"deck.fodp", extract_odf}}) {
    const std::string bytes = sample(name);
    for (std::size_t i = 0; i < bytes.size(); i += 1 + bytes.size() / 100) {
      std::string flipped = bytes;
      flipped[i] = static_cast<char>(flipped[i] ^ 0x5a);
      (void)run(function, flipped);  // FakeEmit asserts the contract
    }
  }
}

TEST(Hostile, TheSameBytesGiveTheSameEmissions) {
  const std::string bytes = sample("fees.xlsx");
  const FakeEmit first = run(extract_ooxml, bytes), second = (run(extract_ooxml, sample("libreoffice.xlsx")), run(extract_ooxml, bytes));
  ASSERT_EQ(first.texts.size(), second.texts.size());
  for (std::size_t i = 0; i < first.texts.size(); ++i) EXPECT_EQ(first.texts[i].utf8.chars(), second.texts[i].utf8.chars());
  EXPECT_EQ(first.properties, second.properties);
}

class Broken final : public Content {  // one range cannot be read
 public:
  Broken(std::string bytes, ByteRange bad) : inner_(Blob::own(std::move(bytes))), bad_(bad) {}
  std::uint64_t size() const override { return inner_.size(); }
  Result<Blob> read(ByteRange range) const override {
    if (range.begin < bad_.end && bad_.begin < range.end) return Error{Code::io_read, "bad sector"};
    return inner_.read(range);
  }

 private:
  Resident inner_;
  ByteRange bad_;
};

TEST(Hostile, AnUnreadableRangeIsToldAndTheRestIsRead) {
  const std::string bytes = sample("libreoffice.docx");
  FakeEmit emit(bytes.size());
  extract_ooxml(Broken(bytes, {2000, 2001}), {}, {}, emit);  // inside word/document.xml
  EXPECT_NE(issues(emit).find("io_read: word/document.xml: bad sector"), std::string::npos) << issues(emit);
  EXPECT_NE(emit.all("body").find("Header of Ama"), std::string::npos);
}

}  // namespace
}  // namespace evtriage
