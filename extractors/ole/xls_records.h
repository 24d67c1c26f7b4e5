// BIFF records and strings: a record's data with its CONTINUE records, and strings that are split across them.
// MS-XLS 2.1.4 (records), 2.5.293 (XLUnicodeRichExtendedString): at each CONTINUE inside characters a new flag byte
// says whether the rest is one or two bytes a character.
// Tested by tests/extractors/ole/xls_test.cpp.
#pragma once
#include <string_view>
#include <vector>

#include "extractors/ole/text_flow.h"

namespace evtriage::ole {

struct BiffRecord {
  unsigned id = 0;
  std::uint64_t begin = 0, size = 0;  // of the data, in the stream
};

class BiffReader {  // record by record; stops at the end of the stream or at a record that reaches past it
 public:
  BiffReader(std::string_view stream, std::uint64_t at) : stream_(stream), at_(at) {}
  bool next(BiffRecord& record);
  // The id of the record that comes next, 0 at the end.
  unsigned peek() const;
  std::uint64_t position() const { return at_; }
  bool is_cut() const { return cut_; }

 private:
  std::string_view stream_;
  std::uint64_t at_;
  bool cut_ = false;
};

struct StringPart {  // characters of one string that lie together
  std::uint64_t begin = 0, size = 0;  // bytes in the stream
  bool wide = false;
};

// Walks strings through a record and its CONTINUEs.
class StringCursor {
 public:
  // `chunks`: the data of the record and of each CONTINUE, in order.
  StringCursor(std::string_view stream, std::vector<BiffRecord> chunks, std::size_t chunk, std::uint64_t at)
      : stream_(stream), chunks_(std::move(chunks)), chunk_(chunk), at_(at) {}
  bool at_end() const { return chunk_ >= chunks_.size(); }
  bool ok() const { return ok_; }
  unsigned u8();
  unsigned u16();
  std::uint64_t u32();
  void skip(std::uint64_t bytes);
  // `count` characters; a CONTINUE in between begins with its own flags.
  std::vector<StringPart> characters(std::uint64_t count, bool wide);
  // A string of the shared table: count, flags, formatting runs and phonetics skipped.
  std::vector<StringPart> shared_string();

  std::size_t chunk() const { return chunk_; }
  std::uint64_t position() const { return at_; }  // in the stream

 private:
  std::uint64_t left() const { return at_end() ? 0 : chunks_[chunk_].begin + chunks_[chunk_].size - at_; }
  void step();  // into the next chunk if this one is used up
  std::string_view stream_;
  std::vector<BiffRecord> chunks_;
  std::size_t chunk_;
  std::uint64_t at_;
  bool ok_ = true;
};

// XLUnicodeString (BIFF8: flags, then characters) or bytes (BIFF5) of one record's data; `count_bytes` is 1 or 2.
// The parts' places are relative to the stream when `begin` is.
std::vector<StringPart> short_string(std::string_view stream, std::uint64_t begin, std::uint64_t end, unsigned count_bytes, bool biff8);

}  // namespace evtriage::ole
