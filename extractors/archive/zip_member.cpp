// See zip_member.h.
// Tested by tests/extractors/archive/zip_test.cpp and zip_encrypted_test.cpp.
#include "extractors/archive/zip_member.h"

#include "extractors/archive/library.h"
#include "pipeline/core/range_content.h"

namespace evtriage::archives {
namespace {

constexpr std::uint64_t most_at_once = 32u << 20;  // packed and unpacked, through libdeflate
constexpr std::uint64_t best_ratio = 1032;         // no deflate stream unpacks to more
constexpr std::uint16_t method_stored = 0, method_deflate = 8, method_aes = 99;

void put(std::string& out, std::uint64_t value, unsigned bytes) {
  for (unsigned i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xff);
}

// The sizes as 64-bit extra field, and what AES needs.
std::string extras(const ZipEntry& entry, std::uint64_t packed) {
  std::string out;
  put(out, 0x0001, 2);
  put(out, 16, 2);
  put(out, entry.size, 8);
  put(out, packed, 8);
  if (!entry.aes.empty()) {
    put(out, 0x9901, 2);
    put(out, entry.aes.size(), 2);
    out += entry.aes;
  }
  return out;
}

// What the headers have in common: version to CRC, then sizes that say "see the extra field".
std::string middle(const ZipEntry& entry, std::size_t extra_bytes) {
  std::string out;
  put(out, 45, 2);
  put(out, entry.flags & 0x0049u, 2);  // encrypted, sizes follow (the key check depends on it), strong encryption
  put(out, entry.method, 2);
  put(out, entry.dos_time, 4);
  put(out, entry.crc, 4);
  put(out, 0xffffffff, 4);
  put(out, 0xffffffff, 4);
  put(out, 1, 2);
  put(out, extra_bytes, 2);
  return out;
}

class OneMember final : public Content {  // a zip that holds one member, without a copy of its bytes
 public:
  OneMember(const Content& zip, const ZipEntry& entry, ByteRange packed) : zip_(zip), packed_(packed) {
    const std::string extra = extras(entry, packed.size());
    head_ = "PK\3\4" + middle(entry, extra.size()) + "m" + extra;
    std::string record = "PK\1\2" + std::string("\x2d\0", 2) + middle(entry, extra.size());
    record.append(2 + 2 + 2 + 4 + 4, '\0');  // comment, disk, attributes, place of the member: 0
    record += "m" + extra;
    tail_ = record + "PK\5\6";
    put(tail_, 0, 4);
    put(tail_, 1, 2);
    put(tail_, 1, 2);
    put(tail_, record.size(), 4);
    // The offset of the directory as far as it can be told; beyond 4 GiB in the 64-bit form.
    const std::uint64_t at = head_.size() + packed.size();
    if (at < 0xffffffff) {
      put(tail_, at, 4);
      put(tail_, 0, 2);
      return;
    }
    tail_ = record + "PK\6\6";
    put(tail_, 44, 8);
    put(tail_, 45 | 45 << 16, 4);
    put(tail_, 0, 8);
    put(tail_, 1, 8);
    put(tail_, 1, 8);
    put(tail_, record.size(), 8);
    put(tail_, at, 8);
    tail_ += "PK\6\7";
    put(tail_, 0, 4);
    put(tail_, at + record.size(), 8);
    put(tail_, 1, 4);
    tail_ += "PK\5\6";
    put(tail_, 0, 4);
    put(tail_, 0xffffffff, 4);
    put(tail_, 0xffffffffffffffff, 8);
    put(tail_, 0, 2);
  }
  std::uint64_t size() const override { return head_.size() + packed_.size() + tail_.size(); }
  Result<Blob> read(ByteRange wanted) const override {
    if (wanted.begin > wanted.end || wanted.end > size()) return Error{Code::truncated, "read past the end"};
    const std::uint64_t middle_end = head_.size() + packed_.size();
    if (wanted.begin >= head_.size() && wanted.end <= middle_end) return inner(wanted.begin, wanted.end);
    std::string out;
    if (wanted.begin < head_.size()) out = head_.substr(wanted.begin, wanted.size());
    const std::uint64_t from = std::max<std::uint64_t>(wanted.begin, head_.size()), to = std::min(wanted.end, middle_end);
    if (from < to) {
      const Result<Blob> bytes = inner(from, to);
      if (!bytes) return bytes.error();
      out += bytes->chars();
    }
    if (wanted.end > middle_end) {
      const std::uint64_t skipped = std::max(wanted.begin, middle_end) - middle_end;
      out += tail_.substr(skipped, wanted.end - middle_end - skipped);
    }
    return Blob::own(std::move(out));
  }

 private:
  Result<Blob> inner(std::uint64_t from, std::uint64_t to) const {
    return zip_.read({packed_.begin + (from - head_.size()), packed_.begin + (to - head_.size())});
  }
  const Content& zip_;
  ByteRange packed_;
  std::string head_, tail_;
};

std::string sizes(std::uint64_t is, std::uint64_t told) { return std::to_string(is) + " bytes, " + std::to_string(told) + " are declared"; }

}  // namespace

ZipMembers::ZipMembers(const Content& content, const ExtractOptions& options, Emit& emit)
    : content_(content), options_(options), emit_(emit) {}

Unpacked ZipMembers::unpack(const ZipEntry& entry, std::uint64_t data) {
  Unpacked out;
  if (data > content_.size()) {
    out.code = Code::truncated;
    out.trouble = "its bytes lie behind the end of the zip";
    return out;
  }
  const ByteRange packed{data, data + std::min(entry.packed, content_.size() - data)};
  if (entry.is_encrypted()) {
    out = decrypted(entry, packed);
  } else {
    out = plain(entry, packed);
  }
  if (packed.size() < entry.packed && !out.locked) {
    out.code = Code::truncated;
    out.trouble = "the zip ends inside it: " + sizes(packed.size(), entry.packed) + (out.trouble.empty() ? "" : "; " + out.trouble);
  }
  return out;
}

Unpacked ZipMembers::plain(const ZipEntry& entry, ByteRange packed) {
  if (entry.method == method_stored) return stored(entry, packed);
  std::optional<Unpacked> fast = entry.method == method_deflate ? deflated(entry, packed) : std::nullopt;
  return fast ? std::move(*fast) : by_library(entry, packed, {});
}

// A flag that is set to hide plain bytes: some readers refuse such members and others open them.
std::optional<Unpacked> ZipMembers::as_plain(ZipEntry entry, ByteRange packed) {
  constexpr std::uint16_t encryption = 0x0041;  // and "strong"
  if (entry.method == method_aes || packed.size() != entry.packed || (entry.method == method_stored && entry.packed != entry.size)) return {};
  entry.flags &= static_cast<std::uint16_t>(~encryption);
  Unpacked out = plain(entry, packed);
  if (!out.trouble.empty() || out.spent || out.bytes != entry.size) return {};
  out.false_flag = true;
  return out;
}

Unpacked ZipMembers::stored(const ZipEntry& entry, ByteRange packed) {
  Unpacked out;
  std::uint32_t crc = 0;
  for (std::uint64_t at = packed.begin; at < packed.end && !emit_.stop_requested();) {
    const std::uint64_t end = at + std::min(piece_bytes, packed.end - at);
    const Result<Blob> piece = content_.read({at, end});
    if (!piece) {
      out.code = piece.error().code;
      out.trouble = piece.error().detail;
      break;
    }
    crc = checksum(crc, piece->view());
    at = end;
  }
  out.bytes = packed.size();
  out.extent = packed;
  out.content = std::make_shared<RangeContent>(content_, packed);
  if (!out.trouble.empty()) return out;
  if (crc != entry.crc) out.trouble = "the checksum does not agree";
  if (packed.size() != entry.size) out.trouble = "it holds " + sizes(packed.size(), entry.size);
  return out;
}

std::optional<Unpacked> ZipMembers::deflated(const ZipEntry& entry, ByteRange packed) {
  if (packed.size() > most_at_once || entry.size > most_at_once || entry.size > best_ratio * packed.size()) return {};
  const Result<Blob> bytes = content_.read(packed);
  if (!bytes) return {};
  const auto size = static_cast<std::size_t>(entry.size);
  const auto box = std::make_shared_for_overwrite<std::byte[]>(std::max<std::size_t>(size, 1));
  std::size_t used = 0, made = 0;
  const BlockInflater::Answer answer = inflate_.unpack(bytes->view(), BlockInflater::Wrapping::raw, box.get(), size, used, made);
  const ByteView view(box.get(), size);
  if (answer != BlockInflater::Answer::good || made != size || used != packed.size() || checksum(0, view) != entry.crc) return {};
  Unpacked out;
  out.bytes = size;
  if (size <= piece_bytes) {
    out.content = resident(Blob::share(box, view));
    return out;
  }
  Gather gather(emit_);
  gather.append(view);
  out.spent = gather.spent();
  out.content = gather.take();
  return out;
}

Unpacked ZipMembers::by_library(const ZipEntry& entry, ByteRange packed, const std::string& password) {
  Unpacked out;
  const OneMember zip(content_, entry, packed);
  const auto library = Library::open(zip, Formats::one_zip, Filter::none, password);
  Header header;
  const auto complain = [&] {
    const std::optional<Error> error = library->read_error();
    out.trouble = error ? error->detail : library->trouble();
    out.code = error ? error->code : out.trouble.find("nsupported") == std::string::npos ? Code::corrupt : Code::unsupported;
  };
  const Turn start = library->is_open() ? library->next(header) : Turn::broken;
  if (start != Turn::good && start != Turn::doubtful) {
    complain();
    return out;
  }
  Gather gather(emit_);
  for (Turn turn = Turn::good; turn == Turn::good || turn == Turn::doubtful;) {
    ByteView bytes;
    std::uint64_t gap = 0;
    turn = library->block(bytes, gap);
    if (turn != Turn::good && turn != Turn::end) complain();
    if (turn == Turn::failed && gather.size() == 0 && entry.is_encrypted()) out.locked = true;
    if (!bytes.empty() && !gather.append(bytes)) break;
  }
  out.bytes = gather.size();
  out.spent = gather.spent();
  const bool nothing = gather.size() == 0 && !out.trouble.empty();
  if (!out.locked && !nothing) out.content = gather.take();
  return out;
}

Unpacked ZipMembers::decrypted(const ZipEntry& entry, ByteRange packed) {
  Unpacked best;
  best.locked = true;
  const std::size_t count = options_.passwords.size();
  for (std::size_t i = 0; i < count && !emit_.stop_requested(); ++i) {
    const std::size_t which = (last_password_ + i) % count;
    const std::string& password = options_.passwords[which];
    if (password.empty() || password.find('\0') != password.npos) continue;
    Unpacked attempt = by_library(entry, packed, password);
    if (attempt.locked) continue;
    if (attempt.trouble.empty() || attempt.spent) {
      last_password_ = which;
      return attempt;
    }
    // One wrong password in 256 passes the old cipher's check, one in 65,536 that of AES: only there damage is the
    // likelier reason.
    if (entry.method == method_aes && best.locked) best = std::move(attempt);
  }
  if (std::optional<Unpacked> open = best.locked ? as_plain(entry, packed) : std::nullopt; open) return *std::move(open);
  return best;
}

}  // namespace evtriage::archives
