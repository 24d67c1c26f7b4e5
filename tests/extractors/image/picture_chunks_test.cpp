// PNG text chunks, GIF comments, ends of pictures; files made by hand after the standards.
#include <gtest/gtest.h>

#include "extractors/image/picture_chunks.h"

namespace evtriage {
namespace {

using namespace std::string_literals;

std::string chunk(const std::string& type, const std::string& data) {  // the check sum is not looked at
  const auto size = static_cast<std::uint32_t>(data.size());
  std::string out;
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(size >> shift & 0xff);
  return out + type + data + "\0\0\0\0"s;
}

PictureChunks read(const std::string& bytes) { return read_picture_chunks(Resident(Blob::own(bytes))); }

TEST(PictureChunks, PngTexts) {
  // python3: zlib.compress(b"hello hello hello")
  const std::string packed = "\x78\x9c\xcb\x48\xcd\xc9\xc9\x57\xc8\x40\x90\x00\x3a\x2e\x06\x7d"s;
  const std::string png = "\x89PNG\r\n\x1a\n"s + chunk("tEXt", "Author\0Andr\xE9"s) + chunk("zTXt", "Comment\0\0"s + packed) +
                          chunk("iTXt", "Title\0\1\0fr\0Titre\0"s + packed) + chunk("iTXt", "Note\0\0\0\0\0plain"s) + chunk("IEND", "") + "tail";
  const PictureChunks found = read(png);
  ASSERT_EQ(found.texts.size(), 4u);
  EXPECT_EQ(found.texts[0].key, "Author");
  EXPECT_EQ(found.texts[0].bytes, "Andr\xE9");
  EXPECT_EQ(found.texts[1].bytes, "hello hello hello");
  EXPECT_EQ(found.texts[2].key, "Title");
  EXPECT_EQ(found.texts[2].bytes, "hello hello hello");
  EXPECT_EQ(found.texts[3].bytes, "plain");
  EXPECT_FALSE(found.texts[1].is_cut);
  EXPECT_EQ(found.end, png.size() - 4);
  EXPECT_EQ(png.substr(found.texts[0].source.begin, found.texts[0].source.size()), "Author\0Andr\xE9"s);
  for (std::size_t n = 0; n < png.size() - 4; ++n) EXPECT_FALSE(read(png.substr(0, n)).end) << n;
}

TEST(PictureChunks, PngLies) {
  EXPECT_NE(read("\x89PNG\r\n\x1a\n\xff\xff\xff\xfftEXtabcd"s).problem, "");
  const PictureChunks found = read("\x89PNG\r\n\x1a\n"s + chunk("zTXt", "K\0\0notzlib"s) + chunk("IEND", ""));
  ASSERT_EQ(found.texts.size(), 1u);
  EXPECT_TRUE(found.texts[0].is_cut);
}

TEST(PictureChunks, GifComments) {
  const std::string gif = "GIF89a\1\0\1\0\x80\0\0\0\0\0\xff\xff\xff"s + "\x21\xfe\5hello\6 there\0"s + "\x2c\0\0\0\0\1\0\1\0\0\2\2\x44\1\0"s + "\x3b"s;
  const PictureChunks found = read(gif + "xx");
  ASSERT_EQ(found.texts.size(), 1u);
  EXPECT_EQ(found.texts[0].bytes, "hello there");
  EXPECT_EQ(found.end, gif.size());
  for (std::size_t n = 0; n < gif.size(); ++n) EXPECT_FALSE(read(gif.substr(0, n)).end) << n;
}

TEST(PictureChunks, EndOfJpeg) {
  const std::string jpeg = "\xff\xd8\xff\xe1\0\6\xff\xd9xx\xff\xda\0\2ab\xff\0c\xff\xd0z\xff\xd9"s;
  EXPECT_EQ(read(jpeg + "more").end, jpeg.size()) << "an end inside a segment is data";
  EXPECT_FALSE(read(jpeg.substr(0, jpeg.size() - 1)).end);
  EXPECT_NE(read(jpeg.substr(0, 12)).problem, "");
}

}  // namespace
}  // namespace evtriage
