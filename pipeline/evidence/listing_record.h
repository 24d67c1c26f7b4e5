// The listing file's constants and records, shared by its writer and its reader.  Grammar: README.md.
// Tested by tests/pipeline/evidence/listing_test.cpp.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pipeline/core/byte_reader.h"
#include "pipeline/core/source.h"

namespace evtriage::evidence {

inline constexpr std::string_view kListingMagic = "EVLIST1\n";
inline constexpr std::uint64_t kBlockEntries = 4096;
inline constexpr std::size_t kBlockBytes = 1 << 20;         // a block is closed when it is longer than this
inline constexpr std::size_t kLongestPath_bytes = 1 << 20;  // folders beyond are not entered
inline constexpr std::size_t kLongestPayload_bytes = 8 << 20;
inline constexpr std::size_t kFrameHead_bytes = 12;         // length, check of the length, check of the payload

enum class BlockType : std::uint8_t { header = 'H', entries = 'E', trailer = 'T' };

struct ListedExhibit {
  std::string label, name, kind;
  bool operator==(const ListedExhibit&) const = default;
};

struct ListingHeader {
  std::uint64_t resident_bytes = 0;
  std::vector<ListedExhibit> exhibits;
  bool operator==(const ListingHeader&) const = default;
};

// Counts kept while a listing is written or read; both must come out alike.
class Tally {
 public:
  Tally() = default;
  Tally(std::size_t exhibits, std::uint64_t resident_bytes) : exhibits_(exhibits), resident_bytes_(resident_bytes) {}
  struct Count {
    std::uint64_t entries = 0, bytes = 0;
    bool operator==(const Count&) const = default;
  };
  void add(const Entry& entry);  // precondition: entry.exhibit is one of the exhibits
  const std::vector<Count>& exhibits() const { return exhibits_; }
  const Count& total() const { return total_; }
  // Ordinals of the files larger than resident_bytes, largest first.
  std::vector<std::uint64_t> large_files() const;

 private:
  std::vector<Count> exhibits_;
  Count total_;
  std::uint64_t resident_bytes_ = 0;
  std::vector<std::pair<std::uint64_t, std::uint64_t>> large_;  // size, ordinal
};

// CRC-32C (Castagnoli, RFC 3720 appendix B.4).
std::uint32_t crc32c(std::string_view bytes);

// A whole block: its frame head and the payload.
std::string frame(std::string_view payload);

struct FrameHead {
  std::uint32_t payload_bytes = 0, payload_check = 0;
  enum class State : std::uint8_t { good, unwritten, corrupt } state = State::corrupt;
};
FrameHead read_frame_head(std::string_view head);  // of kFrameHead_bytes

std::string encode_header(const ListingHeader& header);
std::string encode_trailer(const Tally& tally);
void append_varint(std::string& out, std::uint64_t value);

// Appends one record; `previous_path` is the path of the record before it in the block (empty for the first).
void append_record(std::string& out, const Entry& entry, std::string_view previous_path);
// Reads one into `entry`, which holds the record before it (its exhibit, number and path are built upon).
// False if the bytes are no record.
bool read_record(ByteReader& reader, Entry& entry);

}  // namespace evtriage::evidence
