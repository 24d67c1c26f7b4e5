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

// A national number of one country against every range of it.
PlanAnswer judge(std::string_view code, std::string_view national) {
  PlanAnswer answer;
  answer.kind = PlanAnswer::Kind::refused;
  for (const auto& range : plan_ranges()) {
    if (range.code != code) continue;
    answer.country = range.country;
    if (range.national_digits != national.size()) continue;
    if (in_prefixes(national, range.prefixes)) {
      answer.kind = range.former ? PlanAnswer::Kind::former : PlanAnswer::Kind::current;
      break;
    }
    answer.kind = PlanAnswer::Kind::silent;
  }
  if (answer.kind != PlanAnswer::Kind::refused) answer.digits = std::string(code) + std::string(national);
  return answer;
}

}  // namespace

bool has_trunk_zero(std::string_view country) {
  constexpr std::string_view kTrunk[] = {"AE", "DZ", "GH", "LR", "LY", "MA", "NG", "SL"};
  return std::ranges::find(kTrunk, country) != std::end(kTrunk);
}

PlanAnswer ask_plans(std::string_view digits) {
  const auto code = digits.substr(0, 3);
  const auto national = digits.size() > 3 ? digits.substr(3) : std::string_view();
  PlanAnswer answer;
  if (std::ranges::none_of(plan_ranges(), [&](const PlanRange& range) { return range.code == code; })) return answer;
  answer = judge(code, national);
  const bool settled = answer.kind == PlanAnswer::Kind::current || answer.kind == PlanAnswer::Kind::former;
  if (!settled && national.starts_with('0') && has_trunk_zero(answer.country)) {
    PlanAnswer without = judge(code, national.substr(1));
    if (without.kind != PlanAnswer::Kind::refused) return without;
  }
  return answer;
}

bool fits_plan(std::string_view country, std::string_view national) {
  return std::ranges::any_of(plan_ranges(), [&](const PlanRange& range) {
    return range.country == country && !range.former && range.national_digits == national.size() && in_prefixes(national, range.prefixes);
  });
}

std::string_view calling_code(std::string_view country) {
  const auto ranges = plan_ranges();
  const auto at = std::ranges::find(ranges, country, &PlanRange::country);
  return at == ranges.end() ? std::string_view() : at->code;
}

}  // namespace evtriage::contacts
