// Address: where bytes come from, all the way down to the seized exhibit.
//
// An immutable path that shares its prefixes.  It is printed for people and for the store, and parsed
// only where a person types it (`evtriage show`); inside the program it is never taken apart as text,
// because names are hostile bytes.
//
// Grammar (every byte outside 0x20..0x7e, and `"` and `\`, stands as \xHH inside the quotes):
//   address = "exhibit:" label *( "/" step ) [ "+" begin ".." end ]
//   step    = word ":" ( number [ "@" offset ] [ name ] | tag )        word, tag = 1*( a-z 0-9 - )
//   name    = DQUOTE *( byte / "\x" HH ) DQUOTE
//   words   = part, file, stream, free, member, record, text
// Example: exhibit:EX1/file:17"mail/inbox.mbox"/record:3/member:2"offer.txt"/text:utf16le+1043..1055
// Tested by tests/pipeline/core/address_test.cpp: parse(print(a)) == a.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "pipeline/core/result.h"

namespace evtriage {

enum class StepKind : std::uint8_t { exhibit, part, file, stream, free, member, record, text };

struct Step {
  StepKind kind = StepKind::file;
  std::uint64_t number = 0;             // the native handle: entry, inode, member index, record number
  std::optional<std::uint64_t> offset;  // part only: byte offset on the device
  std::string name;                     // raw bytes as found; the label for exhibit, the tag for text
  bool operator==(const Step&) const = default;
};

class Address {
 public:
  static Address exhibit(std::string label) { return Address(nullptr, {StepKind::exhibit, 0, {}, std::move(label)}); }
  Address child(Step step) const { return Address(node_, std::move(step)); }
  const Step& step() const { return node_->step; }
  std::optional<Address> parent() const {
    if (!node_->parent) return std::nullopt;
    return Address(node_->parent);
  }
  unsigned depth() const { return node_->depth; }  // 0 for an exhibit
  std::string print() const;
  std::string print(ByteRange range) const;  // with "+begin..end"

 private:
  struct Node {
    std::shared_ptr<const Node> parent;
    Step step;
    unsigned depth;
  };
  explicit Address(std::shared_ptr<const Node> node) : node_(std::move(node)) {}
  Address(std::shared_ptr<const Node> parent, Step step) {
    const unsigned depth = parent ? parent->depth + 1 : 0;
    node_ = std::make_shared<const Node>(Node{std::move(parent), std::move(step), depth});
  }
  std::shared_ptr<const Node> node_;
};

struct ParsedAddress {
  Address address;
  std::optional<ByteRange> range;
};

// The inverse of print.  An Error (Code::corrupt) says at which byte the text stops being an address.
Result<ParsedAddress> parse_address(std::string_view text);

// "a/b.db", "b.db-wal" -> "a/b.db-wal": what lies beside a path; empty if the name is empty, absolute or climbs.
std::string path_beside(std::string_view path, std::string_view name);

// One step as it stands in an address, without the leading slash.
std::string print_step(const Step& step);

}  // namespace evtriage
