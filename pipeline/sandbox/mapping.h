// Mapping: shared memory that is given back once.
// Tested by tests/pipeline/sandbox/packet_test.cpp.
#pragma once
#include <sys/mman.h>

#include <cstddef>
#include <utility>

#include "pipeline/core/descriptor.h"

namespace evtriage::sandbox {

class Mapping {  // shared memory of a memfd; empty if it could not be mapped
 public:
  Mapping() = default;
  Mapping(int fd, std::size_t size, int protection) {
    void* const at = ::mmap(nullptr, size, protection, MAP_SHARED, fd, 0);
    if (at == MAP_FAILED) return;
    data_ = static_cast<char*>(at);
    size_ = size;
  }
  Mapping(Mapping&& other) noexcept
      : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}
  Mapping& operator=(Mapping&& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    return *this;
  }
  ~Mapping() {
    if (data_ != nullptr) (void)::munmap(data_, size_);
  }
  char* data() const { return data_; }
  std::size_t size() const { return size_; }
  explicit operator bool() const { return data_ != nullptr; }

 private:
  char* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace evtriage::sandbox
