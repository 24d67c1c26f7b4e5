// Records to bytes.  Runs in the workers, so that compression and digests of texts are parallel and the
// journal's lock covers one write only.
// Tested by tests/pipeline/store/codec_test.cpp.
#include <algorithm>

#include "pipeline/custody/custody.h"
#include "pipeline/store/codec.h"
#include "pipeline/store/compress.h"
#include "pipeline/store/crc32c.h"
#include "pipeline/store/name_book.h"

namespace evtriage {
namespace {

namespace format = journal_format;

template <class List, class Each>
void append_list(std::string& out, const List& list, const Each& each) {
  append_varint(out, list.size());
  for (const auto& element : list) each(element);
}

void append_texts(std::string& out, const std::vector<std::string>& list) {
  append_list(out, list, [&](const std::string& text) { append_chars(out, text); });
}

void append_range(std::string& out, ByteRange range) {
  append_varint(out, range.begin);
  append_varint(out, range.end);
}

template <std::size_t N>
void append_digest(std::string& out, const std::optional<std::array<std::byte, N>>& digest) {
  if (digest) out += as_chars(*digest);
}

void append_time(std::string& out, const std::optional<std::int64_t>& time) {
  if (time) append_signed(out, *time);
}

void append_scalars(std::string& out, const ItemRecord& item) {
  append_varint(out, item.parent);
  out += static_cast<char>(item.kind);
  out += static_cast<char>(item.outcome);
  out += static_cast<char>(item.known);
  append_varint(out, item.size);
  append_varint(out, item.text_bytes);
  append_signed(out, item.score_milli);
  for (const std::string* text : {&item.address, &item.name, &item.path, &item.media_type}) append_chars(out, *text);
  const Digests& d = item.digests;
  const int present = (d.md5 ? format::md5 : 0) | (d.sha1 ? format::sha1 : 0) | (d.sha256 ? format::sha256 : 0) |
                      (d.sha512 ? format::sha512 : 0) | (item.created_ns ? format::created : 0) |
                      (item.modified_ns ? format::modified : 0) | (item.accessed_ns ? format::accessed : 0) |
                      (item.changed_ns ? format::changed : 0);
  out += static_cast<char>(present);
  append_digest(out, d.md5);
  append_digest(out, d.sha1);
  append_digest(out, d.sha256);
  append_digest(out, d.sha512);
  append_time(out, item.created_ns);
  append_time(out, item.modified_ns);
  append_time(out, item.accessed_ns);
  append_time(out, item.changed_ns);
}

void append_hit(std::string& out, const Hit& hit) {
  append_varint(out, hit.segment);
  append_range(out, hit.bytes);
  for (const std::string* text : {&hit.place, &hit.rule, &hit.pack, &hit.offence, &hit.category, &hit.language,
                                  &hit.matched, &hit.context}) {
    append_chars(out, *text);
  }
  append_varint(out, hit.rule_version);
  append_signed(out, hit.weight);
  append_texts(out, hit.elements);
}

void append_finding(std::string& out, const Finding& finding) {
  append_varint(out, finding.segment);
  append_range(out, finding.bytes);
  for (const std::string* text : {&finding.subject, &finding.place, &finding.offence, &finding.why, &finding.excerpt}) {
    append_chars(out, *text);
  }
  out += static_cast<char>(finding.band);
  append_signed(out, finding.score_milli);
  for (const auto* list : {&finding.elements, &finding.categories, &finding.rules, &finding.against}) {
    append_texts(out, *list);
  }
}

void append_issue(std::string& out, const Issue& issue) {
  out += static_cast<char>(issue.code);
  out += static_cast<char>((issue.reproducible ? 1 : 0) | (issue.where ? 2 : 0));
  append_chars(out, issue.stage);
  append_chars(out, issue.detail);
  if (issue.where) append_range(out, *issue.where);
}

void append_text(std::string& out, const TextRecord& text, const ItemRecord& item, Compressor& compressor,
                 std::string& room) {
  append_varint(out, text.segment);
  for (const std::string* word : {&text.origin, &text.place, &text.language}) append_chars(out, *word);
  append_varint(out, text.text_begin);
  append_varint(out, text.text.size());
  const bool known = text.is_whole_item && item.complete && item.digests.sha256 && item.size == text.text.size();
  out += as_chars(known ? *item.digests.sha256 : sha256(text.text.chars()));
  room.clear();
  compressor.append(room, text.text.chars());
  append_chars(out, room);
}

bool keeps(const ItemRecord& item, KeepText keep_text) {
  if (keep_text == KeepText::relevant) return !item.hits.empty() || !item.findings.empty() || !item.mentions.empty();
  return keep_text == KeepText::all;
}

void append_item(std::string& out, const ItemRecord& item, KeepText keep_text, Compressor& compressor,
                 std::string& room) {
  append_varint(out, item.index);
  out += static_cast<char>((item.complete ? format::complete : 0) | (item.type_mismatch ? format::type_mismatch : 0) |
                           (item.deleted ? format::deleted : 0) | (item.encrypted ? format::encrypted : 0));
  if (item.complete) append_scalars(out, item);
  append_list(out, item.properties, [&](const Property& property) {
    append_chars(out, property.name);
    append_chars(out, property.value);
  });
  append_list(out, item.mentions, [&](const Mention& mention) { append_mention(out, mention); });
  append_list(out, item.hits, [&](const Hit& hit) { append_hit(out, hit); });
  append_list(out, item.findings, [&](const Finding& finding) { append_finding(out, finding); });
  append_list(out, item.messages, [&](const MessageRecord& message) { append_message(out, message); });
  append_list(out, item.issues, [&](const Issue& issue) { append_issue(out, issue); });
  const bool kept = keeps(item, keep_text);
  append_varint(out, kept ? item.texts.size() : 0);
  if (!kept) return;
  for (const TextRecord& text : item.texts) append_text(out, text, item, compressor, room);
}

bool tells_names(const UnitPart& part) {
  return std::any_of(part.items.begin(), part.items.end(), [](const ItemRecord& item) {
    return std::any_of(item.properties.begin(), item.properties.end(), NameBook::is_told_by);
  });
}

void put_u32(std::string& out, std::size_t at, std::uint32_t value) {
  for (unsigned i = 0; i < 4; ++i) out[at + i] = static_cast<char>(value >> (8 * i) & 0xff);
}

}  // namespace

void append_varint(std::string& out, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) out += static_cast<char>(value | 0x80);
  out += static_cast<char>(value);
}

void append_signed(std::string& out, std::int64_t value) {
  append_varint(out, static_cast<std::uint64_t>(value) << 1 ^ static_cast<std::uint64_t>(value >> 63));
}

void append_chars(std::string& out, std::string_view chars) {
  append_varint(out, chars.size());
  out += chars;
}

void append_mention(std::string& out, const Mention& mention) {
  append_varint(out, mention.segment);
  append_range(out, mention.bytes);
  out += static_cast<char>(mention.confidence);
  for (const std::string* text : {&mention.type, &mention.value, &mention.country, &mention.label, &mention.place,
                                  &mention.raw, &mention.context}) {
    append_chars(out, *text);
  }
  append_texts(out, mention.countries);
}

void append_message(std::string& out, const MessageRecord& message) {
  for (const std::string* text :
       {&message.application, &message.conversation, &message.sender, &message.direction, &message.body}) {
    append_chars(out, *text);
  }
  out += static_cast<char>((message.deleted ? 1 : 0) | (message.sent_ns ? 2 : 0));
  append_time(out, message.sent_ns);
  append_texts(out, message.recipients);
  append_texts(out, message.attachments);
}

std::string frame_of(std::string_view payload) {
  std::string frame(format::frame_head_bytes, '\0');
  frame += payload;
  put_u32(frame, 0, static_cast<std::uint32_t>(payload.size()));
  put_u32(frame, 4, crc32c(payload));
  return frame;
}

std::string encode_frame(const std::vector<UnitPart>& parts, KeepText keep_text, Compressor& compressor) {
  std::string bodies, item_bytes, room, frame(format::frame_head_bytes, '\0');
  append_varint(frame, parts.size());
  for (const UnitPart& part : parts) {
    const std::size_t from = bodies.size();
    for (const ItemRecord& item : part.items) {
      item_bytes.clear();
      append_item(item_bytes, item, keep_text, compressor, room);
      append_chars(bodies, item_bytes);
    }
    append_varint(frame, part.ordinal);
    append_varint(frame, part.number);
    frame += static_cast<char>((part.last ? format::last_part : 0) | (tells_names(part) ? format::tells_names : 0));
    append_varint(frame, part.items.size());
    append_varint(frame, bodies.size() - from);
  }
  frame += bodies;
  const std::string_view payload = std::string_view(frame).substr(format::frame_head_bytes);
  put_u32(frame, 0, static_cast<std::uint32_t>(payload.size()));
  put_u32(frame, 4, crc32c(payload));
  return frame;
}

}  // namespace evtriage
