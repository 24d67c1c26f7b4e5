// The door of the case store.
//
// While a run goes on, results are appended to one journal (working/journal.log: frames with a length and
// a CRC; a torn tail is cut).  At the end `build_results` reads the journal in key order and writes
// results.sqlite in one deterministic sequence of statements, so that the file's bytes depend on evidence
// and profile alone.  Nothing ever updates a results.sqlite that has its final name.
// Grammar of the journal, schema and downsides: README.md of this folder.  Tested by tests/pipeline/store.
#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pipeline/core/plugin.h"
#include "pipeline/core/profile.h"
#include "pipeline/core/source.h"

namespace evtriage {

// ---- while the run goes on ------------------------------------------------------------------------

class Journal : public Recorder {
 public:
  virtual bool has_whole(std::uint64_t ordinal) const = 0;  // same as already_has, for the accounting
  virtual std::uint64_t units() const = 0;                  // units recorded whole
  virtual std::uint64_t cut_bytes() const = 0;              // torn tail removed at opening
  virtual Result<void> sync() = 0;                          // fdatasync
};

struct JournalHeader {          // first frame: a journal of another profile or listing refuses to continue
  std::string profile_digest;   // hex SHA-256 of Profile::canonical_text()
  std::string listing_digest;   // hex SHA-256 of the listing file
};

// Creates or continues `path`.  Error (unsupported) if the header differs from the one found.
Result<std::unique_ptr<Journal>> open_journal(const std::string& path, const JournalHeader& header, KeepText keep_text);

// ---- the seal's part -------------------------------------------------------------------------------

struct ExhibitRow {
  std::string label, name, kind;
};
struct PackRow {     // a rule pack of the profile
  std::string id, version, licence, maintainer, sha256, signer;
  std::vector<std::string> languages;
  std::uint64_t rules = 0;
};
struct RuleRow {     // a rule of the profile; title by language: {"en", "..."}
  std::string id, pack, offence, category, element, article;
  std::uint32_t version = 0;
  std::int32_t weight = 0;
  std::vector<std::pair<std::string, std::string>> title;
};

struct BuildInput {
  std::string journal_file;            // closed journal
  Source* source = nullptr;            // the listing
  std::vector<ExhibitRow> exhibits;
  std::vector<PackRow> packs;
  std::vector<RuleRow> rules;
  std::string profile_text;            // Profile::canonical_text()
};

struct TableRoot {
  std::string table;
  std::uint64_t rows = 0;
  std::string root;  // hex; RFC 6962 tree hash over the table's canonical lines in key order
};

struct BuildResult {
  std::vector<TableRoot> tables;       // in the contract's order
  std::uint64_t enumerated = 0, done = 0, partial = 0, skipped = 0, failed = 0, issues = 0;
  std::uint64_t unreproducible = 0;    // issues with reproducible = false
  std::vector<std::pair<std::string, std::string>> exhibit_digests;  // label, hex: see README "exhibit digest"
};

// Writes `results_file` (must not exist) and syncs it.  Error (internal) if a unit is missing:
// enumerated = done + partial + skipped + failed is checked here.
Result<BuildResult> build_results(const BuildInput& input, const std::string& results_file);

// ---- reading a sealed case -------------------------------------------------------------------------

// The tables of the contract, in its order: exhibits, items, issues, properties, texts, contacts, mentions,
// messages, hits, findings, links; then our own: packs, rules, profile.  ("events" is the custody log.)
std::span<const std::string_view> table_names();

class CaseReader {  // read-only, streams, never loads a table
 public:
  virtual ~CaseReader() = default;
  // Calls `line` with each row of the table as one canonical JSON object without LF, in key order.
  // A false answer ends the walk.
  virtual Result<void> each_line(std::string_view table, const std::function<bool(std::string_view)>& line) = 0;

  // The same rows as fields; what the line leaves out (NULL) is left out here.  The views live as long as the call.
  struct Field {
    std::string_view name, text;  // text: a text decoded; anything else as it stands in the line
    bool is_json = false;         // an array or an object
  };
  virtual Result<void> each_row(std::string_view table, const std::function<bool(std::span<const Field>)>& row) = 0;

  // Any read-only SELECT: `row` gets the columns as text (nullopt = NULL).  For reports.
  using Row = std::vector<std::optional<std::string>>;
  virtual Result<void> query(const std::string& sql, const std::vector<std::string>& bind,
                             const std::function<bool(const Row&)>& row) = 0;
};
Result<std::unique_ptr<CaseReader>> open_case(const std::string& results_file);

// Lists of known files: hashdeep, md5deep, sha256sum/sha1sum/md5sum, CSV, Project VIC JSON, NSRL RDSv3.
struct KnownSetInfo {
  std::string name, kind, sha256;      // base name of the file, format found, digest of the file
  std::uint64_t digests = 0;
};
class KnownSets : public KnownHashes {
 public:
  virtual const std::vector<KnownSetInfo>& sets() const = 0;
};
Result<std::unique_ptr<KnownSets>> load_known_sets(const std::vector<std::string>& good,
                                                   const std::vector<std::string>& alert);

}  // namespace evtriage
