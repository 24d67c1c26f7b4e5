// Query: what an investigator types, compiled once, matched on many texts from many threads.
//
//   passport "pay the agent" rout*      all parts somewhere in the same text; without case and accents
// A part in a script that folding has no code for (Chinese, Ethiopic ...) is looked for as it was typed.
// Tested by tests/pipeline/search/query_test.cpp.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/core/result.h"
#include "rules/fold.h"

namespace evtriage {

class Query {
 public:
  static Result<Query> words(std::string_view typed);
  static Result<Query> regex(std::string_view pattern);  // RE2, over the text as it is
  Query(Query&&) noexcept;
  ~Query();

  // Byte ranges in `utf8`, in order, none inside another; empty if a part is missing.  Precondition: valid UTF-8
  // of less than 1 GiB.  `scratch` is one thread's.
  std::vector<ByteRange> matches(std::string_view utf8, FoldedText& scratch) const;

 private:
  struct Part;
  explicit Query(std::vector<Part> parts);
  std::vector<Part> parts_;
  bool folded_ = false;  // a part looks at the folded text
};

}  // namespace evtriage
