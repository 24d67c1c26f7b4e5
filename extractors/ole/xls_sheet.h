// One sheet of a workbook, and what all sheets share.
// Tested by tests/extractors/ole/xls_test.cpp.
#pragma once
#include <map>
#include <span>
#include <string>
#include <vector>

#include "extractors/ole/text_flow.h"
#include "extractors/ole/work.h"
#include "extractors/ole/xls_records.h"

namespace evtriage::ole {

class Book {  // the workbook's stream and its globals
 public:
  Book(Work& w, StreamBytes stream) : work(w), stream_(std::move(stream)) {}
  std::string_view view() const { return stream_.view(); }
  const ByteRuns& runs() const { return stream_.runs; }
  std::string_view data(const BiffRecord& record) const {
    return view().substr(static_cast<std::size_t>(record.begin), static_cast<std::size_t>(record.size));
  }
  ByteRange at(const BiffRecord& record) const { return runs().place(record.begin, record.size); }

  void version(const BiffRecord& bof);
  void code_page(const BiffRecord& record);
  void format(const BiffRecord& record);
  void extended_format(const BiffRecord& record);
  bool is_date(unsigned extended) const { return extended < dates_.size() && dates_[extended]; }

  std::string plain(std::span<const StringPart> parts) const;
  void text(std::span<const StringPart> parts, TextFlow& flow);  // counted against the budget
  std::uint64_t text_bytes() const { return text_bytes_; }
  void count(std::uint64_t bytes) { text_bytes_ += bytes; }

  Work& work;
  bool biff8 = true, from_1904 = false;

  void add_shared(const std::vector<StringPart>& parts);
  std::size_t shared_count() const { return shared_begins_.size(); }
  std::span<const StringPart> shared(std::size_t index) const;

 private:
  std::string_view encoding(const StringPart& part) const { return part.wide ? "utf-16le" : biff8 ? "windows-1252" : encoding_; }
  StreamBytes stream_;
  std::vector<StringPart> shared_parts_;
  std::vector<std::uint32_t> shared_begins_;  // index of each string's first part
  std::string_view encoding_ = "windows-1252";
  std::map<unsigned, bool> formats_;  // own number formats: is it a date?
  std::vector<bool> dates_;           // by index of the extended format
  std::uint64_t text_bytes_ = 0;
};

class SheetReader {
 public:
  SheetReader(Book& book, std::string name, unsigned state);
  // True: a record reached past the end of the stream.
  bool run(std::uint64_t offset);

 private:
  bool label(const BiffRecord& record, BiffReader& reader);  // false: no cell with text
  bool value(const BiffRecord& record);  // false: no cell with a value
  void other(const BiffRecord& record, BiffReader& reader);
  void cell(unsigned row, unsigned column);  // the text of this cell comes next
  void number(unsigned format, double value, ByteRange source);
  void formula(const BiffRecord& record);
  void words_of(std::span<const StringPart> strings, TextFlow& flow);
  void long_result(const BiffRecord& record, BiffReader& reader);
  void many_numbers(const BiffRecord& record);
  void note(const BiffRecord& record);
  void text_object(const BiffRecord& record, BiffReader& reader);
  void link(const BiffRecord& record);
  void name_segment();
  void give();

  Book& book_;
  std::string name_;
  TextFlow cells_, comments_, links_, headers_, formulas_, prompts_;
  bool begun_ = false;
  unsigned row_ = 0, first_row_ = 0, first_column_ = 0, last_column_ = 0;
  std::size_t notes_ = 0;
  unsigned object_ = 0;                                   // the OBJ that a text belongs to
  std::map<unsigned, std::vector<StringPart>> objects_;   // texts of drawn objects, until a NOTE claims them
};

// "A1", "XFD9"; zero-based.
std::string cell_name(unsigned row, unsigned column);

}  // namespace evtriage::ole
