// The one place that knows both what a row is and what an application means by it.
// Tested by tests/extractors/phone/sqlite_test.cpp.
#include "extractors/phone/teller.h"

#include <algorithm>

#include "pipeline/core/text.h"

namespace evtriage::phone {
namespace {

constexpr std::size_t names_bytes = 4096;

std::string_view word_of(Trust trust) { return trust == Trust::certain ? "certain" : trust == Trust::likely ? "likely" : "candidate"; }

}  // namespace

void Teller::row(std::size_t table, const Row& row, const Found& found) {
  ++(found.state == State::live ? live_ : found.state == State::earlier ? earlier_ : deleted_);
  if (backup_.is(table)) {
    if (found.state == State::live) backup_.take(row);
    return text_.add(table, row, found, backup_.told(), {});
  }
  if (found.state == State::live) messages_.name(table, row);
  text_.add(table, row, found, messages_.take(table, row, found), messages_.notes(table, row));
}

void Teller::lost(LostRows& rows) {
  rows.give(emit_, [&](std::size_t table, const Row& found, Trust trust) { row(table, found, {State::deleted, std::string(word_of(trust))}); });
}

void Teller::finish() {
  messages_.finish();
  backup_.finish();
  text_.finish();
  std::string names;
  for (const Table& table : database_.tables()) {
    if (table.root > 1) names += (names.empty() ? "" : ", ") + printable(table.name);
  }
  emit_.property("sqlite:tables", names.substr(0, floor_char(names, std::min(names.size(), names_bytes))));
  emit_.property("sqlite:rows", std::to_string(live_));
  if (earlier_ > 0) emit_.property("sqlite:earlierRows", std::to_string(earlier_));
  if (deleted_ > 0) emit_.property("sqlite:deletedRows", std::to_string(deleted_));
}

}  // namespace evtriage::phone
