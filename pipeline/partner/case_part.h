// What a package takes from the case itself: tables, inclusion proofs, the custody log, the seal.
// Tested by tests/whole/package_test.py.
#pragma once
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/custody/custody.h"
#include "pipeline/partner/partner.h"
#include "pipeline/partner/proof_tree.h"
#include "pipeline/partner/staging.h"

namespace evtriage {

struct CaseFacts {
  Seal seal;
  std::string seal_sha256;
  std::string custody_head;                    // of the log as it goes into the package
  std::uint64_t custody_events = 0;
  std::string case_number, agency;             // as stated at the start; empty: not stated
};

Result<CaseFacts> read_case_facts(const std::string& case_dir);
Result<void> write_seal_part(const std::string& case_dir, const std::string& data_dir);     // data/seal.json

// data/custody.jsonl: lines of these actions ("all": every line) as they are, of others {"withheld":"SHA-256 of the line"},
// which is all that the chain needs.  Fills the custody part of the facts.
Result<void> write_custody_part(const std::string& case_dir, const std::string& data_dir, const std::set<std::string>& actions, CaseFacts& facts);

// data/proofs/TABLE.jsonl
Result<void> write_proofs(const ProofTree& tree, std::string_view table, const std::vector<std::uint64_t>& rows, const std::string& data_dir);

// data/tables/TABLE.jsonl whole, and data/proofs/{findings,items}.jsonl: for each finding and for the item that it
// stands in.  Error (corrupt): a table has another root than the seal says.
Result<void> write_tables(CaseReader& reader, const Seal& seal, const std::string& data_dir, const std::string& work_dir);

}  // namespace evtriage
