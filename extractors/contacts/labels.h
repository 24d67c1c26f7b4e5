// The word beside a number that says what it is: "Passport No. A0...", "n° de passeport : ...", "IMEI ...".
//
// A number of a document, a transfer or a booking has a shape that thousands of other numbers share, so the
// families accept it only behind its label.  Words are compared without case and accents, in English, French,
// Portuguese and Spanish, some in Arabic; "no", "number", "de", "code" and their kin may stand between.
// Tested by tests/extractors/contacts/documents_test.cpp.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace evtriage::contacts {

enum class Label : std::uint8_t {
  none, phone, passport, identity, tax, imei, imsi, iccid, iban, bank_account, bic, card, transfer, transaction,
  pnr, ticket, ship, radio, plate, place, money
};

// The label whose words end at `begin` (blanks, colon, number signs between); at most 64 bytes are looked at.
Label label_before(std::string_view text, std::size_t begin);

// The label that this one word is.
Label label_of(std::string_view word);

}  // namespace evtriage::contacts
