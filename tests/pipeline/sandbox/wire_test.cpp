// Messages and requests: round trips, every truncation, every flipped bit.
#include <gtest/gtest.h>

#include "pipeline/sandbox/wire.h"

namespace evtriage::sandbox {
namespace {

TEST(Wire, MessagesRoundTrip) {
  for (std::uint32_t kind = 1; kind <= last_kind; ++kind) {
    const Message message{static_cast<Kind>(kind), 0x01020304, 0x1122334455667788, 0, ~std::uint64_t{0}};
    const MessageBytes bytes = encode(message);
    const auto back = decode({bytes.data(), bytes.size()});
    ASSERT_TRUE(back);
    EXPECT_EQ(*back, message);
  }
}

TEST(Wire, OtherSizesAndKindsAreNoMessages) {
  const MessageBytes bytes = encode(Message{Kind::done, 0, 7, 0, 0});
  const std::string longer = std::string(bytes.data(), bytes.size()) + "x";
  for (std::size_t size = 0; size <= longer.size(); ++size) {
    EXPECT_EQ(decode(std::string_view(longer).substr(0, size)).has_value(), size == message_bytes);
  }
  for (const std::uint32_t kind : {0u, last_kind + 1, ~0u}) {
    const MessageBytes wrong = encode(Message{static_cast<Kind>(kind), 0, 7, 0, 0});
    EXPECT_FALSE(decode({wrong.data(), wrong.size()}));
  }
}

TEST(Wire, SignedNumbers) {
  for (const std::int64_t value : {std::int64_t{0}, std::int64_t{-1}, std::int64_t{63}, std::int64_t{-64}, INT64_MAX, INT64_MIN}) {
    std::string bytes;
    append_signed(bytes, value);
    ByteReader in(bytes);
    EXPECT_EQ(read_signed(in), value);
    EXPECT_TRUE(in.ok() && in.left() == 0);
  }
}

TEST(Wire, RequestsRoundTripAndNothingElse) {
  const std::string name = "na\0me\xff";
  const std::string bytes = encode(Request{"pdf", "application/pdf", "", name});
  const auto back = decode_request(bytes);
  ASSERT_TRUE(back);
  EXPECT_EQ(back->format, "pdf");
  EXPECT_EQ(back->media_type, "application/pdf");
  EXPECT_EQ(back->name, name);
  for (std::size_t size = 0; size < bytes.size(); ++size) EXPECT_FALSE(decode_request(bytes.substr(0, size)));
  EXPECT_FALSE(decode_request(bytes + "x"));
}

TEST(Wire, LongIdentitiesFitTheirArea) {
  const std::string longest(1 << 20, 'n');
  const std::string bytes = encode(Request{longest, longest, longest, longest});
  EXPECT_LE(bytes.size(), request_area);
}

}  // namespace
}  // namespace evtriage::sandbox
