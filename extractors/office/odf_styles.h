// The styles of an OpenDocument file that hide what they are put on: text, paragraphs, sheets, slides.
// Tested by tests/extractors/office/odf_test.cpp.
#pragma once
#include <set>
#include <string>
#include <string_view>

#include "extractors/office/xml_reader.h"

namespace evtriage {

class OdfStyles {
 public:
  void start(XmlReader& xml);  // each start of an element in the namespace style
  bool hides(std::string_view family, std::string_view name) const { return !name.empty() && hidden_.contains(std::string(family) + ":" + std::string(name)); }

 private:
  std::string current_;  // "family:name"
  std::set<std::string, std::less<>> hidden_;
};

}  // namespace evtriage
