// From mentions to contacts and links: all that compares items with each other, done once, in key order.
// Memory: about 200 bytes for each distinct contact and 80 for each linked pair.
// Tested by tests/pipeline/store/contact_fold_test.cpp.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "pipeline/core/records.h"
#include "pipeline/core/result.h"
#include "pipeline/store/staging.h"
#include "pipeline/store/table_writer.h"

namespace evtriage {

class ContactFold {
 public:
  // The item's mentions, each once, in their final order; items in ascending order of id.  `contacts` gets the
  // number of each mention's contact: looking it up by its text again would cost more than all else here.
  void add(std::uint64_t item, const std::vector<Mention>& mentions, std::vector<std::uint32_t>& contacts);
  // Gives out the ids in (type, value) byte order and writes the table contacts.
  Result<void> write_contacts(TableWriter& writer);
  bool has(std::uint32_t contact) const { return contact < numbered_.size(); }
  // After write_contacts.
  std::uint64_t id(std::uint32_t contact) const { return numbered_[contact]->id; }
  // The same by text.  0: not known.
  std::uint64_t id(std::string_view type, std::string_view value) const;
  std::uint64_t id_of_party(const std::string& application, const std::string& party) const;

  // After write_contacts: the same items again, for the links.
  void link(const std::vector<StagedMention>& mentions);
  void link(std::uint64_t item, const std::vector<MessageRecord>& messages);
  Result<void> write_links(TableWriter& writer) const;

 private:
  struct Contact {
    std::uint64_t id = 0, mentions = 0, items = 0, first_item = 0, last_item = 0;
    std::uint32_t number = 0;    // in numbered_
    bool is_party = false;       // can be linked: a telephone, an address of mail, a name in a messenger
    Confidence confidence = Confidence::candidate;
    std::string country, label;
    std::vector<std::string> countries;
  };
  struct Pair {
    std::uint64_t a = 0, b = 0;
    bool message = false;
    bool operator==(const Pair&) const = default;
  };
  struct PairHash {
    std::size_t operator()(const Pair& pair) const {
      return static_cast<std::size_t>((pair.a * 0x9E3779B97F4A7C15u) ^ (pair.b * 0xC2B2AE3D27D4EB4Fu) ^
                                      (pair.message ? 1u : 0u));
    }
  };
  struct Link {
    std::uint64_t items = 0, weight = 0, last_item = 0;
    std::optional<std::int64_t> first_seen, last_seen;
  };
  void link_message(std::uint64_t item, std::uint64_t a, std::uint64_t b, std::optional<std::int64_t> sent);
  const std::string& key_of(std::string_view type, std::string_view value) const;  // until the next call
  mutable std::string key_;                            // used again: a key for each mention is no allocation
  std::unordered_map<std::string, Contact> contacts_;  // key: type, NUL, value; never walked into output
  std::vector<Contact*> numbered_;                     // in the order of their first mention
  std::unordered_map<Pair, Link, PairHash> links_;     // sorted before it is written
};

}  // namespace evtriage
