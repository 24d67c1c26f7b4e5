// Raw strings: planted texts in noise come out once with their bytes, noise does not.
#include <gtest/gtest.h>

#include <random>

#include "extractors/builtin.h"
#include "tests/support/fake_emit.h"

namespace evtriage {
namespace {

FakeEmit extract(const std::string& bytes) {
  FakeEmit emit(bytes.size());
  const Page page{Blob::own(bytes), 0, {0, bytes.size()}, bytes.size()};
  make_strings_extractor()->extract(page, "strings", emit);
  return emit;
}

std::string noise(std::mt19937& random, std::size_t size) {
  std::string out(size, '\0');
  for (char& c : out) c = static_cast<char>(random() & 0xff);
  return out;
}

std::string wide(std::string_view ascii, bool big) {
  std::string out;
  for (const char c : ascii) {
    if (big) out += '\0';
    out += c;
    if (!big) out += '\0';
  }
  return out;
}

TEST(Strings, PlantedTextsComeOutOnceWithTheirBytes) {
  std::mt19937 random(3);
  for (int round = 0; round < 200; ++round) {
    const std::string before = noise(random, 64 + random() % 300) + std::string(4, '\0');
    const std::string word = "write to ama@example.org";
    const std::string bytes = before + word + std::string(4, '\0') + noise(random, 200);
    const FakeEmit emit = extract(bytes);
    ASSERT_EQ(emit.source_of(word, bytes), word) << round;
    const std::string all = emit.all("strings");
    ASSERT_EQ(all.find(word), all.rfind(word));
  }
}

TEST(Strings, WideTextOfBothByteOrders) {
  for (const bool big : {false, true}) {
    const std::string bytes = std::string(16, '\x01') + wide("passport number", big) + std::string(16, '\x01');
    EXPECT_NE(extract(bytes).all("strings").find("passport number"), std::string::npos) << big;
  }
}

TEST(Strings, ArabicInUtf8) {
  const std::string arabic = "\xD8\xAC\xD9\x88\xD8\xA7\xD8\xB2 \xD8\xA7\xD9\x84\xD8\xB3\xD9\x81\xD8\xB1 \xD8\xB9\xD9\x86\xD8\xAF\xD9\x8A";
  const std::string bytes = std::string(100, '\x01') + arabic + std::string(100, '\x01');
  EXPECT_NE(extract(bytes).all("strings").find(arabic), std::string::npos);
}

TEST(Strings, NoiseGivesNearlyNothing) {
  std::mt19937 random(4);
  const std::string bytes = noise(random, 4 << 20);
  EXPECT_LT(extract(bytes).all("strings").size(), bytes.size() / 500);
}

}  // namespace
}  // namespace evtriage
