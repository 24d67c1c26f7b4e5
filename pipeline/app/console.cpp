// Talking to the person in front of the terminal, and reading the clock for the custody log: the only file
// that does either.  What evidence or a path holds must not steer the terminal.
// Tested by tests/whole/cli_test.py.
#include <chrono>
#include <cstdio>
#include <iostream>
#include <iterator>

#include "pipeline/app/commands.h"
#include "pipeline/core/text.h"
#include "pipeline/core/time.h"

namespace evtriage {
namespace {

class SystemClock final : public Clock {
 public:
  std::int64_t now_ns() const override {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
  }
};

std::string harmless(const std::string& text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : printable(text)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 || c == '\n' || c == '\t') {
      if (byte != 0x7f) out += c;
      continue;
    }
    out += "\\x";
    out += digits[byte >> 4];
    out += digits[byte & 15];
  }
  return out;
}

}  // namespace

int complain(int code, const std::string& what) {
  std::fprintf(stderr, "evtriage: %s\n", harmless(what).c_str());
  return code;
}

void say(const std::string& line) { std::printf("%s\n", harmless(line).c_str()); }

std::string standard_input() { return {std::istreambuf_iterator<char>(std::cin), {}}; }

Result<std::unique_ptr<Clock>> make_clock(const Typed& typed) {
  if (typed.fixed_clock.empty()) return std::unique_ptr<Clock>(std::make_unique<SystemClock>());
  const Result<std::int64_t> ns = parse_rfc3339(typed.fixed_clock);
  if (!ns) return Error{Code::unsupported, "--fixed-clock: " + ns.error().detail};
  return std::unique_ptr<Clock>(std::make_unique<FixedClock>(*ns));
}

}  // namespace evtriage
