// OdfSheet: one table of an OpenDocument spreadsheet: repeated rows and cells, hidden ones, values behind what is shown.
// ISO/IEC 26300-1, 9.  Tested by tests/extractors/office/odf_test.cpp.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "extractors/office/sheet_text.h"
#include "extractors/office/xml_reader.h"

namespace evtriage {

class OdfSheet {
 public:
  OdfSheet(Emit& emit, const std::string& name, const std::string& remark, ByteRange source) : text_(emit, name, remark) { text_.set_source(source); }

  void column(XmlReader& xml);      // at the start of table:table-column
  void begin_row(XmlReader& xml);   // ... of table:table-row
  void begin_cell(XmlReader& xml);  // ... of table:table-cell and table:covered-table-cell
  void paragraph(std::string_view text);
  void end_cell();
  void end_row();
  void end() { text_.flush(); }
  bool in_cell() const { return in_cell_; }
  std::string address() const { return column_name(std::min(column_, most_columns - 1)) + std::to_string(row_); }
  std::uint64_t left_out() const { return left_out_; }  // repetitions of filled rows and cells that were not written

 private:
  struct Cell {
    std::uint32_t column, repeated;
    std::string text;
  };
  SheetText text_;
  std::vector<Cell> cells_;  // of the open row, filled ones
  std::size_t row_bytes_ = 0;
  std::uint32_t row_ = 1, row_repeated_ = 1, column_ = 0, column_repeated_ = 1, next_hidden_ = 0;
  bool in_cell_ = false, is_row_hidden_ = false, value_wins_ = false;
  std::string shown_, value_;
  std::uint64_t left_out_ = 0;
};

}  // namespace evtriage
