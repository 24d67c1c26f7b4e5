// Conditions over literal hits.  A pattern is searched by RE2 only around the words that it needs: its own
// stems, or, for amounts and ages, the other parts of the condition that it stands in.
// Tested by tests/rules/engines_test.cpp and tests/rules/match_test.cpp.
#include "rules/match.h"

#include <algorithm>

#include "rules/join.h"

namespace evtriage {
namespace {

constexpr std::uint64_t kJoinSteps = 20'000'000;  // for one condition in one text
constexpr std::uint32_t kMaxSentence = 2000;      // bytes to each side of a span

std::uint32_t back(std::uint32_t at, std::uint32_t bytes) { return at > bytes ? at - bytes : 0; }
std::uint32_t forth(std::uint32_t at, std::uint32_t bytes, std::size_t size) {
  return size - at > bytes ? at + bytes : static_cast<std::uint32_t>(size);
}

void merge(std::vector<std::pair<std::uint32_t, std::uint32_t>>& regions) {
  std::sort(regions.begin(), regions.end());
  std::size_t kept = 0;
  for (const auto& region : regions) {
    if (kept > 0 && region.first <= regions[kept - 1].second)
      regions[kept - 1].second = std::max(regions[kept - 1].second, region.second);
    else
      regions[kept++] = region;
  }
  regions.resize(kept);
}

void sort_unique(std::vector<Span>& spans) {
  std::sort(spans.begin(), spans.end());
  spans.erase(std::unique(spans.begin(), spans.end()), spans.end());
}

}  // namespace

FastConditions::FastConditions(const Program& program)
    : program_(program), ranges_(program.group_count), cache_(program.nodes.size()) {}

void FastConditions::begin(std::string_view folded, std::uint32_t stretch) {
  text_ = folded;
  stretch_ = stretch;
  was_cut_ = has_hits_ = false;
  ++text_number_;
  words_.build(folded);
  candidates_ = program_.costly_rules;
  hits_.clear();
  program_.drivers->find(folded, words_, 0, static_cast<std::uint32_t>(folded.size()), hits_);
  if (hits_.empty()) return;
  index_hits();
  add_candidates();
  if (find_near_drivers()) drop_candidates();
}

void FastConditions::index_hits() {
  std::sort(hits_.begin(), hits_.end());
  hits_.erase(std::unique(hits_.begin(), hits_.end()), hits_.end());
  for (std::uint32_t i = 0; i < hits_.size();) {
    const std::uint32_t group = hits_[i].group, first = i;
    while (i < hits_.size() && hits_[i].group == group) ++i;
    ranges_[group] = {text_number_, first, i};
  }
}

void FastConditions::add_candidates() {
  for (std::size_t i = 0; i < hits_.size(); ++i) {
    if (i > 0 && hits_[i].group == hits_[i - 1].group) continue;
    const auto& rules = program_.rules_of_group[hits_[i].group];
    candidates_.insert(candidates_.end(), rules.begin(), rules.end());
  }
  std::sort(candidates_.begin(), candidates_.end());
  candidates_.erase(std::unique(candidates_.begin(), candidates_.end()), candidates_.end());
}

// All groups, but only where a span with a driver in it can reach.  False if that may be anywhere.
bool FastConditions::find_near_drivers() {
  Regions regions;
  for (const GroupHit& hit : hits_) {
    const Program::Reach& reach = program_.reach_of_group[hit.group];
    if (reach.stretch && stretch_ >= text_.size()) return false;
    std::uint32_t from = words_.back(hit.span.begin, reach.words + 1), to = words_.forth(hit.span.end, reach.words + 1);
    if (reach.stretch) {
      from = std::min(from, back(hit.span.begin, stretch_));
      to = std::max(to, forth(hit.span.end, stretch_, text_.size()));
    }
    regions.emplace_back(from, to);
  }
  merge(regions);
  hits_.clear();
  for (const auto& [from, to] : regions) program_.matcher->find(text_, words_, from, to, hits_);
  index_hits();
  return true;
}

// A rule that holds somewhere holds there, too, with the hits near its drivers alone.
void FastConditions::drop_candidates() {
  has_hits_ = true;
  std::erase_if(candidates_, [&](std::uint32_t rule) {
    if (std::binary_search(program_.costly_rules.begin(), program_.costly_rules.end(), rule)) return false;
    was_cut_ = false;
    return spans(program_.rule_judges[rule].when).empty() && !was_cut_;
  });
  was_cut_ = has_hits_ = false;
}

void FastConditions::find_everywhere() {
  ++text_number_;  // what was found near drivers is forgotten
  hits_.clear();
  program_.matcher->find(text_, words_, 0, static_cast<std::uint32_t>(text_.size()), hits_);
  index_hits();
  has_hits_ = true;
}

const std::vector<Span>& FastConditions::spans(std::uint32_t node) {
  if (!has_hits_) find_everywhere();
  Cache& cache = cache_[node];
  if (cache.text != text_number_) {
    cache.spans = evaluate(program_.nodes[node]);
    cache.text = text_number_;
  }
  return cache.spans;
}

std::vector<Span> FastConditions::evaluate(const Node& node) {
  switch (node.kind) {
    case Node::Kind::group:
      return group(node.index, nullptr);
    case Node::Kind::pattern:
      return pattern(program_.patterns[node.index], nullptr);
    case Node::Kind::near:
      return near(node);
    case Node::Kind::atleast:
      return atleast(node);
    case Node::Kind::points:
      return points(node, nullptr);
    case Node::Kind::any:
      break;
  }
  std::vector<Span> out;
  for (const auto child : node.children) {
    const auto& spans_of_child = spans(child);
    out.insert(out.end(), spans_of_child.begin(), spans_of_child.end());
  }
  sort_unique(out);
  return out;
}

// `regions`: where a match must begin to be of use; null for everywhere.
std::vector<Span> FastConditions::common_group(const LiteralMatcher& matcher, const Regions* regions) const {
  std::vector<GroupHit> hits;
  if (regions == nullptr) {
    matcher.find(text_, words_, 0, static_cast<std::uint32_t>(text_.size()), hits);
  } else {
    // A phrase may be anchored at a word behind its begin.
    const auto reach = static_cast<std::uint32_t>(kMaxLiteralBytes + kMaxLiteralTokens * kMaxWordGap);
    for (const auto& [from, to] : *regions) matcher.find(text_, words_, from, forth(to, reach, text_.size()), hits);
  }
  std::vector<Span> out;
  out.reserve(hits.size());
  for (const GroupHit& hit : hits) out.push_back(hit.span);
  sort_unique(out);
  return out;
}

std::vector<Span> FastConditions::group(std::uint32_t index, const Regions* regions) const {
  if (program_.common[index]) return common_group(*program_.common[index], regions);
  std::vector<Span> out;
  const Range& range = ranges_[index];
  if (range.text != text_number_) return out;
  out.reserve(range.end - range.begin);
  for (std::uint32_t i = range.begin; i < range.end; ++i) out.push_back(hits_[i].span);
  return out;
}

// `regions`: where a match must begin to be of use; null for everywhere.
std::vector<Span> FastConditions::pattern(const CompiledPattern& compiled, const Regions* regions) {
  const std::uint32_t longest = compiled.pattern.longest;
  Regions wanted;
  if (compiled.stem_group != kAbsent) {
    for (const Span& stem : group(compiled.stem_group, nullptr)) wanted.emplace_back(back(stem.begin, longest), stem.begin + 1);
    merge(wanted);
  } else if (regions != nullptr) {
    wanted = *regions;
  } else {
    wanted.emplace_back(0, static_cast<std::uint32_t>(text_.size()));
  }
  std::vector<Span> out;
  std::vector<PatternMatch> matches;
  for (const auto& [from, to] : wanted) {
    matches.clear();
    find_pattern(compiled.pattern, text_, back(from, longest), to, matches);
    keep_outermost(matches);
    for (const PatternMatch& match : matches)
      if (match.begin >= from)
        out.push_back({match.begin, match.end, words_.rank(match.begin), words_.rank(match.end - 1)});
  }
  return out;
}

std::vector<Span> FastConditions::within(std::uint32_t index, const Regions& regions) {
  const Node& node = program_.nodes[index];
  if (!node.is_costly) return spans(index);
  if (node.kind == Node::Kind::pattern) return pattern(program_.patterns[node.index], &regions);
  if (node.kind == Node::Kind::group) return group(node.index, &regions);
  if (node.kind == Node::Kind::points) return points(node, &regions);
  std::vector<Span> out;  // inside near only `any` can hold a pattern
  for (const auto child : node.children) {
    const auto found = within(child, regions);
    out.insert(out.end(), found.begin(), found.end());
  }
  sort_unique(out);
  return out;
}

FastConditions::Regions FastConditions::around(const std::vector<Span>& spans, std::uint32_t words,
                                               std::size_t steps) const {
  Regions out;
  for (const Span& span : spans) {
    std::uint32_t from = span.begin, to = span.end;
    for (std::size_t step = 0; step < steps; ++step) {
      for (std::uint32_t w = 0; w <= words; ++w) {
        while (from > 0 && !is_word_byte(text_[from - 1])) --from;
        while (from > 0 && is_word_byte(text_[from - 1])) --from;
        while (to < text_.size() && !is_word_byte(text_[to])) ++to;
        while (to < text_.size() && is_word_byte(text_[to])) ++to;
      }
      from = back(from, kMaxPatternBytes);
      to = forth(to, kMaxPatternBytes, text_.size());
    }
    out.emplace_back(from, to);
  }
  merge(out);
  return out;
}

FastConditions::Regions FastConditions::stretched(const std::vector<Span>& spans, std::uint32_t times) const {
  const std::uint32_t reach = stretch_ > UINT32_MAX / times ? UINT32_MAX : stretch_ * times;
  Regions out;
  for (const Span& span : spans)
    out.emplace_back(back(span.begin, reach), forth(span.end, reach, text_.size()));
  merge(out);
  return out;
}

std::vector<Span> FastConditions::near(const Node& node) {
  const std::vector<Span>* rarest = nullptr;
  for (const auto child : node.children) {
    if (program_.nodes[child].is_costly) continue;
    const auto& found = spans(child);
    if (found.empty()) return {};
    if (rarest == nullptr || found.size() < rarest->size()) rarest = &found;
  }
  std::vector<std::vector<Span>> own(node.children.size());
  SpanLists lists;
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    const auto child = node.children[i];
    if (!program_.nodes[child].is_costly || rarest == nullptr) {
      lists.push_back(&spans(child));
    } else {
      own[i] = within(child, around(*rarest, node.number, node.children.size() - 1));
      lists.push_back(&own[i]);
    }
    if (lists.back()->empty()) return {};
  }
  std::uint64_t steps_left = kJoinSteps;
  auto out = join_near(lists, node.number, node.ordered, steps_left);
  was_cut_ = was_cut_ || steps_left == 0;
  return out;
}

std::vector<Span> FastConditions::atleast(const Node& node) {
  const auto is_costly = [&](std::uint32_t child) { return program_.nodes[child].is_costly; };
  const auto costly = static_cast<std::size_t>(std::count_if(node.children.begin(), node.children.end(), is_costly));
  std::size_t present = 0;
  std::vector<Span> cheap;
  for (const auto child : node.children) {
    if (is_costly(child)) continue;
    const auto& found = spans(child);
    present += found.empty() ? 0 : 1;
    if (costly < node.number) cheap.insert(cheap.end(), found.begin(), found.end());
  }
  if (present + costly < node.number) return {};
  std::vector<std::vector<Span>> own(node.children.size());
  SpanLists lists;
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    const auto child = node.children[i];
    const auto kind = program_.nodes[child].kind;
    const bool is_leaf = kind == Node::Kind::pattern || kind == Node::Kind::group || kind == Node::Kind::points;
    if (is_leaf && is_costly(child) && costly < node.number) {
      // What speaks against may stand a stretch before the points that stand a stretch before the rest.
      own[i] = within(child, stretched(cheap, kind == Node::Kind::points ? 2 : 1));
      if (own[i].empty() && node.number == node.children.size()) return {};
      lists.push_back(&own[i]);
    } else {
      lists.push_back(&spans(child));
    }
  }
  return join_atleast(lists, node.number, stretch_);
}

std::vector<Span> FastConditions::points(const Node& node, const Regions* regions) {
  const auto size = static_cast<std::uint32_t>(text_.size());
  const Regions everywhere = {{0, size}};
  // A phrase may be anchored at a word behind its begin.
  const auto reach = static_cast<std::uint32_t>(kMaxLiteralBytes + kMaxLiteralTokens * kMaxWordGap);
  std::vector<GroupHit> hits;
  for (const auto& [from, to] : regions != nullptr ? *regions : everywhere)
    program_.common_of_points[node.index]->find(text_, words_, from, forth(to, reach, text_.size()), hits);
  std::sort(hits.begin(), hits.end());
  std::vector<std::vector<Span>> own(node.children.size());
  SpanLists lists;
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    const std::uint32_t group_of_child = program_.nodes[node.children[i]].index;
    if (program_.common[group_of_child]) {
      auto at = std::partition_point(hits.begin(), hits.end(), [&](const GroupHit& h) { return h.group < group_of_child; });
      for (; at != hits.end() && at->group == group_of_child; ++at) own[i].push_back(at->span);
      sort_unique(own[i]);
    } else {
      own[i] = group(group_of_child, regions);
    }
    lists.push_back(&own[i]);
  }
  return join_points(lists, node.points, node.number, stretch_);
}

void keep_innermost(std::vector<Span>& spans) {
  std::sort(spans.begin(), spans.end(), [](const Span& a, const Span& b) {
    if (a.begin != b.begin) return a.begin < b.begin;
    return a.end != b.end ? a.end > b.end : a < b;
  });
  std::uint32_t least_end = UINT32_MAX;
  std::size_t kept = spans.size();
  for (std::size_t i = spans.size(); i-- > 0;) {
    if (spans[i].end >= least_end) continue;
    least_end = spans[i].end;
    spans[--kept] = spans[i];
  }
  spans.erase(spans.begin(), spans.begin() + static_cast<std::ptrdiff_t>(kept));
}

std::pair<std::uint32_t, std::uint32_t> sentence_around(std::string_view text, const Span& span) {
  const auto ends = [&](std::size_t i) {  // is text[i] the end of a sentence?
    const char next = i + 1 < text.size() ? text[i + 1] : '\n';
    if (text[i] == '\n') return next == '\n';
    return (text[i] == '.' || text[i] == '!' || text[i] == '?' || text[i] == ';') && !is_word_byte(next);
  };
  std::uint32_t from = span.begin, to = span.end;
  while (from > 0 && span.begin - from < kMaxSentence && !ends(from - 1)) --from;
  while (to < text.size() && to - span.end < kMaxSentence && !ends(to)) ++to;
  return {from, to};
}

void match_rule(const Program& program, std::uint32_t rule, std::string_view folded, Conditions& conditions,
                std::vector<RuleMatch>& out) {
  const Program::Judge& judge = program.rule_judges[rule];
  if (judge.when == kAbsent) return;
  auto found = conditions.spans(judge.when);
  if (found.empty()) return;
  std::sort(found.begin(), found.end(), [](const Span& a, const Span& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
  });
  const std::vector<Span>* against = judge.without == kAbsent ? nullptr : &conditions.spans(judge.without);
  std::uint32_t reach = 0;
  for (const Span& span : found) {
    if (span.begin < reach) continue;
    if (against != nullptr) {
      const auto [from, to] = sentence_around(folded, span);
      const auto speaks_against = [from = from, to = to](const Span& s) { return s.begin < to && s.end > from; };
      if (std::any_of(against->begin(), against->end(), speaks_against)) continue;
    }
    reach = span.end;
    out.push_back({rule, span});
  }
}

}  // namespace evtriage
