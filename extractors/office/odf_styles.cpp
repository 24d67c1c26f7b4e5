// See odf_styles.h.
// Tested by tests/extractors/office/odf_test.cpp.
#include "extractors/office/odf_styles.h"

namespace evtriage {
namespace {

constexpr std::size_t most_hidden_styles = 100'000, most_name_bytes = 256;

}  // namespace

void OdfStyles::start(XmlReader& xml) {
  bool hides_now = false;
  switch (xml.tag()) {
    case "style"_tag: {
      const std::string family = std::string(xml.attribute("family", Ns::style)) + ":";
      current_ = family + std::string(xml.attribute("name", Ns::style));
      hides_now = hidden_.contains(family + std::string(xml.attribute("parent-style-name", Ns::style)));
      break;
    }
    case "text-properties"_tag: hides_now = xml.attribute("display", Ns::text) == "none"; break;
    case "table-properties"_tag: hides_now = xml.attribute("display", Ns::table) == "false"; break;
    case "drawing-page-properties"_tag: hides_now = xml.attribute("visibility", Ns::presentation) == "hidden"; break;
    case "default-style"_tag: case "master-page"_tag: case "list-level-properties"_tag: current_.clear(); break;
    default: break;
  }
  if (hides_now && !current_.empty() && hidden_.size() < most_hidden_styles && current_.size() < most_name_bytes) hidden_.insert(current_);
}

}  // namespace evtriage
