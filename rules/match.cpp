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
  const auto stands_behind = [](const Span& a, const Span& b) { return !(a < b); };  // most lists are in order already
  if (std::adjacent_find(spans.begin(), spans.end(), stands_behind) == spans.end()) return;
  std::sort(spans.begin(), spans.end());
  spans.erase(std::unique(spans.begin(), spans.end()), spans.end());
}

}  // namespace

FastConditions::FastConditions(const Program& program)
    : program_(program), of_group_(program.group_count), cache_(program.nodes.size()), is_candidate_(program.rules.size()) {}

void FastConditions::begin(std::string_view folded, std::uint32_t stretch) {
  text_ = folded;
  stretch_ = stretch;
  was_cut_ = has_late_ = false;
  ++text_number_;
  for (const auto group : seen_) of_group_[group].clear();
  seen_.clear();
  words_.build(folded);
  is_ordered_ = false;
  find(*program_.matcher, hits_);
  find_candidates();
}

void FastConditions::find(const LiteralMatcher& matcher, std::vector<GroupHit>& hits) {
  hits.clear();
  matcher.find(text_, words_, 0, static_cast<std::uint32_t>(text_.size()), hits);
  const std::size_t first_new = seen_.size();
  for (const GroupHit& hit : hits) {
    if (of_group_[hit.group].empty()) seen_.push_back(hit.group);
    of_group_[hit.group].push_back(hit.span);
  }
  for (std::size_t i = first_new; i < seen_.size(); ++i) sort_unique(of_group_[seen_[i]]);
}

void FastConditions::find_candidates() {
  candidates_ = program_.costly_rules;
  for (const auto rule : candidates_) is_candidate_[rule] = true;
  sketch_.begin(text_.size(), program_.group_count);
  for (const auto group : seen_)
    for (const Span& span : of_group_[group]) sketch_.add(group, span.begin);
  for (const auto group : seen_)
    if (!program_.rules_of_group[group].empty()) find_candidates(group);
  for (const auto rule : candidates_) is_candidate_[rule] = false;
  std::sort(candidates_.begin(), candidates_.end());
}

// Rules that cannot hold without this group: is the rest of one within its reach of a hit?
void FastConditions::find_candidates(std::uint32_t group) {
  std::vector<std::uint32_t> open;
  for (const auto rule : program_.rules_of_group[group])
    if (!is_candidate_[rule]) open.push_back(rule);
  std::pair<std::uint32_t, std::uint32_t> last = {UINT32_MAX, 0};
  for (const Span& span : of_group_[group]) {
    if (open.empty()) return;
    const auto [from, to] = reached(span, program_.reach_of_group[group]);
    const std::pair blocks = {from / Sketch::kBlockBytes, (to - 1) / Sketch::kBlockBytes};
    if (blocks == last) continue;
    last = blocks;
    sketch_.window(from, to, window_);
    std::erase_if(open, [&](std::uint32_t rule) {
      if (!may_hold(program_.rule_judges[rule].when, window_)) return false;
      is_candidate_[rule] = true;
      candidates_.push_back(rule);
      return true;
    });
  }
}

bool FastConditions::may_hold(std::uint32_t index, const Sketch::Window& window) const {
  const Node& node = program_.nodes[index];
  const auto holds = [&](std::uint32_t child) { return may_hold(child, window); };
  switch (node.kind) {
    case Node::Kind::group:
      return Sketch::has(window, node.index);
    case Node::Kind::pattern: {
      const std::uint32_t stems = program_.patterns[node.index].stem_group;
      return stems == kAbsent || Sketch::has(window, stems);
    }
    case Node::Kind::any:
      return std::any_of(node.children.begin(), node.children.end(), holds);
    case Node::Kind::near:
      return std::all_of(node.children.begin(), node.children.end(), holds);
    case Node::Kind::atleast:
      return std::count_if(node.children.begin(), node.children.end(), holds) >= static_cast<std::ptrdiff_t>(node.number);
    case Node::Kind::points:
      break;
  }
  return may_have_points(node, window);
}

bool FastConditions::may_have_points(const Node& node, const Sketch::Window& window) const {
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < node.children.size(); ++i)
    if (node.points[i] > 0 && Sketch::has(window, program_.nodes[node.children[i]].index)) sum += node.points[i];
  return sum >= static_cast<std::int64_t>(node.number);
}

// How far a span of a rule with this span of its driver in it can reach; all the text if that may be anywhere.
std::pair<std::uint32_t, std::uint32_t> FastConditions::reached(const Span& span, const Program::Reach& reach) const {
  const auto size = static_cast<std::uint32_t>(text_.size());
  if (reach.stretch && stretch_ >= size) return {0, size};
  std::uint32_t from = words_.back(span.begin, reach.words + 1), to = words_.forth(span.end, reach.words + 1);
  if (reach.stretch) {
    from = std::min(from, back(span.begin, stretch_));
    to = std::max(to, forth(span.end, stretch_, size));
  }
  return {from, to};
}

const std::vector<Span>& FastConditions::spans(std::uint32_t node) {
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
      return group(node.index);
    case Node::Kind::pattern:
      return pattern(program_.patterns[node.index], nullptr);
    case Node::Kind::near:
      return near(node);
    case Node::Kind::atleast:
      return atleast(node);
    case Node::Kind::points:
      return points(node);
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

const std::vector<Span>& FastConditions::group(std::uint32_t index) {
  if (program_.is_late[index] && !has_late_) {
    has_late_ = true;
    std::vector<GroupHit> hits;
    find(*program_.late, hits);
  }
  return of_group_[index];
}

// `regions`: where a match must begin to be of use; null for everywhere.
std::vector<Span> FastConditions::pattern(const CompiledPattern& compiled, const Regions* regions) {
  const std::uint32_t longest = compiled.pattern.longest;
  Regions wanted;
  if (compiled.stem_group != kAbsent) {
    for (const Span& stem : group(compiled.stem_group)) wanted.emplace_back(back(stem.begin, longest), stem.begin + 1);
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
      from = words_.back(from, words + 1);
      to = words_.forth(to, words + 1);
      from = back(from, kMaxPatternBytes);
      to = forth(to, kMaxPatternBytes, text_.size());
    }
    out.emplace_back(from, to);
  }
  merge(out);
  return out;
}

FastConditions::Regions FastConditions::stretched(const std::vector<Span>& spans) const {
  Regions out;
  for (const Span& span : spans)
    out.emplace_back(back(span.begin, stretch_), forth(span.end, stretch_, text_.size()));
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
    const bool is_leaf = program_.nodes[child].kind == Node::Kind::pattern || program_.nodes[child].kind == Node::Kind::group;
    if (is_leaf && is_costly(child) && costly < node.number) {
      own[i] = within(child, stretched(cheap));
      lists.push_back(&own[i]);
    } else {
      lists.push_back(&spans(child));
    }
    if (lists.back()->empty() && node.number == node.children.size()) return {};
  }
  return join_atleast(lists, node.number, stretch_);
}

// The lists of points are many and their words plain: one pass over all hits in their order is cheaper than to merge.
std::vector<Span> FastConditions::points(const Node& node) {
  if (!is_ordered_) {
    std::sort(hits_.begin(), hits_.end(), [](const GroupHit& a, const GroupHit& b) {
      return a.span != b.span ? a.span < b.span : a.group < b.group;
    });
    hits_.erase(std::unique(hits_.begin(), hits_.end()), hits_.end());
    is_ordered_ = true;
  }
  list_of_.assign(program_.group_count, kAbsent);
  for (std::uint32_t i = 0; i < node.children.size(); ++i) list_of_[program_.nodes[node.children[i]].index] = i;
  std::vector<Sighting> all;
  for (const GroupHit& hit : hits_)
    if (list_of_[hit.group] != kAbsent) all.push_back({hit.span, list_of_[hit.group]});
  return join_points(all, node.points, node.number, stretch_);
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
