// See sheet_reader.h.
// Tested by tests/extractors/office/xlsx_test.cpp.
#include "extractors/office/sheet_reader.h"

#include <charconv>

#include "pipeline/core/text.h"

namespace evtriage {
namespace {

constexpr std::size_t most_cell_bytes = 1u << 20;  // Excel itself stops at 32,767 characters

template <class Number>
bool parse_number(std::string_view digits, Number& number) {
  const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return parsed.ec == std::errc() && parsed.ptr == digits.data() + digits.size();
}

bool is_true(std::string_view value) { return value == "1" || value == "true"; }

}  // namespace

bool parse_cell_address(std::string_view address, std::uint32_t& column, std::uint32_t& row) {
  std::uint32_t letters = 0;
  std::size_t at = 0;
  for (; at < address.size() && at < 4 && address[at] >= 'A' && address[at] <= 'Z'; ++at) letters = letters * 26 + static_cast<std::uint32_t>(address[at] - 'A') + 1;
  std::uint32_t number = 0;
  if (letters == 0 || letters > most_columns || !parse_number(address.substr(at), number) || number == 0 || number > most_rows) return false;
  column = letters - 1;
  row = number;
  return true;
}

SheetReader::SheetReader(Part& part, Package& package, const SheetContext& context, const std::string& name, const std::string& remark)
    : part_(part), xml_(part.xml), package_(package), context_(context), name_(name), text_(package.emit(), name, remark),
      formulas_(part, package.emit(), "formula", {"formulas of sheet " + name, remark, false}),
      notes_(part, package.emit(), "body", {"links, headings and prompts of sheet " + name, remark, false}) {
  text_.set_source(part.data());
}

void SheetReader::read() {
  for (auto event = xml_.next(); event != XmlReader::Event::finish; event = xml_.next()) {
    if (event == XmlReader::Event::start) {
      start();
    } else if (event == XmlReader::Event::end) {
      end();
    } else if (in_ == In::value || in_ == In::inline_text) {
      if (value_.size() <= most_cell_bytes) value_ += xml_.text();
    } else if (in_ == In::formula) {
      if (formula_.size() <= most_cell_bytes) formula_ += xml_.text();
    } else if (in_ == In::frame) {
      notes_.add(xml_.text());
    }
  }
  if (in_cell_) end_cell();
  text_.end_row();
  text_.flush();
  formulas_.flush();
  notes_.flush();
  if (bad_ > 0) {
    package_.issue(Code::corrupt, "sheet " + name_ + ": " + std::to_string(bad_) + " cells name a place or a shared string that does not exist, the first " +
                                      first_bad_, part_.data());
  }
  if (cut_ > 0) package_.issue(Code::limit, "cell_bytes=1048576: " + std::to_string(cut_) + " cells of sheet " + name_ + " are cut", part_.data());
}

void SheetReader::start() {
  switch (xml_.tag()) {
    case "c"_tag: return begin_cell();
    case "v"_tag:
      in_ = in_cell_ ? In::value : In::nothing;
      return;
    case "t"_tag:
      in_ = in_cell_ ? In::inline_text : In::nothing;
      return;
    case "f"_tag:
      in_ = in_cell_ ? In::formula : In::nothing;
      return;
    case "rPh"_tag: return xml_.skip();
    case "row"_tag: return begin_row();
    case "col"_tag: return hide_columns();
    case "hyperlink"_tag: case "dataValidation"_tag: return note_attributes();
    case "oddHeader"_tag: case "oddFooter"_tag: case "evenHeader"_tag: case "evenFooter"_tag: case "firstHeader"_tag: case "firstFooter"_tag:
    case "formula1"_tag:
      in_ = In::frame;
      return;
    default: in_ = In::nothing;
  }
}

void SheetReader::end() {
  if (in_ == In::frame) notes_.end_unit(1);
  in_ = In::nothing;
  if (xml_.tag() == "c"_tag && in_cell_) end_cell();
  if (xml_.tag() == "row"_tag) text_.end_row();
}

void SheetReader::begin_row() {
  std::uint32_t row = 0;
  const bool is_named = parse_number(xml_.attribute("r"), row) && row > 0 && row <= most_rows;
  row_ = is_named ? row : row_ + 1;
  next_column_ = 0;
  text_.begin_row(row_, is_true(xml_.attribute("hidden")));
}

void SheetReader::begin_cell() {
  in_cell_ = true;
  in_ = In::nothing;
  kind_ = Kind::number;
  style_ = 0;
  column_ = next_column_;
  value_.clear();
  formula_.clear();
  for (const XmlReader::Attribute& attribute : xml_.attributes()) {
    if (attribute.local.size() != 1) continue;
    if (attribute.local[0] == 's') {
      if (!parse_number(attribute.raw, style_)) style_ = 0;
    } else if (attribute.local[0] == 't') {
      const std::string_view type = attribute.raw;
      kind_ = type == "s" ? Kind::shared : type == "n" ? Kind::number : type == "b" ? Kind::boolean : Kind::text;  // str, inlineStr, e, d
    } else if (attribute.local[0] == 'r') {
      std::uint32_t row = 0;
      if (parse_cell_address(attribute.raw, column_, row)) continue;
      if (++bad_ == 1) first_bad_ = printable(attribute.raw.substr(0, 40));
    }
  }
  next_column_ = std::min(column_ + 1, most_columns - 1);
}

void SheetReader::end_cell() {
  in_cell_ = false;
  if (value_.size() > most_cell_bytes) {
    ++cut_;
    value_.resize(floor_char(value_, most_cell_bytes));
  }
  if (formula_.find('"') != formula_.npos) formulas_.add_unit(column_name(column_) + std::to_string(row_) + ": " + formula_);
  if (value_.empty()) return;
  if (kind_ == Kind::shared) {
    std::uint64_t index = 0;
    const auto string = parse_number(value_, index) ? context_.strings.show(index) : std::nullopt;
    if (string) return text_.cell(column_, *string);
    if (!context_.strings.is_cut() && ++bad_ == 1) first_bad_ = column_name(column_) + std::to_string(row_) + " (shared string " + printable(value_.substr(0, 20)) + ")";
  } else if (kind_ == Kind::boolean) {
    text_.cell(column_, value_ == "1" ? "TRUE" : "FALSE");
  } else if (kind_ == Kind::number) {
    formula_.clear();
    append_shown(formula_, value_, context_.styles.at(style_), context_.from_1904);
    text_.cell(column_, formula_);
  } else {
    text_.cell(column_, value_);
  }
}

void SheetReader::hide_columns() {
  std::uint32_t first = 0, last = 0;
  if (!is_true(xml_.attribute("hidden")) || !parse_number(xml_.attribute("min"), first) || !parse_number(xml_.attribute("max"), last)) return;
  if (first > 0 && last >= first) text_.hide_columns(first - 1, last - 1);
}

void SheetReader::note_attributes() {
  std::string note;
  for (const std::string_view name : {"display", "location", "tooltip", "promptTitle", "prompt", "errorTitle", "error"}) {
    const std::string_view value = xml_.attribute(name);
    if (!value.empty()) note.append(note.empty() ? "" : " ").append(value);
  }
  if (!note.empty()) notes_.add_unit(std::string(xml_.attribute("ref")) + " " + note);
}

}  // namespace evtriage
