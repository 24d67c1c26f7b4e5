// Members of a zip whose directory is lost: found by their own headers, one after the other.
//
// Where a header tells the size, the scan jumps over the data; where the size stands after the data (flag bit 3),
// it is taken from the descriptor in front of the next header, if that descriptor agrees with the distance.
// Tested by tests/extractors/archive/zip_test.cpp.
#include "extractors/archive/members.h"
#include "extractors/archive/zip_directory.h"
#include "pipeline/core/byte_reader.h"

namespace evtriage::archives {
namespace {

// The next "PK" with one of the signatures of a member, a directory record or an end record; `end` if none before it.
std::uint64_t next_signature(Window& window, std::uint64_t from, std::uint64_t end) {
  while (from < end) {
    const std::string_view piece = window.rest(from);
    if (piece.empty()) {  // unreadable: go on behind it
      from += piece_bytes;
      continue;
    }
    for (std::size_t at = piece.find("PK"); at != piece.npos; at = piece.find("PK", at + 1)) {
      const std::string_view kind = piece.substr(at + 2, 2);
      if (kind == "\3\4" || kind == "\1\2" || kind == "\5\6" || kind == "\6\6") return std::min(from + at, end);
    }
    from += piece.size() > 3 && from + piece.size() < window.size() ? piece.size() - 3 : piece.size();
  }
  return end;
}

// APPNOTE 4.3.9: the sizes after the data, with or without a signature, of 4 or 8 bytes each.
bool read_descriptor(Window& window, std::uint64_t data, std::uint64_t next, ZipEntry& entry) {
  for (const bool wide : {false, true}) {
    const std::uint64_t body = wide ? 20 : 12;
    for (const std::uint64_t mark : {std::uint64_t{4}, std::uint64_t{0}}) {
      if (next - data < body + mark) continue;
      const std::uint64_t begin = next - body - mark;
      ByteReader in(window.at(begin, body + mark));
      if (mark == 4 && in.u32le() != 0x08074b50) continue;
      const std::uint32_t crc = in.u32le();
      const std::uint64_t packed = wide ? in.u64le() : in.u32le();
      const std::uint64_t size = wide ? in.u64le() : in.u32le();
      if (!in.ok() || packed != begin - data) continue;
      entry.crc = crc;
      entry.packed = packed;
      entry.size = size;
      return true;
    }
  }
  return false;
}

}  // namespace

ZipDirectory scan_zip_members(Window& window, ByteRange within) {
  ZipDirectory out;
  std::uint64_t kept = 0;
  for (std::uint64_t at = next_signature(window, within.begin, within.end); at < within.end;) {
    std::optional<ZipLocal> local = read_zip_local(window, at);
    if (!local || local->data > window.size()) {
      at = next_signature(window, at + 4, within.end);
      continue;
    }
    ZipEntry& entry = local->entry;
    kept += 64 + entry.name.size();
    if (out.entries.size() >= most_members || kept > most_directory_bytes) {
      out.limited = true;
      break;
    }
    const bool size_follows = (entry.flags & 8) != 0 && entry.packed == 0;
    std::uint64_t next = local->data;
    if (size_follows) {
      next = next_signature(window, local->data, window.size());
      if (!read_descriptor(window, local->data, next, entry)) {
        entry.packed = next - local->data;
        entry.size = 0;
      }
    } else {
      next = entry.packed > window.size() - local->data ? local->data : local->data + entry.packed;
    }
    out.entries.push_back(std::move(entry));
    at = next_signature(window, next, within.end);
  }
  out.declared = out.entries.size();
  return out;
}

}  // namespace evtriage::archives
