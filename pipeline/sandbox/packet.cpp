// sendmsg and recvmsg with their control buffers, in one place.
// Tested by tests/pipeline/sandbox/packet_test.cpp.
#include "pipeline/sandbox/packet.h"

#include <sys/socket.h>
#include <sys/time.h>

#include <cerrno>
#include <cstring>

namespace evtriage::sandbox {
namespace {

constexpr std::size_t most_descriptors = 3;

struct ControlBuffer {
  alignas(cmsghdr) char bytes[CMSG_SPACE(sizeof(int) * most_descriptors) + CMSG_SPACE(sizeof(ucred))] = {};
};

ssize_t receive(int fd, msghdr& header) {
  for (;;) {
    const ssize_t n = ::recvmsg(fd, &header, MSG_CMSG_CLOEXEC);
    if (n >= 0 || errno != EINTR) return n;
  }
}

}  // namespace

bool send_message(int fd, const Message& message) {
  const MessageBytes bytes = encode(message);
  for (;;) {
    const ssize_t n = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (n >= 0) return n == static_cast<ssize_t>(bytes.size());
    if (errno != EINTR) return false;
  }
}

Received receive_message(int fd, bool now) {
  char bytes[message_bytes + 1];  // one more, so that a longer packet shows
  for (;;) {
    const ssize_t n = ::recv(fd, bytes, sizeof bytes, now ? MSG_DONTWAIT : 0);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return {Reception::timeout, {}};
    if (n <= 0) return {Reception::closed, {}};
    const auto message = decode({bytes, static_cast<std::size_t>(n)});
    return message ? Received{Reception::message, *message} : Received{Reception::malformed, {}};
  }
}

bool send_packet(int fd, const Message& message, std::string_view text, std::initializer_list<int> descriptors) {
  const MessageBytes head = encode(message);
  std::string bytes(head.data(), head.size());
  bytes += text.substr(0, most_text);
  iovec piece{bytes.data(), bytes.size()};
  ControlBuffer control;
  msghdr header{};
  header.msg_iov = &piece;
  header.msg_iovlen = 1;
  if (descriptors.size() > 0) {
    header.msg_control = control.bytes;
    header.msg_controllen = CMSG_SPACE(sizeof(int) * descriptors.size());
    cmsghdr* const rights = CMSG_FIRSTHDR(&header);
    rights->cmsg_level = SOL_SOCKET;
    rights->cmsg_type = SCM_RIGHTS;
    rights->cmsg_len = CMSG_LEN(sizeof(int) * descriptors.size());
    std::memcpy(CMSG_DATA(rights), descriptors.begin(), sizeof(int) * descriptors.size());
  }
  for (;;) {
    const ssize_t n = ::sendmsg(fd, &header, MSG_NOSIGNAL);
    if (n >= 0) return static_cast<std::size_t>(n) == bytes.size();
    if (errno != EINTR) return false;
  }
}

std::optional<Packet> receive_packet(int fd) {
  std::string bytes(message_bytes + most_text, '\0');
  iovec piece{bytes.data(), bytes.size()};
  ControlBuffer control;
  msghdr header{};
  header.msg_iov = &piece;
  header.msg_iovlen = 1;
  header.msg_control = control.bytes;
  header.msg_controllen = sizeof control.bytes;
  const ssize_t n = receive(fd, header);
  if (n <= 0) return std::nullopt;
  Packet packet;
  for (cmsghdr* part = CMSG_FIRSTHDR(&header); part != nullptr; part = CMSG_NXTHDR(&header, part)) {
    if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS) continue;
    const std::size_t count = (part->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    for (std::size_t i = 0; i < count; ++i) {
      int descriptor = -1;
      std::memcpy(&descriptor, CMSG_DATA(part) + i * sizeof(int), sizeof(int));
      packet.descriptors.emplace_back(descriptor);
    }
  }
  const std::string_view seen(bytes.data(), static_cast<std::size_t>(n));
  const auto message = decode(seen.substr(0, message_bytes));
  if (!message || (header.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0) return std::nullopt;
  packet.message = *message;
  packet.text = seen.substr(message_bytes);
  return packet;
}

bool set_credentials(int fd, bool on) {
  const int value = on ? 1 : 0;
  return ::setsockopt(fd, SOL_SOCKET, SO_PASSCRED, &value, sizeof value) == 0;
}

std::optional<Introduced> receive_introduction(int fd) {
  char bytes[message_bytes + 1];
  iovec piece{bytes, sizeof bytes};
  ControlBuffer control;
  msghdr header{};
  header.msg_iov = &piece;
  header.msg_iovlen = 1;
  header.msg_control = control.bytes;
  header.msg_controllen = sizeof control.bytes;
  const ssize_t n = receive(fd, header);
  const auto message = n <= 0 ? std::nullopt : decode({bytes, static_cast<std::size_t>(n)});
  const cmsghdr* const part = CMSG_FIRSTHDR(&header);
  if (!message || part == nullptr || part->cmsg_type != SCM_CREDENTIALS || part->cmsg_len != CMSG_LEN(sizeof(ucred))) return std::nullopt;
  ucred sender{};
  std::memcpy(&sender, CMSG_DATA(part), sizeof sender);
  return Introduced{*message, sender.pid};
}

bool set_timeout(int fd, unsigned milliseconds) {
  const timeval time{static_cast<time_t>(milliseconds / 1000), static_cast<suseconds_t>(milliseconds % 1000 * 1000)};
  return ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time) == 0;
}

}  // namespace evtriage::sandbox
