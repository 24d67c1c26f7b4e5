// A worker is named by the kernel itself (credentials on its first message), held by a pidfd, and reaped by its
// zygote only when we ask: so a process number can never mean somebody else.
// Tested by tests/pipeline/sandbox/cage_test.cpp.
#include "pipeline/sandbox/caged_worker.h"

#include <sys/random.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstring>

#include "pipeline/sandbox/memory_file.h"

namespace evtriage::sandbox {
namespace {

constexpr unsigned start_ms = 30'000;  // a worker is ready in a millisecond; the machine may be very busy
constexpr unsigned tick_ms = 100;      // how often a wait looks at the clocks

Error cannot(std::string_view what) { return {Code::internal, "no worker could be started: " + std::string(what)}; }

}  // namespace

Result<std::unique_ptr<CagedWorker>> CagedWorker::start(std::shared_ptr<Zygote> zygote, const CageLimits& limits, Probe probe, bool* could) {
  std::unique_ptr<CagedWorker> worker(new CagedWorker);
  worker->ended_ = true;  // until there is a process
  int pair[2];
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0) return cannot("no socket");
  worker->channel_ = Descriptor(pair[0]);
  Descriptor theirs(pair[1]);
  SharedWindow input = shared_window(request_area + std::max<std::size_t>(limits.input_window, 1), Others::may_only_read);
  SharedWindow output = shared_window(output_area + std::max<std::size_t>(limits.output_window, 1), Others::may_write);
  if (!input.mapping || !output.mapping) return cannot("no shared memory");
  const int channel = worker->channel_.get();
  if (!set_credentials(channel, true) || !set_timeout(channel, start_ms)) return cannot("no socket");
  if (!zygote->fork(theirs.get(), input.file.get(), output.file.get(), probe)) return cannot("its zygote is gone");
  theirs.reset();
  const auto ready = receive_introduction(channel);
  if (!ready || ready->message.kind != Kind::ready) return cannot("it ended before it was ready");
  worker->handle_ = Descriptor(static_cast<int>(::syscall(SYS_pidfd_open, ready->process, 0)));
  if (!worker->handle_ || !set_credentials(channel, false) || !set_timeout(channel, tick_ms)) return cannot("it cannot be held");
  worker->zygote_ = std::move(zygote);
  worker->input_ = std::move(input.mapping);
  worker->output_ = std::move(output.mapping);
  worker->process_ = ready->process;
  worker->number_ = ready->message.begin;
  worker->ended_ = false;
  if (could != nullptr) *could = ready->message.end != 0;
  return worker;
}

bool CagedWorker::is_quiet() const { return receive_message(channel_.get(), true).reception == Reception::timeout; }

std::string_view CagedWorker::output(std::uint64_t size) const {
  return {output_.data() + output_area, static_cast<std::size_t>(std::min<std::uint64_t>(size, output_room()))};
}

OutputHeader CagedWorker::output_header() const {
  OutputHeader header;
  std::memcpy(&header, output_.data(), sizeof header);
  return header;
}

std::uint64_t CagedWorker::new_nonce() {
  while (nonces_left_ == 0) {
    if (::getrandom(nonces_.data(), sizeof nonces_, 0) == sizeof nonces_) nonces_left_ = nonces_.size();
  }
  return nonces_[--nonces_left_];
}

std::uint64_t CagedWorker::cpu_ns() const {
  clockid_t clock{};
  timespec used{};
  if (::clock_getcpuclockid(process_, &clock) != 0 || ::clock_gettime(clock, &used) != 0) return 0;
  return static_cast<std::uint64_t>(used.tv_sec) * 1'000'000'000 + static_cast<std::uint64_t>(used.tv_nsec);
}

int CagedWorker::end() {
  if (ended_) return status_;
  ended_ = true;
  (void)::syscall(SYS_pidfd_send_signal, handle_.get(), SIGKILL, nullptr, 0);
  return status_ = zygote_->reap(number_);
}

}  // namespace evtriage::sandbox
