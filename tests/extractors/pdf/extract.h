// What the tests of this folder share: a fixture, and what extract_pdf makes of bytes.
#pragma once
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

#include "extractors/pdf/pdf.h"
#include "tests/support/fake_emit.h"

namespace evtriage {

inline std::string fixture(const std::string& name) {
  std::ifstream file(std::string(EVTRIAGE_SOURCE_DIR) + "/tests/extractors/pdf/data/" + name, std::ios::binary);
  EXPECT_TRUE(file) << name;
  return {std::istreambuf_iterator<char>(file), {}};
}

inline FakeEmit extract(const std::string& bytes, const ExtractOptions& options = {}) {
  FakeEmit emit(bytes.size());
  extract_pdf(Resident(Blob::own(bytes)), {"application/pdf", "", "a.pdf"}, options, emit);
  return emit;
}

inline std::string value(const FakeEmit& emit, const std::string& name) {
  for (const auto& [key, text] : emit.properties) {
    if (key == name) return text;
  }
  return "(none)";
}

// Everything that was emitted, in one string: equal strings, equal emissions.
inline std::string everything(const FakeEmit& emit) {
  std::string out;
  for (const auto& [key, text] : emit.properties) out += key + "=" + text + "\n";
  for (const TextSegment& segment : emit.texts) {
    const ByteRange source = segment.map.to_source(segment.owned);
    out += segment.origin + "|" + segment.place + "|" + std::to_string(source.begin) + ".." + std::to_string(source.end) + "|" + std::string(segment.utf8.chars());
  }
  for (const auto& [child, bytes] : emit.children) out += child.step.name + "|" + child.media_type + "|" + bytes + "\n";
  for (const Issue& issue : emit.issues) out += std::string(to_string(issue.code)) + " " + issue.detail + "\n";
  return out + (emit.is_encrypted ? "encrypted" : "");
}

}  // namespace evtriage
