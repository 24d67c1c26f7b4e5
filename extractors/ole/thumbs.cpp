// Catalog (Windows 2000 to XP): a head, then for each picture its size, number, time and file name.  The stream of
// picture 12 is named "21"; a head of 12 bytes stands before its JPEG.
// Tested by tests/extractors/ole/parts_test.cpp.
#include "extractors/ole/thumbs.h"

#include <algorithm>

#include "extractors/ole/text_flow.h"
#include "pipeline/core/byte_reader.h"

namespace evtriage::ole {

void read_thumbnails(Work& work) {
  const auto catalog = work.file.find(0, "Catalog");
  if (!catalog || work.file.entries()[*catalog].is_storage) return;
  const StreamBytes stream = work.load(*catalog, 64 << 20);
  ByteReader in(stream.view());
  const std::size_t head = in.u16le();
  in.skip(head >= 2 ? head - 2 : 0);
  TextFlow names(work.emit, "metadata");
  names.place("names of files in Thumbs.db");
  while (in.left() >= 16 && !work.emit.stop_requested()) {
    const std::size_t begin = in.position();
    const std::uint64_t size = in.u32le();
    if (size < 16 || size - 4 > in.left()) break;
    std::string digits = std::to_string(in.u32le());
    NewChild child;
    child.modified_ns = filetime_ns(in.u64le());
    const std::string_view name = in.chars(size - 16);
    child.name = to_utf8(name, "utf-16le");
    child.media_type = "image/jpeg";
    names.text(name.substr(0, name.size() >= 4 ? name.size() - 4 : 0), "utf-16le", stream.runs, begin + 16);
    names.line();
    std::reverse(digits.begin(), digits.end());
    const auto picture = work.file.find(0, digits);
    if (!picture || work.used[*picture]) continue;
    const ByteRuns& bytes = work.file.entries()[*picture].bytes;
    const auto front = StreamContent(work.file.content(), bytes).read({0, std::min<std::uint64_t>(bytes.size(), 4)});
    if (!front || front->size() < 4) continue;
    work.used[*picture] = true;
    const std::uint64_t skip = ByteReader(front->view()).u32le();
    work.children.add_runs(std::move(child), work.file.content(), skip == 12 ? bytes.cut(12, bytes.size()) : bytes);
  }
  names.flush();
}

}  // namespace evtriage::ole
