// MS-DOC: text of every part of a Word document, character by character with its place in the file.
//
// Fields: the code (what Word computes from) is kept apart from the result (what a person sees); the target of a
// HYPERLINK is origin "link", other codes are origin "field".  Deleted and hidden runs have their own origins.
// Tested by tests/extractors/ole/doc_test.cpp; fuzzed by tests/fuzz/fuzz_ole.cpp.
#include <algorithm>

#include "extractors/encoding.h"
#include "extractors/ole/art.h"
#include "extractors/ole/doc_file.h"
#include "extractors/ole/field_code.h"
#include "extractors/ole/rc4.h"
#include "extractors/ole/text_flow.h"
#include "extractors/ole/work.h"
#include "pipeline/core/byte_reader.h"

namespace evtriage::ole {
namespace {

struct Part {
  const char* origin;
  const char* place;
};
constexpr Part parts[8] = {{"body", ""},          {"body", "footnotes"}, {"header", "headers and footers"}, {"macro", "macros"},
                           {"comment", "comments"}, {"body", "endnotes"},  {"body", "text boxes"},            {"header", "text boxes of headers"}};

class DocText {  // one part of the document: the state of fields, cells and paragraphs
 public:
  DocText(Work& work, const Part& part) : work_(work), part_(part), shown_(work.emit, part.origin), deleted_(work.emit, "deleted"), hidden_(work.emit, "hidden"),
        links_(work.emit, "link"), fields_(work.emit, "field") {
    for (TextFlow* flow : {&deleted_, &hidden_, &links_, &fields_}) flow->place(work.place(part.place));
  }

  void put(char32_t code, ByteRange source, bool deleted, bool hidden) {
    if (code == 0x13) return begin_field(source);
    if (code == 0x14) return end_code();
    if (code == 0x15) return end_field();
    if (!open_.empty() && open_.back()) {
      code_.put(code, source);
      return;
    }
    TextFlow& flow = deleted ? deleted_ : hidden ? hidden_ : shown_;
    if (&flow == &shown_ && shown_.empty()) shown_.place(work_.place(place_of_paragraph()));
    structure(flow, code, source);
    before_ = code;
  }
  void finish() {
    end_code();
    for (TextFlow* flow : {&shown_, &deleted_, &hidden_, &links_, &fields_}) flow->flush();
  }
  std::uint64_t total() const { return shown_.total() + deleted_.total() + hidden_.total(); }

 private:
  std::string place_of_paragraph() const {
    return *part_.place != '\0' ? part_.place : "paragraph " + std::to_string(paragraph_);
  }
  void structure(TextFlow& flow, char32_t code, ByteRange source) {
    switch (code) {
      case 0x07:  // the end of a cell; straight after another one, of a row
        flow.put(before_ == 0x07 ? U'\n' : U'\t', source);
        break;
      case 0x0d: case 0x0b: case 0x0c: case 0x0e:
        flow.put(U'\n', source);
        if (code == 0x0d) ++paragraph_;
        break;
      case 0x1e: flow.put(U'-', source); break;
      default: flow.put(code, source);  // drops 0x1f, the hyphen that is only shown at a line's end, and other marks
    }
  }
  void begin_field(ByteRange source) {
    if (open_.size() < 64) open_.push_back(true);
    code_.clear();
    code_.put(U' ', source);
  }
  void end_code() {
    if (open_.empty() || !open_.back()) return;
    open_.back() = false;
    code_.give(links_, fields_);
  }
  void end_field() {
    end_code();
    if (!open_.empty()) open_.pop_back();
  }

  Work& work_;
  const Part& part_;
  TextFlow shown_, deleted_, hidden_, links_, fields_;
  FieldCode code_;
  std::vector<bool> open_;  // fields that are open; true: still in the code
  std::uint64_t paragraph_ = 1;
  char32_t before_ = 0;
};

class DocReader {
 public:
  DocReader(Work& work, StreamBytes word, StreamBytes table, Fib fib)
      : work_(work), word_(std::move(word)), table_(std::move(table)), fib_(std::move(fib)) {
    encoding_ = fib_.is_old ? code_page_name(code_page_of_language(fib_.language)) : std::string_view("windows-1252");
    upper_ = upper_half(encoding_);
  }

  void run() {
    if (fib_.is_encrypted && !word_.decrypted) {
      work_.emit.encrypted();
      return work_.issue(Code::encrypted, "doc", fib_.is_obfuscated ? "the document is obfuscated with a password (XOR); its text was not read"
                                                                    : "the document is encrypted, and no password opened it; its text was not read");
    }
    const std::string_view tables = fib_.is_old ? word_.view() : table_.view();
    pieces_ = parse_pieces(fib_, slice(tables, fib_.table(33)), word_.view().size());
    if (!fib_.is_old) marks_ = parse_marks(slice(tables, fib_.table(12)), word_.view());
    if (pieces_.empty()) work_.issue(Code::corrupt, "doc", "no piece of text can be found in the document");
    std::uint64_t at = 0;
    for (std::size_t i = 0; i < 8; ++i) {
      DocText text(work_, parts[i]);
      read(at, at + fib_.lengths[i], text);
      text.finish();
      at += fib_.lengths[i];
      read_ += text.total();
    }
    if (!pieces_.empty() && pieces_.back().end < at) {
      work_.issue(Code::truncated, "doc", "the piece table ends at character " + std::to_string(pieces_.back().end) + " of " + std::to_string(at));
    }
    if (!fib_.is_old) names();
    if (!fib_.is_old) pictures();
  }

 private:
  static std::string_view slice(std::string_view bytes, ByteRange range) {
    if (range.begin >= bytes.size()) return {};
    return bytes.substr(static_cast<std::size_t>(range.begin), static_cast<std::size_t>(range.size()));
  }

  void read(std::uint64_t begin, std::uint64_t end, DocText& text) {
    auto piece = std::partition_point(pieces_.begin(), pieces_.end(), [&](const Piece& p) { return p.end <= begin; });
    for (; piece != pieces_.end() && piece->begin < end && !work_.emit.stop_requested(); ++piece) {
      const std::uint64_t first = std::max(begin, piece->begin), past = std::min(end, piece->end);
      if (first >= past) continue;
      const std::uint64_t from = piece->offset + (first - piece->begin) * piece->unit;
      if (text.total() > most_stream_bytes) {  // pieces may overlap: hostile tables repeat the same bytes
        return work_.issue(Code::limit, "doc", "text=" + std::to_string(most_stream_bytes) + " bytes: the rest was not read");
      }
      piece->unit == 2 ? wide(from, past - first, text) : narrow(from, past - first, text);
    }
  }
  void wide(std::uint64_t offset, std::uint64_t count, DocText& text) {
    ByteReader in(slice(word_.view(), {offset, offset + count * 2}));
    while (in.left() >= 2) {
      const std::uint64_t at = offset + in.position();
      char32_t code = in.u16le();
      std::uint64_t size = 2;
      if (code >= 0xd800 && code < 0xdc00 && in.left() >= 2) {
        ByteReader ahead = in;
        const char32_t low = ahead.u16le();
        if (low >= 0xdc00 && low < 0xe000) {
          code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
          size = 4;
          in = ahead;
        }
      }
      put(code, at, size, text);
    }
  }
  void narrow(std::uint64_t offset, std::uint64_t count, DocText& text) {
    const std::string_view bytes = slice(word_.view(), {offset, offset + count});
    for (std::size_t i = 0; i < bytes.size();) {
      const auto byte = static_cast<unsigned char>(bytes[i]);
      std::size_t size = 1;
      char32_t code = byte;
      if (byte >= 0x80 && upper_ != nullptr) {
        code = upper_[byte - 0x80] != 0 ? static_cast<char32_t>(upper_[byte - 0x80]) : U'\ufffd';
      } else if (byte >= 0x80) {  // two bytes of an East Asian code page
        size = std::min<std::size_t>(2, bytes.size() - i);
        const std::string one = decode(bytes.substr(i, size), encoding_, 0).utf8;
        code = one.empty() ? U'\ufffd' : decode_utf8(one, 0).code;
      }
      put(code, offset + i, size, text);
      i += size;
    }
  }
  void put(char32_t code, std::uint64_t offset, std::uint64_t size, DocText& text) {
    if (offset < mark_.begin || offset >= mark_.end) {
      const auto after = std::partition_point(marks_.begin(), marks_.end(), [&](const Mark& m) { return m.begin <= offset; });
      mark_ = after == marks_.begin() ? Mark{0, marks_.empty() ? ~std::uint64_t{0} : marks_[0].begin, false, false} : *(after - 1);
      if (offset >= mark_.end) mark_ = {mark_.end, after == marks_.end() ? ~std::uint64_t{0} : after->begin, false, false};
    }
    text.put(code, word_.runs.place(offset, size), mark_.deleted, mark_.hidden);
  }

  // People: authors of comments (GrpXstAtnOwners), of changes (SttbfRMark), and who saved it where (SttbSavedBy).
  void names() {
    TextFlow flow(work_.emit, "metadata");
    flow.place(work_.place("names in the document"));
    list(fib_.table(36), false, "Comment author", flow);
    list(fib_.table(51), true, "Reviser", flow);
    list(fib_.table(71), true, "Saved by", flow);
    flow.flush();
  }
  void list(ByteRange range, bool headed, std::string_view label, TextFlow& flow) {
    ByteReader in(slice(table_.view(), range));
    if (headed) in.skip(6);
    for (int i = 0; i < 1000 && in.left() >= 2; ++i) {
      const std::uint64_t units = in.u16le();
      const std::uint64_t at = range.begin + in.position();
      const std::string_view name = in.chars(units * 2);
      if (!in.ok() || units > 1024) return;
      if (name.empty()) continue;
      flow.words(std::string(label) + ": ", table_.runs.place(at, name.size()));
      flow.text(name, "utf-16le", table_.runs, at);
      flow.line();
    }
  }

  void pictures() {
    const std::string_view drawing = slice(table_.view(), fib_.table(50));  // DggInfo
    for (const std::uint32_t at : delayed_pictures(drawing)) {
      if (at < word_.view().size()) read_pictures(work_, word_, at, word_.view().size(), true);
    }
  }

  Work& work_;
  StreamBytes word_, table_;
  Fib fib_;
  std::string_view encoding_;
  const char16_t* upper_ = nullptr;
  std::vector<Piece> pieces_;
  std::vector<Mark> marks_;
  Mark mark_;
  std::uint64_t read_ = 0;
};

// Data: pictures that stand in a line of text, each behind a PICF.
void read_data(Work& work, const StreamBytes& data) {
  std::uint64_t at = 0;
  while (at + 68 <= data.view().size() && !work.emit.stop_requested()) {
    ByteReader in(data.view().substr(static_cast<std::size_t>(at)));
    const std::uint64_t length = in.u32le(), header = in.u16le();
    const unsigned kind = in.u16le();
    if (length < 68 || header < 68 || header > length || length > data.view().size() - at) {
      at += 1;  // other things stand in between: look for the next PICF
      continue;
    }
    std::uint64_t begin = at + header;
    if (kind == 0x66 && begin < at + length) begin += 1 + static_cast<unsigned char>(data.view()[static_cast<std::size_t>(begin)]);
    if ((kind == 0x64 || kind == 0x66) && begin < at + length) read_pictures(work, data, begin, at + length, false);
    at += kind == 0x64 || kind == 0x66 || header == 68 ? length : 1;
  }
}

// The first `clear` bytes are not encrypted.
void unlock(const Rc4& cipher, StreamBytes& stream, std::size_t clear) {
  std::string plain = decrypt_rc4(cipher, stream.view(), 512);
  plain.replace(0, std::min(clear, plain.size()), stream.view().substr(0, clear));
  stream.bytes = Blob::own(std::move(plain));
  stream.decrypted = true;
}

}  // namespace

bool read_doc(Work& work, EntryId storage) {
  const auto main = work.file.find(storage, "WordDocument");
  if (!main || work.file.entries()[*main].is_storage) return false;
  StreamBytes word = work.load(*main);
  Result<Fib> fib = parse_fib(word.view());
  const auto second = work.file.find(storage, "1Table"), first = work.file.find(storage, "0Table"), data = work.file.find(storage, "Data");
  for (const auto& id : {second, first, data}) {
    if (id) work.used[*id] = true;
  }
  if (!fib) {
    work.issue(fib.error().code, "doc", fib.error().detail);
    return true;
  }
  const auto& named = fib->has_second_table ? second : first;
  if (!named && !fib->is_old) work.issue(Code::corrupt, "doc", "the table stream that the document names does not exist");
  StreamBytes table = named ? work.load(*named) : StreamBytes{}, pictures = data ? work.load(*data) : StreamBytes{};
  if (fib->is_encrypted && !fib->is_obfuscated && !fib->is_old) {
    const auto cipher = open_rc4(table.view().substr(0, fib->key_bytes), work.options.passwords);
    if (cipher) {
      work.emit.property("encryption", "RC4, opened");
      for (StreamBytes* stream : {&word, &table, &pictures}) unlock(*cipher, *stream, stream == &word ? 68 : 0);
      fib = parse_fib(word.view());
    }
  }
  const bool open = fib && (!fib->is_encrypted || word.decrypted);
  if (fib) DocReader(work, std::move(word), std::move(table), *std::move(fib)).run();
  if (open) read_data(work, pictures);
  return true;
}

}  // namespace evtriage::ole
