// Properties of documents: title, author, times. Dublin Core names where there are any.
//
// What a person wrote (title, subject, keywords, comments, own fields) is also one text of origin "metadata", so that
// rules and contacts see it.  Tested by tests/extractors/office/docx_test.cpp.
#pragma once
#include <string>
#include <string_view>

#include "extractors/office/package.h"

namespace evtriage {

class Properties {
 public:
  explicit Properties(Package& package) : package_(package) {}

  void read_core(Part& part);      // OOXML docProps/core.xml
  void read_extended(Part& part);  // OOXML docProps/app.xml
  void read_custom(Part& part);    // OOXML docProps/custom.xml
  void read_meta(Part& part);      // OpenDocument office:meta: one element after its start, or a whole part
  void read_opf(Part& part);       // EPUB metadata: after the start of <metadata>
  void add(std::string name, std::string value, ByteRange source);
  void emit_text();                // once, after all

 private:
  Package& package_;
  std::string text_;
  ByteRange source_;
  std::size_t count_ = 0;
};

// Dates as documents write them ("2026-01-15T10:00:00Z", with an offset, without a zone) as RFC 3339 where they are
// UTC or say their offset; else as written.
std::string as_utc(std::string_view date);

}  // namespace evtriage
