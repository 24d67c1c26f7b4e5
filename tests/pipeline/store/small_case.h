// A tiny case made in memory: a listing, records for each entry, and the folder they are sealed into.
// Used by the tests of store and custody.
#pragma once
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "pipeline/custody/custody.h"
#include "pipeline/store/store.h"

namespace evtriage::test {

class Folder {  // removed at the end
 public:
  Folder() : path_(testing::TempDir() + "evtriage." + std::to_string(::getpid()) + "." + std::to_string(next()++)) {
    std::filesystem::remove_all(path_);
    std::filesystem::create_directories(path_);
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }
  const std::string& path() const { return path_; }

 private:
  static int& next() {
    static int number = 0;
    return number;
  }
  std::string path_;
};

inline std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}
inline void write_file(const std::string& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

class ListedSource final : public Source {
 public:
  explicit ListedSource(std::vector<Entry> entries) : entries_(std::move(entries)) {}
  std::uint64_t entry_count() const override { return entries_.size(); }
  std::uint64_t total_bytes() const override { return 0; }
  std::string exhibit_label(std::uint32_t) const override { return "EX1"; }
  Result<std::vector<Entry>> entries(std::uint64_t first, std::uint64_t count) override {
    const auto from = std::min<std::uint64_t>(first, entries_.size());
    const auto to = std::min<std::uint64_t>(entries_.size(), from + count);
    return std::vector<Entry>(entries_.begin() + static_cast<long>(from), entries_.begin() + static_cast<long>(to));
  }
  const std::vector<std::uint64_t>& large_files() const override { return none_; }
  Result<Opened> open(const Entry&) const override { return Error{}; }
  std::optional<Issue> changed(const Entry&, const Content&) const override { return std::nullopt; }
  bool warm(const Entry&) const override { return true; }

 private:
  std::vector<Entry> entries_;
  std::vector<std::uint64_t> none_;
};

// 0 folder, 1 mail with two attachments, 2 its twin, 3 a large file in three parts, 4 a file that failed.
inline std::vector<Entry> small_listing() {
  std::vector<Entry> entries(5);
  const char* paths[] = {"box", "box/a.eml", "box/b.txt", "box/large\xff.log", "box/z.bin"};
  for (std::uint64_t i = 0; i < entries.size(); ++i) {
    entries[i].ordinal = i;
    entries[i].number = i + 1;
    entries[i].path = paths[i];
    entries[i].kind = i == 0 ? ItemKind::directory : ItemKind::file;
    if (i > 0) entries[i].parent = 0;
  }
  return entries;
}

inline ItemRecord small_item(std::uint32_t index, const std::string& name, const std::string& bytes) {
  ItemRecord item;
  item.index = index;
  item.address = "exhibit:EX1/file:1\"" + name + "\"";
  item.name = name;
  item.path = "box/" + name;
  item.kind = index == 0 ? ItemKind::file : ItemKind::attachment;
  item.size = bytes.size();
  item.media_type = "text/plain";
  item.digests.sha256 = sha256(bytes);
  return item;
}

inline Mention small_mention(const std::string& type, const std::string& value, std::uint64_t begin) {
  Mention mention;
  mention.type = type;
  mention.value = value;
  mention.raw = value;
  mention.context = "write to " + value + " \"now\"";
  mention.bytes = {begin, begin + value.size()};
  return mention;
}

inline TextRecord small_text(std::uint32_t segment, const std::string& text) {
  TextRecord record;
  record.segment = segment;
  record.origin = "body";
  record.text = Blob::own(text);
  return record;
}

inline UnitPart small_mail() {
  UnitPart part;
  part.ordinal = 1;
  ItemRecord mail = small_item(0, "a.eml", "mail bytes");
  mail.texts.push_back(small_text(0, "Bonjour, \xd9\x85\xd8\xb1\xd8\xad\xd8\xa8\xd8\xa7 and hello hello hello hello"));
  mail.mentions = {small_mention("email", "bruno@example.org", 40), small_mention("email", "ana@example.org", 5),
                   small_mention("email", "ana@example.org", 5), small_mention("phone", "+15550100", 90)};
  mail.mentions[0].label = "Bruno";
  mail.properties = {{"subject", "Offer"}, {"author", "Ana \"A\""}};
  MessageRecord message;
  message.application = "mail";
  message.sender = "Ana <Ana@Example.org>";
  message.recipients = {"bruno@example.org"};
  message.sent_ns = 1'700'000'000'000'000'000;
  mail.messages.push_back(message);
  Hit hit;
  hit.rule = "en.fee";
  hit.pack = "tip-en";
  hit.offence = "tip";
  hit.bytes = {7, 12};
  hit.elements = {"means: deception"};
  hit.weight = 3;
  hit.matched = "hello";
  mail.hits.push_back(hit);
  Finding finding;
  finding.score_milli = 2500;
  finding.offence = "tip";
  finding.why = "Offer and fee stand together.";
  finding.rules = {"en.fee"};
  finding.bytes = {7, 12};
  mail.findings.push_back(finding);
  mail.score_milli = 2500;
  ItemRecord first = small_item(1, "one.txt", "attached"), second = small_item(2, "two.txt", "attached");
  second.parent = 1;
  part.items = {mail, first, second};
  return part;
}

inline std::vector<UnitPart> small_large_file() {  // lists of item 0 come before its scalars
  std::vector<UnitPart> parts(3);
  for (std::uint32_t i = 0; i < 3; ++i) {
    parts[i].ordinal = 3;
    parts[i].number = i;
    parts[i].last = i == 2;
    ItemRecord item;
    if (i == 2) item = small_item(0, "large.log", "large bytes");
    item.complete = i == 2;
    item.texts.push_back(small_text(i, "page " + std::to_string(i)));
    item.mentions = {small_mention("email", "ana@example.org", 1000u * i + 1)};
    parts[i].items.push_back(item);
  }
  return parts;
}

// One frame's parts each; any order of frames must give the same case.
inline std::vector<std::vector<UnitPart>> small_frames() {
  UnitPart folder, twin, failed;
  folder.items.push_back(small_item(0, "box", ""));
  folder.items[0].kind = ItemKind::directory;
  folder.items[0].digests = {};
  twin.ordinal = 2;
  twin.items.push_back(small_item(0, "b.txt", "attached"));
  failed.ordinal = 4;
  failed.items.push_back(small_item(0, "z.bin", "?"));
  failed.items[0].outcome = Outcome::failed;
  failed.items[0].digests = {};
  failed.items[0].issues = {{Code::io_read, "read", "three bytes could not be read", ByteRange{1, 4}, true}};
  return {{folder}, {small_mail(), twin}, small_large_file(), {failed}};
}

inline Result<BuildResult> build_small(const Folder& folder, const std::vector<std::vector<UnitPart>>& frames,
                                       const std::string& name = "results.sqlite") {
  const std::string journal_file = folder / (name + ".journal");
  {
    auto journal = open_journal(journal_file, {"profile", "listing"}, KeepText::all);
    if (!journal) return journal.error();
    for (const auto& parts : frames) {
      if (auto done = (*journal)->append((*journal)->encode(parts)); !done) return done.error();
    }
  }
  ListedSource source(small_listing());
  BuildInput input;
  input.journal_file = journal_file;
  input.source = &source;
  input.exhibits = {{"EX1", "seized", "folder"}};
  input.packs = {{"tip-en", "1", "Apache-2.0", "nobody", "00", "", {"en"}, 1}};
  input.rules = {{"en.fee", "tip-en", "tip", "recruitment", "means", "3", 1, 3, {{"fr", "Frais"}, {"en", "Fee"}}}};
  input.profile_text = "a=1\nb=2\n";
  auto built = build_results(input, folder / name);
  std::filesystem::remove(journal_file);
  return built;
}

// results.sqlite, custody.jsonl, seal.json and one report, as a run leaves them.
inline void seal_small(const Folder& folder) {
  auto built = build_small(folder, small_frames());
  ASSERT_TRUE(built) << built.error().detail;
  Seal seal;
  seal.program_version = "0.1";
  seal.profile_digest = std::string(64, 'a');
  for (const auto& table : built->tables) seal.tables.push_back({table.table, table.rows, table.root});
  seal.results_digest = results_root(seal.tables);
  seal.results_file_sha256 = *sha256_of_file(folder / "results.sqlite");
  seal.counts = {{"enumerated", built->enumerated}, {"done", built->done},     {"partial", built->partial},
                 {"skipped", built->skipped},       {"failed", built->failed}, {"issues", built->issues}};
  seal.exhibits = built->exhibit_digests;
  const FixedClock clock(1'700'000'000'000'000'000);
  auto log = open_custody_log(folder / "custody.jsonl", clock);
  ASSERT_TRUE(log);
  ASSERT_TRUE((*log)->append({"started", {{"examiner", "A. Nobody"}}}));
  ASSERT_TRUE((*log)->append({"listed", {{"entries", "5"}}}));
  seal.custody_head = (*log)->head();
  seal.custody_size = (*log)->size();
  ASSERT_TRUE(write_seal(folder.path(), seal));
  ASSERT_TRUE((*log)->append({"sealed", {{"file", "seal.json"}, {"sha256", *sha256_of_file(folder / "seal.json")}}}));
  std::filesystem::create_directories(folder / "reports");
  write_file(folder / "reports/items.csv", "id,name\n1,box\n");
  ASSERT_TRUE((*log)->append(
      {"report", {{"file", "reports/items.csv"}, {"sha256", *sha256_of_file(folder / "reports/items.csv")}}}));
}

}  // namespace evtriage::test
