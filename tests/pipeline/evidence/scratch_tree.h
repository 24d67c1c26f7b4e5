// A folder for one test, with short words for what evidence may hold; removed with all its depth.
// Used by the tests of tests/pipeline/evidence.
#pragma once
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <string>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

class ScratchTree {
 public:
  ScratchTree() {
    std::string name = testing::TempDir() + "evtriage_evidence_XXXXXX";
    root_ = mkdtemp(name.data());
  }
  ~ScratchTree() { std::filesystem::remove_all(root_); }
  const std::string& root() const { return root_; }
  std::string at(const std::string& path) const { return root_ + "/" + path; }
  void folder(const std::string& path) const { ASSERT_EQ(0, mkdir(at(path).c_str(), 0755)) << path; }
  void file(const std::string& path, const std::string& bytes = "x") const {
    const int fd = open(at(path).c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    ASSERT_GE(fd, 0) << path;
    ASSERT_EQ(static_cast<ssize_t>(bytes.size()), write(fd, bytes.data(), bytes.size()));
    close(fd);
  }
  void link(const std::string& path, const std::string& target) const {
    ASSERT_EQ(0, symlink(target.c_str(), at(path).c_str()));
  }
  void fifo(const std::string& path) const { ASSERT_EQ(0, mkfifo(at(path).c_str(), 0644)); }
  void unix_socket(const std::string& path) const {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    ASSERT_LT(at(path).size(), sizeof address.sun_path);
    at(path).copy(address.sun_path, sizeof address.sun_path - 1);
    const int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    ASSERT_EQ(0, bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address));
    close(fd);
  }

 private:
  std::string root_;
};
