// One function for each application; what they share stands first.
// Tested by tests/extractors/phone/chat_json_test.cpp.
#include "extractors/phone/chat_record.h"

#include <charconv>

#include "extractors/phone/chat_time.h"
#include "extractors/phone/mapped.h"
#include "pipeline/core/time.h"

namespace evtriage::phone {
namespace {

constexpr std::int64_t millisecond = 1'000'000, second = 1'000'000'000;
constexpr std::string_view device_user = "device user";
constexpr std::uint32_t none = JsonTree::none;
constexpr std::size_t longest_party = 1024;

std::optional<std::int64_t> scaled(std::optional<std::int64_t> count, std::int64_t unit) {
  std::int64_t ns = 0;
  if (!count || __builtin_mul_overflow(*count, unit, &ns)) return std::nullopt;
  return ns;
}

void remark(ToldRecord& told, std::string_view words, ByteRange source) {
  append_made(told.text, std::string(told.text.text.empty() ? "[" : " [") + std::string(words) + "]", source);
}

// "[label value]" if there is one.
void remark(JsonTree& record, ToldRecord& told, std::string_view label, std::string_view key, std::uint32_t object = 0) {
  const std::uint32_t found = record.take_value(key, object);
  const std::string value = record.text(found);
  if (!value.empty()) remark(told, std::string(label) + " " + value, record.source(record.node(found)));
}

// Names are short; what a hostile one has more is told as text.
void shorten(ToldRecord& told, std::string& party, std::string_view label, ByteRange source) {
  if (party.size() <= longest_party) return;
  remark(told, std::string(label) + ": " + party, source);
  party.resize(floor_char(party, longest_party));
}

void attach(ToldRecord& told, std::string name) {
  constexpr std::size_t most_attachments = 1000;
  if (!name.empty() && told.row.attachments.size() < most_attachments) told.row.attachments.push_back(std::move(name));
}

// A string, or an object with a member "text".
void append_piece(JsonTree& record, std::uint32_t index, MappedText& out) {
  if (record.node(index).kind != JsonNode::Kind::object) {
    record.append(index, out);
    if (!record.node(index).is_container()) record.take_all(index);
    return;
  }
  record.take_value("type", index);
  record.append(record.take_value("text", index), out);
  const std::uint32_t target = record.take_value("href", index);
  if (const std::string link = record.text(target); !link.empty()) append_made(out, " (" + link + ")", record.source(record.node(target)));
}

// One piece, or an array of them.
void append_pieces(JsonTree& record, std::uint32_t index, MappedText& out) {
  if (index == none) return;
  if (record.node(index).kind != JsonNode::Kind::array) return append_piece(record, index, out);
  for (std::uint32_t piece = record.first_child(index); piece != none; piece = record.after(piece)) append_piece(record, piece, out);
}

// "[reactions: <emoji> by Ama, Kofi; <emoji> 3]" out of an array of objects.
void tell_reactions(JsonTree& record, ToldRecord& told, std::string_view emoji, std::string_view who) {
  const std::uint32_t all = record.take("reactions");
  std::string out;
  for (std::uint32_t one = record.first_child(all); one != none; one = record.after(one)) {
    std::string word = record.text(record.find(emoji, one)), by = record.text(record.find(who, one));
    if (word.empty()) word = record.text(record.find("type", one));
    const std::uint32_t recent = record.find("recent", one);
    for (std::uint32_t person = record.first_child(recent); person != none; person = record.after(person)) by += (by.empty() ? "" : ", ") + record.text(record.find("from", person));
    if (by.empty()) by = record.text(record.find("count", one));
    else by = "by " + by;
    out += (out.empty() ? "" : "; ") + word + (by.empty() ? "" : " " + by);
  }
  if (!out.empty()) remark(told, "reactions: " + out, record.source(record.node(all)));
}

// Who got it, once direction and sender are known.
void set_recipients(MessageRecord& row, const Surroundings& around) {
  const std::string me = around.owner.empty() ? std::string(device_user) : around.owner;
  if (row.direction == "outgoing") row.recipients = {row.conversation};
  if (row.direction == "incoming") row.recipients = {me};
}

std::string_view bare_id(std::string_view id) { return id.starts_with("user") ? id.substr(4) : id; }

std::string_view direction_in_telegram(const Surroundings& around, std::string_view from) {
  if (from.empty()) return "";
  if (!around.owner_id.empty()) return bare_id(from) == bare_id(around.owner_id) ? "outgoing" : "incoming";
  const bool two = around.chat_type == "personal_chat" || around.chat_type == "bot_chat";
  return !two || around.chat_id.empty() ? "" : bare_id(from) == bare_id(around.chat_id) ? "incoming" : "outgoing";
}

void tell_media_of_telegram(JsonTree& record, ToldRecord& told) {
  const std::string name = record.take_text("file_name");
  for (const std::string_view key : {"photo", "file"}) {
    const std::string path = record.take_text(key);
    if (!path.empty()) attach(told, path.starts_with("(") && !name.empty() ? name : path);
  }
  record.take_value("thumbnail");
  record.take_value("mime_type");
  remark(record, told, "a", "media_type");
  if (const std::uint32_t place = record.take("location_information"); place != none) {
    remark(told, "location: " + record.text(record.find("latitude", place)) + ", " + record.text(record.find("longitude", place)), record.source(record.node(place)));
  }
  if (const std::uint32_t contact = record.take("contact_information"); contact != none) {
    std::string words = "contact:";
    for (const std::string_view key : {"first_name", "last_name", "phone_number"}) words += " " + record.text(record.find(key, contact));
    remark(told, words, record.source(record.node(contact)));
  }
}

void tell_telegram(JsonTree& record, const Surroundings& around, ToldRecord& told) {
  MessageRecord& row = told.row;
  row.application = "telegram";
  const std::string chat_id = around.chat_id.empty() ? std::string() : around.chat_type.ends_with("_chat") ? "user" + around.chat_id : around.chat_type + " " + around.chat_id;
  row.conversation = with_address(around.chat.empty() && around.chat_type == "saved_messages" ? "Saved Messages" : around.chat, chat_id);
  told.key = around.chat_id.empty() ? around.chat : around.chat_id;
  const std::string id = record.take_text("id"), from = record.take_text("from"), actor = record.take_text("actor");
  std::string from_id = record.take_text("from_id");
  if (const std::string actor_id = record.take_text("actor_id"); from_id.empty()) from_id = actor_id;
  const std::string date = record.take_text("date");
  row.sent_ns = scaled(record.integer(record.find("date_unixtime")), second);
  if (const std::string unix_time = record.take_text("date_unixtime"); !row.sent_ns) {
    std::int64_t value = 0;
    if (std::from_chars(unix_time.data(), unix_time.data() + unix_time.size(), value).ec == std::errc()) row.sent_ns = scaled(value, second);
  }
  if (!row.sent_ns) row.sent_ns = time_in_words(date);
  row.sender = with_address(from.empty() ? actor : from, !from_id.empty() && from_id[0] >= '0' && from_id[0] <= '9' ? "user" + from_id : from_id);
  row.direction = direction_in_telegram(around, from_id);
  set_recipients(row, around);
  append_pieces(record, record.find("text"), told.text);
  record.take("text_entities");
  record.take_value("type");
  remark(record, told, "action:", "action");
  tell_media_of_telegram(record, told);
  remark(record, told, "reply to message", "reply_to_message_id");
  remark(record, told, "forwarded from", "forwarded_from");
  remark(record, told, "saved from", "saved_from");
  record.take_value("edited_unixtime");
  remark(record, told, "edited", "edited");
  tell_reactions(record, told, "emoji", "from");
}

void tell_media_of_meta(JsonTree& record, ToldRecord& told) {
  for (const std::string_view key : {"photos", "videos", "audio_files", "files", "gifs", "media"}) {
    const std::uint32_t list = record.find(key);
    if (list == none || record.node(list).kind != JsonNode::Kind::array) continue;
    record.take_all(list);
    for (std::uint32_t one = record.first_child(list); one != none; one = record.after(one)) attach(told, record.text(record.find("uri", one)));
  }
  if (const std::uint32_t sticker = record.take("sticker"); sticker != none) attach(told, record.text(record.find("uri", sticker)));
  if (const auto seconds = record.integer(record.find("call_duration"))) remark(told, "call, " + std::to_string(*seconds) + " s", record.source(record.node(record.take_value("call_duration"))));
}

void tell_meta(JsonTree& record, const Surroundings& around, ToldRecord& told) {
  MessageRecord& row = told.row;
  row.application = "messenger";  // Instagram's export looks the same
  row.conversation = told.key = around.chat;
  row.sender = record.take_text("sender_name");
  if (row.sender.empty()) row.sender = record.take_text("senderName");
  row.sent_ns = scaled(record.integer(record.find("timestamp_ms")), millisecond);
  if (!row.sent_ns) row.sent_ns = scaled(record.integer(record.find("timestamp")), millisecond);
  record.take_value("timestamp_ms");
  record.take_value("timestamp");
  if (!around.owner.empty()) row.direction = row.sender == around.owner ? "outgoing" : "incoming";
  set_recipients(row, around);
  for (const std::string_view key : {"content", "text"}) {
    if (const std::uint32_t found = record.take_value(key); told.text.text.empty()) record.append(found, told.text);
  }
  record.take_value("type");
  tell_media_of_meta(record, told);
  row.deleted = record.is_true(record.find("is_unsent")) || record.is_true(record.find("isUnsent"));
  tell_reactions(record, told, "reaction", "actor");
}

void tell_snapchat(JsonTree& record, const Surroundings& around, ToldRecord& told) {
  MessageRecord& row = told.row;
  row.application = "snapchat";
  const std::string from = record.take_text("From"), to = record.take_text("To"), title = record.take_text("Conversation Title");
  const bool by_person = !around.array.ends_with("History");  // lists of older exports are called after directions
  const std::string other = by_person ? around.array : to.empty() ? from : to;
  row.conversation = with_address(title, other);
  told.key = other;
  const std::uint32_t sender = record.take_value("IsSender");
  const bool sent = sender != none ? record.is_true(sender) : !to.empty();
  row.direction = sent ? "outgoing" : "incoming";
  row.sender = !from.empty() ? from : sent ? std::string(device_user) : other;
  set_recipients(row, around);
  row.sent_ns = scaled(record.integer(record.find("Created(microseconds)")), millisecond);  // they are milliseconds
  record.take_value("Created(microseconds)");
  if (const std::string created = record.take_text("Created"); !row.sent_ns) row.sent_ns = time_in_words(created);
  for (const std::string_view key : {"Content", "Text"}) {
    if (const std::uint32_t found = record.take_value(key); told.text.text.empty()) record.append(found, told.text);
  }
  if (const std::string kind = record.text(record.find("Media Type")); kind == "TEXT") record.take_value("Media Type");
  else remark(record, told, "a", "Media Type");
  attach(told, record.take_text("Media IDs"));
}

void tell_google_chat(JsonTree& record, const Surroundings& around, ToldRecord& told) {
  MessageRecord& row = told.row;
  row.application = "google-chat";
  const std::uint32_t creator = record.take("creator");
  row.sender = with_address(record.text(record.find("name", creator == none ? 0 : creator)), creator == none ? "" : record.text(record.find("email", creator)));
  const std::string message_id = record.take_text("message_id"), topic = record.take_text("topic_id");
  const std::string room = message_id.substr(0, message_id.find('/'));
  told.key = room.empty() ? topic : room;
  row.conversation = with_address(around.chat, told.key);
  row.sent_ns = time_in_words(record.take_text("created_date"));
  append_pieces(record, record.find("text"), told.text);
  remark(record, told, "edited", "updated_date");
  if (const std::uint32_t files = record.take("attached_files"); files != none) {
    for (std::uint32_t one = record.first_child(files); one != none; one = record.after(one)) {
      const std::string name = record.text(record.find("export_name", one));
      attach(told, name.empty() ? record.text(record.find("original_name", one)) : name);
    }
  }
  if (const std::uint32_t quoted = record.take("quoted_message_metadata"); quoted != none) {
    const std::uint32_t author = record.find("creator", quoted);
    remark(told, "reply to " + (author == none ? std::string("a message") : record.text(record.find("name", author))), record.source(record.node(quoted)));
  }
  row.deleted = record.find("deletion_metadata") != none;
}

}  // namespace

RecordShape shape_of(const JsonTree& record) {
  const auto has = [&](std::string_view key) { return record.find(key) != none; };
  if (record.node(0).kind != JsonNode::Kind::object) return RecordShape::unknown;
  if ((has("sender_name") && has("timestamp_ms")) || (has("senderName") && has("timestamp"))) return RecordShape::meta;
  if (has("id") && has("type") && has("date") && (has("from") || has("from_id") || has("actor") || has("text_entities"))) return RecordShape::telegram;
  if (has("Media Type") && has("Created")) return RecordShape::snapchat;
  if (has("creator") && has("created_date") && (has("message_id") || has("topic_id"))) return RecordShape::google_chat;
  if (has("latitudeE7") || has("placeVisit") || has("activitySegment")) return RecordShape::place;
  return RecordShape::unknown;
}

ToldRecord tell_record(JsonTree& record, RecordShape shape, const Surroundings& around) {
  ToldRecord told;
  if (shape == RecordShape::telegram) tell_telegram(record, around, told);
  if (shape == RecordShape::meta) tell_meta(record, around, told);
  if (shape == RecordShape::snapchat) tell_snapchat(record, around, told);
  if (shape == RecordShape::google_chat) tell_google_chat(record, around, told);
  tell_rest(record, told.text);
  shorten(told, told.row.sender, "sender", record.source(record.node(0)));
  shorten(told, told.row.conversation, "conversation", record.source(record.node(0)));
  for (std::string& recipient : told.row.recipients) recipient.resize(floor_char(recipient, std::min(recipient.size(), longest_party)));
  told.key.resize(std::min(told.key.size(), longest_party));
  told.key = told.row.application + "/" + told.key;
  told.row.body = body_excerpt(told.text.text);
  std::string names;
  for (const std::string& name : told.row.attachments) names += std::string(told.text.text.empty() && names.empty() ? "[" : " [") + name + "]";
  if (!names.empty()) append_made(told.text, names, record.source(record.node(0)));
  return told;
}

void tell_rest(JsonTree& record, MappedText& out) {
  std::string label = "note";
  for (std::uint32_t i = 1; i < record.nodes().size(); ++i) {
    const JsonNode& node = record.node(i);
    if (node.taken || node.kind == JsonNode::Kind::word) continue;
    if (node.key_end > node.key_begin) {
      label.clear();
      record.append_key(node, label);
    }
    if (node.is_container() || node.begin == node.end) continue;
    if (node.kind == JsonNode::Kind::number && label.find("phone") == label.npos && label.find("number") == label.npos) continue;
    append_made(out, (out.text.empty() ? "[" : " [") + label + ": ", record.source(node));
    record.append(i, out);
    append_made(out, "]", record.source(node));
  }
}

}  // namespace evtriage::phone
