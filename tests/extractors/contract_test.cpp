// Every plug-in of the tables keeps the contract on hostile input: empty, one byte, every truncation, flipped bits,
// other formats' files.  A new extractor is tested the moment it is listed.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "extractors/builtin.h"
#include "tests/support/fake_emit.h"

namespace evtriage {
namespace {

std::vector<std::string> inputs() {
  std::vector<std::string> out = {"", "a", std::string(1, '\0'), "From a Thu\nSubject: x\n\nFrom b\nA: b\n\n", "<p a='&#x", "\xFF\xFE" "a"};
  for (const auto& entry : std::filesystem::recursive_directory_iterator(EVTRIAGE_SOURCE_DIR "/tests/sample/evidence")) {
    if (!entry.is_regular_file() || entry.file_size() > 3000) continue;
    std::ifstream stream(entry.path(), std::ios::binary);
    out.emplace_back(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
  }
  return out;
}

void feed(const Builtin& builtin, const std::string& bytes) {
  for (const auto& extractor : builtin.extractors) {
    FakeEmit emit(bytes.size());
    extractor->extract(Resident(Blob::own(bytes)), {"", "", "x"}, emit);
  }
  for (const auto& extractor : builtin.page_extractors) {
    FakeEmit emit(bytes.size());
    const auto plan = extractor->plan(as_bytes(bytes), bytes.size(), {"", "", "x"});
    if (plan) extractor->extract({Blob::own(bytes), 0, {0, bytes.size()}, bytes.size()}, *plan, emit);
  }
}

TEST(Contract, EveryTruncationOfEveryInput) {
  const Builtin builtin = builtin_extractors();
  ASSERT_GE(builtin.extractors.size() + builtin.page_extractors.size(), 5u);
  const auto all = inputs();
  ASSERT_GT(all.size(), 20u);
  for (const std::string& bytes : all) {
    for (std::size_t size = 0; size <= bytes.size(); size += 1 + size / 16) feed(builtin, bytes.substr(0, size));
    feed(builtin, bytes);
  }
}

TEST(Contract, FlippedBits) {
  const Builtin builtin = builtin_extractors();
  std::mt19937 random(6);
  for (std::string bytes : inputs()) {
    for (int round = 0; round < 20 && !bytes.empty(); ++round) {
      bytes[random() % bytes.size()] = static_cast<char>(random() & 0xff);
      feed(builtin, bytes);
    }
  }
}

TEST(Contract, NamesAreDistinct) {
  const Builtin builtin = builtin_extractors();
  std::vector<std::string_view> names;
  for (const auto& e : builtin.extractors) names.push_back(e->name());
  for (const auto& e : builtin.page_extractors) names.push_back(e->name());
  std::sort(names.begin(), names.end());
  EXPECT_EQ(std::adjacent_find(names.begin(), names.end()), names.end());
}

}  // namespace
}  // namespace evtriage
