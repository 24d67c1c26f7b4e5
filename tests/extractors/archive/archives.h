// What the archive tests share: the committed fixtures, archives made by python3's standard library while the test
// runs, and a look at what was emitted.
#pragma once
#include <gtest/gtest.h>

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include "extractors/archive/archive.h"
#include "pipeline/core/time.h"
#include "tests/support/fake_emit.h"

namespace evtriage::archive_test {

inline std::string file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  EXPECT_TRUE(in) << path;
  std::ostringstream bytes;
  bytes << in.rdbuf();
  return bytes.str();
}

inline std::string fixture(const std::string& name) { return file(std::string(ARCHIVE_DATA "/data/") + name); }

// A file that make_archives.py writes.  The folder is made once for all test programs of a build and for each change
// of the script; who comes second to the rename takes what the first one made.
inline std::string made(const std::string& name) {
  static const std::string folder = [] {
    const std::string script = ARCHIVE_DATA "/make_archives.py";
    const std::string final_name = EVTRIAGE_BINARY_DIR "/archives_made_" + std::to_string(std::hash<std::string>()(file(script)));
    if (access(final_name.c_str(), F_OK) == 0) return final_name;
    const std::string own = final_name + "_" + std::to_string(getpid());
    EXPECT_EQ(std::system(("python3 '" + script + "' '" + own + "'").c_str()), 0);
    if (std::rename(own.c_str(), final_name.c_str()) != 0) (void)!std::system(("rm -rf '" + own + "'").c_str());
    return final_name;
  }();
  return file(folder + "/" + name);
}

inline FakeEmit extracted(const std::string& bytes, std::string_view name = "x", std::vector<std::string> passwords = {}) {
  FakeEmit emit(bytes.size());
  extract_archive(*resident(bytes), {"", "", name}, {std::move(passwords)}, emit);
  return emit;
}

inline std::string numbers(int last = 2000) {
  std::string out;
  for (int i = 1; i <= last; ++i) out += std::to_string(i) + "\n";
  return out;
}

inline const std::string note = "Meet at the old port +226 70 00 00 01\n";

inline std::string property(const FakeEmit& emit, std::string_view name) {
  for (const auto& [key, value] : emit.properties) {
    if (key == name) return value;
  }
  return "(none)";
}

inline std::string issues(const FakeEmit& emit) {
  std::string out;
  for (const Issue& issue : emit.issues) out += std::string(to_string(issue.code)) + ": " + issue.detail + "\n";
  return out;
}

// One line for each child: name, media type, size, time.
inline std::string listing(const FakeEmit& emit) {
  std::string out;
  for (const auto& [child, bytes] : emit.children) {
    out += child.step.name + "|" + child.media_type + "|" + std::to_string(bytes.size());
    if (child.modified_ns) out += "|" + rfc3339(*child.modified_ns);
    out += "\n";
  }
  return out;
}

inline std::string content(const FakeEmit& emit, std::string_view name) {
  for (const auto& [child, bytes] : emit.children) {
    if (child.step.name == name) return bytes;
  }
  return "(no such member)";
}

inline const Child& child_named(const FakeEmit& emit, std::string_view name) {
  for (const auto& [child, bytes] : emit.children) {
    if (child.step.name == name) return child;
  }
  ADD_FAILURE() << "no member " << name;
  static const Child none;
  return none;
}

}  // namespace evtriage::archive_test
