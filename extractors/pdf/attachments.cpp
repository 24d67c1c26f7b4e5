// Files inside a PDF (ISO 32000-1, 7.11.4); see the header.
//
// SPDX-License-Identifier: GPL-2.0-or-later
// Tested by tests/extractors/pdf/attachments_test.cpp.
#include "extractors/pdf/attachments.h"

#include <poppler/Catalog.h>
#include <poppler/Dict.h>
#include <poppler/PDFDoc.h>
#include <poppler/Stream.h>
#include <poppler/XRef.h>

#include "extractors/pdf/actions.h"
#include "extractors/pdf/object_text.h"

namespace evtriage {
namespace {

constexpr std::uint64_t most_attachments = 10'000;
constexpr std::size_t most_nodes = 100'000;  // of the name tree
constexpr int piece_bytes = 64 << 10;

bool is_stored(const Object& stream) {  // its bytes lie in the file as they are
  const Object filter = stream.streamGetDict()->lookup("Filter");
  return filter.isNull() && !stream.getStream()->isEncrypted() && stream.getStream()->getNextStream() == nullptr;
}

}  // namespace

bool PdfAttachments::room() {
  if (count_ == most_attachments) {
    ++count_;
    emit_.issue({Code::limit, "pdf", "attachments=" + std::to_string(most_attachments) + ": the rest was not unpacked", {}, true});
  }
  return count_ < most_attachments && !emit_.stop_requested();
}

void PdfAttachments::named(PDFDoc& doc) {
  const Object catalog = doc.getXRef()->getCatalog();
  if (!catalog.isDict()) return;
  const Object names = catalog.dictLookup("Names");
  std::vector<Object> stack;
  if (names.isDict()) stack.push_back(names.dictLookup("EmbeddedFiles"));
  std::set<int> visited;
  for (std::size_t nodes = 0; !stack.empty() && nodes < most_nodes && !emit_.stop_requested(); ++nodes) {
    const Object node = std::move(stack.back());
    stack.pop_back();
    if (!node.isDict()) continue;
    const Object pairs = node.dictLookup("Names"), kids = node.dictLookup("Kids");
    for (int i = 1; pairs.isArray() && i < pairs.arrayGetLength() && room(); i += 2) specification(pairs.arrayGet(i));
    for (int i = kids.isArray() ? kids.arrayGetLength() : 0; i-- > 0 && stack.size() < most_nodes;) {
      const Object& kid = kids.arrayGetNF(i);
      if (!kid.isRef() || visited.insert(kid.getRef().num).second) stack.push_back(kids.arrayGet(i));
    }
  }
  const Object associated = catalog.dictLookup("AF");
  for (int i = 0; associated.isArray() && i < associated.arrayGetLength() && room(); ++i) specification(associated.arrayGet(i));
}

void PdfAttachments::specification(const Object& specification) {
  if (!specification.isDict()) return;
  const Object files = specification.dictLookup("EF");
  if (!files.isDict()) return;
  for (const char* key : {"UF", "F", "Unix", "DOS", "Mac"}) {
    const Object& reference = files.getDict()->lookupNF(key);
    if (reference.isNull()) continue;
    if (reference.isRef() && !seen_.insert({reference.getRef().num, reference.getRef().gen}).second) return;
    if (!room()) return;
    const Object stream = files.dictLookup(key);
    std::string type = stream.isStream() ? text_at(Object(stream.streamGetDict()->copy(nullptr)), "Subtype") : "";
    return emit_stream(stream, ItemKind::attachment, file_name(specification), type);
  }
}

void PdfAttachments::xfa(const Object& form) {
  if (!form.isDict()) return;
  const Object xfa = form.dictLookup("XFA");
  if (xfa.isStream() && room()) emit_stream(xfa, ItemKind::embedded, "xfa.xml", "application/xml");
  for (int i = 1; xfa.isArray() && i < xfa.arrayGetLength() && room(); i += 2) {
    const Object name = xfa.arrayGet(i - 1);
    const std::string part = name.isString() ? text_string(name.getString()->toStr()) : "part";
    emit_stream(xfa.arrayGet(i), ItemKind::embedded, "xfa/" + part + ".xml", "application/xml");
  }
}

void PdfAttachments::emit_stream(const Object& stream, ItemKind kind, const std::string& name, const std::string& media_type) {
  Child child;
  child.step = {StepKind::member, ++count_, {}, name.substr(0, floor_char(name, std::min<std::size_t>(name.size(), 1024)))};
  child.kind = kind;
  child.media_type = media_type;
  if (!stream.isStream()) {
    emit_.issue({Code::corrupt, "pdf", "the attachment \"" + child.step.name + "\" has no bytes that can be read", {}, true});
    return emit_.child(std::move(child), nullptr);
  }
  const Object parameters = stream.streamGetDict()->lookup("Params");
  if (parameters.isDict()) {
    const Object created = parameters.dictLookup("CreationDate"), modified = parameters.dictLookup("ModDate");
    if (created.isString()) child.created_ns = date_ns(created.getString()->toStr());
    if (modified.isString()) child.modified_ns = date_ns(modified.getString()->toStr());
  }
  if (is_stored(stream)) child.extent = raw_range(stream, item_size_);
  emit_bytes(std::move(child), *stream.getStream());
}

void PdfAttachments::pictures(PDFDoc& doc) {
  XRef& objects = *doc.getXRef();
  for (int number = 1; number < objects.getNumObjects() && !emit_.stop_requested(); ++number) {
    const XRefEntry* const entry = objects.getEntry(number, false);
    if (entry == nullptr || entry->type != xrefEntryUncompressed) continue;  // streams are never packed into others
    const Object object = objects.fetch(number, entry->gen);
    if (!object.isStream() || !object.streamGetDict()->lookup("Subtype").isName("Image")) continue;
    const StreamKind kind = object.getStream()->getKind();
    if (kind != strDCT && kind != strJPX) continue;
    if (!seen_.insert({number, entry->gen}).second) continue;
    if (!room()) return;
    emit_picture(object, number);
  }
}

void PdfAttachments::emit_picture(const Object& picture, int number) {
  const bool is_jpeg = picture.getStream()->getKind() == strDCT;
  Child child;
  child.step = {StepKind::member, ++count_, {}, "picture-" + std::to_string(number) + (is_jpeg ? ".jpg" : ".jp2")};
  child.kind = ItemKind::embedded;
  child.media_type = is_jpeg ? "image/jpeg" : "image/jp2";
  const Object filter = picture.streamGetDict()->lookup("Filter");
  const bool alone = filter.isName() || (filter.isArray() && filter.arrayGetLength() == 1);
  if (alone && !picture.getStream()->isEncrypted()) child.extent = raw_range(picture, item_size_);
  emit_bytes(std::move(child), *picture.getStream()->getNextStream());  // what the picture's own decoder would read
}

void PdfAttachments::emit_bytes(Child child, Stream& bytes) {
  const std::unique_ptr<Spool> spool = emit_.spool();
  std::vector<unsigned char> piece(piece_bytes);
  bytes.reset();
  bool fits = true;
  for (int n = 1; n > 0 && fits && !emit_.stop_requested();) {
    n = bytes.doGetChars(piece_bytes, piece.data());
    if (n > 0) fits = spool->append(std::as_bytes(std::span(piece.data(), static_cast<std::size_t>(n))));
  }
  bytes.close();
  ContentPtr content = spool->take();
  if (child.extent && (!content || content->size() != child.extent->size())) child.extent.reset();
  if (!fits) emit_.issue({Code::limit, "pdf", "\"" + child.step.name + "\" is larger than the budget for children", {}, true});
  emit_.child(std::move(child), std::move(content));
}

}  // namespace evtriage
