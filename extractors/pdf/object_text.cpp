// Strings, dates and places inside PDF objects.
//
// SPDX-License-Identifier: GPL-2.0-or-later
// Tested by tests/extractors/pdf/object_text_test.cpp.
#include "extractors/pdf/object_text.h"

#include <poppler/Dict.h>
#include <poppler/PDFDocEncoding.h>
#include <poppler/Stream.h>

#include "pipeline/core/byte_reader.h"
#include "pipeline/core/time.h"

namespace evtriage {
namespace {

void append_character(std::string& out, char32_t code) {
  if (code == 0) return;
  append_utf8(out, code > 0x10ffff || (code >= 0xd800 && code < 0xe000) ? 0xfffd : code);
}

std::string from_utf16(std::string_view raw, bool little) {
  std::string out;
  ByteReader in(raw);
  const auto unit = [&]() -> char32_t { return little ? in.u16le() : in.u16be(); };
  while (in.left() >= 2 && out.size() < most_string_bytes) {
    char32_t code = unit();
    if (code >= 0xd800 && code < 0xdc00 && in.left() >= 2) {
      const char32_t low = unit();
      if (low >= 0xdc00 && low < 0xe000) code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
    }
    append_character(out, code);
  }
  return out;
}

struct Date {
  std::int64_t year = 0;
  unsigned month = 1, day = 1, hour = 0, minute = 0, second = 0;
  std::optional<std::int64_t> offset_seconds;  // of the zone, east positive
};

// The next two digits, or nullopt.
std::optional<unsigned> two(std::string_view& text) {
  if (text.size() < 2 || text[0] < '0' || text[0] > '9' || text[1] < '0' || text[1] > '9') return std::nullopt;
  const auto value = static_cast<unsigned>((text[0] - '0') * 10 + (text[1] - '0'));
  text.remove_prefix(2);
  return value;
}

std::optional<Date> parse_date(std::string_view text) {
  if (text.starts_with("D:")) text.remove_prefix(2);
  const auto century = two(text), rest = two(text);
  if (!century || !rest) return std::nullopt;
  Date date;
  date.year = *century * 100 + *rest;
  for (unsigned* part : {&date.month, &date.day, &date.hour, &date.minute, &date.second}) {
    const auto value = two(text);
    if (!value) break;
    *part = *value;
  }
  if (date.year < 1700 || date.year > 2250 || date.month < 1 || date.month > 12 || date.day < 1 || date.day > 31 ||
      date.hour > 23 || date.minute > 59 || date.second > 60) {
    return std::nullopt;
  }
  if (text.empty()) return date;
  const char sign = text.front();
  text.remove_prefix(1);
  if (sign == 'Z') date.offset_seconds = 0;
  if (sign != '+' && sign != '-') return date;
  const auto hours = two(text);
  if (!hours || *hours > 23) return date;
  if (text.starts_with('\'')) text.remove_prefix(1);
  const unsigned minutes = two(text).value_or(0);
  if (minutes > 59) return date;
  const std::int64_t seconds = *hours * 3600 + minutes * 60;
  date.offset_seconds = sign == '-' ? -seconds : seconds;
  return date;
}

std::int64_t local_ns(const Date& date) {
  const std::int64_t seconds = days_from_civil(date.year, date.month, date.day) * 86'400 + date.hour * 3600 + date.minute * 60 + date.second;
  return (seconds - date.offset_seconds.value_or(0)) * 1'000'000'000;
}

}  // namespace

std::string text_string(std::string_view raw) {
  std::string out;
  if (raw.starts_with("\xFE\xFF")) {
    out = from_utf16(raw.substr(2), false);
  } else if (raw.starts_with("\xFF\xFE")) {  // against the standard, and seen
    out = from_utf16(raw.substr(2), true);
  } else if (raw.starts_with("\xEF\xBB\xBF")) {
    out = printable(raw.substr(3, most_string_bytes));
  } else {
    for (const char c : raw.substr(0, most_string_bytes)) append_character(out, pdfDocEncoding[static_cast<unsigned char>(c)]);
  }
  if (out.size() > most_string_bytes) out.resize(floor_char(out, most_string_bytes));
  return out;
}

std::string text_at(const Object& dictionary, const char* key) {
  if (!dictionary.isDict()) return {};
  const Object value = dictionary.dictLookup(key);
  if (value.isString()) return text_string(value.getString()->toStr());
  return value.isName() ? printable(std::string_view(value.getName()).substr(0, most_string_bytes / 4)) : std::string();
}

std::string date_text(std::string_view raw) {
  const std::string text = text_string(raw);
  const std::optional<Date> date = parse_date(text);
  if (!date) return text.substr(0, floor_char(text, std::min<std::size_t>(text.size(), 80)));
  std::string out = rfc3339(local_ns(*date));
  if (!date->offset_seconds) out.pop_back();
  return out;
}

std::optional<std::int64_t> date_ns(std::string_view raw) {
  const std::optional<Date> date = parse_date(text_string(raw));
  return date && date->offset_seconds ? std::optional(local_ns(*date)) : std::nullopt;
}

std::optional<evtriage::ByteRange> raw_range(const Object& stream, std::uint64_t item_size) {
  if (!stream.isStream()) return std::nullopt;
  BaseStream* base = stream.getStream()->getBaseStream();
  if (base == nullptr || base->getStart() < 0 || base->getLength() < 0) return std::nullopt;
  const auto begin = static_cast<std::uint64_t>(base->getStart()), length = static_cast<std::uint64_t>(base->getLength());
  if (begin > item_size || length > item_size - begin) return std::nullopt;
  return evtriage::ByteRange{begin, begin + length};
}

TextSegment segment_of(std::string text, evtriage::ByteRange source, std::string origin, std::string place) {
  OffsetMap map;
  map.append(text.size(), source, 0, 0);
  TextSegment segment = TextSegment::of(Blob::own(std::move(text)), std::move(map), std::move(origin));
  segment.place = std::move(place);
  return segment;
}

}  // namespace evtriage
