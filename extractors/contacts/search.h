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
  std::string label{};                 // who or what it is, where the text says so
  std::string note{};                  // for `explain_contacts`: what was checked
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
  std::size_t colons_until = 0;  // and so do colons

  void add(Found item) {
    if (item.span.end > masked_until) masked_until = item.span.end;
    found.push_back(std::move(item));
  }
  // For what others are a part of, such as a receipt: masks nothing.
  void add_around(Found item) { found.push_back(std::move(item)); }
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

void expand_caps(Search& search, std::size_t begin);       // a run of capitals and digits, from its first byte
void expand_fours(Search& search, std::size_t end);        // the last digit of the second group of four
void expand_long_run(Search& search, std::size_t begin);   // a run of letters and digits, from its first byte
void expand_amount(Search& search, std::size_t first, std::size_t last);  // a run of digits near a currency or a label
void expand_mrz(Search& search, std::size_t angle);        // at "<<"
void expand_degrees(Search& search, std::size_t sign);     // at the second byte of a degree sign
void expand_plus_code(Search& search, std::size_t plus);
void expand_decimal_place(Search& search, std::size_t dot);  // "20.9310, -17.0347", at its first dot
void expand_colons(Search& search, std::size_t colon);     // IPv6, MAC
void expand_label(Search& search, std::size_t colon);      // "insta: name"
void expand_geo(Search& search, std::size_t colon);        // "geo:16.97,7.99"
void expand_mention(Search& search, std::size_t at);       // "@name"

// Parts of the above, each in the file of its family; true if the run is theirs, found or refused.
bool take_card(Search& search, std::size_t begin, std::size_t end, std::string_view digits);
bool take_iban(Search& search, std::size_t begin);
bool take_bare_phone(Search& search, std::size_t begin, std::size_t end, std::string_view digits);  // 22670123456
bool take_crypto(Search& search, std::size_t begin, std::size_t end);
bool take_device(Search& search, std::size_t begin, std::size_t end, std::string_view digits);
bool take_document(Search& search, std::size_t begin, std::size_t end);
bool take_travel(Search& search, std::size_t begin, std::size_t end);
bool take_transfer(Search& search, std::size_t begin, std::size_t end);
bool take_receipt(Search& search, std::size_t begin, std::size_t end);
void add_linked_handle(Search& search, ByteRange span, std::string_view url);
void add_linked_place(Search& search, ByteRange span, std::string_view url);

// An international number whose digits (country code first, ASCII) a link or an identifier carries.
void add_linked_phone(Search& search, ByteRange span, std::string_view digits);

// Upper case, sorted, unique; words that are no two letters are left out.
std::vector<std::string> normal_regions(const std::vector<std::string>& regions);

// All families over the whole text, in order of position.  search.text must be valid UTF-8.
void find_contacts(Search& search);

}  // namespace evtriage::contacts
