// A write-ahead log or a rollback journal as an item of its own, read together with the database beside it.
//
// Told are the rows that the database itself does not hold: of a log the committed ones as live rows, those of overwritten
// frames, of unfinished transactions and of frames from before the last checkpoint as earlier states; of a journal all as
// earlier states.  Without the database its tables are known only as far as the log holds page 1.
// Tested by tests/extractors/phone/sqlite_log_test.cpp and tests/fuzz/fuzz_sqlite_log.cpp.
#include <algorithm>
#include <unordered_set>

#include "extractors/phone/phone.h"
#include "extractors/phone/sqlite_log.h"
#include "extractors/phone/teller.h"

namespace evtriage {
namespace phone {
namespace {

constexpr std::size_t most_marks = 4'000'000;

std::optional<Shape> shape_of(const Content& content, std::uint64_t at) {
  if (at > content.size() || content.size() - at < header_bytes) return std::nullopt;
  const auto head = content.read({at, at + header_bytes});
  return head ? read_shape(head->view()) : std::nullopt;
}

class LogReader {
 public:
  LogReader(const Content& content, const Content* base, const Log& log, Shape shape, bool is_journal, Emit& emit)
      : content_(content), log_(log), final_(committed_pages(log)), is_journal_(is_journal), emit_(emit), base_(base, shape, false), merged_(base, shape, false),
        troubles_(emit), database_(merged_, troubles_), base_database_(base_, troubles_) {
    for (const auto& [page, at] : final_) merged_.lay_over(page, content, at, true);
  }

  void run() {
    database_.load();
    const std::size_t unknown = database_.add_unknown_table();
    LostRows lost(database_, unknown);
    Teller teller(database_, emit_);
    note_base(lost);
    committed(lost, teller);
    for (std::size_t i = 0; i < log_.frames.size() && !emit_.stop_requested(); ++i) earlier(i, lost, teller);
    teller.lost(lost);
    teller.finish();
    troubles_.finish();
    if (known_.size() >= most_marks) emit_.issue({Code::limit, "", "log_rows=" + std::to_string(most_marks) + ": further rows of the log were not compared and not told", {}, true});
  }

 private:
  // A log: rows of the database's own versions of the pages in it; a page that was split has left them in two of those.  A
  // journal knows nothing of pages that were new, so all rows of the database are wanted.
  void note_base(LostRows& lost) {
    std::vector<std::uint32_t> numbers;
    if (is_journal_) {
      for (std::uint32_t number = 2; number <= base_.count(); ++number) numbers.push_back(number);
    } else {
      for (const Frame& frame : log_.frames) numbers.push_back(frame.page);
      std::sort(numbers.begin(), numbers.end());
      numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    }
    for (const std::uint32_t number : numbers) {
      if (emit_.stop_requested()) return;
      base_.read_ahead(number);
      const auto page = base_.read(number);
      if (page) base_database_.rows_of(*page, false, [&](const Row& row) { return note(row, lost), true; });
    }
  }
  // True if it was not known yet.
  bool note(const Row& row, LostRows& lost) {
    if (known_.size() >= most_marks || !known_.insert(fingerprint(row)).second) return false;
    lost.mark(row);
    return true;
  }

  void committed(LostRows& lost, Teller& teller) {
    for (std::uint32_t number = 2; number <= merged_.count() && !emit_.stop_requested(); ++number) {
      if (!merged_.is_laid_over(number)) continue;
      const std::uint32_t owner = database_.owner(number);
      const auto page = merged_.read(number);
      if (!page || owner <= 1) continue;
      database_.rows_of(*page, true, [&](Row& row) {
        lost.live(owner - 1, row);
        if (note(row, lost)) teller.row(owner - 1, row, {});
        return true;
      });
      lost.search_leaf(*page, owner - 1);
    }
  }

  void earlier(std::size_t number, LostRows& lost, Teller& teller) {
    const Frame& frame = log_.frames[number];
    const auto last = final_.find(frame.page);
    if (frame.page == 1 || (last != final_.end() && last->second == frame.at)) return;
    const auto bytes = content_.read({frame.at, frame.at + log_.page_bytes});
    if (!bytes) {
      troubles_.tell(bytes.error().code, "frame " + std::to_string(number + 1) + ": " + bytes.error().detail, ByteRange{frame.at, frame.at + log_.page_bytes});
      return;
    }
    const Page page{frame.page, *bytes, frame.at, true};
    const std::uint32_t owner = frame.page <= merged_.count() ? database_.owner(frame.page) : Database::nobody;
    const std::size_t table = owner > 1 ? owner - 1 : lost.table_of(page);
    const std::string where = is_journal_ ? "rollback journal" : number < log_.committed ? "overwritten in the log" : "not committed, or from before a checkpoint";
    database_.rows_of(page, false, [&](Row& row) {
      if (note(row, lost)) teller.row(table, row, {State::earlier, where});
      return true;
    });
  }

  const Content& content_;
  const Log& log_;
  const std::unordered_map<std::uint32_t, std::uint64_t> final_;
  bool is_journal_;
  Emit& emit_;
  Pages base_, merged_;
  Troubles troubles_;
  Database database_, base_database_;
  std::unordered_set<std::uint64_t> known_;
};

void read_log(const Content& content, const Content* base, const Log& log, bool is_journal, Emit& emit) {
  std::optional<Shape> shape = base != nullptr ? shape_of(*base, 0) : std::nullopt;
  for (std::size_t i = 0; !shape && i < log.frames.size(); ++i) {
    if (log.frames[i].page == 1) shape = shape_of(content, log.frames[i].at);
  }
  if (!shape || shape->page_bytes != log.page_bytes) {
    shape = Shape{log.page_bytes, log.page_bytes};
    base = nullptr;
  }
  if (base == nullptr) emit.issue({Code::unsupported, "", "the database was not found beside: names of tables and columns may be missing", {}, true});
  LogReader(content, base, log, *shape, is_journal, emit).run();
}

// "x.db-wal" -> the content of "x.db".
ContentPtr database_beside(const Identity& identity, std::string_view ending, Emit& emit) {
  std::string_view name = identity.name.substr(identity.name.rfind('/') + 1);  // npos + 1 is 0
  if (!name.ends_with(ending)) return nullptr;
  name.remove_suffix(ending.size());
  return emit.beside(name);
}

}  // namespace
}  // namespace phone

void extract_sqlite_wal(const Content& content, const Identity& identity, const ExtractOptions&, Emit& emit) {
  const auto log = phone::read_wal(content);
  if (!log) return emit.issue({Code::corrupt, "sqlite-wal", "this is no write-ahead log of SQLite", {}, true});
  const ContentPtr base = phone::database_beside(identity, "-wal", emit);
  phone::read_log(content, base.get(), *log, false, emit);
}

void extract_sqlite_journal(const Content& content, const Identity& identity, const ExtractOptions&, Emit& emit) {
  const ContentPtr base = phone::database_beside(identity, "-journal", emit);
  const auto shape = base ? phone::shape_of(*base, 0) : std::nullopt;
  const auto log = phone::read_journal(content, shape ? shape->page_bytes : 0);
  if (!log) return emit.issue({Code::corrupt, "sqlite-journal", "this is no rollback journal of SQLite, or its database was not found", {}, true});
  phone::read_log(content, base.get(), *log, true, emit);
}

}  // namespace evtriage
