// Character references, see entities.h.  The names of U+00A0 to U+00FF stand in the order of their codes, as in
// HTML 4.01 section 24.2.1; the others with their codes.
// Tested by tests/extractors/html_test.cpp.
#include "extractors/entities.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace evtriage {
namespace {

constexpr std::string_view latin1[] = {
    "nbsp", "iexcl", "cent", "pound", "curren", "yen", "brvbar", "sect", "uml", "copy", "ordf", "laquo", "not", "shy", "reg", "macr",
    "deg", "plusmn", "sup2", "sup3", "acute", "micro", "para", "middot", "cedil", "sup1", "ordm", "raquo", "frac14", "frac12", "frac34", "iquest",
    "Agrave", "Aacute", "Acirc", "Atilde", "Auml", "Aring", "AElig", "Ccedil", "Egrave", "Eacute", "Ecirc", "Euml", "Igrave", "Iacute", "Icirc", "Iuml",
    "ETH", "Ntilde", "Ograve", "Oacute", "Ocirc", "Otilde", "Ouml", "times", "Oslash", "Ugrave", "Uacute", "Ucirc", "Uuml", "Yacute", "THORN", "szlig",
    "agrave", "aacute", "acirc", "atilde", "auml", "aring", "aelig", "ccedil", "egrave", "eacute", "ecirc", "euml", "igrave", "iacute", "icirc", "iuml",
    "eth", "ntilde", "ograve", "oacute", "ocirc", "otilde", "ouml", "divide", "oslash", "ugrave", "uacute", "ucirc", "uuml", "yacute", "thorn", "yuml"};
static_assert(std::size(latin1) == 96);

constexpr std::pair<std::string_view, char32_t> others[] = {
    {"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}, {"OElig", 0x152}, {"oelig", 0x153}, {"Scaron", 0x160},
    {"scaron", 0x161}, {"Yuml", 0x178}, {"circ", 0x2c6}, {"tilde", 0x2dc}, {"ensp", 0x2002}, {"emsp", 0x2003}, {"thinsp", 0x2009},
    {"zwnj", 0x200c}, {"zwj", 0x200d}, {"lrm", 0x200e}, {"rlm", 0x200f}, {"ndash", 0x2013}, {"mdash", 0x2014}, {"lsquo", 0x2018},
    {"rsquo", 0x2019}, {"sbquo", 0x201a}, {"ldquo", 0x201c}, {"rdquo", 0x201d}, {"bdquo", 0x201e}, {"dagger", 0x2020}, {"bull", 0x2022},
    {"hellip", 0x2026}, {"permil", 0x2030}, {"lsaquo", 0x2039}, {"rsaquo", 0x203a}, {"euro", 0x20ac}, {"trade", 0x2122},
    {"larr", 0x2190}, {"uarr", 0x2191}, {"rarr", 0x2192}, {"darr", 0x2193}, {"minus", 0x2212}, {"commat", '@'}, {"period", '.'}, {"plus", '+'}};

Entity numeric(std::string_view text) {
  const bool hex = text.size() > 2 && (text[2] == 'x' || text[2] == 'X');
  const char* first = text.data() + (hex ? 3 : 2);
  const char* last = text.data() + std::min<std::size_t>(text.size(), 12);
  std::uint32_t code = 0;
  const auto [stop, error] = first < last ? std::from_chars(first, last, code, hex ? 16 : 10) : std::from_chars_result{first, std::errc::invalid_argument};
  if (error != std::errc()) return {};
  std::size_t length = static_cast<std::size_t>(stop - text.data());
  if (length < text.size() && text[length] == ';') ++length;
  const bool good = code != 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return {good ? static_cast<char32_t>(code) : U'\uFFFD', length};
}

}  // namespace

Entity entity_at(std::string_view text) {
  if (text.size() > 2 && text[1] == '#') return numeric(text);
  std::size_t end = 1;
  while (end < text.size() && end < 10 && ((text[end] | 0x20) >= 'a' && (text[end] | 0x20) <= 'z' ? true : text[end] >= '1' && text[end] <= '4')) ++end;
  if (end == 1 || end >= text.size() || text[end] != ';') return {};
  const std::string_view name = text.substr(1, end - 1);
  if (const auto found = std::find(std::begin(latin1), std::end(latin1), name); found != std::end(latin1)) {
    return {static_cast<char32_t>(0xa0 + (found - std::begin(latin1))), end + 1};
  }
  for (const auto& [known, code] : others) {
    if (known == name) return {code, end + 1};
  }
  return {};
}

}  // namespace evtriage
