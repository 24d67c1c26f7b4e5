// Packs to a program: words become groups of literals, conditions become nodes.
// A rule is judged only where a group that it cannot do without has a hit; the group with the longest
// words is taken, as the rarest.
// Tested by tests/rules/engines_test.cpp.
#include "rules/program.h"

#include <algorithm>
#include <iterator>
#include <map>

#include "rules/frequency.h"

namespace evtriage {
namespace {

class Compiler {
 public:
  Compiler(Program& program, Problems& problems) : program_(program), problems_(problems) {}
  void run();

 private:
  void problem(unsigned line, bool warning, std::string what, std::string mend) {
    problems_.push_back({pack_->file, line, warning, std::move(what), std::move(mend)});
  }
  std::uint32_t new_group() {
    often_.push_back(0);
    words_.push_back(0);
    return program_.group_count++;
  }
  void lists(std::map<std::string, std::uint32_t>& groups);
  void add_entry(const Line& entry, std::uint32_t group);
  void add_literal(Phrase phrase, std::uint32_t group);
  std::uint32_t pattern(Pattern compiled, unsigned line, bool warn);
  std::uint32_t node(const Condition& condition);
  std::uint32_t leaf(const Condition& condition);
  bool counts_the_same(const Node& a, const Node& b) const;
  void drivers(std::uint32_t rule, std::uint32_t node);
  static constexpr std::uint64_t kUnknown = UINT64_MAX;
  struct Needed {
    std::vector<std::uint32_t> groups;
    std::uint64_t often = kUnknown;  // expected among a billion words
  };
  Needed needed(std::uint32_t node) const;
  Program::Reach reach(std::uint32_t node) const;
  void find_costly();
  void make_matchers();
  void add_groups(std::uint32_t node, std::vector<bool>& groups) const;

  Program& program_;
  Problems& problems_;
  const Pack* pack_ = nullptr;
  std::map<std::string, std::uint32_t> list_groups_, shared_groups_;
  std::map<unsigned, std::uint32_t> own_patterns_;   // 0: money; else age under
  std::vector<std::uint32_t> points_;                // nodes
  std::vector<std::uint64_t> often_;                 // per group: expected hits among a billion words
  std::vector<std::uint32_t> words_;                 // per group: words of its longest phrase
};

void Compiler::add_literal(Phrase phrase, std::uint32_t group) {
  often_[group] += expected(phrase) + 1;
  words_[group] = std::max(words_[group], static_cast<std::uint32_t>(phrase.size()));
  program_.literals.emplace_back(std::move(phrase), group);
}

void Compiler::add_entry(const Line& entry, std::uint32_t group) {
  auto phrases = compile_entry(entry.text);
  if (!phrases)
    return problem(entry.line, false, "\"" + entry.text + "\": " + phrases.error().detail,
                   "see \"Word list entries\" in rules/README.md");
  for (Phrase& phrase : *phrases) add_literal(std::move(phrase), group);
}

std::uint32_t Compiler::pattern(Pattern compiled, unsigned line, bool warn) {
  CompiledPattern out;
  if (compiled.stems.empty()) {
    if (warn)
      problem(line, true, "the pattern holds no word start of three letters that every match contains",
              "it costs a search of every text that is examined; begin it with \\b and letters, or use a list");
  } else {
    out.stem_group = new_group();
    for (const auto& stem : compiled.stems) add_literal({{Form{stem, true, false, true}}}, out.stem_group);
  }
  out.pattern = std::move(compiled);
  program_.patterns.push_back(std::move(out));
  return static_cast<std::uint32_t>(program_.patterns.size() - 1);
}

std::uint32_t Compiler::leaf(const Condition& c) {
  using Kind = Condition::Kind;
  if (c.kind == Kind::list) {
    const auto at = list_groups_.find(c.text);
    if (at != list_groups_.end()) return at->second;
    const auto shared = shared_groups_.find(c.text);
    return shared == shared_groups_.end() ? new_group() : shared->second;
  }
  if (c.kind == Kind::phrase) {
    const std::uint32_t group = new_group();
    add_entry({c.text, c.line}, group);
    return group;
  }
  if (c.kind == Kind::pattern) {
    auto compiled = compile_pattern(c.text);
    if (compiled) return pattern(*std::move(compiled), c.line, true);
    problem(c.line, false, "pattern: " + compiled.error().detail, "see \"Patterns\" in rules/README.md");
    return pattern({}, c.line, false);
  }
  const unsigned key = c.kind == Kind::money ? 0 : c.number;
  const auto at = own_patterns_.find(key);
  if (at != own_patterns_.end()) return at->second;
  const std::uint32_t index = pattern(key == 0 ? money_pattern() : age_pattern(key), c.line, false);
  own_patterns_.emplace(key, index);
  return index;
}

bool Compiler::counts_the_same(const Node& a, const Node& b) const {
  const auto same_group = [&](std::uint32_t x, std::uint32_t y) { return program_.nodes[x].index == program_.nodes[y].index; };
  return a.number == b.number && a.points == b.points &&
         std::equal(a.children.begin(), a.children.end(), b.children.begin(), b.children.end(), same_group);
}

std::uint32_t Compiler::node(const Condition& c) {
  using Kind = Condition::Kind;
  Node out;
  if (c.of.empty()) {
    const bool is_group = c.kind == Kind::list || c.kind == Kind::phrase;
    out.kind = is_group ? Node::Kind::group : Node::Kind::pattern;
    out.index = leaf(c);
  } else {
    for (const Condition& child : c.of) out.children.push_back(node(child));
    out.kind = c.kind == Kind::near ? Node::Kind::near : c.kind == Kind::any ? Node::Kind::any
               : c.kind == Kind::points ? Node::Kind::points : Node::Kind::atleast;
    out.points = c.points;
    out.ordered = c.ordered;
    out.number = c.kind == Kind::all ? static_cast<std::uint32_t>(c.of.size()) : c.number;
  }
  if (out.kind == Node::Kind::points) {  // rules that share one are answered once
    const auto same = std::find_if(points_.begin(), points_.end(), [&](std::uint32_t at) { return counts_the_same(program_.nodes[at], out); });
    if (same != points_.end()) return *same;
    points_.push_back(static_cast<std::uint32_t>(program_.nodes.size()));
  }
  program_.nodes.push_back(std::move(out));
  return static_cast<std::uint32_t>(program_.nodes.size() - 1);
}

// Groups of which one has a hit wherever the condition holds; as rare ones as can be had.
Compiler::Needed Compiler::needed(std::uint32_t index) const {
  const Node& node = program_.nodes[index];
  if (node.kind == Node::Kind::group) return {{node.index}, often_[node.index]};
  if (node.kind == Node::Kind::pattern) {
    const std::uint32_t group = program_.patterns[node.index].stem_group;
    if (group == kAbsent) return {};
    return {{group}, often_[group]};
  }
  if (node.kind == Node::Kind::points) return {};  // words too common to search for; a rule needs another part
  std::vector<Needed> of_children;
  for (const auto child : node.children) of_children.push_back(needed(child));
  std::stable_sort(of_children.begin(), of_children.end(), [](const Needed& a, const Needed& b) { return a.often < b.often; });
  // Where n of m parts hold, one of any m - n + 1 parts holds.
  const std::size_t parts = of_children.size();
  const std::size_t enough = node.kind == Node::Kind::near ? 1 : node.kind == Node::Kind::any ? parts : parts + 1 - node.number;
  if (of_children[enough - 1].often == kUnknown) return {};
  Needed out{{}, 0};
  for (std::size_t i = 0; i < enough; ++i) {
    const Needed& part = of_children[i];
    out.often += part.often;
    out.groups.insert(out.groups.end(), part.groups.begin(), part.groups.end());
  }
  return out;
}

void Compiler::drivers(std::uint32_t rule, std::uint32_t index) {
  Needed needed_groups = needed(index);
  if (needed_groups.often == kUnknown) return program_.costly_rules.push_back(rule);
  auto& groups = needed_groups.groups;
  std::sort(groups.begin(), groups.end());
  groups.erase(std::unique(groups.begin(), groups.end()), groups.end());
  const Program::Reach far = reach(index);
  for (const auto group : groups) {
    program_.rules_of_group[group].push_back(rule);
    Program::Reach& of_group = program_.reach_of_group[group];
    of_group = {std::max(of_group.words, far.words), of_group.stretch || far.stretch};
  }
}

// How many words the widest span of a condition holds.  A pattern may begin or end between words, which
// counts as one more.
Program::Reach Compiler::reach(std::uint32_t index) const {
  const Node& node = program_.nodes[index];
  if (node.kind == Node::Kind::group) return {words_[node.index], false};
  if (node.kind == Node::Kind::pattern) return {program_.patterns[node.index].pattern.longest / 2 + 2, false};
  Program::Reach out;
  for (const auto child : node.children) {
    const Program::Reach of_child = reach(child);
    out.words = node.kind == Node::Kind::near ? out.words + of_child.words + node.number : std::max(out.words, of_child.words);
    out.stretch = out.stretch || of_child.stretch;
  }
  out.stretch = out.stretch || node.kind == Node::Kind::atleast || node.kind == Node::Kind::points;
  return out;
}

void Compiler::find_costly() {
  for (Node& node : program_.nodes) {  // children stand before their parents
    const auto is_costly = [&](auto child) { return program_.nodes[child].is_costly; };
    if (node.kind == Node::Kind::pattern)
      node.is_costly = node.index < program_.patterns.size() && program_.patterns[node.index].stem_group == kAbsent;
    else node.is_costly = std::any_of(node.children.begin(), node.children.end(), is_costly);
  }
}

void Compiler::add_groups(std::uint32_t index, std::vector<bool>& groups) const {
  if (index == kAbsent) return;
  const Node& node = program_.nodes[index];
  if (node.kind == Node::Kind::group) groups[node.index] = true;
  if (node.kind == Node::Kind::pattern && program_.patterns[node.index].stem_group != kAbsent) groups[program_.patterns[node.index].stem_group] = true;
  for (const auto child : node.children) add_groups(child, groups);
}

void Compiler::make_matchers() {
  std::vector<bool> of_rules(program_.group_count);
  for (const auto& judge : program_.rule_judges) {
    add_groups(judge.when, of_rules);
    add_groups(judge.without, of_rules);
  }
  std::vector<std::uint32_t> early, late;
  for (std::uint32_t id = 0; id < program_.literals.size(); ++id) (of_rules[program_.literals[id].group] ? early : late).push_back(id);
  program_.matcher = std::make_unique<LiteralMatcher>(program_.literals, early);
  program_.late = std::make_unique<LiteralMatcher>(program_.literals, late);
  of_rules.flip();
  program_.is_late = std::move(of_rules);
}

void Compiler::lists(std::map<std::string, std::uint32_t>& groups) {
  for (const WordList& list : pack_->lists) {
    const std::uint32_t group = new_group();
    groups.emplace(list.name, group);
    for (const Line& entry : list.entries) add_entry(entry, group);
  }
}

void Compiler::run() {
  for (const Pack& pack : program_.packs) {
    pack_ = &pack;
    if (pack.shared) lists(shared_groups_);
  }
  for (std::uint32_t p = 0; p < program_.packs.size(); ++p) {
    pack_ = &program_.packs[p];
    list_groups_.clear();
    if (!pack_->shared) lists(list_groups_);
    for (std::uint32_t r = 0; r < pack_->rules.size(); ++r) {
      const RuleText& rule = pack_->rules[r];
      Program::Judge judge;
      if (rule.when) judge.when = node(*rule.when);
      if (rule.without) judge.without = node(*rule.without);
      program_.rules.push_back({p, r});
      program_.rule_judges.push_back(judge);
    }
    for (std::uint32_t m = 0; m < pack_->modifiers.size(); ++m) {
      Program::Judge judge;
      if (pack_->modifiers[m].when) judge.when = node(*pack_->modifiers[m].when);
      program_.modifiers.push_back({p, m});
      program_.modifier_judges.push_back(judge);
    }
  }
  program_.rules_of_group.resize(program_.group_count);
  program_.reach_of_group.resize(program_.group_count);
  for (std::uint32_t r = 0; r < program_.rules.size(); ++r)
    if (program_.rule_judges[r].when != kAbsent) drivers(r, program_.rule_judges[r].when);
  find_costly();
  make_matchers();
}

}  // namespace

Program compile(std::vector<Pack> packs, Problems& problems) {
  Program program;
  program.packs = std::move(packs);
  Compiler(program, problems).run();
  return program;
}

}  // namespace evtriage
