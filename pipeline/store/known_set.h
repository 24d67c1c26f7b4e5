// One list of known files while it is read, and its digests afterwards.
// Tested by tests/pipeline/store/known_sets_test.cpp and tests/fuzz/fuzz_known.cpp.
#pragma once
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/core/records.h"
#include "pipeline/core/result.h"

namespace evtriage {

class DigestSet {  // sorted arrays of raw digests, asked by binary search
 public:
  // Hexadecimal of 32, 40 or 64 digits, any case; false if it is none of these.
  bool add_hex(std::string_view hex);
  void sort();     // once, after the last add; drops doubles
  bool contains(const Digests& digests) const;
  std::uint64_t size() const { return md5_.size() + sha1_.size() + sha256_.size(); }

 private:
  std::vector<std::array<std::byte, 16>> md5_;
  std::vector<std::array<std::byte, 20>> sha1_;
  std::vector<std::array<std::byte, 32>> sha256_;
};

// Reads a list in text form line by line: hashdeep, md5deep and the sum tools, CSV with a header.
class ListReader {
 public:
  explicit ListReader(DigestSet& set) : set_(set) {}
  // Error (corrupt) says what is wrong with the line and how to mend it; the caller knows file and number.
  Result<void> line(std::string_view line);
  std::string_view kind() const { return kind_; }  // "hashdeep", "csv", "sums"; empty before the first line

 private:
  Result<void> first_line(std::string_view line);
  Result<void> columns(std::string_view line);
  Result<void> sum(std::string_view line);
  DigestSet& set_;
  std::string_view kind_;
  std::vector<std::size_t> places_;                // columns that hold digests
};

// Project VIC: every member "MD5" or "SHA1" (any case, with or without hyphen) of the file.  Error: none found.
Result<void> read_project_vic(std::string_view json, DigestSet& set);
// NSRL RDSv3: a table or view METADATA, FILE or DISTINCT_HASH with columns md5, sha1, sha256.
Result<void> read_nsrl(const std::string& path, DigestSet& set);

}  // namespace evtriage
