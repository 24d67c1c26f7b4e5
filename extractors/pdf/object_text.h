// Strings, dates and places inside PDF objects, as values of ours.
//
// SPDX-License-Identifier: GPL-2.0-or-later
// Tested by tests/extractors/pdf/object_text_test.cpp.
#pragma once
#include <poppler/Object.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "pipeline/core/plugin.h"

namespace evtriage {

constexpr std::size_t most_string_bytes = 64 << 10;  // of one string kept, in UTF-8

// A text string (ISO 32000-1, 7.9.2.2: UTF-16BE or UTF-8 by its mark, else PDFDocEncoding) as valid UTF-8,
// cut at most_string_bytes; NULs are dropped.
std::string text_string(std::string_view raw);

// The text of dictionary[key] if it is a string or a name, else empty.
std::string text_at(const Object& dictionary, const char* key);

// A date (7.9.4, "D:20260115110000+01'00'") as RFC 3339: in UTC if the zone is known, without a zone if not;
// anything else as it stands.
std::string date_text(std::string_view raw);
std::optional<std::int64_t> date_ns(std::string_view raw);  // only if the zone is known

// The bytes of the item that a stream was made from, if they lie in [0, item_size].
std::optional<evtriage::ByteRange> raw_range(const Object& stream, std::uint64_t item_size);

// A segment whose every byte came from somewhere in `source`.
TextSegment segment_of(std::string text, evtriage::ByteRange source, std::string origin, std::string place);

}  // namespace evtriage
