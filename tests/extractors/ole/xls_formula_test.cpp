// Words that no cell shows: made by openpyxl, saved as .xls by LibreOffice (data/make_words.py).
#include "extractors/ole/xls_formula.h"

#include <gtest/gtest.h>

#include "tests/extractors/ole/fixtures.h"

namespace evtriage {
namespace {

using namespace ole_test;

TEST(XlsFormula, WordsInFormulasAndTheirResults) {
  const std::string bytes = fixture("words.xls");
  const FakeEmit emit = read_ole(bytes);
  EXPECT_TRUE(emit.issues.empty());
  EXPECT_EQ(emit.all("formula"),
            "paid to \n at the old port\nKofi\nkeep the passport\nsend the passport back\nabcdefghij\nend of it\npremière\ndeuxième\ntroisième\né!\n");
  std::string long_result;
  for (int i = 0; i < 2000; ++i) long_result += "abcdefghij";
  std::string body = emit.all("body");
  EXPECT_NE(body.find("Ama\npaid to Ama at the old port\nsend the passport back\n" + long_result + "end of it\ndeuxièmeé!\n"), std::string::npos) << body.substr(0, 200);
  EXPECT_EQ(emit.source_of("keep the passport", bytes), "keep the passport");
}

TEST(XlsFormula, PromptsAndAllowedValues) {
  const FakeEmit emit = read_ole(fixture("words.xls"));
  const std::string prompts = at_place(emit, "prompts and allowed values of sheet Fees");
  for (const char* words : {"Where to\n", "the town of the handover\n", "Not there\n", "only these three towns\n", "Accra", "Lomé", "Cotonou"}) {
    EXPECT_NE(prompts.find(words), std::string::npos) << words << " in " << prompts;
  }
}

TEST(XlsFormula, TokensByTheirTable) {
  using ole::formula_strings;
  const std::string tokens = std::string("\x1e\x07\0", 3) + std::string("\x17\2\0hi", 5) + std::string("\x44\0\0\0\0", 5) + std::string("\x17\1\1\x3f\x04", 5) + "\x03";
  const auto strings = formula_strings(tokens, 0, tokens.size());
  ASSERT_EQ(strings.size(), 2u);
  EXPECT_EQ(tokens.substr(strings[0].begin, strings[0].size), "hi");
  EXPECT_TRUE(strings[1].wide);
  EXPECT_TRUE(formula_strings("\x18\x17\2\0hi", 0, 6).empty()) << "unknown: nothing is guessed behind it";
  for (std::size_t length = 0; length < tokens.size(); ++length) (void)formula_strings(tokens, 0, length);
  EXPECT_TRUE(formula_strings(tokens, 0, tokens.size() + 1).empty());
}

}  // namespace
}  // namespace evtriage
