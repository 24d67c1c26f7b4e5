// zlib in one place, in windows, so that no size that a file declares is ever believed.
// Tested by tests/extractors/ole/parts_test.cpp.
#include "extractors/ole/inflate.h"

#include <zlib.h>

#include <algorithm>
#include <array>

namespace evtriage::ole {

bool inflate_zlib(std::string_view packed, Spool& to) {
  z_stream stream{};
  if (inflateInit(&stream) != Z_OK) return false;
  std::array<std::byte, 64 << 10> window;
  std::string input;
  int status = Z_OK;
  bool taken = true;
  while (status == Z_OK && taken) {
    if (stream.avail_in == 0) {
      if (packed.empty()) break;
      input = packed.substr(0, 1 << 20);
      packed.remove_prefix(input.size());
      stream.next_in = reinterpret_cast<Bytef*>(input.data());
      stream.avail_in = static_cast<uInt>(input.size());
    }
    stream.next_out = reinterpret_cast<Bytef*>(window.data());
    stream.avail_out = static_cast<uInt>(window.size());
    status = inflate(&stream, Z_NO_FLUSH);
    const std::size_t made = window.size() - stream.avail_out;
    if (made != 0) taken = to.append(ByteView(window).first(made));
  }
  inflateEnd(&stream);
  return taken && status == Z_STREAM_END;
}

}  // namespace evtriage::ole
