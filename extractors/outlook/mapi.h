// MAPI properties as plain values ([MS-OXPROPS], [MS-OXCDATA] section 2.11): what PST and TNEF have in common.
// Tested by tests/extractors/outlook/mapi_test.cpp.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "extractors/html_text.h"

namespace evtriage::mapi {

enum Type : std::uint16_t {
  type_int16 = 0x02, type_int32 = 0x03, type_boolean = 0x0b, type_object = 0x0d, type_int64 = 0x14, type_string8 = 0x1e,
  type_unicode = 0x1f, type_time = 0x40, type_binary = 0x102, type_many = 0x1000
};

enum Id : std::uint16_t {
  id_message_class = 0x001a, id_subject = 0x0037, id_submit_time = 0x0039, id_sent_name = 0x0042, id_sent_address = 0x0065,
  id_conversation_topic = 0x0070, id_transport_headers = 0x007d, id_recipient_type = 0x0c15, id_sender_name = 0x0c1a,
  id_sender_address = 0x0c1f, id_delivery_time = 0x0e06, id_flags = 0x0e07, id_subject_plain = 0x0e1d, id_body = 0x1000,
  id_rtf = 0x1009, id_html = 0x1013, id_message_id = 0x1035, id_references = 0x1039, id_in_reply_to = 0x1042,
  id_display_name = 0x3001, id_address = 0x3003, id_created = 0x3007, id_modified = 0x3008, id_attach_data = 0x3701,
  id_attach_short_name = 0x3704, id_attach_method = 0x3705, id_attach_long_name = 0x3707, id_attach_mime = 0x370e,
  id_smtp_address = 0x39fe, id_internet_codepage = 0x3fde, id_message_codepage = 0x3ffd, id_sender_smtp = 0x5d01,
  id_sent_smtp = 0x5d02
};

struct Property {
  std::uint16_t id = 0, type = 0;   // type without type_many
  std::string named;                // name of a named property with a string; else empty
  std::uint32_t named_id = 0;       // its number, if it is named by one
  std::string_view value;           // as found, not owned
};

// The IANA name of a Windows code page number ("windows-1252"); empty if it is not known.
std::string code_page_name(std::uint32_t number);

// Text of a string value (and of HTML kept as binary), with the way back into `value`; no trailing NULs.
MappedText text_of(const Property& property, const std::string& code_page);

// One scalar as text: numbers, booleans, times as RFC 3339; empty for everything else.
std::string scalar_text(const Property& property);

std::optional<std::uint32_t> number_of(const Property& property);        // int16, int32, boolean
std::optional<std::int64_t> time_of(const Property& property);           // nanoseconds since 1970, UTC
std::optional<std::int64_t> filetime_ns(std::uint64_t hundred_ns_since_1601);  // nothing for 0 and for nonsense

// "mobile telephone", "subject", ...; empty for properties that say nothing to a reader (identifiers, keys, flags).
std::string_view label_of(const Property& property);

// Message classes that are mail for people: notes, meeting requests, reports, posts, documents sent.
bool is_mail_class(std::string_view message_class);

}  // namespace evtriage::mapi
