// Damaged and hostile documents: every truncation, flipped bytes, nesting, lying counts.  Told, never silent.
#include "tests/extractors/pdf/extract.h"

namespace evtriage {
namespace {

bool says(const FakeEmit& emit, Code code) {
  return std::any_of(emit.issues.begin(), emit.issues.end(), [&](const Issue& issue) { return issue.code == code; });
}

TEST(PdfDamage, ATruncatedDocumentIsToldAtEveryLength) {
  const std::string bytes = fixture("full.pdf");
  const std::size_t table = bytes.find("xref\n0 ");
  for (std::size_t n = 0; n < table; n += n % 13 + 5) {
    const FakeEmit emit = extract(bytes.substr(0, n));
    EXPECT_TRUE(says(emit, Code::corrupt)) << n;
  }
}

TEST(PdfDamage, ATableThatIsGoneIsRebuilt) {
  const std::string bytes = fixture("full.pdf");
  const FakeEmit emit = extract(bytes.substr(0, bytes.find("xref\n0 ")) + "trailer << /Root 1 0 R >>");
  EXPECT_NE(emit.all("body").find("7946 0958"), std::string::npos);
}

TEST(PdfDamage, PagesOfACutDocumentAreFoundByTheirObjects) {
  const std::string bytes = fixture("full.pdf");
  // The catalog and the tree of pages are lost at the front, the table and the trailer at the end.
  const std::string cut = "%PDF-1.7\n" + bytes.substr(bytes.find("3 0 obj"), bytes.find("20 0 obj") - bytes.find("3 0 obj"));
  const FakeEmit emit = extract(cut);
  EXPECT_NE(emit.all("body").find("7946 0958"), std::string::npos);
  EXPECT_NE(emit.all("body").find("second part"), std::string::npos);
  EXPECT_TRUE(says(emit, Code::corrupt));
  EXPECT_NE(extract(fixture("loop_pages.pdf")).all("body").find("still here"), std::string::npos) << "a tree that contains itself";
}

TEST(PdfDamage, FlippedBytesEndWell) {
  const std::string bytes = fixture("full.pdf");
  for (std::size_t i = 0; i < bytes.size(); i += 11) {
    std::string flipped = bytes;
    flipped[i] = static_cast<char>(flipped[i] ^ 0x55);
    extract(flipped);
  }
}

TEST(PdfDamage, LyingCountsAndNesting) {
  EXPECT_TRUE(says(extract(fixture("loop_pages.pdf")), Code::corrupt));
  EXPECT_TRUE(says(extract(""), Code::corrupt));
  EXPECT_TRUE(says(extract("%PDF-1.7\n" + std::string(200'000, '[')), Code::corrupt));
  EXPECT_TRUE(says(extract("%PDF-1.7\n1 0 obj\n" + std::string(100'000, '[') + std::string(100'000, ']') + "\nendobj\ntrailer << /Root 1 0 R >>"), Code::corrupt));
}

TEST(PdfDamage, AMissingCharacterMapIsTold) {
  std::string bytes = fixture("outline_loop.pdf");
  const std::string font = "/Subtype /Type1 /BaseFont /Helvetica >>";
  const std::size_t at = bytes.find(font);
  ASSERT_NE(at, std::string::npos);
  bytes.replace(at, font.size(), "/Subtype /Type0 /BaseFont /X /Encoding /No-Such-H /DescendantFonts [<< /Type /Font /Subtype /CIDFontType0 /BaseFont /X "
                                 "/CIDSystemInfo << /Registry (Adobe) /Ordering (Klingon) /Supplement 0 >> >>] >>");
  EXPECT_TRUE(says(extract(bytes), Code::unsupported));
}

}  // namespace
}  // namespace evtriage
