// Inner tables of identify.h: signatures, the look of text, families of formats and their extensions.
// Type names are spelled as libmagic 5.44 spells them.
// Tested by tests/pipeline/engine/identify_test.cpp.
#pragma once
#include <cstdint>
#include <string_view>

#include "pipeline/core/content.h"

namespace evtriage {

// The type of a binary format by its signature, or empty.
std::string_view type_by_signature(ByteView head);

// The type of a disk, a file system or an image of one by its first bytes, or empty: application/x-raw-disk-image
// (with a table of partitions), application/x-volume-NAME, application/x-ewf ...  `size`: bytes of the whole item.
std::string_view type_of_disk(ByteView head, std::uint64_t size);

// The type of text: text/plain, text/html, message/rfc822, application/mbox ..., or empty if it is no
// text in UTF-8 (ASCII included) or in UTF-16 with a byte order mark.  `size`: bytes of the whole item.
std::string_view type_by_look(ByteView head, std::uint64_t size);

// True if the first 4 KiB are as disordered as random, compressed or encrypted bytes.
bool is_disordered(ByteView head);

// Families of formats: an extension may hold any type of the families in its set.
enum Family : std::uint32_t {
  family_unknown = 0,
  family_text = 1u << 0,        // mail, source code, HTML, XML, JSON ... all are text
  family_image = 1u << 1,
  family_media = 1u << 2,       // sound and film
  family_zip = 1u << 3,         // and all that is made of it: OOXML, ODF, EPUB, JAR, APK
  family_archive = 1u << 4,
  family_ole = 1u << 5,
  family_rtf = 1u << 6,
  family_pdf = 1u << 7,
  family_program = 1u << 8,
  family_database = 1u << 9,
  family_font = 1u << 10,
  family_disorder = 1u << 11,   // no format at all
};
Family family_of(std::string_view media_type);

// The families that an extension (of `name`, without regard to case) may hold; 0 if it is not known.
std::uint32_t families_of_extension(std::string_view name);

}  // namespace evtriage
