// OOXML: properties, the main part by what its root says, then everything that nothing led to.  See office.h, ooxml.h.
// Tested by tests/extractors/office/docx_test.cpp, xlsx_test.cpp, pptx_test.cpp, ooxml_test.cpp.
#include "extractors/office/ooxml.h"

#include <algorithm>

#include "extractors/office/office.h"
#include "extractors/office/properties.h"
#include "pipeline/core/text.h"

namespace evtriage {
namespace {

constexpr std::size_t most_graphics = 10'000;

bool ends_with(std::string_view name, std::string_view end) { return name.size() >= end.size() && name.substr(name.size() - end.size()) == end; }

// True if the part's root is one that is read here; then it was read.
bool read_by_root(Ooxml& document, Part& part, std::string_view name, const std::string& remark) {
  if (part.xml.next() != XmlReader::Event::start) return false;
  const Ns ns = part.xml.ns();
  const std::string suffix = remark.empty() ? "" : " of " + printable(name) + remark;
  switch (part.xml.tag()) {
    case "document"_tag:
      if (ns != Ns::word) return false;
      read_word_document(document, part, name);
      return true;
    case "workbook"_tag:
      if (ns != Ns::sheet) return false;
      read_workbook(document, part, name);
      return true;
    case "presentation"_tag:
      if (ns != Ns::slide) return false;
      read_presentation(document, part, name);
      return true;
    case "worksheet"_tag:
      if (ns != Ns::sheet) return false;
      read_lone_sheet(document, part, name);
      return true;
    case "hdr"_tag: case "ftr"_tag: case "footnotes"_tag: case "endnotes"_tag: case "comments"_tag: case "glossaryDocument"_tag:
      if (ns != Ns::word) return false;
      break;
    case "sld"_tag: case "notes"_tag: case "sldMaster"_tag: case "sldLayout"_tag: case "notesMaster"_tag: case "handoutMaster"_tag:
      if (ns != Ns::slide) return false;
      break;
    case "chartSpace"_tag: case "dataModel"_tag: case "wsDr"_tag: break;
    default: return false;
  }
  const bool is_frame = part.xml.tag() != "sld"_tag && part.xml.tag() != "notes"_tag && ns == Ns::slide;
  Story(part, document.emit, {part.xml.tag() == "comments"_tag ? "comment" : "body", {"paragraph", suffix}, 0, is_frame}).read();
  return true;
}

// Parts that only say how things look, by the last word of what they are claimed to be.
bool is_housekeeping(std::string_view type) {
  for (const std::string_view word : {"theme+xml", "themeOverride+xml", ".styles+xml", "stylesWithEffects+xml", "fontTable+xml", "settings+xml", "webSettings+xml",
                                      "numbering+xml", "calcChain+xml", "presProps+xml", "viewProps+xml", "tableStyles+xml", "chartstyle+xml",
                                      "chartcolorstyle+xml", "printerSettings", "diagramLayout+xml", "diagramStyle+xml", "diagramColors+xml",
                                      "commentsExtended+xml", "commentsIds+xml", "commentsExtensible+xml", "sheetMetadata+xml"}) {
    if (ends_with(type, word)) return true;
  }
  return type == "application/vnd.ms-office.drawingml.diagramDrawing+xml";  // the picture of a SmartArt, whose text was read
}

void read_properties(Ooxml& document, const Relationships& root) {
  Properties properties(document.package);
  for (const Relationship& relationship : root.all()) {
    if (relationship.is_external || document.package.was_read(relationship.target)) continue;
    const auto with = [&](void (Properties::*reader)(Part&)) {
      document.package.read(relationship.target, [&](Part& part) { (properties.*reader)(part); });
    };
    if (relationship.type == "core-properties") with(&Properties::read_core);
    if (relationship.type == "extended-properties" || relationship.type == "extendedProperties") with(&Properties::read_extended);
    if (relationship.type == "custom-properties" || relationship.type == "customProperties") with(&Properties::read_custom);
  }
  properties.emit_text();
}

void read_main(Ooxml& document, const Relationships& root) {
  const std::vector<std::string> mains = root.of_type("officeDocument");
  if (mains.empty()) document.package.issue(Code::corrupt, "no relationship names the main part: parts are read as they are found");
  for (const std::string& name : mains) {
    if (ends_with(document.types.of(name), "binary.macroEnabled.main") || ends_with(name, ".bin")) {
      read_binary_workbook(document, name);
      continue;
    }
    const std::unique_ptr<Part> part = document.package.open(name);
    if (!part) continue;
    const bool is_known = read_by_root(document, *part, name, "");
    document.package.close(*part);
    if (!is_known && !part->xml.error()) {
      document.package.issue(Code::unsupported, printable(name) + ": the main part is no document, workbook or presentation that is read here");
      document.package.put_back(name);
    }
  }
}

// What no relationship led to: removed slides, hidden parts, documents whose relationships are damaged.
void read_orphans(Ooxml& document) {
  for (const std::string& name : document.package.names()) {
    if (document.emit.stop_requested()) return;
    if (document.package.was_read(name)) continue;
    if (ends_with(name, ".rels")) {
      const std::size_t folder = name.rfind("_rels/");
      if (folder == name.npos) continue;
      (void)Relationships::read(document.package, name.substr(0, folder) + name.substr(folder + 6, name.size() - folder - 11));
      continue;
    }
    if (is_housekeeping(document.types.of(name))) {
      document.package.leave_out(name);
      continue;
    }
    if (!ends_with(name, ".xml") && !ends_with(name, ".XML")) continue;
    const std::unique_ptr<Part> part = document.package.open(name);
    if (!part) continue;
    if (read_by_root(document, *part, name, ", to which nothing leads")) {
      document.package.close(*part);
    } else {
      document.package.put_back(name);
    }
  }
}

}  // namespace

Relationships read_story(Ooxml& document, std::string_view name, const StoryKind& kind) {
  if (document.package.was_read(name)) return {};
  document.package.read(name, [&](Part& part) { Story(part, document.emit, kind).read(); });
  return Relationships::read(document.package, name);
}

void read_graphics(Ooxml& document, const Relationships& from, const std::string& place) {
  std::vector<Relationships> waiting{from};
  for (std::size_t next = 0; next < waiting.size() && next < most_graphics; ++next) {
    for (const std::string_view type : {"drawing", "chart", "chartEx", "diagramData", "chartUserShapes"}) {
      for (const std::string& name : waiting[next].of_type(type)) {
        if (document.package.was_read(name)) continue;
        const std::string what = type == "diagramData" ? "diagram" : type.starts_with("chart") ? "chart" : "drawing";
        waiting.push_back(read_story(document, name, {"body", {what + " of " + place, "", false}}));
      }
    }
  }
}

void extract_ooxml(const Content& content, const Identity&, const ExtractOptions&, Emit& emit) {
  Package package(content, "ooxml", emit);
  if (!package.read_directory()) return;
  ContentTypes types;
  types.read(package);
  Ooxml document{package, types, emit, {}, {}};
  const Relationships root = Relationships::read(package, "");
  read_properties(document, root);
  read_main(document, root);
  read_orphans(document);
  for (const std::string& name : package.names()) {
    if (!ends_with(name, "vbaProject.bin")) continue;
    emit.property("macros", "yes");
    break;
  }
  package.emit_rest([&](std::string_view name) { return types.of(name); }, [](std::string_view) { return false; });
}

}  // namespace evtriage
