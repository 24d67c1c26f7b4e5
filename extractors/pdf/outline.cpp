// Outline and document actions; loops in the tree are found by object number.
//
// SPDX-License-Identifier: GPL-2.0-or-later
// Tested by tests/extractors/pdf/interactive_test.cpp.
#include "extractors/pdf/outline.h"

#include <poppler/Dict.h>
#include <poppler/PDFDoc.h>

#include <set>

#include "extractors/pdf/object_text.h"

namespace evtriage {
namespace {

constexpr std::size_t most_entries = 50'000;      // outline entries; nodes of the tree of scripts
constexpr std::size_t segment_bytes = 64 << 10;

}  // namespace

void read_outline(const PdfReading& reading) {
  const Object catalog = reading.doc.getXRef()->getCatalog();
  if (!catalog.isDict()) return;
  const Object root = catalog.dictLookup("Outlines");
  if (!root.isDict()) return;
  std::vector<Object> stack;
  std::set<int> visited;
  const auto push = [&](const Object& from, const char* key) {
    const Object& reference = from.getDict()->lookupNF(key);
    if (reference.isRef() && visited.insert(reference.getRef().num).second) stack.push_back(from.dictLookup(key));
  };
  push(root, "First");
  std::string text;
  const auto flush = [&] {
    if (!text.empty()) reading.emit.text(segment_of(std::move(text), {0, reading.item_size}, "metadata", "outline"));
    text.clear();
  };
  for (std::size_t seen = 0; !stack.empty() && !reading.emit.stop_requested(); ++seen) {
    if (seen == most_entries) {
      reading.emit.issue({Code::limit, "pdf", "outline entries=" + std::to_string(most_entries) + ": the rest was not read", {}, true});
      break;
    }
    const Object entry = std::move(stack.back());
    stack.pop_back();
    if (!entry.isDict()) continue;
    const std::string title = text_at(entry, "Title");
    if (!title.empty()) text += title + "\n";
    if (text.size() > segment_bytes) flush();
    reading.actions.of(entry);
    push(entry, "Next");
    push(entry, "First");
  }
  flush();
  reading.actions.flush_links({0, reading.item_size}, "outline");
}

void read_document_actions(const PdfReading& reading) {
  const Object catalog = reading.doc.getXRef()->getCatalog();
  if (!catalog.isDict()) return;
  reading.actions.follow(catalog.dictLookup("OpenAction"));
  reading.actions.of(catalog);
  const Object names = catalog.dictLookup("Names");
  std::vector<Object> stack;
  if (names.isDict()) stack.push_back(names.dictLookup("JavaScript"));
  std::set<int> visited;
  for (std::size_t nodes = 0; !stack.empty() && nodes < most_entries && !reading.emit.stop_requested(); ++nodes) {
    const Object node = std::move(stack.back());
    stack.pop_back();
    if (!node.isDict()) continue;
    const Object pairs = node.dictLookup("Names"), kids = node.dictLookup("Kids");
    for (int i = 1; pairs.isArray() && i < pairs.arrayGetLength(); i += 2) reading.actions.follow(pairs.arrayGet(i));
    for (int i = kids.isArray() ? kids.arrayGetLength() : 0; i-- > 0 && stack.size() < most_entries;) {
      const Object& kid = kids.arrayGetNF(i);
      if (kid.isRef() && visited.insert(kid.getRef().num).second) stack.push_back(kids.arrayGet(i));
    }
  }
}

}  // namespace evtriage
