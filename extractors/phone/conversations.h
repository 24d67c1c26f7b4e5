// Messages of one conversation in order of time, as one text: what is said in three messages can be judged together.
//
// A line is "2023-11-14 22:13:20 - Ama: text", as chat exports write it, so that rules see messages (rules/unit.h); its text
// leads 1:1 to the bytes of the cell, its beginning to the cell of the time.
// Tested by tests/extractors/phone/applications_test.cpp.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "extractors/html_text.h"
#include "pipeline/core/plugin.h"

namespace evtriage::phone {

struct Said {                      // one message
  std::optional<std::int64_t> time_ns;
  ByteRange header;                // the bytes that its beginning stands for
  std::string who;                 // as the line shows it
  MappedText text;
};

class Conversations {
 public:
  static constexpr std::size_t segment_bytes = 48u << 10;
  static constexpr std::size_t pending_most = 32u << 20;  // of all conversations together

  explicit Conversations(Emit& emit) : emit_(emit) {}
  // `key` tells conversations apart; `origin`: body or deleted; `remark` is added to the place.
  struct Which {
    std::string key, origin, remark;
    auto operator<=>(const Which&) const = default;
  };
  // `name` is for people: the first one that is given counts.
  void add(const Which& which, std::string_view name, Said said);
  void finish();

 private:
  struct Entry {                   // one message: its parts lie in `text` and `runs`
    std::optional<std::int64_t> time_ns;
    ByteRange header;
    std::uint32_t who = 0, words = 0, end = 0;  // offsets in `text`: who begins, what was said begins, and ends
    std::uint32_t first_run = 0, runs = 0;
  };
  struct Pending {
    std::string name, text;
    std::vector<Run> runs;         // of each message from 0 on
    std::vector<Entry> said;
    std::size_t text_bytes = 0, bytes = 0;  // of the segment that it will be; in memory
  };
  static void append_words(const Pending& pending, const Entry& entry, MappedText& out);
  void flush(const Which& which, Pending& pending);
  Emit& emit_;
  std::map<Which, Pending> pending_;
  std::size_t bytes_ = 0;
};

}  // namespace evtriage::phone
