// Check digits and checksums of identifiers, each by its standard.
//
// Inputs are ASCII without blanks; what does not fit the shape is false, never an error.
// Tested by tests/extractors/contacts/checks_test.cpp with published vectors.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace evtriage::contacts {

bool luhn(std::string_view digits);           // ISO/IEC 7812-1 annex B: cards, IMEI, ICCID
bool iban_check(std::string_view iban);       // ISO 13616: mod 97 of the rearranged number is 1; capitals and digits
bool container_check(std::string_view code);  // ISO 6346: three letters, U J or Z, seven digits
bool imo_check(std::string_view digits);      // IMO ship identification number, seven digits
bool spanish_letter(std::string_view id);     // DNI and NIE: eight digits (X, Y, Z for 0, 1, 2) and a letter, mod 23
int mrz_digit(std::string_view field);        // ICAO 9303-3 4.9: weights 7 3 1; -1 if a character is not of the zone
bool nuban_check(std::string_view bank, std::string_view number);  // CBN: three digits and ten
bool ghana_tin_check(std::string_view tin);   // letter, nine digits, check digit (mod 11, 10 is X)
bool kuwait_check(std::string_view digits);   // civil number of twelve digits

// Crypto-asset addresses.  valid: its checksum holds.  unchecked: the form carries none (Ethereum in one case).
enum class Checksum : std::uint8_t { none, valid, unchecked, invalid };
struct CryptoCheck {
  std::string_view chain;  // btc, ltc, tron, eth, xmr; empty: no form of any
  Checksum checksum = Checksum::none;
};
CryptoCheck check_crypto(std::string_view address);

using Digest = std::array<std::uint8_t, 32>;
Digest keccak256(std::string_view bytes);  // as Ethereum and Monero use it: the padding of before FIPS 202
Digest sha256(std::string_view bytes);

}  // namespace evtriage::contacts
