// Library: libarchive over a Content, with only the formats and the one filter that are asked for.
//
// Never enabled: filters that start programs (lzop, lrzip, grzip, "program"), mtree (it opens files that it names),
// reading and writing of disks.  gzip is unpacked by gzip.h, which checks what libarchive does not.  Blocks are handed on as libarchive holds them, without a copy.  Names come out as
// stored; names stored as UTF-16 come out as UTF-8, for which the thread's character table is set and put back
// around each call, because libarchive converts through the locale.
// Tested by tests/extractors/archive/formats_test.cpp and independence_test.cpp.
#pragma once
#include <memory>
#include <optional>
#include <string>

#include "pipeline/core/plugin.h"

struct archive;
struct archive_entry;

namespace evtriage::archives {

enum class Filter { none, gzip, bzip2, xz, lzma, zstd, lz4, lzip, compress };
enum class Formats { one_zip, archives, streams, bytes };  // streams: behind a filter: tar, cpio, or just bytes
enum class Turn { good, doubtful, failed, end, broken };  // doubtful: good with a complaint; broken: nothing follows

enum class FileType { regular, directory, symlink, device, fifo, socket, other };

struct Header {
  std::string name;
  bool has_name = true;
  FileType type = FileType::regular;
  std::string link;                  // target of a symbolic or hard link
  bool is_hardlink = false, is_encrypted = false;
  bool begins_before = false, goes_on = false;  // in another volume of a rar
  std::optional<std::int64_t> modified_ns, accessed_ns, changed_ns, created_ns;
  bool local_time = false;           // from DOS fields: the zone is unknown
  std::optional<std::uint32_t> checksum;  // told by the archive and not checked by libarchive
};

class Library {
 public:
  // Never null.  A password is tried on what is encrypted in a zip; empty: none.  The content must outlive it.
  static std::unique_ptr<Library> open(const Content& content, Formats formats, Filter filter, const std::string& password);
  ~Library();
  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;

  bool is_open() const { return open_; }
  Turn next(Header& header);
  // A block of the current member; `gap` is the number of zeros in front of it (sparse files).
  Turn block(ByteView& bytes, std::uint64_t& gap);
  void skip();                       // the data of the current member
  std::string trouble() const;       // the last complaint, one line
  // What is wrong with the compressed stream behind the members: known at its end.
  std::optional<Error> stream_trouble() const;
  bool is_bare() const;              // only compressed bytes, no archive
  bool has_encrypted() const;        // as far as is known
  std::string format() const;        // "GNU tar format"; known after the first next()
  std::uint64_t consumed() const;    // bytes of the content taken so far
  std::optional<Error> read_error() const;  // the first read of the content that failed

 private:
  Library() = default;
  void fill(Header& header) const;
  bool has_local_times(std::uint64_t position) const;
  struct Feed;
  std::unique_ptr<Feed> feed_;
  ::archive* archive_ = nullptr;
  ::archive_entry* entry_ = nullptr;
  std::uint64_t offset_ = 0;         // end of the last block
  std::string open_trouble_;         // libarchive forgets it at the first header
  bool open_ = false;
};

// Whether the table behind non-ASCII names could be loaded; loads it at the first call.
bool load_character_table();

}  // namespace evtriage::archives
