// The binary workbook (XLSB): the same package and relationships as XLSX, its parts are records instead of XML.
// MS-XLSB 2.4.  Formulas are read for their results; strings inside formulas are not taken out.
// Tested by tests/extractors/office/xlsb_test.cpp.
#include <bit>
#include <charconv>
#include <map>
#include <utility>

#include "extractors/office/biff12.h"
#include "extractors/office/ooxml.h"
#include "extractors/office/sheet_text.h"
#include "extractors/office/text_group.h"
#include "pipeline/core/text.h"

namespace evtriage {
namespace {

constexpr std::size_t most_property_bytes = 64u << 10, segment_bytes = 64u << 10;

enum Record : std::uint32_t {
  row_header = 0, cell_rk = 2, cell_error = 3, cell_bool = 4, cell_real = 5, cell_string = 6, cell_shared = 7, formula_string = 8,
  formula_number = 9, formula_bool = 10, shared_item = 19, defined_name = 39, number_format = 44, cell_xf = 47, column_info = 60,
  cell_rich = 62, validation = 64, workbook_properties = 153, bundle_sheet = 156, header_footer = 479, hyperlink = 494,
  begin_cell_xfs = 617, end_cell_xfs = 618, comment_author = 632, begin_comment = 635, comment_text = 637
};

class Book {
 public:
  explicit Book(Ooxml& document) : document_(document), package_(document.package) {}

  void read(const std::string& name) {
    name_of_book_ = name;
    list(name);
    const Relationships relationships = Relationships::read(package_, name);
    for (const std::string& part : relationships.of_type("styles")) records(part, [this](Biff12& in) { style(in); });
    for (const std::string& part : relationships.of_type("sharedStrings")) shared(part);
    for (const Sheet& sheet : sheets_) {
      if (document_.emit.stop_requested()) return;
      const std::string part = relationships.with_id(sheet.id);
      if (part.empty() || package_.was_read(part)) {
        package_.issue(Code::corrupt, "sheet " + sheet.name + (part.empty() ? ": no relationship leads to it" : " is a part that was read before"));
        continue;
      }
      this->sheet(part, sheet.name, remark_of(sheet));
    }
    finish(name, relationships);
  }

 private:
  struct Sheet {
    std::string name, id;
    std::uint32_t state = 0;
  };
  static std::string remark_of(const Sheet& sheet) { return sheet.state == 1 ? " (hidden sheet)" : sheet.state == 2 ? " (very hidden sheet)" : ""; }

  template <class Each>
  void records(const std::string& name, Each each) {
    package_.read_bytes(name, [&](PartStream& stream, ByteRange data) {
      Biff12 in(stream);
      while (in.next() && !document_.emit.stop_requested()) each(in);
      if (in.is_cut() && !stream.error()) package_.issue(Code::truncated, printable(name) + ": the part ends inside a record", data);
      if (in.shortened() > 0) {
        package_.issue(Code::limit, printable(name) + ": record_bytes=" + std::to_string(Biff12::most_body_bytes) + ": " + std::to_string(in.shortened()) + " records are cut", data);
      }
    });
  }

  void list(const std::string& name) {
    records(name, [this](const Biff12& in) {
      ByteReader body = in.body();
      if (in.type() == workbook_properties) from_1904_ = (body.u32le() & 1) != 0;
      if (in.type() == bundle_sheet) {
        Sheet sheet;
        sheet.state = body.u32le();
        body.skip(4);
        sheet.id = wide_string(body);
        sheet.name = wide_string(body);
        if (body.ok() && package_.keeps(sheet.id.size() + 4 * sheet.name.size())) sheets_.push_back(std::move(sheet));
      }
      if (in.type() == defined_name) {
        body.skip(4 + 1 + 4);
        note(names_, wide_string(body));
        if (names_.size() >= segment_bytes) give_names(name_of_book_);
      }
    });
  }

  void style(const Biff12& in) {
    ByteReader body = in.body();
    if (in.type() == number_format) {
      const std::uint16_t id = body.u16le();
      codes_[id] = format_of_code(wide_string(body));
    }
    if (in.type() == begin_cell_xfs || in.type() == end_cell_xfs) in_cell_xfs_ = in.type() == begin_cell_xfs;
    if (in.type() != cell_xf || !in_cell_xfs_) return;
    body.skip(2);
    const std::uint16_t id = body.u16le();
    const auto code = codes_.find(id);
    document_.styles.add(code == codes_.end() ? format_of_number(id) : code->second);
  }

  void shared(const std::string& name) {
    SharedStrings& strings = document_.strings;
    records(name, [&](const Biff12& in) {
      ByteReader body = in.body();
      if (in.type() == shared_item) strings.add(rich_string(body));
    });
    if (strings.is_cut()) package_.issue(Code::limit, strings.limit(), package_.place_of(name));
  }

  void sheet(const std::string& part, const std::string& name, const std::string& remark) {
    SheetText text(document_.emit, printable(name), remark);
    const ByteRange data = package_.place_of(part);
    text.set_source(data);
    const std::string prompts = "links, headings and prompts of sheet ";
    std::string notes;
    row_ = 0;
    bad_ = 0;
    records(part, [&](const Biff12& in) {
      switch (in.type()) {
        case row_header: return begin_row(in, text);
        case column_info: return hide(in, text);
        case validation: case header_footer: case hyperlink:
          remember(in, notes);
          if (notes.size() >= segment_bytes) emit_segment(document_.emit, std::exchange(notes, {}), data, "body", prompts + printable(name) + remark);
          return;
        default: return cell(in, text);
      }
    });
    text.end_row();
    text.flush();
    if (bad_ > 0) {
      package_.issue(Code::corrupt, "sheet " + printable(name) + ": " + std::to_string(bad_) + " cells name a place or a shared string that does not exist", data);
    }
    emit_segment(document_.emit, std::move(notes), data, "body", prompts + printable(name) + remark);
    const Relationships around = Relationships::read(package_, part);
    for (const std::string& comments : around.of_type("comments")) {
      if (!package_.was_read(comments)) this->comments(comments, "comment of sheet " + printable(name) + remark);
    }
    read_graphics(document_, around, "sheet " + printable(name) + remark);
  }

  // 2.4.745: row, style, height, two bytes of flags; bit 4 of the second: height 0.
  void begin_row(const Biff12& in, SheetText& text) {
    ByteReader body = in.body();
    const std::uint32_t row = body.u32le();
    body.skip(4 + 2 + 1);
    const bool is_hidden = (body.u8() & 0x10) != 0;
    if (!body.ok() || row >= most_rows) {
      ++bad_;
      return;
    }
    text.end_row();
    row_ = row + 1;
    text.begin_row(row_, is_hidden);
  }

  static void hide(const Biff12& in, SheetText& text) {
    ByteReader body = in.body();
    const std::uint32_t first = body.u32le(), last = body.u32le();
    body.skip(8);
    if ((body.u16le() & 1) != 0 && body.ok() && last >= first) text.hide_columns(first, last);
  }

  void cell(const Biff12& in, SheetText& text) {
    if (in.type() < cell_rk || (in.type() > formula_bool && in.type() != cell_rich)) return;
    ByteReader body = in.body();
    const std::uint32_t column = body.u32le(), style = body.u32le() & 0xffffff;
    std::string value;
    switch (in.type()) {
      case cell_rk: value = shown(rk_number(body.u32le()), style); break;
      case cell_real: case formula_number: value = shown(std::bit_cast<double>(body.u64le()), style); break;
      case cell_bool: case formula_bool: value = body.u8() != 0 ? "TRUE" : "FALSE"; break;
      case cell_string: case formula_string: value = wide_string(body); break;
      case cell_rich: value = rich_string(body); break;
      case cell_shared: {
        const auto string = document_.strings.show(body.u32le());
        if (!string && !document_.strings.is_cut()) ++bad_;
        value = string.value_or("");
        break;
      }
      default: return;
    }
    if (!body.ok() || column >= most_columns || row_ == 0) {
      ++bad_;
      return;
    }
    text.cell(column, value);
  }

  std::string shown(double value, std::uint32_t style) const {
    char digits[32];
    const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    std::string out;
    append_shown(out, {digits, static_cast<std::size_t>(end - digits)}, document_.styles.at(style), from_1904_);
    return out;
  }

  static void note(std::string& notes, std::string_view text) {
    if (!text.empty()) notes.append(text).append("\n");
  }

  static void remember(const Biff12& in, std::string& notes) {
    ByteReader body = in.body();
    unsigned strings = 6;
    if (in.type() == header_footer) body.skip(2);
    if (in.type() == hyperlink) {  // a range, the relationship, then where to, tip and words
      body.skip(16);
      (void)wide_string(body);
      strings = 3;
    }
    if (in.type() == validation) {  // the ranges, then titles and words of error and prompt
      body.skip(4);
      body.skip(std::uint64_t{16} * body.u32le());
      strings = 4;
    }
    for (unsigned i = 0; i < strings && body.ok(); ++i) note(notes, wide_string(body));
  }

  void comments(const std::string& name, const std::string& place) {
    std::vector<std::string> authors;
    std::string text, author;
    records(name, [&](const Biff12& in) {
      ByteReader body = in.body();
      if (in.type() == comment_author) {
        std::string one = wide_string(body);
        if (package_.keeps(one.size())) authors.push_back(std::move(one));
      }
      if (in.type() == begin_comment) {
        const std::uint32_t by = body.u32le(), row = body.u32le();
        body.skip(4);
        const std::uint32_t column = body.u32le();
        author = column < most_columns && row < most_rows ? column_name(column) + std::to_string(row + 1) + " " : "";
        author += written_by(by < authors.size() ? authors[by] : "", "");
      }
      if (in.type() == comment_text) text += author + rich_string(body) + "\n";
      if (text.size() >= segment_bytes) emit_segment(document_.emit, std::exchange(text, {}), package_.place_of(name), "comment", place);
    });
    emit_segment(document_.emit, std::move(text), package_.place_of(name), "comment", place);
  }

  void finish(const std::string& name, const Relationships& relationships) {
    std::string names, hidden;
    for (const Sheet& sheet : sheets_) {
      if (names.size() < most_property_bytes) names += (names.empty() ? "" : ", ") + printable(sheet.name);
      if (sheet.state != 0 && hidden.size() < most_property_bytes) hidden += (hidden.empty() ? "" : ", ") + printable(sheet.name);
    }
    if (!names.empty()) document_.emit.property("sheets", names);
    if (!hidden.empty()) document_.emit.property("hidden-sheets", hidden);
    emit_segment(document_.emit, names, package_.place_of(name), "metadata", "sheet names");
    give_names(name);
    if (document_.strings.is_spent()) package_.issue(Code::limit, document_.strings.spent(), package_.place_of(name));
    for (const std::string& part : relationships.of_type("sharedStrings")) {
      emit_segment(document_.emit, document_.strings.unshown(), package_.place_of(part), "hidden", "shared strings that no cell shows");
    }
  }

  void give_names(const std::string& book) {
    emit_segment(document_.emit, std::exchange(names_, {}), package_.place_of(book), "body", "defined names");
  }

  Ooxml& document_;
  Package& package_;
  std::string name_of_book_;
  std::vector<Sheet> sheets_;
  std::map<std::uint16_t, CellFormat> codes_;
  std::string names_;
  std::uint32_t row_ = 0;
  std::uint64_t bad_ = 0;
  bool from_1904_ = false, in_cell_xfs_ = false;
};

}  // namespace

void read_binary_workbook(Ooxml& document, const std::string& name) { Book(document).read(name); }

}  // namespace evtriage
