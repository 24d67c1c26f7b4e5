// Names from address books and manifests meet equal addresses and files of the same exhibit, and no others.
#include "pipeline/store/name_book.h"

#include <gtest/gtest.h>

namespace evtriage {
namespace {

ItemRecord telling(std::vector<Property> properties) {
  ItemRecord item;
  item.properties = std::move(properties);
  return item;
}

TEST(NameBook, EqualAddressesMeet) {
  NameBook book;
  book.read(0, telling({{"contact:name", "Ama Example <+221 77 123 45 67>"}, {"contact:name", "Kofi <22997000001@s.whatsapp.net>"}, {"contact:name", "Mail <Ama@Boat.example>"}}));
  book.read(0, telling({{"contact:name", "Mama <00221771234567>"}, {"contact:name", "Ama Example <+221771234567>"}}));
  EXPECT_EQ(book.name_of(0, "+221771234567"), "Ama Example; Mama");
  EXPECT_EQ(book.name_of(0, "+229-97-00-00-01"), "Kofi");
  EXPECT_EQ(book.name_of(0, "ama@boat.example"), "Mail");
  EXPECT_EQ(book.name_of(1, "+221771234567"), "");  // another exhibit
  for (const char* other : {"771234567", "+2217712345670", "221771234567", "", "+", "12", "Ama"}) EXPECT_EQ(book.name_of(0, other), "") << other;
}

TEST(NameBook, ANationalNumberMeetsThroughTheScanner) {
  ItemRecord item = telling({{"contact:name", "Yao <97 00 00 04>"}});
  item.mentions.resize(1);
  item.mentions[0].type = "phone";
  item.mentions[0].raw = "97000004";
  item.mentions[0].value = "+2290197000004";
  NameBook book;
  book.read(0, item);
  EXPECT_EQ(book.name_of(0, "+2290197000004"), "Yao");
  EXPECT_EQ(book.name_of(0, "97000004"), "Yao");
}

TEST(NameBook, MessagesAndMentionsGetNames) {
  NameBook book;
  book.read(0, telling({{"contact:name", "Ama <+221771234567>"}}));
  ItemRecord item;
  item.messages.resize(2);
  item.messages[0].sender = item.messages[0].conversation = "+221771234567";
  item.messages[0].recipients = {"device user", "+221771234567"};
  item.messages[1].sender = "Own name <+221771234567>";
  item.mentions.resize(2);
  item.mentions[0].type = "phone";
  item.mentions[0].value = "+221771234567";
  item.mentions[0].label = "what stood beside it";
  item.mentions[1].type = "url";
  item.mentions[1].value = "+221771234567";
  book.apply(0, item);
  book.name_parties(0, item.messages);
  EXPECT_EQ(item.messages[0].sender, "Ama <+221771234567>");
  EXPECT_EQ(item.messages[0].conversation, "Ama <+221771234567>");
  EXPECT_EQ(item.messages[0].recipients, (std::vector<std::string>{"device user", "Ama <+221771234567>"}));
  EXPECT_EQ(item.messages[1].sender, "Own name <+221771234567>");
  EXPECT_EQ(item.mentions[0].label, "Ama");
  EXPECT_EQ(item.mentions[1].label, "");
}

TEST(NameBook, FilesOfBackups) {
  NameBook book;
  const std::string hash = "3d0d7e5fb2ce288813306e4d4636395e047a3d28";
  book.read(0, telling({{"backup:file", "0123456789012345678901234567890123456789 x\n\n" + hash + " HomeDomain/Library/SMS/sms.db\nshort"}, {"backup:file", "short"}}));
  ItemRecord file, other;
  file.name = hash;
  other.name = "3d0d7e5fb2ce288813306e4d4636395e047a3d29";
  book.apply(0, file);
  book.apply(0, other);
  ASSERT_EQ(file.properties.size(), 1u);
  EXPECT_EQ(file.properties[0].name, "backup:path");
  EXPECT_EQ(file.properties[0].value, "HomeDomain/Library/SMS/sms.db");
  EXPECT_TRUE(other.properties.empty());
}

TEST(NameBook, HostileValuesGiveNothing) {
  NameBook book;
  for (const char* value : {"", "<", " <>", "x <>", "x <", " <+22177>", "a <b <+>"}) book.read(0, telling({{"contact:name", value}}));
  EXPECT_TRUE(book.empty());
}

}  // namespace
}  // namespace evtriage
