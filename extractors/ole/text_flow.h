// TextFlow: text of one origin, gathered character by character with its way back, and handed to `emit` in segments
// of moderate size.  Segments end at line ends (64 KiB), at the latest at 128 KiB.
// Tested by tests/extractors/ole/parts_test.cpp.
#pragma once
#include <string>
#include <string_view>

#include "extractors/html_text.h"
#include "extractors/ole/byte_runs.h"
#include "pipeline/core/plugin.h"

namespace evtriage::ole {

class TextFlow {
 public:
  TextFlow(Emit& emit, std::string origin) : emit_(emit), origin_(std::move(origin)) {}
  TextFlow(const TextFlow&) = delete;
  TextFlow& operator=(const TextFlow&) = delete;

  void place(std::string place);  // for people; ends the segment if it changes
  void rename(std::string place) { place_ = std::move(place); }  // of the segment that is open
  void is_message(bool yes) { is_message_ = yes; }
  void keep_whole() { whole_ = true; }             // no segments; the text is taken at the end
  MappedText take();

  // One character out of `source`.  Controls but tab and line feed are dropped.
  void put(char32_t code, ByteRange source);
  // UTF-8 that was made of `source` as a whole.
  void words(std::string_view utf8, ByteRange source);
  // `bytes` lie at `offset` of the stream that `runs` is; `encoding` is an IANA name.
  void text(std::string_view bytes, std::string_view encoding, const ByteRuns& runs, std::uint64_t offset);
  void made(char c);  // a blank, tab or line end that stands for structure
  void line();        // ends the line if one is begun
  void flush();

  bool at_line_start() const { return text_.empty() || text_.back() == '\n'; }
  bool empty() const { return text_.empty(); }
  std::uint64_t total() const { return total_; }         // bytes of UTF-8 so far
  const std::string& excerpt() const { return excerpt_; }  // the first 4096 bytes

 private:
  void extend(std::size_t text, ByteRange source, bool exact);
  void close_run();
  void maybe_flush();
  Emit& emit_;
  std::string origin_, place_, text_, excerpt_;
  OffsetMap map_;
  bool is_message_ = false, whole_ = false;
  std::uint64_t total_ = 0;
  std::size_t run_text_ = 0;  // bytes of text in the run that is still open
  ByteRange run_;
  std::uint8_t text_unit_ = 0, source_unit_ = 0;
};

// What a person could read of HTML, its comments and link targets; `html` is UTF-8 and its map leads to the item.
// Returns the first 4096 bytes of the visible text.
std::string emit_html_text(const MappedText& html, const std::string& place, bool is_message, Emit& emit);

// The name of a Windows code page ("windows-1256" for 1256); windows-1252 if it is not known.
std::string_view code_page_name(unsigned code_page);
// The code page of a Windows language id, for files that name no code page.
unsigned code_page_of_language(unsigned language);
// Decoded without a map: names, properties.  Cut at the first NUL.
std::string to_utf8(std::string_view bytes, std::string_view encoding);

}  // namespace evtriage::ole
