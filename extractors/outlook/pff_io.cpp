// libpff asks for a few hundred bytes at a time; the evidence may lie behind a pipe: so blocks are kept.
// Tested by tests/extractors/outlook/pst_test.cpp.
#include "extractors/outlook/pff_io.h"

#include <cstdio>
#include <cstring>

namespace evtriage::pff {
namespace {

constexpr std::size_t most_lost_ranges = 1000;

Window& window_of(intptr_t* handle) { return *reinterpret_cast<Window*>(handle); }

int free_handle(intptr_t** handle, libbfio_error_t**) {
  *handle = nullptr;  // owned by the store
  return 1;
}
int clone_handle(intptr_t**, intptr_t*, libbfio_error_t**) { return -1; }
int open_window(intptr_t* handle, int flags, libbfio_error_t**) {
  window_of(handle).position = 0;
  window_of(handle).is_open = (flags & LIBBFIO_ACCESS_FLAG_WRITE) == 0;
  return window_of(handle).is_open ? 1 : -1;
}
int close_window(intptr_t* handle, libbfio_error_t**) {
  window_of(handle).is_open = false;
  return 0;
}
ssize_t read_window(intptr_t* handle, std::uint8_t* out, std::size_t wanted, libbfio_error_t**) {
  return static_cast<ssize_t>(window_of(handle).read(out, wanted));
}
ssize_t write_window(intptr_t*, const std::uint8_t*, std::size_t, libbfio_error_t**) { return -1; }
off64_t seek_window(intptr_t* handle, off64_t offset, int whence, libbfio_error_t**) {
  Window& window = window_of(handle);
  const auto base = whence == SEEK_SET ? 0 : static_cast<off64_t>(whence == SEEK_CUR ? window.position : window.size());
  if (offset < -base || offset > (off64_t{1} << 62) - base) return -1;
  window.position = static_cast<std::uint64_t>(base + offset);
  return base + offset;
}
int window_exists(intptr_t*, libbfio_error_t**) { return 1; }
int window_is_open(intptr_t* handle, libbfio_error_t**) { return window_of(handle).is_open ? 1 : 0; }
int window_size(intptr_t* handle, size64_t* size, libbfio_error_t**) {
  *size = window_of(handle).size();
  return 1;
}

}  // namespace

const Blob* Window::block(std::uint64_t number) {
  Block& slot = blocks_[number % blocks_.size()];
  if (slot.number == number) return &slot.bytes;
  const ByteRange range{number * block_bytes, std::min(size(), (number + 1) * block_bytes)};
  Result<Blob> bytes = content_.read(range);
  if (!bytes) {
    if (!lost_.empty() && lost_.back() == range) return nullptr;
    if (lost_.size() < most_lost_ranges) lost_.push_back(range);
    return nullptr;
  }
  slot = {number, *std::move(bytes)};
  return &slot.bytes;
}

std::int64_t Window::read(std::uint8_t* out, std::size_t wanted) {
  std::size_t done = 0;
  while (done < wanted && position < size()) {
    const Blob* bytes = block(position / block_bytes);
    if (bytes == nullptr) return -1;
    const std::size_t inside = position % block_bytes;
    const std::size_t count = std::min<std::size_t>(wanted - done, bytes->size() - inside);
    std::memcpy(out + done, bytes->view().data() + inside, count);
    done += count;
    position += count;
  }
  return static_cast<std::int64_t>(done);
}

libbfio_handle_t* open_handle(Window& window) {
  libbfio_handle_t* handle = nullptr;
  const int made = libbfio_handle_initialize(&handle, reinterpret_cast<intptr_t*>(&window), free_handle, clone_handle, open_window, close_window,
                                             read_window, write_window, seek_window, window_exists, window_is_open, window_size,
                                             LIBBFIO_FLAG_IO_HANDLE_NON_MANAGED, nullptr);
  return made == 1 ? handle : nullptr;
}

}  // namespace evtriage::pff
