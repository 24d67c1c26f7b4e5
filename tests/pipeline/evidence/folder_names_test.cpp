// Canonical order against std::sort over std::string, whose order is that of unsigned bytes.
#include <algorithm>
#include <random>

#include "pipeline/evidence/folder_names.h"
#include "tests/pipeline/evidence/scratch_tree.h"

namespace evtriage::evidence {
namespace {

TEST(FolderNames, OrderIsThatOfUnsignedBytes) {
  ScratchTree tree;
  std::mt19937 random(7);
  std::vector<std::string> expected;
  for (int i = 0; i < 3000; ++i) {
    std::string name = i % 3 != 0 ? "same prefix of many " : "";
    const unsigned length = 1 + static_cast<unsigned>(random()) % 12;
    for (unsigned k = 0; k < length; ++k) {
      const char c = "ab\x01\x7f\x80\xff\n. Z"[random() % 10];
      name.push_back(c);
    }
    if (name == "." || name == ".." || std::find(expected.begin(), expected.end(), name) != expected.end()) continue;
    tree.file(name, "");
    expected.push_back(name);
  }
  std::sort(expected.begin(), expected.end());
  FolderNames names;
  const int fd = open(tree.root().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  ASSERT_EQ(0, names.read(fd));
  close(fd);
  ASSERT_EQ(expected.size(), names.size());
  for (std::size_t i = 0; i < expected.size(); ++i) EXPECT_EQ(expected[i], names.name(i));
}

TEST(FolderNames, WhatIsNoFolderGivesItsErrno) {
  ScratchTree tree;
  tree.file("f");
  FolderNames names;
  const int fd = open(tree.at("f").c_str(), O_RDONLY | O_CLOEXEC);
  EXPECT_EQ(ENOTDIR, names.read(fd));
  close(fd);
  EXPECT_EQ(0u, names.size());
}

}  // namespace
}  // namespace evtriage::evidence
