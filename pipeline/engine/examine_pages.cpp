// Large items: one lane reads and hashes in order, pages are scanned wherever the runner likes, results
// are absorbed in page order.  Held at a time: the runner's pages in flight, with their margins.
// Tested by tests/pipeline/engine/examine_test.cpp.
#include <cstring>

#include "pipeline/engine/examine_item.h"

namespace evtriage {
namespace {

void scan_page(const PageScan& scan, const Page& page, Collector& out) {
  if (all_zero(page.bytes.view())) return;
  out.speaker(scan.extractor->name());
  guarded(out, scan.extractor->name(), [&] { scan.extractor->extract(page, scan.plan, out); });
}

// Tasks point into the lane's stack: whatever happens there, it outlives them.
class WaitAtEnd {
 public:
  explicit WaitAtEnd(PageRunner& runner) : runner_(runner) {}
  ~WaitAtEnd() { runner_.wait(); }
  WaitAtEnd(const WaitAtEnd&) = delete;
  WaitAtEnd& operator=(const WaitAtEnd&) = delete;

 private:
  PageRunner& runner_;
};

}  // namespace

bool all_zero(ByteView bytes) {
  return bytes.empty() || (bytes[0] == std::byte{0} && std::memcmp(bytes.data(), bytes.data() + 1, bytes.size() - 1) == 0);
}

bool scan_pages(const PageScan& scan, ReadLog& log, const std::function<void(ByteView)>& on_chunk) {
  PageRunner& runner = scan.unit.pages();
  std::vector<std::unique_ptr<std::optional<Collector>>> in_flight;  // in page order
  const WaitAtEnd wait_at_end(runner);
  const auto settle = [&] {
    runner.wait();
    for (const auto& page : in_flight) {
      if (*page) scan.out.absorb(*std::move(*page));
    }
    in_flight.clear();
  };
  PageReader reader(scan.content, scan.unit.limits(),
                    scan.extractor != nullptr ? page_units(scan.plan) : PageUnits::bytes, log, on_chunk);
  while (auto page = reader.next()) {
    if (scan.unit.stopped()) break;
    if (scan.extractor == nullptr) continue;
    if (in_flight.size() >= runner.pages_in_flight()) settle();
    in_flight.push_back(std::make_unique<std::optional<Collector>>());
    runner.submit([&scan, result = in_flight.back().get(), page = *std::move(page)](Worker& worker) {
      result->emplace(scan.unit.context(), worker, nullptr);
      scan_page(scan, page, **result);
    });
  }
  settle();
  return !scan.unit.stopped();
}

}  // namespace evtriage
