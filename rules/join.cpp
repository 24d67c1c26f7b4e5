// The join starts from the list with the fewest spans and looks only as far as words allow, so its cost
// follows the rarest word of a rule, not the most common one.
// Tested by tests/rules/engines_test.cpp against all combinations.
#include "rules/join.h"

#include <algorithm>
#include <numeric>
#include <span>

#include "rules/match.h"

namespace evtriage {
namespace {

using Slice = std::span<const Span>;

bool follows(const Span& before, const Span& after, std::uint32_t words) {
  return before.end <= after.begin &&
         static_cast<std::int64_t>(after.first_word) - before.last_word - 1 <= static_cast<std::int64_t>(words);
}

// For each end the latest begin, list after list.
void chain(std::span<const Slice> lists, std::uint32_t words, std::uint64_t& steps_left, std::vector<Span>& out) {
  std::vector<Span> chains(lists[0].begin(), lists[0].end()), longer;
  for (const Slice& next : lists.subspan(1)) {
    longer.clear();
    for (const Span& span : next) {
      const Span* best = nullptr;
      for (const Span& before : chains) {
        if (before.begin >= span.begin) break;  // chains are sorted by their last span, which begins no earlier
        if (follows(before, span, words) && (best == nullptr || before.begin > best->begin)) best = &before;
      }
      const std::uint64_t cost = chains.size() + 1;
      if (steps_left < cost) {
        steps_left = 0;
        return;
      }
      steps_left -= cost;
      if (best != nullptr) longer.push_back({best->begin, span.end, best->first_word, span.last_word});
    }
    chains.swap(longer);
    if (chains.empty()) return;
  }
  out.insert(out.end(), chains.begin(), chains.end());
}

std::uint32_t widest(const std::vector<Span>& spans) {
  std::uint32_t most = 1;
  for (const Span& span : spans) most = std::max(most, span.last_word - span.first_word + 1);
  return most;
}

Slice by_first_word(const std::vector<Span>& spans, std::int64_t low, std::int64_t high) {
  const auto first = std::partition_point(spans.begin(), spans.end(), [&](const Span& s) { return s.first_word < low; });
  const auto last = std::partition_point(first, spans.end(), [&](const Span& s) { return s.first_word <= high; });
  return {first, last};
}

// Could the stretch from each start on have enough points, if nothing spoke against?  One pass over all spans.
std::vector<bool> enough_behind(const SpanLists& lists, const std::vector<int>& points, const std::vector<Span>& starts,
                                std::uint32_t least, std::uint32_t stretch) {
  std::vector<std::pair<std::uint32_t, std::size_t>> sightings;  // begin, list
  for (std::size_t i = 0; i < lists.size(); ++i)
    if (points[i] > 0)
      for (const Span& span : *lists[i]) sightings.emplace_back(span.begin, i);
  std::sort(sightings.begin(), sightings.end());
  std::vector<std::uint32_t> inside(lists.size());
  std::vector<bool> out(starts.size());
  std::int64_t sum = 0;
  std::size_t first = 0, last = 0;
  for (std::size_t n = 0; n < starts.size(); ++n) {
    for (; last < sightings.size() && sightings[last].first - std::int64_t{starts[n].begin} <= stretch; ++last)
      if (inside[sightings[last].second]++ == 0) sum += points[sightings[last].second];
    for (; first < last && sightings[first].first < starts[n].begin; ++first)
      if (--inside[sightings[first].second] == 0) sum -= points[sightings[first].second];
    out[n] = sum >= static_cast<std::int64_t>(least);
  }
  return out;
}

}  // namespace

std::vector<Span> join_near(const SpanLists& lists, std::uint32_t words, bool ordered, std::uint64_t& steps_left) {
  std::size_t rarest = 0;
  std::int64_t reach = 0;
  for (std::size_t i = 0; i < lists.size(); ++i) {
    if (lists[i]->empty()) return {};
    if (lists[i]->size() < lists[rarest]->size()) rarest = i;
  }
  for (std::size_t i = 0; i < lists.size(); ++i)
    if (i != rarest) reach += words + 1 + widest(*lists[i]);
  std::vector<Span> out;
  std::vector<Slice> slices(lists.size()), ordered_slices(lists.size());
  std::vector<std::size_t> order(lists.size());
  for (const Span& span : *lists[rarest]) {
    bool all_present = true;
    for (std::size_t i = 0; i < lists.size() && all_present; ++i) {
      slices[i] = i == rarest ? Slice(&span, 1) : by_first_word(*lists[i], span.first_word - reach, span.last_word + reach);
      all_present = !slices[i].empty();
    }
    if (!all_present) continue;
    std::iota(order.begin(), order.end(), std::size_t{0});
    do {
      for (std::size_t i = 0; i < order.size(); ++i) ordered_slices[i] = slices[order[i]];
      chain(ordered_slices, words, steps_left, out);
    } while (steps_left > 0 && !ordered && std::next_permutation(order.begin(), order.end()));
    if (steps_left == 0) break;
  }
  keep_innermost(out);
  return out;
}

std::vector<Span> join_atleast(const SpanLists& lists, std::uint32_t n, std::uint32_t stretch) {
  struct Sighting {
    Span span;
    std::size_t list;
  };
  std::vector<Sighting> all;
  std::size_t present = 0;
  for (std::size_t i = 0; i < lists.size(); ++i) {
    present += lists[i]->empty() ? 0 : 1;
    for (const Span& span : *lists[i]) all.push_back({span, i});
  }
  if (present < n) return {};
  std::sort(all.begin(), all.end(), [](const Sighting& a, const Sighting& b) {
    return a.span != b.span ? a.span < b.span : a.list < b.list;
  });
  std::vector<Span> out;
  std::vector<bool> seen(lists.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    std::fill(seen.begin(), seen.end(), false);
    const Span& start = all[i].span;
    seen[all[i].list] = true;
    std::uint32_t count = 1;
    Span whole = start;
    for (std::size_t j = i + 1; j < all.size() && count < n && all[j].span.begin - start.begin <= stretch; ++j) {
      const Span& next = all[j].span;
      if (seen[all[j].list] || next.end - start.begin > stretch) continue;
      seen[all[j].list] = true;
      ++count;
      whole.end = std::max(whole.end, next.end);
      whole.last_word = std::max(whole.last_word, next.last_word);
    }
    if (count >= n && whole.end - whole.begin <= stretch) out.push_back(whole);
  }
  keep_innermost(out);
  return out;
}

std::vector<Span> join_points(const SpanLists& lists, const std::vector<int>& points, std::uint32_t least,
                              std::uint32_t stretch) {
  std::vector<Span> starts;
  for (std::size_t i = 0; i < lists.size(); ++i)
    if (points[i] > 0) starts.insert(starts.end(), lists[i]->begin(), lists[i]->end());
  std::sort(starts.begin(), starts.end());
  const std::vector<bool> may_hold = enough_behind(lists, points, starts, least, stretch);
  std::vector<Span> out;
  for (std::size_t n = 0; n < starts.size(); ++n) {
    const Span& start = starts[n];
    if (!may_hold[n] || (!out.empty() && start.begin == out.back().begin)) continue;
    Span whole = start;
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < lists.size(); ++i) {
      const std::uint32_t from = points[i] > 0 ? start.begin : start.begin > stretch ? start.begin - stretch : 0;
      const std::int64_t most = std::int64_t{start.begin} + stretch;
      auto at = std::partition_point(lists[i]->begin(), lists[i]->end(), [&](const Span& s) { return s.begin < from; });
      while (at != lists[i]->end() && at->end > most && at->begin < most) ++at;
      if (at == lists[i]->end() || at->end > most) continue;
      sum += points[i];
      if (points[i] < 0) continue;
      whole.end = std::max(whole.end, at->end);
      whole.last_word = std::max(whole.last_word, at->last_word);
    }
    if (sum >= static_cast<std::int64_t>(least)) out.push_back(whole);
  }
  keep_innermost(out);
  return out;
}

}  // namespace evtriage
