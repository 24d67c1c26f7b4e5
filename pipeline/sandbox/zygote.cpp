// Spawning with nothing inherited: three null devices, one socket, a fixed environment, a session of its own (so that
// a Ctrl-C in the terminal reaches the coordinator only).
// Tested by tests/pipeline/sandbox/cage_test.cpp.
#include "pipeline/sandbox/zygote.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>

#include "pipeline/sandbox/memory_file.h"

namespace evtriage::sandbox {
namespace {

constexpr unsigned patience_ms = 60'000;  // warming may read large tables from a slow disk

// posix_spawn's two parameter objects, destroyed with it.
class Spawning {
 public:
  Spawning() {
    posix_spawn_file_actions_init(&files_);
    posix_spawnattr_init(&attributes_);
  }
  Spawning(const Spawning&) = delete;
  Spawning& operator=(const Spawning&) = delete;
  ~Spawning() {
    posix_spawn_file_actions_destroy(&files_);
    posix_spawnattr_destroy(&attributes_);
  }
  int start(const std::string& path, int channel, pid_t& process) {
    for (const int standard : {0, 1, 2}) posix_spawn_file_actions_addopen(&files_, standard, "/dev/null", O_RDWR, 0);
    posix_spawn_file_actions_adddup2(&files_, channel, channel_fd);
    posix_spawn_file_actions_addclosefrom_np(&files_, channel_fd + 1);
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setsigdefault(&attributes_, &all);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    std::string name = path, zone = "TZ=UTC", locale = "LC_ALL=C.UTF-8", threads = "OMP_THREAD_LIMIT=1";
    char* arguments[] = {name.data(), nullptr};
    char* environment[] = {zone.data(), locale.data(), threads.data(), nullptr};
    return posix_spawn(&process, path.c_str(), &files_, &attributes_, arguments, environment);
  }

 private:
  posix_spawn_file_actions_t files_;
  posix_spawnattr_t attributes_;
};

std::string join_passwords(const ExtractOptions& options) {
  std::string out;
  for (const std::string& password : options.passwords) append_chars(out, password);
  return out;
}

// What the child gets must not lie where its own descriptors are put.
Descriptor away_from_channel(Descriptor end) {
  if (end.get() > channel_fd) return end;
  return Descriptor(::fcntl(end.get(), F_DUPFD_CLOEXEC, channel_fd + 1));
}

}  // namespace

std::uint32_t wanted_locks(const CageSettings& settings) {
  if (!settings.confine) return 0;
  return lock_seccomp | (settings.namespaces ? lock_namespaces : 0u) | (settings.landlock ? lock_landlock : 0u);
}

Result<std::shared_ptr<Zygote>> Zygote::start(const std::string& family, const CageSettings& settings) {
  const std::string path = settings.worker_folder + "/evtriage-worker-" + family;
  if (::access(path.c_str(), X_OK) != 0) {
    return Error{Code::unsupported, "the worker '" + path + "' cannot be run: " + strerrordesc_np(errno)};
  }
  int pair[2];
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0) {
    return Error{Code::internal, std::string("no socket for a worker could be had: ") + strerrordesc_np(errno)};
  }
  Descriptor ours(pair[0]);
  const Descriptor theirs = away_from_channel(Descriptor(pair[1]));
  pid_t process = 0;
  if (const int error = Spawning().start(path, theirs.get(), process); error != 0) {
    return Error{Code::internal, "the worker '" + path + "' could not be started: " + strerrordesc_np(error)};
  }
  std::shared_ptr<Zygote> zygote(new Zygote(family, std::move(ours), process));
  const Descriptor passwords = memory_file_of(join_passwords(settings.options));
  const Message setup{Kind::setup, wanted_locks(settings), 0, settings.limits.memory_bytes, 0};
  (void)set_timeout(zygote->channel_.get(), patience_ms);
  if (!passwords || !send_packet(zygote->channel_.get(), setup, {}, {passwords.get()})) {
    return Error{Code::internal, "the worker '" + path + "' ended while it was set up"};
  }
  return zygote;
}

Zygote::~Zygote() {
  channel_.reset();
  (void)::kill(process_, SIGKILL);  // not reaped yet, so still ours; its children die with it
  while (::waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {
  }
}

Result<void> Zygote::hello() {
  const std::string who = "the worker of family '" + family_ + "' ";
  const auto packet = receive_packet(channel_.get());
  if (!packet || packet->message.kind != Kind::hello || packet->text.empty()) return Error{Code::unsupported, who + "ended while it was started"};
  if (packet->message.end != wire_version) return Error{Code::unsupported, who + "belongs to another version of this program"};
  if (packet->text[0] != '+') return Error{Code::unsupported, who + "cannot start: " + printable(packet->text.substr(1))};
  locks_ = packet->message.flags;
  landlock_abi_ = packet->message.begin;
  for (std::size_t at = packet->text.find('\n'); at != std::string::npos;) {
    const std::size_t end = packet->text.find('\n', at + 1);
    formats_.push_back(packet->text.substr(at + 1, end == std::string::npos ? end : end - at - 1));
    at = end;
  }
  return {};
}

bool Zygote::knows(std::string_view format) const { return std::find(formats_.begin(), formats_.end(), format) != formats_.end(); }

bool Zygote::fork(int channel, int input, int output, Probe probe) {
  const std::lock_guard lock(mutex_);
  return send_packet(channel_.get(), {Kind::fork, 0, 0, static_cast<std::uint64_t>(probe), 0}, {}, {channel, input, output});
}

int Zygote::reap(std::uint64_t worker) {
  const std::lock_guard lock(mutex_);
  if (!send_packet(channel_.get(), {Kind::reap, 0, 0, worker, 0}, {}, {})) return SIGKILL;
  for (;;) {  // an answer to an older question may still be on its way
    const auto answer = receive_packet(channel_.get());
    if (!answer || answer->message.kind != Kind::reaped) return SIGKILL;
    if (answer->message.end == worker) return static_cast<int>(answer->message.begin);
  }
}

}  // namespace evtriage::sandbox
