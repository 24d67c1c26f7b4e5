// Two small tables.  A type that says it for certain wins; a suffix counts only where the type leaves it open.
// Tested by tests/extractors/plain/accepts_test.cpp.
#include "extractors/plain/plain_accepts.h"

#include <algorithm>
#include <string>

#include "extractors/suffix.h"

namespace evtriage {
namespace {

struct Row {
  std::string_view key, format;
};

constexpr Row types[] = {
    {"application/json", "json"}, {"application/x-ndjson", "json"}, {"application/geo+json", "json"}, {"application/ld+json", "json"},
    {"application/json-seq", "json"}, {"text/csv", "csv"}, {"application/csv", "csv"}, {"text/tab-separated-values", "csv"},
    {"image/svg+xml", "xml"}, {"application/vnd.google-earth.kml+xml", "xml"}, {"application/gpx+xml", "xml"}, {"application/rss+xml", "xml"},
    {"application/atom+xml", "xml"}, {"text/vcard", "vcard"}, {"text/x-vcard", "vcard"}, {"text/directory", "vcard"}, {"text/calendar", "calendar"},
    {"application/x-subrip", "subtitles"}, {"text/vtt", "subtitles"}, {"application/x-subtitle", "subtitles"}, {"application/x-plist", "plist"},
    {"application/x-bplist", "plist"}, {"application/x-apple-binary-plist", "plist"}, {"application/x-ms-shortcut", "shortcut"},
    {"application/x-mswinurl", "shortcut"}, {"application/x-desktop", "shortcut"}};

constexpr Row suffixes[] = {
    {"csv", "csv"}, {"tsv", "csv"}, {"tab", "csv"}, {"psv", "csv"}, {"json", "json"}, {"jsonl", "json"}, {"ndjson", "json"}, {"geojson", "json"},
    {"har", "json"}, {"xml", "xml"}, {"svg", "xml"}, {"kml", "xml"}, {"gpx", "xml"}, {"rss", "xml"}, {"atom", "xml"}, {"plist", "plist"},
    {"webloc", "plist"}, {"strings", "plist"}, {"vcf", "vcard"}, {"vcard", "vcard"}, {"ics", "calendar"}, {"ical", "calendar"}, {"ifb", "calendar"},
    {"srt", "subtitles"}, {"vtt", "subtitles"}, {"ass", "subtitles"}, {"ssa", "subtitles"}, {"sub", "subtitles"}, {"lnk", "shortcut"},
    {"url", "shortcut"}, {"desktop", "shortcut"}};

template <std::size_t n>
std::string_view look_up(const Row (&rows)[n], std::string_view key) {
  const auto* const found = std::find_if(std::begin(rows), std::end(rows), [&](const Row& row) { return row.key == key; });
  return found == std::end(rows) ? std::string_view() : found->format;
}

// What a suffix may decide: text of no certain kind, and binary property lists and shortcuts that nobody named.
bool leaves_it_open(std::string_view type, std::string_view format) {
  if (type.empty() || type == "text/plain" || type == "text/xml" || type == "application/xml" || type.starts_with("text/x-")) return true;
  return type == "application/octet-stream" && format != "xml" && format != "json";
}

}  // namespace

std::string_view plain_format(const Identity& identity) {
  const std::string_view claimed = identity.claimed_type.substr(0, identity.claimed_type.find(';'));
  if (const std::string_view known = look_up(types, identity.media_type); !known.empty()) return known;
  const std::string_view by_name = look_up(suffixes, suffix_of(identity.name));
  if (!by_name.empty() && leaves_it_open(identity.media_type, by_name)) return by_name;
  if (leaves_it_open(identity.media_type, {})) {
    if (const std::string_view known = look_up(types, claimed); !known.empty()) return known;
  }
  const bool xml = identity.media_type == "text/xml" || identity.media_type == "application/xml" ||
                   (identity.media_type.ends_with("+xml") && identity.media_type != "application/xhtml+xml");
  return xml ? "xml" : identity.media_type.ends_with("+json") ? "json" : "";
}

}  // namespace evtriage
