// Text for XML 1.0, and a sink that gathers small pieces into large writes.
// Tested by tests/reports/xml_test.cpp (xmllint as judge) and tests/whole/exchange_test.py.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "reports/case_input.h"

namespace evtriage::reports {

// Any bytes become text that XML 1.0 allows, right as content and inside double quotes.  Characters stay as
// they are, invisible ones too: a program reads this.  What XML cannot hold at all (controls, bytes that are
// no UTF-8, U+FFFE, U+FFFF) stands as \xHH or \u{HHHH}; the exact name is in the item's address.
void append_xml(std::string& out, std::string_view text);

class Gathered {  // writes of at least 64 KiB, the rest when it goes out of scope
 public:
  explicit Gathered(const Sink& sink) : sink_(sink) {}
  ~Gathered() { flush(); }
  Gathered(const Gathered&) = delete;
  Gathered& operator=(const Gathered&) = delete;
  std::string& text() { return text_; }  // append here
  void step() { if (text_.size() >= (64u << 10)) flush(); }

 private:
  void flush() { sink_(text_); text_.clear(); }
  const Sink& sink_;
  std::string text_;
};

}  // namespace evtriage::reports
