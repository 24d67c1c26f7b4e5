// The tables of what ships, in order of priority: the first one that accepts an item reads it.  Raw strings come
// last: they take everything.
// Tested by tests/extractors/contract_test.cpp.
#include "extractors/builtin.h"

namespace evtriage {

Builtin builtin_extractors() {
  Builtin builtin;
  builtin.extractors.push_back(make_mbox_extractor());
  builtin.extractors.push_back(make_mail_extractor());
  builtin.extractors.push_back(make_html_extractor());
  builtin.page_extractors.push_back(make_text_extractor());
  builtin.page_extractors.push_back(make_strings_extractor());
  return builtin;
}

}  // namespace evtriage
