// Profile: the canonical text, whose digest stands in the seal.  See profile.h.
// Tested by tests/pipeline/core/profile_test.cpp.
#include "pipeline/core/profile.h"

#include <algorithm>

namespace evtriage {
namespace {

std::string hash_list(const HashSelection& hashes) {
  std::string out;
  const auto add = [&](bool wanted, const char* name) {
    if (!wanted) return;
    if (!out.empty()) out += ',';
    out += name;
  };
  add(hashes.md5, "md5");
  add(hashes.sha1, "sha1");
  add(true, "sha256");
  add(hashes.sha512, "sha512");
  return out;
}

std::string joined(const std::vector<std::string>& values) {
  std::string out;
  for (const std::string& value : values) out += (out.empty() ? "" : ",") + value;
  return out;
}

}  // namespace

std::string Profile::canonical_text() const {
  constexpr const char* keep_names[] = {"all", "relevant", "none"};
  std::vector<std::string> lines = {
      "hashes=" + hash_list(hashes),
      "keep_text=" + std::string(keep_names[static_cast<std::size_t>(keep_text)]),
      "limits.cage_cpu_seconds=" + std::to_string(limits.cage_cpu_seconds),
      "limits.cage_memory_bytes=" + std::to_string(limits.cage_memory_bytes),
      "limits.cage_output_bytes=" + std::to_string(limits.cage_output_bytes),
      "limits.children=" + std::to_string(limits.children),
      "limits.depth=" + std::to_string(limits.depth),
      "limits.expanded_bytes=" + std::to_string(limits.expanded_bytes),
      "limits.hits_per_item=" + std::to_string(limits.hits_per_item),
      "limits.margin_bytes=" + std::to_string(limits.margin_bytes),
      "limits.mentions_per_item=" + std::to_string(limits.mentions_per_item),
      "limits.page_bytes=" + std::to_string(limits.page_bytes),
      "limits.resident_bytes=" + std::to_string(limits.resident_bytes),
      "limits.structured_bytes=" + std::to_string(limits.structured_bytes),
      "regions=" + joined(regions),
  };
  for (const auto& [name, value] : versions) lines.push_back("version." + name + "=" + value);
  std::sort(lines.begin(), lines.end());
  std::string out;
  for (const std::string& line : lines) out += line + '\n';
  return out;
}

}  // namespace evtriage
