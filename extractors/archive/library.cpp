// See library.h; the only file that includes libarchive's headers.  libarchive is C: it throws nothing.
//
// mktime() inside libarchive reads DOS times in the process's zone; local_again() undoes it, so that the result is
// the same in every zone.  Tested by tests/extractors/archive/formats_test.cpp and independence_test.cpp.
#include "extractors/archive/library.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <locale.h>
#include <time.h>

#include "extractors/archive/gzip.h"
#include "extractors/archive/members.h"
#include "extractors/archive/rar_member.h"
#include "extractors/archive/zip_directory.h"
#include "pipeline/core/byte_reader.h"
#include "pipeline/core/time.h"

namespace evtriage::archives {
namespace {

locale_t utf8_table() {
  static const locale_t table = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
  return table;
}

class Utf8Names {  // this thread's character table, for the life of the object
 public:
  Utf8Names() : before_(utf8_table() == nullptr ? nullptr : uselocale(utf8_table())) {}
  ~Utf8Names() {
    if (before_ != nullptr) uselocale(before_);
  }
  Utf8Names(const Utf8Names&) = delete;
  Utf8Names& operator=(const Utf8Names&) = delete;

 private:
  locale_t before_;
};

// The civil time that mktime() was given, as if it were UTC.
std::int64_t local_again(std::int64_t seconds) {
  const time_t time = seconds;
  struct tm civil = {};
  if (localtime_r(&time, &civil) == nullptr) return seconds;
  const std::int64_t days = days_from_civil(civil.tm_year + 1900, static_cast<unsigned>(civil.tm_mon + 1), static_cast<unsigned>(civil.tm_mday));
  return days * 86'400 + civil.tm_hour * 3600 + civil.tm_min * 60 + civil.tm_sec;
}

std::optional<std::int64_t> nanoseconds(bool is_set, std::int64_t seconds, long fraction) {
  if (!is_set || seconds < -9'000'000'000 || seconds > 9'000'000'000 || fraction < 0 || fraction > 999'999'999) return {};
  return seconds * 1'000'000'000 + fraction;
}

bool enable_filter(archive* a, Filter filter) {
  struct Known {
    int (*support)(archive*);
    int code;
  };
  constexpr Known known[] = {{nullptr, ARCHIVE_FILTER_NONE},
                             {nullptr, ARCHIVE_FILTER_NONE},  // gzip comes unpacked
                             {archive_read_support_filter_bzip2, ARCHIVE_FILTER_BZIP2},
                             {archive_read_support_filter_xz, ARCHIVE_FILTER_XZ},
                             {archive_read_support_filter_lzma, ARCHIVE_FILTER_LZMA},
                             {archive_read_support_filter_zstd, ARCHIVE_FILTER_ZSTD},
                             {archive_read_support_filter_lz4, ARCHIVE_FILTER_LZ4},
                             {archive_read_support_filter_lzip, ARCHIVE_FILTER_LZIP},
                             {archive_read_support_filter_compress, ARCHIVE_FILTER_COMPRESS}};
  const Known& one = known[static_cast<std::size_t>(filter)];
  if (one.support == nullptr) return true;
  // Anything but OK means that libarchive was built without the library and would start a program.
  if (one.support(a) != ARCHIVE_OK) return false;
  // "compress" reads its first bytes when it is set up, before the library can give them: it must bid.
  return filter == Filter::compress || archive_read_append_filter(a, one.code) == ARCHIVE_OK;
}

void enable_formats(archive* a, Formats formats) {
  if (formats == Formats::one_zip) {
    archive_read_support_format_zip_seekable(a);
    return;
  }
  if (formats == Formats::streams || formats == Formats::bytes) {
    archive_read_support_format_raw(a);
    archive_read_support_format_empty(a);
  }
  if (formats == Formats::bytes) return;
  archive_read_support_format_tar(a);
  archive_read_support_format_cpio(a);
  if (formats == Formats::streams) return;
  archive_read_support_format_ar(a);
  archive_read_support_format_lha(a);
  archive_read_support_format_xar(a);
  archive_read_support_format_warc(a);
  archive_read_support_format_7zip(a);
  archive_read_support_format_cab(a);
  archive_read_support_format_rar(a);
  archive_read_support_format_rar5(a);
  archive_read_support_format_iso9660(a);
}

Turn turn_of(int code) {
  switch (code) {
    case ARCHIVE_OK: return Turn::good;
    case ARCHIVE_WARN: return Turn::doubtful;
    case ARCHIVE_EOF: return Turn::end;
    case ARCHIVE_FATAL: return Turn::broken;
    default: return Turn::failed;
  }
}

FileType type_of(archive_entry* entry) {
  switch (archive_entry_filetype(entry)) {
    case AE_IFREG:
    case 0: return FileType::regular;
    case AE_IFDIR: return FileType::directory;
    case AE_IFLNK: return FileType::symlink;
    case AE_IFCHR:
    case AE_IFBLK: return FileType::device;
    case AE_IFIFO: return FileType::fifo;
    case AE_IFSOCK: return FileType::socket;
    default: return FileType::other;
  }
}

}  // namespace

bool load_character_table() { return utf8_table() != nullptr; }

struct Library::Feed {  // libarchive's way into the content
  Feed(const Content& c, Filter filter) : content(c), gzip(filter == Filter::gzip ? std::make_unique<GzipStream>(c) : nullptr) {}
  const Content& content;
  std::unique_ptr<GzipStream> gzip;  // null: the content as it is
  Blob held;                         // what libarchive is looking at
  std::uint64_t at = 0;
  std::optional<Error> error;

  static la_ssize_t read(archive* a, void* self, const void** bytes) {
    auto& feed = *static_cast<Feed*>(self);
    if (feed.gzip) {
      const ByteView piece = feed.gzip->next();
      *bytes = piece.data();
      return static_cast<la_ssize_t>(piece.size());
    }
    const std::uint64_t size = feed.content.size();
    const std::uint64_t end = feed.at + std::min<std::uint64_t>(piece_bytes, size - feed.at);
    Result<Blob> piece = feed.content.read({feed.at, end});
    if (!piece) {
      if (!feed.error) feed.error = piece.error();
      archive_set_error(a, EIO, "the evidence cannot be read here");
      return -1;
    }
    feed.held = std::move(*piece);
    feed.at = end;
    *bytes = feed.held.view().data();
    return static_cast<la_ssize_t>(feed.held.size());
  }
  static la_int64_t skip(archive*, void* self, la_int64_t wanted) {
    auto& feed = *static_cast<Feed*>(self);
    const std::uint64_t now = std::min(static_cast<std::uint64_t>(std::max<la_int64_t>(wanted, 0)), feed.content.size() - feed.at);
    feed.at += now;
    return static_cast<la_int64_t>(now);
  }
  static la_int64_t seek(archive*, void* self, la_int64_t offset, int whence) {
    auto& feed = *static_cast<Feed*>(self);
    const auto size = static_cast<la_int64_t>(feed.content.size());
    const la_int64_t base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? static_cast<la_int64_t>(feed.at) : size;
    if (offset < -base || offset > size - base) return ARCHIVE_FATAL;
    feed.at = static_cast<std::uint64_t>(base + offset);
    return base + offset;
  }
};

std::unique_ptr<Library> Library::open(const Content& content, Formats formats, Filter filter, const std::string& password) {
  std::unique_ptr<Library> library(new Library);
  library->feed_ = std::make_unique<Feed>(content, filter);
  library->archive_ = archive_read_new();
  library->entry_ = archive_entry_new();
  archive* a = library->archive_;
  if (a == nullptr || library->entry_ == nullptr) return library;
  const Utf8Names names;
  if (!enable_filter(a, filter)) return library;
  enable_formats(a, formats);
  if (!password.empty()) archive_read_add_passphrase(a, password.c_str());
  archive_read_set_read_callback(a, &Feed::read);
  archive_read_set_callback_data(a, library->feed_.get());
  if (filter != Filter::gzip) {
    archive_read_set_seek_callback(a, &Feed::seek);
    archive_read_set_skip_callback(a, &Feed::skip);
  }
  library->open_ = archive_read_open1(a) >= ARCHIVE_WARN;
  if (const char* text = archive_error_string(a); text != nullptr) library->open_trouble_ = one_line(text);
  return library;
}

Library::~Library() {
  if (entry_ != nullptr) archive_entry_free(entry_);
  if (archive_ != nullptr) archive_read_free(archive_);
}

Turn Library::next(Header& header) {
  const Utf8Names names;
  offset_ = 0;
  const Turn turn = turn_of(archive_read_next_header2(archive_, entry_));
  const bool any = turn != Turn::end && turn != Turn::broken;
  if (any) fill(header);
  header.is_encrypted = (any && header.is_encrypted) || archive_entry_is_encrypted(entry_) != 0;
  return turn;
}

void Library::fill(Header& header) const {
  header = {};
  const char* name = archive_entry_pathname(entry_);
  if (feed_->gzip && is_bare()) {
    header.name = feed_->gzip->name();
    header.modified_ns = feed_->gzip->modified_ns();
    return;
  }
  header.has_name = name != nullptr;
  if (name != nullptr) header.name = name;
  header.type = type_of(entry_);
  const char* hard = archive_entry_hardlink(entry_);
  const char* symbolic = archive_entry_symlink(entry_);
  header.is_hardlink = hard != nullptr;
  if (hard != nullptr || symbolic != nullptr) header.link = hard != nullptr ? hard : symbolic;
  header.local_time = has_local_times(static_cast<std::uint64_t>(archive_read_header_position(archive_)));
  const int format = archive_format(archive_) & ARCHIVE_FORMAT_BASE_MASK;
  // libarchive 3.6 gives wrong fractions of seconds for rar before version 5: they are left out.
  const auto fraction = [&](long ns) { return format == ARCHIVE_FORMAT_RAR ? 0 : ns; };
  const auto zone = [&](std::int64_t seconds) { return header.local_time ? local_again(seconds) : seconds; };
  header.modified_ns = nanoseconds(archive_entry_mtime_is_set(entry_) != 0, zone(archive_entry_mtime(entry_)), fraction(archive_entry_mtime_nsec(entry_)));
  header.accessed_ns = nanoseconds(archive_entry_atime_is_set(entry_) != 0, zone(archive_entry_atime(entry_)), fraction(archive_entry_atime_nsec(entry_)));
  header.changed_ns = nanoseconds(archive_entry_ctime_is_set(entry_) != 0, zone(archive_entry_ctime(entry_)), fraction(archive_entry_ctime_nsec(entry_)));
  header.created_ns = nanoseconds(archive_entry_birthtime_is_set(entry_) != 0, zone(archive_entry_birthtime(entry_)), fraction(archive_entry_birthtime_nsec(entry_)));
  if ((format == ARCHIVE_FORMAT_RAR || format == ARCHIVE_FORMAT_RAR_V5) && archive_entry_size_is_set(entry_) != 0) {
    const auto look = format == ARCHIVE_FORMAT_RAR ? rar4_member : rar5_member;
    const RarMember told = look(feed_->content, static_cast<std::uint64_t>(archive_read_header_position(archive_)), archive_entry_size(entry_));
    header.checksum = told.checksum;
    header.is_encrypted = told.is_encrypted;
    header.begins_before = told.begins_before;
    header.goes_on = told.goes_on;
  }
  if (format == ARCHIVE_FORMAT_7ZIP || format == ARCHIVE_FORMAT_RAR || format == ARCHIVE_FORMAT_RAR_V5 || format == ARCHIVE_FORMAT_LHA) {
    // Their "ctime" is the time of creation.
    if (!header.created_ns) header.created_ns = header.changed_ns;
    header.changed_ns.reset();
    if (archive_entry_ctime(entry_) == 0) header.created_ns.reset();  // rar sets it where it is not stored
    if (archive_entry_atime(entry_) == 0) header.accessed_ns.reset();
  }
}

bool Library::has_local_times(std::uint64_t position) const {
  const int format = archive_format(archive_) & ARCHIVE_FORMAT_BASE_MASK;
  if (format == ARCHIVE_FORMAT_CAB || format == ARCHIVE_FORMAT_RAR) return true;
  if (format != ARCHIVE_FORMAT_LHA || position > feed_->content.size()) return false;
  const Result<Blob> start = feed_->content.read({position, position + std::min<std::uint64_t>(21, feed_->content.size() - position)});
  if (!start) return false;
  ByteReader in(start->view());
  in.skip(15);
  const std::uint32_t dos = in.u32le();
  in.skip(1);
  const std::uint8_t level = in.u8();  // levels 2 and 3 hold seconds since 1970, so may extra fields of 0 and 1
  const auto told = dos_time_ns(dos);
  return in.ok() && level < 2 && told && *told == local_again(archive_entry_mtime(entry_)) * 1'000'000'000;
}

Turn Library::block(ByteView& bytes, std::uint64_t& gap) {
  const Utf8Names names;
  const void* data = nullptr;
  std::size_t size = 0;
  la_int64_t offset = 0;
  const Turn turn = turn_of(archive_read_data_block(archive_, &data, &size, &offset));
  bytes = {};
  gap = 0;
  if (turn != Turn::good && turn != Turn::doubtful && turn != Turn::end) return turn;
  const auto begin = static_cast<std::uint64_t>(std::max<la_int64_t>(offset, 0));
  // Only tar has holes; other readers leave odd offsets behind.
  const bool sparse = (archive_format(archive_) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_TAR;
  if (sparse && begin > offset_) gap = begin - offset_;
  if (data != nullptr && turn != Turn::end) bytes = {static_cast<const std::byte*>(data), size};
  offset_ += gap + bytes.size();
  return turn;
}

void Library::skip() {
  const Utf8Names names;
  archive_read_data_skip(archive_);
}

std::string Library::trouble() const {
  const char* text = archive_ == nullptr ? nullptr : archive_error_string(archive_);
  return text == nullptr ? "no reason is given" : one_line(text);
}

bool Library::is_bare() const {
  const int format = archive_format(archive_) & ARCHIVE_FORMAT_BASE_MASK;
  return format == ARCHIVE_FORMAT_RAW || format == ARCHIVE_FORMAT_EMPTY;
}

bool Library::has_encrypted() const { return archive_read_has_encrypted_entries(archive_) > 0; }

std::string Library::format() const {
  const char* name = archive_format_name(archive_);
  return name == nullptr ? "" : one_line(name);
}

std::optional<Error> Library::stream_trouble() const {
  if (feed_->gzip) return feed_->gzip->trouble();
  if (feed_->error) return feed_->error;
  return open_trouble_.empty() ? std::nullopt : std::optional(Error{Code::corrupt, open_trouble_});
}

std::uint64_t Library::consumed() const {
  if (feed_->gzip) return feed_->gzip->consumed();
  return static_cast<std::uint64_t>(std::max<la_int64_t>(archive_filter_bytes(archive_, -1), 0));
}

std::optional<Error> Library::read_error() const { return feed_->error; }

}  // namespace evtriage::archives
