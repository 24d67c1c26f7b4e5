// One value of JSON whose bytes are in memory, as a flat tree: what a record of an export is read from.
//
// Lenient as its file may be damaged: commas are not asked for, a bracket of the wrong kind closes all the same, a value
// without a key is one with an empty key.  Nothing recurses; nodes stand in the order of the bytes.
// Who uses a value takes it; what nobody took is found at the end, so that nothing that people wrote is lost.
// Tested by tests/extractors/phone/json_tree_test.cpp and tests/fuzz/fuzz_chat_json.cpp.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "extractors/phone/mapped.h"

namespace evtriage::phone {

struct JsonNode {
  enum class Kind : std::uint8_t { object, array, string, number, word };  // word: true, false, null, or no JSON at all
  std::uint32_t key_begin = 0, key_end = 0;  // between its quotes
  std::uint32_t begin = 0, end = 0;          // of a string: between its quotes
  std::uint32_t next = 0;                    // its next brother; 0: none
  std::uint32_t child = 0;                   // its first child; 0: none
  Kind kind = Kind::word;
  bool taken = false;
  bool is_container() const { return kind == Kind::object || kind == Kind::array; }
};

class JsonTree {
 public:
  static constexpr std::size_t most_nodes = 200'000;
  static constexpr std::uint32_t none = 0xffffffff;

  enum class State { whole, unfinished, too_large };
  // `bytes` begin with a bracket at offset `at` of the item and are kept alive by the caller; more may follow the value.
  // unfinished: the bytes end inside of it, what there is can be read.
  State parse(std::string_view bytes, std::uint64_t at);
  std::size_t size() const { return size_; }  // bytes of the value
  // Strings as Facebook and Instagram write them (json_text.h).
  void meta_strings(bool on) { meta_ = on; }

  const std::vector<JsonNode>& nodes() const { return nodes_; }
  const JsonNode& node(std::uint32_t index) const { return nodes_[index]; }
  std::string_view key(const JsonNode& node) const { return bytes_.substr(node.key_begin, node.key_end - node.key_begin); }  // as written
  std::string_view raw(const JsonNode& node) const { return bytes_.substr(node.begin, node.end - node.begin); }
  ByteRange source(const JsonNode& node) const { return {at_ + node.begin, at_ + node.end}; }

  // The member of an object (the root by default), or none.
  std::uint32_t find(std::string_view key, std::uint32_t object = 0) const;
  // The same, and it counts as told; with everything below it.
  std::uint32_t take(std::string_view key, std::uint32_t object = 0);
  void take_all(std::uint32_t index);

  // Of a string, number or word; empty for containers, null and `none`.
  std::string text(std::uint32_t index) const;
  // The same, but only of what is no container: what a hostile file puts there is not told yet.
  std::uint32_t take_value(std::string_view key, std::uint32_t object = 0);
  std::string take_text(std::string_view key, std::uint32_t object = 0) { return text(take_value(key, object)); }
  void append(std::uint32_t index, MappedText& out) const;
  void append_key(const JsonNode& node, std::string& out) const;
  // Of a number, or of a string that is one.
  std::optional<std::int64_t> integer(std::uint32_t index) const;
  bool is_true(std::uint32_t index) const { return index != none && raw(nodes_[index]) == "true"; }
  std::uint32_t first_child(std::uint32_t index) const { return index == none || nodes_[index].child == 0 ? none : nodes_[index].child; }
  std::uint32_t after(std::uint32_t index) const { return nodes_[index].next == 0 ? none : nodes_[index].next; }

 private:
  void add(JsonNode::Kind kind, std::size_t begin, std::size_t end);
  std::size_t string(std::size_t at);
  void open(JsonNode::Kind kind, std::size_t at);
  void close(std::size_t at);

  std::string_view bytes_;
  std::uint64_t at_ = 0;
  std::size_t size_ = 0;
  bool meta_ = false;
  std::vector<JsonNode> nodes_;
  struct Open {
    std::uint32_t node = 0, last_child = 0;
  };
  std::vector<Open> open_;
  std::uint32_t key_begin_ = 0, key_end_ = 0;  // waits for its value
};

}  // namespace evtriage::phone
