// The bytes of one stream of a file, without a copy where they lie in the volume as they are.
// Tested by tests/extractors/disk/file_system_test.cpp.
#pragma once
#include <memory>
#include <vector>

#include "extractors/disk/tsk.h"
#include "pipeline/core/plugin.h"
#include "pipeline/core/runs_content.h"

namespace evtriage::disk {

struct StreamBytes {
  ContentPtr content;           // null: there are none to be had, `issues` or `encrypted` says why
  std::vector<ByteRange> used;  // places in the volume, in the order of the file
  std::vector<Issue> issues;    // ranges are ranges of the stream
  std::uint64_t size = 0;
  bool encrypted = false;
  bool is_hole = false;         // nothing of it lies on the disk
};

// `file` stays open as long as the content is in use; `volume` is what the file system was opened on.
StreamBytes bytes_of(const std::shared_ptr<TSK_FS_FILE>& file, const TSK_FS_ATTR& stream, const Content& volume);

}  // namespace evtriage::disk
