// VMDK: one sparse file, plain or packed (stream-optimised).
//
//   header = "KDMV" version u32 flags u32 capacity u64 grain u64 descriptor-at u64 descriptor-length u64 entries u32
//            spare-directory u64 directory u64 overhead u64 ...           little endian; places and lengths in sectors
//   directory entry = sector of a table u32;  table entry = sector of a grain u32, 0 none, 1 zeros
//   packed grain    = sector number u64, bytes u32, zlib stream
// A directory of ffffffffffffffff: a copy of the header 1024 bytes before the end says where it is.
// Source: VMware, "Virtual Disk Format 5.0".  Tested by tests/extractors/disk/clusters_test.cpp and tests/fuzz/fuzz_disk.cpp.
#include <algorithm>
#include <bit>

#include "extractors/disk/clusters.h"
#include "extractors/disk/disk.h"
#include "pipeline/core/byte_reader.h"

namespace evtriage {
namespace disk {
namespace {

constexpr std::uint64_t sector = 512, at_the_end = ~std::uint64_t{0};
constexpr std::uint32_t flag_packed = 1u << 16;

struct Header {
  std::uint32_t version = 0, flags = 0;
  std::uint64_t capacity = 0, grain = 0, descriptor_at = 0, descriptor_length = 0, entries = 0, directory = 0;
};

Result<Header> header_at(const Content& image, std::uint64_t at) {
  if (image.size() < 512 || at > image.size() - 512) return Error{Code::truncated, "the image ends within its header"};
  const Result<Blob> bytes = image.read({at, at + 512});
  if (!bytes) return bytes.error();
  ByteReader in(bytes->view());
  Header header;
  if (in.chars(4) != "KDMV") return Error{Code::corrupt, "the copy of the header at the end is not there"};
  header.version = in.u32le();
  header.flags = in.u32le();
  header.capacity = in.u64le();
  header.grain = in.u64le();
  header.descriptor_at = in.u64le();
  header.descriptor_length = in.u64le();
  header.entries = in.u32le();
  in.skip(8);
  header.directory = in.u64le();
  const bool sound = header.capacity < std::uint64_t{1} << 47 && std::has_single_bit(header.grain) && header.grain <= 131072 &&
                     header.entries > 0 && header.entries <= 65536;
  if (!sound) return Error{Code::corrupt, "the header is damaged"};
  return header;
}

class VmdkTable final : public ClusterTable {
 public:
  VmdkTable(const Content& image, const Header& header)
      : image_(image), header_(header), directory_(image, header.directory * sector, std::uint64_t{1} << 32, TableOfNumbers::Form::u32le) {}
  std::uint64_t cluster_bytes() const override { return header_.grain * sector; }
  std::uint64_t media_bytes() const override { return header_.capacity * sector; }
  Result<Cluster> find(std::uint64_t number) const override {
    const Result<std::uint64_t> table = directory_.get(number / header_.entries);
    if (!table) return table.error();
    Cluster cluster;
    if (*table == 0) return cluster;
    const Result<std::uint64_t> found = TableOfNumbers(image_, *table * sector, header_.entries, TableOfNumbers::Form::u32le).get(number % header_.entries);
    if (!found) return found.error();
    if (*found <= 1) return cluster;
    cluster.kind = Cluster::Kind::plain;
    cluster.at = *found * sector;
    return (header_.flags & flag_packed) != 0 ? packed(cluster.at) : Result<Cluster>(cluster);
  }

 private:
  Result<Cluster> packed(std::uint64_t at) const {
    if (image_.size() < 12 || at > image_.size() - 12) return Error{Code::truncated, "a grain lies past the end of the image"};
    const Result<Blob> bytes = image_.read({at, at + 12});
    if (!bytes) return bytes.error();
    ByteReader in(bytes->view());
    in.skip(8);
    return Cluster{Cluster::Kind::packed, at + 12, in.u32le(), BlockInflater::Wrapping::zlib};
  }

  const Content& image_;
  const Header& header_;
  TableOfNumbers directory_;
};

// The value behind `key=` in the descriptor inside the image.
std::string described(const Content& image, const Header& header, std::string_view key) {
  if (header.descriptor_at > image.size() / sector) return {};
  const std::uint64_t begin = header.descriptor_at * sector, length = std::min<std::uint64_t>(header.descriptor_length, 128) * sector;
  const Result<Blob> bytes = image.read({begin, std::min(image.size(), begin + length)});
  if (!bytes || header.descriptor_at == 0) return {};
  const std::string_view text = bytes->chars();
  const std::size_t at = text.find(std::string(key) + "=");
  if (at == std::string_view::npos) return {};
  const std::string_view value = text.substr(at + key.size() + 1);
  return std::string(value.substr(0, std::min<std::size_t>(value.find_first_of("\r\n"), 64)));
}

}  // namespace
}  // namespace disk

void extract_vmdk(const Content& content, const Identity&, const ExtractOptions&, Emit& emit) {
  Result<disk::Header> header = disk::header_at(content, 0);
  if (header && header->directory == disk::at_the_end) header = disk::header_at(content, content.size() - std::min<std::uint64_t>(content.size(), 1024));
  if (!header) return emit.issue({header.error().code, "", header.error().detail, std::nullopt, true});
  if (header->directory == disk::at_the_end) return emit.issue({Code::corrupt, "", "the directory of grains cannot be found", std::nullopt, true});
  const std::string parent = disk::described(content, *header, "parentCID");
  if (!parent.empty() && parent != "ffffffff") {
    emit.issue({Code::unsupported, "", "it is a layer over another image, which is not here: zeros stand for what only that holds", std::nullopt, true});
  }
  disk::emit_media(content, disk::VmdkTable(content, *header), {}, emit);
}

}  // namespace evtriage
