// Leaves of a message: what one is, and how it becomes a child or a text.
// Tested by tests/extractors/mail_test.cpp.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "extractors/html_text.h"
#include "extractors/mime.h"
#include "extractors/transfer.h"
#include "pipeline/core/plugin.h"

namespace evtriage {

struct MailLeaf {
  std::string name, media_type, charset;   // valid UTF-8
  Transfer transfer = Transfer::identity;
  ByteRange range;                         // its body, still encoded
  bool is_text = false;                    // a body to read, not an attachment
  bool is_flowed = false, deletes_blanks = false;
  bool is_cms = false, is_uuencoded = false, is_external = false, is_partial = false;
};
MailLeaf leaf_of(const MimePart& part);

class MailChildren {  // numbers, names and hands over the children of one message
 public:
  MailChildren(const Blob& item, Emit& emit) : item_(item), emit_(emit) {}
  void add(const MailLeaf& leaf, bool encrypted);                               // bytes of the message
  void add_made(std::string name, std::string media_type, std::string bytes);  // bytes that were unwrapped
  std::uint64_t& count() { return number_; }  // for children that an HTML body holds
  std::vector<std::string> take_names() { return std::move(names_); }

 private:
  Child next(const std::string& name, std::string media_type);
  void spool(const MailLeaf& leaf, Child child);
  const Blob& item_;
  Emit& emit_;
  std::uint64_t number_ = 0;
  std::vector<std::string> names_;
};

// Deletion marks that mail programs leave until a mailbox is compacted: X-Mozilla-Status (hexadecimal, 0x0008 is
// "expunged"), X-Status of older programs ("D").
bool marks_deletion(std::string_view mozilla_status, std::string_view x_status);

// One text as segments: whole if it is small, else in pieces that overlap and own what begins in them.
void emit_mail_text(MappedText words, std::string origin, bool is_message, Emit& emit, std::string place = "");

}  // namespace evtriage
