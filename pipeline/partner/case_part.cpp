// Tables stream from the store; their leaves go to a temporary tree, whose root must be the one that was sealed.
// Tested by tests/whole/package_test.py.
#include "pipeline/partner/case_part.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "pipeline/core/json.h"
#include "pipeline/custody/canonical_json.h"
#include "pipeline/partner/proof_tree.h"
#include "pipeline/partner/row_fields.h"

namespace evtriage {
namespace {

// Not the texts and properties of every item: a report's reader needs what was found, not the whole of a telephone.
constexpr std::array<std::string_view, 12> shipped = {"exhibits", "items",    "issues", "contacts", "mentions", "messages",
                                                      "hits",     "findings", "links",  "packs",    "rules",    "profile"};

const TableSeal* sealed_table(const Seal& seal, std::string_view name) {
  for (const TableSeal& table : seal.tables) {
    if (table.table == name) return &table;
  }
  return nullptr;
}

std::string proof_line(const ProofTree& tree, std::string_view table, std::uint64_t index, const Sha256& leaf, const std::vector<Sha256>& path) {
  std::string line;
  JsonWriter json(line);
  json.begin_object().key("index").value(index).key("leaf").value(hex(leaf)).key("path").begin_array();
  for (const Sha256& digest : path) json.value(hex(digest));
  json.end_array().key("size").value(tree.size()).key("table").value(table).end_object();
  return line + "\n";
}

class Tables {
 public:
  Tables(CaseReader& reader, const Seal& seal, const std::string& data_dir, const std::string& work_dir)
      : reader_(reader), seal_(seal), data_dir_(data_dir), work_dir_(work_dir) {}

  Result<void> write(std::string_view table) {
    FileOut out(data_dir_ + "/tables/" + std::string(table) + ".jsonl");
    const bool proved = table == "items" || table == "findings";
    ProofTree tree(work_dir_ + "/tree");
    MerkleTree small;
    const auto read = reader_.each_line(table, [&](std::string_view line) {
      out.write(line);
      out.write("\n");
      proved ? tree.add(leaf_hash(line)) : small.append(line);
      if (table == "findings") note_item(line);
      return true;
    });
    if (!read) return read;
    if (auto written = out.finish(); !written) return written;
    const Result<Sha256> root = proved ? tree.finish() : small.root();
    if (!root) return root.error();
    const TableSeal* sealed = sealed_table(seal_, table);
    if (sealed == nullptr || sealed->root != hex(*root)) return Error{Code::corrupt, "table " + std::string(table) + " is not the one that was sealed; see evtriage verify"};
    return proved ? proofs(tree, table) : Result<void>{};
  }

 private:
  void note_item(std::string_view line) {
    const std::string_view number = row_value(row_fields(line), "item");
    std::uint64_t item = 0;
    std::from_chars(number.data(), number.data() + number.size(), item);
    if (item > 0 && (items_.empty() || items_.back() != item - 1)) items_.push_back(item - 1);
  }

  Result<void> proofs(const ProofTree& tree, std::string_view table) {
    if (table == "items") {
      std::sort(items_.begin(), items_.end());
      items_.erase(std::unique(items_.begin(), items_.end()), items_.end());
      std::erase_if(items_, [&](std::uint64_t row) { return row >= tree.size(); });
      return write_proofs(tree, table, items_, data_dir_);
    }
    std::vector<std::uint64_t> all(tree.size());
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
    return write_proofs(tree, table, all, data_dir_);
  }

  CaseReader& reader_;
  const Seal& seal_;
  std::string data_dir_, work_dir_;
  std::vector<std::uint64_t> items_;           // rows of items that a finding stands in
};

}  // namespace

Result<void> write_proofs(const ProofTree& tree, std::string_view table, const std::vector<std::uint64_t>& rows, const std::string& data_dir) {
  FileOut out(data_dir + "/proofs/" + std::string(table) + ".jsonl");
  for (const std::uint64_t row : rows) {
    const auto leaf = tree.leaf(row);
    if (!leaf) return leaf.error();
    const auto path = tree.proof(row);
    if (!path) return path.error();
    out.write(proof_line(tree, table, row, *leaf, *path));
  }
  return out.finish();
}

Result<CaseFacts> read_case_facts(const std::string& case_dir) {
  CaseFacts facts;
  auto seal = read_seal(case_dir);
  if (!seal) return seal.error();
  facts.seal = *std::move(seal);
  const auto digest = sha256_of_file(case_dir + "/seal.json");
  if (!digest) return digest.error();
  facts.seal_sha256 = *digest;
  return facts;
}

Result<void> write_seal_part(const std::string& case_dir, const std::string& data_dir) {
  const auto bytes = small_file(case_dir + "/seal.json", 1u << 24);
  if (!bytes) return bytes.error();
  return put_file(data_dir + "/seal.json", *bytes);
}

Result<void> write_custody_part(const std::string& case_dir, const std::string& data_dir, const std::set<std::string>& actions, CaseFacts& facts) {
  FileOut out(data_dir + "/custody.jsonl");
  std::string held;
  const auto take = [&](std::string_view line) {
    facts.custody_head = hex(sha256(line));
    const auto event = read_canonical(line);
    if (facts.custody_events++ == 0 && event) {
      facts.case_number = event->text_of("case_number");
      facts.agency = event->text_of("agency");
    }
    const bool shown = actions.contains("all") || (event && actions.contains(event->text_of("action")));
    out.write(shown ? std::string(line) : "{\"withheld\":\"" + facts.custody_head + "\"}");
    out.write("\n");
  };
  const auto read = each_block(case_dir + "/custody.jsonl", [&](std::string_view bytes) -> Result<void> {
    held += bytes;
    std::size_t at = 0;
    for (std::size_t end = held.find('\n'); end != std::string::npos; end = held.find('\n', at)) {
      take(std::string_view(held).substr(at, end - at));
      at = end + 1;
    }
    held.erase(0, at);
    return {};
  });
  if (!read) return read;
  return out.finish();
}

Result<void> write_tables(CaseReader& reader, const Seal& seal, const std::string& data_dir, const std::string& work_dir) {
  Tables tables(reader, seal, data_dir, work_dir);
  if (auto written = tables.write("findings"); !written) return written;  // first: they say which items need a proof
  for (const std::string_view table : shipped) {
    if (table == "findings") continue;
    if (auto written = tables.write(table); !written) return written;
  }
  return {};
}

}  // namespace evtriage
