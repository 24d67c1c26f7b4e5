// Parts of a query as RE2 patterns over folded text, where a word's edges hold for every script.
// Tested by tests/pipeline/search/query_test.cpp.
#include "pipeline/search/query.h"

#include <re2/re2.h>

#include <algorithm>

#include "pipeline/core/text.h"

namespace evtriage {

struct Query::Part {
  std::unique_ptr<const re2::RE2> pattern;  // null: `exact` is looked for
  std::string exact;
  bool on_folded = false;

  void find_exact(std::string_view utf8, std::vector<ByteRange>& out) const {
    for (std::size_t at = utf8.find(exact); at != utf8.npos; at = utf8.find(exact, at + exact.size())) {
      out.push_back({at, at + exact.size()});
    }
  }
  void find(std::string_view text, std::vector<ByteRange>& out) const {
    re2::StringPiece found;
    const re2::StringPiece whole(text.data(), text.size());
    for (std::size_t at = 0; at <= text.size();) {
      if (!pattern->Match(whole, at, text.size(), re2::RE2::UNANCHORED, &found, 1)) return;
      const auto begin = static_cast<std::size_t>(found.data() - text.data());
      if (!found.empty()) out.push_back({begin, begin + found.size()});
      at = begin + std::max<std::size_t>(found.size(), 1);
    }
  }
};

namespace {

constexpr std::string_view gap = "[^0-9A-Za-z_]{1,4}";  // between two words of a phrase
constexpr std::size_t most_parts = 64;

re2::RE2::Options options(bool utf8) {
  re2::RE2::Options out;
  out.set_log_errors(false);
  out.set_encoding(utf8 ? re2::RE2::Options::EncodingUTF8 : re2::RE2::Options::EncodingLatin1);
  return out;
}

// "and", "so", "by", "as", "for", "the" are written onto an Arabic word.
std::string proclitics() {
  const ArabicLetters a = arabic_letters();
  const auto one_of = [](std::initializer_list<std::string_view> letters) {
    std::string out = "(?:";
    for (const std::string_view letter : letters) out.append(out.size() > 3 ? "|" : "").append(letter);
    return out + ")?";
  };
  return one_of({a.waw, a.feh}) + one_of({a.beh, a.kaf, a.lam}) + one_of({std::string(a.alef) + std::string(a.lam)});
}

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

// The words of one part: "" if it holds no letter and no digit.
std::string expression_of(std::string_view folded, bool is_prefix) {
  std::string out;
  for (std::size_t at = 0; at < folded.size();) {
    if (!is_word_byte(folded[at])) {
      ++at;
      continue;
    }
    const std::size_t begin = at;
    while (at < folded.size() && is_word_byte(folded[at])) ++at;
    out += out.empty() ? "\\b" : std::string(gap);
    if (is_upper(folded[begin])) out += proclitics();
    out += folded.substr(begin, at - begin);
  }
  if (!out.empty() && !is_prefix) out += "\\b";
  return out;
}

struct TypedPart {
  std::string text;
  bool is_prefix = false;
};

Result<std::vector<TypedPart>> split(std::string_view typed) {
  std::vector<TypedPart> out;
  for (std::size_t at = 0; at < typed.size();) {
    if (typed[at] == ' ' || typed[at] == '\t' || typed[at] == '\n') {
      ++at;
      continue;
    }
    const bool quoted = typed[at] == '"';
    const std::size_t begin = quoted ? at + 1 : at;
    std::size_t end = typed.find_first_of(quoted ? "\"" : " \t\n\"", begin);
    if (quoted && end == typed.npos) return Error{Code::unsupported, "the query opens a quotation and does not close it"};
    end = std::min(end, typed.size());
    TypedPart part{std::string(typed.substr(begin, end - begin)), false};
    while (part.text.ends_with('*')) {
      part.text.pop_back();
      part.is_prefix = true;
    }
    at = quoted ? end + 1 : end;
    if (!part.text.empty()) out.push_back(std::move(part));
  }
  if (out.size() > most_parts) return Error{Code::unsupported, "the query has more than " + std::to_string(most_parts) + " parts"};
  return out;
}

// Sorted, and none inside or across another.
void tidy(std::vector<ByteRange>& ranges) {
  std::sort(ranges.begin(), ranges.end(), [](ByteRange a, ByteRange b) { return a.begin != b.begin ? a.begin < b.begin : a.end > b.end; });
  std::uint64_t taken = 0;
  std::erase_if(ranges, [&](ByteRange range) {
    if (range.begin < taken) return true;
    taken = range.end;
    return false;
  });
}

// From the first character of the match to the end of its last: what fell away behind it stays outside.
ByteRange original_range(ByteRange folded, std::string_view utf8, const FoldedText& text) {
  std::size_t last = text.original(static_cast<std::uint32_t>(folded.end - 1));
  while (last > 0 && (static_cast<unsigned char>(utf8[last]) & 0xc0) == 0x80) --last;
  return {text.original(static_cast<std::uint32_t>(folded.begin)), last + decode_utf8(utf8, last).length};
}

}  // namespace

Query::Query(std::vector<Part> parts)
    : parts_(std::move(parts)),
      folded_(std::any_of(parts_.begin(), parts_.end(), [](const Part& part) { return part.on_folded; })) {}
Query::Query(Query&&) noexcept = default;
Query::~Query() = default;

Result<Query> Query::words(std::string_view typed) {
  if (!is_valid_utf8(typed)) return Error{Code::unsupported, "the query is not UTF-8"};
  const auto split_parts = split(typed);
  if (!split_parts) return split_parts.error();
  std::vector<Part> parts;
  for (const TypedPart& one : *split_parts) {
    Part part;
    const std::string folded = fold(one.text);
    const bool has_no_code = folded.find('_') != folded.npos && one.text.find('_') == one.text.npos;
    const std::string expression = expression_of(folded, one.is_prefix);
    if (has_no_code || expression.empty()) {
      part.exact = one.text;
    } else {
      part.pattern = std::make_unique<re2::RE2>(expression, options(false));
      part.on_folded = true;
      if (!part.pattern->ok()) return Error{Code::unsupported, "the query is too long: " + part.pattern->error()};
    }
    parts.push_back(std::move(part));
  }
  if (parts.empty()) return Error{Code::unsupported, "the query is empty; for instance: evtriage search DIR 'passport \"pay the agent\"'"};
  return Query(std::move(parts));
}

Result<Query> Query::regex(std::string_view pattern) {
  Part part;
  part.pattern = std::make_unique<re2::RE2>(re2::StringPiece(pattern.data(), pattern.size()), options(true));
  if (!part.pattern->ok()) return Error{Code::unsupported, "--regex: " + part.pattern->error()};
  if (re2::RE2::FullMatch("", *part.pattern)) return Error{Code::unsupported, "--regex: the pattern matches the empty text"};
  std::vector<Part> parts;
  parts.push_back(std::move(part));
  return Query(std::move(parts));
}

std::vector<ByteRange> Query::matches(std::string_view utf8, FoldedText& scratch) const {
  if (folded_) scratch.assign(utf8);
  std::vector<ByteRange> all, found;
  for (const Part& part : parts_) {
    found.clear();
    if (part.pattern == nullptr) {
      part.find_exact(utf8, found);
    } else if (!part.on_folded) {
      part.find(utf8, found);
    } else {
      part.find(scratch.text(), found);
      for (ByteRange& range : found) range = original_range(range, utf8, scratch);
    }
    if (found.empty()) return {};
    all.insert(all.end(), found.begin(), found.end());
  }
  tidy(all);
  return all;
}

}  // namespace evtriage
