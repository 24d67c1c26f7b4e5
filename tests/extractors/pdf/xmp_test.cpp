// XMP packets as lines.
#include <gtest/gtest.h>

#include "extractors/pdf/xmp.h"

namespace evtriage {
namespace {

TEST(XmpLines, ElementsAttributesAndLists) {
  EXPECT_EQ(xmp_lines("<?xpacket begin='x'?><x:xmpmeta x:xmptk='k'><rdf:RDF><rdf:Description rdf:about='' xmlns:pdf='p' pdf:Producer='A &amp; B'>"
                      "<dc:subject><rdf:Bag><rdf:li>sea</rdf:li>\n<rdf:li> land </rdf:li></rdf:Bag></dc:subject><xmp:Empty/></rdf:Description></rdf:RDF></x:xmpmeta>"),
            "pdf:Producer: A & B\ndc:subject: sea\ndc:subject: land\n");
}

TEST(XmpLines, ThumbnailsAreLeftOut) {
  EXPECT_EQ(xmp_lines("<xmpGImg:image>/9j/4AAQ</xmpGImg:image><a:b>c</a:b>"), "a:b: c\n");
}

TEST(XmpLines, AnyBytesEndWell) {
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<a:b>";
  EXPECT_EQ(xmp_lines(deep + "x"), "a:b: x\n");
  EXPECT_EQ(xmp_lines("</a></a><"), "");
  EXPECT_EQ(xmp_lines("<a:b c:d='x>y"), "a:b: y\n");
  EXPECT_EQ(xmp_lines("<a:b>\xFF</a:b>"), "a:b: \\xFF\n");
}

}  // namespace
}  // namespace evtriage
