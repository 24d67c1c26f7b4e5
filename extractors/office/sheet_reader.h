// SheetReader: one worksheet of SpreadsheetML, row by row in bounded memory.
// ISO/IEC 29500-1, 18.3.  Tested by tests/extractors/office/xlsx_test.cpp.
#pragma once
#include <string>
#include <string_view>

#include "extractors/office/cell_format.h"
#include "extractors/office/shared_strings.h"
#include "extractors/office/sheet_text.h"
#include "extractors/office/text_group.h"

namespace evtriage {

struct SheetContext {
  const CellStyles& styles;
  SharedStrings& strings;
  bool from_1904 = false;
};

// "BC23": column from 0, row from 1; false if it is no cell of a sheet.
bool parse_cell_address(std::string_view address, std::uint32_t& column, std::uint32_t& row);

class SheetReader {
 public:
  // `name`: printable; `remark` stands behind places: " (hidden sheet)".
  SheetReader(Part& part, Package& package, const SheetContext& context, const std::string& name, const std::string& remark);
  void read();

 private:
  enum class Kind : std::uint8_t { number, shared, text, boolean };
  enum class In : std::uint8_t { nothing, value, inline_text, formula, frame };
  void start();
  void end();
  void begin_row();
  void begin_cell();
  void end_cell();
  void hide_columns();
  void note_attributes();

  Part& part_;
  XmlReader& xml_;
  Package& package_;
  const SheetContext& context_;
  const std::string name_;
  SheetText text_;
  TextGroup formulas_, notes_;
  In in_ = In::nothing;
  Kind kind_ = Kind::number;
  bool in_cell_ = false;
  std::uint64_t style_ = 0;
  std::uint32_t row_ = 0, column_ = 0, next_column_ = 0;
  std::string value_, formula_;
  std::uint64_t bad_ = 0, cut_ = 0;
  std::string first_bad_;
};

}  // namespace evtriage
