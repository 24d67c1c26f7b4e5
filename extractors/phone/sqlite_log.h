// The write-ahead log and the rollback journal: which page of the database lies where in them.
//
// fileformat2, sections 3 and 4.  A log holds new pages: what a transaction committed last counts, everything else in it is
// an earlier state.  A journal holds old pages.
// Tested by tests/extractors/phone/sqlite_log_test.cpp and tests/fuzz/fuzz_sqlite_log.cpp.
#pragma once
#include <optional>
#include <unordered_map>
#include <vector>

#include "extractors/phone/sqlite_pages.h"

namespace evtriage::phone {

struct Frame {
  std::uint32_t page = 0;
  std::uint64_t at = 0;        // of the page's bytes in the log
};

struct Log {
  std::uint32_t page_bytes = 0;
  std::vector<Frame> frames;   // in the order of the file
  std::size_t committed = 0;   // frames [0, committed) are of finished transactions; later ones are not, or older than the log
  std::uint32_t pages = 0;     // of the database after the last commit
};

// Nothing if these bytes are no log.  Checksums are verified: the first frame that fails ends what was committed.
std::optional<Log> read_wal(const Content& content);

// Nothing if these bytes are no journal.  A journal whose header was wiped (the transaction ended) is read with
// `page_bytes`; 0: not at all.
std::optional<Log> read_journal(const Content& content, std::uint32_t page_bytes);

// Page -> its last committed frame.
std::unordered_map<std::uint32_t, std::uint64_t> committed_pages(const Log& log);

}  // namespace evtriage::phone
