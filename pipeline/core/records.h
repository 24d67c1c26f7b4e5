// The rows of a case as plain values: what the pipeline hands from a worker to the store.
//
// One struct for one table of the contract; no pointers, no bytes of evidence beyond bounded excerpts.
// Empty strings and empty optionals mean "absent" and are not written out.
// All byte ranges are ranges in the item's own bytes, unless said otherwise.
// Tested by tests/pipeline/store (codec round trip) and tests/whole.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "pipeline/core/content.h"
#include "pipeline/core/result.h"

namespace evtriage {

struct Digests {  // only what was asked for is present
  std::optional<std::array<std::byte, 16>> md5;
  std::optional<std::array<std::byte, 20>> sha1;
  std::optional<std::array<std::byte, 32>> sha256;
  std::optional<std::array<std::byte, 64>> sha512;
  bool operator==(const Digests&) const = default;
};

enum class Outcome : std::uint8_t { done, partial, skipped, failed };  // every item ends in exactly one
enum class Known : std::uint8_t { unknown, good, alert };
enum class Confidence : std::uint8_t { certain, likely, candidate };
enum class Band : std::uint8_t { high, medium, low };

enum class ItemKind : std::uint8_t {
  file, directory, symlink, special, deleted, orphan, free_space, slack,
  member, attachment, embedded, message_store, record
};

struct Property {  // names from Dublin Core, EXIF, RFC 5322 where they exist
  std::string name, value;
};

struct TextRecord {  // one segment of extracted text, as kept in the case
  std::uint32_t segment = 0;
  std::string origin;             // body, header, metadata, comment, strings, ocr, deleted
  std::string place;              // for people: "page 3", "row 12"; empty if the byte range says it all
  std::string language;           // ISO 639-1, or empty
  std::uint64_t text_begin = 0;   // text offset of the first kept byte in the segment's own text
  Blob text;                      // UTF-8
  bool is_whole_item = false;     // the text is the item's bytes unchanged: its digest is the item's
};

struct Mention {  // one sighting of a contact or identifier; contacts are made of these at the seal
  std::string type;                    // the contract's word: phone, email, url, domain, ...
  std::string value;                   // canonical
  std::string country;                 // ISO 3166-1 alpha-2, or empty
  std::vector<std::string> countries;  // candidates, sorted
  Confidence confidence = Confidence::certain;
  std::string label;                   // name found beside it, or empty
  std::uint32_t segment = 0;
  ByteRange bytes;
  std::string place, raw, context;     // raw: as written; context: about 60 characters on both sides
};

struct Hit {  // one place where a rule matched
  std::uint32_t segment = 0;
  ByteRange bytes;
  std::string place, rule, pack, offence, category;
  std::uint32_t rule_version = 0;
  std::vector<std::string> elements;  // "means: document retention" ... sorted
  std::int32_t weight = 0;
  std::string language, matched, context;  // of the original text, not the folded one
};

struct Finding {  // one unit of text (message, window) that deserves a human look
  std::string subject = "text";           // item, text, contact, conversation, exhibit
  std::uint32_t segment = 0;
  ByteRange bytes;                        // first to last matched byte
  std::string place, offence;             // tip, som
  Band band = Band::low;
  std::int32_t score_milli = 0;           // integers only: sums of fractions depend on order
  std::vector<std::string> elements, categories, rules;  // sorted, unique
  std::vector<std::string> against;       // ids of suppressors that lowered the score
  std::string why;                        // one English sentence a prosecutor understands
  std::string excerpt;                    // at most about 400 characters of the original text
};

struct MessageRecord {
  std::string application, conversation, sender;
  std::vector<std::string> recipients;
  std::optional<std::int64_t> sent_ns;    // UTC, nanoseconds since 1970
  std::string direction, body;            // body: at most 4096 bytes; the whole text stands in texts
  bool deleted = false;
  std::vector<std::string> attachments;
};

// All that is kept of one item.  `index` is its place in pre-order inside its unit (0 = the unit's own
// root: the file of the folder), `parent` the index of its parent (root: ignored).
struct ItemRecord {
  std::uint32_t index = 0, parent = 0;
  bool complete = true;                   // false: only the lists below count; scalars come in a later part
  std::string address;                    // printed
  std::string name, path;                 // for people: valid UTF-8, odd bytes as \xHH
  ItemKind kind = ItemKind::file;
  std::uint64_t size = 0;
  std::string media_type;
  bool type_mismatch = false;
  Digests digests;
  std::optional<std::int64_t> created_ns, modified_ns, accessed_ns, changed_ns;
  bool deleted = false, encrypted = false;
  Outcome outcome = Outcome::done;
  Known known = Known::unknown;
  std::uint64_t text_bytes = 0;           // bytes of extracted UTF-8 text
  std::int32_t score_milli = 0;           // the best finding's score
  std::vector<Property> properties;
  std::vector<TextRecord> texts;
  std::vector<Mention> mentions;
  std::vector<Hit> hits;
  std::vector<Finding> findings;
  std::vector<MessageRecord> messages;
  std::vector<Issue> issues;
};

// What one worker hands to the store at a time: a unit (one entry of the listing) whole, or a part of it.
// Parts of one unit come in order from one worker; the last one carries `last`.
struct UnitPart {
  std::uint64_t ordinal = 0;              // entry number in the listing, from 0, over all exhibits
  std::uint32_t number = 0;               // 0, 1, ... inside the unit
  bool last = true;
  std::vector<ItemRecord> items;
};

}  // namespace evtriage
