// MS-ODRAW blips: JPEG, PNG, TIFF and DIB lie in the file as they are; metafiles are deflated and are unpacked.
// Tested by tests/extractors/ole/parts_test.cpp.
#include "extractors/ole/art.h"

#include <algorithm>

#include "extractors/shared/inflate.h"
#include "pipeline/core/byte_reader.h"

namespace evtriage::ole {
namespace {

struct BlipType {
  unsigned type;
  std::string_view name, media_type;
  bool metafile;
};
constexpr BlipType blip_types[] = {
    {0xf01a, "emf", "image/emf", true},    {0xf01b, "wmf", "image/wmf", true},  {0xf01c, "pict", "image/x-pict", true},
    {0xf01d, "jpg", "image/jpeg", false},  {0xf01e, "png", "image/png", false}, {0xf01f, "dib", "image/bmp", false},
    {0xf029, "tif", "image/tiff", false},  {0xf02a, "jpg", "image/jpeg", false}};

struct Record {
  unsigned version = 0, instance = 0, type = 0;
  std::uint64_t size = 0;  // without the 8 bytes of the head
};
Record parse_record(std::string_view bytes) {
  ByteReader in(bytes);
  Record record;
  const unsigned head = in.u16le();
  record.version = head & 0xf;
  record.instance = head >> 4;
  record.type = in.u16le();
  record.size = in.u32le();
  return record;
}

// Two digests stand in front instead of one.
bool has_second_digest(unsigned instance) {
  constexpr unsigned with_two[] = {0x3d5, 0x217, 0x543, 0x46b, 0x6e3, 0x6e1, 0x7a9, 0x6e5};
  return std::find(std::begin(with_two), std::end(with_two), instance) != std::end(with_two);
}

void emit_blip(Work& work, const StreamBytes& stream, std::uint64_t at, const Record& record, const BlipType& type) {
  std::uint64_t skip = has_second_digest(record.instance) ? 32 : 16;
  bool deflated = false;
  if (type.metafile) {
    ByteReader in(stream.view().substr(static_cast<std::size_t>(at + std::min(skip, record.size))));
    in.skip(32);
    deflated = in.u8() == 0;
    skip += 34;
  } else {
    skip += 1;
  }
  if (skip >= record.size) return;
  const ByteRuns runs = stream.runs.cut(at + skip, record.size - skip);
  NewChild child;
  child.name = "picture " + std::to_string(work.children.count() + 1) + "." + std::string(type.name);
  child.media_type = std::string(type.media_type);
  if (!deflated && stream.decrypted) return work.children.add(std::move(child), resident(stream.bytes.slice(at + skip, record.size - skip)));
  if (!deflated) return work.children.add_runs(std::move(child), work.file.content(), runs);
  const std::string_view packed = stream.view().substr(static_cast<std::size_t>(at + skip), static_cast<std::size_t>(record.size - skip));
  const auto spool = work.emit.spool();
  if (!inflate_zlib(packed, *spool)) work.issue(Code::corrupt, "ole", "a compressed picture breaks off", runs.place(0, runs.size()));
  work.children.add(std::move(child), spool->take());
}

}  // namespace

void read_pictures(Work& work, const StreamBytes& stream, std::uint64_t begin, std::uint64_t end, bool one) {
  end = std::min<std::uint64_t>(end, stream.view().size());
  for (std::uint64_t at = begin; at < end && end - at >= 8 && !work.emit.stop_requested();) {
    const Record record = parse_record(stream.view().substr(static_cast<std::size_t>(at)));
    const std::uint64_t left = end - at - 8;
    at += 8;
    if (record.type == 0xf007) {  // a store entry: 36 bytes, a name, then maybe the picture itself
      ByteReader in(stream.view().substr(static_cast<std::size_t>(at)));
      in.skip(33);
      at += std::min(left, std::uint64_t{36} + in.u8());
      continue;
    }
    if (record.version == 0xf) continue;
    const auto type = std::find_if(std::begin(blip_types), std::end(blip_types), [&](const BlipType& t) { return t.type == record.type; });
    if (type != std::end(blip_types)) {
      if (record.size > left) return work.issue(Code::truncated, "ole", "a picture reaches past the end of its stream", stream.runs.place(at, left));
      emit_blip(work, stream, at, record, *type);
      if (one) return;
    }
    if (record.size > left) return;
    at += record.size;
  }
}

std::vector<std::uint32_t> delayed_pictures(std::string_view group) {
  std::vector<std::uint32_t> out;
  for (std::uint64_t at = 0; at < group.size() && group.size() - at >= 8;) {
    const Record record = parse_record(group.substr(static_cast<std::size_t>(at)));
    const std::uint64_t left = group.size() - at - 8;
    at += 8;
    if (record.type == 0xf007) {
      ByteReader in(group.substr(static_cast<std::size_t>(at)));
      in.skip(28);
      const std::uint32_t offset = in.u32le();
      if (in.ok() && offset != 0xffffffff) out.push_back(offset);
    }
    if (record.version == 0xf && record.type != 0xf007) continue;
    if (record.size > left) break;
    at += record.size;
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace evtriage::ole
