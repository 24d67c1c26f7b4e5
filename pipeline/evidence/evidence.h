// The door of the evidence folder: from what was typed to a Source with a finished listing.
//
// Evidence is opened O_RDONLY|O_NOFOLLOW|O_CLOEXEC|O_NOATIME and never changed: nothing is created,
// renamed, locked or touched beside it.  Where the kernel refuses O_NOATIME (not the owner) the file is
// opened without it and `noatime_refused()` says so, for the custody log and the report.
// Only this folder opens evidence.  Tested by tests/pipeline/evidence.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "pipeline/core/source.h"

namespace evtriage {

struct ExhibitSpec {
  std::string label;  // [A-Za-z0-9._-]+, unique
  std::string path;   // as typed
};

// "LABEL=PATH" or "PATH" (then EX1, EX2, ... by position).  A PATH that exists as typed wins over
// reading its "=" as a label.  Errors: bad or doubled label.
Result<std::vector<ExhibitSpec>> parse_exhibits(const std::vector<std::string>& typed);

struct ExhibitInfo {
  std::string label, name;   // name: base name, printable
  std::string kind;          // folder, file
  std::string real_path;     // absolute path on this machine: custody log only, never results
  std::uint64_t entries = 0, bytes = 0;
  bool read_only_mount = false;
  bool read_only_view = false;  // read through a private read-only mount: no read can leave a trace
};


class Evidence : public Source {
 public:
  virtual const std::vector<ExhibitInfo>& exhibits() const = 0;
  virtual bool noatime_refused() const = 0;
};

// Walks the exhibits and writes the listing to `listing_file` (created; 0600), or, if `resume` is set,
// reads the listing that an earlier run left there and checks that the exhibits are the same.
// `resident_bytes` divides large files from small ones.  `on_progress(entries, bytes)` is called now and
// then; if it returns false the walk ends with an Error.
// Errors: an exhibit that does not exist or cannot be opened; a listing that is damaged or of other exhibits.
Result<std::unique_ptr<Evidence>> open_evidence(const std::vector<ExhibitSpec>& exhibits,
                                                const std::string& listing_file, bool resume,
                                                std::uint64_t resident_bytes,
                                                const std::function<bool(std::uint64_t, std::uint64_t)>& on_progress);

// True if one of the two paths contains the other, by device and inode (case folder against evidence).
Result<bool> paths_overlap(const std::string& a, const std::string& b);

}  // namespace evtriage
