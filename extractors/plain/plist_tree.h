// The objects of a property list, binary or XML, in one flat table: nothing recurses, references may form loops.
// Tested by tests/extractors/plain/plist_test.cpp.
#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "extractors/html_text.h"
#include "pipeline/core/plugin.h"

namespace evtriage {

struct PlistNode {
  enum class Type : std::uint8_t { nothing, boolean, integer, real, date, data, ascii, utf16, array, dict, uid };
  Type type = Type::nothing;
  std::uint64_t bits = 0;      // boolean, integer, uid; bits of the double of real and date
  ByteRange source;            // of the value's bytes in the item
  std::uint32_t first = 0;     // array, dict: its references stand at refs[first ...]
  std::uint32_t count = 0;     // array: elements; dict: pairs, keys first, then values
  std::uint32_t text = 0;      // XML: 1 + index in `texts` of a string, number or date as written, or of decoded data
};

struct PlistTree {
  static constexpr std::uint64_t most_bytes = 64u << 20;      // of a property list that is taken apart
  static constexpr std::uint32_t most_nodes = 1'000'000;
  static constexpr std::uint32_t most_refs = 4'000'000;

  std::vector<PlistNode> nodes;
  std::vector<std::uint32_t> refs;
  std::vector<MappedText> texts;
  std::uint32_t top = 0;
};

// Problems are told through `emit`; nullopt if these bytes are no such list at all.
std::optional<PlistTree> read_binary_plist(std::string_view bytes, Emit& emit);
std::optional<PlistTree> read_xml_plist(const Content& content, Emit& emit);

// Walks the tree from its top (from $top of a keyed archive) and emits its segments and children.
void emit_plist(const PlistTree& tree, const Blob& bytes, Emit& emit);

}  // namespace evtriage
