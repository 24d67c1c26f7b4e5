// What was opened later, against what was committed to in the package.
// Tested by tests/whole/disclosure_test.py.
#include <optional>

#include "pipeline/custody/canonical_json.h"
#include "pipeline/custody/merkle_proof.h"
#include "pipeline/custody/seal_text.h"
#include "pipeline/partner/commitments.h"
#include "pipeline/partner/row_fields.h"
#include "pipeline/partner/staging.h"
#include "pipeline/partner/verify_parts.h"

namespace evtriage {
namespace {

constexpr std::size_t opened_limit = 256u << 20;

Error refuse(const std::string& why) { return {Code::corrupt, why}; }

// The row's line of data/openings.
Result<JsonValue> package_row(const PackageFiles& files, const std::string& table, std::uint64_t row) {
  const auto file = files.find("data/openings/" + table + ".jsonl");
  if (file != files.end()) {
    LineCursor lines(*file->second);
    while (const auto line = lines.next()) {
      auto json = read_canonical(*line);
      const JsonValue* number = json ? json->find("row") : nullptr;
      if (number != nullptr && number->number == row) return json;
    }
  }
  return refuse("this row is not in the package; it can be packed again with a wider profile and the same --opening");
}

// Whether (salt, value) is what the package holds for the field.
bool fits(const JsonValue& row, std::string_view field, const std::string& salt, std::string_view value) {
  const JsonValue* fields = row.find("fields");
  for (const JsonMember& member : fields != nullptr ? fields->members : std::vector<JsonMember>()) {
    if (member.value.text_of("f") != field) continue;
    const auto bytes = unhex(salt);
    if (!bytes || bytes->size() != 32) return false;
    return member.value.find("s") != nullptr ? member.value.text_of("s") == salt : member.value.text_of("c") == field_commitment(*bytes, field, value);
  }
  return false;
}

Result<std::string> check_field(const PackageFiles& files, const JsonValue& opened, const std::string& table, std::uint64_t row) {
  const auto known = package_row(files, table, row);
  if (!known) return known.error();
  const std::string field = opened.text_of("f"), value = opened.text_of("v");
  if (!fits(*known, field, opened.text_of("s"), value)) return refuse("field " + field + " is not the value that was committed to");
  return "field " + field + " is " + value + ", as committed to";
}

Result<void> check_sealed(const JsonValue& opened, const BagInfo& info, const std::string& table, std::uint64_t row) {
  const std::string text = opened.text_of("seal");
  const auto seal = parse_seal(text);
  if (!seal || hex(sha256(text)) != info.one("Seal-SHA256")) return refuse("its seal is not the one that the package and its custody log name");
  const JsonValue *path = opened.find("path"), *size = opened.find("size");
  std::vector<Sha256> proof;
  for (const JsonMember& member : path != nullptr ? path->members : std::vector<JsonMember>()) {
    const auto digest = digest_of(member.value.text);
    if (!digest) return refuse("its proof cannot be read");
    proof.push_back(*digest);
  }
  for (const TableSeal& sealed : seal->tables) {
    const auto root = digest_of(sealed.root);
    if (sealed.table != table) continue;
    const bool good = size != nullptr && size->number == sealed.rows && root && verify_inclusion(row, sealed.rows, leaf_hash(opened.text_of("line")), proof, *root);
    if (good) return {};
  }
  return refuse("the row does not lead to the sealed table");
}

Result<std::string> check_whole_row(const PackageFiles& files, const BagInfo& info, const JsonValue& opened, const std::string& table, std::uint64_t row) {
  const auto known = package_row(files, table, row);
  if (!known) return known.error();
  const std::string line = opened.text_of("line");
  const auto fields = row_fields(line);
  const JsonValue *salts = opened.find("fields"), *all = known->find("fields");
  if (salts == nullptr || all == nullptr || salts->members.size() != fields.size() || all->members.size() != fields.size()) return refuse("the row has other fields than were committed to");
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const JsonValue& salt = salts->members[i].value;
    if (salt.text_of("f") != fields[i].name || !fits(*known, fields[i].name, salt.text_of("s"), fields[i].value)) {
      return refuse("field " + std::string(fields[i].name) + " is not the value that was committed to");
    }
  }
  if (auto sealed = check_sealed(opened, info, table, row); !sealed) return sealed.error();
  return "is " + line + ", as committed to in every field, and stands in the sealed table";
}

}  // namespace

void verify_opened(const PackageFiles& files, const BagInfo& info, const std::string& file, PackageVerdict& verdict) {
  const auto text = small_file(file, opened_limit);
  if (!text) return verdict.differences.push_back(text.error().detail);
  std::size_t number = 0;
  for (std::size_t at = 0; at < text->size(); ++number) {
    const std::size_t end = std::min(text->find('\n', at), text->size());
    const auto opened = read_canonical(std::string_view(*text).substr(at, end - at));
    at = end + 1;
    const JsonValue* row = opened ? opened->find("row") : nullptr;
    if (row == nullptr) {
      verdict.differences.push_back("'" + file + "' line " + std::to_string(number + 1) + ": is not what evtriage open writes");
      continue;
    }
    const std::string table = opened->text_of("table");
    const auto said = opened->find("line") != nullptr ? check_whole_row(files, info, *opened, table, row->number) : check_field(files, *opened, table, row->number);
    const std::string place = "row " + std::to_string(row->number) + " of " + table + ": ";
    if (said) verdict.proved.push_back("opened: " + place + *said);
    else verdict.differences.push_back("opened: " + place + said.error().detail);
  }
}

}  // namespace evtriage
