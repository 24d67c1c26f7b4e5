// Deflated bytes made by python3's zlib; limits, lies and damage.
#include "extractors/office/part_stream.h"

#include "tests/extractors/office/support.h"

namespace evtriage {
namespace {

// c=zlib.compressobj(9,8,-15); c.compress(b'the boat leaves on Friday, the boat leaves on Friday')+c.flush()
const std::string kPacked = "\x2b\xc9\x48\x55\x48\xca\x4f\x2c\x51\xc8\x49\x4d\x2c\x4b\x2d\x56\xc8\xcf\x53\x70\x2b\xca\x4c\x49\xac\xd4\x51\x28\xc1\x25\x05" + std::string(1, '\0');
const std::string kText = "the boat leaves on Friday, the boat leaves on Friday";
constexpr std::uint32_t kCrc = 3596124514u;

struct Outcome {
  std::string text, error;
};
Outcome read_all(const std::string& packed, PartStream::Packed how, std::size_t step, std::uint64_t part_bytes = 1000, std::uint64_t budget = 1000) {
  const Resident file(Blob::own(packed));
  FakeEmit emit(packed.size());
  PartStream stream(file, how, part_bytes, budget, emit);
  Outcome outcome;
  std::string piece(step, '\0');
  for (std::size_t got = stream.read(piece.data(), step); got > 0; got = stream.read(piece.data(), step)) outcome.text += piece.substr(0, got);
  if (stream.error()) outcome.error = std::string(to_string(stream.error()->code)) + ": " + stream.error()->detail;
  return outcome;
}

TEST(PartStream, AnyStepGivesTheSame) {
  for (std::size_t step = 1; step < 60; ++step) {
    const Outcome outcome = read_all("xx" + kPacked + "yy", {{2, 2 + kPacked.size()}, true, kCrc, kText.size()}, step);
    EXPECT_EQ(outcome.text, kText);
    EXPECT_EQ(outcome.error, "");
    EXPECT_EQ(read_all(kText, {{0, kText.size()}, false, kCrc, kText.size()}, step).text, kText);
  }
}

TEST(PartStream, LiesAreTold) {
  EXPECT_EQ(read_all(kPacked, {{0, kPacked.size()}, true, 1u, kText.size()}, 7).error, "corrupt: its CRC-32 is not that of the ZIP directory");
  EXPECT_EQ(read_all(kPacked, {{0, kPacked.size()}, true, kCrc, 5u}, 7).error, "corrupt: unpacked it has 52 bytes, the ZIP directory says 5");
}

TEST(PartStream, LimitsAreTold) {
  const Outcome part = read_all(kPacked, {{0, kPacked.size()}, true, kCrc, kText.size()}, 7, 20);
  EXPECT_EQ(part.text, kText.substr(0, 20));
  EXPECT_EQ(part.error, "limit: part_bytes=20: the rest was not read");
  const Outcome item = read_all(kPacked, {{0, kPacked.size()}, true, kCrc, kText.size()}, 7, 1000, 11);
  EXPECT_EQ(item.text, kText.substr(0, 11));
  EXPECT_EQ(item.error.substr(0, 18), "limit: item_bytes:");
}

TEST(PartStream, EveryTruncationAndEveryFlipEnds) {
  for (std::size_t size = 0; size < kPacked.size(); ++size) {
    EXPECT_EQ(read_all(kPacked.substr(0, size), {{0, size}, true, kCrc, kText.size()}, 9).error, "truncated: the compressed bytes end too early");
  }
  for (std::size_t i = 0; i < kPacked.size() * 8; ++i) {
    std::string flipped = kPacked;
    flipped[i / 8] = static_cast<char>(flipped[i / 8] ^ (1 << (i % 8)));
    const Outcome outcome = read_all(flipped, {{0, flipped.size()}, true, kCrc, kText.size()}, 9);
    EXPECT_TRUE(!outcome.error.empty() || outcome.text == kText) << i;
  }
}

}  // namespace
}  // namespace evtriage
