// Progress: a thread that sleeps and prints.  The rate is measured from the start, so that the time left
// does not jump; times come from the steady clock, so that a changed wall clock means nothing.
// Tested by tests/pipeline/app/progress_test.cpp.
#include "pipeline/app/progress.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>

#include "pipeline/core/json.h"

namespace evtriage {
namespace {

double steady_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

std::string fixed1(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", value);
  return text;
}

std::uint64_t percent(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 100 : std::min<std::uint64_t>(100, part / ((whole + 99) / 100));
}

}  // namespace

std::string human_bytes(std::uint64_t bytes) {
  constexpr const char* units[] = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
  double value = static_cast<double>(bytes);
  std::size_t unit = 0;
  for (; value >= 1000 && unit < 6; ++unit) value /= 1000;
  return (unit == 0 || value >= 100 ? std::to_string(static_cast<std::uint64_t>(value)) : fixed1(value)) + " " + units[unit];
}

std::string human_seconds(double seconds) {
  const auto total = static_cast<std::uint64_t>(std::max(0.0, seconds) + 0.5);
  if (total < 60) return std::to_string(total) + " s";
  const std::uint64_t minutes = total / 60;
  if (minutes < 60) return std::to_string(minutes) + " min";
  const std::string rest = std::to_string(minutes % 60);
  return std::to_string(minutes / 60) + " h " + (rest.size() < 2 ? "0" : "") + rest + " min";
}

std::string progress_line(const ProgressState& now, const ProgressTotals& totals, bool json) {
  const double rate = now.seconds > 0 ? static_cast<double>(now.bytes) / now.seconds : 0;
  const double left = rate > 0 ? static_cast<double>(totals.bytes - std::min(now.bytes, totals.bytes)) / rate : 0;
  if (json) {
    std::string out;
    JsonWriter(out).begin_object()
        .key("bytes").value(now.bytes).key("bytes_total").value(totals.bytes)
        .key("entries").value(now.entries).key("entries_total").value(totals.entries)
        .key("findings").value(now.findings).key("hits").value(now.hits).key("issues").value(now.issues)
        .key("milliseconds").value(static_cast<std::uint64_t>(now.seconds * 1000)).end_object();
    return out;
  }
  return std::to_string(percent(now.bytes, totals.bytes)) + " %  " + human_bytes(now.bytes) + " of " +
         human_bytes(totals.bytes) + "  " + std::to_string(now.entries) + " of " + std::to_string(totals.entries) +
         " items  " + human_bytes(static_cast<std::uint64_t>(rate)) + "/s  " + human_seconds(left) + " left  " +
         std::to_string(now.findings) + " findings, " + std::to_string(now.hits) + " hits, " +
         std::to_string(now.issues) + " issues";
}

Progress::Progress(ProgressStyle style, const Tally& tally, ProgressTotals totals)
    : json_(style == ProgressStyle::json),
      terminal_(style == ProgressStyle::automatic && isatty(STDERR_FILENO) == 1),
      tally_(tally),
      totals_(totals),
      started_(steady_seconds()) {
  if (style != ProgressStyle::none) thread_ = std::thread([this] { loop(); });
}

Progress::~Progress() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    done_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void Progress::loop() {
  const auto pause = terminal_ ? std::chrono::milliseconds(250) : json_ ? std::chrono::seconds(1) : std::chrono::seconds(10);
  std::unique_lock lock(mutex_);
  while (!wake_.wait_for(lock, pause, [this] { return done_; })) show(false);
  show(true);
}

void Progress::show(bool last) {
  const ProgressState now{tally_.entries, tally_.bytes,  tally_.hits, tally_.findings,
                          tally_.issues,  steady_seconds() - started_};
  const std::string line = progress_line(now, totals_, json_);
  if (terminal_) {
    std::fprintf(stderr, "\r\x1b[K%s%s", line.c_str(), last ? "\n" : "");
  } else if (!last || json_ || now.seconds > 10) {
    std::fprintf(stderr, "%s\n", line.c_str());
  }
  std::fflush(stderr);
}

}  // namespace evtriage
