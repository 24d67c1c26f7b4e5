// Nodes of JSON-LD, one after another: typed literals, references and nested nodes, each with a name of its own.
// Empty values are not written: what is not known is absent.
// Tested by tests/whole/exchange_test.py (rdflib, SHACL).
#pragma once
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/core/json.h"
#include "reports/uuid.h"

namespace evtriage::reports {

class LinkedData {
 public:
  LinkedData(std::string& out, const Uuid& space) : out_(out), json_(out), space_(space) {}

  // The name of a thing: its kind and what makes it unique in the case.
  std::string name(std::string_view kind, std::string_view key) const;

  void begin_document();                               // with the context, written out: nothing is fetched
  void end_document();
  LinkedData& begin(std::string_view id, std::initializer_list<std::string_view> types);
  LinkedData& end() { json_.end_object(); return *this; }
  void next() { out_ += '\n'; }                        // between the nodes of the document

  LinkedData& text(std::string_view property, std::string_view value);
  LinkedData& texts(std::string_view property, const std::vector<std::string>& values);
  LinkedData& typed(std::string_view property, std::string_view type, std::string_view value);
  LinkedData& flag(std::string_view property, bool value) { json_.key(property).value(value); return *this; }
  LinkedData& refer(std::string_view property, std::string_view id);
  LinkedData& refer(std::string_view property, const std::vector<std::string>& ids);
  // begin_list(property), nested nodes by begin() .. end(), end_list()
  LinkedData& begin_list(std::string_view property) { json_.key(property).begin_array(); return *this; }
  LinkedData& end_list() { json_.end_array(); return *this; }

 private:
  std::string& out_;
  JsonWriter json_;
  Uuid space_;
};

}  // namespace evtriage::reports
