// See gzip.h.
// Tested by tests/extractors/archive/streams_test.cpp.
#include "extractors/archive/gzip.h"

#include "extractors/shared/inflate.h"
#include "pipeline/core/byte_reader.h"

namespace evtriage::archives {
namespace {

constexpr std::size_t out_bytes = 256 << 10;
constexpr std::uint64_t most_name_bytes = 4096;

}  // namespace

struct GzipStream::State {
  Inflate inflate{Inflate::Wrapping::gzip};
  Blob held;
  std::uint64_t next_read = 0;
  std::unique_ptr<std::byte[]> out = std::make_unique<std::byte[]>(out_bytes);
};

GzipStream::GzipStream(const Content& content) : state_(std::make_unique<State>()), content_(content) {
  Window window(content);
  const std::string_view head = window.at(0, 12 + 0xffff + most_name_bytes);
  ByteReader in(head);
  in.skip(3);
  const unsigned flags = in.u8();
  const std::uint32_t time = in.u32le();
  in.skip(2);
  if (time != 0 && in.ok()) modified_ns_ = static_cast<std::int64_t>(time) * 1'000'000'000;
  if ((flags & 4) != 0) in.skip(in.u16le());
  if ((flags & 8) == 0 || !in.ok()) return;
  const std::string_view rest = head.substr(in.position(), most_name_bytes);
  name_ = rest.substr(0, rest.find('\0'));
}

GzipStream::~GzipStream() = default;

void GzipStream::stop(Code code, std::string why) {
  trouble_ = Error{code, std::move(why)};
  ended_ = true;
}

// More packed bytes; false at the end of the content or where it cannot be read.
bool GzipStream::refill() {
  State& s = *state_;
  if (s.inflate.pending() > 0) return true;
  if (s.next_read >= content_.size()) return false;
  const std::uint64_t end = s.next_read + std::min(piece_bytes, content_.size() - s.next_read);
  Result<Blob> piece = content_.read({s.next_read, end});
  if (!piece) {
    stop(piece.error().code, piece.error().detail);
    return false;
  }
  s.held = std::move(*piece);
  s.next_read = end;
  s.inflate.feed(s.held.view());
  return true;
}

// Whether another member begins here; its mark is looked at in the content, because it may lie across two pieces.
bool GzipStream::begin_member() {
  if (any_) {
    const std::uint64_t left = content_.size() - consumed_;
    const Result<Blob> mark = content_.read({consumed_, consumed_ + std::min<std::uint64_t>(left, 3)});
    if (!mark || mark->chars() != "\x1f\x8b\x08") return false;
    state_->inflate.restart();
  }
  any_ = in_member_ = true;
  return true;
}

ByteView GzipStream::next() {
  State& s = *state_;
  if (!s.inflate.is_ready() && !ended_) stop(Code::internal, "no memory for zlib");
  while (!ended_) {
    if (!in_member_ && !begin_member()) break;
    const bool more = refill();
    if (!more && ended_) break;
    const std::size_t before = s.inflate.pending();
    std::size_t made = 0;
    const Inflate::State result = s.inflate.step(s.out.get(), out_bytes, made);
    consumed_ += before - s.inflate.pending();
    if (result == Inflate::State::ended) in_member_ = false;
    else if (result == Inflate::State::broken) stop(Code::corrupt, std::string("the gzip stream is damaged: ") + s.inflate.why());
    else if (!more && made == 0) stop(Code::truncated, "the gzip stream ends too early");
    if (made > 0) return {s.out.get(), made};
  }
  ended_ = true;
  return {};
}

}  // namespace evtriage::archives
