// One walk over each sealed table: every row becomes a leaf, shown rows with a commitment for each field, the others with
// one for the row.
// Tested by tests/whole/disclosure_test.py.
#include "pipeline/partner/disclose.h"

#include <map>
#include <tuple>
#include <vector>

#include "pipeline/core/json.h"
#include "pipeline/partner/case_part.h"
#include "pipeline/partner/commitments.h"
#include "pipeline/partner/proof_tree.h"
#include "pipeline/partner/selection.h"
#include "pipeline/partner/staging.h"

namespace evtriage {
namespace {

constexpr std::string_view not_relevant = "NOT-RELEVANT", not_in_profile = "NOT-IN-PROFILE";

struct ShownTable {
  std::string table, root;
  std::uint64_t rows = 0, shown = 0;
};

class Discloser {
 public:
  Discloser(CaseReader& reader, const DisclosureProfile& profile, std::string_view secret, const std::string& data_dir, const std::string& work_dir)
      : reader_(reader), profile_(profile), secret_(secret), data_dir_(data_dir), work_dir_(work_dir), selection_(reader, profile, secret) {}

  Result<void> prepare() { return selection_.prepare(); }

  Result<void> table(const TableSeal& sealed) {
    const bool any = profile_.tables.contains(sealed.table);
    std::optional<FileOut> rows, openings;
    if (any) {
      rows.emplace(data_dir_ + "/tables/" + sealed.table + ".jsonl");
      openings.emplace(data_dir_ + "/openings/" + sealed.table + ".jsonl");
    }
    ProofTree tree(work_dir_ + "/tree");
    MerkleTree check;                          // what is committed to is what was sealed
    std::vector<std::uint64_t> shown;
    const auto read = reader_.each_line(sealed.table, [&](std::string_view line) {
      const std::uint64_t row = check.size();
      check.append(line);
      const auto fields = row_fields(line);
      if (any && selection_.shows(sealed.table, fields)) {
        shown.push_back(row);
        tree.add(leaf_hash(show(sealed.table, row, fields, *rows, *openings)));
      } else {
        tree.add(leaf_hash(withheld_leaf(sealed.table, row, row_commitment(salt_of(secret_, sealed.table, row, {}), line))));
        ++withheld_[{sealed.table, "", std::string(any ? not_relevant : not_in_profile)}];
      }
      return true;
    });
    if (!read) return read;
    if (hex(check.root()) != sealed.root) return Error{Code::corrupt, "table " + sealed.table + " is not the one that was sealed; see evtriage verify"};
    if (rows) {
      if (auto finished = rows->finish(); !finished) return finished;
      if (auto finished = openings->finish(); !finished) return finished;
    }
    const auto root = tree.finish();
    if (!root) return root.error();
    tables_.push_back({sealed.table, hex(*root), check.size(), shown.size()});
    return any ? write_proofs(tree, sealed.table, shown, data_dir_) : Result<void>{};
  }

  std::string root() const {
    std::vector<TableSeal> roots;
    for (const ShownTable& table : tables_) roots.push_back({table.table, table.rows, table.root});
    return results_root(roots);
  }

  std::string summary(const std::string& seal_sha256) const {
    std::string text;
    JsonWriter json(text);
    json.begin_object().key("format").value(1u).key("profile").value(profile_.name).key("profile_sha256").value(profile_.sha256);
    json.key("root").value(root()).key("seal_sha256").value(seal_sha256).key("tables").begin_array();
    for (const ShownTable& table : tables_) {
      json.begin_object().key("root").value(table.root).key("rows").value(table.rows).key("shown").value(table.shown).key("table").value(table.table).end_object();
    }
    json.end_array().key("withheld").begin_array();
    for (const auto& [what, count] : withheld_) {
      const auto& [table, field, reason] = what;
      json.begin_object().key("count").value(count).key("field").value(field.empty() ? "(whole row)" : field).key("reason").value(reason).key("table").value(table).end_object();
    }
    json.end_array().end_object();
    return text + "\n";
  }

 private:
  // Writes one row; gives its leaf.
  std::string show(const std::string& table, std::uint64_t row, const std::vector<RowField>& fields, FileOut& rows, FileOut& openings) {
    const auto& allowed = profile_.tables.at(table);
    FieldCommitments commitments;
    std::string shown = "{", opened;
    JsonWriter json(opened);
    json.begin_object().key("fields").begin_array();
    for (const RowField& field : fields) {
      const std::string salt = salt_of(secret_, table, row, field.name), name(field.name);
      commitments.emplace_back(name, field_commitment(salt, field.name, field.value));
      std::string reason;
      std::string_view value = field.value;
      std::optional<MaskedText> mask;
      if (!allowed.empty() && !allowed.contains(name)) {
        reason = not_in_profile;
        value = {};
      } else if (mask = selection_.masked(table, fields, field); mask) {
        reason = mask->reason;
        value = mask->json;
      }
      json.begin_object();
      if (reason.empty()) json.key("f").value(name).key("s").value(hex(as_bytes(salt))).end_object();
      else json.key("c").value(commitments.back().second).key("f").value(name).key("r").value(reason).end_object();
      if (!reason.empty()) ++withheld_[{table, name, reason}];
      if (!value.empty()) {
        if (shown.size() > 1) shown += ',';
        append_json_string(shown, field.name);
        shown.append(":").append(value);
      }
    }
    json.end_array().key("row").value(row).end_object();
    rows.write(shown + "}\n");
    openings.write(opened + "\n");
    return shown_leaf(table, row, commitments);
  }

  CaseReader& reader_;
  const DisclosureProfile& profile_;
  std::string_view secret_;
  std::string data_dir_, work_dir_;
  Selection selection_;
  std::vector<ShownTable> tables_;
  std::map<std::tuple<std::string, std::string, std::string>, std::uint64_t> withheld_;  // table, field, reason
};

}  // namespace

Result<std::string> write_disclosure(CaseReader& reader, const Seal& seal, const std::string& seal_sha256, const DisclosureProfile& profile,
                                     std::string_view secret, const std::string& data_dir, const std::string& work_dir) {
  Discloser discloser(reader, profile, secret, data_dir, work_dir);
  if (auto ready = discloser.prepare(); !ready) return ready.error();
  for (const TableSeal& sealed : seal.tables) {
    if (sealed.table == "texts") continue;     // whole texts never go out; what findings and hits quote of them can
    if (auto written = discloser.table(sealed); !written) return written.error();
  }
  if (auto put = put_file(data_dir + "/disclosure.json", discloser.summary(seal_sha256)); !put) return put.error();
  return discloser.root();
}

}  // namespace evtriage
