// XML 1.0 and its namespaces, whatever the window; and all that is refused.
#include "extractors/office/xml_reader.h"

#include "tests/extractors/office/support.h"

namespace evtriage {
namespace {

// Reads in small pieces: every read of the content gives at most `step` bytes at a time by being asked through a stream
// whose windows are the whole; the parser's own window is what varies with padding in front.
std::string events(const std::string& xml, std::string* error = nullptr) {
  const Resident file(Blob::own(xml));
  FakeEmit emit(xml.size());
  std::uint64_t budget = ~std::uint64_t{0};
  PartStream stream(file, {{0, xml.size()}, false, {}, {}}, ~std::uint64_t{0}, budget, emit);
  XmlReader reader(stream);
  std::string out, text;
  for (auto event = reader.next(); event != XmlReader::Event::finish; event = reader.next()) {
    if (event == XmlReader::Event::text) {
      text += reader.text();
      continue;
    }
    out += text;
    text.clear();
    if (event == XmlReader::Event::end) {
      out += ")";
      continue;
    }
    out += std::to_string(static_cast<int>(reader.ns())) + ":" + std::string(reader.local());
    for (const auto& attribute : reader.attributes()) out += "," + std::string(attribute.local) + "=" + std::string(reader.decoded(attribute.raw));
    out += "(";
  }
  if (error != nullptr) *error = reader.error() ? std::string(to_string(reader.error()->code)) + ": " + reader.error()->detail : "";
  return out + text;
}

TEST(XmlReader, ElementsAttributesTextReferences) {
  EXPECT_EQ(events("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- c -- --><a x='1' y = \"&lt;&#65;&quot;\"><b/>t&amp;u<![CDATA[<raw> & ]]]]><![CDATA[>]]><c >&#x20AC;&none;</c ></a>\n"),
            "0:a,x=1,y=<A\"(0:b()t&u<raw> & ]]>0:c(\xe2\x82\xac&none;))");
}

TEST(XmlReader, Namespaces) {
  const std::string word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main", sheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  const auto is = [](Ns ns) { return std::to_string(static_cast<int>(ns)); };
  EXPECT_EQ(events("<w:a xmlns:w='" + word + "'><b xmlns='" + sheet + "'><c/><w:d xmlns:w='urn:x'/></b><w:e/><q:f/></w:a>"),
            is(Ns::word) + ":a,w=" + word + "(" + is(Ns::sheet) + ":b,xmlns=" + sheet + "(" + is(Ns::sheet) + ":c()" + is(Ns::other) + ":d,w=urn:x())" + is(Ns::word) + ":e()" +
                is(Ns::other) + ":f())");
  EXPECT_EQ(namespace_named("http://purl.oclc.org/ooxml/wordprocessingml/main"), Ns::word);
}

TEST(XmlReader, AnyWindowGivesTheSame) {  // the first window is 16 KiB: all positions of its end
  const std::string inner = "<b k=\"v&amp;w\">te&lt;xt<!--x--><![CDATA[cd]]><?pi?></b>";
  for (std::size_t i = 0; i < inner.size() + 20; ++i) {
    const std::string pad((16u << 10) - 25 - i, ' ');
    std::string error;
    EXPECT_EQ(events("<a>" + inner + "<!--" + pad + "-->" + inner + inner + "</a>", &error), "0:a(0:b,k=v&w(te<xtcd)0:b,k=v&w(te<xtcd)0:b,k=v&w(te<xtcd))") << i;
    EXPECT_EQ(error, "");
  }
}

TEST(XmlReader, Utf16InBothOrders) {
  const std::u16string text = u"\xfeff<?xml version='1.0' encoding='UTF-16'?><a>\u00e9\u0639\xd83d\xde00</a>";
  std::string little, big;
  for (const char16_t c : text) {
    little += {static_cast<char>(c & 0xff), static_cast<char>(c >> 8)};
    big += {static_cast<char>(c >> 8), static_cast<char>(c & 0xff)};
  }
  for (const std::string& xml : {little, big, little.substr(2), big.substr(2)}) EXPECT_EQ(events(xml), "0:a(\xc3\xa9\xd8\xb9\xf0\x9f\x98\x80)");
  EXPECT_EQ(events("\xef\xbb\xbf<a/>"), "0:a()");
  EXPECT_EQ(events("\xef\xbb\xbf"), "");
  EXPECT_EQ(events("\xff\xfe"), "");
  std::string han = "\xff\xfe<";  // once written past the end: two bytes become three
  han += std::string("\0a\0>\0", 5);
  std::string utf8 = "0:a(";
  for (int i = 0; i < 20'000; ++i) {
    han += "\x4b\x6d";
    utf8 += "\xe6\xb5\x8b";
  }
  EXPECT_EQ(events(han + std::string("<\0/\0a\0>\0", 8)), utf8 + ")");
}

TEST(XmlReader, WhatIsRefusedIsNamed) {
  const auto error = [](const std::string& xml) {
    std::string text;
    events(xml, &text);
    return text;
  };
  EXPECT_EQ(error("<a><b></a></b>"), "corrupt: an end tag closes no open element: the rest of the XML was not read");
  EXPECT_EQ(error("<a>text"), "truncated: the XML ends inside 1 open elements");
  EXPECT_EQ(error("<a x=\"1"), "truncated: the XML ends inside a tag");
  EXPECT_EQ(error(""), "corrupt: no XML element in it");
  EXPECT_EQ(error("<a/><b/>"), "corrupt: a second root element: it was not read");
  EXPECT_EQ(error("<a x=1/>"), "corrupt: a tag that is no XML: the rest was not read");
  EXPECT_EQ(error("<?xml version='1.0' encoding='koi8-r'?><a/>").substr(0, 11), "unsupported");
  std::string deep;
  for (int i = 0; i < 300'000; ++i) deep += "<a>";
  EXPECT_EQ(error(deep), "limit: xml_depth=1000: the rest of the XML was not read");
  EXPECT_EQ(error("<a x='" + std::string(5u << 20, 'y') + "'/>"), "limit: tag_bytes=4194304: the rest of the XML was not read");
  EXPECT_EQ(error("<a>" + std::string(2u << 20, 'y') + "</a>"), "");
}

TEST(XmlReader, EntitiesAreNeverExpanded) {
  std::string error;
  EXPECT_EQ(events("<!DOCTYPE a SYSTEM 'x' [<!ENTITY b \"]>lol\"><!-- ' ]> --><?p ' ]> ?>]><a>&b;</a>", &error), "0:a(&b;)");
  EXPECT_EQ(error, "");
  EXPECT_EQ(events("<!DOCTYPE ncx PUBLIC \"-//NISO//DTD ncx 2005-1//EN\" \"http://x/y.dtd\"><a/>"), "0:a()");
}

TEST(XmlReader, EveryTruncationEnds) {
  const std::string xml = "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a x='1'>t&amp;<!-- c --><![CDATA[d]]><b/></a>";
  for (std::size_t size = 0; size < xml.size(); ++size) {
    std::string error;
    events(xml.substr(0, size), &error);
    EXPECT_NE(error, "") << size;
  }
}

}  // namespace
}  // namespace evtriage
