// Exports of chats and places in JSON, read as a stream: an array's objects one by one, each a small tree; what stands
// around them tells which chat it is and is text itself.  Memory holds one window, one record and what Conversations keeps.
//
// An object is tried as a record if its array lies in the root or is called as arrays of records are; else, and if it is
// no record that we know or too large for one, it is walked through like everything else.
// Tested by tests/extractors/phone/chat_json_test.cpp, tests/whole/phone_test.py and tests/fuzz/fuzz_chat_json.cpp.
#include <algorithm>
#include <array>
#include <set>

#include "extractors/phone/chat_record.h"
#include "extractors/phone/conversations.h"
#include "extractors/phone/json_text.h"
#include "extractors/phone/json_window.h"
#include "extractors/phone/phone.h"
#include "pipeline/core/time.h"

namespace evtriage {
namespace phone {
namespace {

constexpr std::string_view stage = "chat-json";
constexpr std::size_t record_bytes = 4u << 20;    // a larger object is walked through
constexpr std::size_t string_bytes = 1u << 20;    // a longer string is given in pieces
constexpr std::size_t segment_bytes = 16u << 10;
constexpr std::size_t most_depth = 64, longest_name = 1024, most_participants = 200, most_named = 50'000;
constexpr unsigned steps_between_stops = 256;

bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

// "title" stands behind the messages in Facebook's exports: what its last mention says, if no window is between.
std::string title_at_end(const Content& content) {
  constexpr std::uint64_t tail_bytes = 64u << 10;
  constexpr std::string_view key = "\"title\"";
  const std::uint64_t begin = content.size() - std::min(content.size(), tail_bytes);
  const auto tail = content.read({begin, content.size()});
  const std::size_t found = tail ? tail->chars().rfind(key) : std::string_view::npos;
  if (found == std::string_view::npos || (found > 0 && tail->chars()[found - 1] == '\\')) return {};
  std::string_view rest = tail->chars().substr(found + key.size());
  while (!rest.empty() && (is_blank(rest[0]) || rest[0] == ':')) rest.remove_prefix(1);
  if (!rest.starts_with('"')) return {};
  rest.remove_prefix(1);
  bool escaped = false;
  MappedText title;
  append_meta_string(rest.substr(0, std::min(json_string_end(rest, escaped), longest_name)), 0, title);
  return std::move(title.text);
}

// Text of an export that is no record, gathered to segments.
class Lines {
 public:
  explicit Lines(Emit& emit) : emit_(emit) {}
  MappedText& begin(std::string_view place) {
    if (text_.text.empty()) place_ = place;
    return text_;
  }
  bool is_empty() const { return text_.text.empty(); }
  void end() {
    if (text_.text.size() >= segment_bytes) flush();
  }
  void flush() {
    if (text_.text.empty()) return;
    TextSegment segment = TextSegment::of(Blob::own(std::move(text_.text)), std::move(text_.map), "body");
    segment.place = std::move(place_);
    emit_.text(std::move(segment));
    text_ = {};
  }

 private:
  Emit& emit_;
  MappedText text_;
  std::string place_;
};

class ChatJson {
 public:
  ChatJson(const Content& content, Emit& emit) : in_(content, stage, emit), emit_(emit), lines_(emit), places_(emit), conversations_(emit), title_(title_at_end(content)) {}

  void run() {
    in_.ensure(3);
    if (in_.ahead().starts_with("\xef\xbb\xbf")) in_.skip(3);
    while (!emit_.stop_requested() && in_.ensure(1)) {
      for (unsigned i = 0; i < steps_between_stops && in_.ensure(1); ++i) step();
    }
    if (!levels_.empty() || unfinished_) emit_.issue({Code::truncated, std::string(stage), "the text ends inside of open brackets; what there is was read", ByteRange{in_.offset(), in_.offset()}, true});
    finish();
  }

 private:
  struct Level {
    bool is_array = false;
    std::string key;                        // its own, in its parent
    std::uint64_t next = 0;                 // of an array: index of its next element
    std::string name, type, id, number;     // of an object: what chats and contacts say of themselves
  };

  void step() {
    const char c = in_.ahead()[0];
    if (is_blank(c) || c == ',' || c == ':') in_.skip(1);
    else if (c == '{' && holds_records() && record()) return;
    else if (c == '{' || c == '[') open(c == '[');
    else if (c == '}' || c == ']') close();
    else if (c == '"') string();
    else word();
  }

  void open(bool array) {
    in_.skip(1);
    if (levels_.size() == most_depth) {
      ++deeper_;
    } else {
      if (!levels_.empty()) ++levels_.back().next;
      levels_.push_back({array, key_.substr(0, longest_name), 0, {}, {}, {}, {}});
    }
    key_.clear();
  }
  void close() {
    in_.skip(1);
    if (deeper_ > 0) --deeper_;
    else if (!levels_.empty()) name_contact(), levels_.pop_back();
    key_.clear();
  }
  void name_contact() {
    const Level& contact = levels_.back();
    if (contact.name.empty() || !is_address(contact.number)) return;
    if (named_++ < most_named) emit_.property("contact:name", contact_name(contact.name, contact.number));
    else if (named_ == most_named + 1) emit_.issue({Code::limit, std::string(stage), "names=" + std::to_string(most_named) + ": the rest of the contacts gives no names to other items", {}, true});
  }
  bool holds_records() const {
    if (levels_.empty() || deeper_ > 0 || !levels_.back().is_array) return false;
    constexpr std::array<std::string_view, 4> names = {"messages", "locations", "timelineObjects", "semanticSegments"};
    return levels_.size() <= 2 || std::find(names.begin(), names.end(), levels_.back().key) != names.end();
  }
  std::string path() const {
    std::string out = "$";
    for (std::size_t i = 0; i < levels_.size(); ++i) {
      if (i > 0 && levels_[i - 1].is_array) out += "[" + std::to_string(levels_[i - 1].next - 1) + "]";
      else if (!levels_[i].key.empty()) out += "." + printable(levels_[i].key.substr(0, floor_char(levels_[i].key, std::min<std::size_t>(levels_[i].key.size(), 80))));
    }
    return out;
  }

  // The object ahead as a record; false: it is to be walked through.
  bool record() {
    const auto parse = [&] { return tree_.parse(in_.ahead().substr(0, record_bytes), in_.offset()); };
    JsonTree::State state = parse();
    while (state == JsonTree::State::unfinished && in_.ahead().size() < record_bytes && in_.more()) state = parse();
    if (state == JsonTree::State::too_large || (state == JsonTree::State::unfinished && in_.ahead().size() >= record_bytes)) return ++too_large_, false;
    const RecordShape shape = shape_of(tree_);
    const Level& array = levels_.back();
    if (shape == RecordShape::unknown) {
      if (array.key != "participants" || has_lists()) return false;
      tree_.meta_strings(true);
      participant(tree_.text(tree_.find("name")));
      return false;
    }
    unfinished_ = state == JsonTree::State::unfinished;
    ++levels_.back().next;
    if (shape == RecordShape::place) place();
    else message(shape);
    in_.skip(tree_.size());
    key_.clear();
    return true;
  }
  bool has_lists() const { return std::any_of(tree_.nodes().begin() + 1, tree_.nodes().end(), [](const JsonNode& node) { return node.is_container(); }); }

  void message(RecordShape shape) {
    tree_.meta_strings(shape == RecordShape::meta);
    Surroundings& around = around_;
    around.array = levels_.back().key;
    for (const Level& level : levels_) {
      if (level.is_array || (level.name.empty() && level.id.empty() && level.type.empty())) continue;
      around.chat = level.name;
      around.chat_type = level.type;
      around.chat_id = level.id;
    }
    if (shape == RecordShape::meta) surround_meta();
    ToldRecord told = tell_record(tree_, shape, around);
    applications_.insert(told.row.application);
    ++messages_;
    if (!told.text.text.empty()) {
      Said said{told.row.sent_ns, {in_.offset(), in_.offset() + 1}, told.row.sender, std::move(told.text)};
      conversations_.add({std::move(told.key), told.row.deleted ? "deleted" : "body", {}}, told.row.conversation, std::move(said));
    }
    emit_.message(std::move(told.row));
  }
  // A thread of two is called after the other one.
  void surround_meta() {
    around_.chat = title_;
    for (const std::string& name : around_.participants) {
      if (title_.empty()) around_.chat += (around_.chat.empty() ? "" : ", ") + name;
    }
    if (around_.participants.size() != 2 || !around_.owner.empty() || title_.empty()) return;
    const bool first = around_.participants[0] == title_, other = around_.participants[1] == title_;
    if (first != other) around_.owner = around_.participants[first ? 1 : 0];
    if (first != other) why_owner_ = "the thread of two is named after the other participant";
  }
  void place() {
    const ToldPlace told = tell_place(tree_);
    if (told.line.text.empty()) return;
    MappedText& out = places_.begin("locations from " + std::to_string(locations_ + 1));
    append_all(out, told.line);
    places_.end();
    ++locations_;
    if (!told.time_ns) return;
    first_ns_ = std::min(first_ns_.value_or(*told.time_ns), *told.time_ns);
    last_ns_ = std::max(last_ns_.value_or(*told.time_ns), *told.time_ns);
  }
  void participant(std::string name) {
    if (name.empty() || around_.participants.size() >= most_participants) return;
    around_.participants.push_back(std::move(name));
  }

  void string() {
    bool escaped = false;
    std::size_t end = 1 + json_string_end(in_.ahead().substr(1), escaped);
    while (end >= in_.ahead().size() && in_.ahead().size() < string_bytes && in_.more()) end = 1 + json_string_end(in_.ahead().substr(1), escaped);
    if (end >= in_.ahead().size() && end >= string_bytes) return long_string();
    std::size_t past = std::min(end + 1, in_.ahead().size());
    std::size_t next = past;
    while (next < past + longest_name && (next < in_.ahead().size() || in_.more()) && is_blank(in_.ahead()[next])) ++next;
    const std::string_view raw = in_.ahead().substr(1, std::min(end, in_.ahead().size()) - 1);
    if (next < in_.ahead().size() && in_.ahead()[next] == ':') {
      MappedText key;
      append_meta_string(raw.substr(0, longest_name), 0, key);
      key_ = std::move(key.text);
      past = next + 1;
    } else {
      value(raw, in_.offset() + 1);
    }
    in_.skip(past);
  }
  // A string that is longer than a window: no name of anything.
  void long_string() {
    in_.skip(1);
    key_.clear();
    while (in_.ensure(string_bytes) || !in_.ahead().empty()) {
      bool escaped = false;
      const std::string_view all = in_.ahead().substr(0, string_bytes);
      std::size_t end = json_string_end(all, escaped);
      const bool closed = end < all.size();
      if (!closed && all.size() == string_bytes) {  // no cut inside of an escape or a character
        end = floor_char(all, string_bytes - 12);
        if (const std::size_t slash = all.find('\\', end - 12); slash < end) {
          std::size_t run = slash;
          while (run > 0 && all[run - 1] == '\\') --run;
          end = slash + (slash - run) % 2;
        }
      }
      MappedText& out = lines_.begin(path());
      append_meta_string(all.substr(0, end), in_.offset(), out);
      if (closed) append_made(out, "\n", {in_.offset() + end, in_.offset() + end + 1});
      lines_.flush();
      in_.skip(end + (closed ? 1 : 0));
      if (closed || end == 0) return;
    }
  }
  void word() {
    std::size_t end = 1;
    const auto inside = [&](char c) { return !is_blank(c) && std::string_view(",:{}[]\"").find(c) == std::string_view::npos; };
    while (end < longest_name && (end < in_.ahead().size() || in_.more()) && inside(in_.ahead()[end])) ++end;
    if (const std::string_view raw = in_.ahead().substr(0, end); raw != "null") value(raw, in_.offset());
    key_.clear();
    in_.skip(end);
  }

  // A value that is in no record: text, and perhaps what a chat says of itself.
  void value(std::string_view raw, std::uint64_t at) {
    MappedText& out = lines_.is_empty() ? lines_.begin(path()) : lines_.begin({});
    if (!key_.empty()) append_made(out, key_ + ": ", {at, at + raw.size()});
    const std::size_t begin = out.text.size();
    append_meta_string(raw, at, out);
    std::string said = out.text.substr(begin, floor_char(out.text, begin + std::min(out.text.size() - begin, longest_name)) - begin);
    append_made(out, "\n", {at, at + raw.size()});
    if (raw != "true" && raw != "false") notice(std::move(said));
    key_.clear();
    lines_.end();
  }
  void notice(std::string said) {
    if (levels_.empty() || deeper_ > 0) return;
    Level& level = levels_.back();
    if (level.is_array) {
      ++level.next;
      if (level.key == "participants") participant(std::move(said));
    } else if (level.key == "personal_information") {
      about_owner(said);
    } else if (key_ == "first_name" || key_ == "last_name") {
      if (!said.empty() && level.name.size() < longest_name) level.name += (level.name.empty() ? "" : " ") + said;
    } else if (key_ == "phone_number") {
      level.number = std::move(said);
    } else if (key_ == "name") {
      level.name = std::move(said);
    } else if (key_ == "type") {
      level.type = std::move(said);
    } else if (key_ == "id") {
      level.id = std::move(said);
    } else if (key_ == "threadName" || (key_ == "title" && levels_.size() == 1)) {
      title_ = std::move(said);
    }
  }
  // Telegram's full export says whose it is.
  void about_owner(const std::string& said) {
    if (key_ == "user_id") around_.owner_id = "user" + said;
    else if (key_ == "first_name" || key_ == "last_name") owner_name_ += (owner_name_.empty() ? "" : " ") + said;
    else if (key_ == "phone_number") owner_phone_ = said;
    else return;
    around_.owner = with_address(owner_name_, around_.owner_id);
    why_owner_ = "the export's own personal information" + (owner_phone_.empty() ? std::string() : " with the number " + owner_phone_);
  }

  static void append_all(MappedText& out, const MappedText& more) {
    const auto& runs = more.map.runs();
    for (std::size_t i = 0; i < runs.size(); ++i) {
      const std::uint64_t end = i + 1 < runs.size() ? runs[i + 1].text_begin : more.map.text_size();
      out.map.append(end - runs[i].text_begin, runs[i].source, runs[i].text_unit, runs[i].source_unit);
    }
    out.text += more.text;
  }

  void finish() {
    lines_.flush();
    places_.flush();
    conversations_.finish();
    if (too_large_ > 0) emit_.issue({Code::limit, std::string(stage), "record_bytes=" + std::to_string(record_bytes) + ": " + std::to_string(too_large_) + " objects were read as text and not as messages", {}, true});
    for (const std::string& application : applications_) emit_.property("phone:application", application + " (export in JSON)");
    if (messages_ > 0) emit_.property("chat:messages", std::to_string(messages_));
    if (!around_.owner.empty()) emit_.property("phone:ownAccount", around_.owner + " (probable owner: " + why_owner_ + ")");
    std::string names;
    for (const std::string& name : around_.participants) names += (names.empty() ? "" : "; ") + name;
    if (!names.empty() && messages_ > 0) emit_.property("chat:participants", names);
    if (locations_ == 0) return;
    emit_.property("location:count", std::to_string(locations_));
    if (first_ns_) emit_.property("location:first", rfc3339(*first_ns_));
    if (last_ns_) emit_.property("location:last", rfc3339(*last_ns_));
  }

  JsonWindow in_;
  Emit& emit_;
  Lines lines_, places_;
  Conversations conversations_;
  JsonTree tree_;
  std::vector<Level> levels_;
  std::uint64_t deeper_ = 0, messages_ = 0, locations_ = 0, too_large_ = 0, named_ = 0;
  std::string key_, title_, owner_name_, owner_phone_, why_owner_;
  Surroundings around_;
  bool unfinished_ = false;
  std::set<std::string> applications_;
  std::optional<std::int64_t> first_ns_, last_ns_;
};

}  // namespace
}  // namespace phone

void extract_chat_json(const Content& content, const Identity&, const ExtractOptions&, Emit& emit) { phone::ChatJson(content, emit).run(); }

}  // namespace evtriage
