// memfd_create and its seals; F_SEAL_FUTURE_WRITE is what lets us write while the other side never can.
// Tested by tests/pipeline/sandbox/packet_test.cpp.
#include "pipeline/sandbox/memory_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#ifndef F_SEAL_FUTURE_WRITE  // Linux 5.1; glibc's header may be older
#define F_SEAL_FUTURE_WRITE 0x0010
#endif

namespace evtriage::sandbox {

SharedWindow shared_window(std::size_t size, Others others) {
  SharedWindow window{Descriptor(::memfd_create("window", MFD_CLOEXEC | MFD_ALLOW_SEALING)), {}};
  if (!window.file || ::ftruncate(window.file.get(), static_cast<off_t>(size)) != 0) return {};
  window.mapping = Mapping(window.file.get(), size, PROT_READ | PROT_WRITE);
  const int writing = others == Others::may_only_read ? F_SEAL_FUTURE_WRITE : 0;
  if (::fcntl(window.file.get(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL | writing) != 0) return {};
  return window;
}

Descriptor memory_file_of(std::string_view bytes) {
  Descriptor file(::memfd_create("bytes", MFD_CLOEXEC));
  while (file && !bytes.empty()) {
    const ssize_t n = ::write(file.get(), bytes.data(), bytes.size());
    if (n <= 0) return {};
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return file;
}

}  // namespace evtriage::sandbox
