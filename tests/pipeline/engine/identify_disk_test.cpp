// Disks by their first bytes, and what must not be taken for one.
#include <gtest/gtest.h>

#include <string>

#include "pipeline/core/content.h"
#include "pipeline/engine/identify_table.h"

namespace evtriage {
namespace {

void put(std::string& bytes, std::size_t at, std::string_view what) { bytes.replace(at, what.size(), what); }

std::string type(const std::string& bytes, std::uint64_t size = 1u << 30) { return std::string(type_of_disk(as_bytes(bytes), size)); }

std::string boot_sector() {
  std::string bytes(4096, '\0');
  put(bytes, 510, "\x55\xaa");
  return bytes;
}

std::string partition(std::uint8_t status, std::uint8_t kind, std::uint32_t first, std::uint32_t count) {
  std::string out(16, '\0');
  out[0] = static_cast<char>(status);
  out[4] = static_cast<char>(kind);
  for (unsigned i = 0; i < 4; ++i) {
    out[8 + i] = static_cast<char>(first >> 8 * i);
    out[12 + i] = static_cast<char>(count >> 8 * i);
  }
  return out;
}

TEST(TypeOfDisk, ATableOfPartitionsMustBeOne) {
  std::string disk = boot_sector();
  EXPECT_EQ(type(disk), "");  // the mark alone, and no partition
  put(disk, 446, partition(0x80, 7, 2048, 4096));
  EXPECT_EQ(type(disk), "application/x-raw-disk-image");
  EXPECT_EQ(type(disk, 2048 * 512), "");  // it would begin past the end
  put(disk, 446, partition(0x12, 7, 2048, 4096));
  EXPECT_EQ(type(disk), "");
  put(disk, 446, partition(0, 7, 0, 4096));
  EXPECT_EQ(type(disk), "");
}

TEST(TypeOfDisk, GptIsADisk) {
  std::string disk = boot_sector();
  put(disk, 446, partition(0, 0xee, 1, 0xffffffff));
  put(disk, 512, std::string("EFI PART\0\0\1\0", 12));
  EXPECT_EQ(type(disk), "application/x-raw-disk-image");
}

TEST(TypeOfDisk, FileSystemsByTheirMarks) {
  std::string ntfs = boot_sector();
  put(ntfs, 3, "NTFS    ");
  EXPECT_EQ(type(ntfs), "application/x-volume-ntfs");
  EXPECT_EQ(type(ntfs, 8192), "");  // $Boot
  EXPECT_EQ(type(std::string("LUKS\xba\xbe\0\1", 8)), "application/x-volume-luks");
  EXPECT_EQ(type(std::string("EVF\x09\x0d\x0a\xff\0\1", 9)), "application/x-ewf");
  EXPECT_EQ(type("QFI\xfb"), "application/x-qemu-disk");
  std::string ext(2048, '\0');
  put(ext, 1024, std::string("\x10\0\0\0\x40\0\0\0", 8));
  put(ext, 1024 + 56, "\x53\xef");
  EXPECT_EQ(type(ext), "application/x-volume-ext");
  put(ext, 1024, std::string("\0\0\0\0", 4));
  EXPECT_EQ(type(ext), "");  // no inodes: two bytes in the middle of something else
}

TEST(TypeOfDisk, NothingElseIsOne) {
  for (std::size_t length : {0u, 1u, 3u, 510u, 511u, 512u, 513u, 4096u, 70000u}) {
    EXPECT_EQ(type(std::string(length, '\0')), "");
    EXPECT_EQ(type(std::string(length, '\xff')), "");
    EXPECT_EQ(type(std::string(length, 'a')), "");
  }
}

}  // namespace
}  // namespace evtriage
