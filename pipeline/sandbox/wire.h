// The language between the coordinator and its workers: messages of one size on a socket, frames in shared windows.
//
// A message says who may touch which window next; a frame is one call of Emit.  Each request carries a random
// nonce that every answer must repeat, so an answer to an older request cannot pass for one to this.  The grammar
// stands in README.md.  Integers are little endian or LEB128; they are read through ByteReader only.
// Tested by tests/pipeline/sandbox/wire_test.cpp and tests/fuzz/fuzz_wire.cpp.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "pipeline/core/byte_reader.h"

namespace evtriage::sandbox {

inline constexpr std::uint32_t wire_version = 3;
inline constexpr int channel_fd = 3;  // the socket, in zygotes and in workers

enum class Kind : std::uint32_t {
  setup = 1,  // to a zygote: flags = locks to try, begin = memory bytes, one descriptor with the passwords
  hello,      // of a zygote: flags = locks reached, begin = Landlock ABI, end = wire version; a text follows
  fork,       // to a zygote: three descriptors (channel, input window, output window); begin = a Probe
  ready,      // of a worker: begin = its process id in its own namespace; end = what a probe could do
  reap,       // to a zygote: begin = such an id
  reaped,     // of a zygote: begin = wait status, end = the id
  job,        // to a worker: begin = bytes of the request, end = size of the item, flags = Job
  want,       // of a worker: bytes [begin, end) of the item (flags 0) or of what lies beside it (flags: its number)
  bytes,      // to a worker: they lie in the input window
  failed,     // to a worker: flags = Code, begin = length of the sentence in the input window
  output,     // of a worker: begin = bytes of frames in the output window; waits for go_on
  go_on,      // to a worker: flags = 1 if it should stop, begin = spool slots that were refused (bits)
  done,       // of a worker: as output, and the item is finished; flags = 1: replace me
  serve,      // to a worker that waits for go_on after a live child: bytes [begin, end) of that child
  served,     // of a worker: they lie in the output window; flags = 1: they do not, begin = a sentence of so many
              // bytes lies there, end = Code
  beside,     // of a worker: begin = length of a name in the output window; answered by itself: flags = number or 0, begin = size
};
inline constexpr std::uint32_t last_kind = static_cast<std::uint32_t>(Kind::beside);

enum Locks : std::uint32_t { lock_namespaces = 1, lock_landlock = 2, lock_seccomp = 4 };
enum JobFlags : std::uint32_t { job_inline = 1 };  // the whole item lies in the input window
enum class Probe : std::uint64_t { none, open_file, open_socket, new_process, last = new_process };

struct Message {
  Kind kind = Kind::hello;
  std::uint32_t flags = 0;
  std::uint64_t nonce = 0, begin = 0, end = 0;
  bool operator==(const Message&) const = default;
};
inline constexpr std::size_t message_bytes = 32;
using MessageBytes = std::array<char, message_bytes>;

MessageBytes encode(const Message& message);
std::optional<Message> decode(std::string_view bytes);  // nullopt: wrong length or unknown kind

// The input window: an area for the request (four strings), one for bytes from beside the item, then the item's bytes or
// the blocks of it that were asked for.
inline constexpr std::size_t beside_at = 320u << 10;
inline constexpr std::size_t beside_most = 256u << 10;     // bytes from beside the item at a time
inline constexpr std::uint32_t besides_most = 4096;        // names that a worker may ask for while it reads one item
inline constexpr std::size_t request_area = beside_at + beside_most;
inline constexpr std::size_t identity_bytes = 64u << 10;  // of each string of an Identity; the rest is cut

// The output window begins with this header; frames follow at output_area.
struct OutputHeader {
  std::uint64_t published = 0;   // bytes of whole frames that lie there: taken even if the worker dies
  std::uint32_t last_words = 0;  // a LastWords
};
inline constexpr std::size_t output_area = 4096;
enum class LastWords : std::uint32_t { none, out_of_memory, stack_overflow };

// Frames: kind (1 byte), length of the payload (4 bytes), payload.
enum class FrameKind : std::uint8_t {
  text = 1, child, spool_open, spool_data, spool_drop, property, message, issue, encrypted, last = encrypted
};
enum class ChildBytes : std::uint8_t { none, here, spool, extent, runs, live, last = live };
inline constexpr std::size_t frame_header = 5;
inline constexpr std::size_t frame_most = 64u << 20;    // of a payload
inline constexpr unsigned spool_slots = 32;             // spools that may be open at once
inline constexpr std::size_t child_here_most = 1u << 20;  // larger children travel through a spool
inline constexpr std::size_t data_runs_most = 1u << 20;   // runs of one child
inline constexpr std::size_t notes_most = 1000;           // properties, and issues, of one child
inline constexpr std::size_t segment_most = 4u << 20;   // bytes of a text segment
inline constexpr std::size_t runs_most = 1u << 20;      // runs in the map of a segment
inline constexpr std::size_t field_most = 1u << 20;     // bytes of any other string
inline constexpr std::size_t list_most = 100'000;       // recipients, attachments

void append_varint(std::string& out, std::uint64_t value);
void append_signed(std::string& out, std::int64_t value);  // zigzag: small negative numbers stay small
void append_chars(std::string& out, std::string_view chars);

std::int64_t read_signed(ByteReader& in);
// At most `most` bytes; an empty view and failure of the reader otherwise.
std::string_view read_chars(ByteReader& in, std::uint64_t most = field_most);

// What the coordinator asks: which format reads an item of which identity.
struct Request {
  std::string_view format, media_type, claimed_type, name;
};
std::string encode(const Request& request);
std::optional<Request> decode_request(std::string_view bytes);  // views into `bytes`

}  // namespace evtriage::sandbox
