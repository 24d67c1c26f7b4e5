// Canonical JSON, written without a tree: RFC 8785 restricted to ASCII keys, strings, integers and
// booleans (no fractions, no null: what is absent is not written).
//
// The same bytes stand in the exported JSON Lines, in the custody log and under the Merkle leaves, so
// this writer is deliberately the only one.  Keys must be given in ascending byte order: the writer
// asserts nothing, the tests of each table do.
// Tested by tests/pipeline/core/json_test.cpp (vectors of RFC 8785, python3's json as judge).
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace evtriage {

// Appends `text` with its quotes.  Invalid UTF-8 becomes U+FFFD, one for each byte.
void append_json_string(std::string& out, std::string_view text);

class JsonWriter {  // appends to a string owned by the caller
 public:
  explicit JsonWriter(std::string& out) : out_(out) {}
  JsonWriter& begin_object() { return open('{'); }
  JsonWriter& end_object() { return close('}'); }
  JsonWriter& begin_array() { return open('['); }
  JsonWriter& end_array() { return close(']'); }
  JsonWriter& key(std::string_view name);
  JsonWriter& value(std::string_view text);
  JsonWriter& value(const char* text) { return value(std::string_view(text)); }
  JsonWriter& value(std::int64_t number);
  JsonWriter& value(std::uint64_t number);
  JsonWriter& value(int number) { return value(static_cast<std::int64_t>(number)); }
  JsonWriter& value(unsigned number) { return value(static_cast<std::uint64_t>(number)); }
  JsonWriter& value(bool flag);

 private:
  void separate();
  JsonWriter& open(char bracket);
  JsonWriter& close(char bracket);
  std::string& out_;
  bool comma_ = false;  // a value stands before, on the same level
};

}  // namespace evtriage
