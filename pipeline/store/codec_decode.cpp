// Bytes to records.  Every count is compared with the bytes that are left before anything is allocated,
// and an item must use up its bytes exactly.
// Tested by tests/pipeline/store/codec_test.cpp and tests/fuzz/fuzz_journal.cpp.
#include <algorithm>
#include <limits>

#include "pipeline/store/codec.h"

namespace evtriage {
namespace {

namespace format = journal_format;

Error damaged() { return {Code::corrupt, "a record of the journal is damaged"}; }

void fail(ByteReader& reader) { reader.skip(reader.left() + std::uint64_t{1}); }

template <class T>
T read_number(ByteReader& reader) {
  const std::uint64_t value = reader.varint();
  if (value > std::numeric_limits<T>::max()) fail(reader);
  return static_cast<T>(value);
}

std::int32_t read_signed32(ByteReader& reader) {
  const std::int64_t value = read_signed(reader);
  if (value < std::numeric_limits<std::int32_t>::min() || value > std::numeric_limits<std::int32_t>::max()) fail(reader);
  return static_cast<std::int32_t>(value);
}

template <class Enum>
Enum read_enum(ByteReader& reader, Enum greatest) {
  const std::uint8_t value = reader.u8();
  if (value > static_cast<std::uint8_t>(greatest)) {
    fail(reader);
    return greatest;
  }
  return static_cast<Enum>(value);
}

// Every element takes at least one byte, so that a count above the bytes left is a lie.
template <class T, class Each>
void read_list(ByteReader& reader, std::vector<T>& list, const Each& each) {
  list.clear();
  const std::uint64_t count = reader.varint();
  if (count > reader.left()) return fail(reader);
  for (std::uint64_t i = 0; i < count && reader.ok(); ++i) each(list.emplace_back());
}

void read_texts(ByteReader& reader, std::vector<std::string>& list) {
  read_list(reader, list, [&](std::string& text) { text.assign(read_chars(reader)); });
}

ByteRange read_range(ByteReader& reader) {
  ByteRange range;
  range.begin = reader.varint();
  range.end = reader.varint();
  return range;
}

template <std::size_t N>
void read_digest(ByteReader& reader, bool present, std::optional<std::array<std::byte, N>>& digest) {
  digest.reset();
  if (!present) return;
  const auto bytes = as_bytes(reader.chars(N));
  if (bytes.size() == N) std::copy(bytes.begin(), bytes.end(), digest.emplace().begin());
}

void read_time(ByteReader& reader, bool present, std::optional<std::int64_t>& time) {
  time.reset();
  if (present) time = read_signed(reader);
}

void read_scalars(ByteReader& reader, ItemRecord& item) {
  item.parent = read_number<std::uint32_t>(reader);
  item.kind = read_enum(reader, ItemKind::record);
  item.outcome = read_enum(reader, Outcome::failed);
  item.known = read_enum(reader, Known::alert);
  item.size = reader.varint();
  item.text_bytes = reader.varint();
  item.score_milli = read_signed32(reader);
  for (std::string* text : {&item.address, &item.name, &item.path, &item.media_type}) text->assign(read_chars(reader));
  const unsigned present = reader.u8();
  read_digest(reader, (present & format::md5) != 0, item.digests.md5);
  read_digest(reader, (present & format::sha1) != 0, item.digests.sha1);
  read_digest(reader, (present & format::sha256) != 0, item.digests.sha256);
  read_digest(reader, (present & format::sha512) != 0, item.digests.sha512);
  read_time(reader, (present & format::created) != 0, item.created_ns);
  read_time(reader, (present & format::modified) != 0, item.modified_ns);
  read_time(reader, (present & format::accessed) != 0, item.accessed_ns);
  read_time(reader, (present & format::changed) != 0, item.changed_ns);
}

void read_hit(ByteReader& reader, Hit& hit) {
  hit.segment = read_number<std::uint32_t>(reader);
  hit.bytes = read_range(reader);
  for (std::string* text : {&hit.place, &hit.rule, &hit.pack, &hit.offence, &hit.category, &hit.language, &hit.matched,
                            &hit.context}) {
    text->assign(read_chars(reader));
  }
  hit.rule_version = read_number<std::uint32_t>(reader);
  hit.weight = read_signed32(reader);
  read_texts(reader, hit.elements);
}

void read_finding(ByteReader& reader, Finding& finding) {
  finding.segment = read_number<std::uint32_t>(reader);
  finding.bytes = read_range(reader);
  for (std::string* text : {&finding.subject, &finding.place, &finding.offence, &finding.why, &finding.excerpt}) {
    text->assign(read_chars(reader));
  }
  finding.band = read_enum(reader, Band::low);
  finding.score_milli = read_signed32(reader);
  for (auto* list : {&finding.elements, &finding.categories, &finding.rules, &finding.against}) {
    read_texts(reader, *list);
  }
}

void read_issue(ByteReader& reader, Issue& issue) {
  issue.code = read_enum(reader, Code::internal);
  const unsigned flags = reader.u8();
  issue.reproducible = (flags & 1) != 0;
  issue.stage.assign(read_chars(reader));
  issue.detail.assign(read_chars(reader));
  if ((flags & 2) != 0) issue.where = read_range(reader);
}

void read_text(ByteReader& reader, StoredText& text) {
  text.segment = read_number<std::uint32_t>(reader);
  text.origin = read_chars(reader);
  text.place = read_chars(reader);
  text.language = read_chars(reader);
  text.text_begin = reader.varint();
  text.text_bytes = reader.varint();
  const auto digest = as_bytes(reader.chars(32));
  if (digest.size() == 32) std::copy(digest.begin(), digest.end(), text.sha256.begin());
  text.zstd = read_chars(reader);
}

}  // namespace

std::string_view read_chars(ByteReader& reader) { return reader.chars(reader.varint()); }

std::int64_t read_signed(ByteReader& reader) {
  const std::uint64_t value = reader.varint();
  return static_cast<std::int64_t>(value >> 1 ^ (0 - (value & 1)));
}

void read_mention(ByteReader& reader, Mention& mention) {
  mention.segment = read_number<std::uint32_t>(reader);
  mention.bytes = read_range(reader);
  mention.confidence = read_enum(reader, Confidence::candidate);
  for (std::string* text : {&mention.type, &mention.value, &mention.country, &mention.label, &mention.place,
                            &mention.raw, &mention.context}) {
    text->assign(read_chars(reader));
  }
  read_texts(reader, mention.countries);
}

void read_message(ByteReader& reader, MessageRecord& message) {
  for (std::string* text :
       {&message.application, &message.conversation, &message.sender, &message.direction, &message.body}) {
    text->assign(read_chars(reader));
  }
  const unsigned flags = reader.u8();
  message.deleted = (flags & 1) != 0;
  read_time(reader, (flags & 2) != 0, message.sent_ns);
  read_texts(reader, message.recipients);
  read_texts(reader, message.attachments);
}

Result<std::vector<PartHead>> decode_heads(std::string_view payload) {
  ByteReader reader(payload);
  std::vector<PartHead> heads;
  read_list(reader, heads, [&](PartHead& head) {
    head.ordinal = reader.varint();
    head.number = read_number<std::uint32_t>(reader);
    const unsigned flags = reader.u8();
    head.last = (flags & format::last_part) != 0;
    head.tells_names = (flags & format::tells_names) != 0;
    head.items = reader.varint();
    head.body_bytes = reader.varint();
  });
  if (!reader.ok()) return damaged();
  std::uint64_t at = reader.position();
  for (PartHead& head : heads) {
    if (head.body_bytes > payload.size() - at) return damaged();
    head.body_begin = at;
    at += head.body_bytes;
  }
  if (at != payload.size()) return damaged();
  return heads;
}

Result<void> decode_places(std::string_view payload, const PartHead& part, std::vector<ItemPlace>& places) {
  ByteReader reader(payload.substr(part.body_begin, part.body_bytes));
  if (part.items > part.body_bytes) return damaged();
  for (std::uint64_t i = 0; i < part.items; ++i) {
    const std::string_view item = read_chars(reader);
    ByteReader head(item);
    ItemPlace place;
    place.index = read_number<std::uint32_t>(head);
    place.complete = (head.u8() & format::complete) != 0;
    place.bytes = item.size();
    place.begin = part.body_begin + reader.position() - item.size();
    if (!reader.ok() || !head.ok()) return damaged();
    places.push_back(place);
  }
  if (reader.left() != 0) return damaged();
  return {};
}

Result<void> decode_item(std::string_view bytes, StoredItem& item) {
  ByteReader reader(bytes);
  ItemRecord& record = item.record;
  record.index = read_number<std::uint32_t>(reader);
  const unsigned flags = reader.u8();
  record.complete = (flags & format::complete) != 0;
  record.type_mismatch = (flags & format::type_mismatch) != 0;
  record.deleted = (flags & format::deleted) != 0;
  record.encrypted = (flags & format::encrypted) != 0;
  if (record.complete) read_scalars(reader, record);
  read_list(reader, record.properties, [&](Property& property) {
    property.name.assign(read_chars(reader));
    property.value.assign(read_chars(reader));
  });
  read_list(reader, record.mentions, [&](Mention& mention) { read_mention(reader, mention); });
  read_list(reader, record.hits, [&](Hit& hit) { read_hit(reader, hit); });
  read_list(reader, record.findings, [&](Finding& finding) { read_finding(reader, finding); });
  read_list(reader, record.messages, [&](MessageRecord& message) { read_message(reader, message); });
  read_list(reader, record.issues, [&](Issue& issue) { read_issue(reader, issue); });
  read_list(reader, item.texts, [&](StoredText& text) { read_text(reader, text); });
  if (!reader.ok() || reader.left() != 0) return damaged();
  return {};
}

}  // namespace evtriage
