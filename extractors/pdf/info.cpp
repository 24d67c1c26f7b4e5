// The Info dictionary (ISO 32000-1, 14.3.3) under the names that all formats share, and the XMP packet.
//
// SPDX-License-Identifier: GPL-2.0-or-later
// Tested by tests/extractors/pdf/pdf_test.cpp.
#include "extractors/pdf/info.h"

#include <poppler/Dict.h>
#include <poppler/PDFDoc.h>
#include <poppler/Stream.h>

#include <algorithm>

#include "extractors/pdf/object_text.h"
#include "extractors/pdf/xmp.h"

namespace evtriage {
namespace {

constexpr std::size_t most_packet = 1 << 20;
constexpr int most_own_entries = 100;  // of the Info dictionary

struct Named {
  std::string_view key, property, label;
};
constexpr Named known[] = {
    {"Title", "dc:title", "Title"},       {"Author", "dc:creator", "Author"},   {"Subject", "dc:subject", "Subject"},
    {"Keywords", "pdf:Keywords", "Keywords"}, {"Creator", "pdf:Creator", ""},   {"Producer", "pdf:Producer", ""},
    {"CreationDate", "dcterms:created", ""},  {"ModDate", "dcterms:modified", ""}};

void read_xmp(const PdfReading& reading, const Object& metadata) {
  if (!metadata.isStream()) return;
  std::string packet;
  metadata.getStream()->reset();
  std::vector<unsigned char> buffer(16 << 10);
  for (int n = 1; n > 0 && packet.size() < most_packet;) {
    n = metadata.getStream()->doGetChars(static_cast<int>(buffer.size()), buffer.data());
    packet.append(reinterpret_cast<const char*>(buffer.data()), static_cast<std::size_t>(std::max(n, 0)));
  }
  if (packet.size() >= most_packet) {
    reading.emit.issue({Code::limit, "pdf", "XMP bytes=" + std::to_string(most_packet) + ": the rest was not read", {}, true});
  }
  std::string lines = xmp_lines(packet);
  const auto source = raw_range(metadata, reading.item_size).value_or(evtriage::ByteRange{0, reading.item_size});
  if (!lines.empty()) reading.emit.text(segment_of(std::move(lines), source, "metadata", "XMP"));
}

}  // namespace

void read_info(const PdfReading& reading) {
  const Object info = reading.doc.getDocInfo();
  std::string text;
  for (int i = 0; info.isDict() && i < std::min(info.dictGetLength(), most_own_entries); ++i) {
    const std::string key = printable(info.dictGetKey(i)).substr(0, 200);
    const Object value = info.dictGetVal(i);
    if (!value.isString()) continue;
    const std::string& raw = value.getString()->toStr();
    const auto* named = std::find_if(std::begin(known), std::end(known), [&](const Named& n) { return n.key == key; });
    const bool own = named == std::end(known);
    const bool is_date = !own && named->property.starts_with("dcterms:");
    std::string shown = is_date ? date_text(raw) : text_string(raw);
    if (shown.empty()) continue;
    if (own || !named->label.empty()) text += (own ? key : std::string(named->label)) + ": " + shown + "\n";
    reading.emit.property(own ? "pdf:Info." + printable(key) : std::string(named->property), std::move(shown));
  }
  if (!text.empty()) reading.emit.text(segment_of(std::move(text), {0, reading.item_size}, "metadata", "document information"));
  const Object catalog = reading.doc.getXRef()->getCatalog();
  if (catalog.isDict()) read_xmp(reading, catalog.dictLookup("Metadata"));
}

}  // namespace evtriage
