// Runs one function of the plain family over bytes and gives what it emitted.
#pragma once
#include <string>

#include "extractors/plain/plain.h"
#include "tests/support/fake_emit.h"

namespace evtriage {

using PlainFunction = void (*)(const Content&, const Identity&, const ExtractOptions&, Emit&);

inline FakeEmit run_plain(PlainFunction function, const std::string& bytes, std::string_view name = "x", std::string_view type = "text/plain") {
  FakeEmit emit(bytes.size());
  function(Resident(Blob::own(bytes)), {type, "", name}, {}, emit);
  return emit;
}

inline std::string all_text(const FakeEmit& emit) {
  std::string out;
  for (const TextSegment& segment : emit.texts) {
    out += std::string(segment.utf8.chars().substr(segment.owned.begin, segment.owned.end - segment.owned.begin));
  }
  return out;
}

// "place: text" of each segment, for whole expectations.
inline std::string outline(const FakeEmit& emit) {
  std::string out;
  for (const TextSegment& segment : emit.texts) out += "<" + segment.place + "> " + std::string(segment.utf8.chars()) + "|";
  return out;
}

// Every truncation, and each byte replaced in turn: no crash, and the contract that FakeEmit asserts.
inline void torment(PlainFunction function, const std::string& bytes, std::string_view name = "x") {
  for (std::size_t size = 0; size < bytes.size(); ++size) run_plain(function, bytes.substr(0, size), name);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    for (const char c : {'\0', '"', '<', '\xff', ':'}) {
      std::string changed = bytes;
      changed[i] = c;
      run_plain(function, changed, name);
    }
  }
}

}  // namespace evtriage
