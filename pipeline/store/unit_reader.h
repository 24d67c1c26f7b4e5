// Units out of the journal in any order wanted, item by item, with parts of one unit joined again.
// Tested by tests/pipeline/store/build_test.cpp.
#pragma once
#include <array>
#include <functional>
#include <string>
#include <vector>

#include "pipeline/store/journal_scan.h"

namespace evtriage {

class UnitReader {
 public:
  static Result<UnitReader> open(const std::string& journal_file);
  struct Takers {
    std::function<Result<void>(std::uint32_t index, const StoredText&)> text;                    // each kept text of an item
    std::function<Result<void>(std::uint32_t index, std::vector<MessageRecord>&)> messages;      // some of its messages, in order
    std::function<Result<void>(ItemRecord&)> item;                                               // with all its other lists
  };
  // Calls `text` and `messages` for each part of an item, then `item`, items in order of their index.  A chat of millions of
  // messages never lies in memory whole.  The views inside StoredText live during the call only.
  // Error (internal): the unit is missing or an item of it has no or two outcomes.
  Result<void> read(std::uint64_t ordinal, const Takers& take);

  // Units that tell names of others (name_book.h), ascending.
  const std::vector<std::uint64_t>& naming() const { return index_.naming(); }

 private:
  struct Frame {
    std::uint64_t offset = ~std::uint64_t{0}, used = 0;
    std::string payload;
    std::vector<PartHead> heads;
  };
  struct Piece {
    ItemPlace place;
    std::uint64_t frame = 0;
  };
  UnitReader(JournalFile file, JournalIndex index) : file_(std::move(file)), index_(std::move(index)) {}
  Result<const Frame*> frame(std::uint64_t offset);
  Result<void> read_piece(const Piece& piece, const Takers& take);

  JournalFile file_;
  JournalIndex index_;
  std::array<Frame, 8> cache_;  // workers finish nearly in order, so that a few frames serve all
  std::uint64_t clock_ = 0;
  std::vector<Piece> pieces_;
  std::vector<ItemPlace> places_;
  StoredItem item_;
};

}  // namespace evtriage
