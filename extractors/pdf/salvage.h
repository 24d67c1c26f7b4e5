// Pages of a document whose catalog or page tree is gone: cut files, carved files, liars.
//
// SPDX-License-Identifier: GPL-2.0-or-later
// The idea: look for page objects in the bytes, and put a catalog of our own behind the file, as an incremental
// update would.  The library then rebuilds its table from the objects that are there and reads them as always.
// Tested by tests/extractors/pdf/damage_test.cpp; fuzzed by tests/fuzz/fuzz_pdf_salvage.cpp.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/core/content.h"

namespace evtriage {

struct FoundPages {
  std::vector<std::string> references;  // "12 0 R", in the order of the file
  std::uint64_t greatest = 0;           // object number seen
  bool is_encrypted = false;            // an /Encrypt was seen: without its dictionary nothing can be read
};

// Linear; ranges that cannot be read are passed over.  Pages inside object streams are not found.
FoundPages find_pages(const Content& content);

// What must stand behind the file so that these pages are the document.
std::string catalog_of(const FoundPages& pages);

class Extended final : public Content {  // `base`, which outlives it, and `tail` behind it
 public:
  Extended(const Content& base, std::string tail) : base_(base), tail_(Blob::own(std::move(tail))) {}
  std::uint64_t size() const override { return base_.size() + tail_.size(); }
  Result<Blob> read(ByteRange range) const override;

 private:
  const Content& base_;
  Blob tail_;
};

}  // namespace evtriage
