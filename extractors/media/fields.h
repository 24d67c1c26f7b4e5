// Which fields of libmediainfo are kept, and which of them a person wrote.
//
// Pure functions over names and values.  Tested by tests/extractors/media/fields_test.cpp.
#pragma once
#include <string>
#include <string_view>

namespace evtriage {

enum class FieldUse : std::uint8_t { drop, property, words };  // words: a property, and text that a person wrote

FieldUse use_of_general(std::string_view name);  // of the whole file; unknown names are tags of the file's own: words
FieldUse use_of_stream(std::string_view name);   // of one audio, video, text or picture stream

// "2026-01-15 10:00:00 UTC" and "UTC 2026-01-15 10:00:00" as RFC 3339; empty if it is another form.
std::string media_date(std::string_view text);

// RFC 4648, 4; stops at the first byte that is no part of it.
std::string from_base64(std::string_view text);

}  // namespace evtriage
