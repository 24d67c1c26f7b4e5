// Records of the listing: front-coded paths, variable-length integers, a checksum for each block.
// Tested by tests/pipeline/evidence/listing_test.cpp.
#include "pipeline/evidence/listing_record.h"

#include <algorithm>
#include <limits>

namespace evtriage::evidence {
namespace {

constexpr unsigned kKindMask = 3, kHasTime = 4, kHasDetail = 8, kHasIssues = 16, kHasParent = 32;

constexpr auto kCrcTables = [] {
  std::array<std::array<std::uint32_t, 256>, 4> tables{};
  for (std::uint32_t i = 0; i < 256; ++i) {
    std::uint32_t crc = i;
    for (int bit = 0; bit < 8; ++bit) crc = crc >> 1 ^ ((crc & 1) != 0 ? 0x82f63b78U : 0U);
    tables[0][i] = crc;
  }
  for (std::size_t t = 1; t < 4; ++t) {
    for (std::size_t i = 0; i < 256; ++i) {
      tables[t][i] = tables[t - 1][i] >> 8 ^ tables[0][tables[t - 1][i] & 0xff];
    }
  }
  return tables;
}();

void append_u32(std::string& out, std::uint32_t value) {
  for (unsigned shift = 0; shift < 32; shift += 8) out.push_back(static_cast<char>(value >> shift & 0xff));
}

void append_chars(std::string& out, std::string_view chars) {
  append_varint(out, chars.size());
  out += chars;
}

std::uint64_t zigzag(std::int64_t value) {
  return static_cast<std::uint64_t>(value) << 1 ^ static_cast<std::uint64_t>(value >> 63);
}

std::int64_t unzigzag(std::uint64_t value) {
  return static_cast<std::int64_t>(value >> 1 ^ (~(value & 1) + 1));
}

std::size_t shared_prefix(std::string_view a, std::string_view b) {
  const std::size_t most = std::min(a.size(), b.size());
  return static_cast<std::size_t>(std::mismatch(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(most), b.begin()).first -
                                  a.begin());
}

bool read_issues(ByteReader& reader, std::vector<Issue>& issues) {
  for (std::uint64_t left = reader.varint(); left > 0 && reader.ok(); --left) {
    Issue issue;
    const std::uint8_t code = reader.u8();
    if ((code & 0x7f) > static_cast<std::uint8_t>(Code::internal)) return false;
    issue.code = static_cast<Code>(code & 0x7f);
    issue.reproducible = (code & 0x80) == 0;
    issue.stage = reader.chars(reader.varint());
    issue.detail = reader.chars(reader.varint());
    issues.push_back(std::move(issue));
  }
  return reader.ok();
}

}  // namespace

void Tally::add(const Entry& entry) {
  constexpr auto kMost = std::numeric_limits<std::uint64_t>::max();  // sparse files may claim more than there can be
  for (Count* count : {&exhibits_[entry.exhibit], &total_}) {
    count->entries += 1;
    count->bytes += std::min(entry.size, kMost - count->bytes);
  }
  if (entry.kind == ItemKind::file && entry.size > resident_bytes_) large_.emplace_back(entry.size, entry.ordinal);
}

std::vector<std::uint64_t> Tally::large_files() const {
  auto files = large_;
  std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  });
  std::vector<std::uint64_t> ordinals;
  ordinals.reserve(files.size());
  for (const auto& file : files) ordinals.push_back(file.second);
  return ordinals;
}

std::uint32_t crc32c(std::string_view bytes) {
  std::uint32_t crc = ~0U;
  const auto byte = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i])); };
  std::size_t at = 0;
  for (; bytes.size() - at >= 4; at += 4) {
    crc ^= byte(at) | byte(at + 1) << 8 | byte(at + 2) << 16 | byte(at + 3) << 24;
    crc = kCrcTables[3][crc & 0xff] ^ kCrcTables[2][crc >> 8 & 0xff] ^ kCrcTables[1][crc >> 16 & 0xff] ^
          kCrcTables[0][crc >> 24];
  }
  for (; at < bytes.size(); ++at) crc = crc >> 8 ^ kCrcTables[0][(crc ^ byte(at)) & 0xff];
  return ~crc;
}

std::string frame(std::string_view payload) {
  std::string out;
  out.reserve(kFrameHead_bytes + payload.size());
  append_u32(out, static_cast<std::uint32_t>(payload.size()));
  append_u32(out, crc32c(out));
  append_u32(out, crc32c(payload));
  out += payload;
  return out;
}

FrameHead read_frame_head(std::string_view head) {
  ByteReader reader(head);
  FrameHead result;
  result.payload_bytes = reader.u32le();
  const std::uint32_t check = reader.u32le();
  result.payload_check = reader.u32le();
  if (reader.ok() && head.find_first_not_of('\0') == std::string_view::npos) {
    result.state = FrameHead::State::unwritten;  // a machine that lost power leaves zeros
  } else if (reader.ok() && check == crc32c(head.substr(0, 4)) && result.payload_bytes > 0 &&
             result.payload_bytes <= kLongestPayload_bytes) {
    result.state = FrameHead::State::good;
  }
  return result;
}

std::string encode_header(const ListingHeader& header) {
  std::string out(1, static_cast<char>(BlockType::header));
  append_varint(out, header.resident_bytes);
  append_varint(out, header.exhibits.size());
  for (const ListedExhibit& exhibit : header.exhibits) {
    append_chars(out, exhibit.label);
    append_chars(out, exhibit.name);
    append_chars(out, exhibit.kind);
  }
  return out;
}

std::string encode_trailer(const Tally& tally) {
  std::string out(1, static_cast<char>(BlockType::trailer));
  for (const Tally::Count& count : tally.exhibits()) {
    append_varint(out, count.entries);
    append_varint(out, count.bytes);
  }
  return out;
}

void append_varint(std::string& out, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) out.push_back(static_cast<char>(0x80 | (value & 0x7f)));
  out.push_back(static_cast<char>(value));
}

void append_record(std::string& out, const Entry& entry, std::string_view previous_path) {
  const auto flags = static_cast<unsigned>(entry.kind) | (entry.modified_ns ? kHasTime : 0U) |
                     (entry.detail.empty() ? 0U : kHasDetail) | (entry.issues.empty() ? 0U : kHasIssues) |
                     (entry.parent ? kHasParent : 0U);
  out.push_back(static_cast<char>(flags));
  append_varint(out, entry.exhibit);
  append_varint(out, entry.number);
  if (entry.parent) append_varint(out, entry.ordinal - *entry.parent);
  const std::size_t shared = shared_prefix(previous_path, entry.path);
  append_varint(out, shared);
  append_chars(out, std::string_view(entry.path).substr(shared));
  append_varint(out, entry.size);
  if (entry.modified_ns) append_varint(out, zigzag(*entry.modified_ns));
  if (!entry.detail.empty()) append_chars(out, entry.detail);
  if (entry.issues.empty()) return;
  append_varint(out, entry.issues.size());
  for (const Issue& issue : entry.issues) {
    out.push_back(static_cast<char>(static_cast<unsigned>(issue.code) | (issue.reproducible ? 0U : 0x80U)));
    append_chars(out, issue.stage);
    append_chars(out, issue.detail);
  }
}

bool read_record(ByteReader& reader, Entry& entry) {
  const std::uint8_t flags = reader.u8();
  if ((flags & ~(kKindMask | kHasTime | kHasDetail | kHasIssues | kHasParent)) != 0) return false;
  entry.kind = static_cast<ItemKind>(flags & kKindMask);
  const std::uint64_t exhibit = reader.varint();
  if (exhibit > std::numeric_limits<std::uint32_t>::max()) return false;
  entry.exhibit = static_cast<std::uint32_t>(exhibit);
  entry.number = reader.varint();
  entry.parent.reset();
  if ((flags & kHasParent) != 0) {
    const std::uint64_t back = reader.varint();
    if (back == 0 || back > entry.ordinal) return false;
    entry.parent = entry.ordinal - back;
  }
  const std::uint64_t shared = reader.varint();
  const std::string_view rest = reader.chars(reader.varint());
  // A path is a folder's path of at most the limit, a slash and a name of at most 255 bytes.
  if (shared > entry.path.size() || rest.size() > kLongestPath_bytes + 256 - shared) return false;
  entry.path.resize(static_cast<std::size_t>(shared));
  entry.path += rest;
  entry.size = reader.varint();
  entry.modified_ns.reset();
  if ((flags & kHasTime) != 0) entry.modified_ns = unzigzag(reader.varint());
  entry.detail.clear();
  if ((flags & kHasDetail) != 0) entry.detail = reader.chars(reader.varint());
  entry.issues.clear();
  if ((flags & kHasIssues) != 0) return read_issues(reader, entry.issues);
  return reader.ok();
}

}  // namespace evtriage::evidence
