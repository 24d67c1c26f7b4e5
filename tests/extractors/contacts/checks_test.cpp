// Check digits and digests against the published vectors of their standards.
#include "extractors/contacts/checks.h"

#include <gtest/gtest.h>

namespace evtriage::contacts {
namespace {

std::string hex(const Digest& digest) {
  std::string out;
  for (const auto byte : digest) {
    out += "0123456789abcdef"[byte >> 4];
    out += "0123456789abcdef"[byte & 15];
  }
  return out;
}

TEST(Checks, Digests) {  // FIPS 180-4 examples; the Keccak team's vectors for the empty text and the Ethereum wiki's for "abc"
  EXPECT_EQ(hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hex(keccak256("")), "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470");
  EXPECT_EQ(hex(keccak256("abc")), "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45");
}

TEST(Checks, Luhn) {
  for (const auto* good : {"4111111111111111", "5555555555554444", "378282246310005", "490154203237518", "354178036859789", "8922101000000000013"}) {
    EXPECT_TRUE(luhn(good)) << good;
  }
  for (const auto* bad : {"4111111111111112", "490154203237517", "354178036859781", "", "7", "41111111x1111111"}) EXPECT_FALSE(luhn(bad)) << bad;
}

TEST(Checks, Iban) {  // SWIFT's registry examples and php-iban's for the unlisted
  for (const auto* good : {"MR1300020001010000123456753", "TN5910006035183598478831", "LB62099900000001001901229114", "GB29NWBK60161331926819",
                           "FR1420041010050500013M02606", "TD8960003000203710253860174", "GW04GW1430010181800637601", "NE58NE0380100100130305000268"}) {
    EXPECT_TRUE(iban_check(good)) << good;
  }
  for (const auto* bad : {"MR1300020001010000123456754", "TN5910006035183598478832", "FR1420041010050500013M02607", "GB29", ""}) EXPECT_FALSE(iban_check(bad)) << bad;
}

TEST(Checks, ContainersAndShips) {  // python-stdnum's doctests; IMO's own example 9074729
  for (const auto* good : {"CSQU3054383", "TCNU7200794", "GYOU4047990"}) EXPECT_TRUE(container_check(good)) << good;
  for (const auto* bad : {"CSQU3054384", "CSQU3054Z83", "CSQX3054383", "CSQU305438"}) EXPECT_FALSE(container_check(bad)) << bad;
  for (const auto* good : {"9319466", "8814275", "9074729"}) EXPECT_TRUE(imo_check(good)) << good;
  for (const auto* bad : {"8814274", "9319467", "9074720", "907472", "90747290"}) EXPECT_FALSE(imo_check(bad)) << bad;
}

TEST(Checks, National) {
  EXPECT_TRUE(spanish_letter("X2482300W") && spanish_letter("54362315K") && spanish_letter("Y1234567X"));
  EXPECT_FALSE(spanish_letter("X2482300A") || spanish_letter("54362315Z") || spanish_letter("Y1234567Z") || spanish_letter("5436231K"));
  EXPECT_TRUE(nuban_check("058", "0000000018") && nuban_check("011", "0000014579") && nuban_check("058", "0152792740"));
  EXPECT_FALSE(nuban_check("058", "0000000017") || nuban_check("058", "0123456789") || nuban_check("011", "0000014578"));
  EXPECT_TRUE(ghana_tin_check("C0000803561"));
  EXPECT_FALSE(ghana_tin_check("C0000803562"));
  EXPECT_TRUE(kuwait_check("285010100015") && kuwait_check("290031501236") && kuwait_check("305070704561"));
  EXPECT_FALSE(kuwait_check("285010100014") || kuwait_check("290031501230"));
}

TEST(Checks, MachineReadableDigits) {  // ICAO 9303-3 4.9: the examples 520727 and AB2134<<<
  EXPECT_EQ(mrz_digit("520727"), 3);
  EXPECT_EQ(mrz_digit("AB2134<<<"), 5);
  EXPECT_EQ(mrz_digit("ab"), -1);
}

struct Address {
  const char* text;
  const char* chain;
  Checksum checksum;
};

// python-stdnum, BIP 173 and 350, EIP-55, bitcoin's key_io vectors, TRON's documentation, Monero's tests.
constexpr Address kAddresses[] = {
    {"1NEDqZPvTWRaoho48qXuLLsrYomMXPABfD", "btc", Checksum::valid},
    {"1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2", "btc", Checksum::valid},
    {"3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy", "btc", Checksum::valid},
    {"1NEDqZPvTWRaoho48qXuLLsrYomMXPABfX", "btc", Checksum::invalid},
    {"BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", "btc", Checksum::valid},
    {"bc1qardv855yjngspvxuttq897aqca3lxju2y69jce", "btc", Checksum::valid},
    {"bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0", "btc", Checksum::valid},
    {"bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5", "btc", Checksum::invalid},
    {"bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd", "btc", Checksum::invalid},
    {"bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh", "btc", Checksum::invalid},
    {"LM2WMpR1Rp6j3Sa59cMXMs1SPzj9eXpGc1", "ltc", Checksum::valid},
    {"M7zVKQKmtV5Rc7erVGVVC3khZbXxsS5HEX", "ltc", Checksum::valid},
    {"ltc1qw508d6qejxtdg4y5r3zarvary0c5xw7kgmn4n9", "ltc", Checksum::valid},
    {"LM2WMpR1Rp6j3Sa59cMXMs1SPzj9eXpGc2", "ltc", Checksum::invalid},
    {"ltc1qw508d6qejxtdg4y5r3zarvary0c5xw7kgmn4n8", "ltc", Checksum::invalid},
    {"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "eth", Checksum::valid},
    {"0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359", "eth", Checksum::valid},
    {"0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB", "eth", Checksum::valid},
    {"0xFB6916095ca1df60bB79Ce92cE3Ea74c37c5d359", "eth", Checksum::invalid},
    {"0x5aaeb6053F3E94C9b9A09f33669435E7Ef1BeAed", "eth", Checksum::invalid},
    {"0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed", "eth", Checksum::unchecked},
    {"TJCnKsPa7y5okkXvQAidZBzqx3QyQ6sxMW", "tron", Checksum::valid},
    {"TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", "tron", Checksum::valid},
    {"T9yD14Nj9j7xAB4dbGeiX9h8unkKHxuWwb", "tron", Checksum::valid},
    {"TJCnKsPa7y5okkXvQAidZBzqx3QyQ6sxMX", "tron", Checksum::invalid},
    {"46BeWrHpwXmHDpDEUmZBWZfoQpdc6HaERCNmx1pEYL2rAcuwufPN9rXHHtyUA4QVy66qeFQkn6sfK8aHYjA3jk3o1Bv16em", "xmr", Checksum::valid},
    {"4AzKEX4gXdJdNeM6dfiBFL7kqund3HYGvMBF3ttsNd9SfzgYB6L7ep1Yg1osYJzLdaKAYSLVh6e6jKnAuzj3bw1oGy9kXCb", "xmr", Checksum::valid},
    {"888tNkZrPN6JsEgekjMnABU4TBzc2Dt29EPAvkRxbANsAnjyPbb3iQ1YBRk1UXcdRsiKc9dhwMVgN5S9cQUiyoogDavup3H", "xmr", Checksum::valid},
    {"46BeWrHpwXmHDpDEUmZBWZfoQpdc6HaERCNmx1pEYL2rAcuwufPN9rXHHtyUA4QVy66qeFQkn6sfK8aHYjA3jk3o1Bv16en", "xmr", Checksum::invalid}};

TEST(Checks, CryptoAddresses) {
  for (const auto& address : kAddresses) {
    const auto check = check_crypto(address.text);
    EXPECT_EQ(check.chain, address.chain) << address.text;
    EXPECT_EQ(check.checksum, address.checksum) << address.text;
  }
  for (const auto* none : {"2UVPFpGYnLHJezFzjUo42our6PMEoozzRdM", "AZEah8d1EK362okRBS66e8SvdtYkrE8tsX", "LhK2kQwiaAvhjWY799cZvMyYwnQAcxkarx0", "",
                           "6BeWrHpwXmHDpDEUmZBWZfoQpdc6HaERCNmx1pEYL2rAcuwufPN9rXHHtyUA4QVy66qeFQkn6sfK8aHYjA3jk3o1Bv16em"}) {
    EXPECT_NE(check_crypto(none).checksum, Checksum::valid) << none;
  }
}

}  // namespace
}  // namespace evtriage::contacts
