// Files inside a PDF: embedded files, file attachment annotations, parts of an XFA form, photographs.
//
// SPDX-License-Identifier: GPL-2.0-or-later
// Each becomes a child once, however many places name it; bytes go through a spool piece by piece.
// Tested by tests/extractors/pdf/attachments_test.cpp.
#pragma once
#include <poppler/Object.h>

#include <set>
#include <string>
#include <utility>

#include "pipeline/core/plugin.h"

class PDFDoc;

namespace evtriage {

class PdfAttachments {
 public:
  PdfAttachments(std::uint64_t item_size, Emit& emit) : item_size_(item_size), emit_(emit) {}
  void named(PDFDoc& doc);                          // the catalog's name tree and its associated files
  void specification(const Object& specification);  // one file specification; ignored if it embeds nothing
  void xfa(const Object& form);                     // the catalog's AcroForm
  // Pictures that are whole JPEG or JPEG 2000 files inside (ISO 32000-1, 7.4.8 and 7.4.9), wherever an object holds
  // them, shown on a page or not: a photograph keeps its digest, its camera and its place.
  void pictures(PDFDoc& doc);

 private:
  bool room();
  void emit_stream(const Object& stream, ItemKind kind, const std::string& name, const std::string& media_type);
  void emit_picture(const Object& picture, int number);
  void emit_bytes(Child child, Stream& bytes);
  std::uint64_t item_size_;
  Emit& emit_;
  std::uint64_t count_ = 0;
  std::set<std::pair<int, int>> seen_;  // object numbers of streams that are children already
};

}  // namespace evtriage
