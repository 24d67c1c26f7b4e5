// The journal's own compact encoding of UnitParts: writer and reader over one set of constants.
//
// Grammar: README.md of this folder.  The decoder trusts nothing: a frame may come from a damaged disk.
// Tested by tests/pipeline/store/codec_test.cpp: round trip of random records, every truncation.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/core/byte_reader.h"
#include "pipeline/core/profile.h"
#include "pipeline/core/records.h"

namespace evtriage {

class Compressor;  // compress.h

namespace journal_format {
inline constexpr std::string_view magic = "evtriage journal";
inline constexpr std::uint64_t version = 2;
inline constexpr std::size_t frame_head_bytes = 8;          // length u32le, crc32c u32le
inline constexpr std::uint64_t max_payload_bytes = 1u << 30;
// Flags of a part.
inline constexpr std::uint8_t last_part = 1, tells_names = 2;  // name_book.h
// Flags of an item.
inline constexpr std::uint8_t complete = 1, type_mismatch = 2, deleted = 4, encrypted = 8;
// Presence bits of an item's digests and times.
inline constexpr std::uint8_t md5 = 1, sha1 = 2, sha256 = 4, sha512 = 8;
inline constexpr std::uint8_t created = 16, modified = 32, accessed = 64, changed = 128;
}  // namespace journal_format

// A text as the journal keeps it.  The views point into the frame that it was decoded from.
struct StoredText {
  std::uint32_t segment = 0;
  std::string_view origin, place, language;
  std::uint64_t text_begin = 0, text_bytes = 0;
  std::array<std::byte, 32> sha256{};  // of the uncompressed text
  std::string_view zstd;               // one zstd frame
};

struct StoredItem {
  ItemRecord record;                   // its `texts` stay empty
  std::vector<StoredText> texts;
};

struct PartHead {
  std::uint64_t ordinal = 0;
  std::uint32_t number = 0;
  bool last = true;
  bool tells_names = false;
  std::uint64_t items = 0;
  std::uint64_t body_begin = 0, body_bytes = 0;  // inside the frame's payload
};

struct ItemPlace {                     // where an item stands in a payload, known without decoding it
  std::uint32_t index = 0;
  bool complete = true;
  std::uint64_t begin = 0, bytes = 0;
};

// A whole frame with its head.  Texts are kept as `keep_text` says.
std::string encode_frame(const std::vector<UnitPart>& parts, KeepText keep_text, Compressor& compressor);
// Puts length and CRC before a payload.
std::string frame_of(std::string_view payload);

Result<std::vector<PartHead>> decode_heads(std::string_view payload);
// Appends the places of the part's items to `places`.
Result<void> decode_places(std::string_view payload, const PartHead& part, std::vector<ItemPlace>& places);
// `bytes` is one item; `item` is overwritten and its memory used again.
Result<void> decode_item(std::string_view bytes, StoredItem& item);

void append_varint(std::string& out, std::uint64_t value);
void append_chars(std::string& out, std::string_view chars);      // length, bytes
void append_signed(std::string& out, std::int64_t value);         // zigzag varint
void append_mention(std::string& out, const Mention& mention);
void append_message(std::string& out, const MessageRecord& message);
std::string_view read_chars(ByteReader& reader);
std::int64_t read_signed(ByteReader& reader);
void read_mention(ByteReader& reader, Mention& mention);
void read_message(ByteReader& reader, MessageRecord& message);

}  // namespace evtriage
