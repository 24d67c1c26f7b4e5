// Pages of an SQLite database: bytes by page number, wherever they lie.
//
// Format: sqlite.org/fileformat2.html, section 1.  A page comes from the database file, unless another place was laid over
// it (a frame of a write-ahead log, a record of a rollback journal).  Nothing is ever opened by the SQLite library, so the
// evidence gets no lock, no -shm, no checkpoint.
// Tested by tests/extractors/phone/sqlite_test.cpp and tests/fuzz/fuzz_sqlite.cpp.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "pipeline/core/byte_reader.h"
#include "pipeline/core/content.h"

namespace evtriage::phone {

enum class Encoding : std::uint8_t { utf8 = 1, utf16le = 2, utf16be = 3 };

struct Shape {                       // the database header: the first 100 bytes of page 1
  std::uint32_t page_bytes = 4096;   // a power of two, 512 to 65536
  std::uint32_t usable = 4096;       // bytes of a page that are not reserved
  Encoding encoding = Encoding::utf8;
  std::uint32_t free_head = 0;       // first trunk page of the freelist
  bool write_ahead = false;
};
constexpr std::size_t header_bytes = 100;

// Nothing if these bytes cannot begin a database.
std::optional<Shape> read_shape(ByteView head);

struct Page {
  std::uint32_t number = 0;
  Blob bytes;               // page_bytes of them, fewer where the file is cut
  std::uint64_t at = 0;     // offset of bytes[0] in the file that they came from
  bool in_item = true;      // false: they lie in the companion, not in the item that is read
};

class Pages {
 public:
  // `base` may be null (a log without its database); it and all that is laid over outlive this.
  Pages(const Content* base, Shape shape, bool base_is_item);

  const Shape& shape() const { return shape_; }
  std::uint32_t count() const { return count_; }  // pages that there are, the laid-over ones included
  void lay_over(std::uint32_t number, const Content& file, std::uint64_t at, bool in_item);
  bool is_laid_over(std::uint32_t number) const { return over_.contains(number); }

  Result<Page> read(std::uint32_t number) const;
  void read_ahead(std::uint32_t number);  // the caller is about to read on from here

 private:
  struct Place {
    const Content* file = nullptr;
    std::uint64_t at = 0;
    bool in_item = false;
  };
  const Content* base_;
  Shape shape_;
  bool base_is_item_;
  std::uint32_t count_ = 0;
  std::unordered_map<std::uint32_t, Place> over_;
  Blob window_;
  std::uint64_t window_at_ = 0;
};

// The header of a b-tree page (section 1.6).
struct TreeHeader {
  enum Kind : std::uint8_t { index_interior = 2, table_interior = 5, index_leaf = 10, table_leaf = 13 };
  std::uint8_t kind = 0;
  std::uint32_t cells = 0, content_begin = 0, first_free = 0, right_child = 0;
  std::uint32_t pointers = 0;  // offset of the cell pointer array in the page
  bool is_sound = false;       // its other numbers agree with each other
  bool is_leaf() const { return kind == index_leaf || kind == table_leaf; }
  bool is_table() const { return kind == table_leaf || kind == table_interior; }
  std::uint32_t gap_begin() const { return pointers + 2 * cells; }  // behind the cell pointer array
};
// Nothing if the page is no b-tree page or its cell pointers reach out of it.
std::optional<TreeHeader> read_tree_header(const Page& page, std::uint32_t usable);

// Section 1.6: a variable-length integer, big endian, at most 9 bytes.
inline std::uint64_t sqlite_varint(ByteReader& in) {
  std::uint64_t value = 0;
  for (unsigned i = 0; i < 8; ++i) {
    const std::uint64_t byte = in.u8();
    value = value << 7 | (byte & 0x7f);
    if ((byte & 0x80) == 0) return value;
  }
  return value << 8 | in.u8();
}

}  // namespace evtriage::phone
