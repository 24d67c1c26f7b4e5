// Link: a worker's end of the conversation about one item, over the socket and the two windows.
//
// Frames are written straight into the output window and published one by one, so that they count even if the
// parser dies at the next byte.  When the window is full the coordinator is asked to take it.
// Tested by tests/pipeline/sandbox/cage_test.cpp.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "pipeline/sandbox/mapping.h"
#include "pipeline/sandbox/frame_writer.h"
#include "pipeline/sandbox/packet.h"

namespace evtriage::sandbox {

class Link final : public FrameSink {
 public:
  Link(Mapping input, Mapping output) : input_(std::move(input)), output_(std::move(output)) {}

  std::optional<Message> next_job();  // nullopt: the coordinator is gone
  std::string_view request(const Message& job) const { return area(0, job.begin, request_area); }
  std::string_view item(std::uint64_t size) const { return area(request_area, size, input_.size() - request_area); }
  std::uint64_t block_most() const { return input_.size() - request_area; }

  // The bytes of the item (0) or of what lies beside it lie in the window until the next call.
  Result<std::string_view> want(ByteRange range, std::uint32_t number = 0);
  struct Beside {
    std::uint32_t number = 0;  // 0: there is none
    std::uint64_t size = 0;
  };
  Beside beside(std::string_view name);

  void put(std::string_view bytes) override;
  void frame_ends() override { header().published = at_; }
  void done(bool replace_me);
  // Hands over what was put, which ends with the frame of this child, and gives its bytes to the coordinator as long as
  // that examines it.
  void serve(const Content& child) { hand_over(&child); }

  bool stop_requested() const { return stop_; }
  bool is_refused(unsigned slot) const { return (refused_ >> slot & 1) != 0; }
  void slot_was_freed(unsigned slot) { refused_ &= ~(std::uint64_t{1} << slot); }
  OutputHeader& header() const { return *reinterpret_cast<OutputHeader*>(output_.data()); }
  std::uint64_t nonce() const { return nonce_; }

 private:
  std::string_view area(std::size_t begin, std::uint64_t size, std::size_t most) const;
  Message ask(Message question);  // does not come back if the coordinator is gone
  void hand_over(const Content* live = nullptr);
  void answer(const Content& live, ByteRange range);

  Mapping input_, output_;
  std::uint64_t nonce_ = 0, refused_ = 0;
  std::size_t at_ = 0;  // bytes in the output window
  bool stop_ = false;
};

}  // namespace evtriage::sandbox
