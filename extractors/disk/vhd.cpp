// VHD, growing ("dynamic").  A fixed one is the disk itself with a sector behind it, and is read as a disk.
//
//   footer = "conectix" features u32 version u32 header-at u64 ... size u64 at 48, kind u32 at 60 (3 dynamic, 4 a layer)
//   header = "cxsparse" ff*8 table-at u64 version u32 entries u32 block-bytes u32                      big endian
//   table entry = sector of a block u32, ffffffff none;  block = bitmap of its sectors, rounded up to a sector; data
// Source: Microsoft, "Virtual Hard Disk Image Format Specification" 1.0.
// Tested by tests/extractors/disk/clusters_test.cpp and tests/fuzz/fuzz_disk.cpp.
#include <algorithm>
#include <bit>

#include "extractors/disk/clusters.h"
#include "extractors/disk/disk.h"
#include "pipeline/core/byte_reader.h"

namespace evtriage {
namespace disk {
namespace {

struct Header {
  std::uint64_t size = 0, table_at = 0, entries = 0, block_bytes = 0;
  std::uint32_t kind = 0;
};

Result<Header> read_header(const Content& image) {
  const Result<Blob> footer = image.read({0, std::min<std::uint64_t>(image.size(), 512)});
  if (!footer) return footer.error();
  ByteReader in(footer->view());
  Header header;
  in.skip(16);
  const std::uint64_t header_at = in.u64be();
  in.skip(24);
  header.size = in.u64be();
  in.skip(4);
  header.kind = in.u32be();
  if (!in.ok() || image.size() < 36 || header_at > image.size() - 36) return Error{Code::truncated, "the image ends within its header"};
  const Result<Blob> bytes = image.read({header_at, header_at + 36});
  if (!bytes) return bytes.error();
  ByteReader sparse(bytes->view());
  const bool marked = sparse.chars(8) == "cxsparse";
  sparse.skip(8);
  header.table_at = sparse.u64be();
  sparse.skip(4);
  header.entries = sparse.u32be();
  header.block_bytes = sparse.u32be();
  const bool sound = marked && header.size < std::uint64_t{1} << 50 && header.block_bytes >= 4096 && header.block_bytes <= 64u << 20 &&
                     std::has_single_bit(header.block_bytes);
  if (!sound) return Error{Code::corrupt, "the header is damaged"};
  return header;
}

class VhdTable final : public ClusterTable {
 public:
  VhdTable(const Content& image, const Header& header)
      : header_(header), table_(image, header.table_at, header.entries, TableOfNumbers::Form::u32be),
        bitmap_bytes_((header.block_bytes / 512 / 8 + 511) / 512 * 512) {}
  std::uint64_t cluster_bytes() const override { return header_.block_bytes; }
  std::uint64_t media_bytes() const override { return header_.size; }
  Result<Cluster> find(std::uint64_t number) const override {
    const Result<std::uint64_t> found = table_.get(number);
    if (!found) return found.error();
    if (*found == 0xffffffff) return Cluster{};
    return Cluster{Cluster::Kind::plain, *found * 512 + bitmap_bytes_, 0, BlockInflater::Wrapping::raw};
  }

 private:
  const Header& header_;
  TableOfNumbers table_;
  std::uint64_t bitmap_bytes_;
};

}  // namespace
}  // namespace disk

void extract_vhd(const Content& content, const Identity& identity, const ExtractOptions&, Emit& emit) {
  if (identity.media_type == "application/x-vhdx-disk") {
    return emit.issue({Code::unsupported, "", "a VHDX image: recognised, but not read", std::nullopt, true});
  }
  const Result<disk::Header> header = disk::read_header(content);
  if (!header) return emit.issue({header.error().code, "", header.error().detail, std::nullopt, true});
  if (header->kind == 4) {
    emit.issue({Code::unsupported, "", "it is a layer over another image, which is not here: zeros stand for what only that holds", std::nullopt, true});
  }
  disk::emit_media(content, disk::VhdTable(content, *header), {}, emit);
}

}  // namespace evtriage
