// Host names inside text: how far one reaches, and whether it is one.
// Grammar (RFC 1034, RFC 5890): host = label *("." label); label = word *(word / "-"), at most 63 bytes; at
// most 253 bytes; here at least two labels and a known top-level domain.
// Tested by tests/extractors/contacts/parts_test.cpp.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace evtriage::contacts {

inline constexpr std::size_t kMaxHost = 253, kMaxLabel = 63;

// End of the run of host characters (letters, digits, '-', '.', word characters of any script) that starts
// at `at`, at most kMaxHost + 1 bytes on; trailing dots and hyphens are left out.
std::size_t host_end(std::string_view text, std::size_t at);
// Begin of such a run that ends at `at`.
std::size_t host_begin(std::string_view text, std::size_t at);

// Lower-case host if the text is one, with a known top-level domain.
std::optional<std::string> known_host(std::string_view text);
// As above, of the longest beginning of `text` that is one, where what is left over looks like the next
// sentence ("example.com.Merci"); `length` becomes its length.
std::optional<std::string> known_host_before_sentence(std::string_view text, std::size_t& length);

// Labels are well formed; the top-level domain need not be known ("server", "nas.local").
bool is_well_formed_host(std::string_view text);

// Four decimal numbers 0..255 without leading zeros.
bool is_ipv4(std::string_view text);

std::string_view last_label(std::string_view host);

}  // namespace evtriage::contacts
