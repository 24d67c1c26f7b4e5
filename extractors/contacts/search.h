// What the expanders share: the text, what was found, what was refused, and up to where the text is taken.
//
// One expander for one family.  It is called with an anchor, looks at a bounded stretch around it, and
// either adds what it found or says why not.  Its answer depends on that stretch alone, so that two pages
// that overlap agree.  Text that a found address covers is masked: later anchors inside it are skipped.
// Tested by tests/extractors/contacts/scanner_test.cpp.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "extractors/contacts/phone_check.h"
#include "pipeline/core/records.h"

namespace evtriage::contacts {

struct Found {
  std::string_view type;               // the contract's word
  ByteRange span;                      // in the text
  std::string value;                   // canonical
  std::string country;
  std::vector<std::string> countries;  // candidates, sorted
  Confidence confidence = Confidence::certain;
};

struct Refused {  // a near miss, for `explain_contacts`
  std::string_view type;
  ByteRange span;
  std::string_view why;
};

struct Search {
  std::string_view text;
  const std::vector<std::string>* regions = nullptr;  // upper case, sorted; never null while searching
  PhoneMemo* memo = nullptr;                          // never null while searching
  std::vector<Found> found;
  std::vector<Refused> refused;
  bool explain = false;
  std::size_t masked_until = 0;  // found: anchors before this are inside an address
  std::size_t dots_until = 0;    // dots before this belong to a run that was judged already

  void add(Found item) {
    if (item.span.end > masked_until) masked_until = item.span.end;
    found.push_back(std::move(item));
  }
  void refuse(std::string_view type, std::size_t begin, std::size_t end, std::string_view why) {
    if (explain) refused.push_back({type, {begin, end}, why});
  }
};

// Each takes the byte offset of its anchor.
void expand_email(Search& search, std::size_t at);         // at '@'
bool expand_written_email(Search& search, std::size_t begin, std::size_t end);  // host span after "[at]", "%40", "=40"
void expand_url(Search& search, std::size_t colon);        // at ':' before "//"
void expand_bare_link(Search& search, std::size_t dot);    // "www." and short links such as wa.me/
void expand_domain(Search& search, std::size_t dot);       // a bare host name; also finds the two above
void expand_plus(Search& search, std::size_t plus);        // +CC ...
void expand_zeros(Search& search, std::size_t zero);       // 00CC ...
void expand_tel(Search& search, std::size_t colon);        // tel:...
void expand_national(Search& search, std::size_t digit);   // only with regions
void expand_ipv4(Search& search, std::size_t dot);         // at the first dot between digits

// An international number whose digits (country code first, ASCII) a link or an identifier carries.
void add_linked_phone(Search& search, ByteRange span, std::string_view digits);

// Upper case, sorted, unique; words that are no two letters are left out.
std::vector<std::string> normal_regions(const std::vector<std::string>& regions);

// All families over the whole text, in order of position.  search.text must be valid UTF-8.
void find_contacts(Search& search);

}  // namespace evtriage::contacts
