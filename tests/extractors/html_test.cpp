// HTML to text: what a browser shows, links, comments, references, and the way back to the bytes.
#include "extractors/html_text.h"

#include <gtest/gtest.h>

#include "extractors/builtin.h"
#include "extractors/entities.h"
#include "tests/support/fake_emit.h"

namespace evtriage {
namespace {

FakeEmit extract(const std::string& html, std::string_view claimed = "") {
  FakeEmit emit(html.size());
  make_html_extractor()->extract(Resident(Blob::own(html)), {"text/html", claimed, "a.html"}, emit);
  return emit;
}

TEST(Html, TakesWhatAPersonReads) {
  const std::string html = "<html><head><title>Voyage &amp; travail</title><style>p{x}</style><script>var a='<p>no';</script></head>"
                           "<body><h1>Une  place</h1><p>reste <b>libre</b></p><!-- appeler Ama --><a href='mailto:ama@example.org'>ici</a>"
                           "<img src=x alt=\"la pirogue\"></body></html>";
  const FakeEmit emit = extract(html);
  const std::string body = emit.all("body");
  EXPECT_NE(body.find("Une place\nreste libre\n"), std::string::npos) << body;
  EXPECT_NE(body.find("la pirogue"), std::string::npos);
  EXPECT_EQ(body.find("var a"), std::string::npos);
  EXPECT_NE(emit.all("comment").find("appeler Ama"), std::string::npos);
  EXPECT_NE(emit.all("links").find("mailto:ama@example.org"), std::string::npos);
  EXPECT_EQ(emit.properties.at(0), (std::pair<std::string, std::string>{"title", "Voyage & travail"}));
  EXPECT_EQ(emit.source_of("libre", html), "libre");
  EXPECT_EQ(emit.source_of("ama@example.org", html), "ama@example.org");
}

TEST(Html, References) {  // values of HTML 4.01, section 24
  EXPECT_EQ(entity_at("&eacute;").code, U'\u00e9');
  EXPECT_EQ(entity_at("&yuml;x").code, U'\u00ff');
  EXPECT_EQ(entity_at("&nbsp;").code, U'\u00a0');
  EXPECT_EQ(entity_at("&euro;").code, U'\u20ac');
  EXPECT_EQ(entity_at("&#1593;").code, U'\u0639');
  EXPECT_EQ(entity_at("&#x639;").code, U'\u0639');
  EXPECT_EQ(entity_at("&#xD800;").code, U'\ufffd');
  EXPECT_EQ(entity_at("& b").length, 0u);
  EXPECT_EQ(entity_at("&nonsense;").length, 0u);
  const std::string html = "<p>caf&eacute; noir</p>";
  EXPECT_EQ(extract(html).source_of("caf\xC3\xA9", html), "caf&eacute;");
}

TEST(Html, HonoursTheDeclaredCharset) {
  const std::string html = "<meta charset=windows-1256><p>\xCC\xE6\xC7\xD2</p>";  // the word for passport
  EXPECT_NE(extract(html).all("body").find("\xD8\xAC\xD9\x88\xD8\xA7\xD8\xB2"), std::string::npos);
  EXPECT_EQ(meta_charset("<META http-equiv=x content=\"text/html; charset=ISO-8859-1\">"), "ISO-8859-1");
}

TEST(Html, ReadsWhatIsNotShown) {
  const std::string html =
      "<head><meta name=\"Description\" content=\"Rooms &amp; work\"><meta property=og:title content='Visa help'><meta name=viewport content=width>"
      "<script type=\"application/ld+json\">{\"telephone\":\"+233240000001\"}</script><script>var hidden;</script></head>"
      "<div style='display:none'>white on white</div><input type=hidden value='agent 7'><button aria-label=\"Send money\"></button>"
      "<textarea>my note</textarea><!--[if mso]><p>only here</p><![endif]-->";
  const FakeEmit emit = extract(html);
  for (const char* word : {"white on white", "agent 7", "Send money", "my note"}) EXPECT_NE(emit.all("body").find(word), std::string::npos) << word;
  EXPECT_NE(emit.all("metadata").find("description: Rooms & work\nog:title: Visa help\n"), std::string::npos) << emit.all("metadata");
  EXPECT_NE(emit.all("metadata").find("+233240000001"), std::string::npos);
  EXPECT_EQ(emit.all("metadata").find("width"), std::string::npos);
  EXPECT_NE(emit.all("comment").find("only here"), std::string::npos);
  for (const char* origin : {"body", "metadata", "comment", "links"}) EXPECT_EQ(emit.all(origin).find("var hidden"), std::string::npos) << origin;
  EXPECT_EQ(emit.properties.at(0), (std::pair<std::string, std::string>{"dc:description", "Rooms & work"}));
  EXPECT_EQ(emit.source_of("Visa help", html), "Visa help");
}

// Pages that a person saved keep their posts in scripts; a page may also show what it holds in attributes alone.
TEST(Html, TextOfScripts) {
  const std::string html =
      "<script>var post = {\"text\":\"passeport \\u00e0 rendre\",\"tel\":\"tel:\\/\\/+233240000001\",\"face\":\"\\ud83d\\ude00\", \"bad\":\"\\uZZ \\\"};</script>"
      "<div data-phone='+233240000002' onclick=\"call('+233240000003')\"></div><iframe srcdoc=\"&lt;p&gt;framed&lt;/p&gt;\"></iframe>"
      "<![CDATA[kept]]><?php echo 'server' ?><!DOCTYPE html>";
  const FakeEmit emit = extract(html);
  const std::string script = emit.all("script");
  for (const char* word : {"passeport \u00e0 rendre", "tel://+233240000001", "\U0001F600", "\\uZZ \"};", "+233240000002", "+233240000003"}) {
    EXPECT_NE(script.find(word), std::string::npos) << word << "\n" << script;
  }
  EXPECT_NE(emit.all("body").find("framed"), std::string::npos);
  EXPECT_EQ(emit.all("comment"), "[CDATA[kept]]\nphp echo 'server' ?\n");
  EXPECT_EQ(emit.source_of("\u00e0", html), "\\u00e0");
  EXPECT_EQ(emit.source_of("+233240000003", html), "+233240000003");
}

TEST(Html, TitlesWithoutAnEndCostNoMoreThanOne) {  // quadratic once: minutes for this page
  std::string html = "<body>";
  for (int i = 0; i < 200'000; ++i) html += "<title>";
  const FakeEmit emit = extract(html);
  EXPECT_LE(emit.properties.at(0).second.size(), 4096u * 3);
}

TEST(Html, DataUrisAreChildren) {  // RFC 2397; base64 of "\xff\xd8\xff\xe0 picture" by python3
  const FakeEmit emit = extract("<img src=\"data:image/jpeg;base64,/9j/4CBwaWN0dXJl\"><a href='data:,A%20brief%20note'>x</a><a href='https://example.org/'>y</a><img src='data:nonsense'>");
  ASSERT_EQ(emit.children.size(), 2u);
  EXPECT_EQ(emit.children[0].second, "\xff\xd8\xff\xe0 picture");
  EXPECT_EQ(emit.children[0].first.media_type, "image/jpeg");
  EXPECT_EQ(emit.children[1].second, "A brief note");
  EXPECT_EQ(emit.all("links"), "https://example.org/\ndata:nonsense\n");
}

TEST(Html, BearsBrokenMarkup) {
  for (const char* html : {"<", "<a", "<a href", "<a href=", "<a href='", "<!--", "<!", "</", "&", "&#", "&#x", "a < b > c", "<script>", "<title>x", "<<<>>>", "<p title=\"&\">"}) extract(html);
  EXPECT_NE(extract("2 < 3").all("body").find("2 < 3"), std::string::npos);
}

}  // namespace
}  // namespace evtriage
