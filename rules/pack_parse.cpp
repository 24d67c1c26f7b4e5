// YAML to plain values, strictly: a key that is not known or stands twice is a problem with its line.
// yaml-cpp throws on broken YAML; the one catch of this folder is at the end of this file.
// Without examples their lines are blanked before parsing, because they are two thirds of a pack and
// yaml-cpp is slow; line numbers stay right.
// Tested by tests/rules/pack_test.cpp.
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <charconv>
#include <initializer_list>
#include <string_view>

#include "pipeline/core/text.h"
#include "rules/pack.h"

namespace evtriage {
namespace {

class Reader {
 public:
  Reader(Pack& pack, Problems& problems) : pack_(pack), problems_(problems) {}
  void read(const YAML::Node& root);

 private:
  static unsigned line_of(const YAML::Node& node) {
    return node.Mark().is_null() ? 0 : static_cast<unsigned>(node.Mark().line + 1);
  }
  void problem(unsigned line, std::string what, std::string mend) {
    problems_.push_back({pack_.file, line, false, std::move(what), std::move(mend)});
  }
  bool is_map(const YAML::Node& node, std::string_view what, std::initializer_list<std::string_view> keys);
  std::string scalar(const YAML::Node& node, std::string_view what);
  unsigned number(const YAML::Node& node, std::string_view what);
  unsigned milli(const YAML::Node& node);
  bool boolean(const YAML::Node& node, std::string_view what);
  std::vector<Line> lines(const YAML::Node& node, std::string_view what);
  std::vector<std::string> words(const YAML::Node& node, std::string_view what);
  Titles titles(const YAML::Node& node);
  Examples examples(const YAML::Node& node);
  Condition condition(const YAML::Node& node, unsigned depth);
  std::vector<Condition> conditions(const YAML::Node& node, unsigned depth);
  void compound(Condition& out, const YAML::Node& value, unsigned depth);
  void points(Condition& out, const YAML::Node& value);
  RuleText rule(const YAML::Node& node);
  Modifier modifier(const YAML::Node& node, Modifier::Kind kind);

  Pack& pack_;
  Problems& problems_;
};

bool Reader::is_map(const YAML::Node& node, std::string_view what, std::initializer_list<std::string_view> keys) {
  if (!node.IsMap()) {
    problem(line_of(node), std::string(what) + " is not a map of keys", "write \"key: value\" lines, indented alike");
    return false;
  }
  std::vector<std::string> seen;
  for (const auto& pair : node) {
    const std::string key = pair.first.IsScalar() ? pair.first.Scalar() : "?";
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) {
      std::string known;
      for (const auto k : keys) known += (known.empty() ? "" : ", ") + std::string(k);
      problem(line_of(pair.first), "unknown key \"" + key + "\" in " + std::string(what), "known keys: " + known);
    }
    if (std::find(seen.begin(), seen.end(), key) != seen.end())
      problem(line_of(pair.first), "key \"" + key + "\" stands twice", "keep one of them");
    seen.push_back(key);
  }
  return true;
}

std::string Reader::scalar(const YAML::Node& node, std::string_view what) {
  if (!node.IsDefined() || node.IsNull()) return {};
  if (node.IsScalar()) return node.Scalar();
  problem(line_of(node), std::string(what) + " is not a plain text", "write one text; quote it if it holds : or #");
  return {};
}

unsigned Reader::number(const YAML::Node& node, std::string_view what) {
  const std::string text = scalar(node, what);
  unsigned value = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || end.ec != std::errc() || end.ptr != text.data() + text.size() || value > 1'000'000)
    problem(line_of(node), std::string(what) + " is not a whole number", "write digits only");
  return value;
}

unsigned Reader::milli(const YAML::Node& node) {
  const std::string text = scalar(node, "factor");
  unsigned value = 0, scale = 1000;
  bool good = !text.empty() && text.size() <= 5, point = false;
  for (const char c : text) {
    if (c == '.' && !point) {
      point = true;
    } else if (c >= '0' && c <= '9' && (!point || scale > 1)) {
      if (point) scale /= 10;
      value = value * 10 + static_cast<unsigned>(c - '0');
    } else {
      good = false;
    }
  }
  if (!good || value * scale > 1000) {
    problem(line_of(node), "factor is not a number from 0.0 to 1.0", "write for example 0.3");
    return 1000;
  }
  return value * scale;
}

bool Reader::boolean(const YAML::Node& node, std::string_view what) {
  const std::string text = scalar(node, what);
  if (text != "true" && text != "false")
    problem(line_of(node), std::string(what) + " is neither true nor false", "write true or false");
  return text == "true";
}

std::vector<Line> Reader::lines(const YAML::Node& node, std::string_view what) {
  std::vector<Line> out;
  if (!node.IsDefined() || node.IsNull()) return out;
  if (!node.IsSequence()) {
    problem(line_of(node), std::string(what) + " is not a list", "write [a, b] or lines that begin with \"- \"");
    return out;
  }
  for (const auto& entry : node) {
    Line line = {scalar(entry, what), line_of(entry)};
    if (line.text.empty())
      problem(line.line, "an empty entry in " + std::string(what), "take it out, or quote it");
    else
      out.push_back(std::move(line));
  }
  return out;
}

std::vector<std::string> Reader::words(const YAML::Node& node, std::string_view what) {
  std::vector<std::string> out;
  for (Line& line : lines(node, what)) out.push_back(std::move(line.text));
  return out;
}

Titles Reader::titles(const YAML::Node& node) {
  Titles out;
  if (!node.IsDefined() || !is_map(node, "title", {"en", "fr", "pt", "ar"})) return out;
  for (const auto& pair : node) out.emplace_back(pair.first.Scalar(), scalar(pair.second, "title"));
  return out;
}

Examples Reader::examples(const YAML::Node& node) {
  Examples out;
  if (!node.IsDefined() || node.IsNull() || !is_map(node, "examples", {"match", "no_match"})) return out;
  out.match = lines(node["match"], "examples");
  out.no_match = lines(node["no_match"], "examples");
  return out;
}

std::vector<Condition> Reader::conditions(const YAML::Node& node, unsigned depth) {
  std::vector<Condition> out;
  if (!node.IsSequence()) {
    problem(line_of(node), "a list of conditions is wanted", "write [ {list: a}, {phrase: \"b\"} ]");
    return out;
  }
  for (const auto& entry : node) out.push_back(condition(entry, depth + 1));
  return out;
}

void Reader::compound(Condition& out, const YAML::Node& value, unsigned depth) {
  if (out.kind == Condition::Kind::near) {
    if (!is_map(value, "near", {"words", "ordered", "of"})) return;
    out.number = number(value["words"], "words");
    if (value["ordered"].IsDefined()) out.ordered = boolean(value["ordered"], "ordered");
  } else if (!is_map(value, "atleast", {"n", "of"})) {
    return;
  } else {
    out.number = number(value["n"], "n");
  }
  out.of = conditions(value["of"], depth);
}

void Reader::points(Condition& out, const YAML::Node& value) {
  if (!is_map(value, "points", {"least", "for", "against"})) return;
  out.number = number(value["least"], "least");
  for (const bool is_for : {true, false}) {
    const YAML::Node lists = value[is_for ? "for" : "against"];
    if (!lists.IsDefined() && !is_for) continue;
    if (!lists.IsMap()) {
      problem(line_of(value), "points of lists are a map", "write for: {name: 2, other: 3}");
      continue;
    }
    for (const auto& pair : lists) {
      Condition list;
      list.kind = Condition::Kind::list;
      list.line = line_of(pair.first);
      list.text = scalar(pair.first, "a list");
      const int value_of_list = static_cast<int>(number(pair.second, "points"));
      out.of.push_back(std::move(list));
      out.points.push_back(is_for ? value_of_list : -value_of_list);
    }
  }
}

Condition Reader::condition(const YAML::Node& node, unsigned depth) {
  using Kind = Condition::Kind;
  constexpr std::pair<std::string_view, Kind> kinds[] = {
      {"phrase", Kind::phrase}, {"list", Kind::list}, {"pattern", Kind::pattern}, {"money", Kind::money},
      {"age", Kind::age},       {"near", Kind::near}, {"any", Kind::any},         {"all", Kind::all},
      {"atleast", Kind::atleast}, {"points", Kind::points}};
  Condition out;
  out.line = line_of(node);
  if (depth > 6 || !node.IsMap() || node.size() != 1) {
    problem(out.line, "a condition is one key with its value, at most six deep", "write for example {list: name}");
    return out;
  }
  const std::string key = node.begin()->first.IsScalar() ? node.begin()->first.Scalar() : "?";
  const YAML::Node value = node.begin()->second;
  const auto* kind = std::find_if(std::begin(kinds), std::end(kinds), [&](const auto& k) { return k.first == key; });
  if (kind == std::end(kinds)) {
    problem(out.line, "unknown condition \"" + key + "\"",
            "known: phrase, list, pattern, money, age, near, any, all, atleast, points");
    return out;
  }
  out.kind = kind->second;
  switch (out.kind) {
    case Kind::phrase:
    case Kind::list:
    case Kind::pattern:
      out.text = scalar(value, key);
      if (out.text.empty()) problem(out.line, key + " is empty", "write what is to be found");
      break;
    case Kind::money:
      if (scalar(value, "money") != "any") problem(out.line, "money knows only \"any\"", "write {money: any}");
      break;
    case Kind::age:
      if (is_map(value, "age", {"under"})) out.number = number(value["under"], "under");
      break;
    case Kind::any:
    case Kind::all:
      out.of = conditions(value, depth);
      break;
    case Kind::near:
    case Kind::atleast:
      compound(out, value, depth);
      break;
    case Kind::points:
      points(out, value);
      break;
  }
  return out;
}

RuleText Reader::rule(const YAML::Node& node) {
  RuleText out;
  out.line = line_of(node);
  if (!is_map(node, "a rule",
              {"id", "version", "offence", "category", "element", "article", "weight", "status", "source", "title",
               "when", "without", "examples"}))
    return out;
  out.id = scalar(node["id"], "id");
  out.offence = scalar(node["offence"], "offence");
  out.category = scalar(node["category"], "category");
  out.article = scalar(node["article"], "article");
  out.status = scalar(node["status"], "status");
  out.source = scalar(node["source"], "source");
  if (node["element"].IsDefined())
    out.elements = node["element"].IsSequence() ? words(node["element"], "element")
                                                : std::vector{scalar(node["element"], "element")};
  out.version = node["version"].IsDefined() ? number(node["version"], "version") : 0;
  out.weight = node["weight"].IsDefined() ? number(node["weight"], "weight") : 0;
  out.title = titles(node["title"]);
  if (node["when"].IsDefined()) out.when = condition(node["when"], 0);
  if (node["without"].IsDefined()) out.without = condition(node["without"], 0);
  out.examples = examples(node["examples"]);
  return out;
}

Modifier Reader::modifier(const YAML::Node& node, Modifier::Kind kind) {
  using Kind = Modifier::Kind;
  Modifier out;
  out.kind = kind;
  out.line = line_of(node);
  const bool is_known =
      kind == Kind::suppressor ? is_map(node, "a suppressor", {"id", "factor", "categories", "title", "when", "examples"})
      : kind == Kind::context  ? is_map(node, "a context", {"id", "child", "title", "when", "examples"})
                               : is_map(node, "a voice", {"id", "voice", "title", "when", "examples"});
  if (!is_known) return out;
  out.id = scalar(node["id"], "id");
  out.voice = scalar(node["voice"], "voice");
  if (kind == Kind::suppressor) out.factor_milli = milli(node["factor"]);
  if (node["child"].IsDefined()) out.child = boolean(node["child"], "child");
  if (node["categories"].IsDefined()) out.categories = words(node["categories"], "categories");
  std::erase(out.categories, "all");
  out.title = titles(node["title"]);
  if (node["when"].IsDefined()) out.when = condition(node["when"], 0);
  out.examples = examples(node["examples"]);
  return out;
}

void Reader::read(const YAML::Node& root) {
  if (!is_map(root, "a pack", {"pack", "version", "licence", "maintainer", "languages", "shared", "lists", "rules",
                               "suppressors", "context", "voices"}))
    return;
  pack_.id = scalar(root["pack"], "pack");
  pack_.version = scalar(root["version"], "version");
  pack_.licence = scalar(root["licence"], "licence");
  pack_.maintainer = scalar(root["maintainer"], "maintainer");
  pack_.languages = words(root["languages"], "languages");
  if (root["shared"].IsDefined()) pack_.shared = boolean(root["shared"], "shared");
  const YAML::Node lists = root["lists"];
  if (lists.IsDefined() && lists.IsMap()) {
    for (const auto& pair : lists)
      pack_.lists.push_back({pair.first.Scalar(), line_of(pair.first), this->lines(pair.second, "a word list")});
  } else if (lists.IsDefined() && !lists.IsNull()) {
    problem(line_of(lists), "lists is not a map", "write \"name: [entry, entry]\" lines");
  }
  const auto each = [&](const char* key, auto&& read_one) {
    const YAML::Node list = root[key];
    if (!list.IsDefined() || list.IsNull()) return;
    if (!list.IsSequence()) return problem(line_of(list), std::string(key) + " is not a list", "begin each with \"- \"");
    for (const auto& entry : list) read_one(entry);
  };
  each("rules", [&](const YAML::Node& n) { pack_.rules.push_back(rule(n)); });
  each("suppressors", [&](const YAML::Node& n) { pack_.modifiers.push_back(modifier(n, Modifier::Kind::suppressor)); });
  each("context", [&](const YAML::Node& n) { pack_.modifiers.push_back(modifier(n, Modifier::Kind::context)); });
  each("voices", [&](const YAML::Node& n) { pack_.modifiers.push_back(modifier(n, Modifier::Kind::voice)); });
}

std::string without_examples(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  std::size_t hidden_indent = std::string_view::npos;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    const std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
    const bool is_blank = indent == line.size();
    if (!is_blank && hidden_indent != std::string_view::npos && indent <= hidden_indent)
      hidden_indent = std::string_view::npos;
    if (hidden_indent == std::string_view::npos) out += line;
    if (line.substr(indent) == "examples:") hidden_indent = indent;
    text.remove_prefix(end);
    if (text.empty()) break;
    text.remove_prefix(1);
    out += '\n';
  }
  return out;
}

}  // namespace

Pack parse_pack(const PackSource& source, bool with_examples, Problems& problems) {
  Pack pack;
  pack.file = source.name;
  if (const std::size_t valid = valid_utf8_prefix(source.bytes); valid != source.bytes.size()) {
    const auto line = std::count(source.bytes.begin(), source.bytes.begin() + static_cast<std::ptrdiff_t>(valid), '\n') + 1;
    problems.push_back({pack.file, static_cast<unsigned>(line), false, "this line is not UTF-8", "save the file as UTF-8"});
    return pack;
  }
  try {
    const YAML::Node root = YAML::Load(with_examples ? source.bytes : without_examples(source.bytes));
    Reader(pack, problems).read(root);
  } catch (const YAML::Exception& error) {
    problems.push_back({pack.file, error.mark.is_null() ? 0 : static_cast<unsigned>(error.mark.line + 1), false,
                        "this is not YAML: " + error.msg, "check indentation, quotes and brackets near this line"});
  }
  return pack;
}

}  // namespace evtriage
