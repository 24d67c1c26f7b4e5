// Records of exports as messages: Telegram, Facebook Messenger and Instagram, Snapchat, Google Chat; and places of Google's
// location history.  Sources: what these exports look like in public documentation and public tools.
//
// A record is known by the names of its members and not by the file's name, so that a part of an export, one that was put
// together anew, or one whose end is missing is read like the whole.  Facts that the table of messages has no column for
// (answers, forwards, reactions, edits) stand in square brackets behind the words, and so does all that nobody took.
// Tested by tests/extractors/phone/chat_json_test.cpp and tests/fuzz/fuzz_chat_json.cpp.
#pragma once
#include <string>
#include <vector>

#include "extractors/phone/json_tree.h"
#include "pipeline/core/records.h"

namespace evtriage::phone {

enum class RecordShape : std::uint8_t { unknown, telegram, meta, snapchat, google_chat, place };
RecordShape shape_of(const JsonTree& record);

// What the export said before a record: the nearest chat, who takes part, whose export it is.
struct Surroundings {
  std::string chat, chat_type, chat_id;        // of the nearest chat
  std::string array;                           // the key of the array that holds the record
  std::vector<std::string> participants;
  std::string owner, owner_id;                 // the account that was exported; empty: not told
};

struct ToldRecord {
  MessageRecord row;
  MappedText text;     // what was said, with its remarks
  std::string key;     // what makes messages belong together
};

// `record` is of this shape, and no place.  Takes from it all that it tells.
ToldRecord tell_record(JsonTree& record, RecordShape shape, const Surroundings& around);

// "2023-11-14T22:13:20Z 6.3654210, 2.4183400 Name, Address (source: WIFI)" and a line end.  The time is the first that is given.
struct ToldPlace {
  MappedText line;
  std::optional<std::int64_t> time_ns;
};
ToldPlace tell_place(JsonTree& record);

// " [label: value]" for each string below the root that nobody took, and for numbers that are called phones.
void tell_rest(JsonTree& record, MappedText& out);

}  // namespace evtriage::phone
