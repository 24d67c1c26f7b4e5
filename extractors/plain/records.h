// Records: makes segments of a tree's small values (JSON, XML, property lists), one for each thing that a person would
// call a record: a message, a contact, a placemark.
//
// Values are lines of a pending text.  A container whose children are records is a *list*: each child becomes a segment
// of its own with its path as place.  What is a list shows only on the way: outside of any list a container becomes one
// when a child is found to be a record (the client says so), inside a record only when children are many, so that a
// contact keeps its numbers and a message its parts.  Small units without records in them (rows of a matrix) are joined.
// Memory is bounded by `segment_bytes` and `most_depth`.
// Tested by tests/extractors/plain/records_test.cpp.
#pragma once
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "extractors/html_text.h"
#include "pipeline/core/plugin.h"

namespace evtriage {

class Records {
 public:
  enum class Style { json, keys, slash };  // $.a[3], a[3], a/b[3]
  static constexpr std::uint64_t no_index = ~std::uint64_t{0};
  static constexpr std::size_t segment_bytes = 16u << 10;  // a larger record is cut between its values
  static constexpr std::size_t joined_bytes = 4u << 10;    // small units are joined up to this size
  static constexpr std::size_t most_depth = 256;           // deeper containers add their values to this one
  static constexpr std::size_t many_children = 8;

  Records(Emit& emit, Style style, std::string origin = "body");

  // A container.  `key` may be empty; `index` counts from 0 (json, keys) or from 1 (slash).
  void open(std::string_view key, std::uint64_t index, bool crowded);
  // `is_record`: as a child of a list it gets a segment of its own; `begins_list`: outside of any list, its parent
  // becomes one.
  void close(bool is_record, bool begins_list);
  void make_list();  // the innermost open container is a list from now on
  std::uint32_t children() const { return frames_[depth_ - 1].children; }  // containers opened in the innermost one
  bool has_prose() const { return frames_[depth_ - 1].prose; }             // a value of six words stands in it
  std::size_t depth() const { return depth_ + over_; }                     // 0: nothing is open

  // One value: begin, append to text(), end.  The key is for the place of a value that stands alone.
  MappedText& begin_value(std::string_view key, std::uint64_t index);
  MappedText& text() { return pending_; }
  void end_value();
  void cut();  // inside a long value: what is pending becomes a segment

  void prefix(std::string text) { prefix_ = std::move(text); }  // before each place: "line 12: "
  void finish();                                                // emits what is left

 private:
  struct Unit {
    std::size_t start = 0;  // in the pending text
    std::uint64_t index = no_index;
    std::string key;
  };
  struct Frame {
    std::string key;
    std::uint64_t index = no_index;
    std::uint32_t children = 0;
    std::size_t start = 0;
    bool is_list = false, prose = false;
    std::array<Unit, many_children> units;
  };
  void split();
  void flush(std::string place);
  void start_anew();
  void emit_slice(std::size_t begin, std::size_t end, std::string place);
  std::string path(std::size_t depth) const;
  void add_label(std::string& out, std::string_view key, std::uint64_t index) const;
  std::string place_of_pending() const;

  Emit& emit_;
  Style style_;
  std::string origin_, prefix_;
  std::vector<Frame> frames_;   // reused: only the first depth_ count
  std::size_t depth_ = 0, over_ = 0, lists_ = 0;
  MappedText pending_;
  std::size_t value_start_ = 0, values_ = 0, last_text_ = 0, last_runs_ = 0;
  std::string first_place_, last_place_;  // of joined units
  std::string lone_key_;
  std::uint64_t lone_index_ = no_index;
  std::size_t lone_depth_ = 0;
};

}  // namespace evtriage
