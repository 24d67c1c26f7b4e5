// Pages made by make_exports.py in the layout of the applications: what is expected was written down from what went in.
#include <gtest/gtest.h>

#include "extractors/phone/chat_page.h"
#include "pipeline/core/time.h"
#include "tests/extractors/phone/run_phone.h"

namespace evtriage {
namespace {

std::string sample(const std::string& name) { return read_file(EVTRIAGE_SOURCE_DIR "/tests/extractors/phone/data/" + name); }
FakeEmit page(const std::string& bytes) { return run_phone(extract_chat_html, bytes, "messages.html"); }

std::string told(const FakeEmit& emit) {
  std::string out;
  for (const MessageRecord& m : emit.messages) {
    out += m.application + "|" + m.conversation + "|" + m.sender + "|" + (m.sent_ns ? rfc3339(*m.sent_ns) : "") + "|" + m.body + "|";
    for (const std::string& a : m.attachments) out += a;
    out += "\n";
  }
  return out;
}

TEST(ChatHtml, PagesOfTelegram) {
  const std::string bytes = sample("telegram.html");
  const FakeEmit emit = page(bytes);
  EXPECT_EQ(told(emit),
            "telegram|Ama & Crew|||14 November 2023|\n"
            "telegram|Ama & Crew|Ama Example|2023-11-14T22:14:20Z|how many seats, call +229 97 00 00 03|\n"
            "telegram|Ama & Crew|Ama Example|2023-11-14T22:15:20Z||photos/photo_1.jpg\n"
            "telegram|Ama & Crew|Kofi Owner|2023-11-14T22:16:20Z|eight [In reply to this message 2] [forwarded from Yao Third] [reactions: \xf0\x9f\x91\x8d]|\n");
  EXPECT_EQ(emit.source_of("how many seats", bytes), "how many seats");
  EXPECT_EQ(property_of(emit, "phone:application"), "telegram (export in HTML)");
  EXPECT_NE(emit.all("links").find("tel:+22997000003"), std::string::npos);
  EXPECT_NE(outline(emit).find("2023-11-14 22:15:20 - Ama Example: [photos/photo_1.jpg]\n"), std::string::npos) << outline(emit);
  EXPECT_NE(outline(emit).find("Ama & Crew"), std::string::npos);
}

TEST(ChatHtml, PagesOfFacebook) {
  EXPECT_EQ(told(page(sample("facebook.html"))),
            "messenger|Ama Example|Ama Example|2023-11-14T22:14:20Z|o\xc3\xb9 es-tu\nce soir|\n"
            "messenger|Ama Example|Kofi Owner|2023-11-14T22:15:20Z|au port|\n"
            "messenger|Ama Example|Kofi Owner||x [date: 03/04/2023 10:00]|\n");  // day or month: nobody knows
}

TEST(ChatHtml, NoWordIsLostAndCutsAreBorne) {
  const std::string bytes = sample("telegram.html");
  for (std::size_t size = 0; size < bytes.size(); size += 7) page(bytes.substr(0, size));
  for (const char* word : {"Ama & Crew", "14 November 2023", "how many seats", "eight", "Yao Third", "Participants"}) {
    EXPECT_NE(page(bytes).all("body").find(word) != std::string::npos || page(sample("facebook.html")).all("body").find(word) != std::string::npos, false) << word;
  }
}

TEST(ChatHtml, HostilePagesEnd) {
  std::string deep = "<html><div class='page_body chat_page'>";
  for (int i = 0; i < 300'000; ++i) deep += "<div class=\"message default\">";
  EXPECT_EQ(page(deep).messages.size(), 1u);  // blocks do not nest
  std::string many = "<html><div class=\"message x\"><span class='text'>";
  for (int i = 0; i < 200'000; ++i) many += "<span><a href=f" + std::to_string(i) + ">";
  page(many + "</div>");
  page("<html><div class=\"message\"" + std::string(1'000'000, '<'));
  std::string nested = "<html><div class=\"message x\">";
  for (int i = 0; i < 9'000; ++i) nested += "<div class=\"text\">w";
  const FakeEmit once = page(nested + std::string(200'000, 'z'));  // each word once, in linear time
  EXPECT_EQ(once.messages.size(), 1u);
  EXPECT_LT(once.all("body").size(), 300'000u);
  page("<!-- <div class=\"message\"> --><script><div class=\"message\"></script><div class=message>y");
}

}  // namespace
}  // namespace evtriage
