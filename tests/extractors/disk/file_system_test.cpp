// Every file of file systems that mkfs, debugfs, mtools and ntfscp made, live and deleted, against fls and icat.
#include <map>
#include <set>

#include "tests/extractors/disk/images.h"

namespace evtriage {
namespace {

using namespace disk_test;

struct Expected {
  bool deleted;
  std::uint64_t inode;
  std::string digest, path;
};

std::vector<Expected> expected_of(const std::string& name) {
  std::vector<Expected> out;
  std::istringstream lines(image(name + ".expected"));
  for (std::string line; std::getline(lines, line);) {
    std::istringstream fields(line);
    Expected one;
    fields >> one.deleted >> one.inode >> one.digest;
    fields.ignore(1);
    std::getline(fields, one.path);
    out.push_back(one);
  }
  return out;
}

class Oracle : public testing::TestWithParam<std::pair<const char*, const char*>> {};

TEST_P(Oracle, EveryFileIsGivenWithTheBytesThatIcatFinds) {
  const auto [name, type] = GetParam();
  const FakeEmit emit = extracted(extract_file_system, image(std::string(name) + ".img"), type);
  std::multimap<std::pair<std::uint64_t, std::string>, const std::pair<Child, std::string>*> given;
  for (const auto& child : emit.children) {
    const ItemKind kind = child.first.kind;
    if (kind == ItemKind::free_space || kind == ItemKind::directory) continue;
    given.emplace(std::pair(child.first.step.number, child.first.step.name), &child);
  }
  const std::vector<Expected> wanted = expected_of(name);
  ASSERT_GT(wanted.size(), 40u);
  std::size_t special = 0;
  for (const Expected& one : wanted) {
    const auto found = given.find({one.inode, one.path});
    if (found == given.end() && one.digest == "none" && one.path.starts_with("$OrphanFiles/OrphanFile-")) continue;  // reserved MFT entries
    if (found == given.end()) {
      ADD_FAILURE() << one.inode << " " << one.path << " was not given";
      continue;
    }
    const auto& [child, bytes] = *found->second;
    if (child.kind == ItemKind::special) {  // $BadClus:$Bad: a hole as large as the volume
      ++special;
      continue;
    }
    EXPECT_EQ(child.deleted, one.deleted) << one.path;
    if (one.digest == "none") {
      EXPECT_TRUE(bytes == "(none)" || bytes.empty()) << one.path;  // icat finds nothing either
    } else if (bytes == "(none)") {
      EXPECT_EQ(one.digest, sha256("")) << one.path;
      EXPECT_FALSE(child.issues.empty()) << one.path;
    } else if (child.deleted && !child.issues.empty()) {
      continue;  // told as doubtful or in part: another answer than icat's is no lie
    } else {
      EXPECT_EQ(sha256(bytes), one.digest) << one.path << (child.issues.empty() ? "" : ": " + child.issues.front().detail);
    }
  }
  for (const Expected& one : wanted) given.erase({one.inode, one.path});
  for (const auto& [name_of, child] : given) {  // fls leaves out what has no bytes of its own
    if (!child->second.empty()) ADD_FAILURE() << name_of.first << " " << name_of.second << " is not in fls";
  }
  EXPECT_LE(special, 1u);
  EXPECT_TRUE(emit.issues.empty()) << emit.issues.front().detail;
}

INSTANTIATE_TEST_SUITE_P(All, Oracle,
                         testing::Values(std::pair("ext2", "application/x-volume-ext"), std::pair("ext4", "application/x-volume-ext"),
                                         std::pair("ext4inline", "application/x-volume-ext"), std::pair("fat12", "application/x-volume-fat"),
                                         std::pair("fat16", "application/x-volume-fat"), std::pair("fat32", "application/x-volume-fat"),
                                         std::pair("ntfs", "application/x-volume-ntfs")),
                         [](const auto& test) { return std::string(test.param.first); });

// Debian's sample images hold the same files, of which the same folders were deleted: exFAT still has their names, NTFS
// only their bytes.  What is carved there must be what is recovered here.
TEST(FileSystem, CarvedFilesAreThoseThatAnotherFileSystemStillNames) {
  std::set<std::string> recovered, carved;
  for (const auto& [child, bytes] : extracted(extract_file_system, image("sample.exfat"), "application/x-volume-exfat").children) {
    if (child.deleted && child.issues.empty() && child.step.kind == StepKind::file) recovered.insert(sha256(bytes));
  }
  EXPECT_GE(recovered.size(), 18u);  // the README of the package lists so many
  for (const auto& [child, bytes] : extracted(extract_file_system, image("sample.ntfs"), "application/x-volume-ntfs").children) {
    if (child.step.name.starts_with("carved.")) carved.insert(sha256(bytes));
  }
  EXPECT_EQ(carved.size(), 9u);
  for (const std::string& digest : carved) EXPECT_TRUE(recovered.contains(digest));
}

// What is free and what is in use, together with what was recovered or carved, is all there is.
TEST(FileSystem, FreeSpaceIsWhatBlklsGives) {
  const FakeEmit emit = extracted(extract_file_system, image("ext4.img"), "application/x-volume-ext");
  std::uint64_t free = 0;
  for (const auto& [child, bytes] : emit.children) {
    const bool is_free = child.kind == ItemKind::free_space || child.step.kind == StepKind::free || (child.deleted && child.kind == ItemKind::deleted && child.issues.empty());
    if (is_free) free += bytes.size();
  }
  std::istringstream blkls(image("ext4.free"));
  std::uint64_t wanted = 0;
  blkls >> wanted;
  EXPECT_EQ(free, wanted);
}

TEST(FileSystem, CutAnywhereItEndsAndIsTold) {
  for (const auto& [name, type] : {std::pair("ext2.img", "application/x-volume-ext"), {"fat12.img", "application/x-volume-fat"}, {"ntfs.img", "application/x-volume-ntfs"}}) {
    const std::string whole = image(name);
    for (std::size_t size = 0; size < whole.size(); size += whole.size() / 23 + 1) {
      const FakeEmit emit = extracted(extract_file_system, whole.substr(0, size), type);
      EXPECT_FALSE(emit.issues.empty()) << name << " " << size;
    }
  }
}

TEST(FileSystem, FlippedBytesEnd) {
  for (const auto& [name, type, begin] : {std::tuple("ext2.img", "application/x-volume-ext", 1024u), {"fat12.img", "application/x-volume-fat", 0u}, {"ntfs.img", "application/x-volume-ntfs", 0u}}) {
    const std::string whole = image(name);
    for (std::size_t i = 0; i < 64; ++i) {
      std::string bytes = whole;
      bytes[begin + i] = static_cast<char>(bytes[begin + i] ^ 0x81);
      (void)extracted(extract_file_system, bytes, type);
    }
  }
}

TEST(FileSystem, FolderThatContainsItselfIsEnteredOnce) {
  std::string bytes = image("fat12.img");
  // The first cluster of LETTERS, written into a file's entry of that folder with the mark of a folder.
  const std::size_t entry = bytes.find("LETTERS");
  ASSERT_NE(entry, std::string::npos);
  const std::string cluster = bytes.substr(entry + 26, 2);
  const std::size_t inner = bytes.find("LETTER~1TXT");
  ASSERT_NE(inner, std::string::npos);
  bytes[inner + 11] = 0x10;
  bytes.replace(inner + 26, 2, cluster);
  const FakeEmit emit = extracted(extract_file_system, bytes, "application/x-volume-fat");
  EXPECT_LT(emit.children.size(), 400u);
}

TEST(FileSystem, LockedAndUnknownOnesAreTold) {
  const FakeEmit locked = extracted(extract_file_system, std::string(4096, 'x'), "application/x-volume-luks");
  EXPECT_TRUE(locked.is_encrypted);
  ASSERT_EQ(locked.issues.size(), 1u);
  EXPECT_EQ(locked.issues[0].code, Code::encrypted);
  const FakeEmit unread = extracted(extract_file_system, std::string(4096, 'x'), "application/x-volume-xfs");
  ASSERT_EQ(unread.issues.size(), 1u);
  EXPECT_EQ(unread.issues[0].code, Code::unsupported);
}

}  // namespace
}  // namespace evtriage
