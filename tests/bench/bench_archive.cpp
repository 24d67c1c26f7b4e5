// link: evtriage_archive evtriage_core
// Unpacking of a zip against `bsdtar -xO`: both in the same run, over the file that EVTRIAGE_BENCH_ZIP names (200 MB of
// mixed files: documents, random bytes, tables).  The number of bytes is asserted for ours.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include "extractors/archive/archive.h"

namespace {

class CountingSpool final : public evtriage::Spool {
 public:
  explicit CountingSpool(std::uint64_t& total) : total_(total) {}
  bool append(evtriage::ByteView bytes) override {
    total_ += bytes.size();
    return true;
  }
  evtriage::ContentPtr take() override { return evtriage::resident(std::string()); }

 private:
  std::uint64_t& total_;
};

class Count final : public evtriage::Emit {
 public:
  void text(evtriage::TextSegment) override {}
  void child(evtriage::Child, evtriage::ContentPtr content) override { bytes += content ? content->size() : 0; }
  std::unique_ptr<evtriage::Spool> spool() override { return std::make_unique<CountingSpool>(bytes); }
  void property(std::string, std::string) override {}
  void message(evtriage::MessageRecord) override {}
  void issue(evtriage::Issue) override { ++issues; }
  void encrypted() override {}
  bool stop_requested() const override { return false; }
  std::uint64_t bytes = 0, issues = 0;
};

const char* zip_path() { return std::getenv("EVTRIAGE_BENCH_ZIP"); }

void ours(benchmark::State& state) {
  if (zip_path() == nullptr) return state.SkipWithError("EVTRIAGE_BENCH_ZIP is not set");
  std::ifstream in(zip_path(), std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  const evtriage::Resident content(evtriage::Blob::own(bytes.str()));
  std::uint64_t total = 0;
  for (auto round : state) {
    (void)round;
    Count count;
    extract_archive(content, {"", "", "bench.zip"}, {}, count);
    if (count.issues != 0 || count.bytes == 0) state.SkipWithError("not all was unpacked");
    total += count.bytes;
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(total));
}
BENCHMARK(ours)->UseRealTime();

void bsdtar(benchmark::State& state) {
  if (zip_path() == nullptr) return state.SkipWithError("EVTRIAGE_BENCH_ZIP is not set");
  const std::string command = "bsdtar -xOf '" + std::string(zip_path()) + "' > /dev/null";
  for (auto round : state) {
    (void)round;
    if (std::system(command.c_str()) != 0) state.SkipWithError("bsdtar failed");
  }
}
BENCHMARK(bsdtar)->UseRealTime();

}  // namespace

BENCHMARK_MAIN();
