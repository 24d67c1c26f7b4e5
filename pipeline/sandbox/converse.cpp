// Waits are measured, not the examination of children: only the worker's own time counts.
// Tested by tests/pipeline/sandbox/cage_test.cpp and chaos_test.cpp.
#include "pipeline/sandbox/converse.h"

#include <sys/wait.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstring>
#include <mutex>
#include <vector>

#include "pipeline/core/text.h"

namespace evtriage::sandbox {
namespace {

constexpr std::uint64_t megabyte = 1'000'000;
constexpr std::uint64_t wall_factor = 5;                    // other processes may hold the processors
constexpr std::uint64_t read_factor = 100;                  // how often an item may be read over and over
constexpr std::uint64_t read_floor = 256u << 20;
constexpr std::uint64_t read_cost = 4096;                   // of the smallest read
constexpr std::uint64_t serve_cpu_ns = 1'000'000, serve_cpu_ns_of_byte = 50;  // for each wish for bytes of a live child
constexpr std::uint64_t serve_read_bytes = 4u << 20;
constexpr std::uint64_t sentence_most = 1000;
constexpr unsigned messages_between_looks = 256;

class Conversation final : public LiveDoor {
 public:
  Conversation(CagedWorker& worker, const Content& content, const CageLimits& limits, FramePlayer& player)
      : worker_(worker), content_(content), size_(content.size()), player_(player), cpu_most_ns_((limits.cpu_seconds + size_ / megabyte) * 1'000'000'000) {
    player_.live_door(this);
  }
  ~Conversation() override { player_.live_door(nullptr); }
  Conversation(const Conversation&) = delete;
  Conversation& operator=(const Conversation&) = delete;

  std::uint64_t serve_most() const override { return worker_.output_room(); }
  Result<Blob> serve(ByteRange range) override {
    const std::lock_guard lock(serving_);
    if (!finished_) {  // who asks for more also grants more
      cpu_most_ns_ += serve_cpu_ns + range.size() * serve_cpu_ns_of_byte;
      read_most_ += serve_read_bytes + range.size();
      if (!send({Kind::serve, 0, 0, range.begin, range.end})) finish(Ending::died);
    }
    while (!finished_) {
      const Received received = wait();
      if (finished_) break;
      if (received.reception == Reception::timeout) continue;
      if (received.reception == Reception::closed) {
        finish(Ending::died);
      } else if (received.reception == Reception::malformed || received.message.nonce != nonce_) {
        fault("a message of the wrong size or kind, or for another question");
      } else if (received.message.kind == Kind::want) {
        give(received.message);
      } else if (received.message.kind == Kind::served) {
        return served(received.message, range);
      } else {
        fault("a message out of turn");
      }
    }
    return Error{Code::crash, "the parser that decodes these bytes has ended"};
  }

  Ended run(std::string_view format, const Identity& identity) {
    if (!ask(format, identity)) return {Ending::died};
    while (!finished_) {
      const Received received = wait();
      if (finished_) break;
      switch (received.reception) {
        case Reception::message: hear(received.message); break;
        case Reception::malformed: fault("a message of the wrong size or kind"); break;
        case Reception::closed: finish(Ending::died); break;
        case Reception::timeout: break;
      }
    }
    return std::move(ended_);
  }

 private:
  void finish(Ending ending) {
    ended_.ending = ending;
    finished_ = true;
  }
  void fault(std::string what) {
    ended_.fault = std::move(what);
    finish(Ending::malformed);
  }

  bool ask(std::string_view format, const Identity& identity) {
    const std::string request = encode(Request{format, identity.media_type, identity.claimed_type, identity.name});
    std::memcpy(worker_.request(), request.data(), request.size());
    if (size_ <= worker_.item_room()) {
      const Result<Blob> whole = content_.read({0, size_});
      inline_ = whole && whole->size() == size_;
      if (inline_) fill(whole->chars());
    }
    return send({Kind::job, inline_ ? std::uint32_t{job_inline} : 0u, 0, request.size(), size_});
  }
  void fill(std::string_view bytes) {
    if (!bytes.empty()) std::memcpy(worker_.item(), bytes.data(), bytes.size());
    worker_.touched = std::max<std::uint64_t>(worker_.touched, bytes.size());
  }
  bool send(Message message) {
    message.nonce = nonce_;
    return send_message(worker_.channel(), message);
  }

  Received wait() {
    const auto before = std::chrono::steady_clock::now();
    const Received received = receive_message(worker_.channel());
    waited_ += std::chrono::steady_clock::now() - before;
    if (received.reception == Reception::timeout || ++messages_ % messages_between_looks == 0) look_at_clocks();
    return received;
  }
  void look_at_clocks() {
    const std::uint64_t now = worker_.cpu_ns();
    if (!cpu_base_) cpu_base_ = now;  // what it used before its first tick is its own
    if (now > *cpu_base_ && now - *cpu_base_ > cpu_most_ns_) return finish(Ending::over_cpu);
    const auto waited = static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::nanoseconds>(waited_).count());
    if (waited / wall_factor > cpu_most_ns_) finish(Ending::over_wall);
  }

  void hear(const Message& message) {
    if (message.nonce != nonce_) return fault("an answer to another question");
    switch (message.kind) {
      case Kind::want: return give(message);
      case Kind::beside: return look_beside(message.begin);
      case Kind::output:
        if (message.begin == 0) return fault("an empty hand-over");
        if (take(message.begin)) go_on();
        return;
      case Kind::done:
        if (!take(message.begin)) return;
        if (!player_.is_between_frames()) return fault("an unfinished frame");
        ended_.replace = (message.flags & 1) != 0;
        return finish(Ending::done);
      default: return fault("a message out of turn");
    }
  }
  Result<Blob> served(const Message& message, ByteRange range) {
    if (message.flags == 0) return Blob::own(std::string(worker_.output(range.size())));
    const auto code = static_cast<Code>(std::min<std::uint64_t>(message.end, static_cast<std::uint64_t>(Code::internal)));
    return Error{code, printable(worker_.output(std::min(message.begin, sentence_most)))};
  }

  bool take(std::uint64_t size) {
    if (size > worker_.output_room()) {
      fault("a length beyond its window");
      return false;
    }
    worker_.copy.assign(worker_.output(size));
    const FramePlayer::Verdict verdict = player_.take(worker_.copy);
    if (finished_) return false;  // it failed while it decoded a child
    switch (verdict) {
      case FramePlayer::Verdict::fine: return true;
      case FramePlayer::Verdict::malformed: fault(player_.fault()); return false;
      case FramePlayer::Verdict::over_budget: finish(Ending::over_output); return false;
    }
    return false;
  }
  void go_on() {
    const std::uint32_t stop = player_.stop_requested() ? 1 : 0;
    if (!send({Kind::go_on, stop, 0, player_.refused_slots(), 0})) finish(Ending::died);
  }

  // The name is the worker's own: it may ask for anything, and gets what the outer Emit gives to everybody.
  void look_beside(std::uint64_t length) {
    if (length == 0 || length > std::min<std::uint64_t>(identity_bytes, worker_.output_room())) return fault("a name of an impossible length");
    if (!player_.is_between_frames()) return fault("a question inside of a frame");
    if (besides_.size() == besides_most) return fault("too many questions for what lies beside");
    const std::string name(worker_.output(length));
    Message answer{Kind::beside};
    if (ContentPtr found = player_.beside(name)) {
      answer.begin = found->size();
      besides_.push_back(std::move(found));
      answer.flags = static_cast<std::uint32_t>(besides_.size());
      allowed_ += answer.begin;
    }
    if (!send(answer)) finish(Ending::died);
  }

  void give(const Message& wanted) {
    const bool beside = wanted.flags != 0;
    if (beside ? wanted.flags > besides_.size() : inline_) return fault("a wish for bytes that are not there");
    const Content& from = beside ? *besides_[wanted.flags - 1] : content_;
    const std::uint64_t room = beside ? beside_most : worker_.item_room();
    const bool inside = wanted.begin < wanted.end && wanted.end <= from.size();
    if (!inside || wanted.end - wanted.begin > room) return fault("a wish for bytes that are not there");
    read_ += std::max(read_cost, wanted.end - wanted.begin);
    if (read_ / read_factor > allowed_ + read_most_ / read_factor) return finish(Ending::over_read);
    const ByteRange range{wanted.begin, wanted.end};
    const Result<Blob> bytes = from.read(range);
    const auto put = [&](std::string_view chars) {
      if (!beside) return fill(chars);
      std::memcpy(worker_.request() + beside_at, chars.data(), chars.size());
    };
    Message answer{Kind::bytes};
    if (bytes && bytes->size() == range.size()) {
      put(bytes->chars());
    } else {
      const std::string detail = bytes ? "fewer bytes than there should be" : bytes.error().detail;
      const std::string_view told = std::string_view(detail).substr(0, std::min<std::uint64_t>(detail.size(), room));
      put(told);
      answer = {Kind::failed, static_cast<std::uint32_t>(bytes ? Code::io_read : bytes.error().code), 0, told.size(), 0};
    }
    if (!send(answer)) finish(Ending::died);
  }

  CagedWorker& worker_;
  const Content& content_;
  std::uint64_t size_;
  FramePlayer& player_;
  const std::uint64_t nonce_ = worker_.new_nonce();
  std::uint64_t cpu_most_ns_, read_most_ = read_floor;
  std::uint64_t allowed_ = size_;  // what may be read, before the factor
  std::mutex serving_;
  std::vector<ContentPtr> besides_;
  std::uint64_t read_ = 0, messages_ = 0;
  std::optional<std::uint64_t> cpu_base_;
  std::chrono::steady_clock::duration waited_{};
  bool inline_ = false, finished_ = false;
  Ended ended_;
};

std::string how_it_died(int status, LastWords words) {
  if (words == LastWords::stack_overflow) return "the parser died (stack overflow)";
  if (!WIFSIGNALED(status)) return "the parser ended without an answer (exit status " + std::to_string(WIFEXITED(status) ? WEXITSTATUS(status) : 0) + ")";
  const int signal = WTERMSIG(status);
  if (signal == SIGSYS) return "the parser was stopped by the cage: it made a system call that is not allowed (SIGSYS)";
  const char* const name = sigabbrev_np(signal);
  const char* const meaning = sigdescr_np(signal);
  if (name == nullptr || meaning == nullptr) return "the parser died (signal " + std::to_string(signal) + ")";
  return std::string("the parser died (") + meaning + ", SIG" + name + ")";
}

}  // namespace

Ended converse(CagedWorker& worker, std::string_view format, const Content& content, const Identity& identity,
               const CageLimits& limits, FramePlayer& player) {
  return Conversation(worker, content, limits, player).run(format, identity);
}

bool is_from_outside(const Ended& ended, int status) {
  return ended.ending == Ending::died && WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
}

Issue issue_of(const Ended& ended, int status, LastWords words, std::string_view stage, const CageLimits& limits) {
  const std::string kept = "; what it had found until then was kept";
  Issue issue{Code::limit, std::string(stage), "", std::nullopt, true};
  const auto limit = [&](std::string_view name, std::uint64_t value, std::string_view what, bool reproducible) {
    issue.detail = std::string(name) + "=" + std::to_string(value) + ": " + std::string(what) + kept;
    issue.reproducible = reproducible;
    return issue;
  };
  const bool at_death = ended.ending == Ending::done || ended.ending == Ending::died;
  if (at_death && words == LastWords::out_of_memory) return limit("cage_memory_bytes", limits.memory_bytes, "the parser ran out of memory", false);
  switch (ended.ending) {
    case Ending::over_cpu: return limit("cage_cpu_seconds", limits.cpu_seconds, "the parser took more processor time than that and one second for each MB", false);
    case Ending::over_wall: return limit("cage_cpu_seconds", limits.cpu_seconds, "the parser did not answer in five times that and five seconds for each MB", false);
    case Ending::over_output: return limit("cage_output_bytes", limits.output_bytes, "the parser gave more than that and, of an item over 1 MiB, eight times its size", true);
    case Ending::over_read: return limit("cage_read_factor", read_factor, "the parser read the item over and over", true);
    default: break;
  }
  issue.code = Code::crash;
  issue.reproducible = !is_from_outside(ended, status);
  if (ended.ending == Ending::malformed) {
    issue.detail = "the parser sent a malformed answer (" + ended.fault + ")" + kept;
  } else if (!issue.reproducible) {
    issue.detail = "the parser was killed from outside" + kept;
  } else {
    issue.detail = how_it_died(status, words) + kept;
  }
  return issue;
}

}  // namespace evtriage::sandbox
