// The join starts from the list with the fewest spans and looks only as far as words allow, so its cost
// follows the rarest word of a rule, not the most common one.
// Tested by tests/rules/engines_test.cpp against all combinations.
#include "rules/join.h"

#include <algorithm>
#include <numeric>
#include <optional>
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

// The points of what lies in a window that only moves forward.  For each list, what counts begins in the window of
// the list (shorter for points above zero) and ends before the end of both.
class PointWindow {
 public:
  PointWindow(const std::vector<Sighting>& all, const std::vector<int>& points, std::uint32_t stretch)
      : all_(all), points_(points), stretch_(stretch), inside_(points.size()) {}

  std::int64_t move_to(std::uint32_t start) {
    const std::int64_t end = std::int64_t{start} + stretch_, far_begin = std::int64_t{start} - stretch_;
    for (; near_ < all_.size() && all_[near_].span.begin < start; ++near_)
      if (points_[all_[near_].list] > 0) leave(all_[near_]);
    for (; far_ < all_.size() && all_[far_].span.begin < far_begin; ++far_)
      if (points_[all_[far_].list] < 0) leave(all_[far_]);
    end_ = end;
    std::size_t waiting = 0;
    for (const std::size_t i : cut_) enter(i, start, far_begin, waiting);
    cut_.resize(waiting);
    for (; next_ < all_.size() && all_[next_].span.begin < end; ++next_) {
      cut_.push_back(next_);
      waiting = cut_.size() - 1;
      enter(next_, start, far_begin, waiting);
      cut_.resize(waiting);
    }
    return sum_;
  }

 private:
  void leave(const Sighting& one) {  // if it was ever inside
    if (one.span.end <= end_ && --inside_[one.list] == 0) sum_ -= points_[one.list];
  }
  // Spans over the end of the window are kept for its next place.
  void enter(std::size_t i, std::uint32_t start, std::int64_t far_begin, std::size_t& waiting) {
    const Sighting& one = all_[i];
    if (one.span.end > end_) {
      cut_[waiting++] = i;
      return;
    }
    const int points = points_[one.list];
    if (one.span.begin < (points > 0 ? std::int64_t{start} : far_begin)) return;
    if (inside_[one.list]++ == 0) sum_ += points;
  }

  const std::vector<Sighting>& all_;
  const std::vector<int>& points_;
  const std::uint32_t stretch_;
  std::vector<std::uint32_t> inside_;  // spans of each list
  std::vector<std::size_t> cut_;
  std::int64_t end_ = -1, sum_ = 0;
  std::size_t near_ = 0, far_ = 0, next_ = 0;
};

// From the first of all[first ...] to the end of the first span of each list of points above zero.
Span whole_of(const std::vector<Sighting>& all, std::size_t first, const std::vector<int>& points, std::int64_t end) {
  Span whole = all[first].span;
  std::vector<bool> seen(points.size());
  for (std::size_t i = first; i < all.size() && all[i].span.begin < end; ++i) {
    const auto& [span, list] = all[i];
    if (points[list] <= 0 || seen[list] || span.end > end) continue;
    seen[list] = true;
    whole.end = std::max(whole.end, span.end);
    whole.last_word = std::max(whole.last_word, span.last_word);
  }
  return whole;
}

// The shortest stretch from the begin of all[first] on that holds a span of n lists.  A list may hold a long span that
// begins first and a short one that ends first: of each the first end counts.
std::optional<Span> shortest_from(const std::vector<Sighting>& all, std::size_t first, std::uint32_t n, std::uint32_t stretch,
                                  std::vector<Span>& first_ends) {
  const Span& start = all[first].span;
  constexpr Span none = {0, UINT32_MAX, 0, 0};
  std::fill(first_ends.begin(), first_ends.end(), none);
  std::uint32_t found = 0;
  std::int64_t enough = std::int64_t{start.begin} + stretch;  // where n lists have ended, or the stretch
  std::vector<Span> by_end;
  for (std::size_t i = first; i < all.size() && all[i].span.begin < enough; ++i) {
    const auto& [span, list] = all[i];
    if (span.end > enough || span.end >= first_ends[list].end) continue;
    found += first_ends[list].end == none.end ? 1 : 0;
    first_ends[list] = span;
    if (found < n) continue;
    by_end = first_ends;
    std::nth_element(by_end.begin(), by_end.begin() + (n - 1), by_end.end(), [](const Span& a, const Span& b) { return a.end < b.end; });
    enough = by_end[n - 1].end;
  }
  if (found < n) return std::nullopt;
  return Span{start.begin, by_end[n - 1].end, start.first_word, by_end[n - 1].last_word};
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
  std::vector<Sighting> all;
  std::size_t present = 0;
  for (std::uint32_t i = 0; i < lists.size(); ++i) {
    present += lists[i]->empty() ? 0 : 1;
    for (const Span& span : *lists[i]) all.push_back({span, i});
  }
  if (present < n) return {};
  std::sort(all.begin(), all.end(), [](const Sighting& a, const Sighting& b) {
    return a.span != b.span ? a.span < b.span : a.list < b.list;
  });
  std::vector<Span> out;
  std::vector<Span> first_ends(lists.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (i > 0 && all[i].span.begin == all[i - 1].span.begin) continue;
    if (const auto whole = shortest_from(all, i, n, stretch, first_ends)) out.push_back(*whole);
  }
  keep_innermost(out);
  return out;
}

std::vector<Span> join_points(const std::vector<Sighting>& all, const std::vector<int>& points, std::uint32_t least,
                              std::uint32_t stretch) {
  PointWindow window(all, points, stretch);
  std::vector<Span> out;
  std::int64_t last = -1;  // begin of the stretch before
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::uint32_t start = all[i].span.begin;
    if (points[all[i].list] <= 0 || start == last) continue;
    last = start;
    if (window.move_to(start) >= static_cast<std::int64_t>(least))
      out.push_back(whole_of(all, i, points, std::int64_t{start} + stretch));
  }
  keep_innermost(out);
  return out;
}

}  // namespace evtriage
