// Tested by tests/rules/engines_test.cpp, through both engines: a group that is not in the window has no span there,
// so what the sketch refuses cannot hold.
#include "rules/sketch.h"

namespace evtriage {

void Sketch::begin(std::size_t text_bytes, std::uint32_t groups) {
  row_ = groups / 64 + 1;
  blocks_.assign((text_bytes / kBlockBytes + 1) * row_, 0);
}

void Sketch::window(std::uint32_t from, std::uint32_t to, Window& out) const {
  out.assign(row_, 0);
  for (std::size_t block = from / kBlockBytes; block <= (to - 1) / kBlockBytes; ++block)
    for (std::size_t i = 0; i < row_; ++i) out[i] |= blocks_[block * row_ + i];
}

}  // namespace evtriage
