// results.sqlite out of journal and listing: one walk in key order for all tables of items, then contacts,
// mentions and links, which compare items with each other, then exhibits, whose sums are known last.
// Tested by tests/pipeline/store/build_test.cpp: same bytes for any order of frames.
#include <algorithm>

#include "pipeline/core/json.h"
#include "pipeline/store/contact_fold.h"
#include "pipeline/store/exhibit_sum.h"
#include "pipeline/store/item_rows.h"
#include "pipeline/store/name_book.h"
#include "pipeline/store/staging.h"
#include "pipeline/store/store.h"
#include "pipeline/store/unit_reader.h"

namespace evtriage {
namespace {

class Builder {
 public:
  Builder(const BuildInput& input, ResultsFile& results, UnitReader& units, ItemRows& rows, Staging& staging)
      : input_(input), results_(results), units_(units), rows_(rows), staging_(staging),
        sums_(input.exhibits.size()) {}

  // What items say of other items, before any row is written.
  Result<void> names() {
    for (const std::uint64_t ordinal : units_.naming()) {
      auto entries = input_.source->entries(ordinal, 1);
      if (!entries) return entries.error();
      if (entries->empty()) return Error{Code::internal, "a unit of the journal is not in the listing"};
      const std::uint32_t exhibit = entries->front().exhibit;
      auto read = units_.read(ordinal, {[](std::uint32_t, const StoredText&) -> Result<void> { return {}; },
                                        [](std::uint32_t, std::vector<MessageRecord>&) -> Result<void> { return {}; },
                                        [&](ItemRecord& record) -> Result<void> { return book_.read(exhibit, record), Result<void>(); }});
      if (!read) return read;
    }
    return {};
  }

  Result<void> walk() {
    constexpr std::uint64_t batch = 4096;
    const std::uint64_t count = input_.source->entry_count();
    for (std::uint64_t first = 0; first < count;) {
      auto entries = input_.source->entries(first, batch);
      if (!entries) return entries.error();
      if (entries->empty()) return Error{Code::internal, "the listing ends before its end"};
      for (const Entry& entry : *entries) {
        if (auto done = unit(entry); !done) return done;
      }
      first += entries->size();
    }
    return {};
  }

  Result<void> contacts() {
    if (auto done = fold_.write_contacts(results_.table("contacts")); !done) return done;
    TableWriter& mentions = results_.table("mentions");
    auto walked = staging_.each([&](std::uint64_t item, const auto& found, const auto& messages) -> Result<void> {
      std::uint64_t n = 0;
      for (const StagedMention& m : found) {
        if (!fold_.has(m.contact)) return Error{Code::internal, "a staged record is damaged"};
        if (auto added = mention(mentions, item, n++, m); !added) return added;
      }
      fold_.link(found);
      fold_.link(item, messages);
      return {};
    });
    if (!walked) return walked;
    return fold_.write_links(results_.table("links"));
  }

  Result<void> exhibits() {
    TableWriter& writer = results_.table("exhibits");
    for (std::size_t i = 0; i < input_.exhibits.size(); ++i) {
      const ExhibitRow& exhibit = input_.exhibits[i];
      ExhibitSum& sum = sums_[i];
      result_.exhibit_digests.emplace_back(exhibit.label, sum.finish(exhibit.kind));
      const std::string kind = sum.kind(exhibit.kind), digests = sum.digests(), stored = sum.stored_digests(), media = sum.media();
      const auto if_told = [](const std::string& json) { return json.empty() ? Cell::none() : Cell::word(json); };
      auto added = writer.add({Cell::number(std::uint64_t{i}), Cell::word(exhibit.label), Cell::word(exhibit.name), Cell::word(kind),
                               Cell::number(sum.bytes()), Cell::word(digests), if_told(stored), if_told(media), Cell::number(sum.items())});
      if (!added) return added;
    }
    return {};
  }

  Result<void> profile() {
    TableWriter& packs = results_.table("packs");
    for (const PackRow& pack : sorted(input_.packs)) {
      const std::string languages = json_array(pack.languages);
      auto added = packs.add({Cell::word(pack.id), Cell::word(pack.version), Cell::word(pack.licence),
                              Cell::word(pack.maintainer), Cell::word(pack.sha256), Cell::word(pack.signer),
                              Cell::word(languages), Cell::number(pack.rules)});
      if (!added) return added;
    }
    TableWriter& rules = results_.table("rules");
    for (const RuleRow& rule : sorted(input_.rules)) {
      const std::string title = titles_of(rule);
      auto added = rules.add({Cell::word(rule.id), Cell::word(rule.pack), Cell::number(std::uint64_t{rule.version}),
                              Cell::word(rule.offence), Cell::word(rule.category), Cell::word(rule.element),
                              Cell::word(rule.article), Cell::number(std::int64_t{rule.weight}), Cell::word(title)});
      if (!added) return added;
    }
    TableWriter& lines = results_.table("profile");
    std::uint64_t n = 0;
    std::string_view text = input_.profile_text;
    while (!text.empty()) {
      const std::string_view line = text.substr(0, text.find('\n'));
      if (auto added = lines.add({Cell::number(n++), Cell::word(line)}); !added) return added;
      text.remove_prefix(std::min(text.size(), line.size() + 1));
    }
    return {};
  }

  Result<BuildResult> finish() {
    if (result_.enumerated != result_.done + result_.partial + result_.skipped + result_.failed) {
      return Error{Code::internal, "the outcomes do not add up to the items"};
    }
    auto roots = results_.finish();
    if (!roots) return roots.error();
    result_.tables = std::move(*roots);
    return std::move(result_);
  }

 private:
  template <class Row>
  static std::vector<Row> sorted(std::vector<Row> rows) {
    std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.id < b.id; });
    return rows;
  }

  static std::string titles_of(const RuleRow& rule) {
    auto titles = rule.title;
    std::sort(titles.begin(), titles.end());
    std::string out;
    JsonWriter json(out);
    json.begin_object();
    for (const auto& [language, title] : titles) json.key(language).value(title);
    json.end_object();
    return out;
  }

  Result<void> mention(TableWriter& writer, std::uint64_t item, std::uint64_t n, const StagedMention& m) {
    constexpr std::string_view words[] = {"certain", "likely", "candidate"};
    const bool placed = m.bytes.begin != m.bytes.end;
    return writer.add({Cell::number(item), Cell::number(n), Cell::number(fold_.id(m.contact)),
                       Cell::number(std::uint64_t{m.segment}), placed ? Cell::number(m.bytes.begin) : Cell::none(),
                       placed ? Cell::number(m.bytes.end) : Cell::none(), Cell::word(m.place), Cell::word(m.raw),
                       Cell::word(m.context), Cell::word(words[static_cast<std::size_t>(m.confidence)])});
  }

  // Folders are few and come before what they hold, so that a sorted list of them is enough.
  Result<std::uint64_t> parent_of(const Entry& entry) const {
    if (!entry.parent) return std::uint64_t{0};
    const auto at = std::lower_bound(folders_.begin(), folders_.end(), std::pair(*entry.parent, std::uint64_t{0}));
    if (at == folders_.end() || at->first != *entry.parent) {
      return Error{Code::internal, "the listing names a parent that is no folder before its entry"};
    }
    return at->second;
  }

  Result<void> unit(const Entry& entry) {
    if (entry.exhibit >= sums_.size()) return Error{Code::internal, "the listing names an exhibit that is not there"};
    auto parent = parent_of(entry);
    if (!parent) return parent.error();
    const std::uint64_t base = next_id_;
    if (entry.kind == ItemKind::directory) folders_.emplace_back(entry.ordinal, base);
    if (entry.exhibit != label_of_ || label_.empty()) {
      label_of_ = entry.exhibit;
      label_ = input_.exhibits[entry.exhibit].label;
    }
    return units_.read(
        entry.ordinal, {[&](std::uint32_t index, const StoredText& text) { return rows_.text(base + index, text); },
        [&](std::uint32_t index, std::vector<MessageRecord>& messages) -> Result<void> {
          book_.name_parties(entry.exhibit, messages);
          if (auto staged = staging_.add(base + index, {}, {}, messages); !staged) return staged;
          return rows_.messages(base + index, messages);
        },
        [&](ItemRecord& record) -> Result<void> {
          if (record.index > 0 && record.parent >= record.index) {
            return Error{Code::internal, "an item stands before its parent"};
          }
          const std::uint64_t id = base + record.index;
          if (record.index == 0 && entry.kind == ItemKind::file) sums_[entry.exhibit].add_file(entry, record);
          count(entry, record);
          sort_mentions(record.mentions);
          book_.apply(entry.exhibit, record);
          fold_.add(id, record.mentions, contacts_);
          if (auto staged = staging_.add(id, contacts_, record.mentions, {}); !staged) return staged;
          next_id_ = id + 1;
          return rows_.item(id, record.index == 0 ? *parent : base + record.parent, label_, record);
        }});
  }

  void count(const Entry& entry, const ItemRecord& record) {
    sums_[entry.exhibit].add_item(entry, record);
    ++result_.enumerated;
    std::uint64_t* const counts[] = {&result_.done, &result_.partial, &result_.skipped, &result_.failed};
    ++*counts[static_cast<std::size_t>(record.outcome)];
    result_.issues += record.issues.size();
    for (const Issue& issue : record.issues) result_.unreproducible += issue.reproducible ? 0 : 1;
  }

  const BuildInput& input_;
  ResultsFile& results_;
  UnitReader& units_;
  ItemRows& rows_;
  Staging& staging_;
  std::vector<ExhibitSum> sums_;
  NameBook book_;
  ContactFold fold_;
  std::vector<std::uint32_t> contacts_;                           // of one item's mentions
  BuildResult result_;
  std::vector<std::pair<std::uint64_t, std::uint64_t>> folders_;  // ordinal, item id
  std::uint64_t next_id_ = 1;
  std::uint32_t label_of_ = 0;
  std::string label_;
};

}  // namespace

std::span<const std::string_view> table_names() {
  static constexpr std::string_view names[] = {"exhibits", "items",    "issues", "properties", "texts",
                                               "contacts", "mentions", "messages", "hits",     "findings",
                                               "links",    "packs",    "rules",  "profile"};
  return names;
}

Result<BuildResult> build_results(const BuildInput& input, const std::string& results_file) {
  auto units = UnitReader::open(input.journal_file);
  if (!units) return units.error();
  auto results = ResultsFile::create(results_file);
  if (!results) return results.error();
  auto rows = ItemRows::open(*results, input.source->entry_count());
  if (!rows) return rows.error();
  auto staging = Staging::create(results_file);
  if (!staging) return staging.error();
  Builder builder(input, *results, *units, *rows, *staging);
  if (auto done = builder.names(); !done) return done.error();
  if (auto done = builder.walk(); !done) return done.error();
  if (auto done = builder.contacts(); !done) return done.error();
  if (auto done = builder.exhibits(); !done) return done.error();
  if (auto done = builder.profile(); !done) return done.error();
  return builder.finish();
}

}  // namespace evtriage
