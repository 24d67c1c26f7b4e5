// Quoted-printable and base64, one step at a time, so that each decoded byte knows where it came from.
// Broken input is passed over and told, never refused: half a message is better than none.
// Tested by tests/extractors/transfer_test.cpp.
#include "extractors/transfer.h"

#include <algorithm>

namespace evtriage {
namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char low = static_cast<char>(c | 0x20);
  return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

int base64_value(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

void quoted_printable(std::string_view in, std::uint64_t base, Transferred& out) {
  for (std::size_t at = 0; at < in.size();) {
    if (in[at] != '=') {
      const std::size_t end = std::min(in.find('=', at), in.size());
      out.bytes += in.substr(at, end - at);
      out.map.append(end - at, {base + at, base + end});
      at = end;
      continue;
    }
    const std::size_t left = in.size() - at;
    if (left >= 2 && in[at + 1] == '\n') {
      at += 2;
    } else if (left >= 3 && in[at + 1] == '\r' && in[at + 2] == '\n') {
      at += 3;
    } else if (left >= 3 && hex_value(in[at + 1]) >= 0 && hex_value(in[at + 2]) >= 0) {
      out.bytes += static_cast<char>(hex_value(in[at + 1]) * 16 + hex_value(in[at + 2]));
      out.map.append(1, {base + at, base + at + 3}, 1, 3);
      at += 3;
    } else {
      out.broken |= left > 1;
      out.bytes += '=';
      out.map.append(1, {base + at, base + at + 1});
      ++at;
    }
  }
}

void base64(std::string_view in, std::uint64_t base, Transferred& out) {
  unsigned value = 0, count = 0;
  std::size_t begin = 0;
  const auto flush = [&](std::size_t end) {
    for (unsigned i = 0; i + 1 < count; ++i) out.bytes += static_cast<char>(value >> (16 - 8 * i) & 0xff);
    const bool whole = count == 4 && end - begin == 4;
    if (count > 1) out.map.append(count - 1, {base + begin, base + end}, whole ? 3 : 0, whole ? 4 : 0);
    value = count = 0;
  };
  for (std::size_t at = 0; at < in.size(); ++at) {
    const int digit = base64_value(in[at]);
    if (digit < 0) {
      if (in[at] == '=') flush(at);
      else out.broken |= in[at] != '\r' && in[at] != '\n' && in[at] != ' ' && in[at] != '\t';
      continue;
    }
    if (count == 0) begin = at;
    value |= static_cast<unsigned>(digit) << (18 - 6 * count);
    if (++count == 4) flush(at + 1);
  }
  out.broken |= count == 1;
  flush(in.size());
}

}  // namespace

Transferred decode_transfer(std::string_view encoded, Transfer transfer, std::uint64_t source_begin) {
  Transferred out;
  switch (transfer) {
    case Transfer::quoted_printable: quoted_printable(encoded, source_begin, out); break;
    case Transfer::base64: base64(encoded, source_begin, out); break;
    case Transfer::identity:
      out.bytes = encoded;
      out.map = OffsetMap::identity(encoded.size(), source_begin);
  }
  return out;
}

}  // namespace evtriage
