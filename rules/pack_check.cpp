// What a good pack is, beyond its keys: unique ids, known words, titles in four languages, examples.
// Every problem carries a way to mend it, because packs are written by people who do not read C++.
// Tested by tests/rules/pack_test.cpp.
#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string_view>

#include "rules/pack.h"

namespace evtriage {
namespace {

constexpr std::array<std::string_view, 9> kElements = {"act",   "means",    "purpose", "entry",      "benefit",
                                                       "document", "stay", "aggravation", "any"};
constexpr std::array<std::string_view, 4> kVoices = {"controller", "victim", "reporter", "trainer"};
constexpr std::array<std::string_view, 4> kTitleLanguages = {"en", "fr", "pt", "ar"};

template <class Range>
bool contains(const Range& range, std::string_view value) {
  return std::find(std::begin(range), std::end(range), value) != std::end(range);
}

bool is_category(std::string_view c) {
  if (c.size() != 3 || c[1] < '0' || c[1] > '9' || c[2] < '0' || c[2] > '9') return false;
  const int n = (c[1] - '0') * 10 + (c[2] - '0');
  return (c[0] == 'T' && n >= 1 && n <= 20) || (c[0] == 'S' && n >= 1 && n <= 15);
}

bool only(std::string_view text, std::string_view allowed) {
  return !text.empty() && text.find_first_not_of(allowed) == std::string_view::npos;
}

constexpr std::string_view kLower = "abcdefghijklmnopqrstuvwxyz", kName = "abcdefghijklmnopqrstuvwxyz0123456789-_";

class Checker {
 public:
  Checker(bool with_examples, Problems& problems) : with_examples_(with_examples), problems_(problems) {}
  // Lists of shared packs, which all packs may use.
  void share(const Pack& pack);
  void check(const Pack& pack);
  void find_unused_shared(const Pack& pack);

 private:
  void add(unsigned line, bool warning, std::string what, std::string mend) {
    problems_.push_back({pack_->file, line, warning, std::move(what), std::move(mend)});
  }
  void error(unsigned line, std::string what, std::string mend) { add(line, false, std::move(what), std::move(mend)); }
  void unique_id(const std::string& id, unsigned line);
  void header();
  void titles(const Titles& title, const std::string& id, unsigned line);
  void rule(const RuleText& rule);
  void examples(const RuleText& rule);
  void modifier(const Modifier& modifier);
  void condition(const Condition& condition, bool inside_near);
  void shape(const Condition& condition, bool inside_near);
  void points(const Condition& condition);

  bool with_examples_;
  Problems& problems_;
  const Pack* pack_ = nullptr;
  std::map<std::string, std::string> ids_, packs_;  // where each was seen first
  std::set<std::string> used_lists_, shared_lists_, used_shared_;
  void find_unused(const Pack& pack, const std::set<std::string>& used);
};

void Checker::unique_id(const std::string& id, unsigned line) {
  if (!only(id, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._"))
    return error(line, "id \"" + id + "\" is missing or holds other characters than A-Z a-z 0-9 - . _",
                 "name it offence.category.language.name, for example tip.T02.en.holds-documents");
  const std::string place = pack_->file + ":" + std::to_string(line);
  const auto [at, is_new] = ids_.emplace(id, place);
  if (!is_new) error(line, "id \"" + id + "\" stands already in " + at->second, "give one of the two another name");
}

void Checker::header() {
  if (!only(pack_->id, "abcdefghijklmnopqrstuvwxyz0123456789-"))
    error(1, "pack has no name of a-z, 0-9 and -", "begin the file with \"pack: tip-en\"");
  else if (const auto [at, is_new] = packs_.emplace(pack_->id, pack_->file); !is_new)
    error(1, "pack \"" + pack_->id + "\" is also in " + at->second, "each file is a pack with a name of its own");
  if (pack_->version.empty()) error(1, "the pack has no version", "add version: \"1.0\"");
  if (pack_->licence.empty()) error(1, "the pack has no licence", "add licence: Apache-2.0");
  if (pack_->maintainer.empty()) error(1, "the pack has no maintainer", "add maintainer: who answers for it");
  if (pack_->languages.empty()) error(1, "the pack has no languages", "add languages: [en]");
  for (const auto& language : pack_->languages)
    if (language.size() < 2 || language.size() > 3 || !only(language, kLower))
      error(1, "\"" + language + "\" is no ISO 639 code", "write two or three small letters: en, fr, pt, ar, pcm");
}

void Checker::titles(const Titles& title, const std::string& id, unsigned line) {
  for (const auto language : kTitleLanguages) {
    const auto has = [&](const auto& t) { return t.first == language && !t.second.empty(); };
    if (std::none_of(title.begin(), title.end(), has))
      error(line, "\"" + id + "\" has no title in " + std::string(language), "add it: reports are made in en, fr, pt, ar");
  }
}

void Checker::examples(const RuleText& rule) {
  if (!with_examples_) return;
  if (rule.examples.match.size() >= 2 && rule.examples.no_match.size() >= 2) return;
  add(rule.line, rule.status != "stable", "rule \"" + rule.id + "\" has fewer than two examples of a kind",
      "give at least two texts under match and two innocent look-alikes under no_match");
}

void Checker::rule(const RuleText& rule) {
  unique_id(rule.id, rule.line);
  if (rule.version < 1) error(rule.line, "rule \"" + rule.id + "\" has no version", "add version: 1");
  if (rule.offence != "tip" && rule.offence != "som" && rule.offence != "both")
    error(rule.line, "offence \"" + rule.offence + "\" is unknown", "write tip, som or both");
  if (!is_category(rule.category))
    error(rule.line, "category \"" + rule.category + "\" is unknown", "write T01 to T20 or S01 to S15");
  if (rule.elements.empty()) error(rule.line, "rule \"" + rule.id + "\" has no element", "add for example element: means");
  for (const auto& element : rule.elements)
    if (!contains(kElements, element))
      error(rule.line, "element \"" + element + "\" is unknown",
            "write act, means, purpose, entry, benefit, document, stay, aggravation or any");
  if (rule.weight < 1 || rule.weight > 10)
    error(rule.line, "the weight of \"" + rule.id + "\" is outside 1 to 10", "1: often innocent, 10: hardly ever innocent");
  if (rule.status != "draft" && rule.status != "stable")
    error(rule.line, "status \"" + rule.status + "\" is unknown", "write draft or stable");
  if (rule.article.empty()) error(rule.line, "rule \"" + rule.id + "\" names no article", "add article: \"TIP Protocol art. 3(a)\"");
  if (rule.source.empty()) error(rule.line, "rule \"" + rule.id + "\" names no source", "add source: what the wording is drawn from");
  titles(rule.title, rule.id, rule.line);
  if (!rule.when) error(rule.line, "rule \"" + rule.id + "\" has no condition", "add when: {list: name}");
  if (rule.when) condition(*rule.when, false);
  if (rule.without) condition(*rule.without, false);
  examples(rule);
}

void Checker::modifier(const Modifier& modifier) {
  unique_id(modifier.id, modifier.line);
  if (modifier.kind == Modifier::Kind::suppressor) titles(modifier.title, modifier.id, modifier.line);
  for (const auto& category : modifier.categories)
    if (!is_category(category))
      error(modifier.line, "category \"" + category + "\" is unknown", "write all, or T01 to T20 and S01 to S15");
  if (modifier.kind == Modifier::Kind::voice && !contains(kVoices, modifier.voice))
    error(modifier.line, "voice \"" + modifier.voice + "\" is unknown", "write controller, victim, reporter or trainer");
  if (!modifier.when) error(modifier.line, "\"" + modifier.id + "\" has no condition", "add when: {list: name}");
  if (modifier.when) condition(*modifier.when, false);
}

void Checker::shape(const Condition& c, bool inside_near) {
  using Kind = Condition::Kind;
  if (inside_near && (c.kind == Kind::near || c.kind == Kind::all || c.kind == Kind::atleast || c.kind == Kind::points))
    error(c.line, "near cannot hold near, all, atleast or points", "put them beside each other in all: [...]");
  if (c.kind == Kind::near && (c.number > 20 || c.of.size() < 2 || c.of.size() > 4))
    error(c.line, "near joins two to four conditions with at most 20 words between", "lower words, or split it by all: [...]");
  if ((c.kind == Kind::any || c.kind == Kind::all) && c.of.size() < 2)
    error(c.line, "any and all need two conditions or more", "write the one condition without them");
  if (c.kind == Kind::atleast && (c.number < 2 || c.number > c.of.size() || c.of.size() > 12))
    error(c.line, "atleast needs n from 2 to the number of its conditions, which are at most 12", "correct n");
  if (c.kind == Kind::points) points(c);
  if (c.kind == Kind::age && (c.number < 6 || c.number > 18))
    error(c.line, "age knows under: 6 to 18", "write {age: {under: 18}}");
}

void Checker::points(const Condition& c) {
  int most = 0;
  for (const int p : c.points) {
    if (p == 0 || p > 9 || p < -9) error(c.line, "the points of a list are outside 1 to 9", "correct the number");
    most += std::max(p, 0);
  }
  if (c.number < 1 || static_cast<int>(c.number) > most)
    error(c.line, "points needs least from 1 to the sum of its points", "lower least, or add lists");
  if (c.of.size() > 600) error(c.line, "points knows at most 600 lists", "join lists of one meaning");
}

void Checker::condition(const Condition& c, bool inside_near) {
  shape(c, inside_near);
  if (c.kind == Condition::Kind::list) {
    const auto has = [&](const WordList& list) { return list.name == c.text; };
    const bool is_own = std::any_of(pack_->lists.begin(), pack_->lists.end(), has);
    if (!is_own && !shared_lists_.contains(c.text))
      error(c.line, "there is no list \"" + c.text + "\" in this pack or a shared one", "add it under lists, or correct the name");
    (is_own && !pack_->shared ? used_lists_ : used_shared_).insert(c.text);
  }
  for (const auto& child : c.of) condition(child, inside_near || c.kind == Condition::Kind::near);
}

void Checker::check(const Pack& pack) {
  pack_ = &pack;
  used_lists_.clear();
  header();
  std::set<std::string> names;
  for (const auto& list : pack.lists) {
    if (!only(list.name, kName)) error(list.line, "list \"" + list.name + "\" has an odd name", "use a-z, 0-9, - and _");
    if (!names.insert(list.name).second) error(list.line, "list \"" + list.name + "\" stands twice", "join the two");
    if (list.entries.empty()) error(list.line, "list \"" + list.name + "\" is empty", "add entries or take it out");
  }
  for (const auto& r : pack.rules) rule(r);
  for (const auto& m : pack.modifiers) modifier(m);
  if (!pack.shared) find_unused(pack, used_lists_);
}

void Checker::find_unused(const Pack& pack, const std::set<std::string>& used) {
  for (const auto& list : pack.lists)
    if (!used.contains(list.name))
      error(list.line, "nobody uses the list \"" + list.name + "\"", "use it by {list: " + list.name + "} or take it out");
}

void Checker::share(const Pack& pack) {
  pack_ = &pack;
  for (const auto& list : pack.lists)
    if (!shared_lists_.insert(list.name).second)
      error(list.line, "list \"" + list.name + "\" stands in two shared packs", "join the two, or rename one");
}

void Checker::find_unused_shared(const Pack& pack) {
  pack_ = &pack;
  find_unused(pack, used_shared_);
}

}  // namespace

void check_packs(const std::vector<Pack>& packs, bool with_examples, Problems& problems) {
  Checker checker(with_examples, problems);
  for (const auto& pack : packs)
    if (pack.shared) checker.share(pack);
  for (const auto& pack : packs) checker.check(pack);
  for (const auto& pack : packs)
    if (pack.shared) checker.find_unused_shared(pack);
}

}  // namespace evtriage
