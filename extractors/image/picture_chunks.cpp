// PNG text chunks, GIF comments, ends of pictures; see the header.
//
// SPDX-License-Identifier: GPL-2.0-or-later
// Tested by tests/extractors/image/picture_chunks_test.cpp.
#include "extractors/image/picture_chunks.h"

#include <algorithm>

#include "extractors/shared/inflate.h"
#include "pipeline/core/byte_reader.h"
#include "pipeline/core/text.h"

namespace evtriage {
namespace {

constexpr std::size_t most_texts = 1000, most_chunks = 1'000'000;
constexpr std::uint64_t most_packed = 1 << 20;       // of one text chunk
constexpr std::size_t most_unpacked = 1 << 20;
constexpr std::uint64_t window_bytes = 256 << 10;

std::string from_latin1(std::string_view bytes) {
  std::string out;
  for (const char c : bytes) append_utf8(out, static_cast<unsigned char>(c));
  return out;
}

std::string inflated(std::string_view packed, bool& is_cut) {
  std::string out;
  Inflate inflate(Inflate::Wrapping::zlib);
  if (!inflate.is_ready()) return out;
  inflate.feed(as_bytes(packed));
  std::string buffer(16 << 10, '\0');
  Inflate::State state = Inflate::State::more;
  while (state == Inflate::State::more && out.size() < most_unpacked) {
    std::size_t made = 0;
    state = inflate.step(reinterpret_cast<std::byte*>(buffer.data()), buffer.size(), made);
    out.append(buffer, 0, made);
  }
  is_cut = state != Inflate::State::ended;
  return out;
}

// The part of `text` before its first NUL, which is taken off with it; everything if there is none.
std::string_view field(std::string_view& text) {
  const std::size_t end = text.find('\0');
  const std::string_view out = text.substr(0, end);
  text.remove_prefix(end == text.npos ? text.size() : end + 1);
  return out;
}

PictureText png_text(std::string_view type, std::string_view data) {
  PictureText text;
  text.key = from_latin1(field(data).substr(0, 79));
  bool packed = type == "zTXt";
  if (packed) data.remove_prefix(std::min<std::size_t>(1, data.size()));
  if (type == "iTXt") {
    packed = data.starts_with('\1');
    data.remove_prefix(std::min<std::size_t>(2, data.size()));
    field(data);  // language
    field(data);  // the key, translated
    text.is_utf8 = true;
  }
  text.bytes = packed ? inflated(data, text.is_cut) : std::string(data);
  return text;
}

PictureChunks read_png(const Content& content) {
  PictureChunks out;
  out.format = "png";
  std::uint64_t at = 8;
  for (std::size_t chunks = 0; chunks < most_chunks && content.size() - at >= 12; ++chunks) {
    const auto head = content.read({at, at + 8});
    if (!head) {
      out.problem = "a chunk of the PNG cannot be read";
      return out;
    }
    ByteReader reader(head->view());
    const std::uint64_t length = reader.u32be();
    const std::string type(reader.chars(4));
    if (length > content.size() - at - 12) {
      out.problem = "a chunk of the PNG reaches past the end of the file";
      return out;
    }
    if ((type == "tEXt" || type == "zTXt" || type == "iTXt") && out.texts.size() < most_texts) {
      const ByteRange range{at + 8, at + 8 + std::min(length, most_packed)};
      const auto data = content.read(range);
      if (data) out.texts.push_back(png_text(type, data->chars()));
      if (data) out.texts.back().source = range;
      if (data && length > most_packed) out.texts.back().is_cut = true;
    }
    at += length + 12;
    if (type == "IEND") {
      out.end = at;
      return out;
    }
  }
  out.problem = "the PNG has no end";
  return out;
}

class Bytes {  // sequential reading through a window
 public:
  explicit Bytes(const Content& content) : content_(content) {}
  int next() {
    if (at_ - begin_ >= window_.size() && !fill()) return -1;
    return static_cast<int>(window_.view()[at_++ - begin_]);
  }
  void skip(std::uint64_t n) { at_ += std::min(n, content_.size() - at_); }
  bool skip_past(int wanted) {  // to the byte after the next `wanted`
    while (at_ - begin_ < window_.size() || fill()) {
      const std::string_view rest = window_.chars().substr(at_ - begin_);
      const std::size_t found = rest.find(static_cast<char>(wanted));
      at_ += found == rest.npos ? rest.size() : found + 1;
      if (found != rest.npos) return true;
    }
    return false;
  }
  std::uint64_t at() const { return at_; }

 private:
  bool fill() {
    begin_ = at_;
    auto bytes = content_.read({at_, std::min(content_.size(), at_ + window_bytes)});
    window_ = bytes ? *std::move(bytes) : Blob();
    return !window_.empty();
  }
  const Content& content_;
  Blob window_;
  std::uint64_t begin_ = 0, at_ = 0;
};

// A chain of blocks, each led by its length, the last of length 0 (GIF89a, 15).
bool gif_blocks(Bytes& in, std::string* keep) {
  for (int length = in.next(); length > 0; length = in.next()) {
    if (keep == nullptr) {
      in.skip(static_cast<std::uint64_t>(length));
      continue;
    }
    for (int i = 0; i < length; ++i) {
      const int c = in.next();
      if (c < 0) return false;
      if (keep->size() < most_unpacked) *keep += static_cast<char>(c);
    }
  }
  return true;
}

void skip_gif_table(Bytes& in, int flags) {
  if ((flags & 0x80) != 0) in.skip(std::uint64_t{3} << ((flags & 7) + 1));
}

// XMP lies in a GIF as it is, not in blocks: 258 bytes at its end make readers of blocks find the end (ISO 16684-3).
void gif_xmp(ByteRange range, const Content& content, PictureChunks& out) {
  constexpr std::uint64_t trailer = 258;
  if (range.size() <= trailer || range.size() > most_packed) return;
  range.end -= trailer;
  const auto packet = content.read(range);
  if (packet) out.texts.push_back({std::string(xmp_packet), std::string(packet->chars()), true, false, range});
}

void gif_extension(Bytes& in, const Content& content, PictureChunks& out) {
  PictureText text{"Comment", "", false, false, {in.at(), in.at()}};
  const int label = in.next();
  if (out.texts.size() >= most_texts || (label != 0xfe && label != 0xff)) {
    gif_blocks(in, nullptr);
    return;
  }
  if (label == 0xfe) {
    gif_blocks(in, &text.bytes);
    text.source.end = in.at();
    out.texts.push_back(std::move(text));
    return;
  }
  std::string application;
  for (int length = in.next(); length > 0; --length) application += static_cast<char>(std::max(in.next(), 0));
  const std::uint64_t begin = in.at();
  gif_blocks(in, nullptr);
  if (application == "XMP DataXMP" && in.at() > begin) gif_xmp({begin, in.at()}, content, out);
}

PictureChunks read_gif(const Content& content) {
  PictureChunks out;
  out.format = "gif";
  Bytes in(content);
  in.skip(10);
  const int flags = in.next();
  in.skip(2);
  if (flags >= 0) skip_gif_table(in, flags);
  for (int kind = in.next(); kind >= 0; kind = in.next()) {
    if (kind == 0x3b) {
      out.end = in.at();
      return out;
    }
    if (kind == 0x2c) {
      in.skip(8);
      const int local = in.next();
      if (local >= 0) skip_gif_table(in, local);
      in.skip(1);
      gif_blocks(in, nullptr);
    } else if (kind == 0x21) {
      gif_extension(in, content, out);
    } else {
      break;
    }
  }
  out.problem = "the GIF has no end";
  return out;
}

PictureChunks read_jpeg(const Content& content) {
  PictureChunks out;
  out.format = "jpeg";
  Bytes in(content);
  in.skip(2);
  while (in.skip_past(0xff)) {  // outside of segments only scan data lies: FF 00 and FF D0..D7 are part of it
    int marker = in.next();
    while (marker == 0xff) marker = in.next();
    if (marker == 0xd9) {
      out.end = in.at();
      return out;
    }
    if (marker <= 0x01 || (marker >= 0xd0 && marker <= 0xd8)) continue;
    const int high = in.next(), low = in.next();
    if (high < 0 || low < 0) break;
    in.skip(static_cast<std::uint64_t>(std::max(high * 256 + low, 2) - 2));
  }
  out.problem = "the JPEG has no end: it is cut or damaged";
  return out;
}

}  // namespace

PictureChunks read_picture_chunks(const Content& content) {
  const auto head = content.read({0, std::min<std::uint64_t>(content.size(), 16)});
  if (!head) return {};
  const std::string_view magic = head->chars();
  if (magic.starts_with("\x89PNG\r\n\x1a\n")) return read_png(content);
  if (magic.size() >= 13 && (magic.starts_with("GIF89a") || magic.starts_with("GIF87a"))) return read_gif(content);
  if (magic.starts_with("\xFF\xD8\xFF")) return read_jpeg(content);
  return {};
}

}  // namespace evtriage
