// Disks and file systems by their first bytes.  libmagic calls most of them plain bytes, and a two-byte mark in the
// middle of a file is no proof: each mark here stands with the fields around it.
// Sources: the layouts of the Linux kernel (ext, XFS, btrfs, F2FS, swap), ECMA-107 (FAT), Microsoft's exFAT
// specification, Apple TN1150 (HFS Plus), UEFI 2.10 section 5 (MBR, GPT), LUKS on-disk format 1.2.
// Tested by tests/pipeline/engine/identify_disk_test.cpp.
#include <bit>

#include "pipeline/core/byte_reader.h"
#include "pipeline/engine/identify_table.h"

namespace evtriage {
namespace {

using std::string_view_literals::operator""sv;  // NOLINT(misc-unused-using-decls): the check does not see literals

struct Mark {
  std::size_t offset;
  std::string_view bytes, type;
};

// Long enough to stand alone.
constexpr Mark marks[] = {
    {0, "EVF\x09\x0d\x0a\xff\0"sv, "application/x-ewf"},
    {0, "EVF2\x0d\x0a\x81\0"sv, "application/x-ewf2"},
    {0, "LVF\x09\x0d\x0a\xff\0"sv, "application/x-ewf-logical"},
    {0, "QFI\xfb"sv, "application/x-qemu-disk"},
    {0, "KDMV"sv, "application/x-vmdk-disk"},
    {0, "conectix"sv, "application/x-vhd-disk"},
    {0, "vhdxfile"sv, "application/x-vhdx-disk"},
    {3, "NTFS    "sv, "application/x-volume-ntfs"},
    {3, "EXFAT   "sv, "application/x-volume-exfat"},
    {3, "-FVE-FS-"sv, "application/x-volume-bitlocker"},
    {3, "ReFS\0\0\0\0"sv, "application/x-volume-refs"},
    {0, "LUKS\xba\xbe\0"sv, "application/x-volume-luks"},
    {0, "XFSB\0\0"sv, "application/x-volume-xfs"},
    {65600, "_BHRfS_M"sv, "application/x-volume-btrfs"},
    {32, "NXSB"sv, "application/x-volume-apfs"},
    {4086, "SWAPSPACE2"sv, "application/x-volume-swap"},
    {512, "LABELONE"sv, "application/x-volume-lvm"},
    {512, "EFI PART\0\0\1\0"sv, "application/x-raw-disk-image"},
    {4096, "EFI PART\0\0\1\0"sv, "application/x-raw-disk-image"},
};

// $Boot, a file of NTFS, is a copy of the first sectors of its volume.
constexpr std::uint64_t boot_file_most = 64u << 10;

ByteReader at(ByteView head, std::size_t offset) {
  ByteReader in(head);
  in.skip(offset);
  return in;
}

bool is_ext(ByteView head) {
  ByteReader in = at(head, 1024);
  const std::uint32_t inodes = in.u32le(), blocks = in.u32le();
  in.skip(12);
  const std::uint32_t first_block = in.u32le(), block_size = in.u32le();
  in.skip(28);
  const bool mark = in.u16le() == 0xef53;
  in.skip(18);
  const std::uint32_t revision = in.u32le();
  return in.ok() && mark && inodes > 0 && blocks > 0 && first_block <= 1 && block_size <= 6 && revision <= 1;
}

bool is_f2fs(ByteView head) { return at(head, 1024).u32le() == 0xf2f52010; }

bool is_hfs_plus(ByteView head) {
  ByteReader in = at(head, 1024);
  const std::uint16_t mark = in.u16be(), version = in.u16be();
  in.skip(36);
  const std::uint32_t block_size = in.u32be();
  return in.ok() && ((mark == 0x482b && version == 4) || (mark == 0x4858 && version == 5)) && block_size >= 512 && std::has_single_bit(block_size);
}

bool is_core_storage(ByteView head) {  // FileVault 2: Apple's logical volume manager
  ByteReader in = at(head, 88);
  return in.chars(2) == "CS" && at(head, 0).u32le() != 0 && at(head, 8).u16le() == 1 && at(head, 10).u16le() == 0x10;
}

bool is_ufs(ByteView head) {
  for (const std::size_t super : {8192u, 65536u}) {
    ByteReader in = at(head, super + 0x55c);
    const std::uint32_t mark = in.u32le();
    if (in.ok() && (mark == 0x00011954 || mark == 0x19540119 || mark == 0x54190100)) return true;
  }
  return false;
}

bool ends_boot_sector(ByteView head) { return at(head, 510).u16le() == 0xaa55; }

bool is_fat(ByteView head) {
  ByteReader in = at(head, 11);
  const std::uint16_t sector = in.u16le();
  const std::uint8_t cluster = in.u8();
  const std::uint16_t reserved = in.u16le();
  const std::uint8_t tables = in.u8();
  const std::uint16_t root_entries = in.u16le();
  const std::uint16_t sectors16 = in.u16le();
  const std::uint8_t media = in.u8();
  const std::uint16_t fat16 = in.u16le();
  in.skip(8);
  const std::uint32_t sectors32 = in.u32le(), fat32 = in.u32le();
  const bool sector_fits = sector >= 512 && sector <= 4096 && std::has_single_bit(sector);
  const bool is_sized = (sectors16 != 0 || sectors32 != 0) && (fat16 != 0 || (root_entries == 0 && fat32 != 0));
  return in.ok() && ends_boot_sector(head) && sector_fits && std::has_single_bit(cluster) && reserved != 0 &&
         (tables == 1 || tables == 2) && media >= 0xf0 && is_sized;
}

// A table of partitions that could be one: every entry is empty or has a kind, a length and a sound status.
bool is_mbr(ByteView head, std::uint64_t size) {
  if (!ends_boot_sector(head)) return false;
  unsigned used = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    ByteReader in = at(head, 446 + 16 * i);
    const std::uint8_t status = in.u8();
    in.skip(3);
    const std::uint8_t kind = in.u8();
    in.skip(3);
    const std::uint64_t first = in.u32le(), count = in.u32le();
    if (status != 0 && status != 0x80) return false;
    if (kind == 0 && count == 0) continue;
    if (kind == 0 || count == 0 || first == 0) return false;
    if (first * 512 < size) ++used;
  }
  return used > 0;
}

bool is_apple_map(ByteView head) {
  ByteReader in = at(head, 512);
  return in.u16be() == 0x504d && in.u16be() == 0 && in.u32be() > 0 && in.u32be() == 1 && in.ok() && as_chars(head).starts_with("ER");
}

}  // namespace

std::string_view type_of_disk(ByteView head, std::uint64_t size) {
  const std::string_view chars = as_chars(head);
  for (const Mark& mark : marks) {
    if (chars.size() < mark.offset || !chars.substr(mark.offset).starts_with(mark.bytes)) continue;
    if (mark.offset == 3 && size <= boot_file_most) return {};
    return mark.type;
  }
  if (is_ext(head)) return "application/x-volume-ext";
  if (is_f2fs(head)) return "application/x-volume-f2fs";
  if (is_hfs_plus(head)) return "application/x-volume-hfsplus";
  if (is_core_storage(head)) return "application/x-volume-filevault";
  if (is_fat(head)) return "application/x-volume-fat";
  const bool is_hybrid = chars.size() > 32774 && chars.substr(32769, 5) == "CD001";  // an ISO with a table for USB sticks
  if (!is_hybrid && (is_mbr(head, size) || is_apple_map(head))) return "application/x-raw-disk-image";
  if (is_ufs(head)) return "application/x-volume-ufs";
  return {};
}

}  // namespace evtriage
