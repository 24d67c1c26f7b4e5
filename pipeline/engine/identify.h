// Identifier: what kind of file this is, from its bytes, and whether its name lies about it.
//
// Two levels.  A table of signatures and a few rules for text decide what a file is handled as, in some
// microseconds; libmagic, which takes a hundred times longer, is asked about what the table does not
// know and about every file whose extension seems to lie, so that what the report says of a file stands
// on libmagic's word.  Agreement of the two is tested over the files of the machine.
// Constant after construction; a MagicCookie belongs to one worker.
// Tested by tests/pipeline/engine/identify_test.cpp.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "pipeline/core/content.h"

struct magic_set;

namespace evtriage {

struct Identification {
  std::string media_type;      // lower case, no parameters; never empty
  bool type_mismatch = false;  // the extension belongs to another family of formats
};

class MagicCookie {  // one handle of libmagic
 public:
  // Empty if libmagic gives no answer.  Looks at the first 64 KiB, of text at 4 KiB.
  std::string type_of(ByteView head);

 private:
  friend class Identifier;
  struct Close {
    void operator()(magic_set* handle) const;
  };
  explicit MagicCookie(magic_set* handle) : handle_(handle) {}
  std::unique_ptr<magic_set, Close> handle_;
};

class Identifier {
 public:
  // Finds and checks libmagic's compiled database.  Error (unsupported) if there is none or it is unusable.
  static Result<std::unique_ptr<Identifier>> load();
  static Result<std::unique_ptr<Identifier>> load(const std::string& database_file);

  Result<MagicCookie> cookie() const;
  const std::string& database_sha256() const { return database_sha256_; }  // hex, of the file that is used
  std::string library_version() const;                                     // "5.44"

  // `head`: the first bytes of the item (64 KiB are enough), `size`: of the whole item, `name`: raw bytes.
  Identification identify(ByteView head, std::uint64_t size, std::string_view name, MagicCookie& cookie) const;

 private:
  Identifier(std::string file, std::string digest) : file_(std::move(file)), database_sha256_(std::move(digest)) {}
  std::string file_, database_sha256_;
};

// Compressed or media formats in which a search for raw strings finds nothing but noise.
bool is_opaque(std::string_view media_type);

}  // namespace evtriage
