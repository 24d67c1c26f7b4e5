// The case folder: who may use it, what state it is in, and its names.
// Mode 0700, made with a tightened umask; refused if others could read it or if it lies inside evidence.
// Tested by tests/whole/cli_test.py.
#pragma once
#include <string>
#include <vector>

#include "pipeline/core/result.h"

namespace evtriage {

enum class CaseState : std::uint8_t { fresh, unfinished, finished };

struct CaseDir {
  std::string path;
  CaseState state = CaseState::fresh;
  std::string results() const { return path + "/results.sqlite"; }
  std::string custody() const { return path + "/custody.jsonl"; }
  std::string seal() const { return path + "/seal.json"; }
  std::string reports() const { return path + "/reports"; }
  std::string working() const { return path + "/working"; }
  std::string listing() const { return working() + "/listing.bin"; }
  std::string journal() const { return working() + "/journal.log"; }
  std::string analysis() const { return working() + "/analysis.txt"; }
  std::string building() const { return working() + "/results.sqlite"; }
};

// Looks, creates nothing.  Errors: not a folder, not ours, readable by others, holds other files,
// overlaps one of `evidence` (paths).
Result<CaseDir> inspect_case(const std::string& path, const std::vector<std::string>& evidence);

// For commands that only read a case: whoever owns it, on read-only media, with files that somebody added, for verify
// shall name them.  Errors: no folder, nothing of a case in it, a run that never came to its seal.
Result<CaseDir> find_case(const std::string& path);

// Creates DIR and DIR/working, 0700.
Result<void> create_case(const CaseDir& dir);

// Atomic and durable: rename and sync of the folder.
Result<void> move_file(const std::string& from, const std::string& to);

// Writes a small file whole, synced, under a temporary name first.
Result<void> write_file(const std::string& path, const std::string& text);

// Removes what an unfinished run may have left beside the journal, or at the end the whole working folder.
Result<void> remove_path(const std::string& path);

}  // namespace evtriage
