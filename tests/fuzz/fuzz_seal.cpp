// link: evtriage_custody evtriage_core
// The strict readers of seal and custody log: what they take must come back byte for byte.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "pipeline/custody/event_line.h"
#include "pipeline/custody/seal_text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace evtriage;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (auto seal = parse_seal(text); seal && seal_text(*seal) != text) std::abort();
  if (auto value = read_canonical(text); value && write_canonical(*value) != text) std::abort();
  (void)check_event_line(text, 1, first_prev);
  return 0;
}
