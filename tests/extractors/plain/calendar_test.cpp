// Calendars: examples of RFC 5545 (sections 3.1, 3.6.1, 3.6.6), times with zones, attachments.
#include <gtest/gtest.h>

#include "tests/extractors/plain/run_plain.h"

namespace evtriage {
namespace {

FakeEmit calendar(const std::string& bytes) { return run_plain(extract_calendar, bytes, "a.ics", "text/calendar"); }

TEST(Calendar, AnEventIsASegment) {
  const std::string bytes =
      "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-CALNAME:Work\r\nBEGIN:VEVENT\r\nUID:1@example.org\r\nDTSTART;TZID=Africa/Accra:20240312T053000\r\nDTEND:20240312T063000Z\r\n"
      "SUMMARY:Boat leaves\\, be there\r\nDESCRIPTION:This is a lo\r\n ng description\r\n  that exists on a long line.\r\nLOCATION:Beach\r\n"
      "ORGANIZER;CN=\"Ama; Example\":mailto:ama@example.org\r\nATTENDEE;ROLE=REQ-PARTICIPANT;CN=Kofi:mailto:kofi@example.org\r\n"
      "BEGIN:VALARM\r\nTRIGGER:-PT30M\r\nACTION:DISPLAY\r\nDESCRIPTION:pack the papers\r\nEND:VALARM\r\nEND:VEVENT\r\n"
      "BEGIN:VTODO\r\nSUMMARY:Collect money\r\nDUE;VALUE=DATE:20240501\r\nEND:VTODO\r\nEND:VCALENDAR\r\n";
  const FakeEmit emit = calendar(bytes);
  EXPECT_EQ(outline(emit),
            "<calendar> X-WR-CALNAME: Work\n|<entry 1: Boat leaves, be there> DTSTART: 2024-03-12 05:30:00 (Africa/Accra)\nDTEND: 2024-03-12 06:30:00 UTC\n"
            "SUMMARY: Boat leaves, be there\nDESCRIPTION: This is a long description that exists on a long line.\nLOCATION: Beach\n"
            "ORGANIZER: Ama; Example mailto:ama@example.org\nATTENDEE: Kofi mailto:kofi@example.org\nDESCRIPTION: pack the papers\n|"
            "<entry 2: Collect money> SUMMARY: Collect money\nDUE: 2024-05-01\n|");
  EXPECT_EQ(emit.source_of("long description", bytes), "lo\r\n ng description");
  EXPECT_TRUE(emit.issues.empty());
}

TEST(Calendar, AttachmentsAreChildren) {  // RFC 5545 section 3.1.3; base64 of "The quick" by python3
  const FakeEmit emit = calendar("BEGIN:VCALENDAR\nBEGIN:VEVENT\nATTACH;FMTTYPE=text/plain;ENCODING=BASE64;VALUE=BINARY;FILENAME=a.txt:VGhlIHF1aWNr\nEND:VEVENT\n");
  ASSERT_EQ(emit.children.size(), 1u);
  EXPECT_EQ(emit.children[0].second, "The quick");
  EXPECT_EQ(emit.children[0].first.step.name, "a.txt");
  EXPECT_EQ(emit.children[0].first.media_type, "text/plain");
}

TEST(Calendar, OddOnes) {
  EXPECT_EQ(calendar("a diary: tomorrow").all("body"), "a diary: tomorrow");
  const FakeEmit cut = calendar("BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:half");
  EXPECT_EQ(all_text(cut), "SUMMARY: half\n");
  EXPECT_EQ(cut.issues.at(0).code, Code::truncated);
  torment(extract_calendar, "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;TZID=\"a:b\":20240312T053\nSUMMARY:a\\\n b\\n\nEND:VEVENT\nEND:VCALENDAR\n");
}

}  // namespace
}  // namespace evtriage
