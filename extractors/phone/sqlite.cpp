// A database from its first page to its last: live rows as text, then what was deleted.
//
// One pass over the pages in the order of the file; what belongs to whom was found out before (sqlite_database.h).
// Tested by tests/extractors/phone/sqlite_test.cpp and tests/whole/phone_test.py.
#include <algorithm>

#include "extractors/phone/lost_rows.h"
#include "extractors/phone/phone.h"
#include "extractors/phone/table_text.h"
#include "pipeline/core/text.h"

namespace evtriage {
namespace phone {
namespace {

std::string_view word_of(Trust trust) { return trust == Trust::certain ? "certain" : trust == Trust::likely ? "likely" : "candidate"; }

class Reader {
 public:
  Reader(Pages& pages, Emit& emit) : pages_(pages), emit_(emit), troubles_(emit), database_(pages, troubles_) {}

  void run() {
    database_.load();
    const std::size_t unknown = database_.add_unknown_table();
    LostRows lost(database_, unknown);
    TableText text(database_, emit_);
    live_rows(lost, text);
    if (emit_.stop_requested()) return;
    free_pages(lost);
    lost.give(emit_, [&](std::size_t table, const Row& row, std::uint32_t page, Trust trust) {
      ++deleted_;
      text.add(table, row, {State::deleted, std::string(word_of(trust)) + ", page " + std::to_string(page)}, {});
    });
    text.finish();
    troubles_.finish();
    summary();
  }

 private:
  void live_rows(LostRows& lost, TableText& text) {
    for (std::uint32_t number = 1; number <= pages_.count() && !emit_.stop_requested(); ++number) {
      const std::uint32_t owner = database_.owner(number);
      if (owner <= 1) continue;  // nobody's, or the schema's: its rows are in every table's name
      pages_.read_ahead(number);
      const auto page = pages_.read(number);
      if (!page) {
        const std::uint64_t at = std::uint64_t{number - 1} * pages_.shape().page_bytes;
        troubles_.tell(page.error().code, "page " + std::to_string(number) + ": " + page.error().detail, ByteRange{at, at + pages_.shape().page_bytes});
        continue;
      }
      const std::size_t table = owner - 1;
      database_.rows_of(*page, true, [&](Row& row) {
        ++rows_;
        lost.live(table, row);
        text.add(table, row, {}, {});
        return true;
      });
      lost.search_leaf(*page, table);
    }
  }

  void free_pages(LostRows& lost) {
    for (std::uint32_t number = 2; number <= pages_.count() && !emit_.stop_requested(); ++number) {
      if (database_.is_used(number)) continue;
      pages_.read_ahead(number);
      const auto page = pages_.read(number);
      if (page) lost.search_free(*page);
    }
  }

  void summary() {
    std::string names;
    for (const Table& table : database_.tables()) {
      if (table.root > 1) names += (names.empty() ? "" : ", ") + printable(table.name);
    }
    constexpr std::size_t names_bytes = 4096;
    emit_.property("sqlite:tables", names.substr(0, floor_char(names, std::min(names.size(), names_bytes))));
    emit_.property("sqlite:rows", std::to_string(rows_));
    if (deleted_ > 0) emit_.property("sqlite:deletedRows", std::to_string(deleted_));
  }

  Pages& pages_;
  Emit& emit_;
  Troubles troubles_;
  Database database_;
  std::uint64_t rows_ = 0, deleted_ = 0;
};

}  // namespace
}  // namespace phone

void extract_sqlite(const Content& content, const Identity&, const ExtractOptions&, Emit& emit) {
  const auto head = content.read({0, std::min<std::uint64_t>(content.size(), phone::header_bytes)});
  const auto shape = head ? phone::read_shape(head->view()) : std::nullopt;
  if (!shape) {
    emit.issue({head ? Code::corrupt : head.error().code, "sqlite", "the header of the database cannot be read", ByteRange{0, std::min<std::uint64_t>(content.size(), phone::header_bytes)}, true});
    return;
  }
  if (content.size() % shape->page_bytes != 0) {
    emit.issue({Code::truncated, "sqlite", "the database ends inside of a page", ByteRange{content.size() - content.size() % shape->page_bytes, content.size()}, true});
  }
  phone::Pages pages(&content, *shape, true);
  phone::Reader(pages, emit).run();
}

}  // namespace evtriage
