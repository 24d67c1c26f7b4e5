// Text of pages by the library's TextOutputDev, the same that pdftotext uses, without a file in between.
//
// SPDX-License-Identifier: GPL-2.0-or-later
// What it gets wrong in right-to-left lines is put right by reading_order.h.
// Tested by tests/extractors/pdf/pdf_test.cpp.
#include "extractors/pdf/pages.h"

#include <poppler/Catalog.h>
#include <poppler/Dict.h>
#include <poppler/PDFDoc.h>
#include <poppler/Page.h>
#include <poppler/TextOutputDev.h>

#include <algorithm>

#include "extractors/pdf/object_text.h"
#include "extractors/pdf/reading_order.h"

namespace evtriage {
namespace {

constexpr int most_pages = 20'000;
constexpr std::size_t most_page_characters = 2'000'000;
constexpr std::size_t most_page_bytes = 16 << 20;    // of text as the library writes it
constexpr int most_streams = 256;                    // of a page's contents that are placed
constexpr std::size_t few_shapes = 100;              // more shapes than this and no letter: text drawn as curves
constexpr double points_per_inch = 72;

// TextOutputDev that counts: it says whether a page without text is blank, a picture or a drawing.
class CountingDevice final : public TextOutputDev {
 public:
  explicit CountingDevice(std::string& page_text)
      : TextOutputDev(append, &page_text, false, 0, false) {
    setTextPageBreaks(false);
    setTextEOL(eolUnix);
  }
  void startPage(int number, GfxState* state, XRef* table) override {
    characters = images = shapes = 0;
    TextOutputDev::startPage(number, state, table);
  }
  void drawChar(GfxState* state, double x, double y, double dx, double dy, double origin_x, double origin_y, CharCode code, int bytes,
                const Unicode* unicode, int length) override {
    if (++characters <= most_page_characters) TextOutputDev::drawChar(state, x, y, dx, dy, origin_x, origin_y, code, bytes, unicode, length);
  }
  void drawImage(GfxState* state, Object* object, Stream* stream, int width, int height, GfxImageColorMap* map, bool smooth, const int* mask,
                 bool is_inline) override {
    ++images;
    TextOutputDev::drawImage(state, object, stream, width, height, map, smooth, mask, is_inline);
  }
  void drawImageMask(GfxState* state, Object* object, Stream* stream, int width, int height, bool invert, bool smooth, bool is_inline) override {
    ++images;
    TextOutputDev::drawImageMask(state, object, stream, width, height, invert, smooth, is_inline);
  }
  void fill(GfxState* state) override {
    ++shapes;
    TextOutputDev::fill(state);
  }
  void eoFill(GfxState* state) override {
    ++shapes;
    TextOutputDev::eoFill(state);
  }
  bool needNonText() override { return sees_pictures; }
  bool sees_pictures = false;
  std::size_t characters = 0, images = 0, shapes = 0;  // of the page

 private:
  static void append(void* out, const char* text, int length) {
    auto& page = *static_cast<std::string*>(out);
    if (length > 0 && page.size() < most_page_bytes) page.append(text, static_cast<std::size_t>(length));
  }
};

// The smallest range of the item over the page's content streams; the whole item if they cannot be placed.
evtriage::ByteRange content_range(const Object& contents, std::uint64_t item_size) {
  std::optional<evtriage::ByteRange> all;
  const auto add = [&](const Object& stream) {
    const auto range = raw_range(stream, item_size);
    if (range) all = all ? evtriage::ByteRange{std::min(all->begin, range->begin), std::max(all->end, range->end)} : *range;
  };
  add(contents);
  for (int i = 0; contents.isArray() && i < std::min(contents.arrayGetLength(), most_streams); ++i) add(contents.arrayGet(i));
  return all.value_or(evtriage::ByteRange{0, item_size});
}

class PageReader {
 public:
  explicit PageReader(const PdfReading& reading) : reading_(reading), device_(text_) {}

  void run() {
    const int declared = reading_.doc.getNumPages();
    const int count = std::min(declared, most_pages);
    for (int number = 1; number <= count && !reading_.emit.stop_requested(); ++number) {
      ::Page* page = reading_.doc.getPage(number);
      if (page == nullptr || !page->isOk()) {
        unread_.push_back(number);
        continue;
      }
      read(*page, number, place_of(number));
    }
    tell(pictures_, Code::unsupported, "image only, no text");
    tell(drawings_, Code::unsupported, "drawn shapes only, no text");
    tell(unread_, Code::corrupt, "cannot be found where the page tree says");
    tell(cut_, Code::limit, "characters of a page=" + std::to_string(most_page_characters) + ": the rest was not read");
    if (declared > most_pages) {
      reading_.emit.issue({Code::limit, "pdf", "pages=" + std::to_string(most_pages) + ": the rest of " + std::to_string(declared) + " was not read", {}, true});
    }
  }

 private:
  void read(::Page& page, int number, const std::string& place) {
    text_.clear();
    show(page);
    const evtriage::ByteRange source = content_range(page.getContents(), reading_.item_size);
    if (device_.characters > most_page_characters || text_.size() >= most_page_bytes) cut_.push_back(number);
    if (text_.find_first_not_of(" \n\f\t") == text_.npos) {
      without_text(page, number);
    } else {
      text_ = without_soft_breaks(in_reading_order(is_valid_utf8(text_) ? text_ : printable(text_)));
      reading_.emit.text(segment_of(text_, source, "body", place));
    }
    reading_.actions.additional(page.getActions());
    read_annotations(page.getAnnotsObject(), {source, place, text_}, reading_);
  }
  void show(::Page& page) {
    page.display(&device_, points_per_inch, points_per_inch, 0, true, false, false, stop, &reading_.emit, nullptr, nullptr, false);
  }
  void without_text(::Page& page, int number) {
    device_.sees_pictures = true;  // a second look, at what is drawn; pictures are never decoded
    show(page);
    device_.sees_pictures = false;
    if (device_.images > 0) {
      pictures_.push_back(number);
    } else if (device_.shapes > few_shapes) {
      drawings_.push_back(number);
    }
  }
  std::string place_of(int number) const {
    const std::string plain = std::to_string(number);
    GooString label;
    if (!reading_.doc.getCatalog()->indexToLabel(number - 1, &label)) return "page " + plain;
    const std::string shown = text_string(label.toStr());
    return "page " + plain + (shown.empty() || shown == plain || shown.size() > 40 ? "" : " (" + shown + ")");
  }
  void tell(const std::vector<int>& pages, Code code, const std::string& what) {
    if (!pages.empty()) reading_.emit.issue({code, "pdf", (pages.size() == 1 ? "page " : "pages ") + page_ranges(pages) + ": " + what, {}, true});
  }
  static bool stop(void* emit) { return static_cast<Emit*>(emit)->stop_requested(); }

  const PdfReading& reading_;
  std::string text_;
  CountingDevice device_;
  std::vector<int> pictures_, drawings_, unread_, cut_;
};

}  // namespace

std::string page_ranges(const std::vector<int>& pages) {
  constexpr int most_ranges = 20;
  std::string out;
  int ranges = 0;
  for (std::size_t i = 0; i < pages.size();) {
    std::size_t last = i;
    while (last + 1 < pages.size() && pages[last + 1] == pages[last] + 1) ++last;
    if (ranges++ == most_ranges) return out + " and " + std::to_string(pages.size() - i) + " more";
    out += (out.empty() ? "" : ", ") + std::to_string(pages[i]) + (last > i ? ".." + std::to_string(pages[last]) : "");
    i = last + 1;
  }
  return out;
}

void read_pages(const PdfReading& reading) { PageReader(reading).run(); }

}  // namespace evtriage
