// The door of the extractors: what ships, as explicit tables.  Order is priority.
//
// To add a format: one .cpp with one function declared here, one line in builtin.cpp, one golden folder.
// Tested by tests/extractors/contract_test.cpp, which loops over the tables.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "pipeline/core/plugin.h"

namespace evtriage {

// Structured formats (each reads whole content).
std::unique_ptr<const Extractor> make_mail_extractor();    // RFC 5322 and MIME
std::unique_ptr<const Extractor> make_mbox_extractor();    // RFC 4155 and its dialects: messages as children
std::unique_ptr<const Extractor> make_html_extractor();    // visible text, links, title

// Paged formats.
std::unique_ptr<const PageExtractor> make_text_extractor();     // text in any encoding
std::unique_ptr<const PageExtractor> make_strings_extractor();  // last resort: runs of text in unknown bytes

// Scanners of text.
struct ContactOptions {
  std::vector<std::string> regions;  // ISO 3166-1 alpha-2: default regions for national numbers
};
std::vector<std::string> contact_regions();  // those that have a plan; others would change nothing
std::unique_ptr<const TextScanner> make_contact_scanner(const ContactOptions& options);

struct Builtin {  // owns; the spans of a Registry point into `*_table`
  std::vector<std::unique_ptr<const Extractor>> extractors;
  std::vector<std::unique_ptr<const PageExtractor>> page_extractors;
};
Builtin builtin_extractors();

}  // namespace evtriage
