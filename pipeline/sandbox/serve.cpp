// A worker executable from start to end: set-up, warming, locks; then one loop as zygote, one as worker.
//
// The zygote never sees a byte of evidence: it only forks and tells how its children died.  When the coordinator is
// gone it ends, and with it all its workers: the kernel sees to that.
// The only catch stands here: a library that throws costs its item an issue, not the worker.
// Tested by tests/pipeline/sandbox/cage_test.cpp and chaos_test.cpp.
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <exception>
#include <new>
#include <vector>

#include "pipeline/sandbox/last_words.h"
#include "pipeline/sandbox/link.h"
#include "pipeline/sandbox/locks.h"
#include "pipeline/sandbox/worker.h"
#include "pipeline/sandbox/worker_content.h"
#include "pipeline/sandbox/worker_emit.h"

#if defined(__SANITIZE_ADDRESS__)
// Deaths are the coordinator's affair, and it wants to see them as they are.
extern "C" const char* __asan_default_options() {
  return "detect_leaks=0:handle_segv=0:handle_sigbus=0:handle_abort=0:handle_sigill=0:handle_sigfpe=0";
}
#endif

namespace evtriage {
namespace sandbox {
namespace {

constexpr int wrong_usage = 64;

struct Family {
  std::span<const WorkerFormat> formats;
  const WorkerHooks& hooks;
  ExtractOptions options = {};
  std::uint64_t memory_bytes = 0, own_bytes = 0;  // own: the address space of the zygote
  std::uint32_t locks = 0;
};

std::string read_shared(const Descriptor& file) {
  struct stat status {};
  if (!file || ::fstat(file.get(), &status) != 0 || status.st_size <= 0) return {};
  const Mapping text(file.get(), static_cast<std::size_t>(status.st_size), PROT_READ);
  return text ? std::string(text.data(), text.size()) : std::string();
}

std::vector<std::string> split_passwords(std::string_view bytes) {
  std::vector<std::string> out;
  for (ByteReader in(bytes); in.left() > 0 && in.ok();) out.emplace_back(read_chars(in, bytes.size()));
  return out;
}

Mapping map_window(const Descriptor& file, int protection, std::size_t least) {
  struct stat status {};
  if (::fstat(file.get(), &status) != 0 || static_cast<std::size_t>(status.st_size) <= least) return {};
  return {file.get(), static_cast<std::size_t>(status.st_size), protection};
}

// What a taken-over parser would try first; 1 if it could be done.
std::uint64_t try_forbidden(Probe probe) {
  switch (probe) {
    case Probe::open_file: return ::open("/etc/passwd", O_RDONLY | O_CLOEXEC) >= 0 ? 1 : 0;
    case Probe::open_socket: return ::socket(AF_UNIX, SOCK_STREAM, 0) >= 0 ? 1 : 0;
    case Probe::new_process: {
      const pid_t child = ::fork();
      if (child == 0) ::_exit(0);
      return child > 0 ? 1 : 0;
    }
    case Probe::none: break;
  }
  return 0;
}

void call(const WorkerFormat& format, const Content& content, const Identity& identity, const ExtractOptions& options, WorkerEmit& emit) {
  std::string what = "an exception of unknown type";
  try {
    return format.extract(content, identity, options, emit);
  } catch (const std::bad_alloc&) {
    emit.link().header().last_words = static_cast<std::uint32_t>(LastWords::out_of_memory);
    return;
  } catch (const std::exception& thrown) {
    what = printable(thrown.what());
  } catch (...) {
    what = "an exception of unknown type";
  }
  emit.issue({Code::internal, "", "an exception left the parser: " + what.substr(0, floor_char(what, std::min<std::size_t>(what.size(), 500))), {}, true});
}

// False: this process should be replaced.
bool examine_one(const Family& family, Link& link, const Message& job) {
  const auto request = decode_request(link.request(job));
  if (!request) ::_exit(1);
  const auto format = std::find_if(family.formats.begin(), family.formats.end(), [&](const WorkerFormat& f) { return f.name == request->format; });
  if (format == family.formats.end()) ::_exit(1);
  const Identity identity{request->media_type, request->claimed_type, request->name};
  WorkerEmit emit(link, job.end);
  if ((job.flags & job_inline) != 0) {
    call(*format, Resident(Blob::share(nullptr, as_bytes(link.item(job.end)))), identity, family.options, emit);
  } else {
    call(*format, BlockContent(link, job.end), identity, family.options, emit);
  }
  return link.header().last_words == static_cast<std::uint32_t>(LastWords::none);
}

int work(const Family& family, Packet order, pid_t zygote) {
  (void)::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
  if (::getppid() != zygote || order.descriptors.size() != 3) return 1;
  if (::dup2(order.descriptors[0].get(), channel_fd) < 0) return 1;
  Mapping input = map_window(order.descriptors[1], PROT_READ, request_area);
  Mapping output = map_window(order.descriptors[2], PROT_READ | PROT_WRITE, output_area);
  if (!input || !output) return 1;
  const std::uint64_t windows = input.size() + output.size();
  order.descriptors.clear();
  Link link(std::move(input), std::move(output));
  if (!limit_memory(family.own_bytes + windows + family.memory_bytes)) return 1;
  listen_for_last_words(link.header(), family.memory_bytes);
  const bool files_are_held_off = (family.locks & (lock_namespaces | lock_landlock)) != 0;
  if ((family.locks & lock_seccomp) != 0 && !lock_process(!family.hooks.folders.empty() && files_are_held_off)) return 1;
  const auto probe = static_cast<Probe>(order.message.begin);
  const std::uint64_t could = try_forbidden(probe);
  if (!send_message(channel_fd, {Kind::ready, 0, 0, static_cast<std::uint64_t>(::getpid()), could})) return 0;
  for (std::uint32_t items = 1;; ++items) {
    const auto job = link.next_job();
    if (!job) return 0;
    const bool healthy = examine_one(family, link, *job);
    link.done(!healthy || items >= family.hooks.items);
  }
}

// Ends when the coordinator does.
void fork_on_demand(const Family& family) {
  const pid_t self = ::getpid();
  std::vector<pid_t> children;
  while (auto order = receive_packet(channel_fd)) {
    if (order->message.kind == Kind::fork) {
      const pid_t child = ::fork();
      if (child == 0) ::_exit(work(family, *std::move(order), self));
      if (child > 0) children.push_back(child);
    } else if (order->message.kind == Kind::reap) {
      const auto child = static_cast<pid_t>(order->message.begin);
      const auto known = std::find(children.begin(), children.end(), child);
      int status = 0;
      if (known != children.end() && ::waitpid(child, &status, 0) == child) children.erase(known);
      if (!send_packet(channel_fd, {Kind::reaped, 0, 0, static_cast<std::uint64_t>(status), order->message.begin}, {}, {})) break;
    }
  }
  for (const pid_t child : children) (void)::kill(child, SIGKILL);
}

std::uint32_t lock_in(Folders folders, std::uint32_t wanted, unsigned& abi) {
  std::uint32_t locks = 0;
  if ((wanted & lock_namespaces) != 0) {
    const NewWorld world = enter_namespaces(folders);
    if (world.empty_root) locks |= lock_namespaces;
    if (!drop_privileges()) return 0;
    const pid_t first = world.unshared ? ::fork() : 0;
    if (first > 0) {  // the zygote goes on as process 1 of the new world; this one only waits for its end
      (void)::close(channel_fd);
      (void)::waitpid(first, nullptr, 0);
      ::_exit(0);
    }
    if (first < 0) return 0;
    if (world.unshared) (void)::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
  } else if (wanted != 0 && !drop_privileges()) {
    return 0;
  }
  if ((wanted & lock_landlock) != 0) abi = deny_files(folders);
  if (abi != 0) locks |= lock_landlock;
  if ((wanted & lock_seccomp) != 0 && has_seccomp()) locks |= lock_seccomp;
  return locks;
}

std::string names_of(std::span<const WorkerFormat> formats) {
  std::string names = "+";
  for (const WorkerFormat& format : formats) names.append("\n").append(format.name);
  return names;
}

int run(Family family) {
  {
    const auto setup = receive_packet(channel_fd);
    if (!setup || setup->message.kind != Kind::setup || setup->descriptors.size() != 1) return wrong_usage;
    family.options.passwords = split_passwords(read_shared(setup->descriptors[0]));
    family.memory_bytes = setup->message.begin;
    family.locks = setup->message.flags;
  }
  const Result<void> warmed = family.hooks.warm == nullptr ? Result<void>() : family.hooks.warm();
  if (!warmed) {
    (void)send_packet(channel_fd, {Kind::hello, 0, 0, 0, wire_version}, "-" + warmed.error().detail, {});
    return 1;
  }
  family.own_bytes = used_address_space();
  unsigned abi = 0;
  family.locks = lock_in(family.hooks.folders, family.locks, abi);
  const Message hello{Kind::hello, family.locks, 0, abi, wire_version};
  if (send_packet(channel_fd, hello, names_of(family.formats), {})) fork_on_demand(family);
  return 0;
}

}  // namespace
}  // namespace sandbox

int serve(std::span<const WorkerFormat> formats, const WorkerHooks& hooks) {
  return sandbox::run({formats, hooks});
}

}  // namespace evtriage
