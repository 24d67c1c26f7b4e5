// Amounts of money with their currency.
//
// The value is "NUMBER CODE": digits with a point before cents, the code of ISO 4217 where the text names one
// currency, else the word in small letters ("500 dinar"): which dinar, which franc, which dollar is a hypothesis
// that the reader makes.  Old and new ouguiya (MRO, MRU) and leone (SLL, SLE) are told apart only where the code is written.
// Tested by tests/extractors/contacts/amounts_test.cpp.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "extractors/contacts/search.h"

namespace evtriage::contacts {

struct Amount {
  ByteRange span;
  std::string value;
  Confidence confidence = Confidence::certain;
  std::string_view note;
};

// The amount that the run of digits `first` to `last` (inclusive) is a part of; nothing if no currency stands beside it.
std::optional<Amount> amount_at(std::string_view text, std::size_t first, std::size_t last);

// The first amount inside a text, for receipts.
std::optional<Amount> first_amount(std::string_view text);

}  // namespace evtriage::contacts
