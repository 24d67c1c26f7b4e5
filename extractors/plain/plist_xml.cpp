// XML property lists: the few elements of Apple's DTD, by the tokens of XmlReader, into the same table as binary ones.
// Tested by tests/extractors/plain/plist_test.cpp (python3's plistlib as judge).
#include <bit>
#include <charconv>

#include "extractors/plain/plist_tree.h"
#include "extractors/plain/xml_reader.h"
#include "extractors/transfer.h"

namespace evtriage {
namespace {

using Kind = XmlReader::Kind;
using Type = PlistNode::Type;

class Reader {
 public:
  Reader(TextStream& in, Emit& emit) : xml_(in, "plist", emit), emit_(emit) {}

  std::optional<PlistTree> run() {
    bool is_list = false;
    for (Kind kind = xml_.next(); kind != Kind::nothing && !emit_.stop_requested(); kind = xml_.next()) {
      if (kind == Kind::start) {
        is_list |= xml_.name() == "plist";
        start();
      } else if (kind == Kind::end) {
        end();
      } else if (kind == Kind::text || kind == Kind::cdata) {
        kind == Kind::text ? xml_.decode(xml_.text(), text_) : xml_.copy(xml_.text(), text_);
      }
    }
    if (!is_list) return std::nullopt;
    if (!open_.empty()) xml_.fault(Code::truncated, "the list ends inside an array or a dictionary");
    while (!open_.empty()) close();
    return std::move(tree_);
  }

 private:
  struct Open {
    std::uint32_t node = 0;
    std::vector<std::uint32_t> keys, values;
  };

  void start() {
    const std::string_view name = xml_.name();
    text_ = {};
    if (name == "plist") return;
    if (name == "array" || name == "dict") {
      const std::uint32_t node = add(name == "dict" ? Type::dict : Type::array, xml_.source({0, 1}));
      if (node == none) return;
      open_.push_back({node, {}, {}});
      if (xml_.is_empty()) close();
    } else if (xml_.is_empty()) {
      leaf(name);
    }
  }
  void end() {
    const std::string_view name = xml_.name();
    if (name == "array" || name == "dict") {
      if (!open_.empty()) close();
    } else if (name != "plist") {
      leaf(name);
    }
    text_ = {};
  }
  void leaf(std::string_view name) {
    const ByteRange source = text_.text.empty() ? xml_.source({0, 1}) : text_.map.to_source({0, text_.text.size()});
    if (name == "true" || name == "false") {
      const std::uint32_t node = add(Type::boolean, source);
      if (node != none) tree_.nodes[node].bits = name == "true";
      return;
    }
    if (name == "data") {
      text_ = {decode_transfer(text_.text, Transfer::base64, 0).bytes, {}};
    }
    const bool key = name == "key" && !open_.empty() && tree_.nodes[open_.back().node].type == Type::dict;
    const std::uint32_t node = key ? make(Type::ascii, source) : add(name == "data" ? Type::data : Type::ascii, source);
    if (node == none) return;
    if (name == "integer" || name == "real") number(name, tree_.nodes[node]);
    tree_.texts.push_back(std::move(text_));
    tree_.nodes[node].text = static_cast<std::uint32_t>(tree_.texts.size());
    if (key) {
      auto& keys = open_.back().keys;
      if (keys.size() > open_.back().values.size()) keys.pop_back();  // a key without a value
      keys.push_back(node);
    }
  }

  void number(std::string_view name, PlistNode& node) const {
    double value = 0;
    const std::string& digits = text_.text;
    const bool good = std::from_chars(digits.data(), digits.data() + digits.size(), value).ec == std::errc();
    node.type = name == "real" && good ? Type::real : Type::integer;
    node.bits = std::bit_cast<std::uint64_t>(value);
  }

  std::uint32_t make(Type type, ByteRange source) {
    if (tree_.nodes.size() >= PlistTree::most_nodes) {
      xml_.fault(Code::limit, "nodes=" + std::to_string(PlistTree::most_nodes) + ": the rest was not taken apart");
      return none;
    }
    PlistNode node;
    node.type = type;
    node.source = source;
    tree_.nodes.push_back(node);
    return static_cast<std::uint32_t>(tree_.nodes.size() - 1);
  }
  // Makes a node and hangs it into the innermost container.
  std::uint32_t add(Type type, ByteRange source) {
    const std::uint32_t node = make(type, source);
    if (node == none || open_.empty()) return node;
    Open& parent = open_.back();
    if (tree_.nodes[parent.node].type == Type::dict && parent.keys.size() == parent.values.size()) parent.keys.push_back(none);
    parent.values.push_back(node);
    return node;
  }
  void close() {
    Open open = std::move(open_.back());
    open_.pop_back();
    PlistNode& node = tree_.nodes[open.node];
    node.first = static_cast<std::uint32_t>(tree_.refs.size());
    node.count = static_cast<std::uint32_t>(open.values.size());
    if (node.type == Type::dict) {
      open.keys.resize(open.values.size(), none);
      tree_.refs.insert(tree_.refs.end(), open.keys.begin(), open.keys.end());
      archived_uid(node, open);
    }
    tree_.refs.insert(tree_.refs.end(), open.values.begin(), open.values.end());
  }
  // A reference of a keyed archive is written as a dictionary of one pair, CF$UID.
  void archived_uid(PlistNode& node, const Open& open) {
    if (open.values.size() != 1 || open.keys[0] == none) return;
    PlistNode& key = tree_.nodes[open.keys[0]];
    PlistNode& value = tree_.nodes[open.values[0]];
    if (key.text == 0 || value.text == 0 || tree_.texts[key.text - 1].text != "CF$UID") return;
    const std::string& digits = tree_.texts[value.text - 1].text;
    if (std::from_chars(digits.data(), digits.data() + digits.size(), node.bits).ec != std::errc()) return;
    node.type = Type::uid;
    key.type = value.type = Type::nothing;
  }

  static constexpr std::uint32_t none = ~0u;
  XmlReader xml_;
  Emit& emit_;
  PlistTree tree_;
  std::vector<Open> open_;
  MappedText text_;
};

}  // namespace

std::optional<PlistTree> read_xml_plist(const Content& content, Emit& emit) {
  const std::string declared = xml_encoding(content);
  TextStream in(content, declared, "plist", emit);
  in.ensure(4096);
  if (!begins_like_xml(in.ahead()) || in.ahead().substr(0, 4096).find("<plist") == std::string_view::npos) return std::nullopt;
  return Reader(in, emit).run();
}

}  // namespace evtriage
