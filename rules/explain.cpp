// Prints the arithmetic of score.h step by step, and for a text without matches the rules that came nearest.
// Tested by tests/rules/pack_test.cpp.
#include "rules/explain.h"

#include <algorithm>
#include <tuple>

namespace evtriage {
namespace {

std::string milli(std::int32_t value) {  // 5200 -> "5.2"
  std::string out = std::to_string(value / 1000) + "." + std::to_string(1000 + value % 1000).substr(1);
  while (out.back() == '0') out.pop_back();
  if (out.back() == '.') out.pop_back();
  return out;
}

std::string quoted(std::string_view text) { return joined({"\"", text, "\""}); }

std::string title_of(const Titles& titles) {
  for (const auto& [language, text] : titles)
    if (language == "en") return text;
  return {};
}

class Explainer {
 public:
  Explainer(const Program& program, std::string_view text, RuleScratch& scratch)
      : program_(program), text_(text), scratch_(scratch) {}
  std::string run();

 private:
  void line(std::initializer_list<std::string_view> parts) {
    out_ += joined(parts);
    out_ += '\n';
  }
  std::string words_of(std::uint32_t modifier);
  void matches();
  void verdict(const Verdict& verdict);
  void nearest();
  const Program& program_;
  std::string_view text_;
  RuleScratch& scratch_;
  std::string out_;
};

std::string Explainer::words_of(std::uint32_t modifier) {
  const auto& spans = scratch_.conditions().spans(program_.modifier_judges[modifier].when);
  if (spans.empty()) return {};
  const Place place = scratch_.original(text_, spans.front().begin, spans.front().end);
  return quoted(text_.substr(place.begin, place.end - place.begin));
}

void Explainer::matches() {
  for (std::size_t i = 0; i < scratch_.matches().size(); ++i) {
    const RuleText& rule = program_.rule(scratch_.matches()[i].rule);
    const Place place = scratch_.places()[i];
    line({"match      ", rule.id, ", weight ", std::to_string(rule.weight), ": ", title_of(rule.title)});
    line({"           words ", quoted(text_.substr(place.begin, place.end - place.begin)), " at bytes ",
          std::to_string(place.begin), "..", std::to_string(place.end)});
    for (const auto& element : element_names(rule)) line({"           ", element, ", ", rule.article});
  }
}

void Explainer::verdict(const Verdict& v) {
  line({"offence    ", v.offence == "tip" ? "trafficking in persons" : "smuggling of migrants"});
  line({"gate       ", v.gate ? "open: " : "closed: ", v.gate_text});
  for (const auto& c : v.categories)
    line({"category   ", c.category, " ", category_name(c.category), ": best weight ", std::to_string(c.weight), " (",
          program_.rule(c.rule).id, "), counts ", milli(c.milli)});
  for (const auto m : v.suppressors)
    line({"against    ", program_.modifier(m).id, " ", words_of(m), ": ", title_of(program_.modifier(m).title)});
  for (const auto m : v.contexts) line({"context    ", program_.modifier(m).id, " ", words_of(m)});
  for (const auto m : v.voices)
    line({"voice      ", program_.modifier(m).voice, ": ", program_.modifier(m).id, " ", words_of(m)});
  line({"score      ", milli(v.sum_milli), " x context ", milli(v.context_milli), " x voice ", milli(v.voice_milli), " = ",
        milli(v.score_milli)});
  if (v.is_alone) line({"band       low at most: alone in a long text"});
  if (v.is_reported) line({"band       low at most: a report or a lesson, in which voices are quoted"});
  if (!v.is_finding()) {
    line({"result     no finding: ", v.gate ? "the score is below 4" : "the gate is closed"});
    return;
  }
  const char* band = *v.band == Band::high ? "high" : *v.band == Band::medium ? "medium" : "low";
  line({"result     finding, ", band});
  line({"why        ", why_sentence(program_, v)});
}

// Rules of which at least one condition held.
void Explainer::nearest() {
  std::vector<std::tuple<std::size_t, std::size_t, std::uint32_t>> close;  // parts missing, parts held, rule
  for (std::uint32_t r = 0; r < program_.rules.size(); ++r) {
    const auto when = program_.rule_judges[r].when;
    if (when == kAbsent) continue;
    const auto& children = program_.nodes[when].children;
    std::size_t held = 0;
    for (const auto child : children) held += scratch_.conditions().spans(child).empty() ? 0 : 1;
    const bool was_refused = !scratch_.conditions().spans(when).empty();
    if (held > 0 || was_refused) close.emplace_back(was_refused ? 0 : children.size() - held, held, r);
  }
  std::sort(close.begin(), close.end());
  line({"result     no rule matches"});
  for (std::size_t i = 0; i < std::min<std::size_t>(close.size(), 5); ++i) {
    const auto [missing, held, r] = close[i];
    const RuleText& rule = program_.rule(r);
    const bool was_refused = !scratch_.conditions().spans(program_.rule_judges[r].when).empty();
    if (was_refused)
      line({"near miss  ", rule.id, ": all holds, but so does its \"without\""});
    else if (missing == 0)
      line({"near miss  ", rule.id, ": all parts are there, but too far from each other or in another order"});
    else
      line({"near miss  ", rule.id, ": ", std::to_string(held), " of ", std::to_string(held + missing), " parts are there"});
  }
}

std::string Explainer::run() {
  scratch_.match(text_, UINT32_MAX);
  line({"folded     ", scratch_.folded().text()});
  if (scratch_.matches().empty()) {
    nearest();
    return std::move(out_);
  }
  matches();
  for (const JudgedUnit& judged : scratch_.units(text_, true)) {
    for (const Verdict& v : judged.verdicts) verdict(v);
    if (judged.verdicts.empty()) line({"result     keywords only: hits, no finding"});
  }
  return std::move(out_);
}

}  // namespace

std::string explain(const Program& program, std::string_view text, RuleScratch& scratch) {
  return Explainer(program, text, scratch).run();
}

}  // namespace evtriage
