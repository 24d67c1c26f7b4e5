// Both inflaters against zlib's own compress(), in every wrapping, cut and damaged.
#include "extractors/shared/inflate.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include "extractors/shared/inflate_block.h"
#include "pipeline/core/memory_spool.h"

namespace evtriage {
namespace {

std::string packed_by_zlib(const std::string& plain, int window_bits) {
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, 9, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string input = plain, out(plain.size() + 1000, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(input.data());
  stream.avail_in = static_cast<uInt>(input.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(out.size() - stream.avail_out);
  deflateEnd(&stream);
  return out;
}

std::string unpacked(const std::string& packed, Inflate::Wrapping wrapping, std::size_t piece, Inflate::State& state) {
  Inflate inflate(wrapping);
  std::string out;
  std::array<std::byte, 1000> window;
  state = Inflate::State::more;
  for (std::size_t at = 0; state == Inflate::State::more || state == Inflate::State::hungry;) {
    if (inflate.pending() == 0) {
      if (at >= packed.size()) break;
      inflate.feed(as_bytes(std::string_view(packed).substr(at, piece)));
      at += piece;
    }
    std::size_t made = 0;
    state = inflate.step(window.data(), window.size(), made);
    out += as_chars(ByteView(window).first(made));
  }
  return out;
}

std::string words() {
  std::string plain;
  for (int i = 0; i < 5000; ++i) plain += "word " + std::to_string(i * 7919 % 1000) + " ";
  return plain;
}

TEST(Inflate, EveryWrappingInPieces) {
  const std::string plain = words();
  for (const auto& [wrapping, bits] : {std::pair{Inflate::Wrapping::raw, -15}, {Inflate::Wrapping::zlib, 15}, {Inflate::Wrapping::gzip, 31}}) {
    const std::string packed = packed_by_zlib(plain, bits);
    Inflate::State state{};
    for (const std::size_t piece : {std::size_t{1}, std::size_t{17}, packed.size()}) {
      EXPECT_EQ(unpacked(packed, wrapping, piece, state), plain);
      EXPECT_EQ(state, Inflate::State::ended);
    }
    const std::string cut = unpacked(packed.substr(0, packed.size() / 2), wrapping, 100, state);
    EXPECT_TRUE(plain.starts_with(cut) && !cut.empty());
    EXPECT_NE(state, Inflate::State::ended);
    (void)unpacked("\x06" + packed, wrapping, 100, state);
    EXPECT_EQ(state, Inflate::State::broken);
  }
}

TEST(Inflate, IntoASpool) {
  const std::string plain(100'000, 'z'), packed = packed_by_zlib(plain, 15);
  MemorySpool spool(1 << 20), small(1000), cut(1 << 20);
  EXPECT_TRUE(inflate_zlib(packed, spool));
  EXPECT_EQ(spool.take()->size(), plain.size());
  EXPECT_FALSE(inflate_zlib(packed, small));
  EXPECT_FALSE(inflate_zlib(packed.substr(0, 50), cut));
}

TEST(InflateBlock, SizesAndDamage) {
  const std::string plain = words(), packed = packed_by_zlib(plain, 15);
  const auto good = inflate_block(packed, BlockInflater::Wrapping::zlib, plain.size());
  ASSERT_TRUE(good);
  EXPECT_EQ(*good, plain);
  EXPECT_EQ(*inflate_block(packed_by_zlib(plain, -15), BlockInflater::Wrapping::raw, plain.size() + 9), plain);
  EXPECT_FALSE(inflate_block(packed, BlockInflater::Wrapping::zlib, plain.size() - 1));
  EXPECT_FALSE(inflate_block(packed.substr(0, 99), BlockInflater::Wrapping::zlib, plain.size()));
}

TEST(InflateBlock, CheckSums) {  // of "123456789": CRC-32 in ISO 3309's own example, Adler-32 by RFC 1950
  const ByteView digits = as_bytes("123456789");
  EXPECT_EQ(fast_crc32(0, digits), 0xcbf43926u);
  EXPECT_EQ(crc32_after(0, digits), 0xcbf43926u);
  EXPECT_EQ(crc32_after(crc32_after(0, digits.first(4)), digits.subspan(4)), 0xcbf43926u);
  EXPECT_EQ(fast_adler32(1, digits), 0x091e01deu);
  EXPECT_EQ(fast_crc32(7, {}), 7u);
}

}  // namespace
}  // namespace evtriage
