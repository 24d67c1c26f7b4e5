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

void Link::hand_over() {
  const Message answer = ask({Kind::output, 0, 0, at_, 0});
  if (answer.kind != Kind::go_on) ::_exit(0);
  stop_ = (answer.flags & 1) != 0;
  refused_ = answer.begin;
  at_ = 0;
  header().published = 0;
}

void Link::done(bool replace_me) {
  if (!send_message(channel_fd, {Kind::done, replace_me ? 1u : 0u, nonce_, at_, 0})) ::_exit(0);
}

}  // namespace evtriage::sandbox
