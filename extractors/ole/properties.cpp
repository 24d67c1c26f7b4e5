// MS-OLEPS: the property sets \5SummaryInformation and \5DocumentSummaryInformation, as Dublin Core where it has a
// word, and as one text of origin "metadata" for what a person could read.
// Tested by tests/extractors/ole/doc_test.cpp.
#include <algorithm>
#include <map>

#include "extractors/ole/text_flow.h"
#include "extractors/ole/work.h"
#include "pipeline/core/byte_reader.h"
#include "pipeline/core/time.h"

namespace evtriage::ole {
namespace {

constexpr std::size_t most_properties = 10'000;
constexpr std::size_t most_value_bytes = 64 << 10;
constexpr std::string_view user_defined = "\x05\xd5\xcd\xd5\x9c\x2e\x1b\x10\x93\x97\x08\x00\x2b\x2c\xf9\xae";

struct Name {
  std::uint32_t id;
  std::string_view property, label;  // label: empty if a person would not read it
};
constexpr Name summary_names[] = {
    {2, "dc:title", "Title"}, {3, "dc:subject", "Subject"}, {4, "dc:creator", "Author"}, {5, "cp:keywords", "Keywords"},
    {6, "dc:description", "Comments"}, {7, "ep:Template", "Template"}, {8, "cp:lastModifiedBy", "Last saved by"},
    {9, "cp:revision", ""}, {11, "cp:lastPrinted", ""}, {12, "dcterms:created", ""}, {13, "dcterms:modified", ""},
    {14, "ep:Pages", ""}, {15, "ep:Words", ""}, {16, "ep:Characters", ""}, {17, "ep:Thumbnail", ""}, {18, "ep:Application", ""}};
constexpr Name document_names[] = {
    {2, "cp:category", "Category"}, {14, "ep:Manager", "Manager"}, {15, "ep:Company", "Company"},
    {26, "cp:contentType", ""}, {27, "cp:contentStatus", "Status"}, {28, "dc:language", ""}, {21, "ep:HyperlinkBase", "Hyperlink base"}};

class PropertySet {
 public:
  PropertySet(Work& work, StreamBytes stream, TextFlow& flow) : work_(work), stream_(std::move(stream)), flow_(flow) {}

  void run(bool is_summary) {
    ByteReader in(stream_.view());
    const bool ordered = in.u16le() == 0xfffe;
    in.skip(2 + 4 + 16);
    const std::uint32_t sets = in.u32le();
    if (!in.ok() || !ordered) return broken();
    for (std::uint32_t i = 0; i < std::min<std::uint32_t>(sets, 2); ++i) {
      const std::string_view format = in.chars(16);
      const std::uint32_t offset = in.u32le();
      if (!in.ok() || offset > stream_.view().size()) return broken();
      const bool own = format == user_defined;
      set(offset, own ? std::span<const Name>() : is_summary ? std::span<const Name>(summary_names) : std::span<const Name>(document_names), own);
    }
  }

 private:
  void broken() { work_.issue(Code::corrupt, "ole", "a property set breaks off; the rest of it was not read", stream_.runs.place(0, stream_.runs.size())); }

  void set(std::uint64_t begin, std::span<const Name> names, bool own) {
    const std::string_view bytes = stream_.view().substr(static_cast<std::size_t>(begin));
    ByteReader in(bytes);
    in.skip(4);
    const std::uint32_t count = in.u32le();
    std::vector<std::pair<std::uint32_t, std::uint32_t>> list;
    for (std::uint32_t i = 0; i < count && in.left() >= 8 && i < most_properties; ++i) {
      const std::uint32_t id = in.u32le();
      list.emplace_back(id, in.u32le());
    }
    if (list.size() < count) broken();
    encoding_ = "windows-1252";
    dictionary_.clear();
    for (const auto& [id, offset] : list) {
      if (id == 1 && offset < bytes.size()) code_page(bytes.substr(offset));
    }
    for (const auto& [id, offset] : list) {
      if (id == 0 && own && offset < bytes.size() && dictionary_.empty()) dictionary(bytes.substr(offset));
    }
    for (const auto& entry : list) {
      const std::uint32_t id = entry.first, offset = entry.second;
      if (id < 2 || offset >= bytes.size()) continue;
      const auto known = std::find_if(names.begin(), names.end(), [&](const Name& n) { return n.id == id; });
      const auto named = dictionary_.find(id);
      if (known != names.end()) value(known->property, known->label, begin + offset);
      if (named != dictionary_.end()) value("custom:" + named->second, named->second, begin + offset);
    }
  }

  void code_page(std::string_view bytes) {
    ByteReader in(bytes);
    in.skip(4);
    const unsigned page = in.u16le();
    encoding_ = code_page_name(page);
  }

  void dictionary(std::string_view bytes) {
    ByteReader in(bytes);
    const std::uint32_t count = in.u32le();
    const bool wide = encoding_ == "utf-16le";
    for (std::uint32_t i = 0; i < count && in.left() >= 8 && i < most_properties; ++i) {
      const std::uint32_t id = in.u32le();
      const std::uint64_t units = in.u32le();
      const std::string_view name = in.chars(wide ? units * 2 : units);
      if (wide && units % 2 != 0) in.skip(2);
      if (!in.ok()) return;
      dictionary_.emplace(id, to_utf8(name.substr(0, most_value_bytes), encoding_));
    }
  }

  void value(std::string_view property, std::string_view label, std::uint64_t at) {
    ByteReader in(stream_.view().substr(static_cast<std::size_t>(at)));
    const unsigned type = in.u16le();
    in.skip(2);
    switch (type) {
      case 2: return number(property, static_cast<std::int16_t>(in.u16le()), in);
      case 3: return number(property, static_cast<std::int32_t>(in.u32le()), in);
      case 11: return number(property, in.u16le() != 0, in);
      case 64: {
        const auto ns = filetime_ns(in.u64le());
        if (ns && in.ok()) work_.emit.property(std::string(property), rfc3339(*ns));
        return;
      }
      case 30: case 31: {
        const std::uint64_t units = in.u32le();
        const std::string_view bytes = in.chars(type == 31 ? units * 2 : units);
        if (!in.ok()) return broken();
        return text(property, label, bytes.substr(0, most_value_bytes), at + 8, type == 31 ? "utf-16le" : encoding_);
      }
      case 71: return thumbnail(in.u32le(), at + 8);
      default: return;
    }
  }
  // Clipboard data: a size, a tag, a format, then the picture.
  void thumbnail(std::uint64_t size, std::uint64_t at) {
    const ByteRuns runs = stream_.runs.cut(at + 8, size >= 8 ? size - 8 : 0);
    if (runs.size() == 0) return;
    NewChild child;
    child.name = "thumbnail";
    work_.children.add_runs(std::move(child), work_.file.content(), runs);
  }
  void number(std::string_view property, std::int64_t number, const ByteReader& in) {
    if (in.ok()) work_.emit.property(std::string(property), std::to_string(number));
  }
  void text(std::string_view property, std::string_view label, std::string_view bytes, std::uint64_t at, std::string_view encoding) {
    spent_ += bytes.size();
    if (spent_ > 2 * stream_.runs.size()) return;  // values that overlap: a hostile list repeats one of them
    const std::string plain = to_utf8(bytes, encoding);
    if (plain.empty()) return;
    work_.emit.property(std::string(property), plain);
    if (label.empty()) return;
    if (encoding != "utf-16le") bytes = bytes.substr(0, bytes.find('\0'));
    flow_.words(std::string(label) + ": ", stream_.runs.place(at, bytes.size()));
    flow_.text(bytes, encoding, stream_.runs, at);
    flow_.line();
  }

  Work& work_;
  StreamBytes stream_;
  TextFlow& flow_;
  std::string_view encoding_;
  std::uint64_t spent_ = 0;  // bytes of text given
  std::map<std::uint32_t, std::string> dictionary_;
};

}  // namespace

void read_property_sets(Work& work, EntryId storage) {
  TextFlow flow(work.emit, "metadata");
  flow.place(work.place("properties"));
  for (const bool is_summary : {true, false}) {
    const auto id = work.file.find(storage, is_summary ? "\5SummaryInformation" : "\5DocumentSummaryInformation");
    if (!id || work.used[*id]) continue;
    PropertySet(work, work.load(*id, 16 << 20), flow).run(is_summary);
  }
  flow.flush();
}

}  // namespace evtriage::ole
