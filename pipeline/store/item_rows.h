// The rows of one item, written to all tables that have the item as their key.
// Tested by tests/pipeline/store/build_test.cpp.
#pragma once
#include <optional>
#include <string>

#include "pipeline/core/records.h"
#include "pipeline/store/codec.h"
#include "pipeline/store/duplicates.h"
#include "pipeline/store/table_writer.h"

namespace evtriage {

class ItemRows {
 public:
  static Result<ItemRows> open(ResultsFile& results, std::uint64_t expected_items);
  Result<void> text(std::uint64_t item, const StoredText& text);
  // Some of the item's messages; the next ones of the same item follow them.
  Result<void> messages(std::uint64_t item, const std::vector<MessageRecord>& messages);
  // The item's own row, and issues, properties, hits and findings.  parent 0: none.
  Result<void> item(std::uint64_t id, std::uint64_t parent, std::string_view exhibit, ItemRecord& record);

 private:
  ItemRows(ResultsFile& results, Statement sha256_of, std::uint64_t expected);
  std::uint64_t duplicate_of(std::uint64_t id, const ItemRecord& record);
  Result<void> lists(std::uint64_t id, ItemRecord& record);
  Result<void> findings(std::uint64_t id, ItemRecord& record);
  TableWriter *items_, *issues_, *properties_, *texts_, *messages_, *hits_, *findings_;
  Statement sha256_of_;
  FirstSeen first_seen_;
  std::uint64_t text_id_ = 0, message_item_ = 0, message_n_ = 0;
};

void sort_mentions(std::vector<Mention>& mentions);  // into their final order, each once

}  // namespace evtriage
