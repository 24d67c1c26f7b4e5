// The tree of a file system, folder by folder, with a stack of our own.
//
// Each folder is entered once, whatever points to it, so the walk ends on any image; the library's own walk stops in
// silence below 128 levels or 4096 bytes of path.
// Tested by tests/extractors/disk/file_system_test.cpp.
#pragma once
#include <functional>
#include <string>

#include "extractors/disk/tsk.h"
#include "pipeline/core/plugin.h"

namespace evtriage::disk {

struct Found {
  TSK_FS_FILE& file;         // name is there, meta may be null
  const std::string& path;   // from the root, without a leading slash
  bool is_orphan = false;    // no folder names it any more
  bool is_entered_before = false;  // a folder whose entries stand elsewhere in the tree
};

// Calls `visit` for every name, a folder before what is in it, until it returns false.  Troubles are told to `tell`.
void walk_tree(TSK_FS_INFO& system, const std::function<bool(const Found&)>& visit, const std::function<void(Issue)>& tell);

}  // namespace evtriage::disk
