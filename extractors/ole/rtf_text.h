// RtfText: where the characters of an RTF go, with their places: one flow for each kind of text, the information
// group as properties, HTML that was wrapped in RTF (MS-OXRTFEX) as HTML again.
// Tested by tests/extractors/ole/rtf_test.cpp.
#pragma once
#include <string>

#include "extractors/ole/field_code.h"
#include "extractors/ole/rtf_reader.h"
#include "extractors/ole/rtf_words.h"
#include "extractors/ole/text_flow.h"

namespace evtriage::ole {

class RtfText {
 public:
  RtfText(const RtfOptions& options, Emit& emit);

  struct Style {
    Into into = Into::body;
    bool hidden = false, deleted = false;
    bool html_rtf = false;  // text that only RTF needs, not the HTML inside
  };
  void from_html() { is_html_ = true; }
  void put(char32_t code, ByteRange source, const Style& style);
  void paragraph(ByteRange source, const Style& style, char32_t mark);  // a line end or a tab that a control word stands for
  // A group with a destination of its own begins or ends.
  void begin(Into into, ByteRange source);
  void end(Into into);
  void date(WordKind kind, std::int64_t number);  // one word of \creatim and the like
  std::string finish();  // hands everything over; the first 4096 bytes of visible text
  const std::string& object_class() const { return object_class_; }
  void forget_object_class() { object_class_.clear(); }

 private:
  struct Date {
    WordKind which = WordKind::none;
    std::int64_t year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
  };
  void give_date();
  TextFlow& flow_of(const Style& style);
  ByteRange place(ByteRange source) const { return options_.source ? *options_.source : source; }
  void information(Into into, char32_t code, ByteRange source);

  const RtfOptions& options_;
  Emit& emit_;
  bool is_html_ = false, html_full_ = false;
  TextFlow body_, header_, footnotes_, comments_, deleted_, hidden_, links_, fields_, metadata_, html_;
  FieldCode code_;
  std::string value_, custom_name_, object_class_;
  std::uint64_t paragraph_ = 1;
  Date date_;
};

}  // namespace evtriage::ole
