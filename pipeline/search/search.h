// Full-text search over the text that a sealed case keeps.  Reads results.sqlite and nothing else; writes nothing.
// Tested by tests/whole/search_test.py, tests/pipeline/search.
#pragma once
#include <cstdint>
#include <functional>
#include <string>

#include "pipeline/core/result.h"

namespace evtriage {

struct SearchOrder {
  std::string query;
  bool is_regex = false;
  unsigned threads = 0;         // 0: all cores
};

struct SearchHit {
  std::uint64_t item = 0, segment = 0;
  std::string exhibit, path, address, place, origin;
  ByteRange text;               // bytes of the segment's UTF-8 text
  std::string before, matched, after;
};

struct SearchSum {
  std::uint64_t texts = 0, bytes = 0, hits = 0, texts_hit = 0;
};

// Calls `take` in the order of items, segments and places, one call at a time; a false answer ends the search.
// Error (unsupported): the query cannot be understood.
Result<SearchSum> search_case(const std::string& results_file, const SearchOrder& order,
                              const std::function<bool(const SearchHit&)>& take);

}  // namespace evtriage
