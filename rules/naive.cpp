// Written from the definitions in match.h and README.md alone; shares only the folding, the compiled
// patterns and the order of spans with the fast engine.
// Tested by tests/rules/engines_test.cpp.
#include "rules/naive.h"

#include <re2/re2.h>

#include <algorithm>
#include <numeric>

namespace evtriage {
namespace {

constexpr std::uint64_t kCombinations = 50'000'000;

std::string form_expression(const Form& form) {
  const bool is_pairs = form.bytes.size() >= 2 && form.bytes[0] >= 'A' && form.bytes[0] <= 'M' && form.bytes[1] >= 'N' && form.bytes[1] <= 'Z';
  std::string out;
  if (form.clitics) {
    const auto [alef, lam, waw, feh, beh, kaf] = arabic_letters();
    out = joined({"(?:(?:", waw, "|", feh, ")?(?:(?:", beh, "|", kaf, "|", lam, ")?(?:", alef, lam, ")?|", lam, lam, "))"});
  }
  out += form.bytes;
  if (form.prefix && form.endless) out += "[0-9A-Za-z_]*";
  else if (form.prefix) out += joined({"[0-9A-Za-z_]{0,", std::to_string(kPrefixExtraLetters * (is_pairs ? 2 : 1)), "}"});
  return out;
}

std::shared_ptr<const re2::RE2> literal_expression(const Literal& literal) {
  std::string out = "\\b";
  for (std::size_t t = 0; t < literal.phrase.size(); ++t) {
    if (t > 0) out += joined({"[^0-9A-Za-z_]{1,", std::to_string(kMaxWordGap), "}"});
    out += "(?:";
    for (std::size_t f = 0; f < literal.phrase[t].size(); ++f) {
      if (f > 0) out += '|';
      out += form_expression(literal.phrase[t][f]);
    }
    out += ')';
  }
  out += "\\b";
  re2::RE2::Options options;
  options.set_encoding(re2::RE2::Options::EncodingLatin1);
  options.set_log_errors(false);
  options.set_longest_match(true);
  options.set_never_capture(true);
  return std::make_shared<const re2::RE2>(out, options);
}

bool apart_at_most(const Span& before, const Span& after, std::uint32_t words) {
  return before.end <= after.begin && static_cast<std::int64_t>(after.first_word) - before.last_word - 1 <= words;
}

}  // namespace

NaiveConditions::NaiveConditions(const Program& program) : program_(program), cache_(program.nodes.size()) {
  expressions_.resize(program.group_count);
  for (const Literal& literal : program.literals) expressions_[literal.group].push_back(literal_expression(literal));
  all_rules_.resize(program.rules.size());
  std::iota(all_rules_.begin(), all_rules_.end(), 0u);
}

void NaiveConditions::begin(std::string_view folded, std::uint32_t stretch) {
  text_ = folded;
  stretch_ = stretch;
  was_cut_ = false;
  for (auto& spans_of_node : cache_) spans_of_node.reset();
  ranks_.assign(folded.size() + 1, 0);
  std::uint32_t rank = 0;
  for (std::size_t i = 0; i < folded.size(); ++i) {
    if (is_word_byte(folded[i]) && (i == 0 || !is_word_byte(folded[i - 1]))) ++rank;
    ranks_[i] = rank;
  }
}

Span NaiveConditions::span(std::size_t begin, std::size_t end) const {
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end), ranks_[begin], ranks_[end - 1]};
}

const std::vector<Span>& NaiveConditions::spans(std::uint32_t node) {
  if (!cache_[node]) {
    auto found = evaluate(program_.nodes[node]);
    cache_[node] = std::make_unique<std::vector<Span>>(std::move(found));
  }
  return *cache_[node];
}

std::vector<Span> NaiveConditions::group(std::uint32_t index) {
  std::vector<Span> out;
  const re2::StringPiece text(text_.data(), text_.size());
  for (const auto& expression : expressions_[index]) {
    for (std::size_t at = 0; at < text_.size();) {
      re2::StringPiece match;
      if (!expression->Match(text, at, text_.size(), re2::RE2::UNANCHORED, &match, 1)) break;
      const auto begin = static_cast<std::size_t>(match.data() - text_.data());
      out.push_back(span(begin, begin + match.size()));
      at = begin + 1;
    }
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::vector<Span> NaiveConditions::pattern(const Pattern& pattern) {
  std::vector<PatternMatch> matches;
  find_pattern(pattern, text_, 0, static_cast<std::uint32_t>(text_.size()), matches);
  std::vector<Span> out;
  for (const PatternMatch& m : matches) {
    const auto holds = [&](const PatternMatch& o) { return o != m && o.begin <= m.begin && o.end >= m.end; };
    if (std::none_of(matches.begin(), matches.end(), holds)) out.push_back(span(m.begin, m.end));
  }
  return out;
}

void NaiveConditions::combine(const Node& node, std::vector<const std::vector<Span>*>& lists, std::vector<Span>& chosen,
                              std::vector<Span>& out) {
  if (combinations_left_ == 0) {
    was_cut_ = true;
    return;
  }
  --combinations_left_;
  if (chosen.size() < lists.size()) {
    for (const Span& next : *lists[chosen.size()]) {
      chosen.push_back(next);
      combine(node, lists, chosen, out);
      chosen.pop_back();
    }
    return;
  }
  std::vector<Span> placed = chosen;
  if (!node.ordered) std::sort(placed.begin(), placed.end());
  for (std::size_t i = 1; i < placed.size(); ++i)
    if (!apart_at_most(placed[i - 1], placed[i], node.number)) return;
  out.push_back(span(placed.front().begin, placed.back().end));
}

void NaiveConditions::points(const Node& node, const std::vector<const std::vector<Span>*>& lists, std::vector<Span>& out) {
  for (std::size_t first = 0; first < lists.size(); ++first) {
    if (node.points[first] < 0) continue;
    for (const Span& start : *lists[first]) {
      std::int64_t sum = 0;
      std::uint32_t end = start.end;
      for (std::size_t i = 0; i < lists.size(); ++i) {
        const bool is_for = node.points[i] > 0;
        const auto reaches = [&](const Span& s) {
          const std::int64_t before = std::int64_t{start.begin} - s.begin, behind = std::int64_t{s.end} - start.begin;
          return (is_for ? before <= 0 : before <= stretch_) && behind <= stretch_;
        };
        const auto at = std::find_if(lists[i]->begin(), lists[i]->end(), reaches);
        if (at == lists[i]->end()) continue;
        sum += node.points[i];
        if (is_for) end = std::max(end, at->end);
      }
      if (sum >= static_cast<std::int64_t>(node.number)) out.push_back(span(start.begin, end));
    }
  }
}

std::vector<Span> NaiveConditions::evaluate(const Node& node) {
  if (node.kind == Node::Kind::group) return group(node.index);
  if (node.kind == Node::Kind::pattern) return pattern(program_.patterns[node.index].pattern);
  std::vector<const std::vector<Span>*> lists;
  for (const auto child : node.children) lists.push_back(&spans(child));
  std::vector<Span> out;
  if (node.kind == Node::Kind::any) {
    for (const auto* list : lists) out.insert(out.end(), list->begin(), list->end());
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
  }
  if (node.kind == Node::Kind::near) {
    std::vector<Span> chosen;
    combinations_left_ = kCombinations;
    combine(node, lists, chosen, out);
  } else if (node.kind == Node::Kind::points) {
    points(node, lists, out);
  } else {  // every stretch from the begin of one span to the end of another
    std::vector<Span> all;
    for (const auto* list : lists) all.insert(all.end(), list->begin(), list->end());
    for (const Span& first : all)
      for (const Span& last : all) {
        if (last.end <= first.begin || last.end - first.begin > stretch_) continue;
        const auto inside = [&](const Span& s) { return s.begin >= first.begin && s.end <= last.end; };
        const auto has = [&](const auto* list) { return std::any_of(list->begin(), list->end(), inside); };
        if (std::count_if(lists.begin(), lists.end(), has) >= static_cast<std::ptrdiff_t>(node.number))
          out.push_back(span(first.begin, last.end));
      }
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  std::vector<Span> shortest;
  for (const Span& s : out) {
    const auto lies_in_s = [&](const Span& o) { return o != s && o.begin >= s.begin && o.end <= s.end; };
    if (std::none_of(out.begin(), out.end(), lies_in_s)) shortest.push_back(s);
  }
  return shortest;
}

}  // namespace evtriage
