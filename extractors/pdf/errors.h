// What the library complains about while one document is read.
//
// SPDX-License-Identifier: GPL-2.0-or-later
// Its callback carries no pointer of the caller's, so the log in use is named by one static pointer that lives
// inside a function and is set only while a log exists: one document at a time in a process.
// Tested by tests/extractors/pdf/damage_test.cpp.
#pragma once
#include <cstdint>
#include <set>
#include <string>

#include "pipeline/core/plugin.h"

namespace evtriage {

class PdfErrorLog {
 public:
  PdfErrorLog();
  ~PdfErrorLog();
  PdfErrorLog(const PdfErrorLog&) = delete;
  PdfErrorLog& operator=(const PdfErrorLog&) = delete;
  void clear();                 // forget: another password is tried
  void tell(Emit& emit) const;  // one issue for damage, one for what the library cannot do

  enum class Kind : std::uint8_t { damage, missing };
  void add(Kind kind, std::int64_t offset, std::string message);

 private:
  std::uint64_t damages_ = 0;
  std::int64_t first_offset_ = -1;
  std::string first_;
  std::set<std::string> missing_;  // bounded
};

}  // namespace evtriage
