// Numbering plans of the sixteen home countries and seventeen of transit and destination, as data.
//
// State: July 2026, read from the metadata of libphonenumber 9.0.35.  Mobile ranges are complete, fixed
// ranges where they are short; a range that is missing here is left to libphonenumber.  Former plans:
// Benin's 8 digits ended on 30 November 2024, Nigeria's old fixed lines in 2024, Ivory Coast's 8 digits on
// 30 January 2021, Gabon's 7 digits and leading 0 in 2019.  To bring it up to date: change a line, the date above, and the scanner's version.
// Tested by tests/extractors/contacts/parts_test.cpp.
#include "extractors/contacts/plan.h"

namespace evtriage::contacts {
namespace {

constexpr PlanRange kRanges[] = {
    {"BF", "226", 8, false, "01-07 20 24-25 44-46 50-58 60-79"},
    {"BJ", "229", 10, false, "012 0128 0140-0169 0190-0199"},
    {"BJ", "229", 8, true, "2 4-6 9"},
    {"CV", "238", 7, false, "2 36 51-53 58-59 91-93 95 97-99"},
    {"TD", "235", 8, false, "22 30-31 6 77 85-87 9"},
    {"GH", "233", 9, false, "20 23-28 3 50 53-57 59"},
    {"GW", "245", 9, false, "44 95 965-966 969 977"},
    {"GN", "224", 9, false, "60-63 65-66"},
    {"GN", "224", 8, false, "3"},
    {"LR", "231", 9, false, "220 330 555 760-761 77 88"},
    {"LR", "231", 7, false, "6"},
    {"LR", "231", 8, false, "2"},
    {"ML", "223", 8, false, "20-21 44 50-53 6-7 82-85 89 90-99"},
    {"MR", "222", 8, false, "2-4"},
    {"NE", "227", 8, false, "20 23 70 74 76-77 80-99"},
    {"NG", "234", 10, false, "20 701-709 71-72 802-819 901-909 911-916"},
    {"NG", "234", 8, true, "1-9"},
    {"NG", "234", 7, true, "1-9"},
    {"SN", "221", 9, false, "30 33 70-71 72 75-78"},
    {"SL", "232", 8, false, "22 25 30-35 70-79 80 88 9"},
    {"GM", "220", 7, false, "2-3 40-45 50-59 7-9"},
    {"TG", "228", 8, false, "2 70-72 78-79 90-93 96-99"},
    {"CI", "225", 10, false, "01 05 07 21 25 27"},
    {"CI", "225", 8, true, "01-09 20-25 27 30-36 4-8 9"},
    {"CM", "237", 9, false, "22 242-243 62 640-642 650-659 66-69"},
    {"GA", "241", 8, false, "11 60 62 65-66 74 76-77"},
    {"GA", "241", 8, true, "01-02 04-07"},
    {"GA", "241", 7, true, "1-2 4-7"},
    {"GQ", "240", 9, false, "222 3 55"},
    {"LY", "218", 9, false, "91-96"},
    {"DZ", "213", 9, false, "54-56 6 77-79"},
    {"DZ", "213", 8, false, ""},
    {"MA", "212", 9, false, "5 6 70-72 75-78"},
    {"AE", "971", 9, false, "50 52-56 58"},
    {"AE", "971", 8, false, ""},
    {"TN", "216", 8, false, "2-3 40-49 5 7 9"},
    {"ES", "34", 9, false, "6 71-74 78 8 91-98"},
    {"IT", "39", 10, false, "3 43 0"},
    {"IT", "39", 9, false, "3 0"},
    {"FR", "33", 9, false, "1-6 73-79 9"},
    {"PT", "351", 9, false, "2 91-93 96"},
    {"LB", "961", 8, false, "70-71 76 78-79 81"},
    {"LB", "961", 7, false, "1 3-9"},
    {"OM", "968", 8, false, "2 71-72 74-79 9"},
    {"KW", "965", 8, false, "2 41 5 6 9"},
    {"SA", "966", 9, false, "1 50-59"},
    {"LY", "218", 8, false, ""},
    {"GH", "233", 8, false, ""},
    {"MA", "212", 8, false, ""},
};

}  // namespace

std::span<const PlanRange> plan_ranges() { return kRanges; }

}  // namespace evtriage::contacts
