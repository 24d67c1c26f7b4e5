// Property lists: the walk from the top to segments, with the path of keys as place.
//
// A keyed archive (NSKeyedArchiver) is read as what it stands for: references are followed, NSDictionary, NSArray,
// NSString, NSDate, NSData and NSURL become the values that they wrap.  Each container is walked once, so that loops
// and shared objects cost no more than the list is long; strings that nothing leads to are given at the end.
// Tested by tests/extractors/plain/plist_test.cpp.
#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>

#include "extractors/encoding.h"
#include "extractors/plain/backup_facts.h"
#include "extractors/plain/plain.h"
#include "extractors/plain/plist_tree.h"
#include "extractors/plain/records.h"
#include "extractors/plain/text_stream.h"
#include "extractors/plain/whole_text.h"
#include "pipeline/core/time.h"

namespace evtriage {
namespace {

using Type = PlistNode::Type;
constexpr std::uint32_t none = ~0u;
constexpr std::size_t most_children = 100'000;
constexpr std::uint64_t text_budget = 256u << 20;  // strings may share their bytes: all of them together
constexpr std::uint64_t child_bytes = 64;          // smaller data is no file
constexpr double cocoa_epoch = 978'307'200;        // 2001-01-01 in seconds since 1970

std::string number_text(double value) {
  char buffer[32];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value);
  return std::string(buffer, end.ptr);
}

// Seconds since 2001, UTC.
std::string date_text(double seconds) {
  const double unix_seconds = seconds + cocoa_epoch;
  if (!std::isfinite(seconds) || std::abs(unix_seconds) > 9e9) return number_text(seconds);
  const double whole = std::floor(unix_seconds);
  const auto fraction = static_cast<std::int64_t>((unix_seconds - whole) * 1e6) * 1000;
  return rfc3339(static_cast<std::int64_t>(whole) * 1'000'000'000 + fraction);
}

class Walker {
 public:
  Walker(const PlistTree& tree, const Blob& bytes, Emit& emit)
      : tree_(tree), bytes_(bytes), emit_(emit), records_(emit, Records::Style::keys), seen_(tree.nodes.size()) {}

  void run() {
    std::uint32_t top = tree_.top;
    if (top >= tree_.nodes.size()) return;
    if (const std::uint32_t objects = member(top, "$objects"); objects != none && member(top, "$archiver") != none) {
      objects_ = objects;
      top = member(top, "$top");
    }
    walk(top);
    left_over();
    records_.finish();
    facts_.tell(emit_);
  }

 private:
  struct Step {  // one open container
    std::uint32_t keys = none, values = none;  // arrays or ranges of references: positions in refs
    std::uint32_t count = 0, next = 0;
    bool has_string = false, is_array = false;
    std::uint32_t key = none;  // its own, in its parent
  };

  const PlistNode* node(std::uint32_t index) const { return index < tree_.nodes.size() ? &tree_.nodes[index] : nullptr; }

  // Follows the references of a keyed archive.
  std::uint32_t resolve(std::uint32_t index) const {
    const PlistNode* found = node(index);
    if (found == nullptr || found->type != Type::uid || objects_ == none) return index;
    const PlistNode& objects = tree_.nodes[objects_];
    return found->bits < objects.count ? tree_.refs[objects.first + found->bits] : none;
  }
  MappedText text(std::uint32_t index) {
    const PlistNode* found = node(index);
    if (found == nullptr) return {};
    if (found->text != 0) return tree_.texts[found->text - 1];
    if (found->type != Type::ascii && found->type != Type::utf16) return {};
    if (found->source.size() > budget_) {
      budget_ = 0;
      if (!std::exchange(told_, true)) emit_.issue({Code::limit, "plist", "text_bytes=" + std::to_string(text_budget) + ": the rest was not read", {}, true});
      return {};
    }
    budget_ -= found->source.size();
    Decoded decoded = decode(bytes_.chars().substr(found->source.begin, found->source.size()), found->type == Type::ascii ? "utf-8" : "utf-16be", found->source.begin);
    return {std::move(decoded.utf8), std::move(decoded.map)};
  }
  bool is_string(std::uint32_t index, std::string_view wanted) const {
    const PlistNode* found = node(index);
    if (found == nullptr || found->type != Type::ascii) return false;
    return found->text != 0 ? tree_.texts[found->text - 1].text == wanted : bytes_.chars().substr(found->source.begin, found->source.size()) == wanted;
  }
  // The value of a key of a dictionary; none if there is no such key among the first.
  std::uint32_t member(std::uint32_t index, std::string_view key) const {
    const PlistNode* dict = node(index);
    if (dict == nullptr || dict->type != Type::dict) return none;
    for (std::uint32_t i = 0; i < std::min(dict->count, 64u); ++i) {
      if (is_string(tree_.refs[dict->first + i], key)) return tree_.refs[dict->first + dict->count + i];
    }
    return none;
  }

  void walk(std::uint32_t top) {
    enter(none, Records::no_index, resolve(top));
    while (!steps_.empty() && !emit_.stop_requested()) {
      Step& step = steps_.back();
      if (step.next == step.count) {
        leave();
        continue;
      }
      const std::uint32_t i = step.next++;
      const std::uint32_t key = step.keys == none ? none : resolve(tree_.refs[step.keys + i]);
      enter(key, step.is_array ? i : Records::no_index, resolve(tree_.refs[step.values + i]));
    }
  }
  void leave() {
    const Step step = steps_.back();
    steps_.pop_back();
    const bool own = !step.is_array && step.has_string;
    records_.close(own, own && !steps_.empty() && steps_.back().is_array && records_.has_prose());
  }

  void enter(std::uint32_t key, std::uint64_t index, std::uint32_t value) {
    const PlistNode* found = node(value);
    if (found == nullptr || is_string(key, "$class")) return;
    if (key < seen_.size()) seen_[key] = true;
    if (found->type != Type::array && found->type != Type::dict) {
      seen_[value] = true;
      return leaf(key, index, value);
    }
    if (seen_[value]) return;
    seen_[value] = true;
    if (found->type == Type::dict && wrapped(key, index, value)) return;
    open(key, index, container(value));
  }
  Step container(std::uint32_t value) {
    const PlistNode& found = tree_.nodes[value];
    const std::uint32_t objects = member(value, "NS.objects"), keys = member(value, "NS.keys");
    const PlistNode* list = node(objects);
    if (objects_ != none && list != nullptr && list->type == Type::array) {
      seen_[objects] = true;
      const PlistNode* names = node(keys);
      const bool pairs = names != nullptr && names->type == Type::array;
      if (pairs) seen_[keys] = true;
      return {pairs ? names->first : none, list->first, pairs ? std::min(list->count, names->count) : list->count, 0, false, !pairs};
    }
    if (found.type == Type::array) return {none, found.first, found.count, 0, false, true};
    return {found.first, found.first + found.count, found.count, 0, false, false};
  }
  void open(std::uint32_t key, std::uint64_t index, Step step) {
    const bool crowded = records_.depth() > 0 && records_.depth() <= Records::most_depth && records_.children() >= Records::many_children;
    const MappedText name = text(key);
    records_.open(name.text, index, crowded);
    step.key = key;
    steps_.push_back(step);
  }
  // Objects of a keyed archive that only wrap one value.
  bool wrapped(std::uint32_t key, std::uint64_t index, std::uint32_t value) {
    if (objects_ == none || member(value, "$class") == none) return false;
    for (const std::string_view name : {"NS.string", "NS.data", "NS.bytes", "NS.relative"}) {
      const std::uint32_t inner = resolve(member(value, name));
      const PlistNode* found = node(inner);
      if (found == nullptr || found->type == Type::array || found->type == Type::dict) continue;
      seen_[inner] = true;
      leaf(key, index, inner);
      return true;
    }
    const PlistNode* time = node(resolve(member(value, "NS.time")));
    if (time == nullptr || time->type != Type::real) return false;
    line(key, index, made(date_text(std::bit_cast<double>(time->bits)), time->source), false);
    return true;
  }
  static MappedText made(std::string text, ByteRange source) {
    MappedText out;
    append_made(out, text, source);
    return out;
  }

  void leaf(std::uint32_t key, std::uint64_t index, std::uint32_t value) {
    const PlistNode& found = tree_.nodes[value];
    if (found.text != 0 && (found.type == Type::integer || found.type == Type::real)) return line(key, index, text(value), false);
    switch (found.type) {
      case Type::boolean: return line(key, index, made(found.bits != 0 ? "true" : "false", found.source), false);
      case Type::integer: return line(key, index, made(std::to_string(static_cast<std::int64_t>(found.bits)), found.source), false);
      case Type::uid: return line(key, index, made(std::to_string(found.bits), found.source), false);
      case Type::real: return line(key, index, made(number_text(std::bit_cast<double>(found.bits)), found.source), false);
      case Type::date: return line(key, index, made(date_text(std::bit_cast<double>(found.bits)), found.source), false);
      case Type::data: return data(key, found);
      case Type::ascii: case Type::utf16: {
        if (objects_ != none && is_string(value, "$null")) return;
        return line(key, index, text(value), true);
      }
      default: return;
    }
  }
  void line(std::uint32_t key, std::uint64_t index, const MappedText& value, bool string) {
    if (value.text.empty()) return;
    const MappedText name = text(key);
    if (steps_.size() == 1) facts_.see(name.text, value.text);
    if (steps_.size() == 2 && is_string(steps_.back().key, "Lockdown")) facts_.see_lockdown(name.text, value.text);
    MappedText& out = records_.begin_value(name.text, index);
    if (!name.text.empty()) {
      out.text += name.text;
      append_map(out.map, name.map);
      append_made(out, ": ", value.map.to_source({0, 0}));
    }
    out.text += value.text;
    append_map(out.map, value.map);
    append_made(out, "\n", value.map.to_source({value.text.size(), value.text.size()}));
    records_.end_value();
    if (string && !steps_.empty()) steps_.back().has_string = true;
  }
  void data(std::uint32_t key, const PlistNode& found) {
    const bool inline_bytes = found.text == 0;
    const Blob bytes = inline_bytes ? bytes_.slice(found.source.begin, found.source.size()) : Blob::own(tree_.texts[found.text - 1].text);
    if (bytes.size() < child_bytes) return;
    if (children_ == most_children) {
      if (!std::exchange(told_, true)) emit_.issue({Code::limit, "plist", "children=" + std::to_string(most_children) + ": the rest was not examined", found.source, true});
      return;
    }
    Child child;
    child.step = {StepKind::member, ++children_, {}, text(key).text};
    child.kind = ItemKind::embedded;
    if (inline_bytes) child.extent = found.source;
    emit_.child(std::move(child), resident(bytes));
  }
  void left_over() {
    records_.finish();
    MappedText out;
    for (std::uint32_t i = 0; i < seen_.size() && !emit_.stop_requested(); ++i) {
      const Type type = tree_.nodes[i].type;
      if (seen_[i] || (type != Type::ascii && type != Type::utf16)) continue;
      if (is_machinery(i)) continue;
      const MappedText one = text(i);
      out.text += one.text;
      append_map(out.map, one.map);
      if (!one.text.empty()) append_made(out, "\n", one.map.to_source({one.text.size(), one.text.size()}));
      if (out.text.size() > Records::segment_bytes) emit_left_over(std::exchange(out, {}));
    }
    emit_left_over(std::move(out));
  }
  // Names of classes and of the archive's own keys.
  bool is_machinery(std::uint32_t index) const {
    const PlistNode& found = tree_.nodes[index];
    const std::string_view word = found.text != 0 ? std::string_view(tree_.texts[found.text - 1].text) : bytes_.chars().substr(found.source.begin, found.source.size());
    return objects_ != none && found.type == Type::ascii && (word.starts_with("NS") || word.starts_with("$"));
  }
  void emit_left_over(MappedText out) {
    if (out.text.empty()) return;
    TextSegment segment = TextSegment::of(Blob::own(std::move(out.text)), std::move(out.map), "body");
    segment.place = "objects that nothing leads to";
    emit_.text(std::move(segment));
  }

  const PlistTree& tree_;
  const Blob& bytes_;
  Emit& emit_;
  Records records_;
  BackupFacts facts_;
  std::vector<bool> seen_;
  std::vector<Step> steps_;
  std::uint32_t objects_ = none;
  std::uint64_t children_ = 0, budget_ = text_budget;
  bool told_ = false;
};

}  // namespace

void emit_plist(const PlistTree& tree, const Blob& bytes, Emit& emit) { Walker(tree, bytes, emit).run(); }

void extract_plist(const Content& content, const Identity& identity, const ExtractOptions& options, Emit& emit) {
  if (content.size() > PlistTree::most_bytes) {
    emit.issue({Code::limit, "plist", "plist_bytes=" + std::to_string(PlistTree::most_bytes) + ": read as XML or as plain text", {}, true});
    return extract_xml(content, identity, options, emit);
  }
  const Result<Blob> bytes = content.read({0, content.size()});
  if (!bytes) return emit.issue({bytes.error().code, "plist", bytes.error().detail, ByteRange{0, content.size()}, true});
  const bool binary = bytes->chars().starts_with("bplist");
  const std::optional<PlistTree> tree = binary ? read_binary_plist(bytes->chars(), emit) : read_xml_plist(content, emit);
  if (tree && !tree->nodes.empty()) return emit_plist(*tree, *bytes, emit);
  if (binary) emit.issue({Code::corrupt, "plist", "the binary list has no trailer that can be followed; read as raw strings", {}, true});
  emit_whole_text(content, identity, "plist", emit);
}

}  // namespace evtriage
