// See odf_sheet.h.
// Tested by tests/extractors/office/odf_test.cpp.
#include "extractors/office/odf_sheet.h"

#include <algorithm>
#include <charconv>

#include "extractors/office/cell_format.h"

namespace evtriage {
namespace {

constexpr std::uint32_t most_repeats = 100;            // of a filled row or cell, as text
constexpr std::size_t most_repeated_bytes = 64u << 10;  // of a row: a longer one is written once
constexpr std::size_t most_row_bytes = 16u << 20;

// The value of a "repeated" attribute: at least 1, at most what a sheet holds.
std::uint32_t repeated(std::string_view digits, std::uint32_t most) {
  std::uint32_t count = 1;
  const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), count);
  if (parsed.ec == std::errc::result_out_of_range) return most;
  return std::clamp(count, 1u, most);
}

bool is_hidden(std::string_view visibility) { return visibility == "collapse" || visibility == "filter"; }

}  // namespace

void OdfSheet::column(XmlReader& xml) {
  const std::uint32_t count = repeated(xml.attribute("number-columns-repeated", Ns::table), most_columns);
  if (is_hidden(xml.attribute("visibility", Ns::table)) && next_hidden_ < most_columns) text_.hide_columns(next_hidden_, next_hidden_ + count - 1);
  next_hidden_ = std::min(next_hidden_ + count, most_columns);
}

void OdfSheet::begin_row(XmlReader& xml) {
  row_repeated_ = repeated(xml.attribute("number-rows-repeated", Ns::table), most_rows);
  is_row_hidden_ = is_hidden(xml.attribute("visibility", Ns::table));
  column_ = 0;
  column_repeated_ = 0;
  row_bytes_ = 0;
  cells_.clear();
}

void OdfSheet::begin_cell(XmlReader& xml) {
  if (in_cell_) end_cell();
  column_ = std::min(column_ + column_repeated_, most_columns - 1);
  column_repeated_ = repeated(xml.attribute("number-columns-repeated", Ns::table), most_columns);
  in_cell_ = true;
  value_wins_ = false;
  shown_.clear();
  value_.clear();
  const std::string_view type = xml.attribute("value-type", Ns::office);
  if (type == "date") value_ = xml.attribute("date-value", Ns::office);
  if (type == "string") value_ = xml.attribute("string-value", Ns::office);
  if (type == "float" || type == "currency" || type == "percentage") append_shown(value_, xml.attribute("value", Ns::office), {}, false);
  if (type == "date" && !value_.empty()) value_wins_ = true;  // a date is written as ISO 8601, not as it was shown
}

void OdfSheet::paragraph(std::string_view text) {
  if (shown_.size() > most_row_bytes) return;
  if (!shown_.empty()) shown_ += '\n';
  shown_ += text;
}

void OdfSheet::end_cell() {
  if (!in_cell_) return;
  in_cell_ = false;
  const bool is_unreadable = !value_.empty() && (shown_.find_first_not_of("#") == shown_.npos || shown_.find("E+") != shown_.npos);
  std::string text = value_wins_ || is_unreadable ? std::move(value_) : std::move(shown_);
  if (text.empty()) return;
  row_bytes_ += text.size();
  if (row_bytes_ > most_row_bytes) {
    ++left_out_;
    return;
  }
  cells_.push_back({column_, column_repeated_, std::move(text)});
}

void OdfSheet::end_row() {
  end_cell();
  std::uint32_t widest = 1;
  for (const Cell& cell : cells_) widest = std::max(widest, std::min(cell.repeated, most_repeats));
  const bool is_large = row_bytes_ > most_repeated_bytes;
  const std::uint32_t times = cells_.empty() ? 0 : is_large ? 1 : std::min(row_repeated_, most_repeats / widest);
  if (!cells_.empty()) left_out_ += row_repeated_ - times;
  for (std::uint32_t row = 0; row < times; ++row) {
    text_.begin_row(std::min(row_ + row, most_rows), is_row_hidden_);
    for (const Cell& cell : cells_) {
      const std::uint32_t copies = std::min({cell.repeated, is_large ? 1 : most_repeats, most_columns - cell.column});
      if (row == 0) left_out_ += std::min(cell.repeated, most_columns - cell.column) - copies;
      for (std::uint32_t copy = 0; copy < copies; ++copy) text_.cell(cell.column + copy, cell.text);
    }
    text_.end_row();
  }
  row_ = std::min(row_ + row_repeated_, most_rows);
  cells_.clear();
}

}  // namespace evtriage
