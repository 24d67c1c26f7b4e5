// Long segments are read in windows with margins, so memory stays bounded; a match or a finding belongs to
// the window, and the page, in which it begins.
// Tested by tests/rules/engines_test.cpp.
#include "rules/scan.h"

#include <algorithm>
#include <set>

#include "pipeline/core/text.h"

namespace evtriage {
namespace {

constexpr std::size_t kContextBytes = 60, kExcerptCharacters = 400;
constexpr std::int32_t kReportedWeight = 4, kInnocentMilli = 300;

std::string around(std::string_view text, Place place, std::size_t margin) {
  const std::size_t begin = floor_char(text, place.begin > margin ? place.begin - margin : 0);
  const std::size_t end = ceil_char(text, std::min(text.size() - place.end, margin) + place.end);
  return std::string(text.substr(begin, end - begin));
}

// Cut between words where a blank is near; an excerpt is read by people.
std::string excerpt_of(std::string_view text, Place place) {
  std::string out = around(text, place, kContextBytes);
  if (place.begin > kContextBytes) {
    const std::size_t blank = std::string_view(out).substr(0, kContextBytes).find_first_of(" \n\t");
    if (blank != std::string::npos) out.erase(0, blank + 1);
  }
  if (text.size() - place.end > kContextBytes) {
    const std::size_t last = out.size() - kContextBytes;
    const std::size_t blank = out.find_last_of(" \n\t");
    if (blank != std::string::npos && blank > last) out.resize(blank);
  }
  std::size_t at = 0, characters = 0;
  while (at < out.size() && characters < kExcerptCharacters) {
    at = ceil_char(out, at + 1);
    ++characters;
  }
  out.resize(at);
  return out;
}

std::string language_of(const Pack& pack, const RuleText& rule) {
  std::size_t at = rule.id.find('.');
  if (at != std::string::npos) at = rule.id.find('.', at + 1);
  if (at != std::string::npos) {
    const std::size_t end = rule.id.find('.', at + 1);
    std::string part = rule.id.substr(at + 1, end == std::string::npos ? end : end - at - 1);
    if (std::find(pack.languages.begin(), pack.languages.end(), part) != pack.languages.end()) return part;
  }
  return pack.languages.size() == 1 ? pack.languages.front() : std::string();
}

class Reporter {  // one segment
 public:
  Reporter(const Program& program, const ScanLimits& limits, const TextSegment& segment, ScanSink& sink)
      : program_(program), limits_(limits), segment_(segment), sink_(sink) {}
  // `window` of the segment's text; what begins in `owned` (offsets of the segment) is reported.
  void report(std::string_view window, std::size_t at, ByteRange owned, RuleScratch& scratch);
  void finish();

 private:
  bool is_owned(std::size_t begin) const { return begin >= owned_.begin && begin < owned_.end; }
  ByteRange bytes(Place place) const { return segment_.map.to_source({at_ + place.begin, at_ + place.end}); }
  void hit(std::string_view window, const RuleMatch& match, Place place);
  void finding(std::string_view window, const JudgedUnit& judged, const Verdict& verdict, const RuleScratch& scratch);

  const Program& program_;
  const ScanLimits& limits_;
  const TextSegment& segment_;
  ScanSink& sink_;
  std::size_t at_ = 0;
  ByteRange owned_;
  std::vector<std::size_t> counts_;    // hits of each rule, made when the first hit comes
  std::set<std::uint32_t> too_many_;
  bool was_cut_ = false;
};

void Reporter::hit(std::string_view window, const RuleMatch& match, Place place) {
  if (!is_owned(at_ + place.begin)) return;
  if (counts_.empty()) counts_.resize(program_.rules.size());
  if (++counts_[match.rule] > limits_.hits_of_a_rule) {
    too_many_.insert(match.rule);
    return;
  }
  const RuleText& rule = program_.rule(match.rule);
  const Pack& pack = program_.packs[program_.rules[match.rule].pack];
  Hit out;
  out.segment = segment_.number;
  out.bytes = bytes(place);
  out.place = segment_.place;
  out.rule = rule.id;
  out.pack = pack.id;
  out.offence = rule.offence;
  out.category = rule.category;
  out.rule_version = rule.version;
  out.elements = element_names(rule);
  out.weight = static_cast<std::int32_t>(rule.weight);
  out.language = language_of(pack, rule);
  out.matched = std::string(window.substr(place.begin, place.end - place.begin));
  out.context = around(window, place, kContextBytes);
  sink_.hit(std::move(out));
}

void Reporter::finding(std::string_view window, const JudgedUnit& judged, const Verdict& verdict,
                       const RuleScratch& scratch) {
  Place whole = {SIZE_MAX, 0};
  for (std::size_t i = judged.unit.first; i < judged.unit.last; ++i) {
    if (!std::binary_search(verdict.rules.begin(), verdict.rules.end(), scratch.matches()[i].rule,
                            [&](auto a, auto b) { return program_.rule(a).id < program_.rule(b).id; }))
      continue;
    whole.begin = std::min(whole.begin, scratch.places()[i].begin);
    whole.end = std::max(whole.end, scratch.places()[i].end);
  }
  if (whole.begin > whole.end || !is_owned(at_ + whole.begin)) return;
  Finding out;
  out.segment = segment_.number;
  out.bytes = bytes(whole);
  out.place = segment_.place;
  out.offence = verdict.offence;
  out.band = *verdict.band;
  out.score_milli = verdict.score_milli;
  std::set<std::string> elements, against;
  for (const auto r : verdict.rules) {
    out.rules.push_back(program_.rule(r).id);
    for (auto& name : element_names(program_.rule(r))) elements.insert(std::move(name));
  }
  for (const auto& c : verdict.categories) out.categories.push_back(c.category);
  for (const auto m : verdict.suppressors) against.insert(program_.modifier(m).id);
  out.elements.assign(elements.begin(), elements.end());
  out.against.assign(against.begin(), against.end());
  out.why = why_sentence(program_, verdict);
  out.excerpt = excerpt_of(window, whole);
  sink_.finding(std::move(out));
}

void Reporter::report(std::string_view window, std::size_t at, ByteRange owned, RuleScratch& scratch) {
  at_ = at;
  owned_ = owned;
  const bool is_message = segment_.is_message && window.size() == segment_.utf8.size() &&
                          (window.size() <= kMessageCharacters || count_characters(window) <= kMessageCharacters);
  scratch.match(window, is_message ? UINT32_MAX : kUnitStretch);
  if (scratch.matches().empty()) {
    was_cut_ = was_cut_ || scratch.conditions().was_cut();
    return;
  }
  for (const JudgedUnit& judged : scratch.units(window, is_message)) {
    std::set<std::uint32_t> found;
    for (const Verdict& verdict : judged.verdicts) {
      if (!verdict.is_finding()) continue;
      found.insert(verdict.rules.begin(), verdict.rules.end());
      finding(window, judged, verdict, scratch);
    }
    const bool is_innocent = strongest_suppressor_milli(program_, judged.evidence) <= kInnocentMilli;
    for (std::size_t i = judged.unit.first; i < judged.unit.last; ++i) {
      const RuleMatch& match = scratch.matches()[i];
      const RuleText& rule = program_.rule(match.rule);
      const bool counts_alone = static_cast<std::int32_t>(rule.weight) >= kReportedWeight && (!is_innocent || rule.offence.empty());
      if (found.contains(match.rule) || counts_alone) hit(window, match, scratch.places()[i]);
    }
  }
  was_cut_ = was_cut_ || scratch.conditions().was_cut();
}

void Reporter::finish() {
  for (const auto rule : too_many_)
    sink_.issue({Code::limit, "rules", "rule " + program_.rule(rule).id + " matched " + std::to_string(counts_[rule]) +
                 " times; only the first " + std::to_string(limits_.hits_of_a_rule) + " are listed", {}, true});
  if (was_cut_)
    sink_.issue({Code::limit, "rules", "the text repeats words of a rule so often that not all places were compared", {}, true});
}

// The end of the window that begins at `from`: behind a line break or blank if one is near.
std::size_t window_end(std::string_view text, std::size_t from, const ScanLimits& limits) {
  if (text.size() - from <= limits.window_bytes) return text.size();
  const std::size_t hard = floor_char(text, from + limits.window_bytes);
  const std::size_t least = from + limits.window_bytes - limits.window_bytes / 8;
  for (const char wanted : {'\n', ' '}) {
    const std::size_t at = text.rfind(wanted, hard - 1);
    if (at != std::string_view::npos && at >= least) return at + 1;
  }
  return std::max(hard, from + 1);
}

}  // namespace

Place RuleScratch::original(std::string_view text, std::uint32_t begin, std::uint32_t end) const {
  return {floor_char(text, folded_.original(begin)), ceil_char(text, std::min<std::size_t>(folded_.original(end), text.size()))};
}

void RuleScratch::match(std::string_view text, std::uint32_t stretch) {
  matches_.clear();
  places_.clear();
  folded_.assign(text);
  conditions_->begin(folded_.text(), stretch);
  for (const auto rule : conditions_->candidates()) match_rule(program_, rule, folded_.text(), *conditions_, matches_);
  std::sort(matches_.begin(), matches_.end(), [](const RuleMatch& a, const RuleMatch& b) {
    return a.span != b.span ? a.span < b.span : a.rule < b.rule;
  });
  for (const RuleMatch& match : matches_) places_.push_back(original(text, match.span.begin, match.span.end));
}

UnitEvidence RuleScratch::evidence_of(std::string_view text, const Unit& unit, bool is_message) {
  UnitEvidence out;
  for (std::size_t i = unit.first; i < unit.last; ++i) out.rules.push_back(matches_[i].rule);
  const auto reaches = [&](const std::vector<Span>& spans) {
    return std::any_of(spans.begin(), spans.end(), [&](const Span& span) {
      const Place place = original(text, span.begin, span.end);
      return place.begin >= unit.reach.begin && place.begin < unit.reach.end;
    });
  };
  for (std::uint32_t m = 0; m < program_.modifiers.size(); ++m) {
    const auto node = program_.modifier_judges[m].when;
    if (node != kAbsent && reaches(conditions_->spans(node))) out.modifiers.push_back(m);
  }
  std::vector<PatternMatch> ages;
  find_pattern(program_.child_age, folded_.text(), folded_.folded(static_cast<std::uint32_t>(unit.reach.begin)),
               folded_.folded(static_cast<std::uint32_t>(unit.reach.end)), ages);
  out.child_age = !ages.empty();
  out.is_running_text = !is_message && text.size() > kShortTextBytes && !chat_message_begin(text, places_[unit.first].begin);
  out.is_long_text = out.is_running_text && text.size() > kLongTextBytes;
  return out;
}

std::vector<JudgedUnit> RuleScratch::units(std::string_view text, bool is_message) {
  std::vector<JudgedUnit> out;
  for (const Unit& unit : cut_units(text, places_, is_message)) {
    JudgedUnit judged;
    judged.unit = unit;
    judged.evidence = evidence_of(text, unit, is_message);
    judged.verdicts = judge(program_, judged.evidence);
    out.push_back(std::move(judged));
  }
  return out;
}

void scan_segment(const Program& program, const ScanLimits& limits, const TextSegment& segment, RuleScratch& scratch,
                  ScanSink& sink) {
  const std::string_view text = segment.utf8.chars();
  Reporter reporter(program, limits, segment, sink);
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t to = window_end(text, from, limits);
    const std::size_t low = floor_char(text, from > limits.margin_bytes ? from - limits.margin_bytes : 0);
    const std::size_t high = ceil_char(text, std::min(text.size() - to, limits.margin_bytes) + to);
    const ByteRange owned = {std::max<std::uint64_t>(from, segment.owned.begin), std::min<std::uint64_t>(to, segment.owned.end)};
    if (owned.begin < owned.end) reporter.report(text.substr(low, high - low), low, owned, scratch);
    from = to;
  }
  reporter.finish();
}

}  // namespace evtriage
