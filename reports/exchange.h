// The formats in which other programs read a case: each a function from a sealed case to a stream of bytes.
//
// All stream: memory does not grow with the number of items.  No clock, no machine: the same sealed case
// gives the same bytes.  Tested by tests/whole/exchange_test.py, where a program of others judges each format.
#pragma once
#include <string>
#include <string_view>

#include "reports/case_input.h"

namespace evtriage::reports {

// DFXML 2.0.0-beta.0: every item as a fileobject; what DFXML has no element for stands in a namespace of ours.
Result<void> write_dfxml(const CaseInput& input, const Sink& sink);

// hashdeep 1.0: the regular files of one exhibit, for `cd EVIDENCE && hashdeep -a -o f -r -l -k LIST .`
// Members of archives are no files of the exhibit and are left out; names that the format cannot hold (it has
// no escape for line ends) and files without a digest stand as comments at the end.
Result<void> write_hashdeep(const CaseInput& input, std::string_view exhibit, const Sink& sink);

// GraphML: contacts and the items that mention them.
Result<void> write_graphml(const CaseInput& input, const Sink& sink);

// CASE/UCO 1.4.0 as JSON-LD: the story of the case, its exhibits, the items with the heaviest findings (at most
// 150: readers hold the document whole), hits as AnalyticResults.  Names are UUIDs of version 5 out of the results.
Result<void> write_case_uco(const CaseInput& input, const Sink& sink);

}  // namespace evtriage::reports
