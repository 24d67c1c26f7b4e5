// A database from its first page to its last: live rows as text, then what was deleted.
//
// One pass over the pages in the order of the file; what belongs to whom was found out before (sqlite_database.h).  With a
// write-ahead log beside it, what the log has overwritten since is told as an earlier state; what the log says is told
// where it stands, in the log's own item.  Both together are the state that the application saw.
// Tested by tests/extractors/phone/sqlite_test.cpp, sqlite_log_test.cpp and tests/whole/phone_test.py.
#include <algorithm>
#include <unordered_set>

#include "extractors/phone/phone.h"
#include "extractors/phone/sqlite_log.h"
#include "extractors/phone/teller.h"

namespace evtriage {
namespace phone {
namespace {

// What a log makes of a database: rows of its pages that are in no committed frame are gone.
class Overwritten {
 public:
  Overwritten(const Content& database, const Content& log_file, const Shape& shape) : pages_(&database, shape, true) {
    const auto log = read_wal(log_file);
    if (!log || log->page_bytes != shape.page_bytes) return;
    touched_ = committed_pages(*log);
    for (const auto& [page, at] : touched_) pages_.lay_over(page, log_file, at, false);
  }
  bool any() const { return !touched_.empty(); }
  bool is_touched(std::uint32_t page) const { return touched_.contains(page); }
  // Before asking: the rows of the committed frames.
  void load(Emit& emit) {
    Troubles quiet(emit);
    Database frames(pages_, quiet);
    for (const auto& [number, at] : touched_) {
      const auto page = pages_.read(number);
      if (page) frames.rows_of(*page, false, [&](const Row& row) { return kept_.insert(fingerprint(row)), true; });
      if (kept_.size() <= most_kept) continue;
      touched_.clear();
      emit.issue({Code::limit, "sqlite", "log_rows=" + std::to_string(most_kept) + ": rows that the write-ahead log has overwritten are not marked", {}, true});
      return;
    }
  }
  bool keeps(const Row& row) const { return kept_.contains(fingerprint(row)); }

 private:
  static constexpr std::size_t most_kept = 4'000'000;
  Pages pages_;
  std::unordered_map<std::uint32_t, std::uint64_t> touched_;
  std::unordered_set<std::uint64_t> kept_;
};

class Reader {
 public:
  Reader(Pages& pages, Overwritten* log, Emit& emit) : pages_(pages), log_(log), emit_(emit), troubles_(emit), database_(pages, troubles_) {}

  void run() {
    database_.load();
    const std::size_t unknown = database_.add_unknown_table();
    LostRows lost(database_, unknown);
    Teller teller(database_, emit_);
    live_rows(lost, teller);
    if (emit_.stop_requested()) return;
    free_pages(lost);
    teller.lost(lost);
    teller.finish();
    troubles_.finish();
  }

 private:
  void live_rows(LostRows& lost, Teller& teller) {
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
      const bool touched = log_ != nullptr && log_->is_touched(number);
      database_.rows_of(*page, true, [&](Row& row) {
        lost.live(table, row);
        const bool gone = touched && !log_->keeps(row);
        teller.row(table, row, gone ? Found{State::earlier, "before the write-ahead log"} : Found{});
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

  Pages& pages_;
  Overwritten* log_;
  Emit& emit_;
  Troubles troubles_;
  Database database_;
};

}  // namespace
}  // namespace phone

void extract_sqlite(const Content& content, const Identity& identity, const ExtractOptions&, Emit& emit) {
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
  const std::string_view name = identity.name.substr(identity.name.rfind('/') + 1);  // npos + 1 is 0
  const ContentPtr log_file = shape->write_ahead ? emit.beside(std::string(name) + "-wal") : nullptr;
  std::optional<phone::Overwritten> log;
  if (log_file) log.emplace(content, *log_file, *shape);
  if (log && log->any()) {
    log->load(emit);
    emit.property("sqlite:writeAheadLog", "committed pages were found beside the database");
  }
  phone::Reader(pages, log && log->any() ? &*log : nullptr, emit).run();
}

}  // namespace evtriage
