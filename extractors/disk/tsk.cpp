// The image is filled in by hand: the library's own way to open one would link readers of a dozen formats.
// Tested by tests/extractors/disk/file_system_test.cpp.
#include "extractors/disk/tsk.h"

#include <algorithm>
#include <cstring>

#include "pipeline/core/text.h"

namespace evtriage::disk {
namespace {

constexpr std::uint64_t retry_bytes = 4096;

bool copy(const Content& content, ByteRange range, char* out) {
  const Result<Blob> bytes = content.read(range);
  if (!bytes || bytes->size() != range.size()) return false;
  std::memcpy(out, bytes->view().data(), static_cast<std::size_t>(range.size()));
  return true;
}

}  // namespace

TskImage::TskImage(const Content& content) : state_(std::make_unique<State>()) {
  TSK_IMG_INFO& info = state_->info;
  info.tag = TSK_IMG_INFO_TAG;
  info.itype = TSK_IMG_TYPE_EXTERNAL;
  info.size = static_cast<TSK_OFF_T>(content.size());
  info.num_img = 1;
  info.sector_size = 512;
  info.read = read;
  info.close = [](TSK_IMG_INFO*) {};
  info.imgstat = [](TSK_IMG_INFO*, FILE*) {};
  ::pthread_mutex_init(&info.cache_lock.mutex, nullptr);
  state_->content = &content;
}

TskImage::~TskImage() { ::pthread_mutex_destroy(&state_->info.cache_lock.mutex); }

ssize_t TskImage::read(TSK_IMG_INFO* info, TSK_OFF_T offset, char* out, size_t length) {
  State& state = *reinterpret_cast<State*>(info);
  const std::uint64_t size = state.content->size();
  if (offset < 0 || static_cast<std::uint64_t>(offset) >= size) return -1;
  const auto begin = static_cast<std::uint64_t>(offset);
  const std::uint64_t end = begin + std::min<std::uint64_t>(length, size - begin);
  if (copy(*state.content, {begin, end}, out)) return static_cast<ssize_t>(end - begin);
  for (std::uint64_t at = begin; at < end; at += retry_bytes) {
    const ByteRange piece{at, std::min(end, at + retry_bytes)};
    if (copy(*state.content, piece, out + (at - begin))) continue;
    std::memset(out + (at - begin), 0, static_cast<std::size_t>(piece.size()));
    state.lost_bytes += piece.size();
  }
  return static_cast<ssize_t>(end - begin);
}

std::string tsk_failure() {
  const char* const text = tsk_error_get();
  std::string out = text != nullptr ? printable(text) : "no reason given";
  tsk_error_reset();
  constexpr std::size_t most = 300;
  if (out.size() > most) out.resize(floor_char(out, most));
  return out;
}

}  // namespace evtriage::disk
