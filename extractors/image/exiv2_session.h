// One file through Exiv2 with nothing left over from the file before it.
//
// SPDX-License-Identifier: GPL-2.0-or-later
// The XMP toolkit keeps, for the life of a process, the prefix that a file gave to a namespace, and names the
// properties of later files by it.  A session ends with a terminated toolkit, so that every file starts with the
// library's own table; that costs a third of a millisecond, and is left out only for a file that surely held no XMP.
// Tested by tests/extractors/image/image_test.cpp (TheSameAloneAfterOthersAndInReverse).
#pragma once
#include <string>

#include "pipeline/core/plugin.h"

namespace evtriage {

class Exiv2Session {
 public:
  Exiv2Session();
  ~Exiv2Session();
  Exiv2Session(const Exiv2Session&) = delete;
  Exiv2Session& operator=(const Exiv2Session&) = delete;
  void add(int level, const char* message);
  void tell(Emit& emit) const;  // one issue for what the library complained about
  void held_no_xmp() { reset_ = false; }

 private:
  bool reset_ = true;
  std::uint64_t count_ = 0;
  std::string first_;
};

}  // namespace evtriage
