// What plain bodies of mail hold besides words: flowed lines (RFC 3676), uuencoded files, PGP armour; and whether two
// bodies say the same.
// Tested by tests/extractors/mail_text_test.cpp.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "extractors/html_text.h"
#include "pipeline/core/offset_map.h"

namespace evtriage {

// Adds the runs of `part` behind those of `to`.
void append_map(OffsetMap& to, const OffsetMap& part);

// Soft line breaks joined, stuffed blanks removed; the map leads to `utf8`.
MappedText unflowed(std::string_view utf8, bool delete_blank);

struct Uuencoded {
  std::string_view name;
  ByteRange lines;         // "begin" to "end", with line ends
  std::string bytes;
  bool whole = true;       // false: no "end", or a line that cannot be
};
// All uuencoded files in `text`, in order.  A "begin" line without one good data line after it is text.
std::vector<Uuencoded> uuencoded_files(std::string_view text);

// `text` without `gaps` (sorted, apart); the map leads to `text`.
MappedText without(std::string_view text, const std::vector<Uuencoded>& gaps);

// Letters and digits, "+" and "@", in order: two bodies with equal ones read the same.  Bytes that are no ASCII all
// count, apart from no-break spaces.
std::string squeezed(std::string_view utf8);

}  // namespace evtriage
