// Words are taken in any order: what is a clock, a year, a month, a day shows by itself.  Dates of three short numbers are
// not guessed at, as nobody knows which of them is the month.
// Tested by tests/extractors/phone/chat_json_test.cpp and chat_html_test.cpp.
#include "extractors/phone/chat_time.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

#include "pipeline/core/time.h"

namespace evtriage::phone {
namespace {

constexpr std::size_t longest_time = 100;

struct Parts {
  std::int64_t year = 0, offset_minutes = 0;
  unsigned month = 0, day = 0;
  std::array<unsigned, 3> clock{};
  bool afternoon = false, half = false, timed = false;
};

// The month that a word of three letters or more begins; 0: none.
unsigned month_named(std::string_view word) {
  constexpr std::array<std::array<std::string_view, 4>, 12> months = {{{"january", "janvier", "janeiro", "enero"}, {"february", "f\xc3\xa9vrier", "fevereiro", "febrero"},
      {"march", "mars", "mar\xc3\xa7o", "marzo"}, {"april", "avril", "abril", "abril"}, {"may", "mai", "maio", "mayo"}, {"june", "juin", "junho", "junio"},
      {"july", "juillet", "julho", "julio"}, {"august", "ao\xc3\xbbt", "agosto", "agosto"}, {"september", "septembre", "setembro", "septiembre"},
      {"october", "octobre", "outubro", "octubre"}, {"november", "novembre", "novembro", "noviembre"}, {"december", "d\xc3\xa9" "cembre", "dezembro", "diciembre"}}};
  if (word.ends_with('.')) word.remove_suffix(1);
  for (unsigned i = 0; i < months.size() && word.size() >= 3; ++i) {
    for (const std::string_view name : months[i]) {
      if (name.starts_with(word)) return i + 1;
    }
  }
  return 0;
}

bool read_number(std::string_view word, unsigned& number) {
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
  return error == std::errc() && end == word.data() + word.size();
}

// "22:13:20" or "22:13".
bool read_clock(std::string_view text, std::array<unsigned, 3>& clock) {
  const std::size_t first = text.find(':'), second = text.find(':', first + 1);
  if (!read_number(text.substr(0, first), clock[0])) return false;
  if (second == text.npos) return read_number(text.substr(first + 1), clock[1]);
  return read_number(text.substr(first + 1, second - first - 1), clock[1]) && read_number(text.substr(second + 1), clock[2]);
}

// "utc+01:00"
void read_offset(std::string_view word, Parts& parts) {
  std::array<unsigned, 3> clock{};
  if (word.size() < 5 || !read_clock(word.substr(4), clock) || clock[0] > 18 || clock[1] > 59) return;
  const auto minutes = static_cast<std::int64_t>(clock[0] * 60 + clock[1]);
  parts.offset_minutes = word[3] == '-' ? -minutes : minutes;
}

// "14.11.2023"
bool read_dots(std::string_view word, Parts& parts) {
  const std::size_t first = word.find('.'), second = first == word.npos ? word.npos : word.find('.', first + 1);
  unsigned year = 0;
  if (second == word.npos || !read_number(word.substr(0, first), parts.day) || !read_number(word.substr(first + 1, second - first - 1), parts.month)) return false;
  if (!read_number(word.substr(second + 1), year)) return false;
  parts.year = year;
  return true;
}

void read_word(std::string_view word, Parts& parts) {
  unsigned number = 0;
  if (word == "am" || word == "pm") parts.half = true, parts.afternoon = word == "pm";
  else if (word.starts_with("utc") || word.starts_with("gmt")) read_offset(word, parts);
  else if (word.find(':') != word.npos) parts.timed = read_clock(word, parts.clock);
  else if (read_number(word, number)) (number > 31 ? void(parts.year = number) : void(parts.day = number));
  else if (const unsigned month = month_named(word); month != 0) parts.month = month;
  else read_dots(word, parts);
}

}  // namespace

std::optional<std::int64_t> time_in_words(std::string_view text) {
  std::string whole(text.substr(0, longest_time));
  if (whole.size() >= 19 && whole[4] == '-' && whole[7] == '-') {  // 2023-11-14T22:13:20, with or without what follows
    if (const auto time = parse_rfc3339(whole)) return *time;
    whole.resize(19);
    whole[10] = 'T';
    if (const auto time = parse_rfc3339(whole + "Z")) return *time;
    return std::nullopt;
  }
  std::transform(whole.begin(), whole.end(), whole.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
  for (std::size_t at; (at = whole.find("\xe2\x80\xaf")) != whole.npos;) whole.replace(at, 3, " ");  // a narrow blank stands before PM
  Parts parts;
  for (std::size_t at = 0; at < whole.size();) {
    const std::size_t end = std::min(whole.find_first_of(" ,\n", at), whole.size());
    if (end > at) read_word(std::string_view(whole).substr(at, end - at), parts);
    at = end + 1;
  }
  if (parts.half) parts.clock[0] = parts.clock[0] % 12 + (parts.afternoon ? 12 : 0);
  const bool good = parts.timed && parts.year >= 1700 && parts.year <= 2200 && parts.month >= 1 && parts.month <= 12 && parts.day >= 1 && parts.day <= 31 &&
                    parts.clock[0] <= 24 && parts.clock[1] <= 59 && parts.clock[2] <= 60;
  if (!good) return std::nullopt;
  const std::int64_t minutes = (days_from_civil(parts.year, parts.month, parts.day) * 24 + parts.clock[0]) * 60 + parts.clock[1] - parts.offset_minutes;
  return (minutes * 60 + parts.clock[2]) * 1'000'000'000;
}

}  // namespace evtriage::phone
