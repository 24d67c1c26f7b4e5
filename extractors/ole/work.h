// What every reader inside a compound file is handed: the file, the door, and the list of streams that were dealt
// with.  The doors of the readers stand here too.
// Tested by tests/extractors/ole/parts_test.cpp.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "extractors/ole/compound_file.h"
#include "pipeline/core/plugin.h"

namespace evtriage::ole {

inline constexpr std::uint64_t most_stream_bytes = 128 << 20;  // of one stream held in memory
inline constexpr std::size_t most_children = 20'000;           // of one item

struct NewChild {
  std::string name;                     // raw, as found
  std::string media_type;
  ItemKind kind = ItemKind::embedded;
  std::optional<std::int64_t> created_ns, modified_ns;
  bool deleted = false, encrypted = false;
};

class Children {  // numbers them and stops at the limit
 public:
  explicit Children(Emit& emit) : emit_(emit) {}
  // Null content: the bytes cannot be had.
  void add(NewChild child, ContentPtr content, std::optional<ByteRange> extent = {});
  // Bytes that lie in the item as `runs` says; `whole` outlives the call.
  void add_runs(NewChild child, const Content& whole, const ByteRuns& runs);
  std::uint64_t count() const { return count_; }

 private:
  Emit& emit_;
  std::uint64_t count_ = 0;
  bool told_ = false;
};

struct Work {
  const CompoundFile& file;
  const ExtractOptions& options;
  Emit& emit;
  Children children;
  std::vector<bool> used;        // by EntryId
  std::string document_place;    // "" for the file itself, "embedded object ObjectPool/_1234" inside
  unsigned message_depth = 0;

  Work(const CompoundFile& f, const ExtractOptions& o, Emit& e) : file(f), options(o), emit(e), children(e), used(f.entries().size()) {}

  void issue(Code code, std::string_view stage, std::string detail, std::optional<ByteRange> where = {});
  StreamBytes load(EntryId id, std::uint64_t most = most_stream_bytes);  // and marks it as used
  void use_all(EntryId storage);                                         // marks everything below it as used
  std::string place(std::string_view inner) const;                       // with document_place in front
};

// Each looks at one storage; false: its main stream is not there.
bool read_doc(Work& work, EntryId storage);
bool read_xls(Work& work, EntryId storage);
bool read_ppt(Work& work, EntryId storage);
bool read_msg(Work& work, EntryId storage);
bool read_encrypted_package(Work& work, EntryId storage);
void read_vba(Work& work, EntryId storage);          // a storage named "VBA"
void read_property_sets(Work& work, EntryId storage);
void read_embedded(Work& work, EntryId storage);     // \1Ole10Native, Package, CONTENTS ...

// OLE 1.0 "Package" data (a file that was dropped into a document): name, paths, bytes.
struct NativePackage {
  std::string label, path, temporary;
  std::uint64_t begin = 0, size = 0;  // of the payload in `bytes`
};
std::optional<NativePackage> parse_native_package(std::string_view bytes);

}  // namespace evtriage::ole
