// Exports made by python's json (make_exports.py): what is expected was written down from what went in.
#include <gtest/gtest.h>

#include "extractors/phone/chat_time.h"
#include "pipeline/core/time.h"
#include "tests/extractors/phone/run_phone.h"

namespace evtriage {
namespace {

std::string sample(const std::string& name) { return read_file(EVTRIAGE_SOURCE_DIR "/tests/extractors/phone/data/" + name); }
FakeEmit chats(const std::string& bytes) { return run_phone(extract_chat_json, bytes, "a.json"); }

// "application|conversation|sender>recipients|sent|direction|body|attachments" a line.
std::string told(const FakeEmit& emit) {
  std::string out;
  for (const MessageRecord& m : emit.messages) {
    out += m.application + "|" + m.conversation + "|" + m.sender + ">";
    for (const std::string& r : m.recipients) out += r;
    out += "|" + (m.sent_ns ? rfc3339(*m.sent_ns) : "") + "|" + m.direction + "|" + m.body + "|";
    for (const std::string& a : m.attachments) out += a;
    out += m.deleted ? "|deleted\n" : "\n";
  }
  return out;
}

TEST(ChatJson, OneChatOfTelegram) {
  const std::string bytes = sample("telegram_chat.json");
  const FakeEmit emit = chats(bytes);
  EXPECT_EQ(told(emit),
            "telegram|Ama Example <user111>|Ama Example <user111>>device user|2023-11-14T22:13:20Z|incoming|[action: phone_call] [discard_reason: hangup]|\n"
            "telegram|Ama Example <user111>|Ama Example <user111>>device user|2023-11-14T22:14:20Z|incoming|how many seats in the boat \xe2\x9b\xb5?|\n"
            "telegram|Ama Example <user111>|Kofi Owner <user222>>Ama Example <user111>|2023-11-14T22:15:20Z|outgoing|eight, ask +229 97 00 00 03 or here (https://boat.example/x) [reply to message 2] [edited 2023-11-14T23:16:00]|\n"
            "telegram|Ama Example <user111>|Ama Example <user111>>device user|2023-11-14T22:16:20Z|incoming|[forwarded from Yao Third] [reactions: \xf0\x9f\x91\x8d by Kofi Owner]|photos/photo_1.jpg\n"
            "telegram|Ama Example <user111>|Ama Example <user111>>device user|2023-11-14T22:17:20Z|incoming|meet [location: 6.365421, 2.41834] [contact: Yao Third 0022997000004] [question: by day or by night] [text: night]|\n");
  EXPECT_EQ(emit.source_of("seats in the boat", bytes), "seats in the boat");
  EXPECT_EQ(emit.source_of("+229 97 00 00 03", bytes), "+229 97 00 00 03");
  EXPECT_NE(outline(emit).find("<conversation Ama Example <user111>, 2023-11-14 22:13:20 to 2023-11-14 22:17:20> "), std::string::npos) << outline(emit);
  EXPECT_EQ(property_of(emit, "phone:application"), "telegram (export in JSON)");
  EXPECT_EQ(property_of(emit, "chat:messages"), "5");
}

TEST(ChatJson, AWholeExportOfTelegramSaysWhoseItIs) {
  const FakeEmit emit = chats(sample("telegram_full.json"));
  EXPECT_EQ(told(emit),
            "telegram|Ama Example <user111>|Ama Example <user111>>Kofi Owner <user222>|2023-11-14T22:14:20Z|incoming|how many seats in the boat \xe2\x9b\xb5?|\n"
            "telegram|Ama Example <user111>|Kofi Owner <user222>>Ama Example <user111>|2023-11-14T22:15:20Z|outgoing|eight, ask +229 97 00 00 03 or here (https://boat.example/x) [reply to message 2] [edited 2023-11-14T23:16:00]|\n"
            "telegram|Voyage <private_group 987>|Kofi Owner <user222>>Voyage <private_group 987>|2023-11-14T22:13:20Z|outgoing|[action: create_group] [title: Voyage] [members: Kofi Owner] [members: Yao Third]|\n"
            "telegram|Voyage <private_group 987>|Yao Third <user333>>Kofi Owner <user222>|2023-11-14T22:14:20Z|incoming|see the plan [edited 1970-01-01T00:00:00]|plan.pdf\n"
            "telegram|Saved Messages <saved_messages 222>|Kofi Owner <user222>>Saved Messages <saved_messages 222>|2023-11-14T22:18:20Z|outgoing|note to myself|\n");
  EXPECT_EQ(property_of(emit, "phone:ownAccount"), "Kofi Owner <user222> (probable owner: the export's own personal information with the number +229 97 00 00 02)");
  EXPECT_NE(outline(emit).find("first_name: Ama\nlast_name: Example\nphone_number: 0022997000001\n"), std::string::npos) << outline(emit);
  EXPECT_EQ(property_of(emit, "contact:name"), "Ama Example <0022997000001>");
  EXPECT_NE(outline(emit).find("bio: driver\n"), std::string::npos);
}

TEST(ChatJson, FacebooksBytesBecomeCharactersAgain) {
  const std::string bytes = sample("facebook_thread.json");
  const FakeEmit emit = chats(bytes);
  EXPECT_EQ(told(emit),
            "messenger|Am\xc3\xa9lie Example|Am\xc3\xa9lie Example>Kofi Owner|2023-11-14T22:14:20.123Z|incoming|o\xc3\xb9 es-tu \xf0\x9f\x9a\x97 \xd9\x85\xd8\xb1\xd8\xad\xd8\xa8\xd8\xa7 [reactions: \xe2\x9d\xa4 by Kofi Owner]|\n"
            "messenger|Am\xc3\xa9lie Example|Kofi Owner>Am\xc3\xa9lie Example|2023-11-14T22:13:20Z|outgoing||messages/inbox/amelie_1/photos/1.jpg\n"
            "messenger|Am\xc3\xa9lie Example|Kofi Owner>Am\xc3\xa9lie Example|2023-11-14T22:15:20Z|outgoing|You called [call, 12 s] [link: https://boat.example/y]|\n"
            "messenger|Am\xc3\xa9lie Example|Am\xc3\xa9lie Example>Kofi Owner|2023-11-14T22:16:20Z|incoming|||deleted\n");
  EXPECT_EQ(emit.source_of("o\xc3\xb9 es", bytes), "o\\u00c3\\u00b9 es");
  EXPECT_EQ(emit.source_of("es-tu", bytes), "es-tu");
  EXPECT_EQ(property_of(emit, "phone:ownAccount"), "Kofi Owner (probable owner: the thread of two is named after the other participant)");
  EXPECT_EQ(property_of(emit, "chat:participants"), "Am\xc3\xa9lie Example; Kofi Owner");
}

TEST(ChatJson, EncryptedThreadsOfMessenger) {
  EXPECT_EQ(told(chats(sample("messenger_encrypted.json"))), "messenger|Ama Example_7|Ama Example>|2023-11-14T22:13:20.123Z||caf\xc3\xa9 at nine [reactions: \xe2\x9d\xa4 by Kofi Owner]|./media/a.jpeg\n");
}

TEST(ChatJson, Snapchat) {
  EXPECT_EQ(told(chats(sample("snapchat.json"))),
            "snapchat|ama_e|kofi_o>ama_e|2023-11-14T22:13:20.123Z|outgoing|tonight|\n"
            "snapchat|Crew <ama_e>|ama_e>device user|2023-11-14T22:14:20.123Z|incoming|[a MEDIA]|b~abc\n");
  EXPECT_EQ(told(chats(sample("snapchat_old.json"))),
            "snapchat|ama_e|ama_e>device user|2019-11-14T22:13:20Z|incoming|old one|\n"
            "snapchat|ama_e|device user>ama_e|2019-11-14T22:14:20Z|outgoing|old answer|\n");
}

TEST(ChatJson, GoogleChat) {
  EXPECT_EQ(told(chats(sample("google_chat.json"))),
            "google-chat|DM9|Ama Example <ama@boat.example>>|2023-11-14T22:13:20Z||are you there|\n"
            "google-chat|DM9|Kofi Owner <kofi@boat.example>>|2023-11-14T22:14:20Z||yes [edited Tuesday, 14 November 2023 at 22:15:20 UTC] [reply to Ama Example]|File-a b.pdf\n"
            "google-chat|DM9|Kofi Owner>|2023-11-14T22:16:20Z||[message_state: DELETED] [deletion_type: CREATOR]||deleted\n");
}

TEST(ChatJson, PlacesOfGoogle) {
  const FakeEmit records = chats(sample("locations.json"));
  EXPECT_EQ(outline(records),
            "<locations from 1> 2023-11-14T22:13:20.123Z 6.3654210, 2.4183400 (accuracy 20 m) [source: WIFI]\n"
            "2023-11-14T22:14:20Z -6.3654210, -2.4183400\n"
            "2023-11-14T22:15:20Z\n");
  EXPECT_EQ(property_of(records, "location:count"), "3");
  EXPECT_EQ(property_of(records, "location:first"), "2023-11-14T22:13:20.123Z");
  EXPECT_EQ(property_of(records, "location:last"), "2023-11-14T22:15:20Z");
  EXPECT_EQ(outline(chats(sample("semantic.json"))),
            "<locations from 1> 2023-11-14T22:13:20Z to 2023-11-14T23:13:20Z 6.3654210, 2.4183400 [placeId: p1] [address: 1 Harbour Road] [name: Old Harbour]\n"
            "2023-11-14T23:13:20Z to 2023-11-15T00:13:20Z 6.3654210, 2.4183400 6.1000000, 2.5000000 [activityType: IN_PASSENGER_VEHICLE]\n");
}

TEST(ChatJson, CutAnywhereItGivesWhatIsThere) {
  for (const char* name : {"telegram_full.json", "facebook_thread.json", "snapchat.json", "google_chat.json", "semantic.json"}) {
    const std::string whole = sample(name);
    for (std::size_t size = 0; size < whole.size(); size += 3) {
      const FakeEmit emit = chats(whole.substr(0, size));
      EXPECT_EQ(emit.issues.empty(), size == 0) << name << " " << size;
    }
  }
  const std::string chat = sample("telegram_chat.json");
  EXPECT_TRUE(chats(chat).issues.empty());
  EXPECT_EQ(chats(chat.substr(0, chat.find("forwarded_from"))).messages.size(), 4u);
}

TEST(ChatJson, WrongTypesCostOnlyTheirFact) {
  EXPECT_EQ(told(chats(R"({"name":7,"type":[1],"id":{"a":1},"messages":[{"id":[],"type":"message","date":5,"from":{"x":"hidden"},"from_id":null,"text":{"text":"t"},"reactions":3}]})")),
            "telegram|7|>|||t [x: hidden]|\n");  // an object is neither name nor text, and is told all the same
  EXPECT_EQ(told(chats(R"({"messages":[{"sender_name":null,"timestamp_ms":"x","content":["a"],"photos":"no list"},17,"loose"]})")), "messenger||>|||[content: a] [photos: no list]|\n");
  EXPECT_EQ(told(chats(R"({"messages":[{"sender_name":"A","timestamp_ms":99999999999999999999}]})")), "messenger||A>||||\n");
  EXPECT_TRUE(chats(R"({"messages":[17,"loose words"]})").all("body").find("loose words") != std::string::npos);
}

TEST(ChatJson, LongNamesAreTextToo) {
  const FakeEmit emit = chats(R"({"messages":[{"sender_name":")" + std::string(5000, 'n') + R"( the end","timestamp_ms":1}]})");
  EXPECT_EQ(emit.messages.at(0).sender.size(), 1024u);
  EXPECT_NE(emit.all("body").find("n the end]"), std::string::npos);
}

TEST(ChatJson, NumbersToCallAreToldEvenAsNumbers) {
  EXPECT_EQ(told(chats(R"({"messages":[{"sender_name":"A","timestamp_ms":1,"size":12345678,"extra":{"phone":22997000001}}]})")), "messenger||A>|1970-01-01T00:00:00.001Z||[phone: 22997000001]|\n");
}

TEST(ChatJson, DepthAndSizeAreBounded) {
  const FakeEmit deep = chats(std::string(3'000'000, '['));
  EXPECT_EQ(deep.issues.size(), 1u);
  const FakeEmit brackets = chats("{\"messages\":[" + std::string(2'000'000, '{'));
  EXPECT_TRUE(brackets.messages.empty());
  std::string large = "{\"messages\":[{\"sender_name\":\"A\",\"timestamp_ms\":1,\"content\":\"" + std::string(6u << 20, 'w') + " the end\"}]}";
  const FakeEmit emit = chats(large);
  EXPECT_TRUE(emit.messages.empty());
  EXPECT_NE(emit.all("body").find("the end"), std::string::npos);
  EXPECT_EQ(emit.issues.at(0).code, Code::limit);
  std::string many = "{\"messages\":[";
  for (int i = 0; i < 40'000; ++i) many += std::string(i > 0 ? "," : "") + R"({"sender_name":"A","timestamp_ms":)" + std::to_string(1700000000000 + i) + R"(,"content":"number )" + std::to_string(i) + "\"}";
  const FakeEmit all = chats(many + "]}");
  EXPECT_EQ(all.messages.size(), 40'000u);
  EXPECT_EQ(all.source_of("number 39999", many), "number 39999");
}

TEST(ChatJson, TimesInWords) {
  EXPECT_EQ(phone::time_in_words("Sunday, January 7, 2024 at 12:05:09 AM UTC"), *parse_rfc3339("2024-01-07T00:05:09Z"));
  EXPECT_EQ(phone::time_in_words("1969-12-31 23:59:59 UTC"), -1'000'000'000);
  for (const char* same : {"14.11.2023 23:13:20 UTC+01:00", "14 nov. 2023 22:13:20", "mardi 14 novembre 2023 22:13:20", "Nov 14, 2023 10:13:20 pm", "2023-11-14 22:13:20 UTC"}) {
    EXPECT_EQ(phone::time_in_words(same), *parse_rfc3339("2023-11-14T22:13:20Z")) << same;
  }
  EXPECT_EQ(phone::time_in_words("2023-11-14T23:13:20+01:00"), *parse_rfc3339("2023-11-14T22:13:20Z"));
  for (const char* none : {"", "yesterday", "2023-99-99 99:99:99", "November", "at 10:00 PM", "14 November 2023", "03/04/2023 10:00", "14.13.2023 10:00"}) EXPECT_FALSE(phone::time_in_words(none)) << none;
}

}  // namespace
}  // namespace evtriage
