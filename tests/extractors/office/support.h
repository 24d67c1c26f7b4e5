// Samples, small ZIP files made here (stored, so that a test can say where its bytes lie), and short calls.
#pragma once
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "extractors/office/office.h"
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

inline std::uint32_t crc_of(std::string_view bytes) {  // ISO 3309, bit by bit
  std::uint32_t crc = 0xffffffff;
  for (const char c : bytes) {
    crc ^= static_cast<unsigned char>(c);
    for (int i = 0; i < 8; ++i) crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xedb88320u : 0u);
  }
  return ~crc;
}

inline std::string little(std::uint64_t value, unsigned bytes) {
  std::string out;
  for (unsigned i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xff);
  return out;
}

struct Member {
  std::string name, bytes;
  unsigned flags = 0, method = 0;
  std::uint32_t claimed_size = 0;  // 0: the true one
  std::string own_name = {};       // in the local header, if another
};

inline std::string zip(const std::vector<Member>& members) {
  std::string out, directory;
  for (const Member& member : members) {
    const std::uint64_t at = out.size(), size = member.claimed_size != 0 ? member.claimed_size : member.bytes.size();
    const std::string own = member.own_name.empty() ? member.name : member.own_name;
    const std::string common = little(20, 2) + little(member.flags, 2) + little(member.method, 2) + little(0, 4) + little(crc_of(member.bytes), 4) +
                               little(member.bytes.size(), 4) + little(size, 4);
    out += "PK\3\4" + common + little(own.size(), 2) + little(0, 2) + own + member.bytes;
    directory += "PK\1\2" + little(20, 2) + common + little(member.name.size(), 2) + little(0, 12) + little(at, 4) + member.name;
  }
  const std::string end = "PK\5\6" + little(0, 4) + little(members.size(), 2) + little(members.size(), 2) + little(directory.size(), 4) + little(out.size(), 4) + little(0, 2);
  return out + directory + end;
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
