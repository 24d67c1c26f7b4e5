// RTF against the source that LibreOffice converted, the examples of RTF 1.9, and hostile shapes.
#include "extractors/ole/rtf_reader.h"

#include <gtest/gtest.h>

#include "tests/extractors/ole/fixtures.h"

namespace evtriage {
namespace {

using namespace ole_test;
using namespace std::string_literals;

TEST(Rtf, TextOfEveryKind) {
  const FakeEmit emit = read_rtf(fixture("notice.rtf"));
  EXPECT_EQ(at_place(emit, "paragraph 1"),
            "Le bateau part samedi à l’aube, appelez +226 70 00 00 10.\n"
            "القارب يغادر يوم السبت من الشاطئ\n"
            "Avant après la rature.\nVisible encore visible.\nVoir le site du port.\nNote et fin\nRemarque ici 😀 fin.\n"
            "Nom\tSomme\t\nBinta\t800 000\t\n\nDernière ligne.\n");
  EXPECT_EQ(emit.all("deleted"), "phrase effacée 4711");
  EXPECT_EQ(emit.all("hidden"), "caché 0815 ");
  EXPECT_EQ(emit.all("link"), "https://example.org/passage?x=1\n");
  EXPECT_EQ(emit.all("comment"), "Moussa Exemple: payer 500 avant\n");
  EXPECT_NE(at_place(emit, "footnotes").find("Au pied: quai 9"), std::string::npos);
  EXPECT_EQ(property(emit, "dc:title"), "Liste des départs");
  EXPECT_EQ(property(emit, "dcterms:created"), "2026-01-15T10:00:00");
  EXPECT_TRUE(emit.issues.empty());
}

TEST(Rtf, PlacesAreExact) {
  const std::string rtf = "{\\rtf1\\ansi\\ansicpg1252 caf\\'e9 noir \\u1593?\\u-10179?\\u-8704? fin}";
  const FakeEmit emit = read_rtf(rtf);
  EXPECT_EQ(emit.all("body"), "café noir ع😀 fin");
  EXPECT_EQ(emit.source_of("caf\xC3\xA9", rtf), "caf\\'e9");
  EXPECT_EQ(emit.source_of("\xC3\xA9", rtf), "\\'e9");
  EXPECT_EQ(emit.source_of("ع", rtf), "\\u1593");
  EXPECT_EQ(emit.source_of("noir", rtf), "noir");
}

TEST(Rtf, CodePagesOfFonts) {
  const std::string rtf =
      "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\fcharset0 Arial;}{\\f1\\fcharset178 Arial;}{\\f2\\fcharset128 MS;}{\\f3\\fcharset204 Arial;}}"
      "\\f1\\'cc\\'e6\\'c7\\'d2 \\f2\\'93\\'fa\\'96\\'7b\\f3 \\'ef\\plain\\'e9}";
  EXPECT_EQ(read_rtf(rtf).all("body"), "جواز 日本пé");
}

TEST(Rtf, UnicodeSkipsItsReplacement) {
  EXPECT_EQ(read_rtf("{\\rtf1\\uc2\\u233\\'c3\\'a9x\\uc0\\u233 y{\\uc1\\u233 ?}z}").all("body"), "éxéyéz");
}

TEST(Rtf, DestinationsThatAreNotKnownAreSkipped) {
  EXPECT_EQ(read_rtf("{\\rtf1 a{\\*\\unknown no{\\b no}}b{\\stylesheet{\\s0 Normal;}}{\\upr{no}{\\*\\ud{yes}}}\\par}").all("body"), "abyes\n");
}

TEST(Rtf, ObjectsAndPictures) {
  const FakeEmit emit = read_rtf(fixture("object.rtf"));
  ASSERT_EQ(emit.children.size(), 3u);
  EXPECT_EQ(emit.children[0].first.step.name, "liste.csv");
  EXPECT_EQ(emit.children[0].second, "Binta;500\r\n");
  EXPECT_EQ(emit.children[1].second.substr(0, 4), "\xd0\xcf\x11\xe0");
  EXPECT_EQ(emit.children[2].second, "\x89PNG{}\\\0"s);
  EXPECT_EQ(emit.all("body"), "texte montré\nfin\n");
}

TEST(Rtf, HostileShapes) {  // DC17
  const std::string deep = "{\\rtf1" + std::string(200'000, '{') + "x" + std::string(200'000, '}') + "}";
  const FakeEmit emit = read_rtf(deep);
  EXPECT_EQ(emit.all("body"), "x");
  EXPECT_TRUE(emit.issues.empty());
  const FakeEmit deeper = read_rtf("{\\rtf1" + std::string(1'100'000, '{') + "x" + std::string(1'100'000, '}') + "}");
  EXPECT_EQ(deeper.all("body"), "x");
  EXPECT_TRUE(has_issue(deeper, Code::limit, "groups=1048576"));
  const FakeEmit lie = read_rtf("{\\rtf1 text +22670000010 \\bin2147483647 abc}");
  EXPECT_EQ(lie.all("body"), "text +22670000010 abc");
  EXPECT_TRUE(has_issue(lie, Code::truncated, "2147483647"));
  EXPECT_TRUE(has_issue(read_rtf("{\\rtf1 open"), Code::truncated));
  EXPECT_EQ(read_rtf("{\\rtf1 a} hidden behind").children.at(0).second, " hidden behind");
}

TEST(Rtf, EveryTruncation) {
  for (const char* name : {"notice.rtf", "object.rtf"}) {
    const std::string bytes = fixture(name);
    for (std::size_t size = 0; size < bytes.size(); size += bytes.size() > 1000 ? 13 : 1) read_rtf(bytes.substr(0, size));
  }
}

}  // namespace
}  // namespace evtriage
