// Descriptor: an open file descriptor that closes itself, and errors of the kernel as our Errors.
// Tested by tests/pipeline/evidence/open_beneath_test.cpp.
#pragma once
#include <cstring>
#include <string>
#include <utility>

#include <unistd.h>

#include "pipeline/core/result.h"

namespace evtriage::evidence {

class Descriptor {  // movable, owned by one
 public:
  Descriptor() = default;
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    if (this != &other) {
      reset();
      fd_ = std::exchange(other.fd_, -1);
    }
    return *this;
  }
  ~Descriptor() { reset(); }
  int get() const { return fd_; }
  explicit operator bool() const { return fd_ >= 0; }
  int release() { return std::exchange(fd_, -1); }  // the caller owns it now
  void reset() {
    if (fd_ >= 0) (void)::close(fd_);
    fd_ = -1;
  }

 private:
  int fd_ = -1;
};

// The kernel's own English sentence: no locale, any thread.
inline std::string error_text(int error_number) {
  const char* text = ::strerrordesc_np(error_number);
  return text != nullptr ? text : "error " + std::to_string(error_number);
}

inline Error io_error(std::string what, int error_number) {
  return Error{Code::io_read, std::move(what) + ": " + error_text(error_number)};
}

}  // namespace evtriage::evidence
