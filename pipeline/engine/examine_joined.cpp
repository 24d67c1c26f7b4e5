// What an item is besides its own bytes: a segment of a split image, a part of a split archive, the carrier of an archive.
// Tested by tests/pipeline/engine/examine_test.cpp, attached_test.cpp and tests/whole/disk_test.py.
#include <algorithm>

#include "pipeline/core/range_content.h"
#include "pipeline/engine/attached.h"
#include "pipeline/engine/examine_item.h"
#include "pipeline/engine/item_kinds.h"

namespace evtriage {

bool ItemRun::starts_image(const Content& first) {
  const Result<Blob> head = first.read({0, std::min(first.size(), head_bytes)});
  if (!head) return false;
  const std::string type = unit_.context().identifier->identify(head->view(), first.size(), {}, unit_.worker().cookie()).media_type;
  return is_ewf(type) || is_joined_by_us(type);
}

// A file that only goes on with a split image is read there; here it has its digests.
bool ItemRun::goes_on_with_image() {
  if (!first_segment_ || !(is_ewf(record_.media_type) || is_counted(raw_name_))) return false;
  Worker::FirstSegment& known = unit_.worker().first_segment();
  if (known.row != row_ || raw_name_.ends_with("01")) {  // 01: it may be the first itself, which goes on with none
    const ContentPtr first = first_segment_();
    if (!first) return false;
    known = {row_, starts_image(*first)};
  }
  goes_on_ = true;
  if (!known.is_image) return false;
  out_.property("disk:segment", "read together with the first file of the image");
  if (!resident() && !hashed_) hash_large();
  return true;
}

void ItemRun::give_joined() {
  Child media;
  media.step = {StepKind::stream, 1, std::nullopt, "media"};
  media.is_media = true;
  child(std::move(media), joined_);
}

void ItemRun::tell_unread_container() {
  const bool is_noise = record_.media_type == "application/octet-stream";
  const bool is_part = is_noise && (is_split_part(raw_name_) || (is_counted(raw_name_) && goes_on_));
  const bool is_last = !is_part && is_noise && ends_split_zip(resident() ? static_cast<const Content&>(Resident(bytes_)) : *content_);
  if (record_.media_type == "application/onenote") {
    out_.issue({Code::unsupported, "extract", "a section of OneNote: its words are searched as raw strings, without pages; files that lie in it are children", std::nullopt, true});
    return;
  }
  if (!is_part && !is_last && !is_unread_container(record_.media_type)) return;
  out_.issue({Code::unsupported, "extract",
              is_part   ? "by its name a part of a file that was split: the parts are not put together, it is searched for strings only"
              : is_last ? "the last part of a ZIP that was split: the parts are not put together, its members are not taken out"
                        : "an archive of a kind that is recognised, but whose members are not taken out",
              std::nullopt, true});
  unread_ = true;
}

// Archives behind or inside what is no archive itself.
void ItemRun::give_attached() {
  const Depth depth = is_raw_space(record_.kind) ? Depth::none : attached_depth(record_.media_type);
  if (depth == Depth::none || unit_.stopped()) return;
  const bool everywhere = depth == Depth::whole_of_any_size || (depth == Depth::whole_if_small && resident());
  const ContentPtr bytes = resident() ? evtriage::resident(bytes_) : content_;
  std::vector<Attached> found = find_attached(*bytes, everywhere);
  std::erase_if(found, [&](const Attached& one) { return one.range.begin >= tail_given_; });
  if (found.size() >= most_attached) {
    out_.issue({Code::limit, "attached", "attached=" + std::to_string(most_attached) + ": further archives inside the item are not taken out", std::nullopt, true});
  }
  for (const Attached& one : found) {
    Child archive;
    archive.step = {StepKind::member, last_number_ + 1, std::nullopt, std::string(one.name)};
    archive.kind = ItemKind::embedded;
    archive.extent = one.range;
    out_.child(std::move(archive), std::make_shared<RangeContent>(bytes, one.range));
  }
}

}  // namespace evtriage
