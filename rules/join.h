// Joins of spans by position: `near` in words, `all` and `atleast` in bytes.
// Tested by tests/rules/join_test.cpp against all combinations.
#pragma once
#include <cstdint>
#include <vector>

#include "rules/literals.h"

namespace evtriage {

using SpanLists = std::vector<const std::vector<Span>*>;  // each sorted by begin

// Shortest stretches with one span of each list, neighbours at most `words` words apart, none overlapping;
// in the order of the lists if `ordered`.  `steps_left` is counted down; at 0 the join stops.
std::vector<Span> join_near(const SpanLists& lists, std::uint32_t words, bool ordered, std::uint64_t& steps_left);

// Shortest stretches of at most `stretch` bytes with a span of `n` of the lists.
std::vector<Span> join_atleast(const SpanLists& lists, std::uint32_t n, std::uint32_t stretch);

struct Sighting {  // a span of one of some lists
  Span span;
  std::uint32_t list = 0;
};
// Stretches of at most `stretch` bytes whose lists, each counted once, have `least` points or more.  Lists of points
// below zero count where they stand at most `stretch` before or behind the begin; a stretch begins and ends with
// spans of points above zero.  `all`: sorted by begin, each once.
std::vector<Span> join_points(const std::vector<Sighting>& all, const std::vector<int>& points, std::uint32_t least,
                              std::uint32_t stretch);

}  // namespace evtriage
