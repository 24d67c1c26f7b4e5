// Whole documents: text against pdftotext (poppler-utils), properties against pdfinfo, passwords, faults of reading,
// and the same answer whatever was read before.
#include <cstdio>

#include "tests/extractors/pdf/extract.h"

namespace evtriage {
namespace {

std::string output_of(const std::string& command) {
  std::string out;
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return out;
  char buffer[4096];
  for (std::size_t n = 1; n > 0;) {
    n = fread(buffer, 1, sizeof buffer, pipe);
    out.append(buffer, n);
  }
  pclose(pipe);
  return out;
}

std::string path_of(const std::string& name) { return std::string(EVTRIAGE_SOURCE_DIR) + "/tests/extractors/pdf/data/" + name; }

std::string without_blank_lines(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c != '\n' || (!out.empty() && out.back() != '\n')) out += c;
  }
  return out;
}

TEST(Pdf, TextIsThatOfPdftotext) {
  for (const char* name : {"full.pdf", "attached.pdf", "owner_only.pdf", "outline_loop.pdf"}) {
    const std::string expected = output_of("pdftotext -q -nopgbrk -enc UTF-8 " + path_of(name) + " -");
    EXPECT_EQ(without_blank_lines(extract(fixture(name)).all("body")), without_blank_lines(expected)) << name;
  }
}

TEST(Pdf, PagesPlacesAndBytes) {
  const std::string bytes = fixture("full.pdf");
  const FakeEmit emit = extract(bytes);
  std::vector<std::string> places;
  for (const TextSegment& segment : emit.texts) {
    if (segment.origin == "body") places.push_back(segment.place);
  }
  EXPECT_EQ(places, (std::vector<std::string>{"page 1 (i)", "page 3 (1)"}));
  EXPECT_EQ(emit.source_of("7946 0958", bytes), "BT /F1 12 Tf 20 150 Td (Call +44 20 7946 0958 before the crossing) Tj 0 -20 Td (\xE9t\xE9 \x80 500) Tj ET");
  const std::string both = emit.source_of("second part", bytes);
  EXPECT_TRUE(both.starts_with("BT /F1 12 Tf 20 150 Td (first part)") && both.ends_with("(second part) Tj ET")) << both;
  ASSERT_EQ(emit.issues.size(), 1u);
  EXPECT_EQ(emit.issues[0].code, Code::unsupported);
  EXPECT_EQ(emit.issues[0].detail, "page 2: image only, no text") << "page 4 is blank";
}

TEST(Pdf, Properties) {
  const FakeEmit emit = extract(fixture("full.pdf"));
  EXPECT_EQ(value(emit, "dc:title"), "Fee list \xC3\xA9");
  EXPECT_EQ(value(emit, "dc:creator"), "Example Travel");
  EXPECT_EQ(value(emit, "dc:subject"), "fees");
  EXPECT_EQ(value(emit, "pdf:Keywords"), "sea, land");
  EXPECT_EQ(value(emit, "pdf:Producer"), "by hand");
  EXPECT_EQ(value(emit, "dcterms:created"), "2026-01-15T10:00:00Z");
  EXPECT_EQ(value(emit, "dcterms:modified"), "2026-01-16T00:00:00") << "no zone was given, none is made up";
  EXPECT_EQ(value(emit, "pdf:pages"), "4");
  EXPECT_EQ(value(emit, "pdf:PDFVersion"), "1.7");
  EXPECT_EQ(value(emit, "pdf:Info.Company"), "Example Ltd");
  EXPECT_NE(emit.all("metadata").find("dc:title: Crossing & prices\n"), std::string::npos);
  EXPECT_NE(emit.all("metadata").find("Company: Example Ltd\n"), std::string::npos);
}

TEST(Pdf, ArabicIsInReadingOrder) {
  const FakeEmit emit = extract(fixture("arabic.pdf"));
  const std::string text = emit.all("body");
  EXPECT_NE(text.find("اتصل بالرقم +218 91 555 0142 قبل السفر من طرابلس إلى إيطاليا\n"), std::string::npos) << text;
  EXPECT_NE(text.find("The word مرحبا stands in English text, efficient ffi ligature offered.\n"), std::string::npos) << text;
  EXPECT_NE(text.find("documents retention is extraordinarily long international transportation\n"), std::string::npos) << "soft hyphens";
}

TEST(Pdf, PasswordsAreTried) {
  for (const char* name : {"aes256.pdf", "aes128.pdf"}) {
    const FakeEmit closed = extract(fixture(name));
    EXPECT_TRUE(closed.is_encrypted);
    ASSERT_EQ(closed.issues.size(), 1u);
    EXPECT_EQ(closed.issues[0].code, Code::encrypted);
    const FakeEmit open = extract(fixture(name), {{"wrong", "geheim", "\xC3\xA9t\xC3\xA9"}});
    EXPECT_FALSE(open.is_encrypted);
    EXPECT_EQ(open.all("body"), extract(fixture("full.pdf")).all("body")) << name;
    ASSERT_EQ(open.children.size(), 2u);
    EXPECT_EQ(open.children[0].second, "two adults\n");
    EXPECT_FALSE(open.children[0].first.extent) << "its bytes are encrypted in the file";
  }
  EXPECT_NE(extract(fixture("owner_only.pdf")).all("body").find("7946 0958"), std::string::npos);
}

TEST(Pdf, TheSameAloneAfterOthersAndInReverse) {
  const std::vector<std::string> names = {"full.pdf", "arabic.pdf", "aes256.pdf", "loop_pages.pdf", "outline_loop.pdf", "attached.pdf"};
  std::vector<std::string> first;
  for (const std::string& name : names) first.push_back(everything(extract(fixture(name))));
  for (std::size_t i = names.size(); i-- > 0;) EXPECT_EQ(everything(extract(fixture(names[i]))), first[i]) << names[i];
}

class Faulty final : public Content {  // reads of `bad` fail
 public:
  Faulty(std::string bytes, ByteRange bad) : bytes_(Blob::own(std::move(bytes))), bad_(bad) {}
  std::uint64_t size() const override { return bytes_.size(); }
  Result<Blob> read(ByteRange range) const override {
    if (range.begin < bad_.end && bad_.begin < range.end) return Error{Code::io_read, "bad sector"};
    return bytes_.slice(range.begin, range.size());
  }

 private:
  Blob bytes_;
  ByteRange bad_;
};

TEST(Pdf, LargeFilesAreReadByRangesAndLostOnesAreTold) {
  std::string bytes = fixture("full.pdf");
  const std::size_t end_of_body = bytes.find("xref\n0 ");
  // 9 MiB of filler between body and table: many blocks, one of which cannot be read.
  const std::string filler = "%" + std::string(9 << 20, 'x') + "\n";
  std::string large = bytes.substr(0, end_of_body) + filler + bytes.substr(end_of_body);
  const std::size_t start = large.rfind("startxref\n") + 10;
  large = large.substr(0, start) + std::to_string(end_of_body + filler.size()) + "\n%%EOF\n";
  FakeEmit emit(large.size());
  extract_pdf(Faulty(large, {5 << 20, (5 << 20) + 10}), {}, {}, emit);
  EXPECT_EQ(emit.all("body"), extract(bytes).all("body"));
  FakeEmit lost(bytes.size());
  extract_pdf(Faulty(bytes, {0, 10}), {}, {}, lost);
  ASSERT_FALSE(lost.issues.empty());
  EXPECT_TRUE(std::any_of(lost.issues.begin(), lost.issues.end(), [](const Issue& i) { return i.code == Code::io_read && i.where; }));
}

}  // namespace
}  // namespace evtriage
