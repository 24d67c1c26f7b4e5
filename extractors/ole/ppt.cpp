// MS-PPT: text of slides in their order, notes, comments, links, pictures, embedded objects.
//
// The live objects are found as PowerPoint does: the last user edit names a chain of persist directories.  Slides
// that no directory names any more are what earlier saves left behind: their text is origin "deleted".
// Tested by tests/extractors/ole/ppt_test.cpp; fuzzed by tests/fuzz/fuzz_ole.cpp.
#include <algorithm>
#include <map>

#include "extractors/ole/art.h"
#include "extractors/shared/inflate.h"
#include "extractors/ole/text_flow.h"
#include "extractors/ole/work.h"
#include "pipeline/core/byte_reader.h"

namespace evtriage::ole {
namespace {

constexpr unsigned document_container = 0x03e8, slide_container = 0x03ee, notes_container = 0x03f0, slide_persist = 0x03f3, slide_list = 0x0ff0,
                   text_characters = 0x0fa0, text_bytes = 0x0fa8, c_string = 0x0fba, link_container = 0x0fd7, comment_container = 0x2ee0,
                   user_edit = 0x0ff5, persist_directory = 0x1772, crypt_session = 0x2f14, object_storage = 0x1011, master_container = 0x03f8, notes_atom = 0x03f1;
constexpr std::size_t most_edits = 10'000, most_slides = 100'000;

struct Record {
  unsigned version = 0, instance = 0, type = 0;
  std::uint64_t begin = 0, size = 0;  // of the data
  std::uint64_t end() const { return begin + size; }
};

struct Slide {
  std::uint32_t persist = 0, id = 0;
  std::uint64_t outline_begin = 0, outline_end = 0;  // its text in the slide list
};

class Presentation {
 public:
  Presentation(Work& work, StreamBytes stream) : work_(work), stream_(std::move(stream)) {}

  void run(std::string_view current_user) {
    ByteReader in(current_user);
    in.skip(12);
    const bool says_encrypted = in.u32le() == 0xf3d1c4df;
    const std::uint64_t edit = in.u32le();
    if (!in.ok() || !directories(edit)) all_live();
    if (says_encrypted || encrypted_) {
      work_.emit.encrypted();
      return work_.issue(Code::encrypted, "ppt", "the presentation is encrypted; its text was not read");
    }
    if (const auto document = at_persist(document_id_); document && document->type == document_container) read_document(*document);
    for (std::uint64_t at = 0; const auto next = record_at(at, stream_.view().size());) {
      const Record record = *next;
      at = record.end();
      if (work_.emit.stop_requested()) return;
      if (record.type == object_storage) storage(record);
      if (done_.contains(record.begin)) continue;
      const bool live = all_live_ || live_.contains(record.begin - 8);
      const bool slide = record.type == slide_container || record.type == notes_container;
      if (live && (slide || record.type == master_container)) text(record, "body", record.type == slide_container ? "slide outside the list" : record.type == notes_container ? "notes outside the list" : "master");
      if (!live && (slide || record.type == document_container)) text(record, "deleted", "left by an earlier save");
    }
  }

 private:
  std::optional<Record> record_at(std::uint64_t at, std::uint64_t end) const {
    end = std::min<std::uint64_t>(end, stream_.view().size());
    if (at >= end || end - at < 8) return std::nullopt;
    ByteReader in(stream_.view().substr(static_cast<std::size_t>(at)));
    Record record;
    const unsigned head = in.u16le();
    record.version = head & 0xf;
    record.instance = head >> 4;
    record.type = in.u16le();
    record.begin = at + 8;
    record.size = std::min<std::uint64_t>(in.u32le(), end - record.begin);
    return record;
  }

  std::optional<Record> at_persist(std::uint32_t id) const {
    const auto found = persist_.find(id);
    return found == persist_.end() ? std::nullopt : record_at(found->second, stream_.view().size());
  }

  // From the last user edit back to the first; newer places win.
  bool directories(std::uint64_t edit) {
    std::map<std::uint64_t, bool> seen;
    for (std::size_t n = 0; n < most_edits && !seen[edit]; ++n) {
      seen[edit] = true;
      const auto record = record_at(edit, stream_.view().size());
      if (!record || record->type != user_edit) break;
      ByteReader in(stream_.view().substr(static_cast<std::size_t>(record->begin), static_cast<std::size_t>(record->size)));
      in.skip(8);
      const std::uint64_t before = in.u32le(), directory = in.u32le();
      const std::uint32_t document = in.u32le();
      if (!in.ok()) break;
      if (n == 0) document_id_ = document;
      encrypted_ = encrypted_ || record->size >= 32;  // it names an encryption session
      if (!seen[~directory]) read_directory(directory);
      seen[~directory] = true;
      if (before == 0) break;
      edit = before;
    }
    for (const auto& [id, offset] : persist_) live_[offset] = true;
    return !persist_.empty();
  }
  void read_directory(std::uint64_t at) {
    const auto record = record_at(at, stream_.view().size());
    if (!record || record->type != persist_directory) return;
    ByteReader in(stream_.view().substr(static_cast<std::size_t>(record->begin), static_cast<std::size_t>(record->size)));
    while (in.left() >= 4) {
      const std::uint32_t head = in.u32le();
      std::uint32_t id = head & 0xfffff;
      for (std::uint32_t count = head >> 20; count > 0 && in.left() >= 4; --count, ++id) persist_.emplace(id, in.u32le());
    }
  }
  // No directory can be read: everything counts as live, in the order of the stream.
  void all_live() {
    work_.issue(Code::corrupt, "ppt", "the list of live objects cannot be read; slides stand in the order of the file");
    all_live_ = true;
    for (std::uint64_t at = 0; const auto record = record_at(at, stream_.view().size());) {
      at = record->end();
      if (record->type == document_container) {
        persist_[0] = record->begin - 8;
        document_id_ = 0;
      }
      encrypted_ = encrypted_ || record->type == crypt_session;
    }
  }

  void read_document(const Record& document) {
    done_[document.begin] = true;
    std::vector<Slide> slides, notes;
    for (std::uint64_t at = document.begin; const auto record = record_at(at, document.end());) {
      at = record->end();
      if (record->type != slide_list) {
        if (record->type != 0x0fd9) links(*record);
        if (record->type == 0x0fd9) text(*record, "header", "headers and footers");
        continue;
      }
      if (record->instance == 0) slides = list(*record);
      if (record->instance == 2) notes = list(*record);
    }
    std::map<std::uint32_t, std::string> names;  // slide id -> "slide 3"
    for (std::size_t i = 0; i < slides.size() && !work_.emit.stop_requested(); ++i) {
      const std::string name = "slide " + std::to_string(i + 1);
      names[slides[i].id] = name;
      Record outline;
      outline.begin = slides[i].outline_begin;
      outline.size = slides[i].outline_end - slides[i].outline_begin;
      text(outline, "body", name);
      const auto slide = at_persist(slides[i].persist);
      if (slide && slide->type == slide_container && done_.emplace(slide->begin, true).second) text(*slide, "body", name);
    }
    for (const Slide& one : notes) {
      const auto record = at_persist(one.persist);
      if (!record || record->type != notes_container || !done_.emplace(record->begin, true).second) continue;
      const auto atom = record_at(record->begin, record->end());
      std::string name = "notes";
      if (atom && atom->type == notes_atom) {
        const auto owner = names.find(ByteReader(stream_.view().substr(static_cast<std::size_t>(atom->begin))).u32le());
        if (owner != names.end()) name += " of " + owner->second;
      }
      text(*record, "body", name);
    }
  }

  std::vector<Slide> list(const Record& container) {
    std::vector<Slide> out;
    for (std::uint64_t at = container.begin; const auto record = record_at(at, container.end());) {
      at = record->end();
      if (record->type == slide_persist) {
        ByteReader in(stream_.view().substr(static_cast<std::size_t>(record->begin), static_cast<std::size_t>(record->size)));
        Slide slide;
        slide.persist = in.u32le();
        in.skip(8);
        slide.id = in.u32le();
        slide.outline_begin = slide.outline_end = record->end();
        if (out.size() >= most_slides) {
          work_.issue(Code::limit, "ppt", "slides=100000: the rest was not read");
          break;
        }
        out.push_back(slide);
      } else if (!out.empty()) {
        out.back().outline_end = record->end();
      }
    }
    return out;
  }

  // Every text below a container, in the order of the stream; walked flat.
  void text(const Record& container, const std::string& origin, const std::string& place) {
    TextFlow flow(work_.emit, origin), comments(work_.emit, origin == "body" ? "comment" : origin);
    flow.place(work_.place(place));
    comments.place(work_.place(place));
    std::uint64_t comment_end = 0;
    for (std::uint64_t at = container.begin; const auto record = record_at(at, container.end());) {
      if (record->type == comment_container) comment_end = record->end();
      at = record->version == 0xf || record->type == 0x138b ? record->begin : record->end();
      const bool wide = record->type == text_characters || record->type == c_string;
      if (!wide && record->type != text_bytes) continue;
      TextFlow& to = record->begin < comment_end ? comments : flow;
      if (record->type == c_string && &to == &flow && is_name(*record, origin)) continue;
      const std::string_view bytes = stream_.view().substr(static_cast<std::size_t>(record->begin), static_cast<std::size_t>(record->size));
      to.text(bytes, wide ? "utf-16le" : "windows-1252", stream_.runs, record->begin);
      to.line();
    }
    flow.flush();
    comments.flush();
  }
  // Names that programs give ("___PPT10" tags, design names) are no text of a slide.
  bool is_name(const Record& record, std::string_view origin) const {
    const std::string_view bytes = stream_.view().substr(static_cast<std::size_t>(record.begin), static_cast<std::size_t>(record.size));
    return origin != "header" && (record.instance > 3 || to_utf8(bytes, "utf-16le").starts_with("___PPT"));
  }

  void links(const Record& container) {
    TextFlow flow(work_.emit, "link");
    flow.place(work_.place("links"));
    std::uint64_t link_end = 0;
    for (std::uint64_t at = container.begin; const auto record = record_at(at, container.end());) {
      if (record->type == link_container) link_end = record->end();
      at = record->version == 0xf ? record->begin : record->end();
      if (record->type != c_string || record->begin >= link_end || record->instance == 0) continue;
      const std::string_view bytes = stream_.view().substr(static_cast<std::size_t>(record->begin), static_cast<std::size_t>(record->size));
      flow.text(bytes, "utf-16le", stream_.runs, record->begin);
      flow.line();
    }
    flow.flush();
  }

  // An embedded object: a compound file of its own, mostly deflated.
  void storage(const Record& record) {
    NewChild child;
    child.name = "embedded object " + std::to_string(work_.children.count() + 1);
    child.media_type = "application/x-ole-storage";
    if (record.instance == 0) return work_.children.add_runs(std::move(child), work_.file.content(), stream_.runs.cut(record.begin, record.size));
    if (record.size < 4) return;
    const auto spool = work_.emit.spool();
    const std::string_view packed = stream_.view().substr(static_cast<std::size_t>(record.begin + 4), static_cast<std::size_t>(record.size - 4));
    if (!inflate_zlib(packed, *spool)) work_.issue(Code::corrupt, "ppt", "a compressed embedded object breaks off", stream_.runs.place(record.begin, record.size));
    work_.children.add(std::move(child), spool->take());
  }

  Work& work_;
  StreamBytes stream_;
  std::map<std::uint32_t, std::uint64_t> persist_;  // id -> offset of the record
  std::map<std::uint64_t, bool> live_, done_;       // by offset of the record; by offset of its data
  std::uint32_t document_id_ = 0;
  bool encrypted_ = false, all_live_ = false;
};

}  // namespace

bool read_ppt(Work& work, EntryId storage) {
  const auto main = work.file.find(storage, "PowerPoint Document");
  if (!main || work.file.entries()[*main].is_storage) return false;
  const auto user = work.file.find(storage, "Current User");
  const StreamBytes current = user ? work.load(*user, 64 << 10) : StreamBytes{};
  Presentation(work, work.load(*main)).run(current.view());
  if (const auto pictures = work.file.find(storage, "Pictures")) {
    const StreamBytes stream = work.load(*pictures);
    read_pictures(work, stream, 0, stream.view().size(), false);
  }
  return true;
}

}  // namespace evtriage::ole
