// See inflate.h; zlib is C and throws nothing.
// Tested by tests/extractors/shared/inflate_test.cpp.
#include "extractors/shared/inflate.h"

#define ZLIB_CONST  // zlib reads its input, says so, and lets us keep const
#include <zlib.h>

#include <algorithm>
#include <array>

namespace evtriage {
namespace {

int window_bits(Inflate::Wrapping wrapping) {
  switch (wrapping) {
    case Inflate::Wrapping::raw: return -MAX_WBITS;
    case Inflate::Wrapping::gzip: return 16 + MAX_WBITS;
    default: return MAX_WBITS;
  }
}

}  // namespace

struct Inflate::Stream {
  z_stream zlib{};
  bool ready = false;
};

Inflate::Inflate(Wrapping wrapping) : stream_(std::make_unique<Stream>()) { stream_->ready = inflateInit2(&stream_->zlib, window_bits(wrapping)) == Z_OK; }

Inflate::~Inflate() {
  if (stream_->ready) inflateEnd(&stream_->zlib);
}

bool Inflate::is_ready() const { return stream_->ready; }

void Inflate::feed(ByteView packed) {
  stream_->zlib.next_in = reinterpret_cast<const Bytef*>(packed.data());
  stream_->zlib.avail_in = static_cast<uInt>(packed.size());
}

std::size_t Inflate::pending() const { return stream_->zlib.avail_in; }

Inflate::State Inflate::step(std::byte* to, std::size_t size, std::size_t& made) {
  z_stream& zlib = stream_->zlib;
  zlib.next_out = reinterpret_cast<Bytef*>(to);
  zlib.avail_out = static_cast<uInt>(size);
  const int answer = inflate(&zlib, Z_NO_FLUSH);
  made = size - zlib.avail_out;
  if (answer == Z_STREAM_END) return State::ended;
  if (answer == Z_BUF_ERROR) return State::hungry;
  return answer == Z_OK ? State::more : State::broken;
}

void Inflate::restart() { inflateReset(&stream_->zlib); }

const char* Inflate::why() const { return stream_->zlib.msg == nullptr ? "no reason is given" : stream_->zlib.msg; }

bool inflate_zlib(std::string_view packed, Spool& to) {
  constexpr std::size_t piece_bytes = 1u << 20;
  Inflate inflate(Inflate::Wrapping::zlib);
  if (!inflate.is_ready()) return false;
  std::array<std::byte, 64 << 10> window;
  for (Inflate::State state = Inflate::State::more; state == Inflate::State::more;) {
    if (inflate.pending() == 0) {
      if (packed.empty()) break;
      inflate.feed(as_bytes(packed.substr(0, piece_bytes)));
      packed.remove_prefix(std::min(piece_bytes, packed.size()));
    }
    std::size_t made = 0;
    state = inflate.step(window.data(), window.size(), made);
    if (made != 0 && !to.append(ByteView(window).first(made))) return false;
    if (state == Inflate::State::ended) return true;
  }
  return false;
}

std::uint32_t crc32_after(std::uint32_t before, ByteView bytes) {
  if (bytes.empty()) return before;  // a null pointer means "begin" there
  return static_cast<std::uint32_t>(crc32_z(before, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

}  // namespace evtriage
