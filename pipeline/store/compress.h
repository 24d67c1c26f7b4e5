// zstd for kept texts.  Contexts are costly to make, so that they are kept and lent.
// Tested by tests/pipeline/store/compress_test.cpp.
#pragma once
#include <array>
#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>

#include "pipeline/core/result.h"

struct ZSTD_CCtx_s;

namespace evtriage {

class Compressor {  // any thread; nothing is locked: a context is taken by exchanging a slot with null
 public:
  Compressor() = default;
  ~Compressor();
  Compressor(const Compressor&) = delete;
  Compressor& operator=(const Compressor&) = delete;
  // Appends one zstd frame that tells its content size.
  void append(std::string& out, std::string_view text);

 private:
  ZSTD_CCtx_s* take();
  void give(ZSTD_CCtx_s* context);
  std::array<std::atomic<ZSTD_CCtx_s*>, 64> idle_{};
};

// The inverse.  `text_bytes` is the size that is expected; another size is an Error (corrupt).
Result<std::string> decompress(std::string_view zstd, std::uint64_t text_bytes);

}  // namespace evtriage
