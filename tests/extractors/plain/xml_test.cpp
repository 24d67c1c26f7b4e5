// XML: what an XML parser of python3 (xml.etree) gives as text and attributes, records with their paths, hostile files.
#include <gtest/gtest.h>

#include "tests/extractors/plain/run_plain.h"

namespace evtriage {
namespace {

FakeEmit xml(const std::string& bytes, std::string_view name = "a.xml") { return run_plain(extract_xml, bytes, name, "text/xml"); }

TEST(Xml, PlacemarksAreRecords) {
  const std::string kml =
      "<?xml version='1.0' encoding='UTF-8'?>\n<kml xmlns=\"http://www.opengis.net/kml/2.2\">\n <Document>\n  <name>Route</name>\n"
      "  <Placemark>\n   <name>House &amp; yard</name>\n   <Point><coordinates>-0.2,5.55</coordinates></Point>\n  </Placemark>\n"
      "  <Placemark>\n   <name>Beach</name>\n   <Point><coordinates>-0.1,5.5</coordinates></Point>\n  </Placemark>\n"
      "  <Placemark><name>Border &#x2014; gate</name><Point><coordinates>0.9,6.2</coordinates></Point></Placemark>\n </Document>\n</kml>";
  const FakeEmit emit = xml(kml, "a.kml");
  EXPECT_EQ(outline(emit),
            "<kml/Document/name> Route|<kml/Document/Placemark> House & yard\n-0.2,5.55|<kml/Document/Placemark[2]> Beach\n-0.1,5.5|"
            "<kml/Document/Placemark[3]> Border \xE2\x80\x94 gate\n0.9,6.2|");
  EXPECT_EQ(emit.source_of("House & yard", kml), "House &amp; yard");
  EXPECT_TRUE(emit.issues.empty());
}

TEST(Xml, MessagesInAttributes) {
  const std::string sms = "<smses count=\"2\"><sms address=\"+233240000001\" date=\"1700000000000\" type=\"1\" body=\"pay &#10;today\"/>"
                          "<sms address='+233240000002' type='2' body='come'/></smses>";
  const FakeEmit emit = xml(sms);
  EXPECT_EQ(outline(emit),
            "<smses/sms> address: +233240000001\ndate: 1700000000000\nbody: pay \ntoday|<smses/sms[2]> address: +233240000002\nbody: come|");
  EXPECT_EQ(emit.source_of("+233240000002", sms), "+233240000002");
}

TEST(Xml, MixedContentStaysTogether) {
  EXPECT_EQ(outline(xml("<p>Hello <b>dear</b> friend<i>s</i>, <br/>go.</p>")), "<p> Hello dear friends,\ngo.|");
  EXPECT_EQ(outline(xml("<c><n>Ama</n><t>12345</t></c>")), "<c> Ama\n12345|");
  EXPECT_EQ(outline(xml("<c><![CDATA[a < b &amp; c]]></c>")), "<c> a < b &amp; c|");
}

TEST(Xml, DeclaredEncoding) {
  const std::string latin = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><n>pr\xE9nom</n>";
  const FakeEmit emit = xml(latin);
  EXPECT_EQ(all_text(emit), "pr\xC3\xA9nom");
  EXPECT_EQ(emit.source_of("\xC3\xA9", latin), "\xE9");
  const std::string arabic = "<?xml version=\"1.0\" encoding=\"windows-1256\"?><n>\xCC\xE6\xC7\xD2</n>";
  EXPECT_EQ(all_text(xml(arabic)), "\xD8\xAC\xD9\x88\xD8\xA7\xD8\xB2");
  std::string wide = "\xff\xfe";
  for (const char c : std::string("<?xml version=\"1.0\" encoding=\"UTF-16\"?><n>name</n>")) wide.append({c, '\0'});
  EXPECT_EQ(all_text(xml(wide)), "name");
}

TEST(Xml, EntitiesAreNotExpanded) {
  std::string laughs = "<!DOCTYPE lolz [<!ENTITY lol \"lol\"><!ENTITY x SYSTEM \"file:///etc/passwd\">";
  for (int i = 1; i < 10; ++i) laughs += "<!ENTITY lol" + std::to_string(i) + " \"&lol" + std::to_string(i - 1) + ";&lol" + std::to_string(i - 1) + ";\">";
  laughs += "]><lolz>&lol9; &x; kept</lolz>";
  const FakeEmit emit = xml(laughs);
  EXPECT_EQ(emit.all("body"), "&lol9; &x; kept");
  EXPECT_NE(emit.all("comment").find("file:///etc/passwd"), std::string::npos);
  ASSERT_EQ(emit.issues.size(), 1u);
  EXPECT_EQ(emit.issues[0].code, Code::unsupported);
}

TEST(Xml, DrawingsGiveTheirWords) {
  const FakeEmit emit = xml("<svg xmlns='x' viewBox='0 0 100 100'><style>.abc{}</style><title>Map</title><path d='M 100 200'/>"
                            "<a xlink:href='https://example.org/'><text x='100' class='big'>Go <tspan>north</tspan></text></a><!-- call Ama --></svg>");
  EXPECT_EQ(emit.all("body"), "Map\nxlink:href: https://example.org/\nGo north");
  EXPECT_EQ(emit.all("comment"), " call Ama ");
}

TEST(Xml, BrokenTextLosesNothing) {
  const FakeEmit emit = xml("<a><b>one</c>two</a> three <d x=\"four five>six</d> <7 < seven <e>eight");
  for (const char* word : {"one", "two", "three", "four five", "six", "seven", "eight"}) EXPECT_NE(all_text(emit).find(word), std::string::npos) << word;
  EXPECT_EQ(emit.issues.size(), 1u);
  EXPECT_NE(all_text(xml("<a>one</a><b two three")).find("two three"), std::string::npos);
  EXPECT_EQ(xml("no markup at all").all("body"), "no markup at all");
  EXPECT_EQ(xml("<a><!-- words here").all("comment"), " words here");
}

TEST(Xml, DeepWideAndLong) {
  std::string deep, tail;
  for (int i = 0; i < 300'000; ++i) deep += "<a>", tail += "</a>";
  EXPECT_EQ(all_text(xml(deep + "core" + tail)), "core");
  EXPECT_TRUE(xml(deep + "core" + tail).issues.empty());
  std::string words;
  while (words.size() < 500'000) words += "caf&eacute; &amp; ";
  std::string text = all_text(xml("<t>" + words + "</t>"));
  std::size_t count = 0;
  for (std::size_t at = text.find("caf\xC3\xA9 &"); at != text.npos; at = text.find("caf\xC3\xA9 &", at + 1)) ++count;
  EXPECT_GE(count + 20, words.size() / 18);  // some stand across two pieces
  const FakeEmit rows = [] {
    std::string list = "<l>";
    for (int i = 0; i < 1000; ++i) list += "<r><n>Ama " + std::to_string(i) + "</n><p>02400</p></r>";
    return xml(list + "</l>");
  }();
  EXPECT_EQ(rows.texts.size(), 1000u);
  EXPECT_EQ(rows.texts.at(999).place, "l/r[1000]");
}

TEST(Xml, Torment) {
  torment(extract_xml, "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a x=\"1&lt;23\"><!-- cc --><b>d&#233;e</b><![CDATA[f]]><c/></a>");
}

TEST(Xml, LinearOnBait) {
  std::string bait;
  for (int i = 0; i < 300'000; ++i) bait += "<a b='";
  xml(bait);
  std::string instructions = "<a>";
  for (int i = 0; i < 300'000; ++i) instructions += "<?b?>";
  xml(instructions);
  std::string opens = "<a>";
  opens.append(3'000'000, '<');
  xml(opens);
  std::string unclosed;
  for (int i = 0; i < 1'000'000; ++i) unclosed += "<a ";
  xml(unclosed);
  std::string references = "<a>";
  references.append(3'000'000, '&');
  xml(references + "</a>");
  std::string mismatched = "<a>";
  for (int i = 0; i < 100'000; ++i) mismatched += "<b></c>";
  xml(mismatched);
}

}  // namespace
}  // namespace evtriage
