// Addresses of the machines that handed a mail on, out of its Received fields (RFC 5321 section 4.4): what stands in front
// of "by" is what the receiving server saw or was told of its client.
// Tested by tests/extractors/mail_relay_test.cpp.
#pragma once
#include <string_view>
#include <vector>

namespace evtriage {

// IPv4 and IPv6 addresses of the client, as written (views into `received`), in order; only public ones: no private,
// local, shared or multicast range (RFC 6890).  At most 8.
std::vector<std::string_view> client_addresses(std::string_view received);

}  // namespace evtriage
