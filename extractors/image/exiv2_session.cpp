// One file through Exiv2; see the header.
//
// SPDX-License-Identifier: GPL-2.0-or-later
// Tested by tests/extractors/image/image_test.cpp.
#include "extractors/image/exiv2_session.h"

#include <exiv2/exiv2.hpp>

#include "pipeline/core/text.h"

namespace evtriage {
namespace {

constexpr std::size_t most_message = 160;

Exiv2Session*& current_session() {
  static constinit Exiv2Session* session = nullptr;
  return session;
}

void on_message(int level, const char* message) {
  if (current_session() != nullptr && message != nullptr) current_session()->add(level, message);
}

}  // namespace

Exiv2Session::Exiv2Session() {
  current_session() = this;
  Exiv2::LogMsg::setHandler(on_message);
  Exiv2::LogMsg::setLevel(Exiv2::LogMsg::warn);
  Exiv2::enableBMFF(true);
}

Exiv2Session::~Exiv2Session() {
  if (reset_) Exiv2::XmpParser::terminate();  // the next packet initialises it anew
  Exiv2::LogMsg::setHandler(nullptr);
  current_session() = nullptr;
}

void Exiv2Session::add(int, const char* message) {
  if (count_++ != 0) return;
  first_ = printable(std::string_view(message).substr(0, most_message));
  while (!first_.empty() && (first_.back() == '\n' || first_.back() == ' ')) first_.pop_back();
}

void Exiv2Session::tell(Emit& emit) const {
  if (count_ == 0) return;
  emit.issue({Code::corrupt, "image", std::to_string(count_) + (count_ == 1 ? " place" : " places") +
              " in the metadata could not be read as they should. First: " + first_, {}, true});
}

}  // namespace evtriage
