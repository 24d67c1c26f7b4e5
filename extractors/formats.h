// The formats whose parsers run in the cage, as a table that needs none of their libraries.
//
// The main program links this file only; the functions behind the names are linked into the worker executables of
// extractors/workers, one for each family, so that no parser's code and no other licence comes into it.
// Tested by tests/extractors/formats_test.cpp.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "pipeline/core/plugin.h"

namespace evtriage {

struct Format {
  std::string_view name;      // the stage in issues
  std::uint32_t version = 1;  // part of the profile: a change changes results
  std::string_view family;    // evtriage-worker-FAMILY serves it
  bool (*accepts)(const Identity& identity) = nullptr;
};

// In order of priority: the first one that accepts an item reads it.
std::span<const Format> caged_formats();

}  // namespace evtriage
