// libpff as values that own themselves: a store opened over a Content, items, their properties and attachments.
//
// The only file pair that includes libpff and libbfio.  The library reads through a handle of ours, so no file system
// is needed; what it cannot read is an empty answer here.  Not for threads: one store, one caller.
// Tested by tests/extractors/outlook/pst_test.cpp.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "extractors/outlook/mapi.h"
#include "pipeline/core/content.h"

namespace evtriage::pff {

struct OwnedProperty {  // property.value points into bytes
  mapi::Property property;
  std::string bytes;
};

struct Properties {  // of one item or one row of a table
  std::vector<std::unique_ptr<const OwnedProperty>> all;
  std::uint64_t left_out = 0;  // values that were too large or could not be read

  const mapi::Property* find(std::uint16_t id) const;  // not a named one; null if absent
  std::string text(std::uint16_t id, const std::string& code_page) const;
};

enum class Kind : std::uint8_t { folder, message, other };
enum class AttachmentKind : std::uint8_t { data, item, none };

class Item {
 public:
  struct Handle;
  explicit Item(std::shared_ptr<Handle> handle) : handle_(std::move(handle)) {}

  Kind kind() const;
  std::uint32_t identifier() const;
  Properties properties() const;
  std::vector<Properties> recipients() const;
  std::string folder_name() const;  // valid UTF-8

  int folders() const;
  int messages() const;
  int associated() const;  // views, rules, forms: counted only
  int attachments() const;
  std::optional<Item> folder(int index) const;
  std::optional<Item> message(int index) const;
  std::optional<Item> attachment(int index) const;

  AttachmentKind attachment_kind() const;
  std::optional<Item> attached_item() const;
  std::uint64_t attachment_size() const;
  std::string read_attachment(std::size_t most_bytes) const;  // the next bytes; empty at the end and after an error

 private:
  std::shared_ptr<Handle> handle_;
};

class Store {
 public:
  struct Impl;
  // Null if it is no store or too damaged to find its root.
  static std::unique_ptr<Store> open(const Content& content);
  ~Store();
  std::optional<Item> root() const;
  std::optional<Item> message_store() const;
  std::string format() const;            // "Unicode PST", "ANSI OST", ...
  std::string encoding() const;          // "none", "compressible", "high"
  bool is_corrupted() const;
  int recover();                         // number of items found in blocks that nothing refers to
  std::optional<Item> recovered(int index) const;
  int orphans() const;
  std::optional<Item> orphan(int index) const;
  const std::vector<ByteRange>& lost() const;  // ranges that could not be read, merged

 private:
  explicit Store(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace evtriage::pff
