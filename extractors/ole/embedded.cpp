// Files inside documents: OLE 1.0 packages (MS-OLEDS 2.3.6), whole files in Package and CONTENTS streams, thumbnails.
// Tested by tests/extractors/ole/parts_test.cpp.
#include <algorithm>

#include "extractors/ole/text_flow.h"
#include "extractors/ole/work.h"
#include "pipeline/core/byte_reader.h"

namespace evtriage::ole {
namespace {

constexpr std::size_t most_name = 4096;

// A name that ends with a NUL.
std::string zero_ended(std::string_view bytes, ByteReader& in) {
  const std::size_t at = in.position();
  const std::size_t end = bytes.find('\0', at);
  if (end == bytes.npos || end - at > most_name) {
    in.skip(~std::uint64_t{0});
    return {};
  }
  in.skip(end - at + 1);
  return to_utf8(bytes.substr(at, end - at), "windows-1252");
}

void native(Work& work, EntryId id) {
  const StreamBytes stream = work.load(id);
  const std::string_view bytes = stream.view();
  const auto package = bytes.size() > 4 ? parse_native_package(bytes.substr(4)) : std::nullopt;
  NewChild child;
  child.name = work.file.path(id);
  if (!package) {  // some programs keep only a size and their data
    const ByteRuns runs = stream.runs.cut(4, stream.runs.size());
    if (runs.size() != 0) work.children.add_runs(std::move(child), work.file.content(), runs);
    return;
  }
  child.name = package->label;
  child.kind = ItemKind::embedded;
  TextFlow flow(work.emit, "metadata");
  flow.place(work.place("embedded file"));
  const ByteRange head = stream.runs.place(4, package->begin);
  for (const std::string* name : {&package->label, &package->path, &package->temporary}) {
    flow.words(*name, head);
    flow.line();
  }
  flow.flush();
  const ByteRuns runs = stream.runs.cut(4 + package->begin, package->size);
  if (runs.size() < package->size) work.issue(Code::truncated, "ole", "an embedded file is shorter than it declares", stream.runs.place(4, stream.runs.size()));
  work.children.add_runs(std::move(child), work.file.content(), runs);
}

}  // namespace

std::optional<NativePackage> parse_native_package(std::string_view bytes) {
  ByteReader in(bytes);
  NativePackage out;
  if (in.u16le() != 2) return std::nullopt;
  out.label = zero_ended(bytes, in);
  out.path = zero_ended(bytes, in);
  in.skip(2);
  if (in.u16le() != 3) return std::nullopt;
  out.temporary = to_utf8(in.chars(in.u32le()), "windows-1252");
  out.size = in.u32le();
  if (!in.ok()) return std::nullopt;
  out.begin = in.position();
  return out;
}

void read_embedded(Work& work, EntryId storage) {
  if (const auto id = work.file.find(storage, "\1Ole10Native"); id && !work.used[*id]) native(work, *id);
  for (const char* name : {"Package", "CONTENTS", "EmbeddedOdf"}) {
    const auto id = work.file.find(storage, name);
    if (!id || work.used[*id] || work.file.entries()[*id].is_storage) continue;
    work.used[*id] = true;
    NewChild child;
    child.name = work.file.path(*id);
    work.children.add_runs(std::move(child), work.file.content(), work.file.entries()[*id].bytes);
  }
}

}  // namespace evtriage::ole
