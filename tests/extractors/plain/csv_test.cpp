// Tables: python3's csv counted the rows of the published examples; places and hostile rows by hand.
#include <gtest/gtest.h>

#include "tests/extractors/plain/run_plain.h"

namespace evtriage {
namespace {

FakeEmit csv(const std::string& bytes) { return run_plain(extract_csv, bytes, "a.csv", "text/csv"); }

std::string rows(const FakeEmit& emit) {
  for (const auto& [name, value] : emit.properties) {
    if (name == "rows") return value;
  }
  return "";
}

TEST(Csv, Rfc4180) {  // section 2, rule 6 and 7
  const std::string bytes = "aaa,\"b \r\nbb\",\"c\"\"cc\"\r\nzzz,yyy,xxx\r\n";
  const FakeEmit emit = csv(bytes);
  EXPECT_EQ(all_text(emit), bytes);
  EXPECT_EQ(rows(emit), "2");
  EXPECT_EQ(emit.source_of("zzz,yyy", bytes), "zzz,yyy");
}

TEST(Csv, HeadingsAndRowNumbersAreThePlace) {
  std::string bytes = "Name;Phone;Note\n";
  for (int i = 2; i < 500; ++i) bytes += "Ama Example;+233 24 000 " + std::to_string(1000 + i) + ";\"pay; before\"\n";
  const FakeEmit emit = csv(bytes);
  EXPECT_EQ(all_text(emit), bytes);
  EXPECT_EQ(rows(emit), "499");
  EXPECT_EQ(emit.properties.at(0), (std::pair<std::string, std::string>{"columns", "Name, Phone, Note"}));
  ASSERT_GE(emit.texts.size(), 4u);
  EXPECT_TRUE(emit.texts[0].place.starts_with("rows 1-")) << emit.texts[0].place;
  EXPECT_TRUE(emit.texts[0].place.ends_with(", columns Name, Phone, Note"));
  std::uint64_t row = 1;  // each segment's place names the rows that it holds
  for (const TextSegment& segment : emit.texts) {
    const std::string_view text = segment.utf8.chars();
    const std::uint64_t last = row + static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n')) - 1;
    EXPECT_TRUE(segment.place.starts_with("rows " + std::to_string(row) + "-" + std::to_string(last) + ",")) << segment.place;
    row = last + 1;
  }
}

TEST(Csv, Delimiters) {
  for (const char delimiter : {',', ';', '\t', '|'}) {
    std::string bytes = "Name?Town\nAma?Accra\nKofi?Tema, Lome\n";
    std::replace(bytes.begin(), bytes.end(), '?', delimiter);
    EXPECT_EQ(csv(bytes).properties.at(0).second, "Name, Town") << delimiter;
  }
  EXPECT_EQ(csv("sep=;\nName;Town\nAma;Accra\n").properties.at(0).second, "Name, Town");
  EXPECT_EQ(csv("+233240000001,Ama\n+233240000002,Kofi\n").texts.at(0).place, "rows 1-2");
  EXPECT_EQ(all_text(csv("+233240000001\n+233240000002\n")), "+233240000001\n+233240000002\n");
}

TEST(Csv, AnUnclosedQuoteCostsNoRows) {
  std::string bytes = "Name,Note\nAma,\"lost\n";
  for (int i = 0; i < 50'000; ++i) bytes += "Kofi,pay " + std::to_string(i) + "\n";
  const FakeEmit emit = csv(bytes);
  EXPECT_EQ(all_text(emit), bytes);
  EXPECT_EQ(rows(emit), "50002");
  ASSERT_EQ(emit.issues.size(), 1u);
  EXPECT_EQ(bytes.substr(emit.issues[0].where->begin, 5), "\"lost");
}

TEST(Csv, WideLongAndNul) {
  std::string wide;
  for (int i = 0; i < 100'000; ++i) wide += "c" + std::to_string(i) + ",";
  wide += "\n";
  std::string line(5'000'000, 'x');
  line += "\n";
  const std::string bytes = "a,b\n" + wide + line + std::string("n\0l,b\n", 6);
  const FakeEmit emit = csv(bytes);
  EXPECT_EQ(all_text(emit), bytes);
  EXPECT_EQ(rows(emit), "4");
  ASSERT_EQ(emit.issues.size(), 1u);
  EXPECT_EQ(emit.issues[0].code, Code::limit);
  EXPECT_TRUE(emit.texts.back().place.starts_with("row")) << emit.texts.back().place;
}

TEST(Csv, EncodingsAndNoText) {
  const std::string latin = "Nom;Pr\xE9nom;Ville\nDiallo;A\xEFssa;Lom\xE9\nBarry;Mari\xE9tou;Kara\n";
  EXPECT_NE(all_text(csv(latin)).find("A\xC3\xAFssa;Lom\xC3\xA9"), std::string::npos);
  std::string wide = "\xff\xfe";
  for (const char c : std::string("Name\tTown\nAma\tAccra\n")) wide.append({c, '\0'});
  EXPECT_EQ(all_text(csv(wide)), "Name\tTown\nAma\tAccra\n");
  std::string binary(3000, '\0');
  for (std::size_t i = 0; i < binary.size(); ++i) binary[i] = static_cast<char>(i * 7919 >> 3);
  csv(binary);
}

TEST(Csv, Torment) { torment(extract_csv, "Name,\"No\"\"te\"\r\nAma,\"a\r\nb\"\n\"x\",,\"\r\"\r1,2\n"); }

TEST(Csv, LinearOnBait) {
  std::string bait;
  for (int i = 0; i < 20'000; ++i) bait += "\"" + std::string(100, '"') + "\n";
  csv(bait + "x");
  std::string pairs = "a,\"";
  pairs.append(3'000'000, '"');
  csv(pairs);
}

}  // namespace
}  // namespace evtriage
