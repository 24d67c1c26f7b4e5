// The walk against a separate, recursive oracle on std::filesystem, and against what hostile trees hold.
#include <algorithm>

#include "pipeline/evidence/walk.h"
#include "tests/pipeline/evidence/scratch_tree.h"

namespace evtriage::evidence {
namespace {

std::vector<Entry> walked(const std::string& path, ForbiddenFolder forbidden = {}) {
  std::vector<Exhibit> exhibits;
  auto exhibit = open_exhibit({"EX1", path});
  EXPECT_TRUE(exhibit);
  exhibits.push_back(*std::move(exhibit));
  std::vector<Entry> entries;
  const auto done = walk(exhibits, forbidden, [&](const Entry& entry) -> Result<void> {
    entries.push_back(entry);
    return {};
  });
  EXPECT_TRUE(done);
  return entries;
}

void oracle(const std::string& folder, const std::string& prefix, std::vector<std::string>& paths) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  for (const std::string& name : names) {
    paths.push_back(prefix + name);
    const std::string below = folder + "/" + name;
    if (std::filesystem::is_directory(std::filesystem::symlink_status(below))) oracle(below, prefix + name + "/", paths);
  }
}

void odd_tree(const ScratchTree& tree) {
  tree.folder("b");
  tree.folder("b/inner");
  tree.file("b/inner/z");
  tree.file("b/inner.txt");
  tree.file("b/inner-x");
  tree.folder("a\nnew line");
  tree.file("a\nnew line/\x1b[2J");
  tree.file(std::string(255, 'n'));
  tree.file("\xff\xfe not UTF-8");
  tree.file("=cmd");
  tree.file("-rf");
  tree.file("e\xcc\x81");
  tree.file("\xc3\xa9");
  tree.link("out", "/etc/passwd");
  tree.link("dangling", "nowhere");
  tree.link("loop", ".");
  tree.fifo("pipe");
  tree.unix_socket("socket");
  tree.folder("empty");
}

TEST(Walk, OrderAndCompletenessAgreeWithARecursiveOracle) {
  ScratchTree tree;
  odd_tree(tree);
  for (int i = 0; i < 60; ++i) {
    tree.folder("b/n" + std::to_string(i * 37 % 60));
    tree.file("b/n" + std::to_string(i * 37 % 60) + "/f");
  }
  std::vector<std::string> expected;
  oracle(tree.root(), "", expected);
  const auto entries = walked(tree.root());
  ASSERT_EQ(expected.size(), entries.size());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    EXPECT_EQ(expected[i], entries[i].path);
    EXPECT_EQ(i, entries[i].ordinal);
    EXPECT_EQ(i + 1, entries[i].number);
    const std::size_t slash = entries[i].path.rfind('/');
    ASSERT_EQ(slash != std::string::npos, entries[i].parent.has_value());
    if (entries[i].parent) {
      EXPECT_EQ(entries[i].path.substr(0, slash), entries[*entries[i].parent].path);
    }
  }
}

TEST(Walk, EachKindIsRecordedAsWhatItIs) {
  ScratchTree tree;
  odd_tree(tree);
  std::map<std::string, Entry> found;
  for (const Entry& entry : walked(tree.root())) found[entry.path] = entry;
  EXPECT_EQ(ItemKind::special, found["pipe"].kind);
  EXPECT_EQ("fifo", found["pipe"].detail);
  EXPECT_EQ("socket", found["socket"].detail);
  EXPECT_EQ(ItemKind::directory, found["empty"].kind);
  EXPECT_EQ(ItemKind::file, found["-rf"].kind);
  EXPECT_EQ(1u, found["-rf"].size);
  const Entry& out = found["out"];
  EXPECT_EQ(ItemKind::symlink, out.kind);
  EXPECT_EQ(0u, out.size);
  if (out.issues.empty()) {
    EXPECT_EQ("/etc/passwd", out.detail);
  } else {  // no private mount on this machine: the target is left unread rather than touched
    EXPECT_EQ("", out.detail);
  }
}

TEST(Walk, DeepTreesBeyondPathMax) {
  ScratchTree tree;
  constexpr int kLevels = 1300;
  int at = open(tree.root().c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
  for (int i = 0; i < kLevels; ++i) {
    ASSERT_EQ(0, mkdirat(at, "dddd", 0755));
    const int last = openat(at, "z", O_CREAT | O_WRONLY | O_CLOEXEC, 0644);  // visited on the way up
    close(last);
    const int next = openat(at, "dddd", O_PATH | O_DIRECTORY | O_CLOEXEC);
    close(at);
    at = next;
  }
  close(openat(at, "deepest", O_CREAT | O_WRONLY | O_CLOEXEC, 0644));
  close(at);
  const auto entries = walked(tree.root());
  ASSERT_EQ(2u * kLevels + 1, entries.size());
  EXPECT_EQ(kLevels * 5u + 7, entries[kLevels].path.size());
  EXPECT_TRUE(entries[kLevels].path.ends_with("/deepest"));
  EXPECT_EQ("z", entries.back().path);
  for (const Entry& entry : entries) EXPECT_TRUE(entry.issues.empty()) << entry.issues.front().detail;
}

TEST(Walk, AFolderThatMayNotBeReadIsAnIssue) {
  if (geteuid() == 0) GTEST_SKIP() << "root may read everything";
  ScratchTree tree;
  tree.folder("closed");
  tree.file("closed/f");
  tree.file("other");
  ASSERT_EQ(0, chmod(tree.at("closed").c_str(), 0));
  const auto entries = walked(tree.root());
  ASSERT_EQ(0, chmod(tree.at("closed").c_str(), 0700));
  ASSERT_EQ(2u, entries.size());
  ASSERT_EQ(1u, entries[0].issues.size());
  EXPECT_EQ(Code::io_read, entries[0].issues[0].code);
  EXPECT_EQ("list", entries[0].issues[0].stage);
  EXPECT_EQ("the folder cannot be opened: Permission denied", entries[0].issues[0].detail);
}

TEST(Walk, DeviceNodesAreRecorded) {
  ScratchTree tree;
  if (mknod(tree.at("zero").c_str(), S_IFCHR | 0600, static_cast<dev_t>(1 << 8 | 5)) != 0) GTEST_SKIP() << "only root makes nodes";
  const auto entries = walked(tree.root());
  ASSERT_EQ(1u, entries.size());
  EXPECT_EQ(ItemKind::special, entries[0].kind);
  EXPECT_EQ("character device 1:5", entries[0].detail);
}

TEST(Walk, TheCaseFolderInsideTheEvidenceEndsIt) {
  ScratchTree tree;
  tree.folder("case");
  struct stat status {};
  ASSERT_EQ(0, stat(tree.at("case").c_str(), &status));
  std::vector<Exhibit> exhibits;
  exhibits.push_back(*open_exhibit({"EX1", tree.root()}));
  const auto done = walk(exhibits, {status.st_dev, status.st_ino}, [](const Entry&) -> Result<void> { return {}; });
  EXPECT_FALSE(done);
}

TEST(Walk, TimesBeyondTheRangeAreAnIssue) {
  ScratchTree tree;
  tree.file("future");
  const timespec far[2] = {{0, 0}, {9'300'000'000, 0}};
  ASSERT_EQ(0, utimensat(AT_FDCWD, tree.at("future").c_str(), far, 0));
  struct stat status {};
  ASSERT_EQ(0, stat(tree.at("future").c_str(), &status));
  if (status.st_mtim.tv_sec != 9'300'000'000) GTEST_SKIP() << "this file system holds no such time";
  const auto entries = walked(tree.root());
  EXPECT_FALSE(entries[0].modified_ns);
  ASSERT_EQ(1u, entries[0].issues.size());
}

}  // namespace
}  // namespace evtriage::evidence
