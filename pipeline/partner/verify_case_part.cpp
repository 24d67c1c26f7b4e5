// Custody log, seal, tables and proofs of a package, from the log's chain down to each row.
// Tested by tests/whole/package_verify_test.py.
#include <charconv>
#include <optional>

#include "pipeline/custody/canonical_json.h"
#include "pipeline/custody/event_line.h"
#include "pipeline/custody/merkle_proof.h"
#include "pipeline/custody/seal_text.h"
#include "pipeline/partner/verify_parts.h"

namespace evtriage {
namespace {

constexpr std::uint64_t seal_limit = 1u << 24;

class TableVerifier {
 public:
  TableVerifier(const PackageFiles& files, const TableSeal& sealed, PackageVerdict& verdict) : files_(files), sealed_(sealed), verdict_(verdict) {}

  void run() {
    if (auto proofs = read_proofs(); !proofs) return differs("data/proofs/" + sealed_.table + ".jsonl: " + proofs.error().detail);
    const std::string name = "data/tables/" + sealed_.table + ".jsonl";
    MerkleTree tree;
    const auto read = each_line(*files_.at(name), [&](std::string_view line) -> Result<void> {
      const Sha256 leaf = leaf_hash(line);
      if (next_ < proofs_.size() && proofs_[next_].index == tree.size()) {
        if (proofs_[next_].leaf != leaf) return Error{Code::corrupt, "row " + std::to_string(tree.size() + 1) + " is not the row of its proof"};
        ++next_;
      }
      tree.append_hash(leaf);
      return {};
    });
    if (!read) return differs(name + ": " + read.error().detail);
    if (tree.size() != sealed_.rows || hex(tree.root()) != sealed_.root) {
      return differs(name + ": its root is " + hex(tree.root()) + " over " + std::to_string(tree.size()) + " rows, sealed as " + sealed_.root + " over " + std::to_string(sealed_.rows));
    }
    if (next_ != proofs_.size()) return differs("data/proofs/" + sealed_.table + ".jsonl: a proof for a row that is not there");
    rows_ = tree.size();
  }
  std::uint64_t rows() const { return rows_; }
  std::uint64_t proofs() const { return proofs_.size(); }

 private:
  void differs(const std::string& what) { verdict_.differences.push_back(what); }

  Result<void> read_proofs() {
    const auto file = files_.find("data/proofs/" + sealed_.table + ".jsonl");
    const auto root = digest_of(sealed_.root);
    if (file == files_.end()) return {};
    return each_line(*file->second, [&](std::string_view line) -> Result<void> {
      auto proof = read_proof(line, sealed_.table);
      if (!proof) return proof.error();
      const std::string row = "row " + std::to_string(proof->index + 1);
      if (!proofs_.empty() && proof->index <= proofs_.back().index) return Error{Code::corrupt, row + " stands out of order"};
      if (!root || !verify_inclusion(proof->index, proof->size, proof->leaf, proof->path, *root)) return Error{Code::corrupt, "the proof of " + row + " does not lead to the sealed root"};
      proof->path.clear();
      proofs_.push_back(*std::move(proof));
      return {};
    });
  }

  const PackageFiles& files_;
  const TableSeal& sealed_;
  PackageVerdict& verdict_;
  std::vector<Proof> proofs_;                  // without their paths, once checked
  std::size_t next_ = 0;
  std::uint64_t rows_ = 0;
};

}  // namespace

std::optional<Sha256> digest_of(std::string_view text) {
  Sha256 digest{};
  if (text.size() != 2 * digest.size()) return std::nullopt;
  for (std::size_t i = 0; i < digest.size(); ++i) {
    unsigned value = 0;
    const auto [end, error] = std::from_chars(text.data() + 2 * i, text.data() + 2 * i + 2, value, 16);
    if (error != std::errc() || end != text.data() + 2 * i + 2) return std::nullopt;
    digest[i] = static_cast<std::byte>(value);
  }
  return digest;
}

Result<Proof> read_proof(std::string_view line, std::string_view table) {
  const Error refused{Code::corrupt, "a line that is no proof for this table"};
  const auto json = read_canonical(line);
  if (!json || json->members.size() != 5 || json->text_of("table") != table) return refused;
  const JsonValue *index = json->find("index"), *size = json->find("size"), *path = json->find("path");
  const auto leaf = digest_of(json->text_of("leaf"));
  if (index == nullptr || size == nullptr || path == nullptr || !leaf) return refused;
  Proof proof{index->number, size->number, *leaf, {}};
  for (const JsonMember& member : path->members) {
    const auto digest = digest_of(member.value.text);
    if (!digest) return refused;
    proof.path.push_back(*digest);
  }
  return proof;
}

CustodyFacts verify_custody(const PackageFiles& files, const BagInfo& info, PackageVerdict& verdict) {
  CustodyFacts facts;
  const auto file = files.find("data/custody.jsonl");
  if (file == files.end()) return verdict.differences.emplace_back("data/custody.jsonl: is missing"), facts;
  constexpr std::string_view withheld = "{\"withheld\":\"";
  std::string prev(first_prev);
  std::uint64_t number = 0, hidden = 0;
  const auto read = each_line(*file->second, [&](std::string_view line) -> Result<void> {
    ++number;
    if (line.starts_with(withheld)) {          // its digest is what the next line carries
      const std::string_view digest = line.substr(withheld.size(), 64);
      if (line.size() != withheld.size() + 66 || !line.ends_with("\"}") || !digest_of(digest)) return Error{Code::corrupt, "custody.jsonl: line " + std::to_string(number) + " is neither an event nor withheld"};
      prev = digest;
      ++hidden;
      return {};
    }
    const auto event = check_event_line(line, number, prev);
    if (!event) return event.error();
    const std::string action = event->text_of("action");
    if (action == "sealed" && facts.seal_sha256.empty()) facts.seal_sha256 = event->text_of("sha256");
    if (action == "committed") {
      facts.committed_root = event->text_of("disclosure_root");
      facts.committed_seal = event->text_of("seal_sha256");
    }
    prev = hex(sha256(line));
    return {};
  });
  if (!read) {
    const std::string& why = read.error().detail;
    verdict.differences.push_back((why.starts_with("custody.jsonl") ? "data/" : "data/custody.jsonl: ") + why);
  } else if (prev != info.one("Custody-Head-SHA256") || std::to_string(number) != info.one("Custody-Events")) {
    verdict.differences.push_back("data/custody.jsonl: its end is not the head that was signed");
  } else {
    verdict.proved.push_back("the custody log is unbroken: " + std::to_string(number) + " events up to the signed head " + prev +
                             (hidden == 0 ? "" : "; " + std::to_string(hidden) + " of them are shown by their digest alone"));
  }
  return facts;
}

void verify_whole_case(const PackageFiles& files, const BagInfo& info, const std::string& sealed_sha256, PackageVerdict& verdict) {
  const auto text = whole_text(files, "data/seal.json", seal_limit);
  const auto seal = text ? parse_seal(*text) : Result<Seal>(text.error());
  if (!seal) return verdict.differences.push_back("data/seal.json: " + seal.error().detail);
  const std::string digest = hex(sha256(*text));
  if (digest != sealed_sha256) verdict.differences.push_back("data/seal.json: is not the seal that the custody log names");
  if (digest != info.one("Seal-SHA256") || seal->results_digest != info.one("Evidence-Root-SHA256")) verdict.differences.push_back("data/seal.json: is not the seal that bag-info.txt names");
  if (results_root(seal->tables) != seal->results_digest) verdict.differences.push_back("data/seal.json: its root does not follow from its tables");
  std::uint64_t rows = 0, tables = 0, proofs = 0;
  for (const TableSeal& sealed : seal->tables) {
    if (!files.contains("data/tables/" + sealed.table + ".jsonl")) {
      if (sealed.rows != 0) verdict.not_proved.push_back("anything about the table " + sealed.table + " (" + std::to_string(sealed.rows) + " rows): it is not in the package");
      continue;
    }
    TableVerifier table(files, sealed, verdict);
    table.run();
    rows += table.rows();
    proofs += table.proofs();
    ++tables;
  }
  verdict.proved.push_back(std::to_string(rows) + " rows of " + std::to_string(tables) + " tables are those that were sealed, each table whole; " + std::to_string(proofs) + " inclusion proofs lead to its root");
}

}  // namespace evtriage
