// The one pass over the text: where a contact may be.
//
// An anchor is a byte position beside which a hand-written expander looks for a contact.  The pass sees
// every byte once with SSE (x86-64-v2), builds bit masks for 64 bytes at a time and leaves only places
// whose direct neighbours fit, so that ordinary prose costs almost nothing.  The rules, byte by byte:
//   at      '@'
//   colon   ':' before '/' or '\\', or after an ASCII letter, or a second colon 1, 2 or 5 bytes on, or a third in
//           steps of 3 (IPv6, MAC)
//   dot     '.' between two of: ASCII letter, digit, byte from 0x80
//   plus    '+'
//   zeros   the first of "00" or "011" that no ASCII digit precedes; or of "00" in Arabic-Indic or Persian digits
//   digit   (only if asked for) the first digit of a run
//   caps    the fifth byte of a run of capitals and digits
//   fours   the end of four digits that stand one byte behind four others: 4539 8824
//   long_run  the 26th byte of a run of ASCII letters and digits
//   before  the first digit of a run behind a capital, '$' or a byte from 0x80 (one blank or '-' may stand between)
//   after   the last digit of a run before '$', k or m, a byte from 0x80, a letter behind a blank, or, for three digits and
//           more, a letter; two small letters that begin no word for money leave it out
//   angle   the first of "<<" (or more) behind a capital or digit
//   degree  the second byte of the degree sign or ordinal sign (C2 B0, C2 BA) behind a digit
// Several kinds may share a byte.
// Tested by tests/extractors/contacts/anchors_test.cpp against the rules written as a loop over bytes.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace evtriage::contacts {

enum class AnchorKind : std::uint8_t { at, colon, dot, plus, zeros, digit, caps, fours, long_run, before, after, angle, degree };

struct Anchor {
  std::size_t at = 0;  // byte offset in the text; first byte of the digit for zeros and digit
  AnchorKind kind = AnchorKind::at;
  bool operator==(const Anchor&) const = default;
};

struct AnchorTail {  // what the pass remembers of the 64 bytes before: bit i is byte i
  std::uint64_t digit = 0, letter = 0, upper = 0, colon = 0, gap = 0, mark = 0, fours = 0;
  std::uint64_t caps_run = 0, long_run = 0;  // 1: the block ended inside a run that was told
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
  AnchorTail tail_;
};

}  // namespace evtriage::contacts
