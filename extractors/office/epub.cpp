// EPUB 2 and 3: the package document names metadata, parts and reading order; chapters are children.
//
// A chapter is XHTML, which the HTML extractor reads as an item of its own: so each hit leads to a place in the
// chapter and not only to its compressed bytes.  OCF 3.3, EPUB Packages 3.3, OPF 2.0.1.
// Tested by tests/extractors/office/epub_test.cpp.
#include <algorithm>
#include <map>
#include <set>

#include "extractors/office/office.h"
#include "extractors/office/properties.h"
#include "extractors/office/relationships.h"
#include "pipeline/core/text.h"

namespace evtriage {
namespace {

struct Book {
  std::map<std::string, std::string, std::less<>> types;  // media type by name of the part
  std::vector<std::string> spine;                         // names of parts in reading order
};

std::vector<std::string> package_documents(Package& package) {
  std::vector<std::string> names;
  package.read("META-INF/container.xml", [&](Part& part) {
    XmlReader& xml = part.xml;
    for (auto event = xml.next(); event != XmlReader::Event::finish; event = xml.next()) {
      if (event == XmlReader::Event::start && xml.tag() == "rootfile"_tag && package.keeps(xml.attribute("full-path").size())) names.emplace_back(xml.attribute("full-path"));
    }
  });
  return names;
}

std::string unescaped(Package& package, const std::string& base, std::string_view href) {
  const std::string name = resolve_target(base, href);
  return package.has(name) ? name : percent_decoded(name);
}

void read_package_document(Package& package, const std::string& name, Book& book) {
  package.read(name, [&](Part& part) {
    std::map<std::string, std::string, std::less<>> by_id;
    XmlReader& xml = part.xml;
    for (auto event = xml.next(); event != XmlReader::Event::finish; event = xml.next()) {
      if (event != XmlReader::Event::start) continue;
      if (xml.tag() == "metadata"_tag) {
        Properties properties(package);
        properties.read_opf(part);
        properties.emit_text();
      } else if (xml.tag() == "item"_tag && package.keeps(3 * (xml.attribute("href").size() + xml.attribute("id").size() + xml.attribute("media-type").size()))) {
        const std::string target = unescaped(package, name, xml.attribute("href"));
        by_id.emplace(xml.attribute("id"), target);
        book.types.emplace(target, printable(xml.attribute("media-type")));
      } else if (xml.tag() == "itemref"_tag) {
        const auto item = by_id.find(xml.attribute("idref"));
        if (item != by_id.end() && package.keeps(item->second.size())) book.spine.push_back(item->second);
      }
    }
  });
}

// Names of parts that are encrypted; fonts that are only obfuscated can be had by anybody and do not count.
std::set<std::string, std::less<>> encrypted_parts(Package& package) {
  std::set<std::string, std::less<>> names;
  if (!package.has("META-INF/encryption.xml")) return names;
  package.read("META-INF/encryption.xml", [&](Part& part) {
    XmlReader& xml = part.xml;
    bool is_obfuscated = false;
    for (auto event = xml.next(); event != XmlReader::Event::finish; event = xml.next()) {
      if (event != XmlReader::Event::start || xml.ns() != Ns::encryption) continue;
      if (xml.tag() == "EncryptionMethod"_tag) {
        const std::string_view algorithm = xml.attribute("Algorithm");
        is_obfuscated = algorithm.starts_with("http://www.idpf.org/2008/embedding") || algorithm.starts_with("http://ns.adobe.com/pdf/enc#RC");
      }
      if (xml.tag() == "CipherReference"_tag && !is_obfuscated && package.keeps(xml.attribute("URI").size())) names.insert(unescaped(package, "", xml.attribute("URI")));
    }
  });
  return names;
}

std::string guessed_type(std::string_view name) {
  const std::string_view end = name.substr(name.rfind('.') + 1);
  return end == "xhtml" || end == "html" || end == "htm" ? "application/xhtml+xml" : "";
}

}  // namespace

void extract_epub(const Content& content, const Identity&, const ExtractOptions&, Emit& emit) {
  Package package(content, "epub", emit);
  if (!package.read_directory()) return;
  package.leave_out("mimetype");
  Book book;
  for (const std::string& name : package_documents(package)) read_package_document(package, name, book);
  const auto encrypted = encrypted_parts(package);
  if (!encrypted.empty()) {
    emit.encrypted();
    package.issue(Code::encrypted, std::to_string(encrypted.size()) + " parts of the book are encrypted");
  }
  const auto type_of = [&](std::string_view name) {
    const auto type = book.types.find(name);
    return type == book.types.end() ? guessed_type(name) : type->second;
  };
  const auto is_encrypted = [&](std::string_view name) { return encrypted.contains(name); };
  for (const std::string& name : book.spine) {
    if (emit.stop_requested()) return;
    if (!package.has(name)) package.issue(Code::corrupt, "the chapter " + printable(name) + " is missing");
    package.emit_child(name, type_of(name), is_encrypted(name));
  }
  if (book.spine.empty()) package.issue(Code::corrupt, "no reading order: the parts are children in the order of the ZIP directory");
  package.emit_rest(type_of, is_encrypted);
}

}  // namespace evtriage
