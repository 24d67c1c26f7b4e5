// The worker of the family "chaos": a parser in the hands of its file.  The item's text names the act; what should
// be impossible and was done all the same says so in a property "escaped".
#include <fcntl.h>
#include <linux/io_uring.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <map>
#include <new>
#include <stdexcept>
#include <string>
#include <vector>

#include "pipeline/sandbox/worker.h"
#include "pipeline/sandbox/worker_emit.h"

namespace evtriage {
namespace {

using sandbox::Kind;
using sandbox::Link;
using sandbox::Message;

void say(Link& link, Kind kind, std::uint64_t nonce, std::uint64_t begin, std::uint64_t end = 0) {
  (void)sandbox::send_message(sandbox::channel_fd, {kind, 0, nonce, begin, end});
  (void)link;
}

// The item is finished, and so is this process, without the lines that end it in order.
[[noreturn]] void wait_for_the_end() {
  for (;;) (void)usleep(100'000);
}

__attribute__((no_sanitize("undefined", "address"))) void write_to(volatile char* at) { *at = 1; }

__attribute__((noinline)) int dig(volatile char* above, int depth) {
  volatile char here[4096];
  here[0] = above[0];
  here[4095] = static_cast<char>(depth);
  return depth < 1'000'000 ? dig(here, depth + 1) + here[4095] : 0;
}

// --- deaths ---
void null(Emit&, Link&) { write_to(nullptr); }
void abort_it(Emit&, Link&) { std::abort(); }
void overflow(Emit&, Link&) {
  volatile char top[1] = {};
  (void)dig(top, 0);
}
void silent(Emit&, Link&) { _exit(0); }
void status(Emit&, Link&) { std::exit(7); }
void hang(Emit&, Link&) {
  volatile unsigned spin = 0;
  for (;;) (void)spin;
}
void doze(Emit&, Link&) { wait_for_the_end(); }
void stop_itself(Emit&, Link&) { (void)syscall(SYS_tgkill, getpid(), gettid(), SIGSTOP); }
void window(Emit&, Link& link) { write_to(const_cast<char*>(link.item(1).data())); }

// --- memory ---
void bomb_new(Emit& emit, Link&) {
  std::vector<char*> kept;
  for (;;) {
    kept.push_back(new char[1 << 20]);
    std::memset(kept.back(), 1, 1 << 20);
    if (kept.size() == 100'000) emit.property("escaped", "memory");
  }
}
void bomb_malloc(Emit&, Link&) {
  for (;;) std::memset(std::malloc(1 << 20), 1, 1 << 20);
}
void bomb_caught(Emit& emit, Link&) {
  std::vector<std::string> kept;
  try {
    for (;;) kept.emplace_back(1 << 20, 'x');
  } catch (const std::bad_alloc&) {
    kept.clear();
    emit.property("after", "the library went on");
  }
}

// --- floods ---
void flood(Emit& emit, Link&) {
  const std::string text(100'000, 'x');
  for (;;) emit.text(TextSegment::of(Blob::own(text), OffsetMap::identity(1), "body"));
}
void flood_rows(Emit& emit, Link&) {
  for (;;) emit.encrypted();
}
void flood_spool(Emit&, Link& link) {  // goes on although it was refused
  sandbox::FrameWriter writer(link, 0);
  writer.spool_open(0);
  const std::string piece(100'000, 'x');
  for (;;) writer.spool_data(0, piece);
}
void flood_reads(Emit&, Link& link) {
  for (;;) (void)link.want({0, 1});
}

// --- things that no parser needs ---
void escaped_if(Emit& emit, bool done, const char* what) {
  if (done) emit.property("escaped", what);
}
void forks(Emit& emit, Link&) {
  const pid_t child = fork();
  if (child == 0) _exit(0);
  escaped_if(emit, child > 0, "fork");
}
void threads(Emit& emit, Link&) {
  pthread_t thread;
  escaped_if(emit, pthread_create(&thread, nullptr, [](void*) -> void* { return nullptr; }, nullptr) == 0, "thread");
}
void executes(Emit& emit, Link&) {
  char name[] = "/bin/true";
  char* arguments[] = {name, nullptr};
  execve(name, arguments, nullptr);
  escaped_if(emit, true, "came back from execve, which is no escape but not a death either");
}
void sockets(Emit& emit, Link&) { escaped_if(emit, socket(AF_INET, SOCK_STREAM, 0) >= 0, "socket"); }
void unix_sockets(Emit& emit, Link&) { escaped_if(emit, socket(AF_UNIX, SOCK_STREAM, 0) >= 0, "socket"); }
void files(Emit& emit, Link&) {
  for (const char* path : {"/etc/passwd", "/", "/proc/self/maps", "/proc/self/fd/3", "/tmp", ".", "/dev/null"}) {
    escaped_if(emit, open(path, O_RDONLY) >= 0 || open(path, O_RDONLY | O_DIRECTORY) >= 0 || open(path, O_PATH) >= 0, path);
    struct stat status {};
    escaped_if(emit, stat(path, &status) == 0, path);
  }
  escaped_if(emit, open("/tmp/evtriage-escaped", O_WRONLY | O_CREAT, 0600) >= 0, "create");
  emit.property("opened", "nothing");
}
void unlinks(Emit& emit, Link&) { escaped_if(emit, unlink("/tmp/evtriage-escaped") == 0, "unlink"); }
void prints(Emit& emit, Link&) {
  for (const int file : {1, 2}) (void)!write(file, "a library's warning\n", 20);
  char byte = 0;
  emit.property("read", std::to_string(read(0, &byte, 1)));
}
void kills_parent(Emit& emit, Link&) { escaped_if(emit, kill(getppid(), SIGTERM) == 0, "kill"); }
void kills_all(Emit& emit, Link&) { escaped_if(emit, kill(-1, SIGKILL) == 0, "kill"); }
void traces_parent(Emit& emit, Link&) { escaped_if(emit, ptrace(PTRACE_SEIZE, getppid(), nullptr, nullptr) == 0, "ptrace"); }
void reads_parent(Emit& emit, Link&) {
  char byte = 0;
  iovec mine{&byte, 1}, theirs{reinterpret_cast<void*>(&kills_all), 1};
  escaped_if(emit, process_vm_readv(getppid(), &mine, 1, &theirs, 1, 0) == 1, "process_vm_readv");
}
void executable_memory(Emit& emit, Link&) {
  escaped_if(emit, mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED, "mmap");
}
void made_executable(Emit& emit, Link&) {
  void* const page = mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  escaped_if(emit, mprotect(page, 4096, PROT_READ | PROT_EXEC) == 0, "mprotect");
}
void memory_file(Emit& emit, Link&) { escaped_if(emit, memfd_create("x", 0) >= 0, "memfd"); }
void user_namespace(Emit& emit, Link&) { escaped_if(emit, unshare(CLONE_NEWUSER) == 0, "unshare"); }
void rings(Emit& emit, Link&) {
  io_uring_params parameters{};
  escaped_if(emit, syscall(SYS_io_uring_setup, 4, &parameters) >= 0, "io_uring");
}
void more_limits(Emit& emit, Link&) {
  const rlimit limit{RLIM_INFINITY, RLIM_INFINITY};
  escaped_if(emit, setrlimit(RLIMIT_AS, &limit) == 0, "setrlimit");
}
void passes_descriptors(Emit& emit, Link&) {
  char byte = 'x';
  iovec piece{&byte, 1};
  msghdr header{};
  header.msg_iov = &piece;
  header.msg_iovlen = 1;
  escaped_if(emit, sendmsg(sandbox::channel_fd, &header, 0) >= 0, "sendmsg");
}
void other_call_table(Emit& emit, Link&) {  // x32: getpid
  escaped_if(emit, syscall(0x40000000 + SYS_getpid) > 0, "x32");
}

// --- lies ---
void twice(Emit&, Link& link) {
  link.done(false);  // serve says it again
}
void long_answer(Emit&, Link& link) {
  say(link, Kind::done, link.nonce(), 1ull << 32);
  wait_for_the_end();
}
void window_and_one(Emit&, Link& link) {
  say(link, Kind::output, link.nonce(), (1u << 20) + 1);
  wait_for_the_end();
}
void wrong_nonce(Emit&, Link& link) {
  say(link, Kind::done, link.nonce() + 1, 0);
  wait_for_the_end();
}
void wrong_turn(Emit&, Link& link) {
  say(link, Kind::go_on, link.nonce(), 0);
  wait_for_the_end();
}
void empty_output(Emit&, Link& link) {
  say(link, Kind::output, link.nonce(), 0);
  wait_for_the_end();
}
void short_message(Emit&, Link&) {
  (void)!send(sandbox::channel_fd, "ok", 2, 0);
  wait_for_the_end();
}
void long_message(Emit&, Link&) {
  const std::string text(50'000, 'x');
  (void)!send(sandbox::channel_fd, text.data(), text.size(), 0);
  wait_for_the_end();
}
void wants_too_much(Emit&, Link& link) {
  say(link, Kind::want, link.nonce(), 0, ~0ull);
  wait_for_the_end();
}
void garbage(Emit&, Link& link) {
  std::string noise;
  for (unsigned i = 0; i < 50'000; ++i) noise += static_cast<char>(i * 2654435761u >> 13);
  link.put(noise);
}
void half_frame(Emit&, Link& link) { link.put(std::string("\x06\xff\x00\x00\x00", 5)); }
void outside(Emit& emit, Link&) {
  OffsetMap map;
  map.append(3, {5, 1'000'000});
  emit.text(TextSegment::of(Blob::own(std::string("abc")), map, "body"));
}
void child_numbers(Emit& emit, Link&) {
  Child child;
  child.step = {StepKind::member, 2, {}, "second"};
  emit.child(child, resident("x"));
}
void false_whole_item(Emit& emit, Link&) {
  TextSegment segment = TextSegment::of(Blob::own(std::string("WHOLE")), OffsetMap::identity(5), "body");
  segment.is_whole_item = true;
  emit.text(segment);
}
void lies_of_its_length(Emit& emit, Link& link) {
  link.header().published = ~0ull;
  link.put("\x07");
  emit.property("a", "b");
  link.header().published = ~0ull;
  _exit(3);
}

// --- exceptions ---
void throws(Emit& emit, Link&) {
  emit.property("before", "kept");
  throw std::runtime_error("bad \xff xref");
}
void throws_int(Emit&, Link&) { throw 42; }

void nothing(Emit&, Link&) {}
void dies_after_saying(Emit& emit, Link& link) {
  for (int i = 0; i < 3; ++i) emit.property("n", std::to_string(i));
  emit.text(TextSegment::of(Blob::own(std::string(300'000, 'y')), OffsetMap::identity(4), "body"));
  null(emit, link);
}
// Messages that are not UTF-8, texts whose maps do not fit: an extractor with a bug, not a hostile one.
void honest_mistakes(Emit& emit, Link&) {
  emit.property("bytes", "caf\xe9");
  TextSegment segment = TextSegment::of(Blob::own(std::string("caf\xe9")), OffsetMap::identity(4), "body");
  emit.text(segment);
  emit.text(TextSegment::of(Blob::own(std::string("abc")), OffsetMap::identity(2), "body"));
  emit.issue({Code::truncated, "", "past the end", ByteRange{3, 99'999}, true});
  emit.property("long", std::string(2'000'000, 'x'));
  emit.text(TextSegment::of(Blob::own(std::string(9'000'000, 'z')), OffsetMap::identity(4), "body"));
}

using Act = void (*)(Emit&, Link&);
const std::map<std::string, Act, std::less<>> acts = {
    {"null", null}, {"abort", abort_it}, {"overflow", overflow}, {"silent", silent}, {"status", status}, {"hang", hang}, {"doze", doze},
    {"stop", stop_itself}, {"window", window}, {"new", bomb_new}, {"malloc", bomb_malloc}, {"caught", bomb_caught}, {"flood", flood},
    {"rows", flood_rows}, {"spool", flood_spool}, {"reads", flood_reads}, {"fork", forks}, {"thread", threads}, {"exec", executes},
    {"socket", sockets}, {"unix", unix_sockets}, {"files", files}, {"unlink", unlinks}, {"print", prints}, {"kill", kills_parent},
    {"killall", kills_all}, {"ptrace", traces_parent}, {"peek", reads_parent}, {"execmem", executable_memory}, {"mprotect", made_executable},
    {"memfd", memory_file}, {"userns", user_namespace}, {"uring", rings}, {"rlimit", more_limits}, {"rights", passes_descriptors},
    {"x32", other_call_table}, {"twice", twice}, {"length", long_answer}, {"length1", window_and_one}, {"nonce", wrong_nonce},
    {"turn", wrong_turn}, {"empty", empty_output}, {"short", short_message}, {"long", long_message}, {"want", wants_too_much},
    {"garbage", garbage}, {"half", half_frame}, {"outside", outside}, {"children", child_numbers}, {"whole", false_whole_item},
    {"published", lies_of_its_length}, {"throw", throws}, {"int", throws_int}, {"nothing", nothing}, {"after", dies_after_saying},
    {"mistakes", honest_mistakes}};

void chaos(const Content& content, const Identity&, const ExtractOptions&, Emit& emit) {
  const Result<Blob> head = content.read({0, std::min<std::uint64_t>(content.size(), 16)});
  const std::string_view name = head->chars().substr(0, head->chars().find(' '));
  const auto act = acts.find(name);
  if (act == acts.end()) return emit.property("unknown act", std::string(name));
  act->second(emit, static_cast<sandbox::WorkerEmit&>(emit).link());
}

}  // namespace
}  // namespace evtriage

int main() {
  const evtriage::WorkerFormat formats[] = {{"chaos", evtriage::chaos}};
  return evtriage::serve(formats, {});
}
