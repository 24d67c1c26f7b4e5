// SheetText: rows of cells as lines with tabs, in segments whose place is a range of cells ("sheet Fees!A1:F200").
//
// Hidden cells stand apart from shown ones, so that a place can say so.  Used for XLSX, XLSB and OpenDocument.
// Tested by tests/extractors/office/xlsx_test.cpp and odf_test.cpp.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "extractors/office/package.h"

namespace evtriage {

constexpr std::uint32_t most_columns = 16'384, most_rows = 1'048'576;  // of a sheet

// "A" for 0, "XFD" for 16383.
std::string column_name(std::uint32_t column);

class SheetText {
 public:
  // `remark` stands behind each place: " (hidden sheet)".
  SheetText(Emit& emit, std::string name, std::string remark = "");

  // Columns from 0, rows from 1; calls come in the order of the file.
  void hide_columns(std::uint32_t first, std::uint32_t last);
  void begin_row(std::uint32_t row, bool is_hidden);
  void cell(std::uint32_t column, std::string_view text);
  void end_row();
  void flush();
  // Where the rows since the last flush lie in the file; asked at each flush.
  void set_source(ByteRange source) { source_ = source; }

 private:
  struct Lines {
    std::string text, remark;
    std::uint32_t first_row = 0, last_row = 0, first_column = most_columns, last_column = 0;
    bool is_row_begun = false;
  };
  void flush(Lines& lines);

  Emit& emit_;
  std::string name_;
  std::vector<bool> hidden_columns_;
  Lines shown_, hidden_;
  std::uint32_t row_ = 0;
  bool is_row_hidden_ = false;
  std::uint32_t hidings_ = 0;
  ByteRange source_;
};

}  // namespace evtriage
