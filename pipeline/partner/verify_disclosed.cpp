// A package under a profile: each shown field against its salt, each row against the tree, the tree against the custody
// log.  Three files of a table are read side by side, a line of each at a time.
// Tested by tests/whole/disclosure_test.py.
#include <map>
#include <optional>

#include "pipeline/custody/canonical_json.h"
#include "pipeline/custody/merkle_proof.h"
#include "pipeline/partner/commitments.h"
#include "pipeline/partner/row_fields.h"
#include "pipeline/partner/verify_parts.h"

namespace evtriage {
namespace {

constexpr std::uint64_t summary_limit = 1u << 24;
using Kind = JsonValue::Kind;
using Counts = std::map<std::string, std::uint64_t>;           // "table field reason" -> how often

Error refuse(const std::string& why) { return {Code::corrupt, why}; }

std::string count_key(const std::string& table, const std::string& field, const std::string& reason) { return table + " " + field + " " + reason; }

// Checks one row's fields; gives the row's leaf.
Result<std::string> check_row(std::string_view table, const JsonValue& opening, std::string_view line, Counts& withheld) {
  const JsonValue *fields = opening.find("fields"), *row = opening.find("row");
  if (fields == nullptr || fields->kind != Kind::array || row == nullptr || row->kind != Kind::number || opening.members.size() != 2) return refuse("a line that opens no row");
  const auto shown = row_fields(line);
  if (shown.empty() && line != "{}") return refuse("a row that is no object");
  std::size_t next = 0;                        // of the fields shown: they stand in the order of the row
  FieldCommitments commitments;
  for (const JsonMember& member : fields->members) {
    const JsonValue& field = member.value;
    const std::string name = field.text_of("f"), reason = field.text_of("r");
    const bool there = next < shown.size() && shown[next].name == name;
    if (field.members.size() == 2 && field.find("s") != nullptr) {
      const auto salt = unhex(field.text_of("s"));
      if (!there || !salt || salt->size() != 32) return refuse("field " + name + " is missing or has no salt");
      commitments.emplace_back(name, field_commitment(*salt, name, shown[next].value));
    } else if (field.members.size() == 3 && !reason.empty() && field.text_of("c").size() == 64) {
      commitments.emplace_back(name, field.text_of("c"));
      ++withheld[count_key(std::string(table), name, reason)];
    } else {
      return refuse("field " + name + " is neither opened nor withheld");
    }
    if (there) ++next;
  }
  if (next != shown.size()) return refuse("field " + std::string(shown[next].name) + " belongs to no commitment (added, or a mask taken off)");
  return shown_leaf(table, row->number, commitments);
}

class Disclosed {
 public:
  Disclosed(const PackageFiles& files, PackageVerdict& verdict) : files_(files), verdict_(verdict) {}

  // The root that disclosure.json states and its tables give; empty if it cannot be read.
  std::string summary(const BagInfo& info) {
    const auto text = whole_text(files_, "data/disclosure.json", summary_limit);
    auto json = text && !text->empty() ? read_canonical(std::string_view(*text).substr(0, text->size() - 1)) : Result<JsonValue>(refuse("is not as it was written"));
    if (!json || json->find("tables") == nullptr || json->find("withheld") == nullptr) return differs("data/disclosure.json: is not as it was written"), std::string();
    json_ = *std::move(json);
    for (const auto& [none, table] : json_.find("tables")->members) {
      const JsonValue *rows = table.find("rows"), *shown = table.find("shown");
      if (rows == nullptr || shown == nullptr) return differs("data/disclosure.json: is not as it was written"), std::string();
      tables_.push_back({table.text_of("table"), rows->number, table.text_of("root")});
      shown_.push_back(shown->number);
    }
    const std::string root = results_root(tables_);
    if (root != json_.text_of("root") || root != info.one("Disclosure-Root-SHA256")) differs("data/disclosure.json: its root is not the one of its tables, or not the one that bag-info.txt names");
    if (json_.text_of("seal_sha256") != info.one("Seal-SHA256")) differs("data/disclosure.json: speaks of another seal than bag-info.txt");
    return root;
  }

  void all_tables() {
    for (std::size_t i = 0; i < tables_.size(); ++i) {
      const std::string name = "data/tables/" + tables_[i].table + ".jsonl";
      if (!files_.contains(name)) {
        if (shown_[i] != 0) differs(name + ": is missing");
        continue;
      }
      if (auto good = one_table(tables_[i], shown_[i]); !good) differs(name + ": " + good.error().detail);
    }
    counts();
  }
  std::uint64_t rows() const { return rows_; }
  std::uint64_t withheld_fields() const { return withheld_fields_; }
  std::uint64_t withheld_rows() const { return withheld_rows_; }

 private:
  void differs(const std::string& what) { verdict_.differences.push_back(what); }

  Result<void> one_table(const TableSeal& table, std::uint64_t shown) {
    const auto openings = files_.find("data/openings/" + table.table + ".jsonl"), proofs = files_.find("data/proofs/" + table.table + ".jsonl");
    if (openings == files_.end() || proofs == files_.end()) return refuse("has no openings or no proofs");
    LineCursor opening(*openings->second), proof(*proofs->second);
    const auto root = digest_of(table.root);
    std::uint64_t count = 0, after = 0;        // after: the least row number that may come next
    const auto read = each_line(*files_.at("data/tables/" + table.table + ".jsonl"), [&](std::string_view line) -> Result<void> {
      const std::string place = "line " + std::to_string(++count) + " ";
      const auto open_line = opening.next(), proof_line = proof.next();
      if (!open_line || !proof_line) return refuse(place + "has no opening or no proof");
      const auto json = read_canonical(*open_line);
      const auto leaf = json ? check_row(table.table, *json, line, withheld_) : Result<std::string>(refuse("a line that opens no row"));
      if (!leaf) return refuse(place + leaf.error().detail);
      const auto known = read_proof(*proof_line, table.table);
      if (!known || known->index != json->find("row")->number || known->size != table.rows || known->leaf != leaf_hash(*leaf)) {
        return refuse(place + "is not the row of its proof: a field was changed, exchanged or its mask taken off");
      }
      if (known->index < after) return refuse(place + "stands out of order");
      after = known->index + 1;
      if (!root || !verify_inclusion(known->index, known->size, known->leaf, known->path, *root)) return refuse(place + "does not lead to the root");
      return {};
    });
    if (!read) return read;
    if (opening.next() || proof.next() || count != shown) return refuse("has " + std::to_string(count) + " rows, signed as " + std::to_string(shown));
    rows_ += count;
    return {};
  }

  // What is withheld is counted, and the count is checked: nothing can be left out without a reason.
  void counts() {
    Counts stated;
    for (const auto& [none, one] : json_.find("withheld")->members) {
      const JsonValue* count = one.find("count");
      if (count != nullptr) stated[count_key(one.text_of("table"), one.text_of("field"), one.text_of("reason"))] += count->number;
    }
    Counts rows;
    for (auto it = stated.begin(); it != stated.end();) {
      const std::size_t at = it->first.find(" (whole row) ");
      if (at != std::string::npos) rows[it->first.substr(0, at)] += it->second;
      withheld_rows_ += at != std::string::npos ? it->second : 0;
      it = at != std::string::npos ? stated.erase(it) : std::next(it);
    }
    for (const auto& [what, count] : withheld_) withheld_fields_ += count;
    if (stated != withheld_) differs("data/disclosure.json: its count of withheld fields is not that of the tables");
    for (std::size_t i = 0; i < tables_.size(); ++i) {
      if (rows[tables_[i].table] != tables_[i].rows - std::min(tables_[i].rows, shown_[i])) differs("data/disclosure.json: its count of withheld rows of " + tables_[i].table + " is wrong");
    }
  }

  const PackageFiles& files_;
  PackageVerdict& verdict_;
  JsonValue json_;
  std::vector<TableSeal> tables_;
  std::vector<std::uint64_t> shown_;
  Counts withheld_;
  std::uint64_t rows_ = 0, withheld_fields_ = 0, withheld_rows_ = 0;
};

}  // namespace

void verify_disclosed_case(const PackageFiles& files, const BagInfo& info, const CustodyFacts& custody, PackageVerdict& verdict) {
  Disclosed disclosed(files, verdict);
  const std::string root = disclosed.summary(info);
  if (root.empty()) return;
  disclosed.all_tables();
  if (custody.seal_sha256 != info.one("Seal-SHA256")) verdict.differences.emplace_back("data/custody.jsonl: shows no seal, or another than bag-info.txt");
  if (custody.committed_root != root || custody.committed_seal != custody.seal_sha256) verdict.differences.emplace_back("data/custody.jsonl: the last \"committed\" event is not about this disclosure and this seal");
  verdict.proved.push_back(std::to_string(disclosed.rows()) + " rows are those that the sender committed to in the custody log after the seal; each shown field was checked with its salt");
  verdict.proved.push_back("withheld and counted by reason in data/disclosure.json: " + std::to_string(disclosed.withheld_rows()) + " rows, " + std::to_string(disclosed.withheld_fields()) +
                           " fields of shown rows; each can be opened later against its commitment");
  verdict.not_proved.emplace_back("that the commitments agree with the sealed tables: the sender signs for it, and can prove it for each row (evtriage open, evtriage verify --opened)");
  verdict.not_proved.emplace_back("what a masked text said, or that a pseudonym stands for the right contact, until it is opened");
}

}  // namespace evtriage
