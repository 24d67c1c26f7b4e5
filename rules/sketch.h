// Which groups have a hit where, roughly: one set of groups for every 256 bytes of a text.  A window of it answers
// whether a condition can hold there at all, before any span is compared.
// Tested by tests/rules/engines_test.cpp, through both engines.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace evtriage {

class Sketch {
 public:
  static constexpr std::uint32_t kBlockBytes = 256;
  using Window = std::vector<std::uint64_t>;  // a bit for each group

  void begin(std::size_t text_bytes, std::uint32_t groups);
  void add(std::uint32_t group, std::uint32_t begin) {
    blocks_[begin / kBlockBytes * row_ + group / 64] |= std::uint64_t{1} << (group % 64);
  }
  // All groups of which a span begins in the blocks of [from, to).  from < to <= text_bytes.
  void window(std::uint32_t from, std::uint32_t to, Window& out) const;
  static bool has(const Window& window, std::uint32_t group) { return (window[group / 64] >> (group % 64) & 1) != 0; }

 private:
  std::size_t row_ = 0;                       // words of a block
  std::vector<std::uint64_t> blocks_;
};

}  // namespace evtriage
