// See names.h; the detector of the text extractor does the guessing.
// Tested by tests/extractors/archive/names_test.cpp.
#include "extractors/archive/names.h"

#include <algorithm>

#include "extractors/encoding.h"

namespace evtriage::archives {
namespace {

constexpr std::size_t most_kept = 256 << 10;  // bytes of odd names that are decoded

bool is_ascii(std::string_view name) {
  return std::all_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Encodings that the detector finds by their structure; single-byte ones are only likely.
bool has_structure(std::string_view encoding) {
  constexpr std::string_view known[] = {"shift_jis", "gb18030", "big5", "euc-jp", "euc-kr"};
  return std::find(std::begin(known), std::end(known), encoding) != std::end(known);
}

bool ends_without_case(std::string_view name, std::string_view suffix) {
  if (name.size() <= suffix.size()) return false;
  const std::string_view end = name.substr(name.size() - suffix.size());
  return std::equal(end.begin(), end.end(), suffix.begin(), [](char a, char b) { return (a >= 'A' && a <= 'Z' ? static_cast<char>(a + 32) : a) == b; });
}

}  // namespace

void Names::add(std::uint64_t number, std::string_view raw, std::string_view unicode) {
  const bool valid = is_valid_utf8(raw);
  if (valid && !is_ascii(raw)) ++utf8_;
  if (valid && (unicode.empty() || unicode == raw)) return;
  if (raw.size() + unicode.size() > most_kept - kept_) {
    ++left_out_;
    return;
  }
  kept_ += raw.size() + unicode.size();
  odd_.push_back({number, std::string(raw), std::string(unicode)});
}

void Names::finish(Emit& emit, std::uint64_t item_size) {
  std::string sample;
  for (const Odd& name : odd_) {
    if (name.unicode.empty()) sample += name.raw + "\n";
  }
  std::string encoding = sample.empty() ? "" : detect_encoding(sample, {{}, true, false}).value_or("");
  const bool dos = dos_ && !has_structure(encoding);
  if (!sample.empty()) emit.property("archive.names.encoding", dos ? "ibm437 or ibm850 (what DOS names have without a mark)"
                                                                  : encoding.empty() ? "unknown" : encoding + " (believed from the bytes)");
  else if (utf8_ > 0) emit.property("archive.names.encoding", "utf-8");
  std::string text;
  for (const Odd& name : odd_) {
    std::string decoded = name.unicode;
    if (decoded.empty()) decoded = dos || encoding.empty() ? printable(name.raw) : decode(name.raw, encoding, 0).utf8;
    std::replace(decoded.begin(), decoded.end(), '\n', ' ');
    text += "member " + std::to_string(name.number) + ": " + decoded + "\n";
  }
  if (left_out_ > 0) {
    emit.issue({Code::limit, "archive", "names=" + std::to_string(most_kept) + " bytes: " + std::to_string(left_out_) + " further names were not decoded", {}, true});
  }
  if (text.empty()) return;
  OffsetMap map;
  map.append(text.size(), {0, item_size}, 0, 0);
  TextSegment segment = TextSegment::of(Blob::own(std::move(text)), std::move(map), "metadata");
  segment.place = "names of members";
  emit.text(std::move(segment));
}

std::string name_without_suffix(std::string_view name) {
  struct Suffix {
    std::string_view end, instead;
  };
  constexpr Suffix suffixes[] = {{".gz", ""}, {".bz2", ""}, {".xz", ""}, {".zst", ""}, {".lz4", ""}, {".lz", ""}, {".lzma", ""}, {".z", ""},
                                 {".tgz", ".tar"}, {".tbz", ".tar"}, {".tbz2", ".tar"}, {".txz", ".tar"}, {".tzst", ".tar"}, {".svgz", ".svg"}};
  const std::size_t slash = name.rfind('/');
  if (slash != name.npos) name.remove_prefix(slash + 1);
  for (const Suffix& suffix : suffixes) {
    if (ends_without_case(name, suffix.end)) return std::string(name.substr(0, name.size() - suffix.end.size())).append(suffix.instead);
  }
  return std::string(name);
}

}  // namespace evtriage::archives
