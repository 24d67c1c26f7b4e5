// The blocks of a medium that were decoded last, within a budget of bytes.
// Tested by tests/extractors/disk/ewf_test.cpp.
#pragma once
#include <cstdint>
#include <list>
#include <unordered_map>
#include <utility>

#include "pipeline/core/content.h"

namespace evtriage::disk {

class BlockCache {  // used from one thread
 public:
  explicit BlockCache(std::uint64_t most_bytes) : most_bytes_(most_bytes) {}
  const Blob* find(std::uint64_t number) {
    const auto known = places_.find(number);
    if (known == places_.end()) return nullptr;
    blocks_.splice(blocks_.begin(), blocks_, known->second);
    return &blocks_.front().second;
  }
  const Blob& add(std::uint64_t number, Blob bytes) {
    bytes_ += bytes.size();
    blocks_.emplace_front(number, std::move(bytes));
    places_[number] = blocks_.begin();
    while (bytes_ > most_bytes_ && blocks_.size() > 1) {
      bytes_ -= blocks_.back().second.size();
      places_.erase(blocks_.back().first);
      blocks_.pop_back();
    }
    return blocks_.front().second;
  }

 private:
  std::uint64_t most_bytes_, bytes_ = 0;
  std::list<std::pair<std::uint64_t, Blob>> blocks_;  // latest first
  std::unordered_map<std::uint64_t, std::list<std::pair<std::uint64_t, Blob>>::iterator> places_;
};

// Reads a range out of blocks of equal size; `block(number)` gives a whole block, the last one may be shorter.
template <class Block>
Result<Blob> read_blocks(ByteRange range, std::uint64_t size, std::uint64_t block_bytes, const Block& block) {
  if (range.begin > range.end || range.end > size) return Error{Code::truncated, "read past the end"};
  if (range.size() == 0) return Blob();
  std::string out;
  for (std::uint64_t at = range.begin; at < range.end;) {
    const std::uint64_t number = at / block_bytes, inside = at % block_bytes;
    const Result<Blob> bytes = block(number);
    if (!bytes) return bytes.error();
    const Blob part = bytes->slice(inside, range.end - at);
    if (part.size() == range.size()) return part;
    if (part.empty()) return Error{Code::corrupt, "a block is shorter than it should be"};
    if (out.empty()) out.reserve(static_cast<std::size_t>(range.size()));
    out += part.chars();
    at += part.size();
  }
  return Blob::own(std::move(out));
}

}  // namespace evtriage::disk
