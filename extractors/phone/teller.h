// Teller: where the rows of a database go, wherever they were found.
// Tested by tests/extractors/phone/sqlite_test.cpp.
#pragma once
#include "extractors/phone/backup_files.h"
#include "extractors/phone/lost_rows.h"
#include "extractors/phone/messages.h"
#include "extractors/phone/table_text.h"

namespace evtriage::phone {

class Teller {
 public:
  Teller(Database& database, Emit& emit) : database_(database), emit_(emit), messages_(database, emit), backup_(database, emit), text_(database, emit) {}
  void row(std::size_t table, const Row& row, const Found& found);
  // Deleted rows, at the end.
  void lost(LostRows& rows);
  void finish();  // all that is pending, and the properties
  Emit& emit() { return emit_; }

 private:
  Database& database_;
  Emit& emit_;
  Messages messages_;
  BackupFiles backup_;
  TableText text_;
  std::uint64_t live_ = 0, earlier_ = 0, deleted_ = 0;
};

}  // namespace evtriage::phone
