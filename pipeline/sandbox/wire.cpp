// Messages and fields to bytes and back; what is not exactly right is refused.
// Tested by tests/pipeline/sandbox/wire_test.cpp.
#include "pipeline/sandbox/wire.h"

namespace evtriage::sandbox {
namespace {

char* put(char* at, std::uint64_t value, unsigned bytes) {
  for (unsigned i = 0; i < bytes; ++i) *at++ = static_cast<char>(value >> (8 * i) & 0xff);
  return at;
}

}  // namespace

MessageBytes encode(const Message& message) {
  MessageBytes out;
  char* at = put(out.data(), static_cast<std::uint32_t>(message.kind), 4);
  at = put(at, message.flags, 4);
  at = put(at, message.nonce, 8);
  at = put(at, message.begin, 8);
  put(at, message.end, 8);
  return out;
}

std::optional<Message> decode(std::string_view bytes) {
  if (bytes.size() != message_bytes) return std::nullopt;
  ByteReader in(bytes);
  Message message;
  const std::uint32_t kind = in.u32le();
  message.flags = in.u32le();
  message.nonce = in.u64le();
  message.begin = in.u64le();
  message.end = in.u64le();
  if (kind == 0 || kind > last_kind) return std::nullopt;
  message.kind = static_cast<Kind>(kind);
  return message;
}

void append_varint(std::string& out, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) out += static_cast<char>(value | 0x80);
  out += static_cast<char>(value);
}

void append_signed(std::string& out, std::int64_t value) {
  const auto bits = static_cast<std::uint64_t>(value);
  append_varint(out, bits << 1 ^ (value < 0 ? ~std::uint64_t{0} : 0));
}

void append_chars(std::string& out, std::string_view chars) {
  append_varint(out, chars.size());
  out += chars;
}

std::int64_t read_signed(ByteReader& in) {
  const std::uint64_t bits = in.varint();
  return static_cast<std::int64_t>(bits >> 1 ^ ((bits & 1) != 0 ? ~std::uint64_t{0} : 0));
}

std::string_view read_chars(ByteReader& in, std::uint64_t most) {
  const std::uint64_t length = in.varint();
  return in.chars(length <= most ? length : ~std::uint64_t{0});
}

std::string encode(const Request& request) {
  std::string out;
  for (const std::string_view text : {request.format, request.media_type, request.claimed_type, request.name}) {
    append_chars(out, text.substr(0, identity_bytes));
  }
  return out;
}

std::optional<Request> decode_request(std::string_view bytes) {
  ByteReader in(bytes);
  Request request;
  for (std::string_view* text : {&request.format, &request.media_type, &request.claimed_type, &request.name}) {
    *text = read_chars(in, identity_bytes);
  }
  if (!in.ok() || in.left() != 0) return std::nullopt;
  return request;
}

}  // namespace evtriage::sandbox
