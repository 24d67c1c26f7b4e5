// Salted commitments: a value can be withheld now and opened later, and nobody can guess it from its digest.
//
// value     = the field's JSON text as it stands in the sealed row
// salt      = HMAC-SHA-256(secret, "salt" 0 TABLE 0 ROW 0 FIELD); FIELD is empty for a row that is withheld whole
// field     = SHA-256(0x02, salt, {"f":FIELD,"v":VALUE})      row withheld whole = SHA-256(0x02, salt, line)
// leaf      = {"fields":[{"c":COMMITMENT,"f":FIELD}...],"row":N,"table":TABLE}, or {"c":COMMITMENT,"row":N,"table":TABLE}
// tree      = RFC 6962 over the leaves of a table; root of all = results_root over "TABLE ROWS ROOT"
// Tested by tests/pipeline/partner/commitments_test.cpp and, in Python alone, tests/whole/disclosure_test.py.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pipeline/custody/custody.h"

namespace evtriage {

std::optional<std::string> unhex(std::string_view text);                   // lower-case hexadecimal; else nullopt
Sha256 hmac_sha256(std::string_view key, std::string_view bytes);          // RFC 2104

std::string salt_of(std::string_view secret, std::string_view table, std::uint64_t row, std::string_view field);  // 32 bytes
std::string field_commitment(std::string_view salt, std::string_view field, std::string_view value);              // hex
std::string row_commitment(std::string_view salt, std::string_view line);                                         // hex

using FieldCommitments = std::vector<std::pair<std::string, std::string>>;  // field, hex; in the order of the row
std::string shown_leaf(std::string_view table, std::uint64_t row, const FieldCommitments& fields);
std::string withheld_leaf(std::string_view table, std::uint64_t row, std::string_view commitment);

// "P-" and 8 letters or digits; the same for the same contact under one secret, unlinkable under another.
std::string pseudonym_of(std::string_view secret, std::string_view type, std::string_view value);

}  // namespace evtriage
