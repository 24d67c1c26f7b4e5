// Strings and trees of JSON; python3's json is the judge of strings.
#include "extractors/phone/json_tree.h"

#include <gtest/gtest.h>

#include "extractors/phone/json_text.h"

namespace evtriage::phone {
namespace {

std::string plain(std::string_view raw) {
  MappedText out;
  append_json_string(raw, 0, out);
  EXPECT_EQ(out.text.size(), out.map.text_size());
  return out.text;
}
std::string meta(std::string_view raw) {
  MappedText out;
  append_meta_string(raw, 0, out);
  EXPECT_EQ(out.text.size(), out.map.text_size());
  return out.text;
}

// python3 -c 'import json; print(json.loads("\"...\""))'
TEST(JsonText, Escapes) {
  EXPECT_EQ(plain(R"(a\nb\t\"\\\/)"), "a\nb\t\"\\/");
  EXPECT_EQ(plain(R"(\u00e9\u0645\ud83d\ude97)"), "\xc3\xa9\xd9\x85\xf0\x9f\x9a\x97");
  EXPECT_EQ(plain(R"(\ud83d x \ude97)"), "\xef\xbf\xbd x \xef\xbf\xbd");
  EXPECT_EQ(plain(R"(\q\u12)"), "\\q\\u12");
  EXPECT_EQ(plain("a\xff" "b\xc3"), "a\xef\xbf\xbd" "b\xef\xbf\xbd");
  EXPECT_EQ(plain("\\"), "\\");
}

TEST(JsonText, MetaWritesBytesAsCharacters) {
  EXPECT_EQ(meta(R"(caf\u00c3\u00a9 \u00f0\u009f\u009a\u0097)"), "caf\xc3\xa9 \xf0\x9f\x9a\x97");
  EXPECT_EQ(meta(R"(caf\u00e9)"), "caf\xc3\xa9");                  // no UTF-8 in bytes: as it stands
  EXPECT_EQ(meta(R"(\u00c3\u00a9 \u0645)"), "\xc3\x83\xc2\xa9 \xd9\x85");  // other characters beside it
  EXPECT_EQ(meta("plain"), "plain");
}

TEST(JsonTree, MembersAreTakenOrLeft) {
  JsonTree tree;
  const std::string bytes = R"({"a": {"b": ["x", 1, null]}, "c": "y\n", "d": -2} tail)";
  ASSERT_EQ(tree.parse(bytes, 100), JsonTree::State::whole);
  EXPECT_EQ(tree.size(), bytes.size() - 5);
  EXPECT_EQ(tree.take_text("c"), "y\n");
  EXPECT_EQ(tree.integer(tree.find("d")), -2);
  EXPECT_EQ(tree.text(tree.find("a")), "");
  EXPECT_EQ(tree.find("b"), JsonTree::none);
  const std::uint32_t list = tree.find("b", tree.find("a"));
  EXPECT_EQ(tree.text(tree.first_child(list)), "x");
  EXPECT_EQ(tree.source(tree.node(tree.first_child(list))).begin, 100 + bytes.find('x'));
  EXPECT_EQ(tree.text(tree.after(tree.after(tree.first_child(list)))), "");
  tree.take_all(tree.find("a"));
  unsigned left = 0;
  for (const JsonNode& node : tree.nodes()) left += !node.taken && !node.is_container();
  EXPECT_EQ(left, 1u);
}

TEST(JsonTree, EveryCutAndBadBrackets) {
  const std::string bytes = R"({"a": {"b": ["x", 1, {"c": "\u00e9"}]}, "d": true})";
  JsonTree tree;
  for (std::size_t size = 1; size < bytes.size(); ++size) EXPECT_EQ(tree.parse(std::string_view(bytes).substr(0, size), 0), JsonTree::State::unfinished);
  EXPECT_EQ(tree.parse(R"({"a": ["x"})", 0), JsonTree::State::unfinished);
  EXPECT_EQ(tree.text(tree.first_child(tree.find("a"))), "x");
  EXPECT_EQ(tree.parse(std::string(300'000, '['), 0), JsonTree::State::too_large);
}

}  // namespace
}  // namespace evtriage::phone
