// link: evtriage_sandbox evtriage_sandbox_wire evtriage_core
// Any bytes as the frames of a worker, in pieces of a size that the first byte chooses: whatever reaches the outer
// Emit keeps the contract, and the pieces change nothing.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "pipeline/core/memory_spool.h"
#include "pipeline/sandbox/frame_player.h"

namespace {

using namespace evtriage;

void require(bool holds) {
  if (!holds) std::abort();
}

class Checked final : public Emit {
 public:
  explicit Checked(std::uint64_t item_size) : item_size_(item_size) {}
  void text(TextSegment segment) override {
    require(is_valid_utf8(segment.utf8.chars()) && segment.map.text_size() == segment.utf8.size());
    require(segment.owned.begin <= segment.owned.end && segment.owned.end <= segment.utf8.size());
    for (const Run& run : segment.map.runs()) require(run.source.begin <= run.source.end && run.source.end <= item_size_);
    const ByteRange all = segment.map.to_source({0, segment.utf8.size()});
    require(all.end <= item_size_);
    ++calls;
  }
  void child(Child child, ContentPtr content) override {
    require(child.step.number == ++children_ && child.step.kind != StepKind::exhibit);
    require(!child.extent || (child.extent->begin <= child.extent->end && child.extent->end <= item_size_));
    if (content) require(content->read({0, content->size()}).has_value());
    ++calls;
  }
  std::unique_ptr<Spool> spool() override { return std::make_unique<MemorySpool>(1000); }
  void property(std::string name, std::string value) override {
    require(is_valid_utf8(name) && is_valid_utf8(value));
    ++calls;
  }
  void message(MessageRecord message) override {
    require(is_valid_utf8(message.body));
    ++calls;
  }
  void issue(Issue issue) override {
    require(issue.code <= Code::internal && !issue.stage.empty() && is_valid_utf8(issue.detail));
    require(!issue.where || issue.where->end <= item_size_);
    ++calls;
  }
  void encrypted() override { ++calls; }
  bool stop_requested() const override { return false; }
  std::uint64_t calls = 0;

 private:
  std::uint64_t item_size_, children_ = 0;
};

std::uint64_t play(std::string_view bytes, std::size_t piece) {
  const ContentPtr item = resident("0123456789abcdef");
  Checked emit(item->size());
  sandbox::FramePlayer player(*item, emit, 1 << 20, "fuzz");
  while (!bytes.empty() && player.take(bytes.substr(0, piece)) == sandbox::FramePlayer::Verdict::fine) {
    bytes.remove_prefix(std::min(piece, bytes.size()));
  }
  return emit.calls;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  require(play(bytes, bytes.size() + 1) == play(bytes, data[0] + 1u));
  (void)sandbox::decode(bytes);
  (void)sandbox::decode_request(bytes);
  return 0;
}
