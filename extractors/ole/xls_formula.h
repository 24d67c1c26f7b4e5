// Words inside formulas and data validation of BIFF8: ="paid to "&B2 shows only its result in the cell, and a list of
// allowed values shows nothing at all.
// MS-XLS 2.5.198 (Rgce and its tokens), 2.4.98 (DV).  Tested by tests/extractors/ole/xls_formula_test.cpp.
#pragma once
#include <vector>

#include "extractors/ole/xls_records.h"

namespace evtriage::ole {

// String operands of the tokens between `begin` and `end` of the stream, in order; an unknown token ends the walk.
std::vector<StringPart> formula_strings(std::string_view stream, std::uint64_t begin, std::uint64_t end);

// Where the tokens of a FORMULA record stand; empty if there are none.
ByteRange tokens_of_formula(std::string_view stream, const BiffRecord& record);

// Titles and words of prompt and error, and the strings of both formulas (the items of a list one by one).
std::vector<StringPart> validation_strings(std::string_view stream, const BiffRecord& record);

}  // namespace evtriage::ole
