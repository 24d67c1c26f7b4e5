// The two conditions that are patterns of the program: an amount with a currency, and an age.
// Words are written as people write them and go through the same compiler as a pack's patterns.
// Bare letters (N, D, F) count only where they touch the digits, because they are words of their own.
// Tested by tests/rules/engines_test.cpp.
#include "rules/pattern.h"

namespace evtriage {
namespace {

// A number with thousands parted by a blank or point, or plain; a multiplier may follow.
constexpr std::string_view kNumber =
    "(?:[0-9]{1,3}(?:[ .,][0-9]{3}){1,3}|[0-9]{1,9})(?:[.,][0-9]{1,2})?"
    "(?:[ ]?(?:k|m|mil|mille|millions?|milhao|milhoes|thousand|hundred|الف|آلاف|مليون|ملايين))?";
constexpr std::string_view kCurrency =
    "(?:f ?cfa|cfa|fcfa|xof|xaf|francs?|francos?|frs|nairas?|ngn|cedis?|ghs|gh|dalasis?|gmd|leones?|sle|sll|lrd|gnf|fg|"
    "ouguiyas?|mru|mro|escudos?|cve|euros?|eur|dollars?|dolares|dolar|usd|dirhams?|dhs?|mad|aed|dinars?|dinares|lyd|dzd|"
    "tnd|riyals?|rials?|sar|omr|kwd|lbp|pounds?|gbp|فرنك|فرنكات|سيفا|يورو|دولارات|دولار|درهم|دراهم|دينار|دنانير|"
    "اوقية|ريال|ريالات|نايرا|دلاسي|جنيه|ليرة)";

Pattern compiled(const std::string& source) {
  auto pattern = compile_pattern(source);
  Pattern out = pattern ? *std::move(pattern) : Pattern{};  // never empty: pattern_test compiles both
  out.stems.clear();
  return out;
}

}  // namespace

Pattern money_pattern() {
  return compiled(joined({"\\b", kNumber, "[ .]{0,2}(?:de |of |d')?", kCurrency, "\\b|\\b", kCurrency, "[ .]{0,2}", kNumber,
                          "\\b|\\$[ ]?", kNumber, "\\b|\\b", kNumber, "[ ]?\\$|\\b[nd]", kNumber, "\\b|\\b", kNumber,
                          "[ ]?f\\b"}));
}

Pattern age_pattern(unsigned under) {
  std::string ages;
  for (unsigned age = 5; age < under; ++age) {
    if (!ages.empty()) ages += '|';
    ages += std::to_string(age);
  }
  return compiled(joined(
      {"\\b(?:", ages,
       ")(?:ans|anos|yo| ans?| an(?:os|itos)| (?:years?|yrs?) olds?| yo| y o| (?:سنة|سنوات|عاما|عام|اعوام))\\b|"
       "\\b(?:aged?(?: of)?|agee?s?(?: de)?|idade(?: de)?|menor de|moins de|under(?: the age of)?|عمرها|عمره|سنها|سنه) (?:",
       ages, ")\\b"}));
}

}  // namespace evtriage
