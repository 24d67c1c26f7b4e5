// Sectors are looked at by their first bytes; what looks like a begin is followed by the rules of its format.
// Tested by tests/extractors/disk/carve_test.cpp and tests/fuzz/fuzz_carve.cpp.
#include "extractors/disk/carve.h"

#include <algorithm>
#include <cstring>

#include "extractors/disk/carve_formats.h"

namespace evtriage::disk {
namespace {

using std::string_view_literals::operator""sv;  // NOLINT(misc-unused-using-decls): the check does not see literals

constexpr std::uint64_t sector_bytes = 512, window_bytes = 1u << 20;
constexpr std::size_t carved_most = 1u << 20;
constexpr std::uint64_t work_floor = 1u << 30, work_factor = 8;

struct Kind {
  std::size_t offset;
  std::string_view mark, suffix;
  std::uint64_t (*length)(const Piecewise& bytes);  // 0: it is none, or not whole
};
constexpr Kind kinds[] = {
    {0, "\xff\xd8\xff"sv, "jpg", jpeg_length},       {0, "\x89PNG\r\n\x1a\n"sv, "png", png_length},
    {0, "%PDF-"sv, "pdf", pdf_length},               {0, "PK\3\4"sv, "zip", zip_length},
    {0, "SQLite format 3\0"sv, "db", sqlite_length}, {4, "ftyp"sv, "mp4", mp4_length},
};

const Kind* kind_of(std::string_view begin) {
  for (const Kind& kind : kinds) {
    if (begin.size() >= kind.offset && begin.substr(kind.offset).starts_with(kind.mark)) return &kind;
  }
  return nullptr;
}

}  // namespace

std::optional<Carved> carve_at(const Content& volume, ByteRange run, std::uint64_t& work) {
  const Piecewise bytes(volume, run);
  const Kind* const kind = kind_of(bytes.at(0, 16));
  if (kind == nullptr) return std::nullopt;
  const std::uint64_t length = kind->length(bytes);
  work += bytes.work();
  if (length == 0 || length > run.size()) return std::nullopt;
  return Carved{{run.begin, run.begin + length}, kind->suffix};
}

std::vector<Carved> carve(const Content& volume, const RangeSet& free, Emit& emit) {
  std::vector<Carved> out;
  std::uint64_t work = 0, most = work_floor;
  for (const ByteRange& run : free.ranges()) most += work_factor * run.size();
  for (const ByteRange& run : free.ranges()) {
    std::uint64_t at = (run.begin + sector_bytes - 1) / sector_bytes * sector_bytes;
    while (at < run.end && run.end - at >= sector_bytes && !emit.stop_requested()) {
      const std::uint64_t end = std::min(run.end, at + window_bytes);
      const Result<Blob> window = volume.read({at, end});
      std::uint64_t next = end;
      for (std::uint64_t place = at; window && place + 16 <= end; place += sector_bytes) {
        if (kind_of(window->chars().substr(static_cast<std::size_t>(place - at), 16)) == nullptr) continue;
        const std::optional<Carved> found = carve_at(volume, {place, run.end}, work);
        if (out.size() == carved_most || work > most) {
          const std::string limit = out.size() == carved_most ? "carved=" + std::to_string(carved_most) : "carve_work=" + std::to_string(most);
          emit.issue({Code::limit, "", limit + ": files in free space were not looked for beyond byte " + std::to_string(place), std::nullopt, true});
          return out;
        }
        if (!found) continue;
        out.push_back(*found);
        next = (found->range.end + sector_bytes - 1) / sector_bytes * sector_bytes;
        break;
      }
      at = next;
    }
  }
  return out;
}

}  // namespace evtriage::disk
