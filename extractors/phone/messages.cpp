// Nothing here knows an application: what columns mean stands in application_table.cpp.
// Tested by tests/extractors/phone/applications_test.cpp.
#include "extractors/phone/messages.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

#include "extractors/phone/blobs.h"
#include "pipeline/core/text.h"
#include "pipeline/core/time.h"

namespace evtriage::phone {
namespace {

constexpr std::size_t told_whole = 1u << 20;      // a larger text stays with its table, in pieces
constexpr std::size_t most_own = 16, most_named = 50'000;
constexpr std::string_view device_user = "device user";
constexpr std::string_view names_of_rows[] = {"key_id", "guid", "ZSTANZAID", "uuid", "message_key"};  // made by machines for machines

// A messenger's identifier as a number to call; the text of a Messenger sender as "name <id>".
std::string party_of(std::string word) {
  const std::size_t at = word.find('@');
  const std::string_view host = at == word.npos ? std::string_view() : std::string_view(word).substr(at);
  const bool digits = at > 6 && at != word.npos && word.find_first_not_of("0123456789") == at;
  if (digits && (host == "@s.whatsapp.net" || host == "@c.us")) return "+" + word.substr(0, at);
  if (!word.starts_with("{")) return word;
  const auto member = [&](std::string_view name) -> std::string {
    const std::size_t key = word.find("\"" + std::string(name) + "\":\"");
    if (key == word.npos) return {};
    const std::size_t begin = key + name.size() + 4;
    return word.substr(begin, std::min(word.find('"', begin), word.size()) - begin);
  };
  const std::string name = member("name"), id = member("user_key");
  return name.empty() && id.empty() ? word : id.empty() ? name : name + " <" + id + ">";
}

// Some applications write the number as text.
std::optional<std::int64_t> sent_at(const Row& row, const Cell& cell, Epoch epoch, Encoding encoding) {
  if (cell.kind != Cell::Kind::text) return time_of(cell, epoch);
  const std::string digits = word_of(row, cell, encoding);
  Cell number;
  number.kind = Cell::Kind::integer;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number.integer);
  return error == std::errc() && end == digits.data() + digits.size() ? time_of(number, epoch) : std::nullopt;
}

std::string_view direction_of(const Row& row, const Cell& cell, Direction rule, Encoding encoding) {
  if (cell.is_null()) return "";
  if (rule == Direction::words) {
    const std::string word = word_of(row, cell, encoding);
    return word == "incoming" ? "incoming" : word == "outgoing" ? "outgoing" : "";
  }
  if (!cell.is_number()) return "";
  const std::int64_t value = cell.integer;
  const bool signal = rule == Direction::signal_type || (rule == Direction::android_type && value > 19);
  bool sent = value != 0;  // from_me, send_type
  if (signal) sent = (value & 0x1f) != 20;
  else if (rule == Direction::android_type) sent = value != 1;
  else if (rule == Direction::call_type) sent = value == 2;
  else if (rule == Direction::odd) sent = value % 2 != 0;
  return sent ? "outgoing" : "incoming";
}

}  // namespace

Messages::Messages(Database& database, Emit& emit) : database_(database), emit_(emit), lookups_(database, emit), conversations_(emit) {
  for (std::size_t i = 0; i < database.tables().size(); ++i) {
    const Table& table = database.tables()[i];
    std::optional<Bound> bound;
    for (const MessageSpec& spec : message_specs()) {
      if (!bound && table.root > 1 && equal_names(table.name, spec.table)) bound = bind(table, spec);
    }
    bound_.push_back(std::move(bound));
    bind_others(i, table);
  }
}

void Messages::bind_others(std::size_t index, const Table& table) {
  for (const NoteSpec& note : note_specs()) {
    if (!equal_names(table.name, note.table)) continue;
    if (const Place place = place_of(table, {note.column, note.lookup}); place.is_there()) notes_.push_back({index, place, note.label});
  }
  for (const NameSpec& spec : name_specs()) {
    if (!equal_names(table.name, spec.table)) continue;
    NamesAt names{index, place_of(table, spec.address), place_of(table, spec.kind), &spec, {}};
    for (const Field& field : spec.name) {
      if (const Place place = place_of(table, field); place.is_there()) names.names.push_back(place);
    }
    const bool knows_kind = spec.kind.column.empty() || names.kind.is_there();
    if (names.address.is_there() && knows_kind && !names.names.empty()) names_.push_back(std::move(names));
  }
  for (const OwnSpec& spec : own_specs()) {
    if (!equal_names(table.name, spec.table) || (!spec.also.empty() && !table.find(spec.also))) continue;
    if (const Place place = place_of(table, spec.account); place.is_there()) owners_.push_back({index, place, spec.reason});
  }
}

Messages::Place Messages::place_of(const Table& table, const Field& field) const {
  Place place;
  if (!field.lookup.empty()) place.lookup = Lookups::index_of(field.lookup);
  place.column = field.column.empty() ? std::nullopt : table.find(field.column);
  place.is_rowid = field.column == "rowid" || (place.column && place.column == table.rowid);
  return place;
}

std::optional<Messages::Bound> Messages::bind(const Table& table, const MessageSpec& spec) const {
  Bound bound;
  bound.spec = &spec;
  bound.told.assign(table.columns.size(), false);
  const auto places = [&](std::span<const Field> fields) {
    std::vector<Place> out;
    for (const Field& field : fields) {
      const Place place = place_of(table, field);
      if (!place.is_there()) continue;
      if (place.column && place.is_plain()) bound.told[*place.column] = true;
      out.push_back(place);
    }
    return out;
  };
  const bool has_body = place_of(table, spec.body[0]).is_there() || !spec.duration.empty();
  bound.body = places(spec.body);
  bound.peer = places(spec.peer);
  bound.sender = places(spec.sender);
  bound.conversation = places(spec.conversation);
  bound.label = places(spec.label);
  bound.attachment = places(spec.attachment);
  bound.own = places(spec.own);
  bind_remarks(table, bound);
  bound.time = table.find(spec.time);
  bound.direction = spec.direction.empty() ? std::nullopt : table.find(spec.direction);
  bound.duration = spec.duration.empty() ? std::nullopt : table.find(spec.duration);
  if (!has_body || !bound.time || bound.peer.empty() || (!spec.direction.empty() && !bound.direction) || (!spec.duration.empty() && !bound.duration)) return std::nullopt;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const bool number = table.columns[i].affinity == Affinity::integer;
    const bool machine = std::any_of(std::begin(names_of_rows), std::end(names_of_rows), [&](std::string_view name) { return equal_names(name, table.columns[i].name); });
    if (number || machine || i == bound.time) bound.told[i] = true;
  }
  return bound;
}

void Messages::bind_remarks(const Table& table, Bound& bound) const {
  for (const RemarkSpec& remark : bound.spec->remarks) {
    if (remark.field.column.empty()) continue;
    Place place = place_of(table, remark.field);
    const bool there = place.is_there() && (place.is_plain() || database_.table(lookup_specs()[place.lookup].table) != nullptr);
    if (!there) continue;
    if (place.column && place.is_plain()) bound.told[*place.column] = true;
    bound.remarks.push_back({place, &remark});
  }
}

std::string Messages::word(const Place& place, const Row& row) {
  if (place.is_plain()) return place.is_rowid ? std::to_string(row.id) : word_of(row, row.cell(*place.column), database_.encoding());
  if (place.is_rowid) return lookups_.find(place.lookup, row.id);
  const Cell& cell = row.cell(*place.column);
  if (cell.kind == Cell::Kind::integer) return lookups_.find(place.lookup, cell.integer);
  return lookups_.find(place.lookup, word_of(row, cell, database_.encoding()));
}

std::string Messages::first(const std::vector<Place>& places, const Row& row) {
  for (const Place& place : places) {
    if (std::string found = word(place, row); !found.empty()) return found;
  }
  return {};
}

MappedText Messages::body_of(const Bound& bound, const Row& row) {
  MappedText out;
  for (const Place& place : bound.body) {
    if (!place.is_plain()) {
      append_made(out, word(place, row), row.source(0, 1));
    } else if (const Cell& cell = row.cell(place.column.value_or(row.cells.size())); cell.kind == Cell::Kind::text) {
      append_text(row, cell, database_.encoding(), out);
    } else if (cell.kind == Cell::Kind::blob) {
      const ByteRange archived = typedstream_text(cell.bytes);
      for (const ByteRange run : archived.size() > 0 ? std::vector<ByteRange>{archived} : text_runs(cell.bytes.substr(0, told_whole))) {
        if (!out.text.empty()) append_made(out, "\n", row.source(cell.at + run.begin, cell.at + run.end));
        append_plain(row, cell.at + run.begin, cell.at + run.end, out);
      }
    }
    if (!out.text.empty()) break;
  }
  return out;
}

void Messages::add_remarks(const Bound& bound, const Row& row, MappedText& text) {
  constexpr std::string_view tapbacks[] = {"loved", "liked", "disliked", "laughed at", "emphasised", "questioned"};
  for (const auto& [place, spec] : bound.remarks) {
    const std::string value = word(place, row);
    if (value.empty() || value == "0") continue;
    std::string words(spec->label);
    Cell number;
    number.kind = Cell::Kind::integer;
    const auto parsed = std::from_chars(value.data(), value.data() + value.size(), number.integer);
    const bool whole = parsed.ec == std::errc() && parsed.ptr == value.data() + value.size();
    if (spec->kind == RemarkSpec::Kind::words) words += " " + value;
    if (spec->kind == RemarkSpec::Kind::time) {
      const auto time = whole ? time_of(number, spec->epoch) : std::nullopt;
      words += " " + (time ? rfc3339(*time) : value);
    }
    if (spec->kind == RemarkSpec::Kind::tapback) {
      const std::int64_t kind = whole ? number.integer % 1000 : -1;
      if (!whole || number.integer < 2000 || number.integer >= 4000 || kind >= std::ssize(tapbacks)) continue;
      words = std::string(number.integer >= 3000 ? "no longer " : "") + std::string(tapbacks[kind]) + " a message";
    }
    append_made(text, (text.text.empty() ? "[" : " [") + words + "]", place.column ? row.source(row.cell(*place.column)) : row.source(0, 1));
  }
}

void Messages::add_call(const Bound& bound, const Row& row, std::string_view direction, MappedText& text) const {
  const Cell& cell = row.cell(*bound.duration);
  const double seconds = cell.is_number() ? cell.number() : 0;
  std::string what = "call";
  if (std::isfinite(seconds) && seconds >= 0 && seconds < 1e9) what += ", " + std::to_string(static_cast<std::int64_t>(seconds)) + " s";
  if (direction == "incoming" && !(seconds > 0)) what += ", not answered";
  append_made(text, text.text.empty() ? what : " (" + what + ")", row.source(cell));
}

const ColumnSet& Messages::take(std::size_t table, const Row& row, const Found& found) {
  static const ColumnSet nothing;
  if (table >= bound_.size() || !bound_[table]) return nothing;
  const Bound& bound = *bound_[table];
  const MessageSpec& spec = *bound.spec;
  MappedText text = body_of(bound, row);
  const bool large = text.text.size() > told_whole;
  const std::string_view direction = bound.direction ? direction_of(row, row.cell(*bound.direction), spec.rule, database_.encoding()) : "";
  if (bound.duration) add_call(bound, row, direction, text);
  if (!bound.remarks.empty()) add_remarks(bound, row, text);

  MessageRecord message;
  message.application = spec.application;
  message.direction = direction;
  message.deleted = found.state != State::live;
  message.sent_ns = sent_at(row, row.cell(*bound.time), spec.epoch, database_.encoding());
  message.body = body_excerpt(text.text);
  const std::string peer = party_of(first(bound.peer, row)), own = party_of(first(bound.own, row)), label = first(bound.label, row);
  std::string sender = party_of(first(bound.sender, row));
  const bool group = peer.ends_with("@g.us") || (!sender.empty() && sender != peer);
  if (!group) sender = with_address(label, peer);
  message.conversation = with_address(label, peer);
  const std::string key = first(bound.conversation, row);
  if (message.conversation.empty()) message.conversation = key;
  const std::string me = own.empty() ? std::string(device_user) : own;
  message.sender = direction == "outgoing" ? me : sender;
  message.recipients = {direction == "outgoing" ? message.conversation : me};
  if (direction.empty()) message.recipients.clear();
  const std::string attachment = first(bound.attachment, row);
  if (!attachment.empty()) message.attachments.push_back(printable(attachment));
  if (!std::exchange(bound_[table]->is_told, true)) applications_.insert({std::string(spec.application), std::string(spec.table)});
  if (!own.empty() && own_.size() < most_own) own_.insert({own, std::string(spec.application) + " names it as the device's side of a message"});

  if (!attachment.empty()) append_made(text, (text.text.empty() ? "[" : " [") + attachment + "]", row.source(0, 1));
  if (!text.text.empty() && !large) {
    Said said{message.sent_ns, row.source(row.cell(*bound.time)), message.sender, std::move(text)};
    const bool live = found.state == State::live;
    const std::string_view state = live ? "" : found.state == State::earlier ? "earlier state" : "deleted";
    conversations_.add({std::string(spec.table) + "/" + (key.empty() ? peer : key), live ? "body" : "deleted", std::string(state)}, printable(message.conversation), std::move(said));
  }
  emit_.message(std::move(message));
  return large ? nothing : bound.told;
}

std::string Messages::notes(std::size_t table, const Row& row) {
  std::string out;
  for (const NoteAt& note : notes_) {
    if (note.table != table) continue;
    if (const std::string found = word(note.place, row); !found.empty()) out += std::string(note.label) + ": " + found + "\n";
  }
  return out;
}

bool Messages::is_of_kind(const NamesAt& at, const Row& row) {
  if (at.spec->kind.column.empty()) return true;
  const std::string kind = word(at.kind, row);
  return std::any_of(std::begin(at.spec->kinds), std::end(at.spec->kinds), [&](std::string_view wanted) {
    return kind == wanted || (!wanted.empty() && kind.ends_with("/" + std::string(wanted)));
  });
}

void Messages::name(std::size_t table, const Row& row) {
  for (const OwnAt& at : owners_) {
    if (at.table != table || own_.size() >= most_own) continue;
    if (const std::string account = printable(word(at.account, row)); !account.empty()) own_.insert({account, std::string(at.reason)});
  }
  for (const NamesAt& at : names_) {
    if (at.table != table) continue;
    const std::string address = word(at.address, row);
    if (!is_address(address) || !is_of_kind(at, row)) continue;
    const std::string found = first(at.names, row);
    if (found.empty() || found == address || named_.size() > most_named) continue;
    std::string line = contact_name(found, address);
    if (!named_.insert(line).second) continue;
    if (named_.size() <= most_named) emit_.property("contact:name", std::move(line));
    else emit_.issue({Code::limit, "sqlite", "names=" + std::to_string(most_named) + ": the rest of the address book gives no names to other items", {}, true});
  }
}

void Messages::finish() {
  conversations_.finish();
  for (const auto& [application, table] : applications_) emit_.property("phone:application", application + " (table " + table + ")");
  for (const auto& [own, reason] : own_) emit_.property("phone:ownAccount", own + " (probable owner: " + reason + ")");
}

}  // namespace evtriage::phone
