// A strict reader of canonical JSON (see core/json.h): what is read and written again gives the same bytes,
// so that two texts never mean the same seal and a changed byte is always seen.
// Tested by tests/pipeline/custody/canonical_json_test.cpp and tests/fuzz/fuzz_seal.cpp.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pipeline/core/result.h"

namespace evtriage {

struct JsonMember;

struct JsonValue {
  enum class Kind : std::uint8_t { text, number, array, object };
  Kind kind = Kind::text;
  std::string text;
  std::uint64_t number = 0;
  std::vector<JsonMember> members;                     // of an object; of an array with empty names
  const JsonValue* find(std::string_view name) const;  // null if there is none
  std::string text_of(std::string_view name) const;    // empty if there is none
};

struct JsonMember {
  std::string name;
  JsonValue value;
};

// Texts, unsigned integers, arrays and objects (keys ascending, none twice), at most 8 levels deep.
// Error (corrupt): anything else, and anything not written as JsonWriter writes it.
Result<JsonValue> read_canonical(std::string_view line);
std::string write_canonical(const JsonValue& value);

}  // namespace evtriage
