// zstd with lent contexts.  The level is the best one that costs at most 1.6 ms for 1 MB of natural text;
// the measurement stands in README.md of this folder.
// Tested by tests/pipeline/store/compress_test.cpp.
#include "pipeline/store/compress.h"

#include <zstd.h>

namespace evtriage {
namespace {

constexpr int level = -1;

}  // namespace

Compressor::~Compressor() {
  for (auto& slot : idle_) ZSTD_freeCCtx(slot.load());
}

ZSTD_CCtx* Compressor::take() {
  for (auto& slot : idle_) {
    if (slot.load(std::memory_order_relaxed) == nullptr) continue;
    if (ZSTD_CCtx* context = slot.exchange(nullptr, std::memory_order_acquire)) return context;
  }
  return ZSTD_createCCtx();
}

void Compressor::give(ZSTD_CCtx* context) {
  for (auto& slot : idle_) {
    ZSTD_CCtx* empty = nullptr;
    if (slot.compare_exchange_strong(empty, context, std::memory_order_release)) return;
  }
  ZSTD_freeCCtx(context);
}

void Compressor::append(std::string& out, std::string_view text) {
  ZSTD_CCtx* context = take();
  const std::size_t at = out.size();
  const std::size_t room = ZSTD_compressBound(text.size());
  out.resize(at + room);
  const std::size_t size = ZSTD_compressCCtx(context, out.data() + at, room, text.data(), text.size(), level);
  out.resize(at + (ZSTD_isError(size) != 0 ? 0 : size));
  give(context);
}

Result<std::string> decompress(std::string_view zstd, std::uint64_t text_bytes) {
  const auto told = ZSTD_getFrameContentSize(zstd.data(), zstd.size());
  if (told != text_bytes || text_bytes > (1ull << 32)) {
    return Error{Code::corrupt, "a kept text does not have the size that its row tells"};
  }
  std::string text(text_bytes, '\0');
  const std::size_t size = ZSTD_decompress(text.data(), text.size(), zstd.data(), zstd.size());
  if (ZSTD_isError(size) != 0 || size != text_bytes) {
    return Error{Code::corrupt, "a kept text cannot be decompressed"};
  }
  return text;
}

}  // namespace evtriage
