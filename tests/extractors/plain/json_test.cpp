// JSON: python3's json is the judge of what strings say; places, records and broken texts by hand.
#include <gtest/gtest.h>

#include <fstream>

#include "tests/extractors/plain/run_plain.h"

namespace evtriage {
namespace {

FakeEmit json(const std::string& bytes, std::string_view name = "a.json") { return run_plain(extract_json, bytes, name, "application/json"); }

TEST(Json, AMessageIsOneSegment) {
  std::string chat = R"({"name":"Voyage","type":"personal_chat","messages":[)";
  for (int i = 0; i < 12; ++i) {
    chat += std::string(i == 0 ? "" : ",") + R"({"id":)" + std::to_string(100 + i) + R"(,"from":"Ama","text":["call ",{"type":"phone","text":"+23324000000)" + std::to_string(i) + R"("}," now"]})";
  }
  chat += R"(],"end":"x"})";
  const FakeEmit emit = json(chat);
  ASSERT_EQ(emit.texts.size(), 14u);
  EXPECT_EQ(emit.texts[0].place, "$");
  EXPECT_EQ(emit.texts[0].utf8.chars(), "name: Voyage\ntype: personal_chat\n");
  EXPECT_EQ(emit.texts[4].place, "$.messages[3]");
  EXPECT_EQ(emit.texts[4].utf8.chars(), "id: 103\nfrom: Ama\ncall \ntype: phone\ntext: +233240000003\n now\n");
  EXPECT_EQ(emit.texts[13].place, "$.end");
  EXPECT_EQ(emit.source_of("+233240000003", chat), "+233240000003");
  EXPECT_TRUE(emit.issues.empty());
}

TEST(Json, AFewSentencesAreRecordsToo) {
  const FakeEmit emit = json(R"({"messages":[{"text":"you must pay before the boat leaves"},{"text":"ok"},{"text":"and bring the papers with you tomorrow"}]})");
  ASSERT_EQ(emit.texts.size(), 3u);
  EXPECT_EQ(emit.texts[2].place, "$.messages[2].text");
}

TEST(Json, AContactKeepsItsNumbers) {
  const FakeEmit emit = json(R"({"name":"Ama Example","phones":[{"type":"home","number":"+233240000001"},{"type":"work","number":"+233240000002"}],"age":31,"ok":true,"none":null})");
  EXPECT_EQ(outline(emit), "<$> name: Ama Example\ntype: home\nnumber: +233240000001\ntype: work\nnumber: +233240000002\nage: 31\nok: true\n|");
}

TEST(Json, EscapesKeepTheirPlace) {  // RFC 8259 section 7: U+1D11E is \uD834\uDD1E
  const std::string bytes = R"({"a":"x\uD834\uDD1Ey\u00e9\n\"\/\\","k\u0041":"v","lone":"\ud800!","bad":"\q"})";
  const FakeEmit emit = json(bytes);
  EXPECT_EQ(emit.texts[0].utf8.chars(), "a: x\xF0\x9D\x84\x9Ey\xC3\xA9\n\"/\\\nkA: v\nlone: \xEF\xBF\xBD!\nbad: \\q\n");
  EXPECT_EQ(emit.source_of("\xF0\x9D\x84\x9E", bytes), "\\uD834\\uDD1E");
  EXPECT_EQ(emit.source_of("y\xC3\xA9", bytes), "y\\u00e9");
  EXPECT_EQ(emit.source_of("kA", bytes), "k\\u0041");
  ASSERT_EQ(emit.issues.size(), 1u);  // the backslash before q
}

TEST(Json, Lines) {
  const std::string bytes = "{\"from\":\"Ama\",\"parts\":[{\"text\":\"pay the rest of it before we go\"}]}\n{\"from\":\"Kofi\"}\n\n[1,2,[3]]\n";
  const FakeEmit emit = json(bytes, "a.jsonl");
  ASSERT_EQ(emit.texts.size(), 3u);
  EXPECT_EQ(emit.texts[0].place, "line 1: $");
  EXPECT_EQ(emit.texts[1].place, "line 2: $.from");
  EXPECT_EQ(emit.texts[2].place, "line 4: $");
  EXPECT_EQ(emit.texts[2].utf8.chars(), "1, 2\n3\n");
  EXPECT_TRUE(emit.issues.empty());
}

TEST(Json, BrokenTextLosesNothing) {
  const std::string cut = R"({"a":"first","b":["second","thi)";
  const FakeEmit emit = json(cut);
  for (const char* word : {"first", "second", "thi"}) EXPECT_NE(all_text(emit).find(word), std::string::npos) << word;
  ASSERT_EQ(emit.issues.size(), 1u);
  EXPECT_EQ(emit.issues[0].code, Code::truncated);

  const FakeEmit odd = json("{\"a\":\"open\n\"b\":\"closed\", c: 'words of mine', ]}}} \"after\" trailing junk");
  for (const char* word : {"open", "closed", "words of mine", "after", "trailing junk"}) EXPECT_NE(all_text(odd).find(word), std::string::npos) << word;
  EXPECT_EQ(odd.issues.size(), 1u);
}

TEST(Json, ANameThatLiesCostsNothing) {
  const std::string prose = "Dear Ama, {this} is \"no\" JSON, but: a letter.";
  EXPECT_EQ(json(prose).all("body"), prose);
  EXPECT_TRUE(json("").texts.empty());
  EXPECT_EQ(json("// a comment\n{\"a\":1}").all("body"), "// a comment\n{\"a\":1}");
}

TEST(Json, KeysOfContainersThatSaySomething) {
  const std::string bytes = R"({"users":{"+233240000001":{"n":"Ama"},"Kofi Example":{"n":"x"},"plain_key":{"n":"y"}}})";
  EXPECT_EQ(outline(json(bytes)), "<$> +233240000001:\nn: Ama\nKofi Example:\nn: x\nn: y\n|");
  EXPECT_EQ(json(bytes).source_of("+233240000001", bytes), "+233240000001");
}

TEST(Json, NumbersShareLines) {
  EXPECT_EQ(outline(json(R"([1,2.5e3,-4,"x",7])")), "<$> 1, 2.5e3, -4\nx\n7\n|");
  std::string matrix = "[";
  for (int i = 0; i < 5000; ++i) matrix += "[12.5,4.25],";
  matrix.back() = ']';
  EXPECT_LE(json(matrix).texts.size(), 30u);
}

TEST(Json, DeepAndLong) {
  const std::string deep = std::string(300'000, '[') + "\"core\"" + std::string(300'000, ']');
  const FakeEmit nested = json(deep);
  EXPECT_EQ(all_text(nested), "core\n");
  EXPECT_TRUE(nested.issues.empty());
  std::string words;
  while (words.size() < 500'000) words += "the boat leaves \\u0041t ";
  const FakeEmit longer = json("{\"t\":\"" + words + "\",\"u\":\"tail\"}");
  std::string text = all_text(longer);
  std::size_t count = 0;
  for (std::size_t at = text.find(" At "); at != text.npos; at = text.find(" At ", at + 1)) ++count;
  EXPECT_EQ(count, (words.size() + 23) / 24);
  EXPECT_NE(text.find("u: tail"), text.npos);
  EXPECT_TRUE(longer.issues.empty());
}

TEST(Json, OtherEncodings) {
  std::string wide = "\xff\xfe";
  for (const char c : std::string(R"({"name":"Ama","note":"call \u00e9t\u00e9"})")) wide.append({c, '\0'});
  const FakeEmit emit = json(wide);
  EXPECT_EQ(emit.texts.at(0).utf8.chars(), "name: Ama\nnote: call \xC3\xA9t\xC3\xA9\n");
  EXPECT_EQ(emit.source_of("Ama", wide), std::string("A\0m\0a\0", 6));
}

TEST(Json, Torment) {
  torment(extract_json, R"({"a":["x\u00e9\ud834\udd1e",{"b":-1.5e3,"c":[true,null,[]]}],"long":"one two three four five six seven"})");
}

TEST(Json, LinearOnBait) {
  std::string bait = "[\"";
  bait.append(3'000'000, '\n');
  EXPECT_FALSE(json(bait).issues.empty());
  std::string quotes = "[";
  quotes.append(1'000'000, '"');
  json(quotes);
  std::string slashes = "[\"";
  slashes.append(3'000'000, '\\');
  json(slashes);
  std::string keys = "{";
  for (int i = 0; i < 200'000; ++i) keys += "\"k\":{";
  json(keys);
}

}  // namespace
}  // namespace evtriage
