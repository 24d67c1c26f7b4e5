// Presentations against the source that LibreOffice converted, and catppt.
#include <gtest/gtest.h>

#include "tests/extractors/ole/fixtures.h"

namespace evtriage {
namespace {

using namespace ole_test;

TEST(Ppt, SlidesInOrderNotesLinks) {
  const std::string bytes = fixture("talk.ppt");
  const FakeEmit emit = read_ole(bytes);
  EXPECT_EQ(at_place(emit, "slide 1"), "Le voyage\nDépart de la plage, plan\n");
  EXPECT_EQ(at_place(emit, "slide 2"), "Les prix\nالسعر مليون\n");
  EXPECT_EQ(at_place(emit, "slide 3"), "Contact\nAppelez +226 70 00 00 11\n");
  EXPECT_NE(at_place(emit, "notes of slide 1").find("Dire: éteignez les téléphones"), std::string::npos);
  EXPECT_NE(at_place(emit, "notes of slide 2").find("Moitié avant"), std::string::npos);
  EXPECT_EQ(emit.all("link"), "https://example.org/plan\n");
  EXPECT_EQ(emit.source_of("Appelez +226 70 00 00 11", bytes), wide("Appelez +226 70 00 00 11"));
  EXPECT_TRUE(emit.all("deleted").empty());
  EXPECT_TRUE(emit.issues.empty());
}

TEST(Ppt, WithoutItsDirectoryTheOrderIsThatOfTheFile) {
  std::string bytes = fixture("talk.ppt");
  const std::size_t atom = bytes.find("\xf6\x0f\x1c\x00");  // CurrentUserAtom
  const std::size_t edit = bytes.find("\x5f\xc0\x91\xe3");
  ASSERT_TRUE(atom != std::string::npos || edit != std::string::npos);
  bytes.replace(edit + 4, 4, "\xff\xff\xff\x7f");
  const FakeEmit emit = read_ole(bytes);
  EXPECT_TRUE(has_issue(emit, Code::corrupt, "order of the file"));
  EXPECT_NE(emit.all("body").find("Appelez +226 70 00 00 11"), std::string::npos);
}

TEST(Ppt, TruncationsAndFlips) {
  const std::string bytes = fixture("talk.ppt");
  for (std::size_t size = 0; size < bytes.size(); size += 83) read_ole(bytes.substr(0, size));
  for (std::size_t at = 0; at < bytes.size(); at += 31) {
    std::string flipped = bytes;
    flipped[at] = static_cast<char>(flipped[at] ^ 0xff);
    read_ole(flipped);
  }
}

}  // namespace
}  // namespace evtriage
