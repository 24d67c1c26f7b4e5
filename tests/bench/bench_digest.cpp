// link: evtriage_engine evtriage_core
// The three digests of one stream, interleaved and by OpenSSL one after the other, in the same run.
// The answer is asserted: both must give the same SHA-256.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <string>

#include "pipeline/engine/digest.h"

namespace {

constexpr std::size_t kChunk = 256u << 10, kChunks = 64;

evtriage::Digests digest(evtriage::Hasher& hasher, const std::string& chunk) {
  hasher.start();
  for (std::size_t i = 0; i < kChunks; ++i) hasher.update(evtriage::as_bytes(chunk));
  return hasher.finish();
}

void run(benchmark::State& state, evtriage::StitchedKernel kernel) {
  const std::string chunk(kChunk, 'e');
  const auto reference = evtriage::Hasher::make({}, nullptr), measured = evtriage::Hasher::make({}, kernel);
  if (!reference || !measured || digest(**reference, chunk).sha256 != digest(**measured, chunk).sha256) std::abort();
  for (auto _ : state) benchmark::DoNotOptimize(digest(**measured, chunk));
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * kChunk * kChunks));
}

BENCHMARK_CAPTURE(run, openssl_in_sequence, nullptr);
BENCHMARK_CAPTURE(run, interleaved, evtriage::stitched_kernel());

}  // namespace

BENCHMARK_MAIN();
