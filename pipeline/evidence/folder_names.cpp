// Directory entries straight from the kernel: readdir(3) would hide where a failing disk broke off.
// Tested by tests/pipeline/evidence/folder_names_test.cpp.
#include "pipeline/evidence/folder_names.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <dirent.h>

namespace evtriage::evidence {

int FolderNames::read(int folder) {
  alignas(dirent64) char buffer[64 * 1024];
  int failed = 0;
  for (;;) {
    const ssize_t n = ::getdents64(folder, buffer, sizeof buffer);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) failed = errno;
    if (n <= 0) break;
    for (ssize_t at = 0; at < n;) {
      const auto* entry = reinterpret_cast<const dirent64*>(buffer + at);
      append(entry->d_name, entry->d_type);
      at += entry->d_reclen;
    }
  }
  sort();
  return failed;
}

void FolderNames::append(const char* name, std::uint8_t type) {
  if (name[0] == '.' && (name[1] == 0 || (name[1] == '.' && name[2] == 0))) return;
  order_.push_back({0, bytes_.size() + 1});
  bytes_.push_back(static_cast<char>(type));
  bytes_.insert(bytes_.end(), name, name + std::strlen(name) + 1);
}

void FolderNames::sort() {
  if (order_.empty()) return;
  // What all names share tells nothing: the eight bytes after it are compared first.
  const std::string_view first(bytes_.data() + order_.front().at);
  std::size_t shared = first.size();
  for (const Place& place : order_) {
    const char* name = bytes_.data() + place.at;
    std::size_t same = 0;
    while (same < shared && name[same] == first[same]) ++same;
    shared = same;
  }
  for (Place& place : order_) {
    const char* name = bytes_.data() + place.at + shared;
    for (unsigned i = 0, end = 0; i < 8; ++i) {
      const auto byte = end != 0 ? std::uint8_t{0} : static_cast<std::uint8_t>(name[i]);
      if (byte == 0) end = 1;
      place.first_bytes = place.first_bytes << 8 | byte;
    }
  }
  std::sort(order_.begin(), order_.end(), [this](const Place& a, const Place& b) {
    if (a.first_bytes != b.first_bytes) return a.first_bytes < b.first_bytes;
    return std::strcmp(bytes_.data() + a.at, bytes_.data() + b.at) < 0;  // compares as unsigned char
  });
}

std::string_view FolderNames::name(std::size_t place) const { return bytes_.data() + order_[place].at; }

std::uint8_t FolderNames::type_hint(std::size_t place) const {
  return static_cast<std::uint8_t>(bytes_[order_[place].at - 1]);
}

}  // namespace evtriage::evidence
