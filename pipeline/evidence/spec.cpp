// What was typed becomes labelled exhibits; nothing is opened yet.
// Tested by tests/pipeline/evidence/spec_test.cpp.
#include <algorithm>

#include <sys/stat.h>

#include "pipeline/core/text.h"
#include "pipeline/evidence/evidence.h"

namespace evtriage {
namespace {

bool is_label(std::string_view text) {
  return !text.empty() && text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-") ==
                              std::string_view::npos;
}

bool exists(const std::string& path) {
  struct stat status {};
  return ::lstat(path.c_str(), &status) == 0;
}

Result<ExhibitSpec> parse_one(const std::string& typed, std::size_t position) {
  if (typed.empty() || typed.find('\0') != std::string::npos) return Error{Code::unsupported, "an evidence path is empty"};
  const std::size_t equals = typed.find('=');
  if (equals == std::string::npos || exists(typed)) return ExhibitSpec{"EX" + std::to_string(position + 1), typed};
  ExhibitSpec spec{typed.substr(0, equals), typed.substr(equals + 1)};
  if (!is_label(spec.label)) {
    return Error{Code::unsupported, "not a label (letters, digits, . _ - only): \"" + printable(spec.label) +
                                        "\"; nor does \"" + printable(typed) + "\" exist"};
  }
  if (spec.path.empty()) return Error{Code::unsupported, "exhibit " + spec.label + " has no path"};
  return spec;
}

}  // namespace

Result<std::vector<ExhibitSpec>> parse_exhibits(const std::vector<std::string>& typed) {
  std::vector<ExhibitSpec> specs;
  for (const std::string& text : typed) {
    auto spec = parse_one(text, specs.size());
    if (!spec) return spec.error();
    if (std::any_of(specs.begin(), specs.end(), [&](const ExhibitSpec& other) { return other.label == spec->label; })) {
      return Error{Code::unsupported, "two exhibits are called " + spec->label + ": give each a LABEL=PATH of its own"};
    }
    specs.push_back(*std::move(spec));
  }
  return specs;
}

}  // namespace evtriage
