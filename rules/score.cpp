// The score is deliberately simple enough to be recomputed with pencil and paper in court; explain() prints
// the same arithmetic.
// Tested by tests/rules/score_test.cpp.
#include "rules/score.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace evtriage {
namespace {

constexpr std::int32_t kContextMilli = 1300, kContextMostMilli = 2000, kVoiceMilli = 1300;
constexpr std::int32_t kReporterMilli = 300, kTrainerMilli = 200, kContextNeedsWeight = 4;
constexpr std::int32_t kHighMilli = 12000, kMediumMilli = 7000, kLowMilli = 4000;
constexpr std::int32_t kLongTextWeight = 8;
constexpr std::int32_t kRunningTextWeight = 5;  // of the heaviest rule: lighter ones count together in notes and messages only

std::int32_t times(std::int32_t value, std::int32_t milli) {
  return static_cast<std::int32_t>((static_cast<std::int64_t>(value) * milli + 500) / 1000);
}

std::string kind_of(const std::string& id) { return id.substr(id.rfind('.') + 1); }

bool holds(const std::vector<std::string>& list, std::string_view value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

struct Against {  // a reading that lowers the score
  std::string kind;
  std::int32_t milli = 1000;
  const std::vector<std::string>* categories = nullptr;  // null: all
  std::uint32_t modifier = 0;
};

std::vector<Against> readings_against(const Program& program, const UnitEvidence& evidence) {
  std::vector<Against> out;
  for (const auto index : evidence.modifiers) {
    const Modifier& m = program.modifier(index);
    if (m.kind == Modifier::Kind::suppressor)
      out.push_back({kind_of(m.id), static_cast<std::int32_t>(m.factor_milli), m.categories.empty() ? nullptr : &m.categories, index});
    else if (m.kind == Modifier::Kind::voice && m.voice == "reporter")
      out.push_back({"news", kReporterMilli, nullptr, index});
    else if (m.kind == Modifier::Kind::voice && m.voice == "trainer")
      out.push_back({"training", kTrainerMilli, nullptr, index});
  }
  return out;
}

std::int32_t lowered(std::int32_t milli, const std::string& category, const std::vector<Against>& against,
                     std::set<std::uint32_t>& used) {
  std::map<std::string, std::int32_t> kinds;
  for (const Against& a : against) {
    if (a.categories != nullptr && !holds(*a.categories, category)) continue;
    used.insert(a.modifier);
    const auto [at, is_new] = kinds.emplace(a.kind, a.milli);
    if (!is_new) at->second = std::min(at->second, a.milli);
  }
  for (const auto& [kind, factor] : kinds) milli = times(milli, factor);
  return milli;
}

struct Gate {
  bool open = false;
  std::string text;
};

Gate tip_gate(const std::set<std::string>& elements, const std::set<std::string>& categories, bool child) {
  const bool any = elements.contains("any"), trade = categories.contains("T09");
  const bool means = elements.contains("means") || any || trade || child;
  // Debt bondage is means and purpose at once; three kinds of control over a person show the holding of one.
  const bool servitude = categories.contains("T03") && (elements.contains("means") || any);
  const auto controls = std::count_if(categories.begin(), categories.end(), [](const std::string& c) {
    return c == "T02" || c == "T04" || c == "T05" || c == "T06" || c == "T07" || c == "T08" || c == "T19";
  });
  const bool held = categories.contains("T06") && controls >= 2;  // kept from going out: harbouring
  const bool act = elements.contains("act") || any || trade || held || controls >= 3;
  const bool purpose = elements.contains("purpose") || any || (servitude && controls >= 1);
  std::string text = std::string(child ? "means not needed for a child" : means ? "means" : "means not seen") +
                     (act ? ", act" : ", act not seen") + (purpose ? ", purpose" : ", purpose not seen");
  return {means && (act || purpose), std::move(text)};
}

Gate som_gate(const std::set<std::string>& elements, const std::set<std::string>& categories, std::size_t rules) {
  const auto one_of = [&](std::initializer_list<const char*> wanted) {
    return std::any_of(wanted.begin(), wanted.end(), [&](const char* c) { return categories.contains(c); });
  };
  const bool any = elements.contains("any");
  const bool passage = elements.contains("entry") || elements.contains("document") || elements.contains("stay") || any;
  const bool benefit = elements.contains("benefit") || any;
  if (categories.contains("S14")) return {true, "ransom or extortion on the route"};
  if (one_of({"S04", "S05", "S06", "S07", "S11"}) && categories.contains("S12")) return {true, "logistics and evasion"};
  if (categories.contains("S11") && categories.contains("S13")) return {true, "a passenger list and endangered passengers"};
  // Article 6(1)(b) makes the offer of forged documents an offence of its own; two different wordings show an offer.
  if (categories.contains("S08") && rules >= 2) return {true, "travel documents offered in more than one wording"};
  std::string text = std::string(passage ? "passage, document or stay" : "passage, document or stay not seen") +
                     (benefit ? ", benefit" : ", benefit not seen");
  return {passage && benefit, std::move(text)};
}

void multiply(const Program& program, const UnitEvidence& evidence, std::int32_t heaviest, Verdict& out) {
  for (const auto m : evidence.modifiers) {
    const Modifier& modifier = program.modifier(m);
    if (modifier.kind == Modifier::Kind::context && heaviest >= kContextNeedsWeight) {
      out.contexts.push_back(m);
      out.context_milli = std::min(times(out.context_milli, kContextMilli), kContextMostMilli);
    }
    if (modifier.kind == Modifier::Kind::voice && (modifier.voice == "controller" || modifier.voice == "victim")) {
      out.voices.push_back(m);
      out.voice_milli = kVoiceMilli;
    }
  }
}

void weigh(const Program& program, const UnitEvidence& evidence, Verdict& out) {
  std::map<std::string, std::uint32_t> best;
  for (const auto r : out.rules) {
    const auto [at, is_new] = best.emplace(program.rule(r).category, r);
    if (!is_new && program.rule(r).weight > program.rule(at->second).weight) at->second = r;
  }
  const auto against = readings_against(program, evidence);
  std::set<std::uint32_t> used;
  std::int32_t heaviest = 0;
  for (const auto& [category, r] : best) {
    const auto weight = static_cast<std::int32_t>(program.rule(r).weight);
    heaviest = std::max(heaviest, weight);
    out.categories.push_back({category, r, weight, lowered(weight * 1000, category, against, used)});
    out.sum_milli += out.categories.back().milli;
  }
  out.suppressors.assign(used.begin(), used.end());
  out.is_reported = std::any_of(against.begin(), against.end(), [](const Against& a) { return a.kind == "news" || a.kind == "training"; });
  if (!out.is_reported) multiply(program, evidence, heaviest, out);
  out.score_milli = times(times(out.sum_milli, out.context_milli), out.voice_milli);
  if (out.score_milli >= kHighMilli) out.band = Band::high;
  else if (out.score_milli >= kMediumMilli) out.band = Band::medium;
  else if (out.score_milli >= kLowMilli) out.band = Band::low;
  const auto is_heavy = [](const CategoryScore& c) { return c.weight >= kLongTextWeight; };
  const bool is_light = evidence.is_running_text && heaviest < kRunningTextWeight;
  out.is_alone = is_light || (evidence.is_long_text && std::count_if(out.categories.begin(), out.categories.end(), is_heavy) < 2);
  if ((out.is_reported || out.is_alone) && out.band) out.band = Band::low;
}

Verdict verdict_of(const Program& program, const UnitEvidence& evidence, const std::string& offence) {
  Verdict out;
  out.offence = offence;
  for (const auto r : evidence.rules)
    if (program.rule(r).offence == offence || program.rule(r).offence == "both") out.rules.push_back(r);
  std::sort(out.rules.begin(), out.rules.end(), [&](auto a, auto b) { return program.rule(a).id < program.rule(b).id; });
  out.rules.erase(std::unique(out.rules.begin(), out.rules.end()), out.rules.end());
  if (out.rules.empty()) return out;
  std::set<std::string> elements, categories;
  for (const auto r : out.rules) {
    elements.insert(program.rule(r).elements.begin(), program.rule(r).elements.end());
    categories.insert(program.rule(r).category);
  }
  const auto speaks_of_child = [&](auto m) { return program.modifier(m).child; };
  out.child = evidence.child_age || categories.contains("T13") ||
              std::any_of(evidence.modifiers.begin(), evidence.modifiers.end(), speaks_of_child);
  Gate gate = offence == "tip" ? tip_gate(elements, categories, out.child) : som_gate(elements, categories, out.rules.size());
  out.gate = gate.open;
  out.gate_text = std::move(gate.text);
  weigh(program, evidence, out);
  return out;
}

constexpr std::array<std::string_view, 20> kTipNames = {
    "deceptive recruitment", "document retention", "debt bondage", "threat or violence", "oath or ritual",
    "movement and communication control", "wage withholding", "abuse of vulnerability", "trade in persons",
    "sexual exploitation", "forced labour", "domestic servitude", "child exploitation", "forced criminality",
    "captive pyramid recruitment", "forced or child marriage", "organ removal", "illegal adoption",
    "image-based coercion", "victim distress call"};
constexpr std::array<std::string_view, 15> kSomNames = {
    "offer of passage", "facilitation fee", "payment channel", "sea logistics", "land logistics", "staging house",
    "roles and crew", "document fraud", "fraudulent stay", "border bribery", "passenger list", "evasion and briefing",
    "endangerment", "ransom on the route", "air route or visa scheme"};

std::string begun_small(std::string title) {
  const bool is_word = title.size() > 1 && title[0] >= 'A' && title[0] <= 'Z' && title[1] >= 'a' && title[1] <= 'z';
  if (is_word) title[0] = static_cast<char>(title[0] + ('a' - 'A'));
  return title;
}

std::string english_title(const Titles& titles, const std::string& otherwise) {
  for (const auto& [language, text] : titles)
    if (language == "en") return text;
  return otherwise;
}

}  // namespace

std::string_view category_name(std::string_view category) {
  if (category.size() != 3) return {};
  const auto n = static_cast<std::size_t>((category[1] - '0') * 10 + (category[2] - '0') - 1);
  if (category[0] == 'T' && n < kTipNames.size()) return kTipNames[n];
  if (category[0] == 'S' && n < kSomNames.size()) return kSomNames[n];
  return {};
}

std::vector<std::string> element_names(const RuleText& rule) {
  std::vector<std::string> out;
  for (const auto& element : rule.elements)
    out.push_back(element + ": " + std::string(category_name(rule.category)) + " (" + rule.category + ")");
  std::sort(out.begin(), out.end());
  return out;
}

std::int32_t strongest_suppressor_milli(const Program& program, const UnitEvidence& evidence) {
  std::int32_t least = 1000;
  for (const Against& a : readings_against(program, evidence)) least = std::min(least, a.milli);
  return least;
}

std::vector<Verdict> judge(const Program& program, const UnitEvidence& evidence) {
  std::vector<Verdict> out;
  for (const char* offence : {"tip", "som"}) {
    Verdict verdict = verdict_of(program, evidence, offence);
    if (!verdict.rules.empty()) out.push_back(std::move(verdict));
  }
  return out;
}

std::string why_sentence(const Program& program, const Verdict& verdict) {
  std::vector<CategoryScore> best = verdict.categories;
  std::stable_sort(best.begin(), best.end(), [](const auto& a, const auto& b) { return a.weight > b.weight; });
  constexpr std::size_t most = 3;
  std::string out = "Words that point to ";
  std::set<std::string> articles;
  const std::size_t shown = std::min(best.size(), most);
  for (std::size_t i = 0; i < shown; ++i) {
    const RuleText& rule = program.rule(best[i].rule);
    out += (i == 0 ? "" : i + 1 == shown && best.size() <= most ? " and to " : ", to ");
    out += '"' + begun_small(english_title(rule.title, rule.id)) + '"';
    articles.insert(rule.article);
  }
  if (best.size() > most) out += " and to " + std::to_string(best.size() - most) + " more";
  out += best.size() > 1 ? " stand near each other: " : " stand here: ";
  out += verdict.gate_text + " (";
  for (const auto& article : articles) out += (article == *articles.begin() ? "" : "; ") + article;
  out += ')';
  std::string against;
  for (const auto m : verdict.suppressors) {
    const Modifier& modifier = program.modifier(m);
    const std::string reading = begun_small(english_title(modifier.title, modifier.voice));
    against += (against.empty() ? "" : ", ") + reading;
  }
  if (!against.empty()) out += "; weighed down because it may be: " + against;
  if (verdict.is_alone) out += "; weighed down because too little stands beside it in a long text";
  return out + '.';
}

}  // namespace evtriage
