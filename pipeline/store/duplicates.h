// Which item had the same SHA-256 first: 8 bytes of memory for an item, answers confirmed by the caller.
// Tested by tests/pipeline/store/duplicates_test.cpp.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace evtriage {

using Sha256Bytes = std::array<std::byte, 32>;

class FirstSeen {
 public:
  explicit FirstSeen(std::uint64_t expected);
  // The id that was given with the same digest before, or 0, and then `id` is remembered.  Only 32 bits of a
  // digest are kept: `same(id)` must say whether the item with that id really has this digest.
  std::uint64_t first(const Sha256Bytes& digest, std::uint32_t id, const std::function<bool(std::uint32_t)>& same);

 private:
  struct Slot {
    std::uint32_t print = 0, id = 0;  // id 0: empty
  };
  std::size_t home(std::uint32_t print) const {
    return static_cast<std::size_t>((std::uint64_t{print} * slots_.size()) >> 32);
  }
  void grow();
  std::vector<Slot> slots_;
  std::size_t used_ = 0;
};

}  // namespace evtriage
