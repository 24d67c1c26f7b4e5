// One message (RFC 5322 and MIME) into properties, texts, children and a row: the body of the mail extractor.
// Tested by tests/extractors/mail_test.cpp.
#pragma once
#include "pipeline/core/plugin.h"

namespace evtriage {

struct MailFrame {          // what stands around a message in its file
  ByteRange message;        // bytes of the item
  bool deleted = false;     // a flag of the mail program says so
};

void read_mail(const Blob& item, const MailFrame& frame, Emit& emit);

}  // namespace evtriage
