// The HTML report: golden pages in four languages, hostile cases, self-containment, well-formedness.
// EVTRIAGE_REFRESH_GOLDEN=1 rewrites the golden pages; a refreshed page is reviewed as code.
#include "reports/html.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

#include "pipeline/core/text.h"
#include "tests/support/sample_case.h"

namespace evtriage::reports {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr Language all_languages[] = {Language::en, Language::fr, Language::pt, Language::ar};

std::string page_of(const std::string& dir, Language language) {
  auto reader = open_case(dir + "/results.sqlite");
  if (!reader) return {};
  const CaseInput input{reader->get(), read_custody(dir + "/custody.jsonl"), read_seal(dir), language};
  std::string out;
  const auto written = write_html(input, [&](std::string_view bytes) { out += bytes; });
  EXPECT_TRUE(written) << (written ? "" : written.error().detail);
  return out;
}

std::string file_text(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

struct Tag {
  std::string name, attributes;
  bool closing = false;
};

// Tags of our own markup: the writer escapes every < of text, so each < opens a tag.
std::vector<Tag> tags_of(const std::string& page) {
  std::vector<Tag> out;
  for (auto at = page.find('<'); at != std::string::npos; at = page.find('<', at + 1)) {
    const auto end = page.find('>', at);
    if (end == std::string::npos || page[at + 1] == '!') continue;
    Tag tag;
    tag.closing = page[at + 1] == '/';
    const auto inside = page.substr(at + (tag.closing ? 2 : 1), end - at - (tag.closing ? 2 : 1));
    tag.name = inside.substr(0, inside.find_first_of(" /"));
    tag.attributes = inside.substr(tag.name.size());
    out.push_back(tag);
  }
  return out;
}

void expect_well_formed(const std::string& page) {
  const std::set<std::string> empty_elements = {"meta", "br"}, allowed = {
      "html", "head", "meta", "title", "style", "body", "a", "header", "p", "h1", "h2", "h3", "dl", "div", "dt", "dd", "aside", "strong", "main",
      "section", "ul", "ol", "li", "span", "article", "figure", "figcaption", "blockquote", "mark", "q", "bdi", "code", "br", "nav", "table",
      "caption", "thead", "tbody", "tr", "th", "td", "time", "svg", "rect", "line", "circle", "text", "footer"};
  std::vector<std::string> open;
  for (const auto& tag : tags_of(page)) {
    ASSERT_TRUE(allowed.contains(tag.name)) << tag.name << tag.attributes;
    if (empty_elements.contains(tag.name) || tag.attributes.ends_with('/')) continue;
    if (!tag.closing) {
      open.push_back(tag.name);
      continue;
    }
    ASSERT_FALSE(open.empty());
    ASSERT_EQ(open.back(), tag.name);
    open.pop_back();
  }
  EXPECT_TRUE(open.empty());
}

void expect_self_contained(const std::string& page) {
  const std::set<std::string> known = {"lang", "dir", "charset", "http-equiv", "content", "name", "id", "class", "href", "aria-labelledby",
                                       "aria-hidden", "datetime", "scope", "width", "height", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "viewBox",
                                       "stroke-width", "text-anchor", "direction", "colspan"};
  std::set<std::string> ids, targets;
  for (const auto& tag : tags_of(page)) {
    for (auto at = tag.attributes.find("=\""); at != std::string::npos; at = tag.attributes.find("=\"", tag.attributes.find('"', at + 2))) {
      const auto from = tag.attributes.rfind(' ', at) + 1;
      const auto name = tag.attributes.substr(from, at - from);
      const auto value = tag.attributes.substr(at + 2, tag.attributes.find('"', at + 2) - at - 2);
      EXPECT_TRUE(known.contains(name)) << tag.name << ' ' << name;
      EXPECT_THAT(value, Not(HasSubstr("://")));
      if (name == "id") {
        EXPECT_TRUE(ids.insert(value).second) << value;
      }
      if (name == "href") {
        ASSERT_TRUE(value.starts_with("#")) << value;
        targets.insert(value.substr(1));
      }
    }
  }
  for (const auto& target : targets) EXPECT_TRUE(ids.contains(target)) << target;
}

TEST(Html, GoldenPages) {
  const test::SampleCase sample;
  ASSERT_EQ(sample.problem(), "");
  for (const auto language : all_languages) {
    const auto page = page_of(sample.dir(), language);
    const auto golden = std::string(EVTRIAGE_SOURCE_DIR) + "/tests/reports/golden/report." + std::string(code_of(language)) + ".html";
    const char* refresh = std::getenv("EVTRIAGE_REFRESH_GOLDEN");
    if (refresh != nullptr && std::string(refresh) == "1") std::ofstream(golden, std::ios::binary) << page;
    EXPECT_TRUE(page == file_text(golden)) << golden << " differs";
  }
}

TEST(Html, SameCaseSameBytes) {
  const test::SampleCase one, two;
  EXPECT_TRUE(page_of(one.dir(), Language::en) == page_of(two.dir(), Language::en));
}

TEST(Html, WellFormedAndSelfContainedWhateverTheEvidence) {
  for (const bool hostile : {false, true}) {
    const test::SampleCase sample(hostile);
    ASSERT_EQ(sample.problem(), "");
    for (const auto language : all_languages) {
      const auto page = page_of(sample.dir(), language);
      EXPECT_TRUE(is_valid_utf8(page));
      expect_well_formed(page);
      expect_self_contained(page);
    }
  }
}

TEST(Html, HostileEvidenceIsVisibleTextInEveryLanguage) {
  const test::SampleCase sample(true);
  ASSERT_EQ(sample.problem(), "");
  for (const auto language : all_languages) {
    const auto page = page_of(sample.dir(), language);
    EXPECT_THAT(page, Not(HasSubstr("<script")));
    EXPECT_THAT(page, Not(HasSubstr("<svg onload")));
    EXPECT_THAT(page, HasSubstr("&lt;script&gt;alert(1)&lt;/script&gt;"));
    EXPECT_THAT(page, Not(HasSubstr("\u202e")));
    EXPECT_THAT(page, HasSubstr("<span class=\"ctl\">U+202E</span>"));
    for (const unsigned char c : page) ASSERT_TRUE(c >= 0x20 || c == '\n') << static_cast<int>(c);
  }
}

TEST(Html, SaysWhatIsMissing) {
  const test::SampleCase sample(false, true);
  ASSERT_EQ(sample.problem(), "");
  for (const auto language : all_languages) {
    const auto page = page_of(sample.dir(), language);
    expect_well_formed(page);
    EXPECT_THAT(page, HasSubstr("<span class=\"missing\">" + std::string(text(Text::not_stated, language))));
    EXPECT_THAT(page, HasSubstr(text(Text::handling_note, language).substr(0, 40)));
    EXPECT_THAT(page, HasSubstr(text(Text::findings_none, language)));
  }
}

TEST(Html, ABrokenSealIsSaidAndDoesNotStopTheReport) {
  const test::SampleCase sample;
  std::ofstream(sample.dir() + "/seal.json") << "{}";
  EXPECT_THAT(page_of(sample.dir(), Language::en), HasSubstr(text(Text::seal_missing, Language::en)));
}

TEST(Html, FactsOfTheFirstPage) {
  const test::SampleCase sample;
  const auto page = page_of(sample.dir(), Language::fr);
  for (const auto* words_of : {"lang=\"fr\"", "2026-014", "A. Example", "Traite des personnes", "Documents d’identité détenus par une autre personne",
                               "<mark>keeping our passports</mark>", "Protocole relatif à la traite art. 3 a)", "Le texte ressemble à un article de presse.",
                               "<strong>11</strong> <span>Éléments reçus", "<strong>3</strong> <span>Non lus en entier", "holiday.jpg", "+12025550143"}) {
    EXPECT_THAT(page, HasSubstr(words_of));
  }
  EXPECT_THAT(page_of(sample.dir(), Language::ar), HasSubstr("<html lang=\"ar\" dir=\"rtl\">"));
}

TEST(Html, ThePolicyNamesTheStyleOnly) {
  EXPECT_THAT(content_security_policy(), testing::MatchesRegex("default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; base-uri 'none'; form-action 'none'"));
  EXPECT_THAT(std::string(style_sheet()), Not(HasSubstr("url(")));
  EXPECT_THAT(std::string(style_sheet()), Not(HasSubstr("@import")));
  EXPECT_THAT(std::string(style_sheet()), Not(HasSubstr("</")));
}

}  // namespace
}  // namespace evtriage::reports
