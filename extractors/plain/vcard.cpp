// vCard 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350): one segment a card, so that a name stands beside its numbers.
//
// Each property that a person would read is a line, "TEL (CELL): +233 ..."; the name comes first.  Photos, sounds, logos
// and keys are children.  A card whose END is missing ends where the next one begins.
// Tested by tests/extractors/plain/vcard_test.cpp.
#include <algorithm>
#include <array>

#include "extractors/encoding.h"
#include "extractors/plain/content_lines.h"
#include "extractors/plain/plain.h"
#include "extractors/plain/whole_text.h"
#include "extractors/spooled.h"
#include "extractors/transfer.h"

namespace evtriage {
namespace {

constexpr std::size_t card_bytes = 256u << 10;  // a larger card is cut between its lines
constexpr std::size_t place_bytes = 80;
constexpr std::size_t address_bytes = 256, most_addresses = 64, most_named = 50'000;  // of a card; of an item

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Semicolons separate the parts of names and addresses; empty parts are dropped.
MappedText joined_parts(const MappedText& value) {
  MappedText out;
  for (std::size_t at = 0; at <= value.text.size();) {
    std::size_t end = at;
    while (end < value.text.size() && value.text[end] != ';') end += value.text[end] == '\\' && end + 1 < value.text.size() ? 2 : 1;
    end = std::min(end, value.text.size());
    if (end > at) {
      if (!out.text.empty()) append_made(out, ", ", value.map.to_source({at, at}));
      out.text.append(value.text, at, end - at);
      append_map(out.map, part_of(value, at, end).map);
    }
    at = end + 1;
  }
  return out;
}

class Reader {
 public:
  Reader(TextStream& in, Emit& emit) : lines_(in, "vcard", emit), emit_(emit) {}

  void run() {
    ContentLine line;
    while (!emit_.stop_requested() && lines_.next(line)) {
      const std::string_view word = line.value.text;
      const bool is_card = word.size() >= 5 && word.size() < 12 && (word[0] | 0x20) == 'v' && (word[1] | 0x20) == 'c';
      if (line.name == "BEGIN" && is_card) {
        begin(line);
      } else if (line.name == "END" && is_card) {
        end();
      } else {
        property(line);
      }
    }
    if (open_) tell_missing_end();
    end();
    emit_.property("cards", std::to_string(cards_));
  }

 private:
  void begin(const ContentLine&) {
    if (open_) tell_missing_end();
    end();
    open_ = true;
    ++cards_;
  }
  void tell_missing_end() {
    if (!std::exchange(told_, true)) emit_.issue({Code::corrupt, "vcard", "a card has no END line (card " + std::to_string(cards_) + "); its text was read all the same", {}, true});
  }
  void end() {
    if (!names_.text.empty() || !rest_.text.empty()) flush();
    name_addresses();
    open_ = false;
    name_.clear();
  }
  // What the card calls its numbers and addresses: names for messages elsewhere in the exhibit.
  void name_addresses() {
    for (const std::string& address : addresses_) {
      if (name_.empty()) break;
      if (named_++ < most_named) emit_.property("contact:name", printable(name_ + " <" + address + ">"));
      else if (named_ == most_named + 1) emit_.issue({Code::limit, "vcard", "names=" + std::to_string(most_named) + ": the rest of the cards gives no names to other items", {}, true});
    }
    addresses_.clear();
  }
  void flush() {
    append_map(names_.map, rest_.map);
    names_.text += rest_.text;
    TextSegment segment = TextSegment::of(Blob::own(std::move(names_.text)), std::move(names_.map), "body");
    segment.place = "card " + std::to_string(cards_);
    if (!name_.empty()) segment.place.append(": ").append(name_);
    emit_.text(std::move(segment));
    names_ = rest_ = {};
  }

  void property(ContentLine& line) {
    const bool base64 = line.has_word("BASE64") || line.has_word("B") || line.value.text.starts_with("data:");
    if (base64 && !line.value.text.empty()) return child(line);
    MappedText value = std::move(line.value);
    if (line.has_word("QUOTED-PRINTABLE")) value = decode_printable(value, line.parameter("CHARSET"));
    if (is_one_of(line.name, {"VERSION", "PRODID", "REV"})) return;
    const bool parts = is_one_of(line.name, {"N", "ADR", "ORG", "GENDER"}) || line.name.starts_with("X-");
    value = unescape(parts ? joined_parts(value) : value);
    if (value.text.empty()) return;
    const bool is_name = line.name == "FN" || line.name == "N";
    if (is_name && (name_.empty() || line.name == "FN")) {
      name_ = value.text.substr(0, floor_char(value.text, std::min(value.text.size(), place_bytes)));
      std::replace(name_.begin(), name_.end(), '\n', ' ');
    }
    if ((line.name == "TEL" || line.name == "EMAIL") && value.text.size() <= address_bytes && addresses_.size() < most_addresses) {
      std::string_view address = value.text;
      if (address.starts_with("tel:")) address.remove_prefix(4);
      addresses_.emplace_back(address);
    }
    add(line, value, is_name ? names_ : rest_);
    if (names_.text.size() + rest_.text.size() > card_bytes) flush();
  }
  void add(const ContentLine& line, const MappedText& value, MappedText& out) {
    const std::uint64_t at = line.source.begin;
    std::string label = line.name;
    if (const std::string type = line.parameter("TYPE"); !type.empty() && type.size() < 60) label += " (" + type + ")";
    if (!line.name.empty() && line.name != "FN") append_made(out, printable(label) + ": ", {at, at});
    out.text += value.text;
    append_map(out.map, value.map);
    append_made(out, "\n", {line.source.end, line.source.end});
  }

  void child(const ContentLine& line) {
    std::string_view value = line.value.text;
    std::string type = line.parameter("MEDIATYPE");
    if (value.starts_with("data:")) {
      const std::size_t comma = value.find(',');
      type = value.substr(5, value.find_first_of(";,") - 5);
      value.remove_prefix(comma == value.npos ? value.size() : comma + 1);
    } else if (type.empty()) {
      for (const std::string_view known : {"JPEG", "PNG", "GIF"}) {
        if (line.has_word(known)) type = known == "JPEG" ? "image/jpeg" : known == "PNG" ? "image/png" : "image/gif";
      }
    }
    Child child;
    child.step = {StepKind::member, ++children_, {}, line.name};
    child.kind = ItemKind::embedded;
    child.media_type = printable(type);
    Transferred bytes = decode_transfer(value, Transfer::base64, 0);
    if (bytes.broken) emit_.issue({Code::corrupt, "vcard", "the base64 of " + printable(line.name) + " in card " + std::to_string(cards_) + " is broken; what could be decoded was", line.source, true});
    emit_child_bytes(std::move(child), std::move(bytes.bytes), emit_);
  }

  ContentLines lines_;
  Emit& emit_;
  bool open_ = false, told_ = false;
  std::uint64_t cards_ = 0, children_ = 0;
  std::uint64_t named_ = 0;
  std::vector<std::string> addresses_;  // of the card that is open
  std::string name_;
  MappedText names_, rest_;
};

}  // namespace

void extract_vcard(const Content& content, const Identity& identity, const ExtractOptions&, Emit& emit) {
  TextStream in(content, charset_of(identity.claimed_type), "vcard", emit);
  in.ensure(4096);
  std::string head(in.ahead().substr(0, 4096));
  std::transform(head.begin(), head.end(), head.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  if (head.find("BEGIN:VCARD") == head.npos) return emit_whole_text(content, identity, "vcard", emit);
  Reader(in, emit).run();
}

}  // namespace evtriage
