// See archive.h: which way an item is read, by its first bytes and not by its name.
//
// One layer at a time: what is compressed twice gives one stream, which the engine examines again, so that its depth
// limit is the only one; tar and cpio behind one filter are read through it.
// Tested by tests/extractors/archive/archive_test.cpp.
#include "extractors/archive/archive.h"

#include "extractors/archive/walk.h"

namespace evtriage {
namespace {

using archives::Filter;
using archives::Window;

constexpr std::uint32_t most_dictionary = 256u << 20;

Filter filter_of(std::string_view head, const Identity& identity) {
  struct Mark {
    std::string_view bytes;
    Filter filter;
  };
  constexpr Mark marks[] = {{"\x1f\x8b", Filter::gzip}, {"BZh", Filter::bzip2}, {std::string_view("\xfd" "7zXZ\0", 6), Filter::xz},
                            {"\x28\xb5\x2f\xfd", Filter::zstd}, {"\x04\x22\x4d\x18", Filter::lz4}, {"\x02\x21\x4c\x18", Filter::lz4},
                            {"LZIP", Filter::lzip}, {"\x1f\x9d", Filter::compress}};
  for (const Mark& mark : marks) {
    if (head.starts_with(mark.bytes)) return mark.filter;
  }
  // lzma has no mark: properties, a dictionary size with two zeros, and somebody who says so.
  const bool said = identity.media_type == "application/x-lzma" || identity.name.ends_with(".lzma") || identity.name.ends_with(".tlz");
  // The dictionary is allocated as declared: one above most_dictionary is not given to the library.
  const bool bounded = head.size() > 4 && static_cast<unsigned char>(head[4]) < most_dictionary >> 24;
  if (said && bounded && head.starts_with(std::string_view("\x5d\0\0", 3))) return Filter::lzma;
  return Filter::none;
}

}  // namespace

void extract_archive(const Content& content, const Identity& identity, const ExtractOptions& options, Emit& emit) {
  std::string head;
  if (const Result<Blob> read = content.read({0, std::min<std::uint64_t>(content.size(), 16)}); read) head = read->chars();
  const bool zip_first = head.starts_with("PK\3\4") || head.starts_with("PK\5\6") || head.starts_with("PK00PK\3\4");
  if (zip_first && archives::walk_zip(content, options, emit)) return;
  if (archives::walk_archive(content, filter_of(head, identity), identity, emit)) return;
  if (!zip_first && archives::walk_zip(content, options, emit)) return;
  emit.issue({Code::unsupported, std::string("archive"), "no archive format that is known here", {}, true});
}

bool has_zip_at_end(const Content& content) {
  Window window(content);
  const std::optional<archives::ZipDirectory> found = archives::read_zip_directory(window);
  return found && !found->entries.empty();
}

bool prepare_archives() { return archives::load_character_table(); }

}  // namespace evtriage
