// Order of the listing: the same as sorting the lists of names, for every pair of a hard set.
#include "pipeline/app/verify_evidence.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace evtriage {
namespace {

std::vector<std::string> names(const std::string& path) {
  std::vector<std::string> out(1);
  for (const char c : path) {
    if (c == '/') {
      out.emplace_back();
    } else {
      out.back() += c;
    }
  }
  return out;
}

TEST(VerifyEvidence, ComparesPathsAsListsOfNames) {
  const std::vector<std::string> paths = {"a", "a/b", "a.txt", "a b", "a-b/c", "a/b/c", "b", "A", "a\x01", "\xFF", "a/\xFF", "a\xFF/b", "ab"};
  for (const std::string& a : paths) {
    for (const std::string& b : paths) {
      const auto left = names(a), right = names(b);
      const bool less = std::lexicographical_compare(
          left.begin(), left.end(), right.begin(), right.end(), [](const std::string& x, const std::string& y) {
            return std::lexicographical_compare(x.begin(), x.end(), y.begin(), y.end(), [](char p, char q) {
              return static_cast<unsigned char>(p) < static_cast<unsigned char>(q);
            });
          });
      EXPECT_EQ(compare_paths(a, b) < 0, less) << a << " against " << b;
      EXPECT_EQ(compare_paths(a, b) == 0, a == b);
    }
  }
}

}  // namespace
}  // namespace evtriage
