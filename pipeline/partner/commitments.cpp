// HMAC is written out over custody's SHA-256: millions of salts are made, and OpenSSL's call looks its algorithm up
// each time.
// Tested by tests/pipeline/partner/commitments_test.cpp and tests/whole/disclosure_test.py.
#include "pipeline/partner/commitments.h"

#include "pipeline/core/json.h"

namespace evtriage {
namespace {

constexpr std::size_t block_bytes = 64;

std::string_view chars(const Sha256& digest) { return as_chars(digest); }

std::string padded(std::string_view key, char with) {
  std::string block(key);
  block.resize(block_bytes, '\0');
  for (char& c : block) c = static_cast<char>(c ^ with);
  return block;
}

std::string commitment(std::string_view salt, std::string_view bytes) {
  Sha256Stream stream;
  stream.add(std::string_view("\x02", 1));
  stream.add(salt);
  stream.add(bytes);
  return hex(stream.finish());
}

}  // namespace

std::optional<std::string> unhex(std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  if (text.size() % 2 != 0) return std::nullopt;
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const std::size_t high = digits.find(text[i]), low = digits.find(text[i + 1]);
    if (high == digits.npos || low == digits.npos) return std::nullopt;
    out += static_cast<char>(high << 4 | low);
  }
  return out;
}

Sha256 hmac_sha256(std::string_view key, std::string_view bytes) {
  const Sha256 short_key = key.size() > block_bytes ? sha256(key) : Sha256{};
  if (key.size() > block_bytes) key = chars(short_key);
  Sha256Stream inner, outer;
  inner.add(padded(key, 0x36));
  inner.add(bytes);
  const Sha256 digest = inner.finish();
  outer.add(padded(key, 0x5c));
  outer.add(chars(digest));
  return outer.finish();
}

std::string salt_of(std::string_view secret, std::string_view table, std::uint64_t row, std::string_view field) {
  std::string text = "salt";
  text.append(1, '\0').append(table).append(1, '\0').append(std::to_string(row)).append(1, '\0').append(field);
  return std::string(chars(hmac_sha256(secret, text)));
}

std::string field_commitment(std::string_view salt, std::string_view field, std::string_view value) {
  std::string text = "{\"f\":";
  append_json_string(text, field);
  return commitment(salt, text.append(",\"v\":").append(value).append("}"));
}

std::string row_commitment(std::string_view salt, std::string_view line) { return commitment(salt, line); }

std::string shown_leaf(std::string_view table, std::uint64_t row, const FieldCommitments& fields) {
  std::string leaf;
  JsonWriter json(leaf);
  json.begin_object().key("fields").begin_array();
  for (const auto& [field, digest] : fields) json.begin_object().key("c").value(digest).key("f").value(field).end_object();
  json.end_array().key("row").value(row).key("table").value(table).end_object();
  return leaf;
}

std::string withheld_leaf(std::string_view table, std::uint64_t row, std::string_view digest) {
  std::string leaf;
  JsonWriter(leaf).begin_object().key("c").value(digest).key("row").value(row).key("table").value(table).end_object();
  return leaf;
}

std::string pseudonym_of(std::string_view secret, std::string_view type, std::string_view value) {
  constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";  // RFC 4648
  std::string text = "pseudonym";
  text.append(1, '\0').append(type).append(1, '\0').append(value);
  const Sha256 digest = hmac_sha256(secret, text);
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < 5; ++i) bits = bits << 8 | static_cast<unsigned char>(digest[i]);
  std::string out = "P-";
  for (int shift = 35; shift >= 0; shift -= 5) out += letters[bits >> shift & 31];
  return out;
}

}  // namespace evtriage
