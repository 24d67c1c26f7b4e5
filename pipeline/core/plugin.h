// The plug-in kinds and their narrow doors.
//
//   content ──► Extractor ──► Emit (texts, children, properties, messages, issues)
//   content, page by page ──► PageExtractor ──► Emit
//   text segment ──► TextScanner ──► ScanSink (mentions, hits, findings, issues)
//
// Plug-ins are constant after construction and are called from many threads at once; what a call needs
// beyond the stack lives in a Scratch that belongs to one worker.  They have no clock, no randomness,
// no file system.  Values flow out through the door only, nothing is returned sideways.
// The table of plug-ins (Registry) is explicit and passed in.  Order in it is priority.
// Tested by tests/extractors/contract_test.cpp, which loops over the table.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/core/address.h"
#include "pipeline/core/content.h"
#include "pipeline/core/records.h"
#include "pipeline/core/text.h"

namespace evtriage {

// A child found inside an item: a mail's attachment, an archive's member, a file of a file system.
struct Child {
  // number = its place among its brothers, from 1; below a disk (part, file, stream, free) the native handle, such as
  // the inode.  Name as found.
  Step step;
  ItemKind kind = ItemKind::member;
  std::string media_type;        // what the container claims, for text charsets too: "text/html; charset=..."
  std::optional<std::int64_t> created_ns, modified_ns, accessed_ns, changed_ns;
  bool deleted = false;
  bool encrypted = false;        // as stored; with content: a password opened it
  bool is_media = false;         // the disk that an image file holds: what may be read grows with its size
  std::optional<ByteRange> extent;  // set if its bytes lie contiguous and unchanged in the parent's bytes
  std::vector<Property> properties = {};  // what only the container knows of it
  std::vector<Issue> issues = {};         // why its bytes are not there, or are in doubt
};

// Steps whose number is the native handle of what lies on a disk, not a place among brothers.
constexpr bool is_on_disk(StepKind kind) {
  return kind == StepKind::part || kind == StepKind::file || kind == StepKind::stream || kind == StepKind::free;
}

// Bytes of a child that are made piece by piece (a member that is unpacked), of any size in bounded memory.
class Spool {  // used from one thread
 public:
  virtual ~Spool() = default;
  virtual bool append(ByteView bytes) = 0;  // false: a budget is spent; produce no more of this child
  virtual ContentPtr take() = 0;            // once: what was appended; null after an append that said false
};

class Emit {  // implemented by the engine and by tests/support/fake_emit.h; used from one thread
 public:
  virtual ~Emit() = default;
  virtual void text(TextSegment segment) = 0;             // scanned at once, kept, then dropped
  // Examined at once, depth first, then dropped.  Null content: a child whose bytes cannot be had.
  // A RunsContent is one over the content that the extractor was given.
  virtual void child(Child child, ContentPtr content) = 0;
  virtual std::unique_ptr<Spool> spool() = 0;             // for the bytes of one child; never null
  virtual void property(std::string name, std::string value) = 0;
  virtual void message(MessageRecord message) = 0;
  virtual void issue(Issue issue) = 0;
  virtual void encrypted() = 0;                           // marks the item as encrypted
  virtual bool stop_requested() const = 0;                // budget spent: return soon
  // The bytes of what lies beside the item in its folder or container (a database's log), by its name there, which may lead
  // into folders below but not out.  Null: there is none, or the container has not come to it yet.  Good until the item ends.
  virtual ContentPtr beside(std::string_view) { return nullptr; }
};

struct Identity {                // what the engine knows of an item before it is extracted
  std::string_view media_type;   // lower case, no parameters: "text/html"
  std::string_view claimed_type; // what the container claims, may hold "; charset=..."; may be empty
  std::string_view name;         // file name as found, raw bytes
};

struct ExtractOptions {
  std::vector<std::string> passwords;  // tried in this order on what is encrypted
};

class Extractor {
 public:
  virtual ~Extractor() = default;
  virtual std::string_view name() const = 0;      // the stage in issues
  virtual std::uint32_t version() const = 0;      // part of the profile: a change changes results
  virtual bool accepts(const Identity& identity) const = 0;
  // Needs bounded memory whatever the size; others are not given more than limits.structured_bytes.
  virtual bool reads_any_size() const { return false; }
  virtual void extract(const Content& content, const Identity& identity, Emit& emit) const = 0;
};

// Text and raw strings are cut into pages, so that a file of any size needs bounded memory and one huge
// file can be scanned by many workers.  A page = margin | owned | margin.
struct Page {
  Blob bytes;                    // margins included
  std::uint64_t begin = 0;       // item offset of bytes[0]
  ByteRange owned;               // item offsets; what begins here is reported by this page
  std::uint64_t item_size = 0;
};

class PageExtractor {
 public:
  virtual ~PageExtractor() = default;
  virtual std::string_view name() const = 0;
  virtual std::uint32_t version() const = 0;
  // Decides once for the whole item from its first bytes (at most 1 MiB): an encoding, or nullopt if
  // this extractor does not read it.  The answer goes into every extract call of the item.
  virtual std::optional<std::string> plan(ByteView head, std::uint64_t item_size, const Identity& identity) const = 0;
  virtual void extract(const Page& page, std::string_view plan, Emit& emit) const = 0;
};

class ScanSink {  // used from one thread
 public:
  virtual ~ScanSink() = default;
  // Byte ranges are filled in by the scanner through segment.map.
  virtual void mention(Mention mention) = 0;
  virtual void hit(Hit hit) = 0;
  virtual void finding(Finding finding) = 0;
  virtual void issue(Issue issue) = 0;
};

class Scratch {  // buffers and caches of one scanner in one worker; never carries meaning between calls
 public:
  virtual ~Scratch() = default;
};

class TextScanner {
 public:
  virtual ~TextScanner() = default;
  virtual std::string_view name() const = 0;
  virtual std::uint32_t version() const = 0;
  virtual std::unique_ptr<Scratch> make_scratch() const = 0;
  // `scratch` is one that this scanner made.  Reports only what begins inside segment.owned.
  virtual void scan(const TextSegment& segment, Scratch& scratch, ScanSink& sink) const = 0;
};

class KnownHashes {  // sets of known files; constant after construction
 public:
  virtual ~KnownHashes() = default;
  virtual Known lookup(const Digests& digests) const = 0;  // alert wins over good
};

struct Registry {  // non-owning; outlives the run
  std::span<const Extractor* const> extractors;
  std::span<const PageExtractor* const> page_extractors;  // tried in order after the extractors
  std::span<const TextScanner* const> scanners;
  const KnownHashes* known = nullptr;
};

}  // namespace evtriage
