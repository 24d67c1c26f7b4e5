// Relationships between the parts of an OOXML package, and what the package claims each part is.
//
// Parts are followed by relationship type, never by file name.  A type is known by its last word, because strict,
// transitional and Microsoft's own types differ only in what stands before it.
// ISO/IEC 29500-2, clauses 6.5 and 7.
// Tested by tests/extractors/office/ooxml_test.cpp.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "extractors/office/package.h"

namespace evtriage {

struct Relationship {
  std::string id;
  std::string type;    // last word: "officeDocument", "comments", "image"
  std::string target;  // internal: a name of a part without leading slash; external: as written
  bool is_external = false;
};

class Relationships {
 public:
  // Of the part `from` ("" = of the package); none if it has none.  External targets become a text of origin "link".
  static Relationships read(Package& package, std::string_view from);

  const std::vector<Relationship>& all() const { return all_; }
  std::vector<std::string> of_type(std::string_view type) const;  // internal targets, in order
  std::string with_id(std::string_view id) const;                 // internal target, or ""

 private:
  std::vector<Relationship> all_;
  std::map<std::string, std::size_t, std::less<>> by_id_;
};

// `target` as seen from the part `from`: "../media/a.png" from "ppt/slides/slide1.xml" is "ppt/media/a.png".
std::string resolve_target(std::string_view from, std::string_view target);

// "%20" undone: what a target says in an IRI and a ZIP name says in plain.
std::string percent_decoded(std::string_view text);

class ContentTypes {
 public:
  void read(Package& package);
  std::string of(std::string_view name) const;  // "" if nothing is claimed

 private:
  std::map<std::string, std::string, std::less<>> by_name_, by_extension_;  // lower case
};

}  // namespace evtriage
