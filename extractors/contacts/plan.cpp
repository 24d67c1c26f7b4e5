// Reads the table of numbering plans.  A number is compared with a few dozen short prefixes, which takes
// a tenth of a microsecond; nothing is compiled or cached.
// Tested by tests/extractors/contacts/parts_test.cpp.
#include "extractors/contacts/plan.h"

#include <algorithm>

namespace evtriage::contacts {
namespace {

bool in_prefixes(std::string_view national, std::string_view prefixes) {
  while (!prefixes.empty()) {
    const auto blank = prefixes.find(' ');
    const auto token = prefixes.substr(0, blank);
    const auto dash = token.find('-');
    const auto first = token.substr(0, dash);
    const auto last = dash == std::string_view::npos ? first : token.substr(dash + 1);
    const auto head = national.substr(0, first.size());
    if (head >= first && head <= last) return true;
    if (blank == std::string_view::npos) return false;
    prefixes.remove_prefix(blank + 1);
  }
  return false;
}

// The two-digit codes and those of transit and destination: their tables leave out special ranges, so that a number
// of another length is for libphonenumber to judge.
bool is_complete(std::string_view code) {
  constexpr std::string_view kOthers[] = {"216", "351", "961", "965", "966", "968"};
  return code.size() == 3 && std::ranges::find(kOthers, code) == std::end(kOthers);
}

// A national number of one country against every range of it.
PlanAnswer judge(std::string_view code, std::string_view national) {
  PlanAnswer answer;
  answer.kind = is_complete(code) ? PlanAnswer::Kind::refused : PlanAnswer::Kind::silent;
  std::string present(national);
  for (const auto& range : plan_ranges()) {
    if (range.code[0] != code[0] || range.code != code) continue;
    answer.country = range.country;
    if (range.national_digits != national.size()) continue;
    if (in_prefixes(national, range.prefixes)) {
      answer.kind = range.former ? PlanAnswer::Kind::former : PlanAnswer::Kind::current;
      if (range.former) present = present_form(range.country, national);
      break;
    }
    answer.kind = PlanAnswer::Kind::silent;
  }
  if (answer.kind != PlanAnswer::Kind::refused) answer.digits = std::string(code) + present;
  return answer;
}

bool is_code(std::string_view code) {
  return std::ranges::any_of(plan_ranges(), [&](const PlanRange& range) { return range.code[0] == code[0] && range.code == code; });
}

}  // namespace

bool has_trunk_zero(std::string_view country) {
  constexpr std::string_view kTrunk[] = {"AE", "DZ", "FR", "GH", "LB", "LR", "LY", "MA", "NG", "SA", "SL"};
  return std::ranges::find(kTrunk, country) != std::end(kTrunk);
}

PlanAnswer ask_plans(std::string_view digits) {
  std::string_view code = digits.substr(0, 3);
  PlanAnswer answer;
  if (digits.size() < 4) return answer;
  if (!is_code(code)) code = digits.substr(0, 2);
  if (!is_code(code) || digits.size() <= code.size()) return answer;
  const auto national = digits.substr(code.size());
  answer = judge(code, national);
  const bool settled = answer.kind == PlanAnswer::Kind::current || answer.kind == PlanAnswer::Kind::former;
  if (!settled && national.starts_with('0') && has_trunk_zero(answer.country)) {
    PlanAnswer without = judge(code, national.substr(1));
    if (without.kind != PlanAnswer::Kind::refused) return without;
  }
  return answer;
}

Fit fits_plan(std::string_view country, std::string_view national) {
  Fit fit = Fit::none;
  for (const auto& range : plan_ranges()) {
    if (range.country != country || range.national_digits != national.size() || !in_prefixes(national, range.prefixes)) continue;
    fit = std::max(fit, range.former ? Fit::former : Fit::current);
  }
  return fit;
}

bool has_length(std::string_view country, std::size_t national_digits) {
  return std::ranges::any_of(plan_ranges(), [&](const PlanRange& range) {
    return range.country == country && !range.former && range.national_digits == national_digits;
  });
}

std::string present_form(std::string_view country, std::string_view national) {
  const std::string old(national);
  if (country == "BJ") return "01" + old;
  if (country == "NG") return "20" + old;
  if (country == "CI" && national[0] != '2' && national[0] != '3') {  // mobile: the second digit names the operator
    return (national[1] <= '3' ? "01" : national[1] <= '6' ? "05" : "07") + old;
  }
  if (country == "GA") {
    const std::string rest = national.size() == 8 ? old.substr(1) : old;
    return (rest[0] == '1' ? "1" : rest[0] == '4' || rest[0] == '7' ? "7" : "6") + rest;
  }
  return old;
}

std::string_view calling_code(std::string_view country) {
  const auto ranges = plan_ranges();
  const auto at = std::ranges::find(ranges, country, &PlanRange::country);
  return at == ranges.end() ? std::string_view() : at->code;
}

}  // namespace evtriage::contacts
