// link: evtriage_office evtriage_core
// Any bytes as each part of a binary workbook, inside a package that is whole: no crash, valid UTF-8, total maps.
#include <cstdint>

#include "extractors/office/office.h"
#include "tests/extractors/office/make_zip.h"
#include "tests/fuzz/null_emit.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using evtriage::office_test::Member;
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const std::string open = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">", close = "</Relationships>";
  const auto link = [](const std::string& id, const std::string& type, const std::string& target) {
    return "<Relationship Id=\"" + id + "\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/" + type + "\" Target=\"" + target + "\"/>";
  };
  const std::string sheet = std::string("\x9c\x01\x16", 3) + std::string(8, '\0') + std::string("\1\0\0\0r\0", 6) + std::string("\2\0\0\0a\0b\0", 8);
  const std::vector<Member> members = {
      {"_rels/.rels", open + link("r", "officeDocument", "xl/workbook.bin") + close},
      {"xl/workbook.bin", sheet + bytes},
      {"xl/_rels/workbook.bin.rels", open + link("r", "worksheet", "s.bin") + link("t", "sharedStrings", "t.bin") + link("y", "styles", "y.bin") + close},
      {"xl/_rels/s.bin.rels", open + link("c", "comments", "c.bin") + close},
      {"xl/s.bin", bytes}, {"xl/t.bin", bytes}, {"xl/y.bin", bytes}, {"xl/c.bin", bytes}};
  const evtriage::Resident file(evtriage::Blob::own(evtriage::office_test::zip(members)));
  evtriage::NullEmit emit;
  evtriage::extract_ooxml(file, {}, {}, emit);
  return 0;
}
