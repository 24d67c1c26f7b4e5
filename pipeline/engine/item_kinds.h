// What the life of an item (examine_item.h) must know of its kind and type before any extractor has seen it.
// Tested by tests/pipeline/engine/examine_test.cpp, tests/whole/disk_test.py and tests/whole/phone_test.py.
#pragma once
#include <string>
#include <string_view>

#include "pipeline/core/address.h"
#include "pipeline/core/content.h"
#include "pipeline/core/records.h"

namespace evtriage {

bool has_bytes(ItemKind kind);
bool is_raw_space(ItemKind kind);

// By its first bytes a database of SQLite or its write-ahead log: another item beside it may ask for its bytes.
bool may_be_asked_for(ByteView head);

bool is_ewf(std::string_view type);
bool is_disk_type(std::string_view type);     // if an extractor gives nothing of these, it has not read them, whatever it says
bool is_joined_by_us(std::string_view type);  // files (.001, .002 ...) that are cut anywhere: one after the other they are the whole
bool is_counted(std::string_view name);       // ends in .002 and so on

bool is_unread_container(std::string_view type);  // holds other files, and no library that we have takes them out

// By its name a later part of a split archive: .z01, .r00, or .002 behind another extension (x.7z.002).
bool is_split_part(std::string_view name);

std::string label_of(const Step& step, const std::string& name);  // the last element of a path for people

}  // namespace evtriage
