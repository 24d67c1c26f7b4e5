// link: evtriage_phone evtriage_extractors evtriage_core
// A database of messages as text: compare with `sqlite3 FILE .dump >/dev/null` on the same file.
//   EVTRIAGE_BENCH_DB=msgstore.db build/bench/tests/bench/bench_phone
#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <string>

#include "extractors/phone/phone.h"
#include "tests/fuzz/null_emit.h"

namespace {

using namespace evtriage;

class File final : public Content {
 public:
  explicit File(const char* path) : descriptor_(::open(path, O_RDONLY | O_CLOEXEC)), size_(static_cast<std::uint64_t>(::lseek(descriptor_, 0, SEEK_END))) {}
  ~File() override { ::close(descriptor_); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  std::uint64_t size() const override { return size_; }
  Result<Blob> read(ByteRange range) const override {
    std::string bytes(range.size(), '\0');
    if (range.end > size_ || ::pread(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(range.begin)) != static_cast<ssize_t>(bytes.size())) {
      return Error{Code::io_read, "cannot be read"};
    }
    return Blob::own(std::move(bytes));
  }

 private:
  int descriptor_;
  std::uint64_t size_;
};

void database(benchmark::State& state) {
  const char* const path = std::getenv("EVTRIAGE_BENCH_DB");
  if (path == nullptr) return state.SkipWithError("EVTRIAGE_BENCH_DB names no database");
  const File file(path);
  for (auto _ : state) {
    NullEmit emit;
    extract_sqlite(file, {"application/vnd.sqlite3", "", "msgstore.db"}, {}, emit);
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(file.size()) * state.iterations());
}
BENCHMARK(database)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
