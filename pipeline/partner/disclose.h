// What is disclosed under a profile: rows and fields of the tables, with salts for what is shown and commitments for what
// is not, and the count of everything withheld by reason.
// Tested by tests/whole/disclosure_test.py.
#pragma once
#include <string>
#include <string_view>

#include "pipeline/custody/custody.h"
#include "pipeline/partner/profile.h"
#include "pipeline/store/store.h"

namespace evtriage {

// data/tables/T.jsonl     the rows shown, as objects; a masked field holds its pseudonym
// data/openings/T.jsonl   line i for row i: {"fields":[{"f":F,"s":SALT} or {"c":COMMITMENT,"f":F,"r":REASON}...],"row":N}
// data/proofs/T.jsonl     line i for row i: inclusion in the tree of the table's leaves (commitments.h)
// data/disclosure.json    profile, root, tables, what was withheld
// The table texts is left out: it has no rows here.  Gives the root.  `secret`: 32 bytes that stay with the owner of the case.
Result<std::string> write_disclosure(CaseReader& reader, const Seal& seal, const std::string& seal_sha256, const DisclosureProfile& profile,
                                     std::string_view secret, const std::string& data_dir, const std::string& work_dir);

}  // namespace evtriage
