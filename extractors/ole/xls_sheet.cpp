// One sheet: records of cells in the order in which they stand; a new row begins a line.
// Tested by tests/extractors/ole/xls_test.cpp.
#include "extractors/ole/xls_sheet.h"

#include <algorithm>
#include <bit>

#include "extractors/ole/hyperlink.h"
#include "extractors/ole/xls_formula.h"
#include "extractors/ole/xls_number.h"
#include "pipeline/core/byte_reader.h"

namespace evtriage::ole {
namespace {

constexpr std::uint64_t most_text = 256 << 20;
constexpr std::size_t most_noted = 10'000;  // comments with a segment of their own

struct CellHead {
  unsigned row, column, format;
};
CellHead cell_head(ByteReader& in) {
  CellHead head{};
  head.row = in.u16le();
  head.column = in.u16le();
  head.format = in.u16le();
  return head;
}

std::string_view error_name(unsigned code) {
  switch (code) {
    case 0x00: return "#NULL!";
    case 0x07: return "#DIV/0!";
    case 0x0f: return "#VALUE!";
    case 0x17: return "#REF!";
    case 0x1d: return "#NAME?";
    case 0x24: return "#NUM!";
    default: return "#N/A";
  }
}

}  // namespace

SheetReader::SheetReader(Book& book, std::string name, unsigned state)
    : book_(book), name_("sheet " + name + (state == 0 ? "" : " (hidden)")), cells_(book.work.emit, "body"), comments_(book.work.emit, "comment"),
      links_(book.work.emit, "link"), headers_(book.work.emit, "header"), formulas_(book.work.emit, "formula"), prompts_(book.work.emit, "body") {
  formulas_.place(book_.work.place("formulas of " + name_));
  prompts_.place(book_.work.place("prompts and allowed values of " + name_));
  links_.place(book_.work.place(name_));
  headers_.place(book_.work.place(name_));
}

bool SheetReader::run(std::uint64_t offset) {
  BiffReader reader(book_.view(), offset);
  BiffRecord record;
  unsigned depth = 0;
  while (reader.next(record) && !book_.work.emit.stop_requested() && book_.text_bytes() <= most_text) {
    book_.count(4);  // sheets may overlap in a hostile file: records cost budget too
    if (record.id == 0x0809 || record.id == 0x0409 || record.id == 0x0209 || record.id == 0x0009) {
      ++depth;  // a chart inside the sheet is a stream inside the stream
      continue;
    }
    if (record.id == 0x0a && (depth <= 1 || --depth == 0)) break;
    if (depth == 0) break;
    if (label(record, reader) || value(record)) continue;
    other(record, reader);
  }
  give();
  return reader.is_cut();
}

void SheetReader::cell(unsigned row, unsigned column) {
  if (begun_ && row != row_) {
    name_segment();
    cells_.line();
  }
  if (cells_.empty()) {
    first_row_ = row;
    first_column_ = last_column_ = column;
    name_segment();
  }
  if (!cells_.at_line_start() && row == row_) cells_.made('\t');
  begun_ = true;
  row_ = row;
  first_column_ = std::min(first_column_, column);
  last_column_ = std::max(last_column_, column);
}

void SheetReader::name_segment() {
  cells_.rename(book_.work.place(name_ + "!" + cell_name(first_row_, first_column_) + ":" + cell_name(std::max(row_, first_row_), last_column_)));
}

bool SheetReader::label(const BiffRecord& record, BiffReader& reader) {
  ByteReader in(book_.data(record));
  const CellHead head = cell_head(in);
  switch (record.id) {
    case 0xfd: {  // LABELSST
      const std::uint32_t index = in.u32le();
      if (!in.ok()) return true;
      cell(head.row, head.column);
      if (index >= book_.shared_count()) cells_.words("#?", book_.at(record));
      book_.text(book_.shared(index), cells_);
      return true;
    }
    case 0x204: case 0xd6:  // LABEL, RSTRING
      cell(head.row, head.column);
      book_.text(short_string(book_.view(), record.begin + 6, record.begin + record.size, 2, book_.biff8), cells_);
      return true;
    case 0x04:  // LABEL of BIFF2: 3 bytes of attributes, a count of one byte
      cell(head.row, head.column);
      book_.text(short_string(book_.view(), record.begin + 7, record.begin + record.size, 1, false), cells_);
      return true;
    case 0x207: case 0x07:  // STRING: the result of the formula before
      if (book_.biff8 && reader.peek() == 0x3c) return long_result(record, reader), true;
      book_.text(short_string(book_.view(), record.begin, record.begin + record.size, record.id == 0x207 ? 2 : 1, book_.biff8), cells_);
      return true;
    default: return false;
  }
}

bool SheetReader::value(const BiffRecord& record) {
  ByteReader in(book_.data(record));
  const CellHead head = cell_head(in);
  switch (record.id) {
    case 0x203:  // NUMBER
      cell(head.row, head.column);
      number(head.format, std::bit_cast<double>(in.u64le()), book_.at(record));
      return true;
    case 0x27e:  // RK
      cell(head.row, head.column);
      number(head.format, rk_number(in.u32le()), book_.at(record));
      return true;
    case 0xbd: many_numbers(record); return true;
    case 0x06: case 0x206: case 0x406: formula(record); return true;
    case 0x205: {  // BOOLERR
      const unsigned code = in.u8();
      const bool error = in.u8() != 0;
      cell(head.row, head.column);
      cells_.words(error ? error_name(code) : code != 0 ? "TRUE" : "FALSE", book_.at(record));
      return true;
    }
    default: return false;
  }
}

void SheetReader::number(unsigned format, double value, ByteRange source) {
  std::string text = book_.is_date(format) ? date_text(value, book_.from_1904) : std::string();
  if (text.empty()) text = number_text(value);
  book_.count(text.size());
  cells_.words(text, source);
}

void SheetReader::many_numbers(const BiffRecord& record) {
  ByteReader in(book_.data(record));
  const unsigned row = in.u16le();
  unsigned column = in.u16le();
  while (in.left() >= 8) {
    const std::uint64_t at = record.begin + in.position();
    const unsigned format = in.u16le();
    const double value = rk_number(in.u32le());
    cell(row, column++);
    number(format, value, book_.runs().place(at, 6));
  }
}

void SheetReader::formula(const BiffRecord& record) {
  ByteReader in(book_.data(record));
  const CellHead head = cell_head(in);
  const std::uint64_t raw = in.u64le();
  if (!in.ok()) return;
  cell(head.row, head.column);
  if (book_.biff8) {
    const ByteRange tokens = tokens_of_formula(book_.view(), record);
    words_of(formula_strings(book_.view(), tokens.begin, tokens.end), formulas_);
  }
  if (raw >> 48 != 0xffff) return number(head.format, std::bit_cast<double>(raw), book_.at(record));
  const unsigned kind = raw & 0xff, value = raw >> 16 & 0xff;
  if (kind == 1) cells_.words(value != 0 ? "TRUE" : "FALSE", book_.at(record));
  if (kind == 2) cells_.words(error_name(value), book_.at(record));  // 0: a STRING follows; 3: empty
}

// A result of more characters than a record holds goes on in CONTINUE records.
void SheetReader::long_result(const BiffRecord& record, BiffReader& reader) {
  std::vector<BiffRecord> chunks{record};
  BiffRecord more;
  while (reader.peek() == 0x3c && chunks.size() < 1000 && reader.next(more)) chunks.push_back(more);
  StringCursor cursor(book_.view(), std::move(chunks), 0, record.begin);
  const std::uint64_t count = cursor.u16();
  const bool wide = (cursor.u8() & 1) != 0;
  if (cursor.ok()) book_.text(cursor.characters(count, wide), cells_);
}

void SheetReader::words_of(std::span<const StringPart> strings, TextFlow& flow) {
  for (const StringPart& part : strings) {
    book_.text({&part, 1}, flow);
    flow.line();
  }
}

void SheetReader::other(const BiffRecord& record, BiffReader& reader) {
  switch (record.id) {
    case 0x1c: note(record); break;
    case 0x5d: {  // OBJ: its first part names it
      ByteReader in(book_.data(record));
      in.skip(6);
      object_ = in.u16le();
      break;
    }
    case 0x1b6: text_object(record, reader); break;
    case 0x1b8: link(record); break;
    case 0x1be:  // DV
      if (book_.biff8) words_of(validation_strings(book_.view(), record), prompts_);
      break;
    case 0x14: case 0x15:
      book_.text(short_string(book_.view(), record.begin, record.begin + record.size, book_.biff8 ? 2 : 1, book_.biff8), headers_);
      headers_.line();
      break;
    default: break;
  }
}

void SheetReader::text_object(const BiffRecord& record, BiffReader& reader) {
  ByteReader in(book_.data(record));
  in.skip(10);
  const std::uint64_t count = in.u16le();
  std::vector<BiffRecord> chunks;
  BiffRecord more;
  while (reader.peek() == 0x3c && chunks.size() < 1000 && reader.next(more)) chunks.push_back(more);
  if (!in.ok() || count == 0 || chunks.empty()) return;
  StringCursor cursor(book_.view(), chunks, 0, chunks[0].begin);
  const bool wide = (cursor.u8() & 1) != 0;
  objects_[object_] = cursor.characters(count, wide);
}

void SheetReader::note(const BiffRecord& record) {
  ByteReader in(book_.data(record));
  const unsigned row = in.u16le(), column = in.u16le(), flags = in.u16le();
  const std::string place = ++notes_ <= most_noted ? name_ + "!" + cell_name(row, column) : name_ + ", more comments";
  comments_.place(book_.work.place(place));
  if (!book_.biff8) {  // BIFF5 keeps the text here; the third word is its length
    const std::uint64_t size = std::min<std::uint64_t>(flags, in.left());
    const StringPart part{record.begin + 6, size, false};
    book_.text({&part, 1}, comments_);
  } else {
    const unsigned object = in.u16le();
    const auto author = short_string(book_.view(), record.begin + 8, record.begin + record.size, 2, true);
    book_.text(author, comments_);
    comments_.words(": ", book_.at(record));
    const auto text = objects_.find(object);
    if (text != objects_.end()) {
      book_.text(text->second, comments_);
      objects_.erase(text);
    }
  }
  comments_.line();
}

void SheetReader::link(const BiffRecord& record) {
  if (record.size < 24) return;
  const Hyperlink link = parse_hyperlink(book_.data(record).substr(24));
  links_.words(link.target, book_.runs().place(record.begin + 24 + link.at.begin, link.at.size()));
  links_.line();
  book_.count(link.target.size());
}

void SheetReader::give() {
  name_segment();
  cells_.line();
  cells_.flush();
  comments_.flush();
  TextFlow boxes(book_.work.emit, "body");
  boxes.place(book_.work.place(name_ + ", text boxes"));
  for (const auto& [id, parts] : objects_) {
    book_.text(parts, boxes);
    boxes.line();
  }
  boxes.flush();
  links_.flush();
  headers_.flush();
  formulas_.flush();
  prompts_.flush();
}

}  // namespace evtriage::ole
