// OpenDocument: the manifest says what is encrypted, styles come before content because they say what is hidden.
// See office.h.
// Tested by tests/extractors/office/odf_test.cpp.
#include <map>

#include "extractors/office/odf_story.h"
#include "extractors/office/office.h"
#include "pipeline/core/text.h"

namespace evtriage {
namespace {

struct Manifest {
  struct Entry {
    std::string media_type;
    bool is_encrypted = false;
  };
  std::map<std::string, Entry, std::less<>> entries;
  std::size_t encrypted = 0;

  bool is_encrypted(std::string_view name) const {
    const auto entry = entries.find(name);
    return entry != entries.end() && entry->second.is_encrypted;
  }
  std::string type_of(std::string_view name) const {
    const auto entry = entries.find(name);
    return entry == entries.end() ? "" : entry->second.media_type;
  }
};

Manifest read_manifest(Package& package) {
  Manifest manifest;
  if (!package.has("META-INF/manifest.xml")) {
    package.issue(Code::corrupt, "the manifest is missing");
    return manifest;
  }
  package.read("META-INF/manifest.xml", [&](Part& part) {
    XmlReader& xml = part.xml;
    std::string name;
    for (auto event = xml.next(); event != XmlReader::Event::finish; event = xml.next()) {
      if (event != XmlReader::Event::start || (xml.tag() != "file-entry"_tag && xml.tag() != "encryption-data"_tag)) continue;
      if (xml.tag() == "file-entry"_tag) {
        if (!package.keeps(xml.attribute("full-path", Ns::manifest).size() + 4 * xml.attribute("media-type", Ns::manifest).size())) return;
        name = xml.attribute("full-path", Ns::manifest);
        manifest.entries[name].media_type = printable(xml.attribute("media-type", Ns::manifest));
      } else if (xml.tag() == "encryption-data"_tag && !name.empty() && !manifest.entries[name].is_encrypted) {
        manifest.entries[name].is_encrypted = true;
        ++manifest.encrypted;
      }
    }
  });
  return manifest;
}

void emit_lists(const OdfShared& shared, Emit& emit) {
  if (!shared.sheets.empty()) emit.property("sheets", shared.sheets);
  if (!shared.hidden_sheets.empty()) emit.property("hidden-sheets", shared.hidden_sheets);
  if (!shared.hidden_slides.empty()) emit.property("hidden-slides", shared.hidden_slides);
}

bool is_named(std::string_view path, std::string_view name) {
  return path == name || (path.size() > name.size() && path.ends_with(name) && path[path.size() - name.size() - 1] == '/');
}

// "Object 1/content.xml" is a chart, a formula, a table inside the document.
std::string suffix_of(const std::string& path, std::string_view name) { return path == name ? "" : " of " + printable(path.substr(0, path.size() - name.size() - 1)); }

void read_stories(Package& package, const Manifest& manifest, OdfShared& shared, std::string_view name, const std::string& remark) {
  for (const std::string& path : package.names()) {
    if (package.emit().stop_requested()) return;
    if (!is_named(path, name) || manifest.is_encrypted(path) || package.was_read(path)) continue;
    package.read(path, [&](Part& part) { OdfStory(part, shared, remark + suffix_of(path, name)).read(); });
  }
}

void leave_out_settings(Package& package) {
  for (const std::string& name : package.names()) {
    if (is_named(name, "settings.xml") || name == "mimetype" || name == "layout-cache" || name == "manifest.rdf") package.leave_out(name);
  }
}

bool has_macros(Package& package) {
  for (const std::string& name : package.names()) {
    const bool is_list = name.ends_with("script-lb.xml") || name.ends_with("script-lc.xml") || name.ends_with("/");
    if (!is_list && (name.starts_with("Basic/") || name.starts_with("Scripts/"))) return true;
  }
  return false;
}

void extract_packaged(Package& package, Emit& emit) {
  if (!package.read_directory()) return;
  const Manifest manifest = read_manifest(package);
  if (manifest.encrypted > 0) {
    emit.encrypted();
    package.issue(Code::encrypted, std::to_string(manifest.encrypted) + " parts of the document are encrypted");
  }
  OdfShared shared{package, {}, "", "", ""};
  if (package.has("meta.xml") && !manifest.is_encrypted("meta.xml")) {
    package.read("meta.xml", [&](Part& part) {
      Properties properties(package);
      properties.read_meta(part);
      properties.emit_text();
    });
  }
  read_stories(package, manifest, shared, "styles.xml", " of page styles");
  read_stories(package, manifest, shared, "content.xml", "");
  if (!package.has("content.xml") && manifest.encrypted == 0) package.issue(Code::corrupt, "the part content.xml is missing");
  emit_lists(shared, emit);
  if (has_macros(package)) emit.property("macros", "yes");
  leave_out_settings(package);
  package.emit_rest([&](std::string_view name) { return manifest.type_of(name); }, [&](std::string_view name) { return manifest.is_encrypted(name); });
}

void extract_flat(Package& package, Emit& emit) {
  OdfShared shared{package, {}, "", "", ""};
  const std::unique_ptr<Part> part = package.open_flat();
  OdfStory(*part, shared, "").read();
  package.close(*part);
  emit_lists(shared, emit);
}

}  // namespace

void extract_odf(const Content& content, const Identity&, const ExtractOptions&, Emit& emit) {
  Package package(content, "odf", emit);
  const Result<Blob> head = content.read({0, std::min<std::uint64_t>(content.size(), 64)});
  if (!head) return package.issue(head.error().code, head.error().detail, ByteRange{0, std::min<std::uint64_t>(content.size(), 64)});
  const std::size_t first = head->chars().find_first_not_of(" \t\r\n\xef\xbb\xbf");
  const bool is_flat = first != std::string_view::npos && head->chars()[first] == '<';
  is_flat ? extract_flat(package, emit) : extract_packaged(package, emit);
}

}  // namespace evtriage
