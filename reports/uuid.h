// Names that are the same whenever the same case is reported: UUID version 5 (RFC 9562 section 5.5).
// Tested by tests/reports/uuid_test.cpp (the RFC's own example).
#pragma once
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace evtriage::reports {

using Uuid = std::array<std::byte, 16>;

// SHA-1 is what version 5 is made of; it protects nothing here.
Uuid uuid_v5(const Uuid& space, std::string_view name);
std::string print_uuid(const Uuid& uuid);  // 8-4-4-4-12, lower case

// The space of one case: two cases with the same results have the same names.
Uuid case_space(std::string_view results_digest);

}  // namespace evtriage::reports
