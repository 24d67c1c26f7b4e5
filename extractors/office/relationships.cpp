// See relationships.h.
// Tested by tests/extractors/office/ooxml_test.cpp.
#include "extractors/office/relationships.h"

#include <algorithm>
#include <set>

#include "extractors/office/text_group.h"
#include "pipeline/core/text.h"

namespace evtriage {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return out;
}

int hex(char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1; }

std::string relationships_of(std::string_view from) {
  const std::size_t slash = from.rfind('/');
  const std::size_t name = slash == from.npos ? 0 : slash + 1;
  return std::string(from.substr(0, name)) + "_rels/" + std::string(from.substr(name)) + ".rels";
}

}  // namespace

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_code = text[i] == '%' && text.size() - i > 2 && hex(text[i + 1]) >= 0 && hex(text[i + 2]) >= 0;
    out += is_code ? static_cast<char>(hex(text[i + 1]) * 16 + hex(text[i + 2])) : text[i];
    if (is_code) i += 2;
  }
  return out;
}

std::string resolve_target(std::string_view from, std::string_view target) {
  target = target.substr(0, target.find('#'));
  std::vector<std::string_view> steps;
  const auto walk = [&](std::string_view path) {
    while (!path.empty()) {
      const std::size_t slash = path.find('/');
      const std::string_view step = path.substr(0, slash);
      path.remove_prefix(slash == path.npos ? path.size() : slash + 1);
      if (step == ".." && !steps.empty()) steps.pop_back();
      if (!step.empty() && step != "." && step != "..") steps.push_back(step);
    }
  };
  const std::size_t folder = from.rfind('/');
  if (!target.starts_with("/") && folder != from.npos) walk(from.substr(0, folder));
  walk(target);
  std::string out;
  for (const std::string_view step : steps) out += (out.empty() ? "" : "/") + std::string(step);
  return out;
}

Relationships Relationships::read(Package& package, std::string_view from) {
  Relationships found;
  const std::string name = relationships_of(from);
  if (!package.has(name)) return found;
  std::string links;
  package.read(name, [&](Part& part) {
    XmlReader& xml = part.xml;
    for (auto event = xml.next(); event != XmlReader::Event::finish; event = xml.next()) {
      if (event != XmlReader::Event::start || xml.tag() != "Relationship"_tag) continue;
      std::size_t bytes = 0;
      for (const XmlReader::Attribute& attribute : xml.attributes()) bytes += attribute.raw.size();
      if (!package.keeps(2 * bytes)) return;
      Relationship relationship;
      relationship.id = xml.attribute("Id");
      const std::string_view type = xml.attribute("Type"), target = xml.attribute("Target");
      relationship.type = type.substr(type.rfind('/') + 1);  // npos + 1 = 0: the whole
      relationship.is_external = xml.attribute("TargetMode") == "External";
      if (relationship.is_external) links.append(target).append("\n");
      relationship.target = relationship.is_external ? std::string(target) : resolve_target(from, target);
      if (!relationship.is_external && !package.has(relationship.target)) relationship.target = percent_decoded(relationship.target);
      found.by_id_.emplace(relationship.id, found.all_.size());
      found.all_.push_back(std::move(relationship));
    }
    emit_segment(package.emit(), std::move(links), part.data(), "link", "links of " + (from.empty() ? "the document" : printable(from)));
  });
  return found;
}

std::vector<std::string> Relationships::of_type(std::string_view type) const {
  std::vector<std::string> targets;
  std::set<std::string_view> seen;
  for (const Relationship& relationship : all_) {
    if (relationship.type != type || relationship.is_external || !seen.insert(relationship.target).second) continue;
    targets.push_back(relationship.target);
  }
  return targets;
}

std::string Relationships::with_id(std::string_view id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() || all_[found->second].is_external ? "" : all_[found->second].target;
}

void ContentTypes::read(Package& package) {
  package.read("[Content_Types].xml", [&](Part& part) {
    XmlReader& xml = part.xml;
    for (auto event = xml.next(); event != XmlReader::Event::finish; event = xml.next()) {
      if (event != XmlReader::Event::start) continue;
      if (!package.keeps(xml.attribute("ContentType").size() + xml.attribute("PartName").size() + xml.attribute("Extension").size())) return;
      std::string type = printable(xml.attribute("ContentType"));
      if (xml.tag() == "Default"_tag) by_extension_.emplace(lower(xml.attribute("Extension")), std::move(type));
      else if (xml.tag() == "Override"_tag) by_name_.emplace(lower(resolve_target("", xml.attribute("PartName"))), std::move(type));
    }
  });
}

std::string ContentTypes::of(std::string_view name) const {
  const std::string key = lower(name);
  const auto named = by_name_.find(key);
  if (named != by_name_.end()) return named->second;
  const auto extended = by_extension_.find(key.substr(key.rfind('.') + 1));
  return extended != by_extension_.end() ? extended->second : "";
}

}  // namespace evtriage
