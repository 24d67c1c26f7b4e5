// Names of the segments of a split image: disk.001 disk.002 ..., disk.E01 ... disk.E99 disk.EAA ... disk.ZZZ.
// Tested by tests/pipeline/evidence/segments_test.cpp.
#pragma once
#include <string>
#include <string_view>

namespace evtriage::evidence {

// True for the first of a row: .001, .E01, .s01 ... (either case).
bool starts_segments(std::string_view name);

// The name after `name` in its row; empty if it is in none, or the last that can be.
std::string next_segment(std::string_view name);

// The first name of the row that `name` goes on with; empty if it is in none, or the first itself.
std::string first_segment(std::string_view name);

}  // namespace evtriage::evidence
