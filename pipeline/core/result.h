// Errors are values: Result<T> carries a value or an Error, Issue is the lasting record of a trouble.
//
// Error  = why one call could not give its value; short-lived, returned, never thrown across a folder.
// Issue  = what a reader of the report must know about an item: it goes into the case and the report.
// No text in either may hold a time, a pointer, a thread or a path of this machine: results must be
// the same bytes on every machine.  Same shape as std::expected (C++23), so it can be replaced by it.
// Tested by tests/pipeline/core/result_test.cpp.
#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace evtriage {

// What went wrong, in the eight words of the contract (table "issues", column code).
enum class Code : std::uint8_t { io_read, corrupt, truncated, unsupported, encrypted, limit, crash, internal };

// The contract's spelling: "io_read", "corrupt", ...
constexpr std::string_view to_string(Code code) {
  constexpr std::string_view names[] = {"io_read",   "corrupt", "truncated", "unsupported",
                                        "encrypted", "limit",   "crash",     "internal"};
  return names[static_cast<std::size_t>(code)];
}

struct Error {
  Code code = Code::internal;
  std::string detail;  // one sentence for a person
};

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : v_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : v_(std::in_place_index<1>, std::move(error)) {}
  explicit operator bool() const { return v_.index() == 0; }
  bool has_value() const { return v_.index() == 0; }
  // Precondition of the next three: has_value().
  const T& operator*() const& { return std::get<0>(v_); }
  T& operator*() & { return std::get<0>(v_); }
  T&& operator*() && { return std::get<0>(std::move(v_)); }
  const T* operator->() const { return &std::get<0>(v_); }
  T* operator->() { return &std::get<0>(v_); }
  // Precondition: !has_value().
  const Error& error() const { return std::get<1>(v_); }

 private:
  std::variant<T, Error> v_;
};

// Success without a value: `return {};` or `return Error{...};`.
template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}
  explicit operator bool() const { return !error_; }
  bool has_value() const { return !error_; }
  const Error& error() const { return *error_; }

 private:
  std::optional<Error> error_;
};

struct ByteRange {  // half open [begin, end), in bytes of one addressed stream
  std::uint64_t begin = 0, end = 0;
  constexpr std::uint64_t size() const { return end - begin; }
  auto operator<=>(const ByteRange&) const = default;
};

struct Issue {
  Code code = Code::internal;
  std::string stage;               // who says so: "read", "identify", "mail", "rules"
  std::string detail;              // one sentence for a person
  std::optional<ByteRange> where;  // bytes lost or doubted, inside the item
  bool reproducible = true;        // false for a wall-clock kill: another run may differ
};

}  // namespace evtriage
