// Inside of the CASE/UCO report: the story of the case, and the items that matter, are two files.
// Bounds: a document is read by programs that hold it whole, so it carries the items with the heaviest findings
// only and says so in the description of the investigation; the complete list is the DFXML.
// Tested by tests/whole/exchange_test.py.
#pragma once
#include <string>
#include <vector>

#include "reports/case_input.h"
#include "reports/linked_data.h"

namespace evtriage::reports {

inline constexpr std::size_t case_items = 150, case_hits_an_item = 40, case_contacts_an_item = 40;

struct CaseNames {  // names of nodes that others refer to
  std::string investigation, examiner, agency, authorization, tool, marking, analysis;
  std::vector<std::string> records, items, results;  // provenance records, relevant items, results of the analysis
};

// An exhibit as its column stands in the table.
struct CaseExhibit {
  std::string label, name, kind, size, digests;
};
std::vector<CaseExhibit> load_exhibits(CaseReader& reader, Result<void>& state);

// Writes exhibits, relevant items, hits and contacts; fills records, items and results.
Result<void> write_case_items(const CaseInput& input, const std::vector<CaseExhibit>& exhibits, LinkedData& out, CaseNames& names);
// Writes investigation, persons, authority, tool, marking, the analysis and the acts of custody.
Result<void> write_case_story(const CaseInput& input, LinkedData& out, const CaseNames& names);

}  // namespace evtriage::reports
