// Packets on the sockets: one message, and on the zygote's socket also a text and descriptors.
//
// The worker's socket carries bare messages only; its other end is read with recv() without room for
// descriptors, so that a worker cannot push any into the coordinator.
// Tested by tests/pipeline/sandbox/packet_test.cpp.
#pragma once
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/sandbox/mapping.h"
#include "pipeline/sandbox/wire.h"

namespace evtriage::sandbox {

enum class Reception { message, timeout, closed, malformed };  // closed: the other end is gone

bool send_message(int fd, const Message& message);  // false: the other end is gone or does not read
struct Received {
  Reception reception = Reception::closed;
  Message message;
};
// Waits at most as long as the socket's own SO_RCVTIMEO; not at all if `now`.
Received receive_message(int fd, bool now = false);

// The zygote's socket: a text of at most most_text bytes, and at most three descriptors.
inline constexpr std::size_t most_text = 32u << 10;
bool send_packet(int fd, const Message& message, std::string_view text, std::initializer_list<int> descriptors);
struct Packet {
  Message message;
  std::string text;
  std::vector<Descriptor> descriptors;
};
std::optional<Packet> receive_packet(int fd);  // nullopt: closed, timed out, or malformed

// After set_credentials(fd, true) the kernel adds the sender's process id, as seen from here, to each message.
bool set_credentials(int fd, bool on);
struct Introduced {
  Message message;
  int process = 0;
};
std::optional<Introduced> receive_introduction(int fd);

bool set_timeout(int fd, unsigned milliseconds);

}  // namespace evtriage::sandbox
