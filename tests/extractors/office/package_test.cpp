// Members as parts and as children: hidden, double, encrypted, damaged, large; segments and their places.
#include "extractors/office/package.h"

#include "extractors/office/text_group.h"
#include "tests/extractors/office/support.h"

namespace evtriage {
namespace {
using namespace office_test;

TEST(Package, NamesAreFoundWhateverTheirCase) {
  const std::string bytes = zip({{"Word\\Document.XML", "<a>x</a>"}});
  FakeEmit emit(bytes.size());
  const Resident file(Blob::own(bytes));
  Package package(file, "test", emit);
  ASSERT_TRUE(package.read_directory());
  EXPECT_TRUE(package.has("/word/document.xml"));
  const auto part = package.open("word/document.xml");
  ASSERT_TRUE(part);
  EXPECT_EQ(part->xml.next(), XmlReader::Event::start);
  EXPECT_FALSE(package.open("word/other.xml"));
  EXPECT_EQ(issues(emit), "corrupt: the part word/other.xml is missing\n");
}

TEST(Package, DoubleEncryptedAndOddMembersAreTold) {
  const std::string bytes = zip({{"a.xml", "<a/>"}, {"A.xml", "second"}, {"locked.bin", "x", 1}, {"odd.bin", "y", 0, 12}, {"liar.bin", "zz", 0, 0, 0, "other.bin"}, {"folder/", ""}});
  FakeEmit emit(bytes.size());
  const Resident file(Blob::own(bytes));
  Package package(file, "test", emit);
  ASSERT_TRUE(package.read_directory());
  EXPECT_TRUE(package.open("a.xml"));
  package.emit_rest([](std::string_view) { return ""; }, [](std::string_view) { return false; });
  EXPECT_EQ(child_names(emit), "A.xml\nlocked.bin\nodd.bin\nliar.bin\n");
  EXPECT_EQ(emit.children[0].second, "second");
  EXPECT_EQ(emit.children[1].second, "(none)");
  EXPECT_TRUE(emit.children[1].first.encrypted);
  EXPECT_EQ(issues(emit),
            "corrupt: two members are called A.xml: the first is read, the other is a child\nencrypted: locked.bin: the part is encrypted\n"
            "unsupported: odd.bin: compressed by method 12, which documents do not use: not read\n"
            "corrupt: liar.bin: the member's own header names another member\n");
}

TEST(Package, BytesBetweenMembersAreTold) {
  std::string bytes = std::string(5000, '?') + zip({{"a.xml", "<a/>"}});
  FakeEmit emit(bytes.size());
  const Resident file(Blob::own(bytes));
  Package package(file, "test", emit);
  ASSERT_TRUE(package.read_directory()) << issues(emit);
  ASSERT_EQ(emit.issues.size(), 1u);
  EXPECT_EQ(*emit.issues[0].where, (ByteRange{0, 5000}));
}

TEST(Package, DamageIsToldAndWhatCameBeforeIsKept) {
  std::string bytes = sample("libreoffice.docx");
  for (std::size_t i = 1776 + 700; i < 1776 + 720; ++i) bytes[i] = '\0';  // inside word/document.xml
  const FakeEmit emit = run(extract_ooxml, bytes);
  EXPECT_NE(issues(emit).find("corrupt: word/document.xml: "), std::string::npos) << issues(emit);
  EXPECT_NE(emit.all("body").find("List of passengers"), std::string::npos);
}

TEST(Package, ASpentBudgetGivesNoChild) {
  const std::string bytes = sample("report.docx");
  FakeEmit emit(bytes.size());
  emit.spool_bytes = 0;
  extract_ooxml(Resident(Blob::own(bytes)), {}, {}, emit);
  EXPECT_EQ(issues(emit), "") << "small children need no spool";
}

TEST(TextGroup, PlacesNameTheUnits) {
  const std::string bytes = "<a/>";
  FakeEmit emit(bytes.size());
  const Resident file(Blob::own(bytes));
  Package package(file, "test", emit);
  const auto part = package.open_flat();
  TextGroup group(*part, emit, "body", {"text box", " of slide 1"});
  group.add_unit("one");
  group.flush();
  group.add_unit("two");
  group.add_unit("");
  group.add_unit("four \xff");
  group.flush();
  group.flush();
  EXPECT_EQ(places(emit, "body"), "text box 1 of slide 1\ntext boxes 2-4 of slide 1\n");
  EXPECT_EQ(emit.all("body"), "one\ntwo\nfour \\xFF\n");
  EXPECT_EQ(written_by("Ama", "2026") + written_by("", "2026") + written_by(" ", "") + written_by("Ama", ""), "[Ama, 2026] [2026] [Ama] ");
}

}  // namespace
}  // namespace evtriage
