// FrameWriter: calls of Emit as frames, written to a sink; whatever an honest extractor may say fits the wire.
//
// What could not be said on the wire is said in another way, always the same: a text that is too long becomes
// several segments, strings that are no UTF-8 become printable, ranges of issues are clamped to the item.
// Tested by tests/pipeline/sandbox/frames_test.cpp.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "pipeline/core/plugin.h"
#include "pipeline/core/runs_content.h"
#include "pipeline/sandbox/wire.h"

namespace evtriage::sandbox {

class FrameSink {
 public:
  virtual ~FrameSink() = default;
  virtual void put(std::string_view bytes) = 0;
  virtual void frame_ends() = 0;  // what was put so far is a row of whole frames
};

struct ChildPlace {  // where the bytes of a child are to be had; each with its own ChildBytes
  std::string_view bytes = {};                  // here
  unsigned slot = 0;                            // spool
  std::uint64_t size = 0;                       // live
  const std::vector<DataRun>* runs = nullptr;   // runs, at most data_runs_most
};

class FrameWriter {
 public:
  FrameWriter(FrameSink& sink, std::uint64_t item_size) : sink_(sink), item_size_(item_size) {}

  void text(const TextSegment& segment);
  void child(const Child& child, ChildBytes how, const ChildPlace& place = {});
  void spool_open(unsigned slot);
  void spool_data(unsigned slot, std::string_view bytes);  // any length
  void spool_drop(unsigned slot);
  void property(std::string_view name, std::string_view value);
  void message(const MessageRecord& message);
  void issue(const Issue& issue);
  void encrypted();

 private:
  void piece(const TextSegment& segment, ByteRange part);
  void frame(FrameKind kind, std::string_view body = {});  // payload = fields_ + body
  void field(std::string_view text);                       // UTF-8 of at most field_most bytes
  void list(const std::vector<std::string>& texts);
  void range(ByteRange range);
  void notes(const Child& child);
  void data_runs(const std::vector<DataRun>& runs);
  void tell_cut();

  FrameSink& sink_;
  std::uint64_t item_size_;
  std::string fields_;  // of the frame that is being made; cleared first, as an exception may have left some
  bool cut_ = false;    // a string or a list was too long
};

}  // namespace evtriage::sandbox
