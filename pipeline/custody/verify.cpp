// verify: everything that is sealed is derived again from the raw files.  Nothing stops at the first
// difference, since a person must see all of them.
// Tested by tests/pipeline/custody/verify_test.cpp.
#include "pipeline/custody/verify.h"

namespace evtriage {

Result<Verdict> verify_case(const std::string& case_dir) {
  Verdict verdict;
  auto seal = read_seal(case_dir);
  if (!seal) {
    verdict.differences.push_back(seal.error().detail.starts_with("seal.json") ? seal.error().detail
                                                                               : "seal.json: " + seal.error().detail);
    return verdict;
  }
  verdict.checked.push_back("seal.json: canonical, its own digest");
  std::vector<TableSeal> tables = seal->tables;
  if (results_root(tables) != seal->results_digest) {
    verdict.differences.push_back("seal.json: results_digest is not the root over its tables");
  }
  const LogFindings log = verify_log(case_dir, *seal, verdict);
  verify_folder(case_dir, log, verdict);
  verify_results(case_dir, *seal, verdict);
  return verdict;
}

}  // namespace evtriage
