// Resource limits and the list of system calls: what is not listed ends the process.
//
// The list is what the parsers need after they were warmed (measured with strace), no more.  Questions about files
// are answered with "permission denied", because libraries ask them by habit and live with the answer.
// Source: libseccomp's manual.  Tested by tests/pipeline/sandbox/chaos_test.cpp.
#include <fcntl.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <initializer_list>
#include <memory>

#include "pipeline/sandbox/mapping.h"
#include "pipeline/sandbox/locks.h"
#include "pipeline/sandbox/wire.h"

namespace evtriage::sandbox {
namespace {

constexpr std::uint64_t stack_bytes = 8u << 20;
constexpr rlim_t most_descriptors = 16;

bool set_limit(__rlimit_resource what, rlim_t most) {
  rlimit limit{};
  if (::getrlimit(what, &limit) != 0) return false;
  limit.rlim_max = limit.rlim_cur = std::min(most, limit.rlim_max);
  return ::setrlimit(what, &limit) == 0;
}


class Filter {
 public:
  Filter() : context_(seccomp_init(SCMP_ACT_KILL_PROCESS), seccomp_release), ok_(context_ != nullptr) {
    if (ok_) ok_ = seccomp_attr_set(context_.get(), SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS) == 0;
  }
  void allow(std::initializer_list<int> calls) {
    for (const int call : calls) add(SCMP_ACT_ALLOW, call, {});
  }
  void allow_if(int call, std::initializer_list<scmp_arg_cmp> conditions) { add(SCMP_ACT_ALLOW, call, conditions); }
  void refuse_if(int error, int call, scmp_arg_cmp condition) { add(SCMP_ACT_ERRNO(static_cast<std::uint16_t>(error)), call, {condition}); }
  void refuse(int error, std::initializer_list<int> calls) {
    for (const int call : calls) add(SCMP_ACT_ERRNO(static_cast<std::uint16_t>(error)), call, {});
  }
  bool load() { return ok_ && seccomp_load(context_.get()) == 0; }

 private:
  void add(std::uint32_t action, int call, std::initializer_list<scmp_arg_cmp> conditions) {
    ok_ = ok_ && seccomp_rule_add_array(context_.get(), action, call, static_cast<unsigned>(conditions.size()),
                                        conditions.size() == 0 ? nullptr : conditions.begin()) == 0;
  }
  std::unique_ptr<void, void (*)(scmp_filter_ctx)> context_;
  bool ok_;
};

scmp_arg_cmp equals(unsigned argument, std::uint64_t value) { return {argument, SCMP_CMP_EQ, value, 0}; }
scmp_arg_cmp with(unsigned argument, std::uint64_t bit) { return {argument, SCMP_CMP_MASKED_EQ, bit, bit}; }
scmp_arg_cmp without(unsigned argument, std::uint64_t bits) { return {argument, SCMP_CMP_MASKED_EQ, bits, 0}; }

void allow_the_harmless(Filter& filter) {
  filter.allow({SYS_brk, SYS_munmap, SYS_mremap, SYS_madvise, SYS_futex, SYS_getrandom});
  filter.allow({SYS_clock_gettime, SYS_clock_getres, SYS_gettimeofday, SYS_time, SYS_nanosleep, SYS_clock_nanosleep});
  filter.allow({SYS_getpid, SYS_gettid, SYS_getuid, SYS_geteuid, SYS_getgid, SYS_getegid, SYS_getcpu, SYS_sysinfo, SYS_uname});
  filter.allow({SYS_sched_yield, SYS_sched_getaffinity, SYS_getrusage, SYS_times, SYS_getrlimit});
  filter.allow({SYS_rt_sigaction, SYS_rt_sigprocmask, SYS_rt_sigreturn, SYS_sigaltstack, SYS_restart_syscall});
  filter.allow({SYS_read, SYS_readv, SYS_close, SYS_lseek, SYS_exit, SYS_exit_group});
  for (const int call : {SYS_mmap, SYS_mprotect}) filter.allow_if(call, {without(2, PROT_EXEC)});
#if defined(__SANITIZE_ADDRESS__)  // asks whether memory can be read by writing it into a pipe
  filter.allow({SYS_pipe, SYS_pipe2});
  filter.allow_if(SYS_write, {{0, SCMP_CMP_GT, channel_fd, 0}});
#endif
  for (const int call : {SYS_write, SYS_writev}) {  // standard output and error: the null device
    for (const unsigned file : {1u, 2u}) filter.allow_if(call, {equals(0, file)});
  }
  for (const int call : {SYS_sendto, SYS_recvfrom}) filter.allow_if(call, {equals(0, channel_fd)});
  filter.allow_if(SYS_tgkill, {equals(0, static_cast<std::uint64_t>(::getpid()))});  // abort()
  filter.allow_if(SYS_prlimit64, {equals(2, 0)});                                     // asks, does not set
}

// open() for reading is allowed, with any other purpose refused.
void allow_opening(Filter& filter, int call, unsigned flags) {
  constexpr std::uint64_t other_purposes[] = {O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, O_APPEND, O_PATH, O_TMPFILE & ~O_DIRECTORY};
  std::uint64_t all = 0;
  for (const std::uint64_t bit : other_purposes) {
    filter.refuse_if(EACCES, call, with(flags, bit));
    all |= bit;
  }
  filter.allow_if(call, {without(flags, all)});
}

void answer_about_files(Filter& filter, bool reads_files) {
  if (reads_files) {
    allow_opening(filter, SYS_openat, 2);
    allow_opening(filter, SYS_open, 1);
    filter.allow({SYS_newfstatat, SYS_fstat, SYS_stat, SYS_lstat, SYS_pread64, SYS_getdents64, SYS_fadvise64});
    filter.allow_if(SYS_fcntl, {equals(1, F_GETFL)});
    filter.allow_if(SYS_fcntl, {equals(1, F_GETFD)});
    filter.allow_if(SYS_fcntl, {equals(1, F_SETFD)});
  } else {
    filter.refuse(EACCES, {SYS_openat, SYS_open, SYS_newfstatat, SYS_fstat, SYS_stat, SYS_lstat});
    filter.refuse(EPERM, {SYS_fcntl});
  }
  filter.refuse(EACCES, {SYS_openat2, SYS_statx, SYS_access, SYS_faccessat, SYS_faccessat2, SYS_readlink, SYS_readlinkat,
                         SYS_getcwd, SYS_chdir, SYS_statfs, SYS_fstatfs});
  filter.refuse(ENOTTY, {SYS_ioctl});
  filter.refuse(EPERM, {SYS_prctl});
}

}  // namespace

bool has_seccomp() {
  const std::uint32_t action = SECCOMP_RET_KILL_PROCESS;
  return ::syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
}

std::uint64_t used_address_space() {
  const Descriptor file(::open("/proc/self/statm", O_RDONLY | O_CLOEXEC));
  char text[64] = {};
  if (!file || ::read(file.get(), text, sizeof text - 1) <= 0) return 0;
  std::uint64_t pages = 0;
  for (const char* at = text; *at >= '0' && *at <= '9'; ++at) pages = 10 * pages + static_cast<unsigned>(*at - '0');
  return pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

bool limit_memory(std::uint64_t address_space) {
  bool ok = set_limit(RLIMIT_CORE, 0) && set_limit(RLIMIT_STACK, stack_bytes);
#if !defined(__SANITIZE_ADDRESS__)  // which reserves terabytes of addresses
  ok = ok && set_limit(RLIMIT_AS, address_space);
#else
  (void)address_space;
#endif
  return ok;
}

bool lock_process(bool reads_files) {
  const bool limited = set_limit(RLIMIT_NPROC, 0) && set_limit(RLIMIT_FSIZE, 0) && set_limit(RLIMIT_MEMLOCK, 0) &&
                       set_limit(RLIMIT_NOFILE, most_descriptors);
  Filter filter;
  allow_the_harmless(filter);
  answer_about_files(filter, reads_files);
  return limited && filter.load();
}

}  // namespace evtriage::sandbox
