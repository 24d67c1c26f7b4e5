// The two ends of the flow: Source gives the entries of the evidence, Recorder takes the results.
//
// Both are interfaces so that the engine knows neither file systems nor databases.
// Tested by tests/pipeline/engine (with sources in memory) and tests/whole.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/core/address.h"
#include "pipeline/core/content.h"
#include "pipeline/core/records.h"

namespace evtriage {

// One entry of the listing: the listing is made once, before anything is read, in canonical order
// (depth first, names by unsigned bytes), and is the measure of completeness at the seal.
struct Entry {
  std::uint64_t ordinal = 0;             // 0, 1, ... over all exhibits
  std::uint32_t exhibit = 0;             // 0, 1, ... in the order given
  std::uint64_t number = 0;              // 1, 2, ... inside the exhibit: the number in its address
  std::optional<std::uint64_t> parent;   // ordinal of its directory; absent at the top of an exhibit
  std::string path;                      // raw bytes, relative to the exhibit; a single file: its base name
  ItemKind kind = ItemKind::file;        // file, directory, symlink, special
  std::uint64_t size = 0;                // bytes, as listed; 0 for all but files
  std::optional<std::int64_t> modified_ns;
  std::string detail;                    // symlink: target; special: "fifo", "socket", "device ..."
  std::vector<Issue> issues;             // unreadable directory, mount point, loop ...
};

class Source {  // opened exhibits behind a finished listing
 public:
  virtual ~Source() = default;
  virtual std::uint64_t entry_count() const = 0;
  virtual std::uint64_t total_bytes() const = 0;
  virtual std::string exhibit_label(std::uint32_t exhibit) const = 0;
  // The entries from `first` in order, at most `count`; one caller at a time.
  virtual Result<std::vector<Entry>> entries(std::uint64_t first, std::uint64_t count) = 0;
  // Ordinals of the files larger than the resident limit, largest first, ties by ordinal.
  virtual const std::vector<std::uint64_t>& large_files() const = 0;

  struct Opened {
    ContentPtr content;                  // reads the file as it is now
    std::vector<Issue> issues;           // e.g. "changed since it was listed"
    ContentPtr joined;                   // of a name that starts a split image (.001, .E01): it and all that follow it;
                                         // null if nothing follows
  };
  // Opens a file for reading, from any thread.  Never follows a link.
  virtual Result<Opened> open(const Entry& entry) const = 0;
  // Of a name that goes on with a split image (.002, .E17): its first file, for reading; null if there is none.
  virtual ContentPtr first_segment(const Entry&) const { return nullptr; }
  // Opens what lies beside an entry (see Emit::beside); null if it is not there.
  virtual ContentPtr open_beside(const Entry&, std::string_view) const { return nullptr; }
  // After the content was read: an issue if size or time moved meanwhile.
  virtual std::optional<Issue> changed(const Entry& entry, const Content& content) const = 0;
  // Brings the file into the page cache if it is not there; any thread; true if it was there already.
  virtual bool warm(const Entry& entry) const = 0;
};

class Recorder {
 public:
  virtual ~Recorder() = default;
  // Units that an earlier, interrupted run has recorded whole.
  virtual bool already_has(std::uint64_t ordinal) const = 0;
  // Turns parts into bytes; any thread, no side effects.  Several parts make one frame: kept or lost together.
  virtual std::string encode(const std::vector<UnitPart>& parts) const = 0;
  // Appends an encoded frame; any thread (serialised inside).  An Error means: stop the run (disk full ...).
  virtual Result<void> append(std::string_view frame) = 0;
};

}  // namespace evtriage
