// The images that make_images.py makes, once, for all tests of this folder.
#pragma once
#include <gtest/gtest.h>
#include <openssl/sha.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include "extractors/disk/disk.h"
#include "tests/support/fake_emit.h"

namespace evtriage::disk_test {

inline std::string folder() {
  static const std::string made = [] {
    const std::string path = EVTRIAGE_BINARY_DIR "/disk-images";
    const std::string command = "python3 " EVTRIAGE_SOURCE_DIR "/tests/extractors/disk/make_images.py " + path;
    EXPECT_EQ(std::system(command.c_str()), 0) << command;
    prepare_disks();
    return path;
  }();
  return made;
}

inline std::string image(const std::string& name) {
  std::ifstream in(folder() + "/" + name, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  EXPECT_FALSE(out.str().empty()) << name;
  return out.str();
}

inline std::string sha256(std::string_view bytes) {
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

using Extract = void (*)(const Content&, const Identity&, const ExtractOptions&, Emit&);

inline FakeEmit extracted(Extract extract, const std::string& bytes, std::string_view type) {
  FakeEmit emit(bytes.size());
  extract(*resident(bytes), {type, "", "disk.img"}, {}, emit);
  return emit;
}

}  // namespace evtriage::disk_test
