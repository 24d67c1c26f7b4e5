// Two small state machines: one over the marks of an address list, one over the words of a date.
// Tested by tests/extractors/mail_people_test.cpp.
#include "extractors/mail_people.h"

#include <algorithm>
#include <array>

#include "extractors/mail_header.h"
#include "extractors/mime.h"
#include "pipeline/core/time.h"

namespace evtriage {
namespace {

constexpr std::size_t most_date_bytes = 200, most_address_bytes = 1000;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

class AddressList {
 public:
  AddressList(std::string_view text, bool marks_count) : text_(text), marks_count_(marks_count) {}

  std::vector<std::string> run() {  // nothing if a quote never ends
    while (at_ < text_.size()) {
      const char c = text_[at_++];
      if (c == '(' && marks_count_) skip_comment();
      else if (c == '"' && marks_count_) quoted();
      else if (c == '<') angle();
      else if (c == ',' || c == ';') end();
      else if (c == ':') word_.clear();  // the name of a group
      else if (c != '"') word_ += c;
    }
    end();
    if (endless_quote_) out_.clear();
    return std::move(out_);
  }

 private:
  void skip_comment() {
    for (unsigned depth = 1; at_ < text_.size() && depth > 0; ++at_) {
      if (text_[at_] == '\\') ++at_;
      else if (text_[at_] == '(') ++depth;
      else if (text_[at_] == ')') --depth;
    }
    at_ = std::min(at_, text_.size());
  }
  void quoted() {
    word_ += '"';
    for (; at_ < text_.size() && text_[at_] != '"'; ++at_) {
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) word_ += text_[at_++];
      word_ += text_[at_];
    }
    word_ += '"';
    endless_quote_ = at_ >= text_.size();
    at_ = std::min(at_ + 1, text_.size());
  }
  void angle() {
    const std::size_t close = std::min(text_.find_first_of(">,;", at_), text_.size());
    std::string_view inside = text_.substr(at_, close - at_);
    if (close < text_.size() && text_[close] == ',' && inside.starts_with('@')) {  // "<@a,@b:c@d>", a route of old
      const std::size_t end = std::min(text_.find('>', at_), text_.size());
      inside = text_.substr(at_, end - at_);
    }
    at_ = std::min(at_ + inside.size() + (at_ + inside.size() < text_.size() && text_[at_ + inside.size()] == '>' ? 1 : 0), text_.size());
    if (inside.starts_with('@')) inside.remove_prefix(std::min(inside.find(':'), inside.size() - 1) + 1);
    if (angle_.empty()) angle_ = inside;
  }
  void end() {
    add(angle_.empty() ? bare(word_) : angle_);
    word_.clear();
    angle_.clear();
  }
  // Of "Ama Mensah ama@example.org" the last; of one word without "@" the word: users of the same machine.
  static std::string bare(std::string_view words) {
    std::string_view best;
    std::size_t count = 0;
    for (std::size_t at = 0; at < words.size();) {
      while (at < words.size() && is_blank(words[at])) ++at;
      std::size_t end = at;
      for (bool quotes = false; end < words.size() && (quotes || !is_blank(words[end])); ++end) quotes ^= words[end] == '"';
      if (at == end) break;
      const std::string_view word = words.substr(at, end - at);
      ++count;
      if (word.find('@') != word.npos || count == 1) best = word;
      at = end;
    }
    const bool at_sign = best.find('@') != best.npos && best.size() > 1;
    return at_sign || (count == 1 && best.find('"') == best.npos) ? std::string(best) : std::string();
  }
  void add(std::string address) {
    std::erase_if(address, is_blank);
    if (address.empty() || address.size() > most_address_bytes) return;
    out_.push_back(header_text(address, 0, "").text);
  }

  std::string_view text_;
  bool marks_count_;  // false: quotes and brackets are not in pairs; they are passed over
  bool endless_quote_ = false;
  std::size_t at_ = 0;
  std::string word_, angle_;
  std::vector<std::string> out_;
};

struct Zone {
  std::string_view name;
  int hours;
};
constexpr std::array<Zone, 12> zones = {{{"UT", 0}, {"GMT", 0}, {"UTC", 0}, {"Z", 0}, {"EST", -5}, {"EDT", -4}, {"CST", -6}, {"CDT", -5},
                                         {"MST", -7}, {"MDT", -6}, {"PST", -8}, {"PDT", -7}}};
constexpr std::array<std::string_view, 12> months = {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};

class DateWords {
 public:
  void word(std::string_view word) {
    if (word.find(':') != word.npos) return time(word);
    if (word[0] == '+' || word[0] == '-') return offset(word);
    if (const std::size_t sign = word.find_first_of("+-"); sign != word.npos && sign > 0) {  // "15-Jan-2026", "GMT+0100"
      const bool zone = clock_ && !is_digit(word[0]);
      this->word(word.substr(0, sign));
      if (sign + 1 < word.size()) this->word(word.substr(zone ? sign : sign + 1));
      return;
    }
    if (is_digit(word[0])) return number(word);
    letters(word);
  }
  std::optional<std::int64_t> time_ns() const {
    constexpr unsigned days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (!day_ || month_ == 0 || !year_ || !clock_) return std::nullopt;
    const bool leap = *year_ % 4 == 0 && (*year_ % 100 != 0 || *year_ % 400 == 0);
    const unsigned last = month_ == 2 && !leap ? 28 : days[month_ - 1];
    if (*day_ < 1 || *day_ > last || *year_ < 1700 || *year_ > 2200) return std::nullopt;
    const std::int64_t seconds = days_from_civil(static_cast<std::int64_t>(*year_), month_, *day_) * 86'400 + *clock_ - offset_;
    return seconds * 1'000'000'000;
  }

 private:
  static bool is_digit(char c) { return c >= '0' && c <= '9'; }
  static std::optional<unsigned> digits(std::string_view text, std::size_t most) {
    if (text.empty() || text.size() > most || !std::all_of(text.begin(), text.end(), is_digit)) return std::nullopt;
    unsigned value = 0;
    for (const char c : text) value = value * 10 + static_cast<unsigned>(c - '0');
    return value;
  }
  void time(std::string_view text) {
    if (clock_) return;
    text = text.substr(0, text.find('.'));
    const std::size_t first = text.find(':'), second = std::min(text.find(':', first + 1), text.size());
    const auto hour = digits(text.substr(0, first), 2), minute = digits(text.substr(first + 1, second - first - 1), 2);
    const auto second_value = second < text.size() ? digits(text.substr(second + 1), 2) : std::optional<unsigned>(0);
    if (!hour || !minute || !second_value || *hour > 23 || *minute > 59 || *second_value > 60) return;
    clock_ = *hour * 3600 + *minute * 60 + *second_value;
  }
  void offset(std::string_view text) {
    const auto value = digits(text.substr(1), 4);
    if (!value || text.size() != 5 || !clock_ || *value % 100 > 59 || *value / 100 > 24) return;
    const std::int64_t seconds = static_cast<std::int64_t>(*value / 100 * 3600 + *value % 100 * 60);
    offset_ = text[0] == '-' ? -seconds : seconds;
  }
  void number(std::string_view text) {
    const auto value = digits(text, 4);
    if (!value) return;
    if (!day_ && text.size() <= 2) {
      day_ = *value;
    } else if (!year_) {
      year_ = text.size() == 4 ? *value : *value < 50 ? *value + 2000 : *value + 1900;  // RFC 5322 section 4.3
    }
  }
  void letters(std::string_view text) {
    for (const Zone& zone : zones) {
      if (clock_ && equals_ignoring_case(text, zone.name)) offset_ = zone.hours * 3600;
    }
    for (unsigned i = 0; i < months.size(); ++i) {
      if (month_ == 0 && text.size() >= 3 && equals_ignoring_case(text.substr(0, 3), months[i])) month_ = i + 1;
    }
    if (clock_ && equals_ignoring_case(text, "pm") && *clock_ < 12 * 3600) *clock_ += 12 * 3600;
  }

  std::optional<unsigned> day_, year_;
  unsigned month_ = 0;
  std::optional<std::int64_t> clock_;  // seconds of the day
  std::int64_t offset_ = 0;            // seconds east of UTC
};

}  // namespace

std::vector<std::string> addresses_of(std::string_view raw_value) {
  std::vector<std::string> found = AddressList(raw_value, true).run();
  if (found.empty() && raw_value.find('@') != raw_value.npos) found = AddressList(raw_value, false).run();
  return found;
}

std::optional<std::int64_t> date_of(std::string_view raw_value) {
  std::string_view text = raw_value.substr(0, most_date_bytes);
  if (const auto exact = parse_rfc3339(text)) return *exact;
  DateWords words;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = text.find_first_not_of(" \t\r\n,", at);
    if (begin == text.npos || text[begin] == '(') break;  // what follows is a comment
    at = std::min(text.find_first_of(" \t\r\n,(", begin), text.size());
    words.word(text.substr(begin, at - begin));
  }
  return words.time_ns();
}

}  // namespace evtriage
