// One pass over the bytes; a value that is not whole yet is parsed anew when more bytes are there.
// Tested by tests/extractors/phone/json_tree_test.cpp.
#include "extractors/phone/json_tree.h"

#include <algorithm>
#include <charconv>

#include "extractors/phone/json_text.h"

namespace evtriage::phone {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }
bool ends_word(char c) { return is_blank(c) || c == ',' || c == '}' || c == ']' || c == '{' || c == '[' || c == '"' || c == ':'; }
bool begins_number(char c) { return c == '-' || (c >= '0' && c <= '9'); }

}  // namespace

void JsonTree::add(JsonNode::Kind kind, std::size_t begin, std::size_t end) {
  const auto index = static_cast<std::uint32_t>(nodes_.size());
  JsonNode node;
  node.kind = kind;
  node.begin = static_cast<std::uint32_t>(begin);
  node.end = static_cast<std::uint32_t>(end);
  node.key_begin = std::exchange(key_begin_, 0);
  node.key_end = std::exchange(key_end_, 0);
  nodes_.push_back(node);
  if (open_.empty()) return;
  Open& parent = open_.back();
  if (parent.last_child == 0) nodes_[parent.node].child = index;
  else nodes_[parent.last_child].next = index;
  parent.last_child = index;
}

void JsonTree::open(JsonNode::Kind kind, std::size_t at) {
  add(kind, at, bytes_.size());
  open_.push_back({static_cast<std::uint32_t>(nodes_.size() - 1), 0});
}

void JsonTree::close(std::size_t at) {
  nodes_[open_.back().node].end = static_cast<std::uint32_t>(at);
  open_.pop_back();
  key_begin_ = key_end_ = 0;
}

// bytes_[at] is a quote; gives what follows the string.
std::size_t JsonTree::string(std::size_t at) {
  bool escaped = false;
  const std::size_t begin = at + 1, end = begin + json_string_end(bytes_.substr(begin), escaped);
  const std::size_t past = std::min(end + 1, bytes_.size());
  std::size_t next = past;
  while (next < bytes_.size() && is_blank(bytes_[next])) ++next;
  if (next < bytes_.size() && bytes_[next] == ':') {
    key_begin_ = static_cast<std::uint32_t>(begin);
    key_end_ = static_cast<std::uint32_t>(end);
    return next + 1;
  }
  add(JsonNode::Kind::string, begin, end);
  return past;
}

JsonTree::State JsonTree::parse(std::string_view bytes, std::uint64_t at) {
  bytes_ = bytes;
  at_ = at;
  nodes_.clear();
  open_.clear();
  key_begin_ = key_end_ = 0;
  for (std::size_t i = 0; i < bytes.size();) {
    if (nodes_.size() >= most_nodes) return State::too_large;
    const char c = bytes[i];
    if (is_blank(c) || c == ',' || c == ':') ++i;
    else if (c == '{' || c == '[') open(c == '{' ? JsonNode::Kind::object : JsonNode::Kind::array, i++);
    else if (c == '"') i = string(i);
    else if (c == '}' || c == ']') {
      close(++i);
      if (open_.empty()) return size_ = i, State::whole;
    } else {
      std::size_t end = i + 1;
      while (end < bytes.size() && !ends_word(bytes[end])) ++end;
      add(begins_number(c) ? JsonNode::Kind::number : JsonNode::Kind::word, i, end);
      i = end;
    }
  }
  size_ = bytes.size();
  return State::unfinished;
}

std::uint32_t JsonTree::find(std::string_view wanted, std::uint32_t object) const {
  for (std::uint32_t index = first_child(object); index != none; index = after(index)) {
    if (key(nodes_[index]) == wanted) return index;
  }
  return none;
}

std::uint32_t JsonTree::take(std::string_view wanted, std::uint32_t object) {
  const std::uint32_t index = find(wanted, object);
  if (index != none) take_all(index);
  return index;
}

std::uint32_t JsonTree::take_value(std::string_view wanted, std::uint32_t object) {
  const std::uint32_t index = find(wanted, object);
  if (index == none || nodes_[index].is_container()) return none;
  nodes_[index].taken = true;
  return index;
}

// All that is below a node stands between it and the first node whose bytes begin behind it.
void JsonTree::take_all(std::uint32_t index) {
  const std::uint32_t end = nodes_[index].end;
  nodes_[index].taken = true;
  if (!nodes_[index].is_container()) return;
  for (std::size_t i = index + std::size_t{1}; i < nodes_.size() && nodes_[i].begin < end; ++i) nodes_[i].taken = true;
}

void JsonTree::append(std::uint32_t index, MappedText& out) const {
  if (index == none || nodes_[index].is_container()) return;
  const JsonNode& node = nodes_[index];
  if (node.kind == JsonNode::Kind::word && raw(node) == "null") return;
  if (meta_ && node.kind == JsonNode::Kind::string) return append_meta_string(raw(node), at_ + node.begin, out);
  append_json_string(raw(node), at_ + node.begin, out);
}

std::string JsonTree::text(std::uint32_t index) const {
  MappedText out;
  append(index, out);
  return std::move(out.text);
}

void JsonTree::append_key(const JsonNode& node, std::string& out) const {
  MappedText text;
  append_json_string(key(node), 0, text);
  out += text.text;
}

std::optional<std::int64_t> JsonTree::integer(std::uint32_t index) const {
  if (index == none || nodes_[index].is_container()) return std::nullopt;
  const std::string_view word = raw(nodes_[index]);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (error != std::errc() || end != word.data() + word.size()) return std::nullopt;
  return value;
}

}  // namespace evtriage::phone
