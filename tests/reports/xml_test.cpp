// Any bytes become XML that xmllint takes, and characters that XML allows come back as they were.
#include "reports/xml.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace evtriage::reports {
namespace {

std::string xml(std::string_view text) {
  std::string out;
  append_xml(out, text);
  return out;
}

TEST(Xml, MarkupBecomesEntities) {
  EXPECT_EQ(xml("a<b>&\"'"), "a&lt;b&gt;&amp;&quot;&#39;");
  EXPECT_EQ(xml("a\tb\nc\rd"), "a&#9;b&#10;c&#13;d");
}

TEST(Xml, WhatXmlCannotHoldIsVisible) {
  EXPECT_EQ(xml(std::string_view("a\0b\x1b\x7f", 5)), "a\\x00b\\x1B\\x7F");
  EXPECT_EQ(xml("\xff\xc3"), "\\xFF\\xC3");
  EXPECT_EQ(xml("\xed\xa0\x80"), "\\xED\\xA0\\x80");
  EXPECT_EQ(xml("\xef\xbf\xbe\xef\xbf\xbf"), "\\u{FFFE}\\u{FFFF}");
  EXPECT_EQ(xml("رسالة né \xF0\x9F\x9A\xA2"), "رسالة né \xF0\x9F\x9A\xA2");
}

TEST(Xml, XmllintTakesEveryPairOfBytes) {
  if (std::system("xmllint --version >/dev/null 2>&1") != 0) GTEST_SKIP() << "no xmllint";
  const std::string path = testing::TempDir() + "evtriage-xml-pairs.xml";
  {
    std::ofstream file(path, std::ios::binary);
    file << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<all>";
    for (int a = 0; a < 256; ++a) {
      std::string pairs;
      for (int b = 0; b < 256; ++b) pairs += {static_cast<char>(a), static_cast<char>(b)};
      file << "<t v=\"" << xml(pairs) << "\">" << xml(pairs) << "</t>";
    }
    file << "</all>\n";
  }
  EXPECT_EQ(std::system(("xmllint --nonet --noout '" + path + "'").c_str()), 0);
  std::filesystem::remove(path);
}

TEST(Xml, GatheredWritesAllInOrder) {
  std::string all;
  int calls = 0;
  const Sink sink = [&](std::string_view bytes) { all += bytes; ++calls; };
  {
    Gathered gathered(sink);
    for (int i = 0; i < 20000; ++i) { gathered.text() += std::to_string(i) + ","; gathered.step(); }
  }
  EXPECT_THAT(all, testing::StartsWith("0,1,2,"));
  EXPECT_THAT(all, testing::EndsWith("19998,19999,"));
  EXPECT_LT(calls, 4);
}

}  // namespace
}  // namespace evtriage::reports
