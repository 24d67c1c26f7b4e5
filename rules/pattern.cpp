// A small parser of the bounded part of RE2's language: it rewrites the pattern for folded text and at the
// same time adds up the longest match and finds the words that every match must begin somewhere.
// RE2 has no public call for either.  RE2 itself stays the only judge of what matches.
// Tested by tests/rules/engines_test.cpp.
#include "rules/pattern.h"

#include <re2/re2.h>

#include <algorithm>
#include <charconv>

#include "pipeline/core/text.h"
#include "rules/fold.h"

namespace evtriage {
namespace {

constexpr std::string_view kGap = "[^0-9A-Za-z_]{1,4}";

struct Part {                        // a piece of a pattern
  std::string expression;
  std::uint64_t shortest = 0, longest = 0;
  std::vector<std::string> stems;    // as in Pattern
  std::string run;                   // literal letters, if the piece is nothing else
  bool is_boundary = false;          // \b or a gap: a word may begin behind it
};

class Parser {
 public:
  explicit Parser(std::string_view source) : source_(source) {}
  Result<Part> parse() {
    Part whole = alternation(0);
    if (error_.empty() && at_ < source_.size()) fail("a closing bracket without an opening one");
    if (!error_.empty()) return Error{Code::corrupt, error_};
    return whole;
  }

 private:
  bool done() const { return at_ >= source_.size() || !error_.empty(); }
  char peek() const { return at_ < source_.size() ? source_[at_] : '\0'; }
  void fail(std::string what) {
    if (error_.empty()) error_ = std::move(what);
  }
  Part alternation(unsigned depth);
  Part sequence(unsigned depth);
  Part atom(unsigned depth);
  Part group(unsigned depth);
  Part bracket();
  Part escape();
  Part character();
  void quantify(Part& part);
  unsigned count();

  std::string_view source_;
  std::size_t at_ = 0;
  bool at_word_start_ = false;  // what follows begins a word, whatever the text
  std::string error_;
};

// The best stems of a choice: fewer and longer are better.
bool better(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  const auto shortest = [](const auto& stems) {
    std::size_t least = stems.empty() ? 0 : SIZE_MAX;
    for (const auto& stem : stems) least = std::min(least, stem.size());
    return least;
  };
  return shortest(a) > shortest(b);
}

Part Parser::alternation(unsigned depth) {
  const bool at_word_start = at_word_start_;
  Part out = sequence(depth);
  if (peek() != '|' || !error_.empty()) return out;
  bool every_has_stems = !out.stems.empty();
  out.run.clear();
  while (!done() && peek() == '|') {
    ++at_;
    at_word_start_ = at_word_start;
    Part next = sequence(depth);
    out.expression += '|' + next.expression;
    out.shortest = std::min(out.shortest, next.shortest);
    out.longest = std::max(out.longest, next.longest);
    every_has_stems = every_has_stems && !next.stems.empty();
    out.stems.insert(out.stems.end(), next.stems.begin(), next.stems.end());
  }
  if (!every_has_stems) out.stems.clear();
  return out;
}

Part Parser::sequence(unsigned depth) {
  Part out;
  bool at_word_start = at_word_start_, only_letters = true;
  std::string word;  // letters since the last word start
  const auto end_word = [&] {
    if (word.size() >= 3 && better({word}, out.stems)) out.stems = {word};
    word.clear();
  };
  while (!done() && peek() != '|' && peek() != ')') {
    at_word_start_ = at_word_start && word.empty();
    Part part = atom(depth);
    if (!error_.empty()) break;
    quantify(part);
    out.expression += part.expression;
    out.shortest += part.shortest;
    out.longest += part.longest;
    if (better(part.stems, out.stems)) out.stems = part.stems;
    if (!part.run.empty() && (at_word_start || !word.empty())) {
      word += part.run;
    } else {
      end_word();
    }
    at_word_start = part.is_boundary && word.empty();
    only_letters = only_letters && !part.run.empty();
    out.run += part.run;
  }
  end_word();
  if (!only_letters) out.run.clear();
  return out;
}

Part Parser::atom(unsigned depth) {
  const char c = peek();
  if (c == '(') return group(depth);
  if (c == '[') return bracket();
  if (c == '\\') return escape();
  if (c == '.') {
    ++at_;
    return {".", 1, 1, {}, {}, false};
  }
  if (c == '*' || c == '+' || c == '?' || c == '{' || c == '^' || c == '$') {
    fail(std::string("\"") + c + "\" stands where it has no meaning or no bound; write {m,n}, or \\$ for the sign");
    return {};
  }
  return character();
}

Part Parser::group(unsigned depth) {
  ++at_;
  if (source_.substr(at_).starts_with("?:"))
    at_ += 2;
  else if (peek() == '?')
    fail("only (?: ) groups are known");
  if (depth > 8) fail("brackets are nested too deep");
  Part inner = error_.empty() ? alternation(depth + 1) : Part{};
  if (peek() != ')') fail("a bracket is not closed");
  ++at_;
  inner.expression = joined({"(?:", inner.expression, ")"});
  inner.run.clear();
  inner.is_boundary = false;
  return inner;
}

Part Parser::bracket() {
  std::string out = "[";
  ++at_;
  if (peek() == '^') {
    out += '^';
    ++at_;
  }
  bool has_gap = false;
  while (!done() && peek() != ']') {
    const Character character = decode_utf8(source_, at_);
    const std::string_view raw = source_.substr(at_, character.length);
    at_ += character.length;
    if (raw == "\\") {
      const char next = peek();
      ++at_;
      if (std::string_view("dDwWsS").find(next) != std::string_view::npos && next != '\0')
        out += std::string("\\") + next;
      else
        has_gap = true;
      if (next == '.' || next == '$') out += std::string("\\") + next;
      continue;
    }
    if (raw == "-" && out.size() > 1 && peek() != ']') {
      out += '-';
      continue;
    }
    const std::string folded = fold(raw);
    if (folded.size() != 1) {
      fail("[ ] holds a letter that is not one byte when folded; write (?:a|b)");
      break;
    }
    if (is_word_byte(folded[0]) || raw == "." || raw == "!" || raw == "?" || raw == ";" || raw == "$") out += folded;
    else has_gap = true;
  }
  if (peek() != ']') fail("[ is not closed");
  ++at_;
  if (has_gap) out += " \\n";
  return {out + "]", 1, 1, {}, {}, false};
}

Part Parser::escape() {
  ++at_;
  const char c = peek();
  ++at_;
  if (c == 'b' || c == 'B') return {std::string("\\") + c, 0, 0, {}, {}, c == 'b'};
  if (std::string_view("dDwWsS").find(c) != std::string_view::npos && c != '\0')
    return {std::string("\\") + c, 1, 1, {}, {}, c == 'W' || c == 's'};
  if (c == '.' || c == '!' || c == '?' || c == ';' || c == '$') return {std::string("\\") + c, 1, 1, {}, {}, true};
  if (c == '\0' || is_word_byte(c) || (c & 0x80) != 0) {
    fail("an escape that is not known; letters may follow \\ only in \\b \\B \\d \\D \\w \\W \\s \\S");
    return {};
  }
  return {std::string(kGap), 1, 4, {}, {}, true};
}

Part Parser::character() {
  std::string folded;
  bool is_gap = false;
  do {  // blanks and punctuation in a row are one gap
    const Character character = decode_utf8(source_, at_);
    folded = fold(source_.substr(at_, character.length));
    is_gap = folded.find_first_not_of(" .!?;$\n") == std::string::npos;
    at_ += character.length;
  } while (is_gap && at_ < source_.size() && std::string_view("\\()[]{}|*+?.^$").find(peek()) == std::string_view::npos &&
           [&] {
             const std::string next = fold(source_.substr(at_, decode_utf8(source_, at_).length));
             return next.find_first_not_of(" .!?;$\n") == std::string::npos;
           }());
  if (is_gap) return {std::string(kGap), 1, 4, {}, {}, true};
  if (folded.find_first_of(" \n") != std::string::npos) {
    fail("a letter that folds to several words");
    return {};
  }
  const std::string expression = folded.size() == 1 ? folded : joined({"(?:", folded, ")"});
  return {expression, folded.size(), folded.size(), {}, folded, false};
}

unsigned Parser::count() {
  unsigned value = 0;
  const char* begin = source_.data() + at_;
  const auto [end, ec] = std::from_chars(begin, source_.data() + source_.size(), value);
  if (ec != std::errc() || value > 200) fail("a count in { } is no number up to 200");
  at_ += static_cast<std::size_t>(end - begin);
  return value;
}

void Parser::quantify(Part& part) {
  const char c = peek();
  if (c == '*' || c == '+') return fail(std::string("\"") + c + "\" has no bound; write {0,20} or {1,20}");
  if (c != '?' && c != '{') return;
  unsigned low = 0, high = 1;
  ++at_;
  if (c == '{') {
    low = high = count();
    if (peek() == ',') {
      ++at_;
      if (peek() == '}') return fail("{n,} has no bound; write {n,m}");
      high = count();
    }
    if (peek() != '}' || high < low) return fail("{ } holds one count, or two with the smaller first");
    ++at_;
  }
  const bool is_group = part.expression.starts_with("(?:") || part.expression.starts_with('[') || part.expression.size() <= 2;
  const std::string base = part.expression == kGap || !is_group ? joined({"(?:", part.expression, ")"}) : part.expression;
  part.expression = c == '?' ? base + "?" : joined({base, "{", std::to_string(low), ",", std::to_string(high), "}"});
  part.shortest *= low;
  part.longest *= high;
  part.run.clear();
  if (low == 0) part.stems.clear();
  if (low == 0) part.is_boundary = false;
  if (peek() == '*' || peek() == '+' || peek() == '?' || peek() == '{') fail("two counts behind each other");
}

std::shared_ptr<const re2::RE2> compile(const std::string& expression) {
  re2::RE2::Options options;
  options.set_encoding(re2::RE2::Options::EncodingLatin1);
  options.set_log_errors(false);
  options.set_longest_match(true);
  options.set_never_capture(true);
  options.set_max_mem(1 << 20);
  return std::make_shared<const re2::RE2>(expression, options);
}

}  // namespace

Result<Pattern> compile_pattern(std::string_view source) {
  auto part = Parser(source).parse();
  if (!part) return part.error();
  if (part->shortest == 0) return Error{Code::corrupt, "the pattern matches the empty text"};
  if (part->longest > kMaxPatternBytes)
    return Error{Code::corrupt, "the pattern can match " + std::to_string(part->longest) + " bytes; at most 200 are allowed"};
  Pattern out;
  out.expression = part->expression;
  out.longest = static_cast<std::uint32_t>(part->longest);
  out.stems = part->stems;
  std::sort(out.stems.begin(), out.stems.end());
  out.stems.erase(std::unique(out.stems.begin(), out.stems.end()), out.stems.end());
  out.compiled = compile(out.expression);
  if (!out.compiled->ok()) return Error{Code::corrupt, "RE2 refuses it: " + out.compiled->error()};
  return out;
}

void find_pattern(const Pattern& pattern, std::string_view folded, std::uint32_t from, std::uint32_t to,
                  std::vector<PatternMatch>& out) {
  const auto size = static_cast<std::uint32_t>(folded.size());
  const re2::StringPiece text(folded.data(), folded.size());
  for (std::uint32_t at = from; at < to;) {
    const std::uint32_t stop = pattern.longest < size - to ? to + pattern.longest : size;
    re2::StringPiece match;
    if (!pattern.compiled->Match(text, at, stop, re2::RE2::UNANCHORED, &match, 1)) return;
    const auto begin = static_cast<std::uint32_t>(match.data() - folded.data());
    if (begin >= to) return;
    out.push_back({begin, begin + static_cast<std::uint32_t>(match.size())});
    at = begin + 1;
  }
}

void keep_outermost(std::vector<PatternMatch>& matches) {
  std::sort(matches.begin(), matches.end(), [](const PatternMatch& a, const PatternMatch& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
  });
  std::uint32_t reach = 0;
  std::erase_if(matches, [&](const PatternMatch& m) {
    const bool inside = m.end <= reach;
    reach = std::max(reach, m.end);
    return inside;
  });
}

}  // namespace evtriage
