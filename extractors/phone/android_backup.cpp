// Android backups (adb backup, .ab): a header of lines, then a tar archive, deflated and perhaps encrypted.
//
//   ANDROID BACKUP / version / 1 if deflated / none or AES-256 / and if encrypted: salt, salt of the checksum, rounds,
//   initial vector, blob, in hexadecimal
// The archive is one child, unpacked piece by piece; what is neither deflated nor encrypted is a range of the item.
// Tested by tests/extractors/phone/android_backup_test.cpp and tests/fuzz/fuzz_android_backup.cpp.
#include <algorithm>
#include <array>
#include <charconv>

#include "extractors/phone/backup_key.h"
#include "extractors/phone/phone.h"
#include "extractors/shared/inflate.h"
#include "pipeline/core/range_content.h"

namespace evtriage {
namespace phone {
namespace {

constexpr std::uint64_t header_most = 8192;
constexpr std::uint64_t piece_bytes = 256u << 10;

struct Header {
  bool deflated = false, encrypted = false;
  LockedKey key;
  std::uint64_t size = 0;
};

std::string from_hex(std::string_view hex) {
  std::string out;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    unsigned value = 0;
    if (std::from_chars(hex.data() + i, hex.data() + i + 2, value, 16).ptr != hex.data() + i + 2) return {};
    out += static_cast<char>(value);
  }
  return out;
}

std::optional<Header> read_header(std::string_view bytes) {
  Header header;
  std::array<std::string_view, 9> lines;
  std::size_t at = 0;
  const auto next = [&](std::string_view& line) {
    const std::size_t end = bytes.find('\n', at);
    if (end == bytes.npos) return false;
    line = bytes.substr(at, end - at);
    at = end + 1;
    return true;
  };
  for (std::size_t i = 0; i < 4; ++i) {
    if (!next(lines[i])) return std::nullopt;
  }
  if (lines[0] != "ANDROID BACKUP") return std::nullopt;
  header.deflated = lines[2] == "1";
  header.encrypted = lines[3] != "none";
  for (std::size_t i = 4; header.encrypted && i < lines.size(); ++i) {
    if (!next(lines[i])) return std::nullopt;
  }
  if (header.encrypted) {
    header.key = {from_hex(lines[4]), from_hex(lines[7]), from_hex(lines[8]), 0};
    std::from_chars(lines[6].data(), lines[6].data() + lines[6].size(), header.key.rounds);
  }
  header.size = at;
  return header;
}

class Inflater {
 public:
  enum class State { more, done, broken, refused };
  State next(const std::string& packed, Spool& to) {
    if (!inflate_.is_ready()) return State::broken;
    inflate_.feed(as_bytes(packed));
    std::size_t made = 0;
    do {
      const Inflate::State state = inflate_.step(window_.data(), window_.size(), made);
      if (made != 0 && !to.append(ByteView(window_).first(made))) return State::refused;
      if (state == Inflate::State::ended) return State::done;
      if (state == Inflate::State::broken) return State::broken;
      if (state == Inflate::State::hungry) break;
    } while (inflate_.pending() > 0 || made == window_.size());
    return State::more;
  }

 private:
  Inflate inflate_{Inflate::Wrapping::zlib};
  std::array<std::byte, 64 << 10> window_;
};

class Unpacking {
 public:
  Unpacking(const Content& content, const Header& header, Emit& emit) : content_(content), header_(header), emit_(emit) {}

  ContentPtr run(const std::optional<BackupKey>& key) {
    const std::unique_ptr<Spool> spool = emit_.spool();
    std::optional<Decryption> decryption;
    if (key) decryption.emplace(*key);
    Inflater inflater;
    for (std::uint64_t at = header_.size; at < content_.size() && !emit_.stop_requested();) {
      const ByteRange range{at, std::min(content_.size(), at + piece_bytes)};
      const auto bytes = content_.read(range);
      if (!bytes) {
        tell(bytes.error().code, bytes.error().detail, range);
        break;
      }
      std::string piece(bytes->chars());
      if (decryption && !decryption->next(bytes->chars(), range.end == content_.size(), piece)) tell(Code::truncated, "the encrypted bytes end in the middle", range);
      if (header_.deflated) {
        const Inflater::State state = inflater.next(piece, *spool);
        if (state == Inflater::State::broken) tell(Code::corrupt, "the deflated bytes are broken; what came before was read", range);
        if (state != Inflater::State::more) return spool->take();
      } else if (!spool->append(as_bytes(piece))) {
        break;
      }
      at = range.end;
    }
    if (header_.deflated) tell(Code::truncated, "the deflated bytes end too early; what there is was read", ByteRange{content_.size(), content_.size()});
    return spool->take();
  }

 private:
  void tell(Code code, std::string sentence, ByteRange where) { emit_.issue({code, "android-backup", std::move(sentence), where, true}); }
  const Content& content_;
  const Header& header_;
  Emit& emit_;
};

}  // namespace
}  // namespace phone

void extract_android_backup(const Content& content, const Identity&, const ExtractOptions& options, Emit& emit) {
  const auto head = content.read({0, std::min(content.size(), phone::header_most)});
  const auto header = head ? phone::read_header(head->chars()) : std::nullopt;
  if (!header) return emit.issue({Code::corrupt, "android-backup", "this is no Android backup", {}, true});
  Child child;
  child.step = {StepKind::member, 1, {}, "backup.tar"};
  child.media_type = "application/x-tar";
  child.encrypted = header->encrypted;
  std::optional<phone::BackupKey> key;
  for (const std::string& password : options.passwords) {
    if (header->encrypted && !key) key = phone::open_key(header->key, password);
  }
  if (header->encrypted && !key) {
    emit.encrypted();
    emit.issue({Code::encrypted, "android-backup", "the backup is encrypted and no password opened it", {}, true});
    return emit.child(std::move(child), nullptr);
  }
  if (!header->deflated && !key) {
    child.extent = ByteRange{header->size, content.size()};
    return emit.child(child, std::make_shared<RangeContent>(content, *child.extent));
  }
  ContentPtr archive = phone::Unpacking(content, *header, emit).run(key);
  emit.child(std::move(child), std::move(archive));
}

}  // namespace evtriage
