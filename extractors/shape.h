// Does a run of characters look like words, a number to call or an address?  Random bytes give runs of
// printable characters by the thousand; this is what keeps them out of the case.
// Tested by tests/extractors/strings_test.cpp.
#pragma once
#include <cstdint>

#include "extractors/script.h"

namespace evtriage {

class Shape {
 public:
  void feed(char32_t c) {
    ++characters_;
    const Script script = script_of(c);
    if (script == Script::none || (script != script_ && script_ != Script::none)) end_word();
    if (script != Script::none) letter(c, script);
    mark(c);
  }
  // Once, after the last character.
  bool is_text() {
    end_word();
    if (digits_best_ >= 7 || mail_ == Mail::found) return true;
    if (foreign_ >= 4 && foreign_ * 2 >= characters_) return true;
    return longest_ >= 4 && good_ >= 6 && good_ * 3 >= characters_ * 2;
  }

 private:
  enum class Mail : std::uint8_t { none, name, at, host, dot, found };

  void letter(char32_t c, Script script) {
    const bool capital = is_capital(c);
    if (word_ > 0 && capital && !before_capital_) mixed_ = true;
    if (capital) ++capitals_;
    constexpr std::uint32_t vowels = 1u << ('a' & 31) | 1u << ('e' & 31) | 1u << ('i' & 31) | 1u << ('o' & 31) | 1u << ('u' & 31) | 1u << ('y' & 31);
    if (c >= 0x80 || (vowels >> (c & 31) & 1) != 0) ++vowels_;
    before_capital_ = capital;
    script_ = script;
    ++word_;
  }
  void end_word() {
    if (script_ != Script::none && script_ != Script::latin) {
      if (word_ >= 3 || foreign_ > 0) foreign_ += word_;
    } else if (word_ >= 3) {
      const bool one_case = !mixed_ && (capitals_ <= 1 || capitals_ == word_);
      if (one_case && vowels_ * 6 >= word_ && vowels_ * 4 <= word_ * 3) {
        good_ += word_;
        if (word_ > longest_) longest_ = word_;
      }
    } else if (good_ > 0 && word_ > 0) {
      ++good_;
    }
    script_ = Script::none;
    word_ = capitals_ = vowels_ = 0;
    mixed_ = false;
  }
  void mark(char32_t c) {
    const bool alpha = c < 0x80 && script_of(c) == Script::latin;
    if (alpha && (mail_ == Mail::none || mail_ == Mail::name)) {  // nearly every character
      digits_ = 0;
      mail_ = Mail::name;
      before_alpha_ = true;
      return;
    }
    const bool digit = c >= '0' && c <= '9';
    if (digit) {
      if (++digits_ > digits_best_) digits_best_ = digits_;
    } else if (c != ' ' && c != '-' && c != '.' && c != '(' && c != ')' && c != '/' && c != '+') {
      digits_ = 0;
    }
    if (c == ' ' && good_ > 0) ++good_;
    switch (mail_) {
      case Mail::none: case Mail::name:
        mail_ = c == '@' ? (mail_ == Mail::name ? Mail::at : Mail::none) : digit || alpha ? Mail::name : Mail::none;
        break;
      case Mail::at: case Mail::dot:
        mail_ = mail_ == Mail::dot && alpha && before_alpha_ ? Mail::found
                : digit || alpha                              ? (mail_ == Mail::at ? Mail::host : Mail::dot)
                                                              : Mail::none;
        break;
      case Mail::host:
        mail_ = c == '.' ? Mail::dot : digit || alpha || c == '-' ? Mail::host : Mail::none;
        break;
      case Mail::found: break;
    }
    before_alpha_ = alpha;
  }

  unsigned characters_ = 0, good_ = 0, longest_ = 0, foreign_ = 0, digits_ = 0, digits_best_ = 0;
  unsigned word_ = 0, capitals_ = 0, vowels_ = 0;
  bool mixed_ = false, before_capital_ = false, before_alpha_ = false;
  Script script_ = Script::none;
  Mail mail_ = Mail::none;
};

}  // namespace evtriage
