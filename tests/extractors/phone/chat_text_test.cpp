// Exported chats as the application writes them in several languages; what is expected was written down by hand.
#include <gtest/gtest.h>

#include "pipeline/core/time.h"
#include "tests/extractors/phone/run_phone.h"

namespace evtriage {
namespace {

FakeEmit chat(const std::string& text, std::string_view name = "WhatsApp Chat with Ama.txt") { return run_phone(extract_chat_text, text, name); }

// "time sender: body" a line; " [attachment]", " deleted".
std::string told(const FakeEmit& emit) {
  std::string out;
  for (const MessageRecord& m : emit.messages) {
    out += (m.sent_ns ? rfc3339(*m.sent_ns) : "?") + " " + m.sender + ": " + m.body;
    for (const std::string& a : m.attachments) out += " [" + a + "]";
    out += m.deleted ? " deleted\n" : "\n";
  }
  return out;
}

TEST(ChatText, EnglishAndroid) {
  const std::string text =
      "15/01/2026, 10:05 - Messages and calls are end-to-end encrypted.\n"
      "15/01/2026, 10:06 - Ama: first line\nand a second one\n"
      "15/01/2026, 10:07 - Kofi B: IMG-20260115-WA0001.jpg (file attached)\n"
      "15/01/2026, 10:08 - Ama: This message was deleted\n";
  const FakeEmit emit = chat(text);
  EXPECT_EQ(told(emit),
            "2026-01-15T10:05:00Z : Messages and calls are end-to-end encrypted.\n"
            "2026-01-15T10:06:00Z Ama: first line\nand a second one\n"
            "2026-01-15T10:07:00Z Kofi B: IMG-20260115-WA0001.jpg (file attached) [IMG-20260115-WA0001.jpg]\n"
            "2026-01-15T10:08:00Z Ama: This message was deleted deleted\n");
  EXPECT_EQ(emit.messages[2].conversation, "Ama");
  EXPECT_EQ(emit.messages[2].recipients, std::vector<std::string>{"Ama"});
  EXPECT_EQ(emit.all("body"), text);
  EXPECT_TRUE(emit.texts[0].is_whole_item);
}

TEST(ChatText, ManyFormsOfDates) {
  const auto first = [](const std::string& line) { return told(chat(line)); };
  EXPECT_EQ(first("[15/01/26, 22:05:33] Ama: x\n"), "2026-01-15T22:05:33Z Ama: x\n");
  EXPECT_EQ(first("\xe2\x80\x8e[15/01/26 10:05:33] Ama: x\n"), "2026-01-15T10:05:33Z Ama: x\n");
  EXPECT_EQ(first("1/15/26, 10:05 PM - Ama: x\n"), "2026-01-15T22:05:00Z Ama: x\n");
  EXPECT_EQ(first("1/2/26, 12:05\xe2\x80\xaf" "AM - Ama: x\n"), "2026-01-02T00:05:00Z Ama: x\n");
  EXPECT_EQ(first("15/01/2026 \xc3\xa0 10:05 - Ama : x\n"), "2026-01-15T10:05:00Z Ama: x\n");
  EXPECT_EQ(first("15/01/2026 10h05 - Ama: x\n"), "2026-01-15T10:05:00Z Ama: x\n");
  EXPECT_EQ(first("15.01.26, 10:05 - Ama: x\n"), "2026-01-15T10:05:00Z Ama: x\n");
  EXPECT_EQ(first("2026-01-15, 10:05 - Ama: x\n"), "2026-01-15T10:05:00Z Ama: x\n");
  EXPECT_EQ(first("15/01/2026, 10:05 p. m. - Ama: x\n"), "2026-01-15T22:05:00Z Ama: x\n");
  // Arabic-Indic digits, an Arabic comma, the mark of the evening
  EXPECT_EQ(first("\xe2\x80\x8f\xd9\xa1\xd9\xa5/\xd9\xa0\xd9\xa1/\xd9\xa2\xd9\xa0\xd9\xa2\xd9\xa6\xd8\x8c \xd9\xa1\xd9\xa0:\xd9\xa0\xd9\xa5 \xd9\x85 - Ama: x\n"), "2026-01-15T22:05:00Z Ama: x\n");
}

TEST(ChatText, TheOrderOfDayAndMonthIsFoundOutFromAllLines) {
  EXPECT_EQ(told(chat("3/4/26, 10:05 - A: x\n25/4/26, 10:06 - A: y\n")), "2026-04-03T10:05:00Z A: x\n2026-04-25T10:06:00Z A: y\n");
  EXPECT_EQ(told(chat("3/4/26, 10:05 - A: x\n3/25/26, 10:06 - A: y\n")), "2026-03-04T10:05:00Z A: x\n2026-03-25T10:06:00Z A: y\n");
}

TEST(ChatText, RemarksInFourLanguages) {
  for (const char* deleted : {"You deleted this message", "Ce message a \xc3\xa9t\xc3\xa9 supprim\xc3\xa9", "Mensagem apagada", "\xd8\xaa\xd9\x85 \xd8\xad\xd8\xb0\xd9\x81 \xd9\x87\xd8\xb0\xd9\x87 \xd8\xa7\xd9\x84\xd8\xb1\xd8\xb3\xd8\xa7\xd9\x84\xd8\xa9"}) {
    EXPECT_TRUE(chat("15/01/2026, 10:05 - Ama: " + std::string(deleted) + "\n").messages.at(0).deleted) << deleted;
  }
  for (const char* attached : {"a.opus (fichier joint)", "a.opus (arquivo anexado)", "a.opus (\xd9\x85\xd9\x84\xd9\x81 \xd9\x85\xd8\xb1\xd9\x81\xd9\x82)", "\xe2\x80\x8e<attached: a.opus>"}) {
    EXPECT_EQ(chat("15/01/2026, 10:05 - Ama: " + std::string(attached) + "\n").messages.at(0).attachments, std::vector<std::string>{"a.opus"}) << attached;
  }
}

TEST(ChatText, LongChatsAreCutBetweenMessages) {
  std::string text;
  for (int i = 0; i < 30000; ++i) text += "15/01/2026, 10:05 - Ama: message number " + std::to_string(i) + " of many\n";
  const FakeEmit emit = chat(text);
  EXPECT_EQ(emit.messages.size(), 30000u);
  EXPECT_EQ(emit.all("body"), text);
  EXPECT_GT(emit.texts.size(), 10u);
  for (const TextSegment& segment : emit.texts) EXPECT_TRUE(segment.utf8.chars().starts_with("15/01"));
  EXPECT_EQ(emit.source_of("number 29999", text), "number 29999");
}

TEST(ChatText, OtherTextsAreGivenAsTheyAre) {
  const std::string text = "A text that is no chat.\nNot at all.";
  EXPECT_EQ(chat(text).all("body"), text);
  EXPECT_TRUE(chat(text).messages.empty());
  EXPECT_EQ(chat(std::string(3 << 20, 'x')).all("body").size(), 3u << 20);
  EXPECT_EQ(chat(std::string("\xff\xfeh\0i\0", 6)).all("body"), "hi");
}

}  // namespace
}  // namespace evtriage
