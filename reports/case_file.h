// What a case file may say of a case and of its exhibits: names, and their labels in four languages.
//
// The program invents none of it.  Names are closed lists, so that a mistyped one is refused and not lost.
// Source of the fields: ISO/IEC 27037 and 17025, INTERPOL and UNODC guides, UNTOC article 18(15).
// Tested by tests/reports/case_file_test.cpp.
#pragma once
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "reports/strings.h"

namespace evtriage::reports {

std::span<const Word> case_words();     // "request_reference", ...: said as case.NAME=value
std::span<const Word> exhibit_words();  // "seized_at", ...: said as exhibit.LABEL.NAME=value

// The label of a name of either list; precondition: it is in one of them.
std::string_view field_label(std::span<const Word> list, std::string_view name, Language language);

// The value told of the case or of an exhibit; empty: not stated.
std::string case_value(const std::map<std::string, std::string>& facts, std::string_view name);
std::string exhibit_value(const std::map<std::string, std::string>& facts, std::string_view label, std::string_view name);

// Seconds to add to a time of this exhibit's device to have the true one: minus exhibit.LABEL.clock_offset.
std::int64_t clock_correction(const std::map<std::string, std::string>& facts, std::string_view label);

}  // namespace evtriage::reports
