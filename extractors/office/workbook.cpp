// SpreadsheetML: sheets in the order of the workbook, with comments, drawings and what is kept of other data.
// See ooxml.h.
// Tested by tests/extractors/office/xlsx_test.cpp.
#include <charconv>
#include <map>

#include "extractors/office/ooxml.h"
#include "extractors/office/sheet_reader.h"
#include "pipeline/core/text.h"

namespace evtriage {
namespace {

constexpr std::size_t most_property_bytes = 64u << 10;
using People = std::map<std::string, std::string, std::less<>>;

struct SheetEntry {
  std::string name, id, state;
};

struct WorkbookParts {
  std::vector<SheetEntry> sheets;
  bool from_1904 = false;
};

WorkbookParts read_list(Part& main, Package& package) {
  WorkbookParts parts;
  XmlReader& xml = main.xml;
  TextGroup names(main, package.emit(), "body", {"defined names", "", false});
  for (auto event = xml.next(); event != XmlReader::Event::finish; event = xml.next()) {
    if (event != XmlReader::Event::start) continue;
    if (xml.tag() == "sheet"_tag) {
      if (!package.keeps(4 * (xml.attribute("name").size() + xml.attribute("state").size()) + xml.attribute("id", Ns::relation).size())) break;
      parts.sheets.push_back({printable(xml.attribute("name")), std::string(xml.attribute("id", Ns::relation)), printable(xml.attribute("state"))});
    } else if (xml.tag() == "workbookPr"_tag) {
      const std::string_view date = xml.attribute("date1904");
      parts.from_1904 = date == "1" || date == "true";
    } else if (xml.tag() == "definedName"_tag) {
      std::string name(xml.attribute("name"));
      for (const std::string_view more : {"comment", "description"}) name.append(xml.attribute(more).empty() ? "" : " ").append(xml.attribute(more));
      names.add_unit(name + " = " + xml.all_text());
    }
  }
  names.flush();
  return parts;
}

void read_shared(Ooxml& document, const std::string& name, SharedStrings& strings) {
  document.package.read(name, [&](Part& part) {
    strings.read(part);
    if (strings.is_cut()) document.package.issue(Code::limit, strings.limit(), part.data());
  });
}

// Legacy comments name their author by number, threaded ones by a person's id.
void read_comments(Part& part, Package& package, const People& people, const std::string& place) {
  TextGroup group(part, package.emit(), "comment", {"comment", " of " + place});
  std::vector<std::string> authors;
  XmlReader& xml = part.xml;
  bool in_author = false, in_text = false;
  std::uint64_t number = 0;
  for (auto event = xml.next(); event != XmlReader::Event::finish; event = xml.next()) {
    if (event == XmlReader::Event::text) {
      if (in_author && package.keeps(xml.text().size())) authors.back() += xml.text();
      if (in_text) group.add(xml.text());
      continue;
    }
    const bool is_start = event == XmlReader::Event::start;
    in_author = is_start && xml.tag() == "author"_tag && package.keeps(0);
    if (in_author) authors.emplace_back();
    in_text = is_start && (xml.tag() == "t"_tag || (xml.tag() == "text"_tag && xml.ns() == Ns::threaded));
    if (is_start && (xml.tag() == "comment"_tag || xml.tag() == "threadedComment"_tag)) {
      const std::string_view by = xml.attribute("authorId");
      const auto person = people.find(xml.attribute("personId"));
      std::size_t index = authors.size();
      std::from_chars(by.data(), by.data() + by.size(), index);
      const std::string author = person != people.end() ? person->second : index < authors.size() ? authors[index] : "";
      const std::string date(xml.attribute("dT"));
      group.add(std::string(xml.attribute("ref")) + " " + written_by(author, date));
    } else if (!is_start && (xml.tag() == "comment"_tag || xml.tag() == "threadedComment"_tag)) {
      group.end_unit(++number);
    }
  }
  group.flush();
}

People read_people(Ooxml& document, const Relationships& from) {
  People people;
  for (const std::string& name : from.of_type("person")) {
    document.package.read(name, [&](Part& part) {
      XmlReader& xml = part.xml;
      for (auto event = xml.next(); event != XmlReader::Event::finish; event = xml.next()) {
        if (event != XmlReader::Event::start || xml.tag() != "person"_tag) continue;
        if (!document.package.keeps(xml.attribute("id").size() + xml.attribute("displayName").size() + xml.attribute("userId").size())) return;
        people.emplace(xml.attribute("id"), std::string(xml.attribute("displayName")) + " " + std::string(xml.attribute("userId")));
      }
    });
  }
  return people;
}

// Values that a workbook keeps of data that lie elsewhere: pivot caches, cells of linked workbooks.
void read_values(Ooxml& document, const std::string& name) {
  if (document.package.was_read(name)) return;
  document.package.read(name, [&](Part& part) {
    TextGroup group(part, document.emit, "body", {"kept data of " + part.name(), "", false});
    XmlReader& xml = part.xml;
    for (auto event = xml.next(); event != XmlReader::Event::finish; event = xml.next()) {
      if (event == XmlReader::Event::end && (xml.tag() == "r"_tag || xml.tag() == "row"_tag || xml.tag() == "sharedItems"_tag)) group.end_unit(1);
      if (event != XmlReader::Event::start) continue;
      std::string value;
      if (xml.tag() == "s"_tag || xml.tag() == "n"_tag || xml.tag() == "d"_tag) value = xml.attribute("v");
      if (xml.tag() == "cacheField"_tag || xml.tag() == "tableColumn"_tag) value = xml.attribute("name");
      if (xml.tag() == "sheetName"_tag) value = xml.attribute("val");
      if (xml.tag() == "v"_tag) value = xml.all_text();
      if (!value.empty()) group.add(value + "\t");
    }
    group.flush();
  });
}

void read_kept_values(Ooxml& document, const std::string& name) {
  read_values(document, name);
  for (const std::string& records : Relationships::read(document.package, name).of_type("pivotCacheRecords")) read_values(document, records);
}

void read_around(Ooxml& document, const Relationships& around, const People& people, const std::string& place) {
  for (const std::string_view type : {"threadedComment", "comments"}) {
    for (const std::string& name : around.of_type(type)) {
      if (document.package.was_read(name)) continue;
      document.package.read(name, [&](Part& part) { read_comments(part, document.package, people, place); });
    }
  }
  for (const std::string& table : around.of_type("table")) read_kept_values(document, table);
  read_graphics(document, around, place);
}

std::string remark_of(const std::string& state) { return state == "hidden" ? " (hidden sheet)" : state == "veryHidden" ? " (very hidden sheet)" : ""; }

}  // namespace

void read_workbook(Ooxml& document, Part& main, std::string_view name) {
  const WorkbookParts parts = read_list(main, document.package);
  const Relationships relationships = Relationships::read(document.package, name);
  CellStyles& styles = document.styles;
  SharedStrings& strings = document.strings;
  for (const std::string& part : relationships.of_type("styles")) document.package.read(part, [&](Part& opened) { styles.read(opened); });
  for (const std::string& part : relationships.of_type("sharedStrings")) read_shared(document, part, strings);
  const People people = read_people(document, relationships);
  const SheetContext context{styles, strings, parts.from_1904};
  std::string names, hidden;
  for (const SheetEntry& sheet : parts.sheets) {
    if (document.emit.stop_requested()) return;
    if (names.size() < most_property_bytes) names += (names.empty() ? "" : ", ") + sheet.name;
    const std::string remark = remark_of(sheet.state), part = relationships.with_id(sheet.id);
    if (!remark.empty() && hidden.size() < most_property_bytes) hidden += (hidden.empty() ? "" : ", ") + sheet.name;
    if (part.empty() || document.package.was_read(part)) {
      document.package.issue(Code::corrupt, "sheet " + sheet.name + (part.empty() ? ": no relationship leads to it" : " is a part that was read before"));
      continue;
    }
    document.package.read(part, [&](Part& opened) { SheetReader(opened, document.package, context, sheet.name, remark).read(); });
    read_around(document, Relationships::read(document.package, part), people, "sheet " + sheet.name + remark);
  }
  if (strings.is_spent()) document.package.issue(Code::limit, strings.spent(), main.data());
  if (!names.empty()) document.emit.property("sheets", names);
  if (!hidden.empty()) document.emit.property("hidden-sheets", hidden);
  emit_segment(document.emit, names, main.data(), "metadata", "sheet names");
  for (const std::string_view type : {"pivotCacheDefinition", "externalLink"}) {
    for (const std::string& part : relationships.of_type(type)) read_kept_values(document, part);
  }
  for (const std::string& part : relationships.of_type("sharedStrings")) {
    emit_segment(document.emit, strings.unshown(), document.package.place_of(part), "hidden", "shared strings that no cell shows");
  }
}

void read_lone_sheet(Ooxml& document, Part& part, std::string_view name) {
  SharedStrings& strings = document.strings;
  const std::string shared = "xl/sharedStrings.xml";  // where every writer puts it: nothing else leads there now
  const bool is_alone = document.package.has(shared) && !document.package.was_read(shared);
  if (is_alone) read_shared(document, shared, strings);
  SheetReader(part, document.package, {document.styles, strings, false}, printable(name), " (to which nothing leads)").read();
  if (is_alone) emit_segment(document.emit, strings.unshown(), part.data(), "hidden", "shared strings that no cell shows");
}

}  // namespace evtriage
