// The dispatcher: each storage of the file is shown to each reader; what no reader knows becomes a child, stream by
// stream, so that nothing is passed over in silence.
// Tested by tests/extractors/ole/parts_test.cpp; fuzzed by tests/fuzz/fuzz_ole.cpp.
#include "extractors/ole/ole.h"

#include <algorithm>

#include "extractors/ole/text_flow.h"
#include "extractors/ole/thumbs.h"
#include "extractors/ole/work.h"

namespace evtriage {
namespace ole {
namespace {

// Streams that only tell programs how to draw or load an object.
constexpr std::string_view known_names[] = {"\1CompObj", "\1Ole", "\3ObjInfo", "\3LinkInfo", "\3OCXNAME", "PROJECT", "PROJECTwm", "PROJECTlk"};

void describe(Work& work, EntryId storage) {
  const Entry& root = work.file.entries()[storage];
  if (storage != 0 || root.class_id == std::string(16, '\0')) return;
  constexpr char digits[] = "0123456789abcdef";
  std::string text;
  for (const int i : {3, 2, 1, 0, -1, 5, 4, -1, 7, 6, -1, 8, 9, -1, 10, 11, 12, 13, 14, 15}) {
    const auto byte = i < 0 ? 0u : static_cast<unsigned>(static_cast<unsigned char>(root.class_id[static_cast<std::size_t>(i)]));
    text += i < 0 ? "-" : std::string{digits[byte >> 4], digits[byte & 15]};
  }
  work.emit.property("ole:classId", text);
}

void read_storage(Work& work, EntryId storage) {
  work.document_place = storage == 0 ? "" : "embedded object " + work.file.path(storage);
  describe(work, storage);
  const bool message = read_msg(work, storage);
  if (!message) {
    read_encrypted_package(work, storage);
    read_doc(work, storage);
    read_xls(work, storage);
    read_ppt(work, storage);
  }
  if (work.file.entries()[storage].name == "VBA" || work.file.find(storage, "_VBA_PROJECT")) read_vba(work, storage);
  read_property_sets(work, storage);
  read_embedded(work, storage);
  if (storage == 0) read_thumbnails(work);
  for (const std::string_view name : known_names) {
    if (const auto id = work.file.find(storage, name)) work.used[*id] = true;
  }
}

void rest(Work& work) {
  work.document_place.clear();
  for (EntryId id = 1; id < work.file.entries().size() && !work.emit.stop_requested(); ++id) {
    const Entry& entry = work.file.entries()[id];
    if (entry.is_storage || work.used[id] || entry.bytes.size() == 0) continue;
    NewChild child;
    child.name = work.file.path(id);
    child.kind = ItemKind::member;
    child.created_ns = entry.created_ns;
    child.modified_ns = entry.modified_ns;
    child.deleted = entry.is_orphan;
    work.children.add_runs(std::move(child), work.file.content(), entry.bytes);
  }
}

// A file that cannot be opened may still say that it is encrypted: the name of the stream stands in it.
bool names_encrypted_package(const Content& content) {
  constexpr std::string_view name("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0", 32);
  constexpr std::uint64_t window = 1 << 20;
  const auto bytes = content.read({0, std::min(content.size(), window)});
  return bytes && bytes->chars().find(name) != std::string_view::npos;
}

}  // namespace
}  // namespace ole

void extract_ole(const Content& content, const Identity&, const ExtractOptions& options, Emit& emit) {
  std::vector<Issue> issues;
  const Result<ole::CompoundFile> file = ole::CompoundFile::open(content, issues);
  for (Issue& issue : issues) emit.issue(std::move(issue));
  if (!file) {
    emit.issue({file.error().code, "ole", file.error().detail, ByteRange{0, content.size()}, true});
    if (ole::names_encrypted_package(content)) {
      emit.encrypted();
      emit.issue({Code::encrypted, "ole", "the damaged file names an encrypted package", {}, true});
    }
    return;
  }
  ole::Work work(*file, options, emit);
  for (ole::EntryId id = 0; id < file->entries().size() && !emit.stop_requested(); ++id) {
    if (file->entries()[id].is_storage && !work.used[id]) ole::read_storage(work, id);
  }
  ole::rest(work);
}

}  // namespace evtriage
