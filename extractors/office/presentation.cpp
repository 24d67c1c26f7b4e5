// PresentationML: slides in the order of the presentation, each with its notes, comments and graphics.  See ooxml.h.
// Tested by tests/extractors/office/pptx_test.cpp.
#include <map>

#include "extractors/office/ooxml.h"

namespace evtriage {
namespace {

constexpr std::size_t most_property_bytes = 64u << 10;
using Authors = std::map<std::string, std::string, std::less<>>;

std::vector<std::string> slide_list(Package& package, Part& main) {
  std::vector<std::string> ids;
  XmlReader& xml = main.xml;
  for (auto event = xml.next(); event != XmlReader::Event::finish; event = xml.next()) {
    if (event != XmlReader::Event::start || xml.tag() != "sldId"_tag) continue;
    if (!package.keeps(xml.attribute("id", Ns::relation).size())) break;
    ids.emplace_back(xml.attribute("id", Ns::relation));
  }
  return ids;
}

Authors read_authors(Ooxml& document, const Relationships& from) {
  Authors authors;
  for (const std::string_view type : {"commentAuthors", "authors"}) {
    for (const std::string& name : from.of_type(type)) {
      document.package.read(name, [&](Part& part) {
        XmlReader& xml = part.xml;
        for (auto event = xml.next(); event != XmlReader::Event::finish; event = xml.next()) {
          const bool is_author = event == XmlReader::Event::start && (xml.tag() == "cmAuthor"_tag || xml.tag() == "author"_tag);
          if (!is_author) continue;
          if (!document.package.keeps(xml.attribute("id").size() + xml.attribute("name").size())) return;
          authors.emplace(xml.attribute("id"), xml.attribute("name"));
        }
      });
    }
  }
  return authors;
}

// Both kinds of comments: p:cm with p:text, and since 2018 p188:cm and p188:reply with DrawingML.
void read_comments(Part& part, Emit& emit, const Authors& authors, const std::string& place) {
  TextGroup group(part, emit, "comment", {"comment", " of " + place});
  XmlReader& xml = part.xml;
  std::uint64_t number = 0;
  bool in_text = false;
  for (auto event = xml.next(); event != XmlReader::Event::finish; event = xml.next()) {
    const bool is_text = xml.tag() == "t"_tag || (xml.tag() == "text"_tag && xml.ns() == Ns::slide);
    if (event == XmlReader::Event::start && (xml.tag() == "cm"_tag || xml.tag() == "reply"_tag)) {
      if (number++ > 0) group.end_unit(number - 1);
      const auto author = authors.find(xml.attribute("authorId"));
      std::string date(xml.attribute("dt"));
      if (date.empty()) date = xml.attribute("created");
      group.add(written_by(author == authors.end() ? "" : author->second, date));
    } else if (event == XmlReader::Event::text && in_text) {
      group.add(xml.text());
    } else if (event == XmlReader::Event::end && xml.tag() == "p"_tag) {
      group.add("\n");
    }
    if (event != XmlReader::Event::text) in_text = event == XmlReader::Event::start && is_text;
  }
  group.end_unit(number);
  group.flush();
}

// A slide is hidden if its root says show="0".
std::string read_slide(Ooxml& document, const std::string& name, const std::string& number) {
  std::string place = "slide " + number;
  document.package.read(name, [&](Part& part) {
    const bool is_slide = part.xml.next() == XmlReader::Event::start;
    const std::string_view show = is_slide ? part.xml.attribute("show") : std::string_view();
    if (show == "0" || show == "false") place += " (hidden)";
    Story(part, document.emit, {"body", {place, "", false}}).read();
  });
  return place;
}

// Shapes of layouts and masters that are no prompts are seen on each slide.
void read_frames(Ooxml& document, const Relationships& slide) {
  Relationships layout;
  for (const std::string& name : slide.of_type("slideLayout")) layout = read_story(document, name, {"body", {"slide layout", "", false}, 0, true});
  for (const std::string& name : layout.of_type("slideMaster")) read_story(document, name, {"body", {"slide master", "", false}, 0, true});
}

}  // namespace

void read_presentation(Ooxml& document, Part& main, std::string_view name) {
  const std::vector<std::string> ids = slide_list(document.package, main);
  const Relationships relationships = Relationships::read(document.package, name);
  const Authors authors = read_authors(document, relationships);
  std::string hidden;
  for (std::size_t i = 0; i < ids.size() && !document.emit.stop_requested(); ++i) {
    const std::string number = std::to_string(i + 1), slide = relationships.with_id(ids[i]);
    if (slide.empty() || document.package.was_read(slide)) {
      document.package.issue(Code::corrupt, "slide " + number + (slide.empty() ? ": no relationship leads to it" : " is a part that was read before"));
      continue;
    }
    const std::string place = read_slide(document, slide, number);
    if (place.ends_with("(hidden)") && hidden.size() < most_property_bytes) hidden += (hidden.empty() ? "" : ", ") + number;
    const Relationships around = Relationships::read(document.package, slide);
    for (const std::string& notes : around.of_type("notesSlide")) read_story(document, notes, {"body", {"notes of " + place, "", false}});
    for (const std::string& comments : around.of_type("comments")) {
      document.package.read(comments, [&](Part& part) { read_comments(part, document.emit, authors, place); });
    }
    read_graphics(document, around, place);
    read_frames(document, around);
  }
  if (!hidden.empty()) document.emit.property("hidden-slides", hidden);
}

}  // namespace evtriage
