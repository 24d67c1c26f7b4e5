// Is this label a top-level domain?  The root zone as a dated table (tld_data.cpp).
// Tested by tests/extractors/contacts/parts_test.cpp.
#pragma once
#include <span>
#include <string_view>

namespace evtriage::contacts {

// `label`: the last label of a host, lower case, without dots; UTF-8 or xn-- form.  Constant time.
bool is_tld(std::string_view label);

// True for endings by which a bare "name.ending" is a host rather than a file name, a method call or a
// missing blank: com, org, net and most country codes, but neither "py" nor "it" nor "info".
bool is_plain_host_tld(std::string_view label);

// True for second-level labels that registries sell under: co.uk, com.ng, gouv.ml.
bool is_registry_label(std::string_view label);

// The data: pairs of letters in one string; longer names in ascending order of bytes.
std::string_view two_letter_tlds();
std::span<const std::string_view> longer_tlds();

}  // namespace evtriage::contacts
