// One name of a file system as children: the file itself and its further streams, with kind, times and doubts.
// Tested by tests/extractors/disk/file_system_test.cpp.
#pragma once
#include <memory>
#include <vector>

#include "extractors/disk/attribute.h"
#include "extractors/disk/space.h"
#include "extractors/disk/tree.h"

namespace evtriage::disk {

struct Space {          // of one volume, in bytes from its begin; settled
  RangeSet free;        // not in use by what is live
  bool is_known = false;  // false: the file system does not tell
  RangeSet contested;   // claimed by more than one deleted file
};

struct Piece {          // a child with its bytes
  Child child;
  ContentPtr content;
  std::vector<ByteRange> used;
};

// `space` may be null: then nothing is doubted.  `file` of the content is opened anew, so `found` may go.
std::vector<Piece> pieces_of(const Found& found, const Content& volume, const Space* space);

}  // namespace evtriage::disk
