// Records to rows.  What is absent becomes NULL and is left out of the canonical line.
// Tested by tests/pipeline/store/build_test.cpp.
#include "pipeline/store/item_rows.h"

#include <algorithm>
#include <tuple>

#include "pipeline/core/time.h"
#include "pipeline/custody/custody.h"

namespace evtriage {
namespace {

std::string_view word(ItemKind kind) {
  constexpr std::string_view words[] = {"file",  "directory", "symlink", "special",    "deleted",  "orphan",       "free-space",
                                        "slack", "member",    "attachment", "embedded", "message-store", "record"};
  return words[static_cast<std::size_t>(kind)];
}
std::string_view word(Outcome outcome) {
  constexpr std::string_view words[] = {"done", "partial", "skipped", "failed"};
  return words[static_cast<std::size_t>(outcome)];
}
std::string_view word(Known known) {
  constexpr std::string_view words[] = {"", "good", "alert"};
  return words[static_cast<std::size_t>(known)];
}
std::string_view word(Band band) {
  constexpr std::string_view words[] = {"high", "medium", "low"};
  return words[static_cast<std::size_t>(band)];
}

template <std::size_t N>
std::string hex_of(const std::optional<std::array<std::byte, N>>& digest) {
  return digest ? hex(*digest) : std::string();
}
std::string time_of(const std::optional<std::int64_t>& ns) { return ns ? rfc3339(*ns) : std::string(); }
std::string list_of(const std::vector<std::string>& texts) { return texts.empty() ? std::string() : json_array(texts); }

// An empty range means that there are no bytes to point to.
Cell begin_of(ByteRange range) { return range.begin == range.end ? Cell::none() : Cell::number(range.begin); }
Cell end_of(ByteRange range) { return range.begin == range.end ? Cell::none() : Cell::number(range.end); }

bool may_be_duplicate(const ItemRecord& record) {
  return record.size > 0 && record.digests.sha256 &&
         (record.kind == ItemKind::file || record.kind == ItemKind::member || record.kind == ItemKind::attachment ||
          record.kind == ItemKind::embedded || record.kind == ItemKind::record);
}

template <class T, class Key>
void sort_unique(std::vector<T>& rows, const Key& key) {
  const auto before = [&](const T& a, const T& b) { return key(a) < key(b); };
  const auto same = [&](const T& a, const T& b) { return key(a) == key(b); };
  std::stable_sort(rows.begin(), rows.end(), before);
  rows.erase(std::unique(rows.begin(), rows.end(), same), rows.end());
}

}  // namespace

void sort_mentions(std::vector<Mention>& mentions) {
  sort_unique(mentions, [](const Mention& m) { return std::tie(m.segment, m.bytes, m.type, m.value, m.place); });
}

ItemRows::ItemRows(ResultsFile& results, Statement sha256_of, std::uint64_t expected)
    : items_(&results.table("items")), issues_(&results.table("issues")), properties_(&results.table("properties")),
      texts_(&results.table("texts")), messages_(&results.table("messages")), hits_(&results.table("hits")),
      findings_(&results.table("findings")), sha256_of_(std::move(sha256_of)), first_seen_(expected) {}

Result<ItemRows> ItemRows::open(ResultsFile& results, std::uint64_t expected_items) {
  auto statement = results.database().prepare("SELECT sha256 FROM items WHERE id=?");
  if (!statement) return statement.error();
  return ItemRows(results, std::move(*statement), expected_items);
}

Result<void> ItemRows::text(std::uint64_t item, const StoredText& text) {
  const std::string digest = hex(text.sha256);
  const Cell begin = text.text_begin == 0 ? Cell::none() : Cell::number(text.text_begin);
  return texts_->add({Cell::number(++text_id_), Cell::number(item), Cell::number(std::uint64_t{text.segment}),
                      Cell::word(text.origin), Cell::word(text.place), Cell::word(text.language), begin,
                      Cell::number(text.text_bytes), Cell::word(digest), Cell::bytes(text.zstd)});
}

std::uint64_t ItemRows::duplicate_of(std::uint64_t id, const ItemRecord& record) {
  if (!may_be_duplicate(record)) return 0;
  const auto same = [&](std::uint32_t earlier) {
    sha256_of_.bind(1, Cell::number(std::uint64_t{earlier}));
    auto row = sha256_of_.step();
    const bool equal = row && *row && sha256_of_.column(0).chars == hex(*record.digests.sha256);
    sha256_of_.reset();
    return equal;
  };
  return first_seen_.first(*record.digests.sha256, static_cast<std::uint32_t>(id), same);
}

Result<void> ItemRows::item(std::uint64_t id, std::uint64_t parent, std::string_view exhibit, ItemRecord& record) {
  if (id > 0xffffffffu) return Error{Code::limit, "a case holds at most 4294967295 items"};
  const Digests& d = record.digests;
  const std::string md5 = hex_of(d.md5), sha1 = hex_of(d.sha1), sha256 = hex_of(d.sha256), sha512 = hex_of(d.sha512);
  const std::string created = time_of(record.created_ns), modified = time_of(record.modified_ns),
                    accessed = time_of(record.accessed_ns), changed = time_of(record.changed_ns);
  const std::uint64_t twin = duplicate_of(id, record);
  auto added = items_->add(
      {Cell::number(id), parent == 0 ? Cell::none() : Cell::number(parent), Cell::word(exhibit),
       Cell::word(record.address), Cell::word(record.path), Cell::word(record.name), Cell::word(word(record.kind)),
       Cell::number(record.size), Cell::word(record.media_type), Cell::flag(record.type_mismatch), Cell::word(md5),
       Cell::word(sha1), Cell::word(sha256), Cell::word(sha512), Cell::word(created), Cell::word(modified),
       Cell::word(accessed), Cell::word(changed), Cell::flag(record.deleted), Cell::flag(record.encrypted),
       Cell::word(word(record.outcome)), Cell::word(word(record.known)), twin == 0 ? Cell::none() : Cell::number(twin),
       Cell::number(record.text_bytes), Cell::number(std::int64_t{record.score_milli})});
  if (!added) return added;
  if (auto done = lists(id, record); !done) return done;
  return findings(id, record);
}

Result<void> ItemRows::lists(std::uint64_t id, ItemRecord& record) {
  std::uint64_t n = 0;
  for (const Issue& issue : record.issues) {
    const Cell begin = issue.where ? Cell::number(issue.where->begin) : Cell::none();
    const Cell end = issue.where ? Cell::number(issue.where->end) : Cell::none();
    auto added = issues_->add({Cell::number(id), Cell::number(n++), Cell::word(issue.stage),
                               Cell::word(to_string(issue.code)), Cell::word(issue.detail), begin, end,
                               Cell::flag(issue.reproducible)});
    if (!added) return added;
  }
  n = 0;
  for (const Property& property : record.properties) {
    auto added = properties_->add(
        {Cell::number(id), Cell::number(n++), Cell::word(property.name), Cell::word(property.value)});
    if (!added) return added;
  }
  return {};
}

Result<void> ItemRows::messages(std::uint64_t id, const std::vector<MessageRecord>& messages) {
  if (id != message_item_) message_n_ = 0;
  message_item_ = id;
  for (const MessageRecord& message : messages) {
    const std::string recipients = list_of(message.recipients), attachments = list_of(message.attachments);
    const std::string sent = time_of(message.sent_ns);
    auto added = messages_->add({Cell::number(id), Cell::number(message_n_++), Cell::word(message.application),
                                 Cell::word(message.conversation), Cell::word(message.sender), Cell::word(recipients),
                                 Cell::word(sent), Cell::word(message.direction), Cell::word(message.body),
                                 Cell::flag(message.deleted), Cell::word(attachments)});
    if (!added) return added;
  }
  return {};
}

Result<void> ItemRows::findings(std::uint64_t id, ItemRecord& record) {
  sort_unique(record.hits, [](const Hit& h) { return std::tie(h.segment, h.bytes, h.pack, h.rule, h.place); });
  std::uint64_t n = 0;
  for (const Hit& hit : record.hits) {
    const std::string elements = list_of(hit.elements);
    auto added = hits_->add({Cell::number(id), Cell::number(n++), Cell::number(std::uint64_t{hit.segment}),
                             begin_of(hit.bytes), end_of(hit.bytes), Cell::word(hit.place), Cell::word(hit.rule),
                             Cell::number(std::uint64_t{hit.rule_version}), Cell::word(hit.pack),
                             Cell::word(hit.offence), Cell::word(hit.category), Cell::word(elements),
                             Cell::number(std::int64_t{hit.weight}), Cell::word(hit.language), Cell::word(hit.matched),
                             Cell::word(hit.context)});
    if (!added) return added;
  }
  std::stable_sort(record.findings.begin(), record.findings.end(), [](const Finding& a, const Finding& b) {
    return std::tie(a.segment, a.bytes, a.offence) < std::tie(b.segment, b.bytes, b.offence);
  });
  n = 0;
  for (const Finding& f : record.findings) {
    const std::string elements = list_of(f.elements), categories = list_of(f.categories), rules = list_of(f.rules),
                      against = list_of(f.against);
    auto added = findings_->add({Cell::number(id), Cell::number(n++), Cell::word(f.subject),
                                 Cell::number(std::uint64_t{f.segment}), begin_of(f.bytes), end_of(f.bytes),
                                 Cell::word(f.place), Cell::word(f.offence), Cell::word(word(f.band)),
                                 Cell::number(std::int64_t{f.score_milli}), Cell::word(elements),
                                 Cell::word(categories), Cell::word(rules), Cell::word(against), Cell::word(f.why),
                                 Cell::word(f.excerpt)});
    if (!added) return added;
  }
  return {};
}

}  // namespace evtriage
