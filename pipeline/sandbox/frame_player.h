// FramePlayer: the frames of a worker, checked and played to the outer Emit.
//
// It believes nothing: the worker may be in the hands of the file that it read.  Every length, enumeration,
// UTF-8 string, range, child number and spool is checked again; the first fault ends the item.  Frames arrive in
// pieces of any size; bytes of a frame that never became whole are dropped.
// Tested by tests/pipeline/sandbox/frames_test.cpp and tests/fuzz/fuzz_wire.cpp.
#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "pipeline/core/plugin.h"
#include "pipeline/sandbox/wire.h"

namespace evtriage::sandbox {

// The worker as the one who decodes a child while it is examined.
class LiveDoor {
 public:
  virtual ~LiveDoor() = default;
  virtual std::uint64_t serve_most() const = 0;          // bytes at a time, at least 1
  virtual Result<Blob> serve(ByteRange range) = 0;       // any thread; exactly range.size() bytes, or why not
};

class LiveContent;

class FramePlayer {
 public:
  // `output_bytes`: budget of text and rows; spooled bytes and bytes of children are the outer Emit's affair
  // until it asks to stop or refuses them, then they count here too.
  FramePlayer(const Content& item, Emit& emit, std::uint64_t output_bytes, std::string_view stage)
      : item_(item), item_size_(item.size()), emit_(emit), output_bytes_(output_bytes), stage_(stage) {}

  enum class Verdict { fine, malformed, over_budget };
  Verdict take(std::string_view bytes);     // after anything but fine: no more calls
  void live_door(LiveDoor* door) { door_ = door; }  // outlives the calls of take(); without it live children cannot be read
  bool is_between_frames() const { return pending_.empty(); }
  bool is_untouched() const { return !played_; }         // nothing has reached the outer Emit
  const std::string& fault() const { return fault_; }    // after malformed: what is wrong
  bool stop_requested() const { return emit_.stop_requested(); }
  ContentPtr beside(std::string_view name) { return emit_.beside(name); }
  std::uint32_t refused_slots() const { return refused_; }

 private:
  struct FrameView {
    FrameKind kind;
    std::string_view payload;
  };
  std::size_t play_whole_frames(std::string_view bytes);  // how many bytes it used
  void play(FrameView frame);
  void text(ByteReader& in);
  void child(ByteReader& in);
  void spool_open(ByteReader& in);
  void spool_data(ByteReader& in);
  void spool_drop(ByteReader& in);
  void property(ByteReader& in);
  void message(ByteReader& in);
  Issue read_issue(ByteReader& in, std::uint64_t size);  // `size`: of what its range lies in
  void issue(ByteReader& in);

  OffsetMap map(ByteReader& in);
  void notes(ByteReader& in, Child& child);
  ContentPtr child_bytes(ByteReader& in, const Child& child);
  ContentPtr data_runs(ByteReader& in);
  std::string field(ByteReader& in);                        // UTF-8
  std::vector<std::string> list(ByteReader& in);
  ByteRange range(ByteReader& in, std::uint64_t size);      // inside [0, size)
  unsigned slot(ByteReader& in);
  template <class Enum>
  Enum choice(ByteReader& in, Enum last);
  bool is_item(std::string_view text) const;
  bool wrong(std::string_view what);  // false, and the first fault is kept
  bool ends_well(ByteReader& in);     // all fields read, none broken, nothing left over

  const Content& item_;
  std::uint64_t item_size_;
  Emit& emit_;
  std::uint64_t output_bytes_, spent_ = 0, children_ = 0;
  std::string stage_, fault_;
  LiveDoor* door_ = nullptr;
  std::shared_ptr<const LiveContent> live_;  // the child that is being read from its frame
  std::string pending_;  // an unfinished frame
  std::array<std::unique_ptr<Spool>, spool_slots> spools_;
  std::uint32_t refused_ = 0;
  bool played_ = false;
};

}  // namespace evtriage::sandbox
