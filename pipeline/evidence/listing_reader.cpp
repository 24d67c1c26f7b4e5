// Reading the listing: a cut file is incomplete, a changed one is corrupt, and the two never look alike.
// Tested by tests/pipeline/evidence/listing_test.cpp and tests/fuzz/fuzz_listing.cpp.
#include "pipeline/evidence/listing_reader.h"

#include <algorithm>

namespace evtriage::evidence {
namespace {

Error damaged() { return {Code::corrupt, "the listing of the evidence is damaged"}; }

std::string_view type_of(BlockType type) {
  static constexpr char kTypes[] = {'H', 'E', 'T'};
  return {&kTypes[type == BlockType::header ? 0 : type == BlockType::entries ? 1 : 2], 1};
}

}  // namespace

Result<std::optional<ListingReader>> ListingReader::open(ContentPtr file) {
  ListingReader listing(std::move(file));
  const auto begin = listing.read_magic_and_header();
  if (!begin) return begin.error();
  if (!*begin) return std::optional<ListingReader>();
  for (std::uint64_t offset = **begin;;) {
    auto payload = listing.payload_at(offset);
    if (!payload) return payload.error();
    if (payload->bytes.empty()) return std::optional<ListingReader>();
    const std::string_view bytes = payload->bytes.chars();
    if (bytes.substr(0, 1) == type_of(BlockType::trailer)) {
      if (bytes != encode_trailer(listing.tally_) || payload->next != listing.file_->size()) return damaged();
      return std::optional<ListingReader>(std::move(listing));
    }
    listing.blocks_.push_back({listing.tally_.total().entries, offset});
    if (!listing.take_entries(bytes)) return damaged();
    offset = payload->next;
  }
}

Result<std::optional<std::uint64_t>> ListingReader::read_magic_and_header() {
  const std::uint64_t there = std::min<std::uint64_t>(kListingMagic.size(), file_->size());
  const auto magic = file_->read({0, there});
  if (!magic) return magic.error();
  if (magic->chars() != kListingMagic.substr(0, static_cast<std::size_t>(there))) {
    if (magic->chars().find_first_not_of('\0') == std::string_view::npos) return std::optional<std::uint64_t>();
    return damaged();
  }
  if (there < kListingMagic.size()) return std::optional<std::uint64_t>();
  const auto header = payload_at(kListingMagic.size());
  if (!header) return header.error();
  if (header->bytes.empty()) return std::optional<std::uint64_t>();
  if (!take_header(header->bytes.chars())) return damaged();
  return std::optional<std::uint64_t>(header->next);
}

Result<ListingReader::Payload> ListingReader::payload_at(std::uint64_t offset) const {
  const std::uint64_t left = file_->size() - offset;
  if (left < kFrameHead_bytes) return Payload{};
  const auto head_bytes = file_->read({offset, offset + kFrameHead_bytes});
  if (!head_bytes) return head_bytes.error();
  const FrameHead head = read_frame_head(head_bytes->chars());
  if (head.state == FrameHead::State::unwritten) return Payload{};
  if (head.state == FrameHead::State::corrupt) return damaged();
  if (head.payload_bytes > left - kFrameHead_bytes) return Payload{};
  const std::uint64_t begin = offset + kFrameHead_bytes;
  auto bytes = file_->read({begin, begin + head.payload_bytes});
  if (!bytes) return bytes.error();
  if (crc32c(bytes->chars()) != head.payload_check) return damaged();
  return Payload{*std::move(bytes), begin + head.payload_bytes};
}

bool ListingReader::take_header(std::string_view payload) {
  ByteReader reader(payload);
  if (reader.chars(1) != type_of(BlockType::header)) return false;
  header_.resident_bytes = reader.varint();
  for (std::uint64_t left = reader.varint(); left > 0 && reader.ok(); --left) {
    ListedExhibit exhibit;
    exhibit.label = reader.chars(reader.varint());
    exhibit.name = reader.chars(reader.varint());
    exhibit.kind = reader.chars(reader.varint());
    header_.exhibits.push_back(std::move(exhibit));
  }
  tally_ = Tally(header_.exhibits.size(), header_.resident_bytes);
  return reader.ok() && reader.left() == 0;
}

bool ListingReader::take_entries(std::string_view payload) {
  ByteReader reader(payload);
  if (reader.chars(1) != type_of(BlockType::entries)) return false;
  std::uint64_t ordinal = reader.varint();
  const std::uint64_t count = reader.varint();
  if (ordinal != tally_.total().entries || count == 0 || count > kBlockEntries) return false;
  Entry entry;
  for (std::uint64_t i = 0; i < count; ++i) {
    entry.ordinal = ordinal++;
    if (!read_record(reader, entry) || entry.exhibit >= header_.exhibits.size()) return false;
    // Numbers count up inside an exhibit: a record cannot be lost between two blocks.
    if (entry.number != tally_.exhibits()[entry.exhibit].entries + 1) return false;
    tally_.add(entry);
  }
  return reader.ok() && reader.left() == 0;
}

Result<std::vector<Entry>> ListingReader::entries(std::uint64_t first, std::uint64_t count) {
  constexpr std::size_t kAtOnce_bytes = 64 << 20;
  std::vector<Entry> out;
  if (first >= tally_.total().entries) return out;
  count = std::min(count, tally_.total().entries - first);
  const bool elsewhere = payload_.empty() || first < next_ordinal_ || first - next_ordinal_ > left_;
  if (elsewhere) {
    const auto after = std::upper_bound(blocks_.begin(), blocks_.end(), first,
                                        [](std::uint64_t ordinal, const Block& b) { return ordinal < b.first; });
    if (auto entered = enter(static_cast<std::uint64_t>(after - blocks_.begin()) - 1); !entered) return entered.error();
  }
  out.reserve(static_cast<std::size_t>(std::min(count, kBlockEntries)));
  for (std::size_t bytes = 0; out.size() < count && bytes < kAtOnce_bytes;) {
    if (left_ == 0) {
      if (auto entered = enter(block_ + 1); !entered) return entered.error();
    }
    if (!step()) return damaged();
    if (entry_.ordinal < first) continue;
    out.push_back(entry_);
    bytes += sizeof(Entry) + entry_.path.size() + entry_.detail.size();
  }
  return out;
}

Result<void> ListingReader::enter(std::uint64_t block) {
  if (block >= blocks_.size()) return damaged();
  auto payload = payload_at(blocks_[static_cast<std::size_t>(block)].offset);
  if (!payload) return payload.error();
  ByteReader reader(payload->bytes.chars());
  reader.skip(1);
  next_ordinal_ = reader.varint();
  left_ = reader.varint();
  if (!reader.ok() || next_ordinal_ != blocks_[static_cast<std::size_t>(block)].first || left_ == 0) return damaged();
  block_ = block;
  payload_ = std::move(payload->bytes);
  at_ = reader.position();
  entry_ = Entry();
  return {};
}

bool ListingReader::step() {
  ByteReader reader(payload_.chars().substr(at_));
  entry_.ordinal = next_ordinal_;
  if (!read_record(reader, entry_)) return false;
  at_ += reader.position();
  ++next_ordinal_;
  --left_;
  return true;
}

}  // namespace evtriage::evidence
