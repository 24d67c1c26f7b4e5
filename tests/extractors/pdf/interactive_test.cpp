// Annotations, forms, outline, links, scripts: the facts of tests/extractors/pdf/data/make.py.
#include "tests/extractors/pdf/extract.h"

namespace evtriage {
namespace {

TEST(PdfInteractive, CommentsLinksFormsOutlineScripts) {
  const FakeEmit emit = extract(fixture("full.pdf"));
  EXPECT_EQ(emit.all("annotation"), "Text by Ama, 2026-01-15T10:00:00Z: send the money first\n") << "what is drawn on the page is not said twice";
  EXPECT_EQ(emit.all("link"), "https://pay.example.com/?id=7\nhttps://form.example.com/s\nother.pdf\nC:\\tools\\run.exe\nhttps://routes.example.org/a\n");
  EXPECT_EQ(emit.all("form"), "traveller.name (Full name): A\xC3\xAF" "cha Diallo\ntraveller.phone: +234 802 555 0143\nroute: sea, land\n");
  EXPECT_NE(emit.all("metadata").find("Prices \xC3\xA9\nAdults\nRoutes\n"), std::string::npos);
  EXPECT_NE(emit.all("script").find("var server = 'http://collect.example.net';\n"), std::string::npos);
  EXPECT_NE(emit.all("script").find("https://evil.example.net/x"), std::string::npos);
  EXPECT_EQ(value(emit, "pdf:activeContent"), "GoToR (1), JavaScript (3), Launch (1), SubmitForm (1)");
}

TEST(PdfInteractive, PlacesOfAnnotations) {
  const FakeEmit emit = extract(fixture("full.pdf"));
  for (const TextSegment& segment : emit.texts) {
    if (segment.origin == "annotation") {
      EXPECT_EQ(segment.place, "page 1 (i)");
    }
  }
}

TEST(PdfInteractive, LoopsEnd) {
  const FakeEmit emit = extract(fixture("outline_loop.pdf"));
  EXPECT_NE(emit.all("body").find("still here"), std::string::npos);
  EXPECT_EQ(emit.all("form"), "a: b\n");
  EXPECT_EQ(emit.all("metadata"), "t\n");
  EXPECT_NE(emit.all("link").find("http://loop.example\n"), std::string::npos);
}

}  // namespace
}  // namespace evtriage
