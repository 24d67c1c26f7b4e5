// libxlsxwriter in its mode of constant memory: rows in order, one row held at a time.  Its time of creation is
// set to the time of the seal, so that the same case gives the same bytes.
// Tested by tests/reports/xlsx_test.cpp and tests/whole/exchange_test.py
#include "reports/xlsx.h"

#include <xlsxwriter.h>

#include <charconv>
#include <ctime>
#include <vector>

#include "pipeline/core/time.h"
#include "reports/escape.h"
#include "reports/json_read.h"
#include "reports/tables.h"

namespace evtriage::reports {
namespace {

constexpr std::string_view sheets[] = {"exhibits", "items", "findings", "hits", "contacts", "mentions", "links", "messages", "issues"};
constexpr std::size_t cell_units = 32'000;               // a cell holds 32,767 UTF-16 units
constexpr std::int64_t exact_integer = 9'007'199'254'740'992;  // numbers of a workbook are doubles
constexpr std::uint64_t zip64_rows = 3'000'000;          // from here on a sheet may pass 4 GiB

struct Part {  // what the first sheet tells of a sheet
  std::string sheet, table;
  std::uint64_t first = 0, last = 0;
};

class Book {
 public:
  Book(const std::string& file, std::string scratch, bool zip64, std::uint32_t rows) : scratch_(std::move(scratch)), rows_(rows) {
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    options.tmpdir = scratch_.data();
    options.use_zip64 = zip64 ? LXW_TRUE : LXW_FALSE;
    book_ = workbook_new_opt(file.c_str(), &options);
    if (book_ == nullptr) return;
    heading_ = workbook_add_format(book_);
    format_set_bold(heading_);
    text_ = workbook_add_format(book_);
    format_set_num_format(text_, "@");
    about_ = workbook_add_worksheet(book_, "about");
  }
  ~Book() { if (book_ != nullptr) (void)close(); }
  Book(const Book&) = delete;
  Book& operator=(const Book&) = delete;

  bool ready() const { return book_ != nullptr && about_ != nullptr; }
  void describe(const CaseInput& input);
  Result<void> add_table(CaseReader& reader, std::string_view table);
  void tell_parts();
  Result<void> close() {
    const lxw_error error = workbook_close(std::exchange(book_, nullptr));
    if (error != LXW_NO_ERROR && state_ == LXW_NO_ERROR) state_ = error;
    if (state_ == LXW_NO_ERROR) return {};
    return Error{Code::io_read, std::string("cannot write the workbook: ") + lxw_strerror(state_)};
  }

 private:
  void begin_sheet(std::string_view table);
  void put(lxw_worksheet* sheet, std::uint32_t row, std::size_t column, std::string_view text, lxw_format* format) {
    shown_.clear();
    append_visible(shown_, text, cell_units);
    keep(worksheet_write_string(sheet, row, static_cast<lxw_col_t>(column), shown_.c_str(), format));
  }
  void put_field(std::size_t column, const JsonField& field);
  void put_row(const std::vector<JsonField>& fields, std::span<const std::string_view> columns);
  void about(std::string_view name, std::string_view value) {
    put(about_, about_row_, 0, name, heading_);
    put(about_, about_row_++, 1, value, text_);
  }
  void keep(lxw_error error) { if (error != LXW_NO_ERROR && state_ == LXW_NO_ERROR) state_ = error; }

  std::string scratch_, shown_;
  std::uint32_t rows_, row_ = 0, about_row_ = 0;
  lxw_workbook* book_ = nullptr;
  lxw_worksheet *about_ = nullptr, *sheet_ = nullptr;
  lxw_format *heading_ = nullptr, *text_ = nullptr;
  lxw_error state_ = LXW_NO_ERROR;
  std::vector<Part> parts_;
};

void Book::describe(const CaseInput& input) {
  lxw_doc_properties properties{};
  std::string title = "evtriage case", program = "evtriage";
  properties.title = title.data();
  properties.author = program.data();
  const auto sealed = parse_rfc3339(input.custody.sealed);
  properties.created = static_cast<std::time_t>(sealed && *sealed > 0 ? *sealed / 1'000'000'000 : 946'684'800);  // else 2000-01-01: never "now"
  keep(workbook_set_properties(book_, &properties));
  keep(worksheet_set_column(about_, 0, 0, 28, nullptr));
  keep(worksheet_set_column(about_, 1, 3, 40, nullptr));
  constexpr std::string_view facts[] = {"case_number", "agency", "examiner", "authority"};
  for (const auto fact : facts) {
    const auto found = input.custody.facts.find(std::string(fact));
    about(fact, found == input.custody.facts.end() || found->second.empty() ? "not stated" : found->second);
  }
  about("sealed", input.custody.sealed.empty() ? "not stated" : input.custody.sealed);
  about("results_digest", input.seal ? input.seal->results_digest : "not stated");
  about("note", "Indicators, never a verdict on a person. Exact values: the JSON Lines of the same case.");
}

void Book::begin_sheet(std::string_view table) {
  std::size_t number = 1;
  for (const auto& part : parts_) number += part.table == table ? 1 : 0;
  const std::string name = std::string(table) + (number == 1 ? "" : " (" + std::to_string(number) + ")");
  if (number > 1) put(sheet_, row_, 0, "continued on sheet \"" + name + "\"", heading_);
  const std::uint64_t next = number == 1 ? 1 : parts_.back().last + 1;
  parts_.push_back({name, std::string(table), next, next - 1});
  sheet_ = workbook_add_worksheet(book_, name.c_str());
  if (sheet_ == nullptr) return keep(LXW_ERROR_MEMORY_MALLOC_FAILED);
  worksheet_freeze_panes(sheet_, 1, 0);
  const auto columns = csv_columns(table);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const bool wide = columns[i] == "path" || columns[i] == "address" || columns[i] == "context" || columns[i] == "why" || columns[i] == "excerpt";
    keep(worksheet_set_column(sheet_, static_cast<lxw_col_t>(i), static_cast<lxw_col_t>(i), wide ? 60 : 16, nullptr));
    put(sheet_, 0, i, columns[i], heading_);
  }
  row_ = 1;
}

void Book::put_field(std::size_t column, const JsonField& field) {
  const auto at = static_cast<lxw_col_t>(column);
  if (field.kind == 'n') {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(field.text.data(), field.text.data() + field.text.size(), number);
    const bool whole = error == std::errc() && end == field.text.data() + field.text.size();
    if (whole && number <= exact_integer && number >= -exact_integer) return keep(worksheet_write_number(sheet_, row_, at, static_cast<double>(number), nullptr));
    if (field.text == "true" || field.text == "false") return keep(worksheet_write_boolean(sheet_, row_, at, field.text == "true", nullptr));
  }
  const bool is_list = field.kind == 'a' && field.text.find('{') == std::string::npos;
  if (!is_list) return put(sheet_, row_, column, field.text, text_);
  std::string joined;
  for (const auto& one : read_json_texts(field.text)) joined.append(joined.empty() ? "" : "; ").append(one);
  put(sheet_, row_, column, joined, text_);
}

void Book::put_row(const std::vector<JsonField>& fields, std::span<const std::string_view> columns) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    for (const auto& field : fields) {
      if (field.key != columns[i]) continue;
      put_field(i, field);
      break;
    }
  }
}

Result<void> Book::add_table(CaseReader& reader, std::string_view table) {
  begin_sheet(table);
  const auto columns = csv_columns(table);
  std::vector<JsonField> fields;
  Result<void> broken;
  const auto walked = reader.each_line(table, [&](std::string_view line) {
    broken = read_json_object(line, fields);
    if (!broken || state_ != LXW_NO_ERROR) return false;
    if (row_ + 1 >= rows_) begin_sheet(table);  // the last row is kept for the sentence that says where it goes on
    if (sheet_ == nullptr) return false;
    put_row(fields, columns);
    ++row_;
    ++parts_.back().last;
    return true;
  });
  return walked ? broken : walked;
}

void Book::tell_parts() {
  put(about_, ++about_row_, 0, "sheet", heading_);
  constexpr std::string_view headings[] = {"table", "first row", "last row"};
  for (std::size_t i = 0; i < std::size(headings); ++i) put(about_, about_row_, i + 1, headings[i], heading_);
  for (const auto& part : parts_) {
    put(about_, ++about_row_, 0, part.sheet, text_);
    put(about_, about_row_, 1, part.table, text_);
    keep(worksheet_write_number(about_, about_row_, 2, static_cast<double>(part.first), nullptr));
    keep(worksheet_write_number(about_, about_row_, 3, static_cast<double>(part.last), nullptr));
  }
}

bool needs_zip64(CaseReader& reader) {
  bool large = false;
  for (const auto table : sheets) {
    (void)reader.query("SELECT COUNT(*) >= " + std::to_string(zip64_rows) + " FROM " + std::string(table), {}, [&](const CaseReader::Row& row) {
      large = large || row[0] == "1";
      return true;
    });
  }
  return large;
}

}  // namespace

Result<void> write_xlsx(const CaseInput& input, const std::string& file, const std::string& scratch, std::uint32_t rows) {
  Book book(file, scratch, needs_zip64(*input.reader), rows);
  if (!book.ready()) return Error{Code::io_read, "cannot begin the workbook"};
  book.describe(input);
  for (const auto table : sheets) {
    if (const auto added = book.add_table(*input.reader, table); !added) return added;
  }
  book.tell_parts();
  return book.close();
}

}  // namespace evtriage::reports
