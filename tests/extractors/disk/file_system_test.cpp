// Every file of file systems that mkfs, debugfs, mtools and ntfscp made, live and deleted, against fls and icat.
#include <gtest/gtest.h>
#include <openssl/sha.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>

#include "extractors/disk/disk.h"
#include "tests/support/fake_emit.h"

namespace evtriage {
namespace {

std::string folder() {
  static const std::string made = [] {
    const std::string path = EVTRIAGE_BINARY_DIR "/disk-images";
    const std::string command = "python3 " EVTRIAGE_SOURCE_DIR "/tests/extractors/disk/make_images.py " + path;
    EXPECT_EQ(std::system(command.c_str()), 0) << command;
    prepare_disks();
    return path;
  }();
  return made;
}

std::string read_all(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

std::string sha256(std::string_view bytes) {
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest);
  std::string out;
  for (const unsigned char byte : digest) {
    constexpr std::string_view digits = "0123456789abcdef";
    out += digits[byte >> 4];
    out += digits[byte & 15];
  }
  return out;
}

FakeEmit extracted(const std::string& image, std::string_view type) {
  FakeEmit emit(image.size());
  extract_file_system(*resident(image), {type, "", "disk.img"}, {}, emit);
  return emit;
}

struct Expected {
  bool deleted;
  std::uint64_t inode;
  std::string digest, path;
};

std::vector<Expected> expected_of(const std::string& name) {
  std::vector<Expected> out;
  std::istringstream lines(read_all(folder() + "/" + name + ".expected"));
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
  const std::string image = read_all(folder() + "/" + name + ".img");
  const FakeEmit emit = extracted(image, type);
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

}  // namespace
}  // namespace evtriage
