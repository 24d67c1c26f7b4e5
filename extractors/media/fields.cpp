// Names of libmediainfo's fields, sorted by use.
//
// Tested by tests/extractors/media/fields_test.cpp.
#include "extractors/media/fields.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <initializer_list>

#include "pipeline/core/time.h"

namespace evtriage {
namespace {

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool starts_with_any(std::string_view name, std::initializer_list<std::string_view> starts) {
  return std::any_of(starts.begin(), starts.end(), [&](std::string_view s) { return name.starts_with(s); });
}

}  // namespace

FieldUse use_of_general(std::string_view name) {
  if (name.empty() || name.find('/') != name.npos) return FieldUse::drop;  // other spellings of what stands elsewhere
  if (name.ends_with("Count") || name.ends_with("_List") || name.ends_with("_Proportion") ||
      starts_with_any(name, {"StreamKind", "File", "Folder", "Complete", "Inform", "Cover_Data", "Delay", "Source_"}) ||
      is_one_of(name, {"ID", "StreamOrder", "StreamSize", "HeaderSize", "DataSize", "FooterSize", "IsStreamable", "Format_Commercial", "FrameRate"})) {
    return FieldUse::drop;
  }
  if (starts_with_any(name, {"Format", "CodecID", "OverallBitRate", "Encoded_", "Cover", "Conformance", "Tagged_"}) || name.ends_with("_Date") ||
      is_one_of(name, {"InternetMediaType", "Duration", "UniqueID", "Status"})) {
    return FieldUse::property;
  }
  return FieldUse::words;
}

FieldUse use_of_stream(std::string_view name) {
  if (name == "Title") return FieldUse::words;
  return is_one_of(name, {"Format", "Format_Profile", "CodecID", "Duration", "BitRate", "Width", "Height", "Rotation", "FrameRate", "Channel(s)", "SamplingRate",
                          "BitDepth", "Language", "Encoded_Date", "Tagged_Date", "Encoded_Library", "Encryption"})
             ? FieldUse::property : FieldUse::drop;
}

std::string media_date(std::string_view text) {
  bool is_utc = false;
  if (text.starts_with("UTC ")) {
    is_utc = true;
    text.remove_prefix(4);
  } else if (text.ends_with(" UTC")) {
    is_utc = true;
    text.remove_suffix(4);
  }
  std::string date(text);
  if (date.size() < 19 || date[10] != ' ') return {};
  date[10] = 'T';
  const auto ns = parse_rfc3339(date + "Z");
  if (!ns) return {};
  std::string out = rfc3339(*ns);
  if (!is_utc) out.pop_back();
  return out;
}

std::string from_base64(std::string_view text) {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::array<std::int8_t, 256> values;
  values.fill(-1);
  for (std::size_t i = 0; i < alphabet.size(); ++i) values[static_cast<unsigned char>(alphabet[i])] = static_cast<std::int8_t>(i);
  std::string out;
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (const char c : text) {
    const std::int8_t value = values[static_cast<unsigned char>(c)];
    if (value < 0) break;
    bits = bits << 6 | static_cast<std::uint32_t>(value);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    out += static_cast<char>(bits >> count & 0xff);
  }
  return out;
}

}  // namespace evtriage
