// Strictly one question, one answer: whatever else arrives ends the worker.
// Tested by tests/pipeline/sandbox/cage_test.cpp.
#include "pipeline/sandbox/link.h"

#include <algorithm>
#include <cstring>

namespace evtriage::sandbox {

std::string_view Link::area(std::size_t begin, std::uint64_t size, std::size_t most) const {
  return {input_.data() + begin, static_cast<std::size_t>(std::min<std::uint64_t>(size, most))};
}

std::optional<Message> Link::next_job() {
  const Received received = receive_message(channel_fd);
  if (received.reception != Reception::message || received.message.kind != Kind::job) return std::nullopt;
  nonce_ = received.message.nonce;
  stop_ = false;
  refused_ = 0;
  at_ = 0;
  header() = OutputHeader{};
  return received.message;
}

Message Link::ask(Message question) {
  question.nonce = nonce_;
  if (!send_message(channel_fd, question)) ::_exit(0);
  const Received answer = receive_message(channel_fd);
  if (answer.reception != Reception::message || answer.message.nonce != nonce_) ::_exit(0);
  return answer.message;
}

Result<std::string_view> Link::want(ByteRange range, std::uint32_t number) {
  const Message answer = ask({Kind::want, number, 0, range.begin, range.end});
  const std::size_t at = number == 0 ? request_area : beside_at;
  const std::uint64_t most = number == 0 ? block_most() : beside_most;
  if (answer.kind == Kind::bytes) return area(at, range.size(), most);
  const auto code = static_cast<Code>(std::min(answer.flags, static_cast<std::uint32_t>(Code::internal)));
  return Error{code, std::string(area(at, answer.begin, most))};
}

Link::Beside Link::beside(std::string_view name) {
  if (name.empty() || name.size() > std::min(identity_bytes, output_.size() - output_area)) return {};
  if (at_ > 0) hand_over();
  std::memcpy(output_.data() + output_area, name.data(), name.size());
  const Message answer = ask({Kind::beside, 0, 0, name.size(), 0});
  if (answer.kind != Kind::beside) ::_exit(0);
  return {answer.flags, answer.begin};
}

void Link::put(std::string_view bytes) {
  char* const window = output_.data() + output_area;
  const std::size_t room = output_.size() - output_area;
  while (!bytes.empty()) {
    if (at_ == room) hand_over();
    const std::size_t n = std::min(bytes.size(), room - at_);
    std::memcpy(window + at_, bytes.data(), n);
    at_ += n;
    bytes.remove_prefix(n);
  }
}

void Link::hand_over(const Content* live) {
  if (!send_message(channel_fd, {Kind::output, 0, nonce_, at_, 0})) ::_exit(0);
  header().published = 0;  // they were told; a death from here on must not tell them again
  while (true) {
    const Received received = receive_message(channel_fd);
    if (received.reception != Reception::message || received.message.nonce != nonce_) ::_exit(0);
    const Message& message = received.message;
    if (message.kind == Kind::go_on) {
      stop_ = (message.flags & 1) != 0;
      refused_ = message.begin;
      break;
    }
    if (message.kind != Kind::serve || live == nullptr || message.begin > message.end) ::_exit(0);
    answer(*live, {message.begin, message.end});
  }
  at_ = 0;
}

void Link::answer(const Content& live, ByteRange range) {
  char* const window = output_.data() + output_area;
  const std::size_t room = output_.size() - output_area;
  const Result<Blob> bytes = live.read(range);
  const bool good = bytes && bytes->size() == range.size() && bytes->size() <= room;
  const std::string_view told = good ? bytes->chars() : bytes ? std::string_view("fewer bytes than there should be") : std::string_view(bytes.error().detail);
  const std::size_t length = std::min(told.size(), room);
  if (length > 0) std::memcpy(window, told.data(), length);
  Message message{Kind::served, 0, nonce_, range.begin, range.end};
  if (!good) message = {Kind::served, 1, nonce_, length, static_cast<std::uint64_t>(bytes ? Code::io_read : bytes.error().code)};
  if (!send_message(channel_fd, message)) ::_exit(0);
}

void Link::done(bool replace_me) {
  if (!send_message(channel_fd, {Kind::done, replace_me ? 1u : 0u, nonce_, at_, 0})) ::_exit(0);
}

}  // namespace evtriage::sandbox
