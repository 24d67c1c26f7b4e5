// Kept texts come back as they were; sizes that lie are refused.
#include "pipeline/store/compress.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace evtriage {
namespace {

TEST(Compress, RoundTripOfManySizes) {
  Compressor compressor;
  for (const std::size_t size : {0u, 1u, 100u, 70'000u, 3'000'000u}) {
    std::string text;
    while (text.size() < size) text += "line " + std::to_string(text.size() * 7919 % 1000) + "\n";
    std::string zstd = "before";
    compressor.append(zstd, text);
    auto back = decompress(std::string_view(zstd).substr(6), text.size());
    ASSERT_TRUE(back);
    EXPECT_EQ(*back, text);
    EXPECT_FALSE(decompress(std::string_view(zstd).substr(6), text.size() + 1));
  }
}

TEST(Compress, DamagedBytesAreAnErrorOrAnotherText) {
  Compressor compressor;
  std::string zstd;
  compressor.append(zstd, "hello hello hello hello hello hello");
  for (std::size_t n = 0; n < zstd.size(); ++n) EXPECT_FALSE(decompress(zstd.substr(0, n), 35)) << n;
}

TEST(Compress, ManyThreadsGetTheSameBytes) {
  Compressor compressor;
  const std::string text(50'000, 'x');
  std::string wanted;
  compressor.append(wanted, text);
  std::vector<std::string> got(8);
  {
    std::vector<std::jthread> threads;
    for (auto& out : got) threads.emplace_back([&] {
      for (int i = 0; i < 50; ++i) {
        out.clear();
        compressor.append(out, text);
      }
    });
  }
  for (const auto& out : got) EXPECT_EQ(out, wanted);
}

}  // namespace
}  // namespace evtriage
