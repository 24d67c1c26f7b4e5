// Attachments: qpdf attached one, the other hangs on an annotation (pdfdetach -list names both).
#include "tests/extractors/pdf/extract.h"

namespace evtriage {
namespace {

TEST(PdfAttachments, NamedAnnotatedAndXfa) {
  const std::string bytes = fixture("attached.pdf");
  const FakeEmit emit = extract(bytes);
  ASSERT_EQ(emit.children.size(), 3u);
  const auto& [list, list_bytes] = emit.children[0];
  EXPECT_EQ(list.step.name, "list.txt");
  EXPECT_EQ(list.kind, ItemKind::attachment);
  EXPECT_EQ(list.media_type, "text/plain");
  EXPECT_EQ(list.modified_ns, 1'768'032'000'000'000'000);  // date -u -d 2026-01-10T08:00:00Z +%s
  EXPECT_EQ(list_bytes, "two adults\n");
  EXPECT_EQ(emit.children[1].first.step.name, "xfa/datasets.xml");
  EXPECT_EQ(emit.children[1].first.kind, ItemKind::embedded);
  EXPECT_NE(emit.children[1].second.find("<name>Kofi</name>"), std::string::npos);
  const auto& [note, note_bytes] = emit.children[2];
  EXPECT_EQ(note.step.name, "note.txt");
  EXPECT_EQ(note.created_ns, 1'768'032'000'000'000'000);
  std::string expected;
  for (int i = 0; i < 20; ++i) expected += "meet at the harbour\n";
  EXPECT_EQ(note_bytes, expected);
}

TEST(PdfAttachments, AStoredOneIsAPieceOfTheFile) {
  const std::string bytes = fixture("full.pdf");
  const FakeEmit emit = extract(bytes);
  ASSERT_FALSE(emit.children.empty());
  ASSERT_TRUE(emit.children[0].first.extent);
  EXPECT_EQ(bytes.substr(emit.children[0].first.extent->begin, 11), "two adults\n");
}

TEST(PdfAttachments, ASpentBudgetIsTold) {
  const std::string bytes = fixture("attached.pdf");
  FakeEmit emit(bytes.size());
  emit.spool_bytes = 50;
  extract_pdf(Resident(Blob::own(bytes)), {}, {}, emit);
  ASSERT_EQ(emit.children.size(), 3u);
  EXPECT_EQ(emit.children[2].second, "(none)");
  EXPECT_TRUE(std::any_of(emit.issues.begin(), emit.issues.end(), [](const Issue& i) { return i.code == Code::limit; }));
}

// pictures.pdf holds two JPEG files, one as it is and one packed once more; encrypted_pictures.pdf is the same behind a
// password.  Names by object number.
void expect_pictures(const FakeEmit& emit, int first, int second) {
  ASSERT_EQ(emit.children.size(), 2u);
  EXPECT_EQ(emit.children[0].first.step.name, "picture-" + std::to_string(first) + ".jpg");
  EXPECT_EQ(emit.children[1].first.step.name, "picture-" + std::to_string(second) + ".jpg");
  EXPECT_EQ(emit.children[0].first.media_type, "image/jpeg");
  EXPECT_EQ(emit.children[0].second, fixture("../../image/data/south_east.jpg"));
  EXPECT_EQ(emit.children[1].second, fixture("../../media/data/cover.jpg"));
}

TEST(PdfAttachments, PhotographsAreTheFilesThatWereSet) {
  const std::string bytes = fixture("pictures.pdf");
  const FakeEmit emit = extract(bytes);
  expect_pictures(emit, 4, 5);
  const auto& extent = emit.children[0].first.extent;
  ASSERT_TRUE(extent);
  EXPECT_EQ(bytes.substr(extent->begin, extent->size()), fixture("../../image/data/south_east.jpg"));
  EXPECT_FALSE(emit.children[1].first.extent);
}

TEST(PdfAttachments, PhotographsBehindAPassword) {
  const std::string bytes = fixture("encrypted_pictures.pdf");
  ExtractOptions options;
  options.passwords = {"geheim"};
  const FakeEmit emit = extract(bytes, options);
  expect_pictures(emit, 5, 6);
  for (const auto& [child, content] : emit.children) EXPECT_FALSE(child.extent);
}

}  // namespace
}  // namespace evtriage
