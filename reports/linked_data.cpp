// The context names the vocabularies of UCO and CASE 1.4.0 once; everything else is plain JSON.
// Tested by tests/whole/exchange_test.py
#include "reports/linked_data.h"

namespace evtriage::reports {
namespace {

struct Prefix {
  std::string_view name, iri;
};
constexpr Prefix prefixes[] = {
    {"action", "https://ontology.unifiedcyberontology.org/uco/action/"}, {"analysis", "https://ontology.unifiedcyberontology.org/uco/analysis/"},
    {"configuration", "https://ontology.unifiedcyberontology.org/uco/configuration/"}, {"core", "https://ontology.unifiedcyberontology.org/uco/core/"},
    {"identity", "https://ontology.unifiedcyberontology.org/uco/identity/"}, {"investigation", "https://ontology.caseontology.org/case/investigation/"},
    {"kb", "urn:x-evtriage:thing:"}, {"marking", "https://ontology.unifiedcyberontology.org/uco/marking/"},
    {"observable", "https://ontology.unifiedcyberontology.org/uco/observable/"}, {"tool", "https://ontology.unifiedcyberontology.org/uco/tool/"},
    {"types", "https://ontology.unifiedcyberontology.org/uco/types/"}, {"xsd", "http://www.w3.org/2001/XMLSchema#"}};

}  // namespace

std::string LinkedData::name(std::string_view kind, std::string_view key) const {
  return "kb:" + std::string(kind) + "-" + print_uuid(uuid_v5(space_, std::string(kind) + "/" + std::string(key)));
}

void LinkedData::begin_document() {
  json_.begin_object().key("@context").begin_object();
  for (const auto& prefix : prefixes) json_.key(prefix.name).value(prefix.iri);
  json_.end_object().key("@graph").begin_array();
  next();
}

void LinkedData::end_document() {
  json_.end_array().end_object();
  next();
}

LinkedData& LinkedData::begin(std::string_view id, std::initializer_list<std::string_view> types) {
  json_.begin_object().key("@id").value(id).key("@type");
  if (types.size() == 1) {
    json_.value(*types.begin());
    return *this;
  }
  json_.begin_array();
  for (const auto type : types) json_.value(type);
  json_.end_array();
  return *this;
}

LinkedData& LinkedData::text(std::string_view property, std::string_view value) {
  if (!value.empty()) json_.key(property).value(value);
  return *this;
}

LinkedData& LinkedData::texts(std::string_view property, const std::vector<std::string>& values) {
  if (values.empty()) return *this;
  json_.key(property).begin_array();
  for (const auto& value : values) json_.value(value);
  json_.end_array();
  return *this;
}

LinkedData& LinkedData::typed(std::string_view property, std::string_view type, std::string_view value) {
  if (!value.empty()) json_.key(property).begin_object().key("@type").value(type).key("@value").value(value).end_object();
  return *this;
}

LinkedData& LinkedData::refer(std::string_view property, std::string_view id) {
  if (!id.empty()) json_.key(property).begin_object().key("@id").value(id).end_object();
  return *this;
}

LinkedData& LinkedData::refer(std::string_view property, const std::vector<std::string>& ids) {
  if (ids.empty()) return *this;
  json_.key(property).begin_array();
  for (const auto& id : ids) json_.begin_object().key("@id").value(id).end_object();
  json_.end_array();
  return *this;
}

}  // namespace evtriage::reports
