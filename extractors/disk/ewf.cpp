// An EWF image gives one child: the medium, with the digests that the image claims for it, which the engine compares.
// Tested by tests/extractors/disk/ewf_test.cpp.
#include <algorithm>

#include "extractors/disk/disk.h"
#include "extractors/disk/ewf_media.h"

namespace evtriage {
namespace disk {
namespace {

// The ranges that the acquisition could not read hold zeros that nobody wrote.
void tell_unread(const EwfMap& map, std::uint64_t media_bytes, Child& child) {
  constexpr std::size_t told = 100;
  for (const ByteRange& range : map.unread) {
    const ByteRange here{std::min(range.begin, media_bytes), std::min(range.end, media_bytes)};
    if (child.issues.size() == told) {
      child.issues.push_back({Code::io_read, "", std::to_string(map.unread.size() - told) + " further ranges could not be read when the image was made", std::nullopt, true});
      return;
    }
    child.issues.push_back({Code::io_read, "", "could not be read when the image was made: these bytes were filled in", here, true});
  }
}

}  // namespace
}  // namespace disk

void extract_ewf(const Content& content, const Identity& identity, const ExtractOptions&, Emit& emit) {
  if (identity.media_type != "application/x-ewf") {
    const bool is_logical = identity.media_type == "application/x-ewf-logical";
    return emit.issue({Code::unsupported, "", is_logical ? "a logical evidence file (L01): recognised, but not read" : "an Ex01 image: recognised, but not read", std::nullopt, true});
  }
  const Result<disk::EwfMap> map = disk::read_ewf_map(content);
  if (!map) return emit.issue({map.error().code, "", map.error().detail, std::nullopt, true});
  for (const Property& property : map->properties) emit.property(property.name, property.value);
  for (const Issue& issue : map->issues) emit.issue(issue);
  const auto media = std::make_shared<disk::EwfMedia>(content, *map);
  Child child;
  child.step = {StepKind::stream, 1, std::nullopt, "media"};
  child.kind = ItemKind::member;
  child.is_media = true;
  if (!map->md5.empty()) child.properties.push_back({"stored:md5", map->md5});
  if (!map->sha1.empty()) child.properties.push_back({"stored:sha1", map->sha1});
  if (media->size() < map->media_bytes) {
    child.issues.push_back({Code::truncated, "", "the medium had " + std::to_string(map->media_bytes) + " bytes, of which the image holds " + std::to_string(media->size()),
                            std::nullopt, true});
  }
  disk::tell_unread(*map, media->size(), child);
  emit.child(std::move(child), media);
}

}  // namespace evtriage
