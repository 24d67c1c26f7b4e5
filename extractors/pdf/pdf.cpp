// Opens a PDF with the passwords at hand and reads its parts in a fixed order.
//
// SPDX-License-Identifier: GPL-2.0-or-later
// The library throws nothing of its own; what the standard library throws inside it (no memory) ends the worker
// and is told there.  Its one global, the table of encodings, is made once and holds no bytes of any document.
// Tested by tests/extractors/pdf/pdf_test.cpp.
#include "extractors/pdf/pdf.h"

#include <poppler/ErrorCodes.h>
#include <poppler/GlobalParams.h>
#include <poppler/PDFDoc.h>
#include <poppler/goo/GooString.h>

#include "extractors/pdf/content_stream.h"
#include "extractors/pdf/errors.h"
#include "extractors/pdf/info.h"
#include "extractors/pdf/object_text.h"
#include "extractors/pdf/outline.h"
#include "extractors/pdf/pages.h"
#include "extractors/pdf/salvage.h"

namespace evtriage {
namespace {

constexpr std::size_t most_passwords = 1000;

void make_globals() {
  if (!globalParams) globalParams = std::make_unique<GlobalParams>();
}

std::unique_ptr<PDFDoc> open(const std::shared_ptr<ContentWindow>& window, const std::string& password) {
  auto* stream = new ContentStream(window, 0, false, static_cast<Goffset>(window->size()), Object(objNull));
  const std::optional<GooString> secret = password.empty() ? std::nullopt : std::optional<GooString>(password);
  return std::make_unique<PDFDoc>(stream, secret, secret);  // owns the stream
}

// Before PDF 2.0 a password is in Latin-1 (PDFDocEncoding); empty if it has no such form.
std::string latin1(std::string_view utf8) {
  std::string out;
  for (std::size_t at = 0; at < utf8.size();) {
    const Character c = decode_utf8(utf8, at);
    if (c.code > 0xff) return {};
    out += static_cast<char>(c.code);
    at += c.length;
  }
  return out;
}

std::unique_ptr<PDFDoc> open_with_passwords(const std::shared_ptr<ContentWindow>& window, const ExtractOptions& options, PdfErrorLog& log) {
  auto doc = open(window, "");
  std::size_t tried = 0;
  for (const std::string& password : options.passwords) {
    if (doc->isOk() || doc->getErrorCode() != errEncrypted || tried++ == most_passwords) break;
    log.clear();
    doc = open(window, password);
    if (doc->isOk() || !is_valid_utf8(password)) continue;
    if (const std::string other = latin1(password); !other.empty() && other != password) doc = open(window, other);
  }
  return doc;
}

void tell_unopened(int code, Emit& emit) {
  if (code == errEncrypted) {
    emit.encrypted();
    return emit.issue({Code::encrypted, "pdf", "the document is encrypted and no password at hand opens it", {}, true});
  }
  emit.issue({Code::corrupt, "pdf", "the document has no structure that can be read", {}, true});
}

void read_document(PDFDoc& doc, std::uint64_t item_size, Emit& emit) {
  PdfActions actions(item_size, emit);
  PdfAttachments attachments(item_size, emit);
  const PdfReading reading{doc, item_size, emit, actions, attachments};
  emit.property("pdf:PDFVersion", std::to_string(doc.getPDFMajorVersion()) + "." + std::to_string(doc.getPDFMinorVersion()));
  emit.property("pdf:pages", std::to_string(doc.getNumPages()));
  if (doc.isEncrypted()) emit.property("pdf:encrypted", "opened with a password at hand, or with the empty one");
  read_info(reading);
  read_pages(reading);
  read_form(reading);
  read_outline(reading);
  read_document_actions(reading);
  actions.finish();
  attachments.named(doc);
  attachments.pictures(doc);
}

// True if pages were found that the document itself no longer leads to; they have been read then.
bool read_stray_pages(const Content& content, Emit& emit) {
  const FoundPages pages = find_pages(content);
  if (pages.references.empty() || pages.is_encrypted) return false;
  const Extended extended(content, catalog_of(pages));
  const std::unique_ptr<PDFDoc> doc = open(std::make_shared<ContentWindow>(extended), "");
  if (!doc->isOk() || doc->getNumPages() <= 0) return false;
  read_document(*doc, content.size(), emit);
  emit.issue({Code::corrupt, "pdf", "the document is cut or its page tree is damaged: " + std::to_string(pages.references.size()) +
              " pages were found by their objects and read in the order of the file", {}, true});
  return true;
}

}  // namespace

void extract_pdf(const Content& content, const Identity&, const ExtractOptions& options, Emit& emit) {
  make_globals();
  PdfErrorLog log;
  const auto window = std::make_shared<ContentWindow>(content);
  {
    const std::unique_ptr<PDFDoc> doc = open_with_passwords(window, options, log);
    const bool closed = !doc->isOk() && doc->getErrorCode() == errEncrypted;
    const bool whole = doc->isOk() && doc->getNumPages() > 0;
    if (!whole && !closed && read_stray_pages(content, emit)) {
      // All that is left was read.
    } else if (doc->isOk()) {
      read_document(*doc, content.size(), emit);
      if (!whole) emit.issue({Code::corrupt, "pdf", "the document has no page that can be read", {}, true});
    } else {
      tell_unopened(doc->getErrorCode(), emit);
    }
  }
  for (const evtriage::ByteRange& range : window->lost()) {
    emit.issue({Code::io_read, "pdf", "these bytes cannot be read; zeros stood for them", range, true});
  }
  log.tell(emit);
}

void warm_pdf() {
  make_globals();
  for (const char* name : {"Adobe-GB1", "Adobe-CNS1", "Adobe-Japan1", "Adobe-Korea1"}) {
    const GooString collection(name);
    (void)globalParams->getCIDToUnicode(&collection);  // the reference is never given back: it keeps the map
  }
}

}  // namespace evtriage
