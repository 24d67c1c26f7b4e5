// Address: the contract's own example, parse(print(a)) == a over random addresses, and refusals.
#include "pipeline/core/address.h"

#include <gtest/gtest.h>

#include <random>

namespace evtriage {
namespace {

TEST(Address, PrintsTheContractsExample) {
  const Address address = Address::exhibit("EX1")
                              .child({StepKind::part, 2, 1048576, ""})
                              .child({StepKind::file, 5123, {}, "Users/ana/chat.zip"})
                              .child({StepKind::member, 3, {}, "_chat.txt"})
                              .child({StepKind::text, 0, {}, "utf16le"});
  EXPECT_EQ(address.print({1043, 1055}),
            "exhibit:EX1/part:2@1048576/file:5123\"Users/ana/chat.zip\"/member:3\"_chat.txt\"/text:utf16le+1043..1055");
  EXPECT_EQ(address.depth(), 4u);
  EXPECT_EQ(address.parent()->step().name, "_chat.txt");
}

TEST(Address, EscapesEveryByteOutsidePrintableAscii) {
  const Address address = Address::exhibit("EX1").child({StepKind::file, 1, {}, std::string("a\"\\\n\xC3\xA9\x00", 7)});
  EXPECT_EQ(address.print(), "exhibit:EX1/file:1\"a\\x22\\x5C\\x0A\\xC3\\xA9\\x00\"");
}

Address random_address(std::mt19937& random) {
  Address address = Address::exhibit("EX" + std::to_string(random() % 9));
  const unsigned depth = static_cast<unsigned>(random() % 5);
  for (unsigned i = 0; i < depth; ++i) {
    Step step;
    step.kind = static_cast<StepKind>(1 + random() % 6);
    step.number = random() % 3 == 0 ? ~std::uint64_t{0} : random() % 1000;
    if (step.kind == StepKind::part) step.offset = random();
    for (auto n = random() % 12; n > 0; --n) step.name += static_cast<char>(random() % 256);
    address = address.child(step);
  }
  return address;
}

TEST(Address, ParseIsTheInverseOfPrint) {
  std::mt19937 random(1);
  for (int i = 0; i < 3000; ++i) {
    const Address address = random_address(random);
    const ByteRange range{random() % 100, 100 + random() % 100};
    const auto parsed = parse_address(address.print(range));
    ASSERT_TRUE(parsed) << address.print(range) << ": " << parsed.error().detail;
    EXPECT_EQ(parsed->address.print(), address.print());
    EXPECT_EQ(*parsed->range, range);
    EXPECT_EQ(parsed->address.step(), address.step());
  }
}

TEST(Address, RefusesWhatIsNoAddress) {
  for (const char* text :
       {"", "EX1", "exhibit:", "exhibit:a b", "exhibit:E/", "exhibit:E/file", "exhibit:E/file:", "exhibit:E/file:x",
        "exhibit:E/file:01", "exhibit:E/file:1\"", "exhibit:E/file:1\"\"", "exhibit:E/file:1\"\\x4\"",
        "exhibit:E/file:1\"\\x4a\"", "exhibit:E/file:1\"\n\"", "exhibit:E/file:1+5..4", "exhibit:E/file:1+5",
        "exhibit:E/file:18446744073709551616", "exhibit:E/door:1", "exhibit:E/file:1 "}) {
    EXPECT_FALSE(parse_address(text)) << text;
  }
}

}  // namespace
}  // namespace evtriage
