// The properties of one storage of an Outlook message (MS-OXMSG 2.4): strings and bytes in streams of their own,
// small values in the property stream.
// Tested by tests/extractors/ole/msg_test.cpp.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "extractors/ole/text_flow.h"
#include "extractors/ole/work.h"

namespace evtriage::ole {

class MsgProperties {
 public:
  // `head_bytes`: of the property stream in front of its entries: 32 in the file, 24 in an enclosed message, 8 else.
  MsgProperties(Work& work, EntryId storage, std::size_t head_bytes);

  std::optional<std::uint64_t> value(unsigned id) const;      // of a small property
  std::optional<std::int64_t> time(unsigned id) const;        // ns UTC
  std::optional<EntryId> stream(unsigned id, unsigned type) const;
  bool has_text(unsigned id) const { return stream(id, 0x1f) || stream(id, 0x1e); }
  std::string text(unsigned id) const;                         // UTF-8, at most 64 KiB; empty if absent
  // Adds the text to the flow with its exact places; false if absent or empty.
  bool text(unsigned id, TextFlow& flow) const;
  // Every text property that was not asked for.
  std::vector<unsigned> unread() const;

  void code_page(unsigned page) { encoding_ = code_page_name(page); }
  std::string_view encoding() const { return encoding_; }

 private:
  Work& work_;
  std::map<std::pair<unsigned, unsigned>, EntryId> streams_;  // (id, type)
  std::map<unsigned, std::uint64_t> values_;
  std::string_view encoding_ = "windows-1252";
};

}  // namespace evtriage::ole
