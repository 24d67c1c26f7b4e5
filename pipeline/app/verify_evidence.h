// Is the evidence still what was sealed?  Every file is read and hashed again and compared, entry by entry,
// with the sealed items: changed, missing and added entries are named.
// Tested by tests/whole/forgery_test.py.
#pragma once
#include <string>
#include <vector>

#include "pipeline/core/result.h"
#include "pipeline/evidence/evidence.h"
#include "pipeline/store/store.h"

namespace evtriage {

struct EvidenceVerdict {
  std::vector<std::string> differences;  // at most kMaxNamed named one by one; the rest is counted
  std::uint64_t files = 0, bytes = 0, unnamed = 0;
};

// `scratch_dir` exists and takes the listing of the walk.
Result<EvidenceVerdict> verify_evidence(CaseReader& sealed, const ExhibitSpec& exhibit, const std::string& scratch_dir);

// Order of the listing: depth first, names by unsigned bytes.  Negative, zero, positive.
int compare_paths(std::string_view a, std::string_view b);

}  // namespace evtriage
