// link: evtriage_phone evtriage_extractors evtriage_core
// Any bytes as a write-ahead log or a journal, and as the database beside it: the first two bytes say where one ends.
#include <cstdint>

#include "extractors/phone/phone.h"
#include "tests/fuzz/null_emit.h"

namespace {

class Beside final : public evtriage::Emit {  // NullEmit with a database beside the item
 public:
  explicit Beside(std::string database) : database_(std::move(database)) {}
  void text(evtriage::TextSegment segment) override { null_.text(std::move(segment)); }
  void child(evtriage::Child child, evtriage::ContentPtr content) override { null_.child(std::move(child), std::move(content)); }
  std::unique_ptr<evtriage::Spool> spool() override { return null_.spool(); }
  void property(std::string name, std::string value) override { null_.property(std::move(name), std::move(value)); }
  void message(evtriage::MessageRecord) override {}
  void issue(evtriage::Issue) override {}
  void encrypted() override {}
  bool stop_requested() const override { return false; }
  evtriage::ContentPtr beside(std::string_view) override { return evtriage::resident(std::string(database_)); }

 private:
  evtriage::NullEmit null_;
  std::string database_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::string bytes(reinterpret_cast<const char*>(data) + 2, size - 2);
  const std::size_t cut = std::min<std::size_t>(bytes.size(), (std::size_t{data[0]} << 8 | data[1]) * 16);
  Beside emit(bytes.substr(0, cut));
  const evtriage::Resident log(evtriage::Blob::own(bytes.substr(cut)));
  evtriage::extract_sqlite_wal(log, {"", "", "a.db-wal"}, {}, emit);
  evtriage::extract_sqlite_journal(log, {"", "", "a.db-journal"}, {}, emit);
  Beside other(bytes.substr(cut));
  evtriage::extract_sqlite(evtriage::Resident(evtriage::Blob::own(bytes.substr(0, cut))), {"", "", "a.db"}, {}, other);
  return 0;
}
