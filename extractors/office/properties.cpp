// One table of names for each vocabulary.  See properties.h.
// Tested by tests/extractors/office/docx_test.cpp.
#include "extractors/office/properties.h"

#include "extractors/office/text_group.h"
#include "pipeline/core/text.h"
#include "pipeline/core/time.h"

namespace evtriage {
namespace {

constexpr std::size_t most_properties = 1000;
constexpr std::size_t most_value_bytes = 64u << 10;
constexpr std::size_t most_text_bytes = 1u << 20;

std::string trimmed(std::string text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

// The property that an element of office:meta or docProps/core.xml is; "" if it says nothing of use.
std::string common_name(Ns ns, Tag tag, std::string_view local) {
  if (ns == Ns::dc) {
    if (tag == "date"_tag) return "dcterms:modified";  // OpenDocument: of the last change
    return "dc:" + printable(local);
  }
  if (ns == Ns::dcterms) return "dcterms:" + printable(local);
  if (ns == Ns::core_properties) {
    switch (tag) {
      case "keywords"_tag: case "category"_tag: case "lastModifiedBy"_tag: case "lastPrinted"_tag: case "revision"_tag: case "version"_tag:
      case "contentStatus"_tag: case "language"_tag: return "cp:" + printable(local);
      default: return {};
    }
  }
  if (ns != Ns::meta) return {};
  switch (tag) {
    case "creation-date"_tag: return "dcterms:created";
    case "initial-creator"_tag: return "meta:initial-creator";
    case "keyword"_tag: return "cp:keywords";
    case "printed-by"_tag: case "print-date"_tag: case "generator"_tag: case "editing-cycles"_tag: case "editing-duration"_tag:
      return "meta:" + printable(local);
    default: return {};
  }
}

}  // namespace

std::string as_utc(std::string_view date) {
  const Result<std::int64_t> ns = parse_rfc3339(date);
  return ns ? rfc3339(*ns) : printable(date);
}

void Properties::add(std::string name, std::string value, ByteRange source) {
  value = trimmed(std::move(value));
  if (value.empty() || name.empty()) return;
  if (++count_ > most_properties) {
    if (count_ == most_properties + 1) package_.issue(Code::limit, "properties=1000: further ones were not read", source);
    return;
  }
  if (value.size() > most_value_bytes) {
    value.resize(floor_char(value, most_value_bytes));
    package_.issue(Code::limit, "property_bytes=65536: " + printable(name) + " is cut", source);
  }
  value = printable(value);
  const bool is_date = name == "dcterms:created" || name == "dcterms:modified" || name == "cp:lastPrinted" || name == "meta:print-date";
  if (is_date) value = as_utc(value);
  source_ = source_.size() == 0 ? source : ByteRange{std::min(source_.begin, source.begin), std::max(source_.end, source.end)};
  if (text_.size() < most_text_bytes) text_.append(name).append(": ").append(value).append("\n");
  package_.emit().property(std::move(name), std::move(value));
}

void Properties::emit_text() { emit_segment(package_.emit(), std::move(text_), source_, "metadata", "properties"); }

void Properties::read_core(Part& part) {
  XmlReader& xml = part.xml;
  for (auto event = xml.next(); event != XmlReader::Event::finish; event = xml.next()) {
    if (event != XmlReader::Event::start || xml.depth() != 2) continue;
    std::string name = common_name(xml.ns(), xml.tag(), xml.local());
    add(std::move(name), xml.all_text(), part.data());
  }
}

void Properties::read_extended(Part& part) {
  XmlReader& xml = part.xml;
  for (auto event = xml.next(); event != XmlReader::Event::finish; event = xml.next()) {
    if (event != XmlReader::Event::start || xml.depth() != 2) continue;
    switch (xml.tag()) {
      case "Application"_tag: case "AppVersion"_tag: case "Company"_tag: case "Manager"_tag: case "Template"_tag: case "HyperlinkBase"_tag:
      case "TotalTime"_tag: case "Pages"_tag: case "Slides"_tag: case "HiddenSlides"_tag: {
        std::string name = "app:" + printable(xml.local());
        add(std::move(name), xml.all_text(), part.data());
        break;
      }
      default: xml.skip();
    }
  }
}

void Properties::read_custom(Part& part) {
  XmlReader& xml = part.xml;
  for (auto event = xml.next(); event != XmlReader::Event::finish; event = xml.next()) {
    if (event != XmlReader::Event::start || xml.tag() != "property"_tag) continue;
    std::string name = "custom:" + printable(xml.attribute("name"));
    add(std::move(name), xml.all_text(), part.data());
  }
}

void Properties::read_meta(Part& part) {
  XmlReader& xml = part.xml;
  const std::size_t outside = xml.depth() == 0 ? 0 : xml.depth() - 1;
  for (auto event = xml.next(); event != XmlReader::Event::finish; event = xml.next()) {
    if (event == XmlReader::Event::end && xml.depth() <= outside) return;
    if (event != XmlReader::Event::start || (xml.ns() == Ns::office)) continue;
    std::string name = common_name(xml.ns(), xml.tag(), xml.local());
    if (xml.ns() == Ns::meta && xml.tag() == "user-defined"_tag) name = "custom:" + printable(xml.attribute("name", Ns::meta));
    const std::uint64_t begin = xml.position();
    if (xml.ns() == Ns::meta && xml.tag() == "template"_tag) {
      add("meta:template", std::string(xml.attribute("title", Ns::xlink)) + " " + std::string(xml.attribute("href", Ns::xlink)), part.source(begin, begin));
    }
    std::string value = xml.all_text();
    add(std::move(name), std::move(value), part.source(begin, xml.position()));
  }
}

void Properties::read_opf(Part& part) {
  XmlReader& xml = part.xml;
  const std::size_t outside = xml.depth() - 1;
  for (auto event = xml.next(); event != XmlReader::Event::finish; event = xml.next()) {
    if (event == XmlReader::Event::end && xml.depth() <= outside) return;
    if (event != XmlReader::Event::start) continue;
    if (xml.ns() == Ns::dc) {
      std::string name = "dc:" + printable(xml.local());
      add(std::move(name), xml.all_text(), part.data());
    } else if (xml.tag() == "meta"_tag) {  // EPUB 3: property="dcterms:modified"; EPUB 2: name="cover" content="..."
      std::string name = printable(xml.attribute("property"));
      if (name.empty() && !xml.attribute("name").empty()) name = "opf:" + printable(xml.attribute("name"));
      std::string value(xml.attribute("content"));
      if (!xml.attribute("property").empty()) value = xml.all_text();
      add(std::move(name), std::move(value), part.data());
    }
  }
}

}  // namespace evtriage
