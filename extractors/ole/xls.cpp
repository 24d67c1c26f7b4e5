// MS-XLS: cells of every sheet as lines of tab-separated text.  BIFF8 (Excel 97-2003), BIFF5/7 and the simple cells
// of older streams.
//
// Strings of the shared table stay where they are: a cell's text leads to the string's bytes, a number's to the
// record's.  So that a string used a million times cannot blow up, text is bounded by a budget of bytes.
// Tested by tests/extractors/ole/xls_test.cpp; fuzzed by tests/fuzz/fuzz_ole.cpp.
#include <algorithm>
#include <bit>
#include <map>

#include "extractors/ole/art.h"
#include "extractors/ole/rc4.h"
#include "extractors/ole/text_flow.h"
#include "extractors/ole/work.h"
#include "extractors/ole/xls_number.h"
#include "extractors/ole/xls_records.h"
#include "extractors/ole/xls_sheet.h"
#include "pipeline/core/byte_reader.h"

namespace evtriage::ole {
namespace {

constexpr std::uint64_t most_text = 256 << 20;
constexpr std::size_t most_sheets = 4096;
constexpr std::size_t most_shared = 8'000'000, most_continued = 1'000'000;

struct Sheet {
  std::uint64_t offset = 0;
  std::string name;
  ByteRange name_at;
  unsigned state = 0;  // 0 visible, 1 hidden, 2 very hidden
};

class Workbook {
 public:
  Workbook(Work& work, StreamBytes stream) : work_(work), decrypted_(stream.decrypted), book_(work, std::move(stream)) {}

  void run() {
    BiffReader reader(book_.view(), 0);
    BiffRecord record;
    unsigned depth = 0;
    while (reader.next(record) && !work_.emit.stop_requested()) {
      if (is_bof(record.id)) {
        if (depth++ == 0) book_.version(record);
        continue;
      }
      if (record.id == 0x0a && --depth == 0) break;
      if (record.id == 0x0a || depth > 1) continue;
      if (record.id == 0x2f && !decrypted_) return encrypted(record);
      global(record, reader);
      if (depth == 0) break;
    }
    const std::uint64_t end = reader.position();
    if (reader.is_cut()) cut();
    names();
    const bool single = sheets_.empty();  // before BIFF5 a stream is a sheet
    if (single) sheets_.push_back({0, "", {}, 0});
    for (const Sheet& sheet : sheets_) {
      if (work_.emit.stop_requested()) return;
      if (book_.text_bytes() > most_text) return work_.issue(Code::limit, "xls", "text=" + std::to_string(most_text) + " bytes: the rest was not read");
      if (!single && sheet.offset < end) {
        work_.issue(Code::corrupt, "xls", "a sheet does not begin where the workbook says", sheet.name_at);
        continue;
      }
      if (!begun_.insert({sheet.offset, true}).second) continue;  // two names for one place
      SheetReader reads(book_, sheet.name, sheet.state);
      if (reads.run(sheet.offset)) cut();
    }
    pictures();
  }

 private:
  static bool is_bof(unsigned id) { return id == 0x0809 || id == 0x0409 || id == 0x0209 || id == 0x0009; }
  void cut() { work_.issue(Code::truncated, "xls", "a record reaches past the end of the workbook; what follows it was not read"); }

  // FILEPASS: with the right password everything is read again out of the decrypted stream.
  void encrypted(const BiffRecord& record) {
    const std::string_view data = book_.data(record);
    const bool exclusive = ByteReader(data).u16le() == 0;
    const auto cipher = exclusive ? std::nullopt : open_rc4(data.substr(std::min<std::size_t>(2, data.size())), work_.options.passwords);
    if (!cipher) {
      work_.emit.encrypted();
      return work_.issue(Code::encrypted, "xls", exclusive ? "the workbook is obfuscated with a password (XOR); its cells were not read"
                                                           : "the workbook is encrypted, and no password opened it; its cells were not read");
    }
    work_.emit.property("encryption", "RC4, opened");
    StreamBytes plain{Blob::own(decrypt_workbook(*cipher, book_.view())), book_.runs(), true};
    Workbook(work_, std::move(plain)).run();
  }

  void global(const BiffRecord& record, BiffReader& reader) {
    switch (record.id) {
      case 0x42: book_.code_page(record); break;
      case 0x22: book_.from_1904 = ByteReader(book_.data(record)).u16le() == 1; break;
      case 0x85: bound_sheet(record); break;
      case 0xfc: shared_strings(record, reader); break;
      case 0x41e: book_.format(record); break;
      case 0xe0: book_.extended_format(record); break;
      case 0xeb: drawing(record, reader); break;
      default: break;
    }
  }

  void bound_sheet(const BiffRecord& record) {
    if (sheets_.size() >= most_sheets) {
      if (!told_) work_.issue(Code::limit, "xls", "sheets=" + std::to_string(most_sheets) + ": the rest was not read");
      told_ = true;
      return;
    }
    ByteReader in(book_.data(record));
    Sheet sheet;
    sheet.offset = in.u32le();
    sheet.state = in.u8() & 3;
    const auto parts = short_string(book_.view(), record.begin + 6, record.begin + record.size, 1, book_.biff8);
    sheet.name = book_.plain(parts);
    if (!parts.empty()) sheet.name_at = book_.runs().place(parts[0].begin, parts[0].size);
    if (in.ok()) sheets_.push_back(std::move(sheet));
  }

  void shared_strings(const BiffRecord& record, BiffReader& reader) {
    std::vector<BiffRecord> chunks = continued(record, reader);
    if (record.size < 8) return;
    ByteReader in(book_.data(record));
    in.skip(4);
    const std::uint64_t count = in.u32le();
    StringCursor cursor(book_.view(), std::move(chunks), 0, record.begin + 8);
    for (std::uint64_t i = 0; i < count && cursor.ok() && !cursor.at_end() && i < most_shared; ++i) book_.add_shared(cursor.shared_string());
    if (book_.shared_count() < count) {
      work_.issue(Code::corrupt, "xls", "the table of strings ends after " + std::to_string(book_.shared_count()) + " of " + std::to_string(count) + " strings");
    }
  }

  std::vector<BiffRecord> continued(const BiffRecord& record, BiffReader& reader) {
    std::vector<BiffRecord> chunks{record};
    BiffRecord more;
    while (reader.peek() == 0x3c && chunks.size() < most_continued && reader.next(more)) {
      if (more.size != 0) chunks.push_back(more);
    }
    return chunks;
  }

  void drawing(const BiffRecord& record, BiffReader& reader) {
    for (const BiffRecord& chunk : continued(record, reader)) {
      const ByteRuns part = book_.runs().cut(chunk.begin, chunk.size);
      for (const ByteRange& range : part.runs()) drawing_.runs.append(range);
      drawing_bytes_ += book_.data(chunk);
    }
  }
  void pictures() {
    if (drawing_bytes_.empty() || book_.runs().is_vague()) return;
    drawing_.decrypted = decrypted_;
    drawing_.bytes = Blob::own(std::move(drawing_bytes_));
    read_pictures(work_, drawing_, 0, drawing_.view().size(), false);
  }

  void names() {
    TextFlow flow(work_.emit, "metadata");
    flow.place(work_.place("sheet names"));
    for (const Sheet& sheet : sheets_) {
      constexpr std::string_view states[] = {"", " (hidden)", " (very hidden)", ""};
      flow.words(sheet.name + std::string(states[sheet.state]), sheet.name_at);
      flow.line();
      work_.emit.property(sheet.state == 0 ? "sheet" : "hidden sheet", sheet.name);
    }
    flow.flush();
  }

  Work& work_;
  bool decrypted_;
  Book book_;
  std::vector<Sheet> sheets_;
  std::map<std::uint64_t, bool> begun_;
  StreamBytes drawing_;
  std::string drawing_bytes_;
  bool told_ = false;
};

}  // namespace

bool read_xls(Work& work, EntryId storage) {
  bool found = false;
  for (const char* name : {"Workbook", "Book"}) {  // a dual stream file has both, for two generations of readers
    const auto id = work.file.find(storage, name);
    if (!id || work.file.entries()[*id].is_storage) continue;
    if (!found) Workbook(work, work.load(*id)).run();
    work.used[*id] = true;
    found = true;
  }
  return found;
}

}  // namespace evtriage::ole
