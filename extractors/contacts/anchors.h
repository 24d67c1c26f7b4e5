// The one pass over the text: where a contact may be.
//
// An anchor is a byte position beside which a hand-written expander looks for a contact.  The pass sees
// every byte once with SSE (x86-64-v2), builds bit masks for 64 bytes at a time and leaves only places
// whose direct neighbours fit, so that ordinary prose costs almost nothing.  The rules, byte by byte:
//   at      '@'
//   colon   ':' before '/' or '\' (a scheme), or after 'l' or 'L' (tel:)
//   dot     '.' between two of: ASCII letter, digit, byte from 0x80
//   plus    '+'
//   zeros   the first of "00" that no ASCII digit precedes; or the same in Arabic-Indic or Persian digits
//   digit   (only if asked for) the first digit of a run
// Tested by tests/extractors/contacts/anchors_test.cpp against the rules written as a loop over bytes.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace evtriage::contacts {

enum class AnchorKind : std::uint8_t { at, colon, dot, plus, zeros, digit };

struct Anchor {
  std::size_t at = 0;  // byte offset in the text; first byte of the digit for zeros and digit
  AnchorKind kind = AnchorKind::at;
  bool operator==(const Anchor&) const = default;
};

class AnchorPass {  // cheap to make; views the text
 public:
  // digit_runs: also report the start of every run of digits (numbers written nationally).
  AnchorPass(std::string_view text, bool digit_runs) : text_(text), digit_runs_(digit_runs) {}
  // Replaces `out` by the anchors of the next stretch, in ascending order; false at the end of the text.
  // At most a few thousand at a time, whatever the text.
  bool next(std::vector<Anchor>& out);

 private:
  std::string_view text_;
  bool digit_runs_;
  std::size_t at_ = 0;
};

}  // namespace evtriage::contacts
