// Outlook messages built from the published format (data/make_messages.py), which msgconvert 0.921 reads the same.
#include <gtest/gtest.h>

#include "tests/extractors/ole/fixtures.h"

namespace evtriage {
namespace {

using namespace ole_test;

TEST(Msg, HeadersBodiesRecipients) {
  const std::string bytes = fixture("message.msg");
  const FakeEmit emit = read_ole(bytes);
  EXPECT_EQ(property(emit, "From"), "Moussa Exemple <moussa@example.org>");
  EXPECT_EQ(property(emit, "Subject"), "RE: Départ samedi");
  EXPECT_EQ(property(emit, "Message-ID"), "<a1@example.org>");
  EXPECT_EQ(property(emit, "In-Reply-To"), "<a0@example.org>");
  EXPECT_EQ(property(emit, "Date"), "2026-01-15T10:00:00Z");
  EXPECT_EQ(at_place(emit, ""), "Bonjour Awa,\nappelez +226 70 00 00 10 avant midi.\nالقارب جاهز\n");
  EXPECT_EQ(at_place(emit, "HTML body"), "Bonjour Awa, le quai été\n");
  EXPECT_EQ(at_place(emit, "HTML body", "link"), "https://example.org/quai\n");
  EXPECT_EQ(at_place(emit, "rich text body, paragraph 1"), "Bonjour en RTF été\n");
  EXPECT_EQ(emit.source_of("Bonjour Awa,", bytes), wide("Bonjour Awa,"));
  EXPECT_EQ(emit.source_of("https://example.org/quai", bytes), "https://example.org/quai");
  EXPECT_NE(emit.all("metadata").find("autre@example.org"), std::string::npos);
  ASSERT_EQ(emit.messages.size(), 2u);
  const MessageRecord& message = emit.messages[0];
  EXPECT_EQ(message.sender, "moussa@example.org");
  EXPECT_EQ(message.recipients, (std::vector<std::string>{"awa@example.org", "rui@example.org"}));
  EXPECT_EQ(message.sent_ns, 1'768'471'200'000'000'000);
  EXPECT_EQ(message.conversation, "Départ samedi");
  EXPECT_EQ(message.attachments, (std::vector<std::string>{"liste des départs.txt", "Transfert"}));
  EXPECT_TRUE(emit.issues.empty());
}

TEST(Msg, AttachmentsAndEnclosedMessage) {
  const FakeEmit emit = read_ole(fixture("message.msg"));
  ASSERT_EQ(emit.children.size(), 2u);
  EXPECT_EQ(emit.children[0].first.step.name, "liste des départs.txt");
  EXPECT_EQ(emit.children[0].first.media_type, "text/plain");
  EXPECT_EQ(emit.children[0].first.kind, ItemKind::attachment);
  EXPECT_EQ(emit.children[0].first.modified_ns, 1'768'471'200'000'000'000);
  EXPECT_EQ(emit.children[0].second.size(), 5600u);
  EXPECT_EQ(emit.children[1].first.step.name, "attached message 1/photo.jpg");
  EXPECT_EQ(at_place(emit, "attached message 1"), "texte du message joint 4711");
  EXPECT_EQ(emit.messages[1].sender, "binta@example.org");
  EXPECT_EQ(emit.messages[1].body, "texte du message joint 4711");
}

TEST(Msg, EightBitTextAndHtmlInsideRtf) {
  const FakeEmit emit = read_ole(fixture("odd.msg"));
  EXPECT_EQ(property(emit, "Subject"), "جوازات");
  EXPECT_EQ(at_place(emit, ""), "القارب يغادر");
  EXPECT_NE(at_place(emit, "rich text body").find("prix élevé 500"), std::string::npos);
  EXPECT_EQ(at_place(emit, "rich text body", "link"), "https://example.org/prix\n");
}

TEST(Msg, TruncationsAndFlips) {
  const std::string bytes = fixture("message.msg");
  for (std::size_t size = 0; size < bytes.size(); size += 67) read_ole(bytes.substr(0, size));
  for (std::size_t at = 0; at < bytes.size(); at += 29) {
    std::string flipped = bytes;
    flipped[at] = static_cast<char>(flipped[at] ^ 0xff);
    read_ole(flipped);
  }
}

}  // namespace
}  // namespace evtriage
