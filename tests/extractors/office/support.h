// Samples, small documents made here, and short calls.
#pragma once
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "extractors/office/office.h"
#include "tests/extractors/office/make_zip.h"
#include "tests/support/fake_emit.h"

namespace evtriage::office_test {

inline std::string sample(const std::string& name) {
  std::ifstream in(EVTRIAGE_SOURCE_DIR "/tests/extractors/office/data/" + name, std::ios::binary);
  EXPECT_TRUE(in) << name;
  return {std::istreambuf_iterator<char>(in), {}};
}

using Function = void (*)(const Content&, const Identity&, const ExtractOptions&, Emit&);
inline FakeEmit run(Function function, const std::string& bytes) {
  FakeEmit emit(bytes.size());
  function(Resident(Blob::own(bytes)), {}, {}, emit);
  return emit;
}

inline const std::string kTypes = R"(<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>)";
inline std::string relationships(const std::string& inner) {
  return R"(<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">)" + inner + "</Relationships>";
}
inline std::string relationship(const std::string& id, const std::string& type, const std::string& target, const std::string& more = "") {
  return "<Relationship Id=\"" + id + "\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/" + type + "\" Target=\"" + target + "\"" + more + "/>";
}

// A document of one part in WordprocessingML, `body` inside w:body, and more members.
inline std::string docx(const std::string& body, std::vector<Member> more = {}) {
  std::vector<Member> members = {
      {"[Content_Types].xml", kTypes},
      {"_rels/.rels", relationships(relationship("rId1", "officeDocument", "word/document.xml"))},
      {"word/document.xml", R"(<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" )"
                            R"(xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>)" + body + "</w:body></w:document>"}};
  for (Member& member : more) members.push_back(std::move(member));
  return zip(members);
}

inline std::string places(const FakeEmit& emit, std::string_view origin) {
  std::string out;
  for (const TextSegment& segment : emit.texts) {
    if (segment.origin == origin) out += segment.place + "\n";
  }
  return out;
}
inline std::string at_place(const FakeEmit& emit, std::string_view place) {
  for (const TextSegment& segment : emit.texts) {
    if (segment.place == place) return std::string(segment.utf8.chars());
  }
  return "(no such place)";
}
inline std::string property(const FakeEmit& emit, std::string_view name) {
  for (const auto& [key, value] : emit.properties) {
    if (key == name) return value;
  }
  return "(none)";
}
inline std::string issues(const FakeEmit& emit) {
  std::string out;
  for (const Issue& issue : emit.issues) out += std::string(to_string(issue.code)) + ": " + issue.detail + "\n";
  return out;
}
inline std::string child_names(const FakeEmit& emit) {
  std::string out;
  for (const auto& [child, bytes] : emit.children) out += child.step.name + "\n";
  return out;
}

}  // namespace evtriage::office_test
