// Form fields and annotations as text; the trees are walked with stacks of our own.
//
// SPDX-License-Identifier: GPL-2.0-or-later
// Tested by tests/extractors/pdf/interactive_test.cpp.
#include "extractors/pdf/forms.h"

#include <poppler/Dict.h>
#include <poppler/PDFDoc.h>

#include <algorithm>
#include <set>

#include "extractors/pdf/object_text.h"

namespace evtriage {
namespace {

constexpr std::size_t most_fields = 50'000;
constexpr int most_annotations = 20'000;           // of one page
constexpr std::size_t segment_bytes = 64 << 10;    // a segment is closed once it is this large
constexpr std::size_t most_name = 1024;
constexpr int most_compared = 1000;                // annotations of a page that are looked for in its text

struct Field {
  Object node;
  std::string parent;  // full name
};

std::string value_text(const Object& value) {
  if (value.isString()) return text_string(value.getString()->toStr());
  if (value.isName()) return printable(value.getName());
  std::string out;
  for (int i = 0; value.isArray() && i < std::min(value.arrayGetLength(), 256) && out.size() < most_string_bytes; ++i) {
    const Object entry = value.arrayGet(i);
    if (entry.isString()) out += (out.empty() ? "" : ", ") + text_string(entry.getString()->toStr());
  }
  return out;
}

class FormReader {
 public:
  explicit FormReader(const PdfReading& reading) : reading_(reading) {}

  void run(const Object& form) {
    push_kids(form.dictLookup("Fields"), "");
    for (std::size_t seen = 0; !stack_.empty() && !reading_.emit.stop_requested(); ++seen) {
      if (seen == most_fields) {
        reading_.emit.issue({Code::limit, "pdf", "form fields=" + std::to_string(most_fields) + ": the rest was not read", {}, true});
        break;
      }
      const Field field = std::move(stack_.back());
      stack_.pop_back();
      if (field.node.isDict()) one(field);
    }
    flush();
  }

 private:
  void one(const Field& field) {
    std::string name = text_at(field.node, "T");
    if (!field.parent.empty()) name = field.parent + (name.empty() ? "" : "." + name);
    if (name.size() > most_name) name.resize(floor_char(name, most_name));
    std::string value = value_text(field.node.dictLookup("V"));
    if (field.node.getDict()->hasKey("V") && value != "Off" && !value.empty()) {
      const std::string label = text_at(field.node, "TU");
      text_ += name + (label.empty() || label == name ? "" : " (" + label + ")") + ": " + value + "\n";
      if (text_.size() > segment_bytes) flush();
    }
    reading_.actions.of(field.node);
    push_kids(field.node.dictLookup("Kids"), name);
  }
  void push_kids(const Object& kids, const std::string& parent) {
    for (int i = kids.isArray() ? kids.arrayGetLength() : 0; i-- > 0 && stack_.size() < most_fields;) {
      const Object& kid = kids.arrayGetNF(i);
      if (!kid.isRef() || visited_.insert(kid.getRef().num).second) stack_.push_back({kids.arrayGet(i), parent});
    }
  }
  void flush() {
    if (!text_.empty()) reading_.emit.text(segment_of(std::move(text_), {0, reading_.item_size}, "form", ""));
    text_.clear();
  }
  const PdfReading& reading_;
  std::vector<Field> stack_;
  std::set<int> visited_;
  std::string text_;
};

// "Text by Ama, 2026-01-15T10:00:00Z, subject: contents"
std::string comment(const Object& annotation, const std::string& kind, const std::string& contents) {
  std::string line = kind;
  if (const std::string author = text_at(annotation, "T"); !author.empty()) line += " by " + author;
  const Object date = annotation.dictLookup("M");
  if (date.isString()) line += ", " + date_text(date.getString()->toStr());
  if (const std::string subject = text_at(annotation, "Subj"); !subject.empty()) line += ", " + subject;
  return line + ": " + contents + "\n";
}

}  // namespace

void read_form(const PdfReading& reading) {
  const Object catalog = reading.doc.getXRef()->getCatalog();
  if (!catalog.isDict()) return;
  const Object form = catalog.dictLookup("AcroForm");
  if (!form.isDict()) return;
  FormReader(reading).run(form);
  reading.attachments.xfa(form);
}

void read_annotations(const Object& annotations, const PdfPage& page, const PdfReading& reading) {
  if (!annotations.isArray()) return;
  const int count = annotations.arrayGetLength();
  if (count > most_annotations) {
    reading.emit.issue({Code::limit, "pdf", "annotations of a page=" + std::to_string(most_annotations) + ": the rest of " + page.place + " was not read", {}, true});
  }
  std::string text;
  const auto flush = [&] {
    if (!text.empty()) reading.emit.text(segment_of(std::move(text), page.source, "annotation", page.place));
    text.clear();
  };
  for (int i = 0; i < std::min(count, most_annotations) && !reading.emit.stop_requested(); ++i) {
    const Object annotation = annotations.arrayGet(i);
    if (!annotation.isDict()) continue;
    const std::string kind = text_at(annotation, "Subtype");
    const std::string contents = text_at(annotation, "Contents");
    const bool drawn = i < most_compared && page.text.size() <= segment_bytes && page.text.find(contents) != page.text.npos;
    if (!contents.empty() && !drawn && kind != "Popup" && kind != "Widget") text += comment(annotation, kind, contents);
    if (text.size() > segment_bytes) flush();
    if (kind == "FileAttachment") reading.attachments.specification(annotation.dictLookup("FS"));
    reading.actions.of(annotation);
  }
  flush();
  reading.actions.flush_links(page.source, page.place);
}

}  // namespace evtriage
