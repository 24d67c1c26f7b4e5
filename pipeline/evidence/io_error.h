// What the kernel refuses, as our Errors.
// Tested by tests/pipeline/evidence/open_beneath_test.cpp.
#pragma once
#include <cstring>
#include <string>
#include <utility>

#include "pipeline/core/descriptor.h"
#include "pipeline/core/result.h"

namespace evtriage::evidence {

// The kernel's own English sentence: no locale, any thread.
inline std::string error_text(int error_number) {
  const char* text = ::strerrordesc_np(error_number);
  return text != nullptr ? text : "error " + std::to_string(error_number);
}

inline Error io_error(std::string what, int error_number) {
  return Error{Code::io_read, std::move(what) + ": " + error_text(error_number)};
}

}  // namespace evtriage::evidence
