// See sheet_text.h.
// Tested by tests/extractors/office/xlsx_test.cpp and odf_test.cpp.
#include "extractors/office/sheet_text.h"

#include <algorithm>

#include "extractors/office/text_group.h"

namespace evtriage {
namespace {

constexpr std::size_t segment_bytes = 64u << 10;
constexpr std::size_t most_line_bytes = 1u << 20;  // a longer row is cut between cells

}  // namespace

std::string column_name(std::uint32_t column) {
  std::string name;
  for (std::uint32_t left = column + 1; left > 0; left = (left - 1) / 26) name.insert(name.begin(), static_cast<char>('A' + (left - 1) % 26));
  return name;
}

SheetText::SheetText(Emit& emit, std::string name, std::string remark) : emit_(emit), name_(std::move(name)) {
  hidden_.remark = remark.empty() ? " (hidden rows or columns)" : remark;
  shown_.remark = std::move(remark);
}

void SheetText::hide_columns(std::uint32_t first, std::uint32_t last) {
  if (++hidings_ > most_columns) return;  // each column was named once already
  hidden_columns_.resize(most_columns);
  for (std::uint32_t column = first; column <= std::min(last, most_columns - 1); ++column) hidden_columns_[column] = true;
}

void SheetText::begin_row(std::uint32_t row, bool is_hidden) {
  row_ = row;
  is_row_hidden_ = is_hidden;
}

void SheetText::cell(std::uint32_t column, std::string_view text) {
  if (text.empty()) return;
  const bool is_hidden = is_row_hidden_ || (column < hidden_columns_.size() && hidden_columns_[column]);
  Lines& lines = is_hidden ? hidden_ : shown_;
  if (lines.text.size() > most_line_bytes) flush(lines);
  if (lines.is_row_begun) lines.text += '\t';
  lines.text += text;
  lines.is_row_begun = true;
  if (lines.first_row == 0) lines.first_row = row_;
  lines.last_row = row_;
  lines.first_column = std::min(lines.first_column, column);
  lines.last_column = std::max(lines.last_column, column);
}

void SheetText::end_row() {
  for (Lines* lines : {&shown_, &hidden_}) {
    if (lines->is_row_begun) lines->text += '\n';
    lines->is_row_begun = false;
    if (lines->text.size() >= segment_bytes) flush(*lines);
  }
}

void SheetText::flush() {
  flush(shown_);
  flush(hidden_);
}

void SheetText::flush(Lines& lines) {
  if (!lines.text.empty()) {
    std::string place = "sheet " + name_ + "!" + column_name(lines.first_column) + std::to_string(lines.first_row);
    const std::string last = column_name(lines.last_column) + std::to_string(lines.last_row);
    if (lines.first_column != lines.last_column || lines.first_row != lines.last_row) place += ":" + last;
    emit_segment(emit_, std::move(lines.text), source_, "body", place + lines.remark);
  }
  lines.text.clear();
  lines.first_row = lines.last_row = lines.last_column = 0;
  lines.first_column = most_columns;
}

}  // namespace evtriage
