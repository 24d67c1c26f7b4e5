// A folder for temporary files in TMPDIR, mode 0700, removed at the end of its scope.
// Tested by tests/whole/cli_test.py.
#pragma once
#include <stdlib.h>

#include <string>

#include "pipeline/app/case_dir.h"

namespace evtriage {

class ScratchDir {
 public:
  ScratchDir() {
    const char* base = getenv("TMPDIR");
    path_ = std::string(base != nullptr && *base != '\0' ? base : "/tmp") + "/evtriage.XXXXXX";
    if (mkdtemp(path_.data()) == nullptr) path_.clear();
  }
  ~ScratchDir() {
    if (!path_.empty()) (void)remove_path(path_);
  }
  ScratchDir(const ScratchDir&) = delete;
  ScratchDir& operator=(const ScratchDir&) = delete;
  const std::string& path() const { return path_; }  // empty if it could not be made

 private:
  std::string path_;
};

}  // namespace evtriage
