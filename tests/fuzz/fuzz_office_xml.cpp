// link: evtriage_office evtriage_core
// Any bytes as the one part of a package that each reader is given: the parsers behind the ZIP directory, without
// its checks in the way.  The first byte chooses the name of the part.
#include <cstdint>

#include "extractors/office/office.h"
#include "tests/extractors/office/make_zip.h"
#include "tests/fuzz/null_emit.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using evtriage::office_test::Member;
  if (size == 0) return 0;
  const std::string xml(reinterpret_cast<const char*>(data + 1), size - 1);
  const char* const names[] = {"_rels/.rels", "[Content_Types].xml", "x.xml", "content.xml", "styles.xml", "meta.xml", "META-INF/manifest.xml", "META-INF/container.xml", "META-INF/encryption.xml", "a.opf"};
  const unsigned which = data[0] % 10;
  std::vector<Member> members = {{names[which], xml}};
  if (which == 9) members.push_back({"META-INF/container.xml", "<container><rootfile full-path='a.opf'/></container>"});
  if (which == 2) members.push_back({"xl/sharedStrings.xml", "<sst><si><t>shared</t></si></sst>"});
  const evtriage::Resident file(evtriage::Blob::own(evtriage::office_test::zip(members)));
  evtriage::NullEmit emit;
  which < 3 ? evtriage::extract_ooxml(file, {}, {}, emit) : which < 7 ? evtriage::extract_odf(file, {}, {}, emit) : evtriage::extract_epub(file, {}, {}, emit);
  return 0;
}
