// The two levels of identification, and the only caller of libmagic.
// The database is named explicitly: libmagic's own search would also read files that a user or an
// environment variable provides, and then two laboratories could get different types.
// Tested by tests/pipeline/engine/identify_test.cpp.
#include "pipeline/engine/identify.h"

#include <fcntl.h>
#include <magic.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "pipeline/core/text.h"
#include "pipeline/engine/digest.h"
#include "pipeline/engine/identify_table.h"

namespace evtriage {
namespace {

constexpr std::size_t magic_bytes = 64u << 10, magic_text_bytes = 4096, magic_glance_bytes = 1024;
constexpr std::string_view unknown_type = "application/octet-stream";
constexpr std::array databases = {"/usr/lib/file/magic.mgc", "/usr/share/misc/magic.mgc", "/usr/share/file/magic.mgc"};

class File {
 public:
  explicit File(const std::string& path) : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
  ~File() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  bool is_open() const { return descriptor_ >= 0; }
  ssize_t read(std::byte* out, std::size_t n) const { return ::read(descriptor_, out, n); }

 private:
  int descriptor_;
};

Result<std::string> digest_of_file(const std::string& path) {
  const File file(path);
  if (!file.is_open()) return Error{Code::unsupported, "the database of libmagic cannot be opened"};
  HashSelection only_sha256;
  only_sha256.md5 = only_sha256.sha1 = false;
  auto hasher = Hasher::make(only_sha256);
  if (!hasher) return hasher.error();
  (*hasher)->start();
  std::vector<std::byte> chunk(256u << 10);
  while (true) {
    const ssize_t n = file.read(chunk.data(), chunk.size());
    if (n < 0) return Error{Code::unsupported, "the database of libmagic cannot be read"};
    if (n == 0) break;
    (*hasher)->update(ByteView(chunk).first(static_cast<std::size_t>(n)));
  }
  return hex_text(*(*hasher)->finish().sha256);
}

// A type of libmagic and one of our own that speak of the same family: ours stays where it says more
// about how to read the item.
bool ours_says_more(std::string_view ours, std::string_view theirs) {
  return theirs.empty() || (theirs == "text/plain" && family_of(ours) == family_text) ||
         (theirs == "application/json" && ours.ends_with("+json")) || (theirs == "text/html" && ours.ends_with("+html"));
}

// Noise all through.  Dense bytes behind a signature (a ZIP of photographs, LZ4, AMR) are none, and libmagic would
// take long over the whole head of true noise: it is shown the start, where signatures stand.
bool is_noise(ByteView head, MagicCookie& cookie) {
  if (as_chars(head).starts_with("PK\x03\x04") || !is_disordered(head)) return false;
  const std::string glance = cookie.type_of(head.first(std::min(head.size(), magic_glance_bytes)));
  return glance.empty() || glance == unknown_type;
}

}  // namespace

void MagicCookie::Close::operator()(magic_set* handle) const { magic_close(handle); }

std::string MagicCookie::type_of(ByteView head) {
  std::size_t length = std::min(head.size(), magic_bytes);
  if (length > magic_text_bytes && looks_like_text(head)) length = magic_text_bytes;
  const char* const type = magic_buffer(handle_.get(), head.data(), length);
  if (type == nullptr) return {};
  std::string word = printable(type);
  if (const std::size_t end = word.find_first_of(" ;\\"); end != std::string::npos) word.resize(end);
  return word;
}

Result<std::unique_ptr<Identifier>> Identifier::load() {
  for (const char* file : databases) {
    if (::access(file, R_OK) == 0) return load(file);
  }
  return Error{Code::unsupported, "libmagic's database magic.mgc was not found (package libmagic-mgc)"};
}

Result<std::unique_ptr<Identifier>> Identifier::load(const std::string& database_file) {
  Result<std::string> digest = digest_of_file(database_file);
  if (!digest) return digest.error();
  std::unique_ptr<Identifier> identifier(new Identifier(database_file, *std::move(digest)));
  Result<MagicCookie> cookie = identifier->cookie();
  if (!cookie) return cookie.error();
  if (cookie->type_of(as_bytes("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\2\0\0\0")).empty()) {
    return Error{Code::unsupported, "libmagic does not answer with this database"};
  }
  return identifier;
}

Result<MagicCookie> Identifier::cookie() const {
  constexpr int flags = MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS | MAGIC_ERROR;
  MagicCookie cookie(magic_open(flags));
  if (!cookie.handle_ || magic_load(cookie.handle_.get(), file_.c_str()) != 0) {
    return Error{Code::unsupported, "libmagic cannot load its database"};
  }
  return cookie;
}

std::string Identifier::library_version() const {
  const int version = magic_version();
  return std::to_string(version / 100) + "." + (version % 100 < 10 ? "0" : "") + std::to_string(version % 100);
}

Identification Identifier::identify(ByteView head, std::uint64_t size, std::string_view name,
                                    MagicCookie& cookie) const {
  if (size == 0) return {"inode/x-empty", false};
  std::string type(type_by_signature(head));
  if (type.empty()) type = type_of_disk(head, size);
  if (type.empty()) type = type_by_look(head, size);
  if (type.empty()) type = type_behind_other_bytes(head);
  const bool disordered = type.empty() && is_noise(head, cookie);
  const bool asked = type.empty() && !disordered;
  if (asked) type = cookie.type_of(head);
  if (type.empty()) type = unknown_type;
  // libmagic wants to see more of an archive than a damaged one has; the signature is certain.
  const bool zip = asked && type == unknown_type && as_chars(head).starts_with("PK\x03\x04");
  if (zip) type = "application/zip";

  const std::uint32_t may_hold = families_of_extension(name);
  const auto lies = [&] {
    const std::uint32_t family = disordered ? std::uint32_t{family_disorder} : std::uint32_t{family_of(type)};
    const bool silent = disordered && (may_hold & family_media) != 0;  // sound without a header is no lie
    return may_hold != 0 && family != 0 && (family & may_hold) == 0 && !silent;
  };
  if (!lies()) return {std::move(type), false};
  if (!asked) {
    if (std::string verdict = cookie.type_of(head); !ours_says_more(type, verdict)) type = std::move(verdict);
  }
  const bool mismatch = lies();
  return {std::move(type), mismatch};
}

}  // namespace evtriage
