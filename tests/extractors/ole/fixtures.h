// The committed fixtures, and the two readers over them.  How each was made: data/README.md.
#pragma once
#include <fstream>
#include <iterator>
#include <string>

#include "extractors/ole/ole.h"
#include "tests/support/fake_emit.h"

namespace evtriage::ole_test {

inline std::string fixture(const std::string& name) {
  std::ifstream in(std::string(EVTRIAGE_SOURCE_DIR) + "/tests/extractors/ole/data/" + name, std::ios::binary);
  EXPECT_TRUE(in.good()) << name;
  return {std::istreambuf_iterator<char>(in), {}};
}

inline FakeEmit read_ole(const std::string& bytes, std::vector<std::string> passwords = {}) {
  FakeEmit emit(bytes.size());
  extract_ole(Resident(Blob::own(bytes)), {"", "", ""}, {std::move(passwords)}, emit);
  return emit;
}

inline FakeEmit read_rtf(const std::string& bytes) {
  FakeEmit emit(bytes.size());
  extract_rtf(Resident(Blob::own(bytes)), {"", "", ""}, {}, emit);
  return emit;
}

inline std::string property(const FakeEmit& emit, std::string_view name) {
  for (const auto& [key, value] : emit.properties) {
    if (key == name) return value;
  }
  return "(none)";
}

inline std::string at_place(const FakeEmit& emit, std::string_view place, std::string_view origin = "body") {
  std::string out;
  for (const TextSegment& segment : emit.texts) {
    if (segment.place == place && segment.origin == origin) out += segment.utf8.chars();
  }
  return out;
}

inline bool has_issue(const FakeEmit& emit, Code code, std::string_view part = "") {
  return std::any_of(emit.issues.begin(), emit.issues.end(), [&](const Issue& i) { return i.code == code && i.detail.find(part) != std::string::npos; });
}

// UTF-16LE of ASCII and Latin-1 text.
inline std::string wide(std::string_view latin1) {
  std::string out;
  for (const char c : latin1) (out += c) += '\0';
  return out;
}

}  // namespace evtriage::ole_test
