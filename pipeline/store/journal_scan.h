// Reading a journal: which units are whole, and where they stand.
// Tested by tests/pipeline/store/journal_test.cpp and tests/fuzz/fuzz_journal.cpp.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/store/codec.h"
#include "pipeline/store/store.h"

namespace evtriage {

class JournalFile {  // owns a descriptor opened for reading; one thread
 public:
  static Result<JournalFile> open(const std::string& path);
  JournalFile(JournalFile&& other) noexcept : file_(other.file_), bytes_(other.bytes_) { other.file_ = -1; }
  JournalFile& operator=(JournalFile&&) = delete;
  ~JournalFile();

  std::uint64_t bytes() const { return bytes_; }
  // The payload of the frame at `offset` into `payload`.  truncated: the frame reaches past the end of the
  // file; corrupt: the CRC differs (not compared if `check` is false).
  Result<void> read_frame(std::uint64_t offset, bool check, std::string& payload) const;

 private:
  JournalFile(int file, std::uint64_t bytes) : file_(file), bytes_(bytes) {}
  int file_;
  std::uint64_t bytes_;
};

struct UnitRun {                 // neighbouring units of one part each, in one frame
  std::uint64_t first = 0;       // ordinal
  std::uint32_t count = 0, first_part = 0;  // units; place of the first among the frame's parts
  std::uint64_t frame = 0;       // offset of the frame
};
struct PartPlace {
  std::uint64_t frame = 0;
  std::uint32_t part = 0;        // place among the frame's parts
};

// Grows with each frame; the state of units in several parts is small: there are few large files.
class JournalIndex {
 public:
  // Takes note of the parts of a frame.  A part numbered 0 starts its unit anew (a run before was killed
  // in the middle of it); a unit that is whole stays as it is.  Error (corrupt): parts out of order.
  Result<void> add(std::uint64_t frame, const std::vector<PartHead>& heads);
  void sort();                   // once, after the last add

  bool has(std::uint64_t ordinal) const {
    return ordinal / 64 < whole_.size() && (whole_[ordinal / 64] >> (ordinal % 64) & 1) != 0;
  }
  std::uint64_t units() const { return units_; }
  // After sort: units that have a part which tells names, ascending, each once.
  const std::vector<std::uint64_t>& naming() const { return naming_; }
  // After sort: the places of the unit's parts in order; empty if it is not whole.
  std::vector<PartPlace> find(std::uint64_t ordinal) const;

 private:
  Result<void> add_part(std::uint64_t frame, std::uint32_t part, const PartHead& head);
  void mark(std::uint64_t ordinal);
  std::vector<std::uint64_t> whole_;                       // a bit for each ordinal
  std::vector<UnitRun> runs_;
  std::map<std::uint64_t, std::vector<PartPlace>> large_;  // units in several parts, whole or growing
  std::vector<std::uint64_t> naming_;
  std::uint64_t units_ = 0;
};

struct JournalScan {
  JournalHeader header;
  bool has_header = false;       // false: the file is empty or was torn inside its first frame
  std::uint64_t good_end = 0;    // bytes up to here are whole frames; what follows is a torn tail
  JournalIndex index;            // not sorted yet
};
// Error (corrupt) if a damaged frame is followed by a good one: that is no torn tail but a rotten disk.
Result<JournalScan> scan_journal(const JournalFile& file);

std::string header_payload(const JournalHeader& header);
Result<JournalHeader> decode_header(std::string_view payload);

}  // namespace evtriage
