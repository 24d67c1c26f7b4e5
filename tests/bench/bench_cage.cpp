// link: evtriage_sandbox evtriage_core
// What the cage costs: an extractor that does nothing, in process, in a worker without locks, in the full cage; small
// items, large items, and bytes that come back through a spool.  The build of tests/pipeline/sandbox makes the workers:
//   EVTRIAGE_TEST_WORKERS=build/release/tests/pipeline/sandbox/workers build/bench/tests/bench/bench_cage
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "pipeline/sandbox/sandbox.h"

namespace {

using namespace evtriage;

class Counting final : public Emit {
 public:
  void text(TextSegment) override {}
  void child(Child, ContentPtr content) override { child_bytes += content ? content->size() : 0; }
  std::unique_ptr<Spool> spool() override { return std::make_unique<Sink>(); }
  void property(std::string, std::string) override {}
  void message(MessageRecord) override {}
  void issue(Issue) override { ++issues; }
  void encrypted() override {}
  bool stop_requested() const override { return false; }
  std::uint64_t child_bytes = 0, issues = 0;

 private:
  struct Zeros final : Content {
    explicit Zeros(std::uint64_t n) : size_(n) {}
    std::uint64_t size() const override { return size_; }
    Result<Blob> read(ByteRange) const override { return Blob(); }
    std::uint64_t size_;
  };
  struct Sink final : Spool {
    bool append(ByteView bytes) override {
      size += bytes.size();
      return true;
    }
    ContentPtr take() override { return std::make_shared<Zeros>(size); }
    std::uint64_t size = 0;
  };
};

class Nothing final : public Extractor {
 public:
  std::string_view name() const override { return "nothing"; }
  std::uint32_t version() const override { return 1; }
  bool accepts(const Identity&) const override { return true; }
  void extract(const Content& content, const Identity&, Emit&) const override {
    benchmark::DoNotOptimize(content.read({0, content.size()}));
  }
};

enum Place : int { in_process, no_locks, full };

std::unique_ptr<const Extractor> extractor(const std::string& name, int place, std::unique_ptr<Cage>& cage) {
  if (place == in_process) return std::make_unique<Nothing>();
  const char* const folder = std::getenv("EVTRIAGE_TEST_WORKERS");
  const std::vector<CagedFormat> formats = {{name, 1, "plain", nullptr}};
  auto started = Cage::start({.worker_folder = folder == nullptr ? "." : folder, .confine = place == full}, formats);
  if (!started) return nullptr;
  cage = *std::move(started);
  return cage->extractor(formats[0]);
}

void run(benchmark::State& state, const std::string& name, std::uint64_t spooled) {
  std::unique_ptr<Cage> cage;
  const auto chosen = extractor(name, static_cast<int>(state.range(0)), cage);
  if (!chosen) return state.SkipWithError("no workers: set EVTRIAGE_TEST_WORKERS");
  const auto content = resident(std::string(static_cast<std::size_t>(state.range(1)), 'x'));
  Counting emit;
  for (auto round : state) {
    (void)round;
    chosen->extract(*content, {"x/test", "", "name"}, emit);
  }
  const auto rounds = static_cast<std::uint64_t>(state.iterations());
  if (emit.issues != 0 || emit.child_bytes != rounds * spooled) state.SkipWithError("wrong answer");
  state.SetBytesProcessed(static_cast<std::int64_t>(rounds) * state.range(1));
}

void nothing(benchmark::State& state) { run(state, "nothing", 0); }
void reads_all(benchmark::State& state) { run(state, "whole", 0); }
void spooled(benchmark::State& state) { run(state, "spooled", static_cast<std::uint64_t>(state.range(1))); }

BENCHMARK(nothing)->ArgNames({"place", "bytes"})->ArgsProduct({{in_process, no_locks, full}, {1000, 10'000'000}})->UseRealTime();
BENCHMARK(reads_all)->ArgNames({"place", "bytes"})->ArgsProduct({{no_locks, full}, {10'000'000, 64'000'000}})->UseRealTime();
BENCHMARK(spooled)->ArgNames({"place", "bytes"})->ArgsProduct({{no_locks, full}, {64'000'000}})->UseRealTime();

void start_of_the_cage(benchmark::State& state) {
  for (auto round : state) {
    (void)round;
    std::unique_ptr<Cage> cage;
    if (!extractor("nothing", static_cast<int>(state.range(0)), cage)) return state.SkipWithError("no workers");
  }
}
BENCHMARK(start_of_the_cage)->ArgNames({"place"})->Arg(no_locks)->Arg(full)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace

BENCHMARK_MAIN();
