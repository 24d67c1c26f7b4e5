// Members: what all archive formats share when they hand out their members: numbers, budgets, links, names.
//
// Things that lose nothing (links, unsafe names, headers that disagree) are told once for the archive, as
// properties; lost bytes are issues.  Tested by tests/extractors/archive/archive_test.cpp.
#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "extractors/archive/window.h"
#include "pipeline/core/plugin.h"

namespace evtriage::archives {

constexpr std::string_view stage = "archive";
constexpr std::uint64_t most_members = 1u << 20;
constexpr std::uint64_t most_told = 100;  // links, mismatches and bad members told one by one

// A member for people: `member 3 "a.txt"`; the name is cut at 200 bytes.
std::string label(std::uint64_t number, std::string_view name);

class Gather {  // the bytes of one member: in memory up to 1 MiB, beyond that in the engine's spool
 public:
  explicit Gather(Emit& emit) : emit_(emit) {}
  bool append(ByteView bytes);           // false: the budget is spent, or the run is being stopped
  bool append_zeros(std::uint64_t count);
  bool spent() const { return spent_; }
  std::uint64_t size() const { return size_; }
  ContentPtr take();                     // once; null if the budget was spent

 private:
  Emit& emit_;
  std::string small_;
  std::unique_ptr<Spool> spool_;
  std::uint64_t size_ = 0;
  bool spent_ = false;
};

enum class Special { directory, symlink, hardlink, device, fifo, socket, other };

class Members {  // refers to the emit; call finish() once, at the end
 public:
  Members(Emit& emit, std::uint64_t item_size) : emit_(emit), item_size_(item_size) {}

  // The next member, to be filled in and given to one of the three calls below.
  Child begin(std::string name);
  void whole(Child child, ContentPtr content);               // null content: told by the caller, or with spent()
  void special(Child child, Special type, std::string_view target);
  void locked(Child child);                                  // encrypted and no password fits
  void no_password_is_tried(std::string why) { untried_ = std::move(why); }  // on locked members of this archive
  void false_flag(const Child& child);                       // said to be encrypted, and is not
  // The budget of this unit ended inside the member.
  void spent(Child child, std::uint64_t unpacked);

  void opened_encrypted() { ++unlocked_; }
  void local_time() { local_times_ = true; }
  void disagreement(const std::string& sentence);
  // A loss; the first `most_told` one by one, the rest as a number in finish().
  void trouble(Code code, std::string sentence, std::optional<ByteRange> where);

  bool full();                           // the limit of members is reached: told once
  std::uint64_t count() const { return count_; }
  void finish();

 private:
  void note_name(std::string_view name);
  Emit& emit_;
  std::uint64_t item_size_;
  std::uint64_t count_ = 0, given_ = 0, locked_ = 0, unlocked_ = 0, specials_ = 0, links_ = 0, unsafe_ = 0, disagreements_ = 0, troubles_ = 0, false_flags_ = 0;
  std::string first_locked_, first_unsafe_, first_false_, untried_;
  bool local_times_ = false, full_told_ = false;
};

// Names that would leave the folder or end early if somebody unpacked them: absolute, a drive, "..", a NUL.
bool is_unsafe_name(std::string_view name);

// Unpacked text of a library's message: printable, one line, at most 200 bytes.
std::string one_line(std::string_view message);

}  // namespace evtriage::archives
