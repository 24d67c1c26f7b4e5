// MS-OVBA: chunks of at most 4 KiB, copy tokens whose split between place and length depends on what was written.
// Tested by tests/extractors/ole/parts_test.cpp.
#include "extractors/ole/vba.h"

#include <algorithm>
#include <bit>

#include "extractors/ole/text_flow.h"
#include "extractors/ole/work.h"
#include "pipeline/core/byte_reader.h"

namespace evtriage::ole {
namespace {

constexpr std::size_t chunk_bytes = 4096;
constexpr std::size_t most_unpacked = 64 << 20;

bool unpack_chunk(std::string_view packed, std::string& out) {
  ByteReader in(packed);
  const std::size_t begin = out.size();
  while (in.left() > 0) {
    const unsigned flags = in.u8();
    for (unsigned bit = 0; bit < 8 && in.left() > 0; ++bit) {
      if (out.size() - begin >= chunk_bytes) return in.left() == 0;
      if ((flags >> bit & 1) == 0) {
        out += static_cast<char>(in.u8());
        continue;
      }
      const unsigned token = in.u16le();
      const std::size_t written = out.size() - begin;
      if (!in.ok() || written == 0) return false;
      const unsigned place_bits = std::clamp<unsigned>(static_cast<unsigned>(std::bit_width(written - 1)), 4, 12);
      const std::size_t back = (token >> (16 - place_bits)) + 1;
      std::size_t length = (token & (0xffffu >> place_bits)) + 3;
      if (back > written) return false;
      for (length = std::min(length, chunk_bytes - written); length > 0; --length) out += out[out.size() - back];
    }
  }
  return true;
}

}  // namespace

VbaText unpack_vba(std::string_view packed) {
  VbaText out;
  ByteReader in(packed);
  if (in.u8() != 1) return {"", false};
  while (in.left() >= 2 && out.whole) {
    if (out.bytes.size() >= most_unpacked) return {out.bytes, false};
    const unsigned head = in.u16le();
    const std::size_t size = (head & 0xfff) + 1;
    if ((head >> 12 & 7) != 3) return {out.bytes, false};
    const std::string_view chunk = in.chars(std::min(size, in.left()));
    out.whole = chunk.size() == size;
    if ((head & 0x8000) == 0) {
      out.bytes += chunk;
    } else {
      out.whole = unpack_chunk(chunk, out.bytes) && out.whole;
    }
  }
  return out;
}

VbaProject parse_vba_directory(std::string_view directory) {
  VbaProject project;
  ByteReader in(directory);
  while (in.left() >= 6) {
    const unsigned id = in.u16le();
    const std::uint64_t size = id == 0x0009 ? 6 : in.u32le();  // the version declares 4 and has 6
    if (id == 0x0009) in.skip(4);
    const std::string_view data = in.chars(size);
    if (!in.ok()) break;
    ByteReader value(data);
    if (id == 0x0003) project.code_page = value.u16le();
    if (id == 0x0019) project.modules.push_back({std::string(data), "", 0});
    if (project.modules.empty()) continue;
    if (id == 0x001a) project.modules.back().stream = std::string(data);
    if (id == 0x0031) project.modules.back().offset = value.u32le();
  }
  return project;
}

void read_vba(Work& work, EntryId storage) {
  const auto directory = work.file.find(storage, "dir");
  if (!directory || work.file.entries()[*directory].is_storage) return;
  work.emit.property("macros", "yes");
  const VbaText unpacked = unpack_vba(work.load(*directory, 16 << 20).view());
  if (!unpacked.whole) work.issue(Code::corrupt, "ole", "the list of macro modules breaks off");
  const VbaProject project = parse_vba_directory(unpacked.bytes);
  const std::string_view encoding = code_page_name(project.code_page);
  for (const VbaModule& module : project.modules) {
    if (work.emit.stop_requested()) return;
    const auto id = work.file.find(storage, to_utf8(module.stream.empty() ? module.name : module.stream, encoding));
    if (!id || work.used[*id]) continue;
    const StreamBytes stream = work.load(*id, 64 << 20);
    const std::size_t offset = std::min<std::size_t>(module.offset, stream.view().size());
    const VbaText source = unpack_vba(stream.view().substr(offset));
    if (!source.whole) work.issue(Code::corrupt, "ole", "the source of a macro module breaks off", stream.runs.place(offset, stream.runs.size() - offset));
    TextFlow flow(work.emit, "macro");
    flow.place(work.place("macro " + to_utf8(module.name, encoding)));
    const ByteRange place = stream.runs.place(offset, stream.runs.size() - offset);
    flow.text(source.bytes, encoding, ByteRuns::vague(source.bytes.size(), place), 0);
    flow.flush();
  }
  for (const EntryId id : work.file.children(storage)) {  // what the editor compiles and caches
    const std::string& name = work.file.entries()[id].name;
    if (name == "_VBA_PROJECT" || name.starts_with("__SRP_")) work.used[id] = true;
  }
}

}  // namespace evtriage::ole
