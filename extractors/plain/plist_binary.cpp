// Binary property lists, "bplist00" (CoreFoundation's CFBinaryPList.c is the only description): a trailer of 32 bytes
// names a table of offsets, each leads to an object that begins with its type.
// Tested by tests/extractors/plain/plist_test.cpp (python3's plistlib as judge).
#include <bit>

#include "extractors/plain/plist_tree.h"
#include "pipeline/core/byte_reader.h"

namespace evtriage {
namespace {

using Type = PlistNode::Type;

std::uint64_t number(ByteReader& in, std::uint64_t size) {
  std::uint64_t value = 0;
  for (std::uint64_t i = 0; i < size; ++i) value = value << 8 | in.u8();
  return value;
}

class Reader {
 public:
  Reader(std::string_view bytes, Emit& emit) : bytes_(bytes), emit_(emit) {}

  std::optional<PlistTree> run() {
    if (bytes_.size() < 40 || !bytes_.starts_with("bplist")) return std::nullopt;
    ByteReader trailer(bytes_.substr(bytes_.size() - 32));
    trailer.skip(6);
    const unsigned offset_size = trailer.u8();
    ref_size_ = trailer.u8();
    std::uint64_t count = trailer.u64be();
    const std::uint64_t top = trailer.u64be(), table = trailer.u64be();
    if (offset_size == 0 || offset_size > 8 || ref_size_ == 0 || ref_size_ > 8 || table > bytes_.size() || top >= count) return std::nullopt;
    if (const std::uint64_t fits = (bytes_.size() - table) / offset_size; count > fits) {
      fault(Code::corrupt, "the list says that it has " + std::to_string(count) + " objects, room is for " + std::to_string(fits), {table, bytes_.size()});
      count = fits;
    }
    if (count > PlistTree::most_nodes) {
      fault(Code::limit, "nodes=" + std::to_string(PlistTree::most_nodes) + ": the rest was not read", {table, bytes_.size()});
      count = PlistTree::most_nodes;
    }
    if (top >= count) return std::nullopt;
    tree_.top = static_cast<std::uint32_t>(top);
    tree_.nodes.resize(static_cast<std::size_t>(count));
    ByteReader offsets(bytes_.substr(static_cast<std::size_t>(table)));
    for (PlistNode& node : tree_.nodes) object(number(offsets, offset_size), node);
    return std::move(tree_);
  }

 private:
  void object(std::uint64_t offset, PlistNode& node) {
    if (offset >= bytes_.size()) return fault(Code::corrupt, "an object lies outside of the list", {0, 0});
    ByteReader in(bytes_.substr(static_cast<std::size_t>(offset)));
    const unsigned marker = in.u8(), kind = marker >> 4, low = marker & 15;
    std::uint64_t length = low;
    if (low == 15 && (kind >= 4 && kind != 8)) {
      const unsigned size = in.u8();
      length = number(in, (size >> 4) == 1 && (size & 15) <= 3 ? 1u << (size & 15) : 0);
    }
    const std::uint64_t at = offset + in.position();
    switch (kind) {
      case 0: node.type = low == 8 || low == 9 ? Type::boolean : Type::nothing; node.bits = low == 9; break;
      case 1: scalar(node, Type::integer, at, 1u << std::min(low, 4u), in); break;
      case 2: scalar(node, Type::real, at, 1u << std::min(low, 4u), in); break;
      case 3: scalar(node, Type::date, at, 8, in); break;
      case 4: range(node, Type::data, at, length, 1); break;
      case 5: case 7: range(node, Type::ascii, at, length, 1); break;
      case 6: range(node, Type::utf16, at, length, 2); break;
      case 8: scalar(node, Type::uid, at, low + 1, in); break;
      case 10: case 11: case 12: references(node, Type::array, at, length, 1, in); break;
      case 13: references(node, Type::dict, at, length, 2, in); break;
      default: fault(Code::corrupt, "an object of unknown type", {offset, offset + 1});
    }
  }
  void scalar(PlistNode& node, Type type, std::uint64_t at, unsigned size, ByteReader& in) {
    node.bits = number(in, size);
    if (!in.ok()) return fault(Code::truncated, "a number is cut", {at, bytes_.size()});
    if (type == Type::real && size == 4) node.bits = std::bit_cast<std::uint64_t>(static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(node.bits))));
    node.type = type;
    node.source = {at, at + size};
  }
  void range(PlistNode& node, Type type, std::uint64_t at, std::uint64_t length, unsigned unit) {
    const std::uint64_t left = bytes_.size() - std::min<std::uint64_t>(at, bytes_.size());
    if (length > left / unit) {
      fault(Code::truncated, "a string or its like is cut", {at, bytes_.size()});
      length = left / unit;
    }
    node.type = type;
    node.source = {at, at + length * unit};
  }
  void references(PlistNode& node, Type type, std::uint64_t at, std::uint64_t length, unsigned each, ByteReader& in) {
    node.source = {at, at};
    if (length > in.left() / ref_size_ / each) return fault(Code::truncated, "an array or a dictionary is cut", {at, bytes_.size()});
    if (length * each > PlistTree::most_refs - tree_.refs.size()) {
      return fault(Code::limit, "refs=" + std::to_string(PlistTree::most_refs) + ": the rest was not read", {at, bytes_.size()});
    }
    node.type = type;
    node.first = static_cast<std::uint32_t>(tree_.refs.size());
    node.count = static_cast<std::uint32_t>(length);
    node.source = {at, at + length * each * ref_size_};
    for (std::uint64_t i = 0; i < length * each; ++i) {
      const std::uint64_t ref = number(in, ref_size_);
      if (ref >= tree_.nodes.size()) fault(Code::corrupt, "a reference leads to no object", {at, at + 1});
      tree_.refs.push_back(ref < tree_.nodes.size() ? static_cast<std::uint32_t>(ref) : ~0u);
    }
  }
  void fault(Code code, std::string what, ByteRange where) {
    if (told_) return;
    told_ = true;
    emit_.issue({code, "plist", std::move(what), where, true});
  }

  std::string_view bytes_;
  Emit& emit_;
  unsigned ref_size_ = 1;
  PlistTree tree_;
  bool told_ = false;
};

}  // namespace

std::optional<PlistTree> read_binary_plist(std::string_view bytes, Emit& emit) { return Reader(bytes, emit).run(); }

}  // namespace evtriage
