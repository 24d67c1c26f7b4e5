// What tables mean to the applications that made them: data, not code (application_table.cpp).
//
// An application is known by the columns of its tables, not by a version: a row of the table of MessageSpecs names the columns
// that a message needs and those that it may have; missing ones cost what they would have said, unknown ones are told as
// text of the table.  Names that stand in other tables are found through Lookups.
// Tested by tests/extractors/phone/applications_test.cpp with two generations of each schema.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "extractors/phone/epochs.h"

namespace evtriage::phone {

// key column -> value column(s) of one table, e.g. jid._id -> jid.raw_string.
struct LookupSpec {
  std::string_view name, table, key;     // key "rowid": the row's own number
  std::string_view values[3];            // joined by a blank
  std::string_view through;              // the value is looked up once more, in this lookup
};

struct Field {                           // where one piece of a message comes from
  std::string_view column;               // "rowid": the row's own number
  std::string_view lookup;               // empty: the cell itself
};

enum class Direction : std::uint8_t {
  from_me,        // not zero: sent by the device's user
  android_type,   // 1 received, others sent (drafts, outbox, failed too); large ones as signal_type
  call_type,      // 1 received, 2 made, 3 missed, 5 refused
  send_type,      // 0 received, 1 sent
  signal_type,    // low five bits: 20 received, others sent
  odd,            // odd numbers were sent (old iOS flags)
  words,          // "incoming", "outgoing"
};

// A fact that the table of messages has no column for: told in square brackets behind the words.
struct RemarkSpec {
  enum class Kind : std::uint8_t {
    words,                                 // "[label words]"
    time,                                  // "[label 2023-11-14T22:13:20Z]", if it is not 0
    flag,                                  // "[label]", if it is not 0
    tapback,                               // iOS: 2000 loved ... 2005 questioned, 3000 and more: taken back
  };
  std::string_view label;
  Field field;
  Kind kind = Kind::words;
  Epoch epoch = Epoch::unix_milliseconds;
};

struct MessageSpec {
  std::string_view application, table;
  Field body[3] = {};                         // the first that is not empty
  std::string_view time = {};
  Epoch epoch = Epoch::unix_any;
  std::string_view direction = {};
  Direction rule = Direction::from_me;
  Field peer[3] = {};                         // whom the conversation is with; its address
  Field sender[2] = {};                       // in groups: who wrote what was received
  Field conversation[2] = {};                 // what makes messages belong together; else the peer
  Field label[2] = {};                        // its name for people
  Field attachment[3] = {};
  Field own[2] = {};                          // address of the device's user
  std::string_view duration = {};             // of calls, seconds
  RemarkSpec remarks[5] = {};
};

// Names that belong to a row of a table which holds only a number for them: address books.
struct NoteSpec {
  std::string_view table, column, lookup, label;
};

// What a table calls an address: told as the property contact:name, which gives messages elsewhere in the exhibit their names.
struct NameSpec {
  std::string_view table;
  Field address;
  Field name[3] = {};                         // the first that is not empty
  Field kind = {};                            // what the address is; rows of other kinds (a street, a note) give no name
  std::string_view kinds[2] = {};             // whole, or the last part of a media type
};

// A table that names the device's user, and why it is believed to.
struct OwnSpec {
  std::string_view table;
  Field account;
  std::string_view reason;
  std::string_view also = {};                 // a column that the table must have
};

std::span<const OwnSpec> own_specs();
std::span<const NameSpec> name_specs();
std::span<const LookupSpec> lookup_specs();
std::span<const MessageSpec> message_specs();
std::span<const NoteSpec> note_specs();

}  // namespace evtriage::phone
