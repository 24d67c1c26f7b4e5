// The error log of one document.  Syntax warnings are left out: the library read what they are about.
//
// SPDX-License-Identifier: GPL-2.0-or-later
// Tested by tests/extractors/pdf/damage_test.cpp.
#include "extractors/pdf/errors.h"

#include <poppler/Error.h>

#include <string_view>

#include "pipeline/core/text.h"

namespace evtriage {
namespace {

constexpr std::size_t most_missing = 8, most_message = 160;

PdfErrorLog*& current_log() {
  static constinit PdfErrorLog* log = nullptr;
  return log;
}

void on_error(ErrorCategory category, Goffset offset, const char* message) {
  PdfErrorLog* log = current_log();
  if (log == nullptr || message == nullptr) return;
  const std::string_view text(message);
  const bool missing = category == errUnimplemented || text.starts_with("Couldn't find '") || text.starts_with("Unknown character collection");
  if (missing) return log->add(PdfErrorLog::Kind::missing, offset, std::string(text));
  if (category == errSyntaxError || category == errInternal || category == errIO) log->add(PdfErrorLog::Kind::damage, offset, std::string(text));
}

std::string shown(const std::string& message) {
  std::string text = printable(message.substr(0, most_message));
  for (char& c : text) c = static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  return text;
}

}  // namespace

PdfErrorLog::PdfErrorLog() {
  current_log() = this;
  setErrorCallback(on_error);
}

PdfErrorLog::~PdfErrorLog() { current_log() = nullptr; }

void PdfErrorLog::clear() {
  damages_ = 0;
  first_.clear();
  missing_.clear();
}

void PdfErrorLog::add(Kind kind, std::int64_t offset, std::string message) {
  if (kind == Kind::missing) {
    if (missing_.size() < most_missing) missing_.insert(shown(message));
    return;
  }
  if (damages_++ != 0) return;
  first_ = shown(message);
  first_offset_ = offset;
}

void PdfErrorLog::tell(Emit& emit) const {
  if (damages_ > 0) {
    std::string detail = std::to_string(damages_) + (damages_ == 1 ? " place breaks" : " places break") +
                         " the rules of PDF; what could be read was. First: " + first_;
    if (first_offset_ >= 0) detail += " (near byte " + std::to_string(first_offset_) + ")";
    emit.issue({Code::corrupt, "pdf", std::move(detail), {}, true});
  }
  if (missing_.empty()) return;
  std::string detail = "not everything could be turned into text:";
  for (const std::string& message : missing_) detail += (detail.back() == ':' ? " " : "; ") + message;
  emit.issue({Code::unsupported, "pdf", std::move(detail), {}, true});
}

}  // namespace evtriage
