// Pictures and embedded objects inside RTF: hexadecimal or binary bytes that become children.
// Tested by tests/extractors/ole/rtf_test.cpp.
#pragma once
#include <memory>
#include <string>

#include "extractors/ole/work.h"

namespace evtriage::ole {

class RtfBytes {  // collects the bytes of one \pict or \objdata group
 public:
  // `picture_type`: 0 unknown, 1 PNG, 2 JPEG, 3 EMF, 4 WMF, 5 DIB, 6 PICT, 7 bitmap.
  void begin(Emit& emit, bool is_object, ByteRange source);
  bool is_open() const { return spool_ != nullptr; }
  void picture_type(unsigned type) { type_ = type; }
  void hex(char digit);  // anything but a hexadecimal digit is ignored
  void raw(ByteView bytes);
  // Emits the child or children and closes.  `class_name`: of the object, if the file told it.
  void end(Emit& emit, Children& children, const std::string& class_name);

 private:
  void push();
  void give_object(Emit& emit, Children& children, const ContentPtr& content, const std::string& class_name);
  std::unique_ptr<Spool> spool_;
  std::string buffer_;
  bool is_object_ = false, half_ = false, full_ = false;
  unsigned type_ = 0, high_ = 0;
  std::uint64_t count_ = 0;
  ByteRange source_;
};

}  // namespace evtriage::ole
