// C code that ignores a failed malloc dies of a bad address; the handler then asks for a little memory: if there is
// none, that was the cause.  C++ code asks for memory through operator new, whose handler notes it.
//
// Signal handlers can reach nothing but a global; it is set once, before the worker sees any evidence.
// Tested by tests/pipeline/sandbox/chaos_test.cpp.
#include "pipeline/sandbox/last_words.h"

#include <sys/mman.h>
#include <sys/resource.h>

#include <csignal>
#include <cstdint>
#include <new>

namespace evtriage::sandbox {
namespace {

constexpr std::size_t handler_stack_bytes = 64u << 10;

struct Ears {
  OutputHeader* header = nullptr;
  std::size_t probe_bytes = 0;
  std::uintptr_t stack_low = 0, stack_high = 0;
};
constinit Ears ears;

void note(LastWords words) { ears.header->last_words = static_cast<std::uint32_t>(words); }

[[maybe_unused]] void on_fault(int, siginfo_t* info, void*) {  // afterwards the same fault ends the process
  const auto at = reinterpret_cast<std::uintptr_t>(info->si_addr);
  if (at >= ears.stack_low && at < ears.stack_high) return note(LastWords::stack_overflow);
  void* const some = ::mmap(nullptr, ears.probe_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (some == MAP_FAILED) note(LastWords::out_of_memory);
}

void on_no_memory() {
  note(LastWords::out_of_memory);
  std::set_new_handler(nullptr);  // the operator tries once more and then throws bad_alloc
}

}  // namespace

void listen_for_last_words(OutputHeader& header, std::uint64_t memory_bytes) {
  ears.header = &header;
  ears.probe_bytes = static_cast<std::size_t>(memory_bytes / 16);
  std::set_new_handler(on_no_memory);
#if !defined(__SANITIZE_ADDRESS__)  // which has its own handlers
  rlimit stack{};
  (void)::getrlimit(RLIMIT_STACK, &stack);
  const auto here = reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
  ears.stack_high = here;
  ears.stack_low = here - (stack.rlim_cur == RLIM_INFINITY ? std::uintptr_t{64} << 20 : stack.rlim_cur) - (std::uintptr_t{1} << 20);
  void* const own = ::mmap(nullptr, handler_stack_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (own == MAP_FAILED) return;
  const stack_t handler_stack{.ss_sp = own, .ss_flags = 0, .ss_size = handler_stack_bytes};
  (void)::sigaltstack(&handler_stack, nullptr);
  struct sigaction action {};
  action.sa_sigaction = on_fault;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK | static_cast<int>(SA_RESETHAND);
  for (const int signal : {SIGSEGV, SIGBUS}) (void)::sigaction(signal, &action, nullptr);
#endif
}

}  // namespace evtriage::sandbox
