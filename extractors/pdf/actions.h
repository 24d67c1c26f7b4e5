// What a PDF would do if it were opened in a viewer: link targets, scripts, and the kinds of action it holds.
//
// SPDX-License-Identifier: GPL-2.0-or-later
// Nothing is ever executed or fetched; actions are read as data (ISO 32000-1, 12.6).
// Tested by tests/extractors/pdf/interactive_test.cpp.
#pragma once
#include <poppler/Object.h>

#include <map>
#include <string>

#include "pipeline/core/plugin.h"

namespace evtriage {

class PdfActions {
 public:
  PdfActions(std::uint64_t item_size, Emit& emit) : item_size_(item_size), emit_(emit) {}
  // One action and what follows it (its /Next chain); anything that is no action is ignored.
  void follow(const Object& action);
  // The action /A and all additional actions /AA of an annotation, field, page or catalog.
  void of(const Object& owner);
  void additional(const Object& actions);  // the value of an /AA
  // Link targets seen since the last call, as one segment.
  void flush_links(evtriage::ByteRange source, const std::string& place);
  // At the end: the scripts as text, and the kinds as the property "pdf:activeContent".
  void finish();

 private:
  void one(const Object& action);
  void active(const std::string& kind) { ++active_[kind]; }
  void link(std::string target);
  void script(const Object& code);
  std::uint64_t item_size_;
  Emit& emit_;
  std::map<std::string, std::uint64_t> active_;
  std::string links_, scripts_;
  std::size_t seen_ = 0;
  bool limit_told_ = false;
};

// The name of a file specification (a string, or a dictionary with UF, F or Unix).
std::string file_name(const Object& specification);

}  // namespace evtriage
