// Word documents against the source that LibreOffice converted (data/make_fixtures.py), and catdoc.
#include "extractors/ole/doc_file.h"

#include <gtest/gtest.h>

#include "tests/extractors/ole/fixtures.h"

namespace evtriage {
namespace {

using namespace ole_test;
using namespace std::string_literals;

TEST(Doc, TextOfEveryPart) {
  const FakeEmit emit = read_ole(fixture("notice.doc"));
  EXPECT_EQ(at_place(emit, "paragraph 1"),
            "Le bateau part samedi à l’aube, appelez +226 70 00 00 10.\n"
            "القارب يغادر يوم السبت من الشاطئ\n"
            "Avant après la rature.\nVisible encore visible.\nVoir le site du port.\nNote et fin\nRemarque ici 😀 fin.\n"
            "Nom\tSomme\t\nBinta\t800 000\t\n\nDernière ligne.\n");
  EXPECT_EQ(emit.all("deleted"), "phrase effacée 4711");
  EXPECT_EQ(emit.all("hidden"), "caché 0815 ");
  EXPECT_EQ(emit.all("link"), "https://example.org/passage?x=1\n");
  EXPECT_NE(at_place(emit, "footnotes").find("Au pied: quai 9"), std::string::npos);
  EXPECT_NE(at_place(emit, "endnotes").find("A la fin: quai 10"), std::string::npos);
  EXPECT_NE(at_place(emit, "comments", "comment").find("payer 500 avant"), std::string::npos);
  EXPECT_NE(at_place(emit, "headers and footers", "header").find("En-tête du dossier 77"), std::string::npos);
  EXPECT_NE(emit.all("metadata").find("Comment author: Moussa Exemple"), std::string::npos);
  EXPECT_NE(emit.all("metadata").find("Reviser: Awa Exemple"), std::string::npos);
  EXPECT_TRUE(emit.issues.empty());
}

TEST(Doc, EveryCharacterLeadsToItsBytes) {
  const std::string bytes = fixture("notice.doc");
  const FakeEmit emit = read_ole(bytes);
  EXPECT_EQ(emit.source_of("Le bateau part samedi", bytes), wide("Le bateau part samedi"));
  EXPECT_EQ(emit.source_of("phrase effac\xC3\xA9" "e 4711", bytes), wide("phrase effac\xe9" "e 4711"));
  EXPECT_EQ(emit.source_of("https://example.org/passage?x=1", bytes), wide("https://example.org/passage?x=1"));
  EXPECT_EQ(emit.source_of("Binta", bytes), wide("Binta"));
  EXPECT_EQ(emit.source_of("\xF0\x9F\x98\x80", bytes), "\x3d\xd8\x00\xde"s);
}

TEST(Doc, PropertiesAndPicture) {
  const FakeEmit emit = read_ole(fixture("notice.doc"));
  EXPECT_EQ(property(emit, "dc:title"), "Liste des départs");
  EXPECT_EQ(property(emit, "dc:creator"), "Moussa Exemple");
  EXPECT_EQ(property(emit, "cp:lastModifiedBy"), "Awa Exemple");
  EXPECT_EQ(property(emit, "dcterms:created"), "2026-01-15T10:00:00Z");
  EXPECT_NE(emit.all("metadata").find("Comments: à garder secret"), std::string::npos);
  ASSERT_EQ(emit.children.size(), 1u);
  EXPECT_EQ(emit.children[0].second.size(), 73u);  // the PNG of the source
  EXPECT_EQ(emit.children[0].second.substr(0, 4), "\x89PNG");
  EXPECT_TRUE(emit.children[0].first.extent);
}

TEST(Doc, EncryptedIsTold) {
  const FakeEmit emit = read_ole(fixture("locked.doc"));
  EXPECT_TRUE(emit.is_encrypted);
  EXPECT_TRUE(has_issue(emit, Code::encrypted));
  EXPECT_TRUE(emit.all("body").empty());
}

TEST(Doc, PieceTable) {
  ole::Fib fib;
  const auto le = [](std::initializer_list<std::uint32_t> values) {
    std::string out;
    for (const std::uint32_t v : values) {
      for (int i = 0; i < 4; ++i) out += static_cast<char>(v >> 8 * i);
    }
    return out;
  };
  // Two pieces: 3 characters of 8 bits at 20, 2 of 16 bits at 30; a property list stands in front.
  const std::string table = le({0, 3, 5}) + "\0\0"s + le({0x40000000 | 40}) + "\0\0\0\0"s + le({30}) + "\0\0"s;
  const std::string clx = "\x01\x02\x00zz"s + "\x02" + le({static_cast<std::uint32_t>(table.size())}) + table;
  const auto pieces = ole::parse_pieces(fib, clx, 100);
  ASSERT_EQ(pieces.size(), 2u);
  EXPECT_EQ(pieces[0].offset, 20u);
  EXPECT_EQ(pieces[0].unit, 1u);
  EXPECT_EQ(pieces[1].offset, 30u);
  EXPECT_EQ(pieces[1].unit, 2u);
  EXPECT_EQ(ole::parse_pieces(fib, clx, 32)[1].end, 4u);  // only one character of the second exists
}

TEST(Doc, PiecesOfBothWidths) {  // built from MS-DOC (data/make_odd.py); LibreOffice reads the same text
  const std::string bytes = fixture("odd.doc");
  const FakeEmit emit = read_ole(bytes);
  EXPECT_EQ(emit.all("body"), "القارب 😀\ncafé “noir”-ici\n");
  EXPECT_EQ(emit.all("link"), "mailto:a@example.org\n");
  EXPECT_EQ(emit.source_of("caf\xC3\xA9 \xE2\x80\x9Cnoir", bytes), "caf\xe9 \x93noir");
  EXPECT_EQ(emit.source_of("mailto:a@example.org", bytes), "mailto:a@example.org");
}

TEST(Doc, WordSix) {  // FIB of Word 6: text of 8 bits between fcMin and fcMac
  std::string word(0x300, '\0');
  const auto put = [&](std::size_t at, std::uint32_t value) {
    for (std::size_t i = 0; i < 4; ++i) word[at + i] = static_cast<char>(value >> 8 * i);
  };
  word.replace(0, 4, "\xdc\xa5\x65\x00"s);
  const std::string text = "vieux texte \xe9t\xe9\rfin\r";
  put(24, 0x200);
  put(28, 0x200 + static_cast<std::uint32_t>(text.size()));
  put(0x34, static_cast<std::uint32_t>(text.size()));
  word.replace(0x200, text.size(), text);
  const auto fib = ole::parse_fib(word);
  ASSERT_TRUE(fib);
  EXPECT_TRUE(fib->is_old);
  const auto pieces = ole::parse_pieces(*fib, "", word.size());
  ASSERT_EQ(pieces.size(), 1u);
  EXPECT_EQ(word.substr(pieces[0].offset, pieces[0].end), text);
}

TEST(Doc, TruncationsAndFlips) {
  const std::string bytes = fixture("notice.doc");
  for (std::size_t size = 0; size < bytes.size(); size += 61) read_ole(bytes.substr(0, size));
  for (std::size_t at = 512; at < bytes.size(); at += 17) {
    std::string flipped = bytes;
    flipped[at] = static_cast<char>(flipped[at] ^ 0xff);
    read_ole(flipped);
  }
}

}  // namespace
}  // namespace evtriage
