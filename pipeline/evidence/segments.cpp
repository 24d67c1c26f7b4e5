// Three characters after the last dot.  Digits count to 999; a letter and digits count to 99, then letters go on to ZZZ.
// Tested by tests/pipeline/evidence/segments_test.cpp.
#include "pipeline/evidence/segments.h"

namespace evtriage::evidence {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

// The suffix without its dot, or empty if it cannot be of a segment.
std::string_view suffix(std::string_view name) {
  if (name.size() < 5 || name[name.size() - 4] != '.') return {};
  const std::string_view word = name.substr(name.size() - 3);
  const bool digits = is_digit(word[0]) && is_digit(word[1]) && is_digit(word[2]);
  const bool mixed = is_letter(word[0]) && is_digit(word[1]) && is_digit(word[2]);
  const bool letters = is_letter(word[0]) && is_letter(word[1]) && is_letter(word[2]);
  return digits || mixed || letters ? word : std::string_view();
}

// Images of the EWF family only: other suffixes of a letter and digits (.r01, .z01) belong to archives.
bool is_ewf_letter(char c) { return c == 'E' || c == 'e' || c == 'S' || c == 's' || c == 'L' || c == 'l'; }

}  // namespace

bool starts_segments(std::string_view name) {
  const std::string_view word = suffix(name);
  return word == "001" || (!word.empty() && is_ewf_letter(word[0]) && word.substr(1) == "01");
}

std::string next_segment(std::string_view name) {
  std::string word(suffix(name));
  if (word.empty()) return {};
  const char a = is_upper(word[0]) ? 'A' : 'a', z = is_upper(word[0]) ? 'Z' : 'z';
  if (is_digit(word[1])) {
    const bool digits = is_digit(word[0]);
    if (!digits && !is_ewf_letter(word[0])) return {};
    if (word.substr(1) == "99" && !digits) {
      word = {word[0], a, a};
    } else if (word == "999") {
      return {};
    } else {
      std::size_t place = 2;
      while (word[place] == '9') word[place--] = '0';
      ++word[place];
    }
  } else {
    std::size_t place = 2;
    while (word[place] == z) {
      if (place == 0) return {};
      word[place--] = a;
    }
    ++word[place];
  }
  return std::string(name.substr(0, name.size() - 3)) + word;
}

std::string first_segment(std::string_view name) {
  const std::string_view word = suffix(name);
  if (word.empty() || starts_segments(name)) return {};
  const std::string stem(name.substr(0, name.size() - 3));
  if (is_digit(word[0])) return stem + "001";
  if (is_digit(word[1])) return is_ewf_letter(word[0]) ? stem + word[0] + "01" : std::string();
  return stem + (is_upper(word[0]) ? "E01" : "e01");  // .EAA and later
}

}  // namespace evtriage::evidence
