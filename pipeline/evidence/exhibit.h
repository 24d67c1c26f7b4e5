// Exhibit: one typed path, resolved and held open, ready to be walked.
// Tested by tests/pipeline/evidence/exhibit_test.cpp.
#pragma once
#include <memory>
#include <string>

#include <sys/types.h>

#include "pipeline/evidence/evidence.h"
#include "pipeline/evidence/open_beneath.h"

namespace evtriage::evidence {

struct Exhibit {
  ExhibitInfo info;             // entries and bytes are not counted yet
  std::unique_ptr<Root> root;   // of a folder: itself; of a file: the folder it stands in
  std::string file_name;        // the exhibit is this one file; empty for a folder
  bool is_device = false;       // a block device
};

// Errors: does not exist, is neither folder nor file nor block device, lies in a pseudo file system.
// A link that was typed is followed: the examiner meant what it leads to (`info.real_path` says what).
Result<Exhibit> open_exhibit(const ExhibitSpec& spec);

// What the file system of an open file is like.
struct FileSystem {
  bool is_pseudo = false;       // proc, sysfs, cgroup ...: made up by the kernel of this machine, no evidence
  bool keeps_access_times = true;  // reading the target of a link would move its time of access
};
FileSystem file_system_of(int fd);

}  // namespace evtriage::evidence
