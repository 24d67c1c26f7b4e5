// Joining what workers wrote.  A large file comes in parts, whose lists belong to items that another part
// completes; all else is one part and needs no joining.
// Tested by tests/pipeline/store/build_test.cpp.
#include "pipeline/store/unit_reader.h"

#include <algorithm>
#include <iterator>

namespace evtriage {
namespace {

template <class T>
void move_to_end(std::vector<T>& from, std::vector<T>& to) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

// The scalars of the complete record, the lists of both in order.
void join(ItemRecord& more, ItemRecord& whole) {
  if (more.complete) {
    std::swap(more, whole);
    std::swap(more.properties, whole.properties);
    std::swap(more.mentions, whole.mentions);
    std::swap(more.hits, whole.hits);
    std::swap(more.findings, whole.findings);
    std::swap(more.issues, whole.issues);
  }
  move_to_end(more.properties, whole.properties);
  move_to_end(more.mentions, whole.mentions);
  move_to_end(more.hits, whole.hits);
  move_to_end(more.findings, whole.findings);
  move_to_end(more.issues, whole.issues);
}

Error unit_error(std::uint64_t ordinal, const std::string& what) {
  return {Code::internal, "entry " + std::to_string(ordinal) + " of the listing " + what};
}

}  // namespace

Result<UnitReader> UnitReader::open(const std::string& journal_file) {
  auto file = JournalFile::open(journal_file);
  if (!file) return file.error();
  auto scan = scan_journal(*file);
  if (!scan) return scan.error();
  scan->index.sort();
  return UnitReader(std::move(*file), std::move(scan->index));
}

Result<const UnitReader::Frame*> UnitReader::frame(std::uint64_t offset) {
  Frame* oldest = &cache_[0];
  for (Frame& each : cache_) {
    if (each.offset == offset) {
      each.used = ++clock_;
      return &each;
    }
    if (each.used < oldest->used) oldest = &each;
  }
  oldest->offset = ~std::uint64_t{0};
  if (auto read = file_.read_frame(offset, false, oldest->payload); !read) return read.error();
  auto heads = decode_heads(oldest->payload);
  if (!heads) return heads.error();
  oldest->heads = std::move(*heads);
  oldest->offset = offset;
  oldest->used = ++clock_;
  return oldest;
}

Result<void> UnitReader::read_piece(const Piece& piece, const Takers& take) {
  auto held = frame(piece.frame);
  if (!held) return held.error();
  const std::string_view bytes = std::string_view((*held)->payload).substr(piece.place.begin, piece.place.bytes);
  if (auto decoded = decode_item(bytes, item_); !decoded) return decoded;
  for (const StoredText& each : item_.texts) {
    if (auto taken = take.text(piece.place.index, each); !taken) return taken;
  }
  if (item_.record.messages.empty()) return {};
  auto taken = take.messages(piece.place.index, item_.record.messages);
  item_.record.messages.clear();
  return taken;
}

Result<void> UnitReader::read(std::uint64_t ordinal, const Takers& take) {
  const auto parts = index_.find(ordinal);
  if (parts.empty()) return unit_error(ordinal, "has no results; run the same command again");
  pieces_.clear();
  for (const PartPlace& part : parts) {
    auto held = frame(part.frame);
    if (!held) return held.error();
    places_.clear();
    if (auto done = decode_places((*held)->payload, (*held)->heads[part.part], places_); !done) return done;
    for (const ItemPlace& place : places_) pieces_.push_back({place, part.frame});
  }
  const auto before = [](const Piece& a, const Piece& b) { return a.place.index < b.place.index; };
  if (!std::is_sorted(pieces_.begin(), pieces_.end(), before)) std::stable_sort(pieces_.begin(), pieces_.end(), before);
  std::uint32_t index = 0;
  for (std::size_t i = 0; i < pieces_.size(); ++index) {
    if (auto done = read_piece(pieces_[i], take); !done) return done;
    unsigned outcomes = pieces_[i].place.complete ? 1 : 0;
    std::size_t next = i + 1;
    if (next < pieces_.size() && pieces_[next].place.index == index) {
      ItemRecord whole = std::move(item_.record);
      for (; next < pieces_.size() && pieces_[next].place.index == index; ++next) {
        if (auto done = read_piece(pieces_[next], take); !done) return done;
        outcomes += pieces_[next].place.complete ? 1 : 0;
        join(item_.record, whole);
      }
      item_.record = std::move(whole);
    }
    if (pieces_[i].place.index != index || outcomes != 1) {
      return unit_error(ordinal, "has an item (" + std::to_string(index) + ") without exactly one outcome");
    }
    if (auto taken = take.item(item_.record); !taken) return taken;
    i = next;
  }
  if (index == 0) return unit_error(ordinal, "has no item of its own");
  return {};
}

}  // namespace evtriage
