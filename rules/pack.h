// A rule pack as written: plain values with the line that each came from.
//
// pack_parse.cpp turns YAML into these and knows the keys; pack_check.cpp knows what a good pack is.
// Problems are collected, not thrown: one run names them all.
// Tested by tests/rules/pack_test.cpp.
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "rules/rules.h"

namespace evtriage {

struct Line {  // a text of the pack and where it stands
  std::string text;
  unsigned line = 0;
};

struct Condition {
  enum class Kind { phrase, list, pattern, money, age, near, any, all, atleast, points };
  Kind kind = Kind::phrase;
  std::string text;            // phrase, list name, pattern
  unsigned number = 0;         // near: words between neighbours; atleast: n; age: under; points: least
  bool ordered = false;        // near
  std::vector<Condition> of;   // near, any, all, atleast; points: lists
  unsigned line = 0;
  std::vector<int> points = {};  // of each of `of`; below zero: against
};

struct WordList {
  std::string name;
  unsigned line = 0;
  std::vector<Line> entries;
};

struct Examples {
  std::vector<Line> match, no_match;
};

using Titles = std::vector<std::pair<std::string, std::string>>;  // language, text

struct RuleText {
  std::string id, offence, category, article, status, source;
  std::vector<std::string> elements;
  unsigned version = 0, weight = 0, line = 0;
  Titles title;
  std::optional<Condition> when, without;
  Examples examples;
};

struct Modifier {  // a suppressor, a context or a voice
  enum class Kind { suppressor, context, voice };
  Kind kind = Kind::context;
  std::string id, voice;                 // voice: controller, victim, reporter, trainer
  unsigned factor_milli = 1000;          // suppressor
  std::vector<std::string> categories;   // suppressor; empty = all
  bool child = false;                    // context: speaks of a child
  Titles title;
  std::optional<Condition> when;
  Examples examples;
  unsigned line = 0;
};

struct Pack {
  std::string file, id, version, licence, maintainer;
  std::vector<std::string> languages;
  bool shared = false;                   // its lists serve the other packs, too
  std::vector<WordList> lists;
  std::vector<RuleText> rules;
  std::vector<Modifier> modifiers;
};

using Problems = std::vector<RuleProblem>;

// Reads one file; what cannot be read is left out and named in `problems`.
Pack parse_pack(const PackSource& source, bool with_examples, Problems& problems);

// Checks that need no compiler: ids, ranges, titles, lists, shapes of conditions, numbers of examples.
void check_packs(const std::vector<Pack>& packs, bool with_examples, Problems& problems);

}  // namespace evtriage
