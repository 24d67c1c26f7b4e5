// The scanner's search with its refusals kept, written as lines for a person.
// Tested by tests/extractors/contacts/scanner_test.cpp.
#include "extractors/contacts/explain.h"

#include <algorithm>

#include "extractors/contacts/search.h"
#include "pipeline/core/text.h"

namespace evtriage {
namespace {

std::string_view word(Confidence confidence) {
  return confidence == Confidence::certain ? "certain" : confidence == Confidence::likely ? "likely" : "candidate";
}

std::string one_line(std::string_view text) {
  std::string out(text);
  std::ranges::replace_if(out, [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  return out;
}

std::string span_text(ByteRange span) { return std::to_string(span.begin) + ".." + std::to_string(span.end); }

std::string country_text(const contacts::Found& found) {
  std::string out = found.country;
  for (const auto& country : found.countries) out += (out.empty() ? "" : ",") + country;
  return out.empty() ? "-" : out;
}

}  // namespace

std::string explain_contacts(std::string_view text, const ContactOptions& options) {
  const std::string clean = printable(text);
  const auto regions = contacts::normal_regions(options.regions);
  contacts::PhoneMemo memo;
  contacts::Search search;
  search.text = clean;
  search.regions = &regions;
  search.memo = &memo;
  search.explain = true;
  contacts::find_contacts(search);
  std::string out;
  const auto raw = [&](ByteRange span) { return one_line(search.text.substr(span.begin, span.size())); };
  for (const auto& found : search.found) {
    out += "found\t" + std::string(found.type) + '\t' + one_line(found.value) + '\t' + std::string(word(found.confidence)) + '\t' +
           country_text(found) + '\t' + span_text(found.span) + '\t' + raw(found.span);
    if (!found.label.empty() || !found.note.empty()) out += '\t' + one_line(found.label) + '\t' + one_line(found.note);
    out += '\n';
  }
  for (const auto& refused : search.refused) {
    out += "refused\t" + std::string(refused.type) + '\t' + span_text(refused.span) + '\t' + raw(refused.span) + '\t' +
           std::string(refused.why) + '\n';
  }
  return out;
}

}  // namespace evtriage
