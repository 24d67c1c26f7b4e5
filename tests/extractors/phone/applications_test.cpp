// Two generations of schemas for each application, written down from public documentation, filled by the sqlite3 command.
#include <gtest/gtest.h>

#include <algorithm>

#include "pipeline/core/time.h"
#include "tests/extractors/phone/run_phone.h"

namespace evtriage {
namespace {

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

const char* const old_whatsapp =
    "create table messages(_id integer primary key autoincrement, key_remote_jid text not null, key_from_me integer, key_id text not null, status integer, data text, timestamp integer, media_wa_type text, media_name text, media_caption text, latitude real, longitude real, remote_resource text, thumb_image text, quoted_row_id integer, some_new_column text);\n"
    "create table chat_list(_id integer primary key autoincrement, key_remote_jid text unique, subject text);\n"
    "insert into chat_list values(1,'22997000001-1500000000@g.us','Voyage');\n"
    "insert into messages(key_remote_jid,key_from_me,key_id,data,timestamp,remote_resource,some_new_column) values('22997000001@s.whatsapp.net',0,'AAA','bring the passports tonight',1700000000123,null,'unknown column'),('22997000001@s.whatsapp.net',1,'BBB','how many seats in the boat',1700000060000,null,null),('22997000001-1500000000@g.us',0,'CCC','all ready',1700000120000,'22997000002@s.whatsapp.net',null);\n"
    "insert into messages(key_remote_jid,key_from_me,key_id,timestamp,media_name) values('22997000001@s.whatsapp.net',0,'DDD',1700000180000,'IMG-1.jpg');\n";

TEST(Applications, WhatsAppForAndroidOld) {
  const FakeEmit emit = run_database(old_whatsapp);
  EXPECT_EQ(told(emit),
            "whatsapp|+22997000001|+22997000001>device user|2023-11-14T22:13:20.123Z|incoming|bring the passports tonight|\n"
            "whatsapp|+22997000001|device user>+22997000001|2023-11-14T22:14:20Z|outgoing|how many seats in the boat|\n"
            "whatsapp|Voyage <22997000001-1500000000@g.us>|+22997000002>device user|2023-11-14T22:15:20Z|incoming|all ready|\n"
            "whatsapp|+22997000001|+22997000001>device user|2023-11-14T22:16:20Z|incoming||IMG-1.jpg\n");
  EXPECT_NE(outline(emit).find("<conversation +22997000001, 2023-11-14 22:13:20 to 2023-11-14 22:16:20> 2023-11-14 22:13:20 - +22997000001: bring the passports tonight\n"
                               "2023-11-14 22:14:20 - device user: how many seats in the boat\n2023-11-14 22:16:20 - +22997000001: [IMG-1.jpg]\n"),
            std::string::npos)
      << outline(emit);
  EXPECT_NE(outline(emit).find("some_new_column: unknown column"), std::string::npos);
  EXPECT_EQ(property_of(emit, "phone:application"), "whatsapp (table messages)");
}

TEST(Applications, BodiesLeadToTheirBytes) {
  const std::string bytes = database_of(old_whatsapp);
  const FakeEmit emit = run_phone(extract_sqlite, bytes);
  EXPECT_EQ(emit.source_of("passports tonight", bytes), "passports tonight");
}

TEST(Applications, WhatsAppForAndroidNew) {
  const FakeEmit emit = run_database(
      "create table message(_id integer primary key autoincrement, chat_row_id integer not null, from_me integer not null, key_id text not null, sender_jid_row_id integer, status integer, timestamp integer, received_timestamp integer, message_type integer, text_data text, starred integer);\n"
      "create table jid(_id integer primary key autoincrement, user text, server text, type integer, raw_string text);\n"
      "create table chat(_id integer primary key autoincrement, jid_row_id integer unique, hidden integer, subject text);\n"
      "create table message_media(message_row_id integer primary key, chat_row_id integer, file_path text, mime_type text);\n"
      "insert into jid values(7,'22997000001','s.whatsapp.net',0,'22997000001@s.whatsapp.net'),(8,'120363','g.us',1,'120363@g.us'),(9,'22997000002','s.whatsapp.net',0,'22997000002@s.whatsapp.net');\n"
      "insert into chat values(1,7,0,null),(2,8,0,'Route du nord');\n"
      "insert into message values(1,1,0,'A',0,0,1700000000000,1700000000500,0,'premier message',0),(2,1,1,'B',0,0,1700000001000,0,0,'ma reponse',0),(3,2,0,'C',9,0,1700000002000,0,0,'dans le groupe',0),(4,1,0,'D',0,0,1700000003000,0,1,null,0);\n"
      "insert into message_media values(4,1,'Media/WhatsApp Images/IMG-2.jpg','image/jpeg');\n");
  EXPECT_EQ(told(emit),
            "whatsapp|+22997000001|+22997000001>device user|2023-11-14T22:13:20Z|incoming|premier message|\n"
            "whatsapp|+22997000001|device user>+22997000001|2023-11-14T22:13:21Z|outgoing|ma reponse|\n"
            "whatsapp|Route du nord <120363@g.us>|+22997000002>device user|2023-11-14T22:13:22Z|incoming|dans le groupe|\n"
            "whatsapp|+22997000001|+22997000001>device user|2023-11-14T22:13:23Z|incoming||Media/WhatsApp Images/IMG-2.jpg\n");
}

TEST(Applications, WhatsAppForIos) {
  const FakeEmit emit = run_database(
      "create table ZWAMESSAGE(Z_PK integer primary key, Z_ENT integer, ZISFROMME integer, ZCHATSESSION integer, ZGROUPMEMBER integer, ZMEDIAITEM integer, ZMESSAGEDATE timestamp, ZFROMJID varchar, ZTOJID varchar, ZTEXT varchar, ZSTANZAID varchar);\n"
      "create table ZWACHATSESSION(Z_PK integer primary key, ZCONTACTJID varchar, ZPARTNERNAME varchar);\n"
      "insert into ZWACHATSESSION values(5,'22997000001@s.whatsapp.net','Ama');\n"
      "insert into ZWAMESSAGE values(1,9,0,5,null,null,721692800.5,'22997000001@s.whatsapp.net',null,'hello there','X1'),(2,9,1,5,null,null,721692860,null,'22997000001@s.whatsapp.net','reply','X2');\n");
  EXPECT_EQ(told(emit),
            "whatsapp|Ama <+22997000001>|Ama <+22997000001>>device user|2023-11-14T22:13:20.5Z|incoming|hello there|\n"
            "whatsapp|Ama <+22997000001>|device user>Ama <+22997000001>|2023-11-14T22:14:20Z|outgoing|reply|\n");
}

TEST(Applications, SmsOfAndroid) {
  const FakeEmit emit = run_database(
      "create table sms(_id integer primary key, thread_id integer, address text, person integer, date integer, date_sent integer, read integer, type integer, body text, service_center text);\n"
      "insert into sms values(1,3,'+22997000001',null,1700000000123,0,1,1,'Vous avez recu 5000 FCFA','+229'),(2,3,'+22997000001',null,-1,0,1,2,'before the epoch',null);\n");
  EXPECT_EQ(told(emit),
            "sms|+22997000001|+22997000001>device user|2023-11-14T22:13:20.123Z|incoming|Vous avez recu 5000 FCFA|\n"
            "sms|+22997000001|device user>+22997000001|1969-12-31T23:59:59.999Z|outgoing|before the epoch|\n");
}

const char* const archived_hello = "x'040B73747265616D747970656481E803840140848484124E5341747472696275746564537472696E67008484084E534F626A656374008592848484084E53537472696E67019484012B0568656C6C6F86840269490105'";

TEST(Applications, MessagesOfIos) {
  const std::string tables =
      "create table message(ROWID integer primary key autoincrement, guid text unique not null, text text, handle_id integer default 0, service text, account text, date integer, is_from_me integer default 0, attributedBody blob, destination_caller_id text);\n"
      "create table handle(ROWID integer primary key autoincrement unique, id text not null, service text not null);\n"
      "create table chat(ROWID integer primary key autoincrement, guid text, chat_identifier text, display_name text);\n"
      "create table chat_message_join(chat_id integer, message_id integer, primary key(chat_id, message_id));\n"
      "insert into handle values(4,'+22997000001','iMessage');\ninsert into chat values(2,'g','+22997000001','');\ninsert into chat_message_join values(2,1),(2,2);\n";
  const FakeEmit emit = run_database(tables + "insert into message values(1,'A','with text',4,'iMessage','p:+22997000009',721692800000000000,0,null,'+22997000009'),(2,'B',null,4,'iMessage','',721692801000000000,1," + archived_hello + ",'+22997000009');\n");
  EXPECT_EQ(told(emit),
            "ios-messages|+22997000001|+22997000001>+22997000009|2023-11-14T22:13:20Z|incoming|with text|\n"
            "ios-messages|+22997000001|+22997000009>+22997000001|2023-11-14T22:13:21Z|outgoing|hello|\n");
  EXPECT_NE(property_of(emit, "phone:ownAccount").find("+22997000009 (probable owner"), std::string::npos);
  const FakeEmit old = run_database("create table message(ROWID integer primary key, address text, date integer, text text, flags integer);\ninsert into message values(1,'+22997000001',1300000000,'old phone',2),(2,'+22997000001',1300000060,'answer',3);\n");
  EXPECT_EQ(told(old),
            "ios-messages|+22997000001|+22997000001>device user|2011-03-13T07:06:40Z|incoming|old phone|\n"
            "ios-messages|+22997000001|device user>+22997000001|2011-03-13T07:07:40Z|outgoing|answer|\n");
}

TEST(Applications, Calls) {
  const FakeEmit android = run_database("create table calls(_id integer primary key, number text, date integer, duration integer, type integer, name text);\ninsert into calls values(1,'+22997000001',1700000000000,63,2,'Ama'),(2,'+22997000002',1700000100000,0,3,null);\n");
  EXPECT_EQ(told(android),
            "calls|+22997000001|device user>+22997000001|2023-11-14T22:13:20Z|outgoing|Ama (call, 63 s)|\n"
            "calls|+22997000002|+22997000002>device user|2023-11-14T22:15:00Z|incoming|call, 0 s, not answered|\n");
  const FakeEmit ios = run_database("create table ZCALLRECORD(Z_PK integer primary key, ZANSWERED integer, ZORIGINATED integer, ZDATE timestamp, ZDURATION float, ZADDRESS blob, ZNAME varchar);\ninsert into ZCALLRECORD values(1,1,0,721692800.0,12.5,cast('+22997000001' as blob),null);\n");
  EXPECT_EQ(told(ios), "calls|+22997000001|+22997000001>device user|2023-11-14T22:13:20Z|incoming|call, 12 s|\n");
}

TEST(Applications, AddressBooksNameTheirNumbers) {
  const FakeEmit ios = run_database("create table ABPerson(ROWID integer primary key, First text, Last text, Organization text);\ncreate table ABMultiValue(UID integer primary key, record_id integer, property integer, label integer, value text);\ninsert into ABPerson values(3,'Ama','Example',null);\ninsert into ABMultiValue values(1,3,3,1,'+22997000001');\n");
  EXPECT_NE(outline(ios).find("value: +22997000001\nname: Ama Example\n"), std::string::npos) << outline(ios);
  const FakeEmit android = run_database("create table raw_contacts(_id integer primary key, display_name text);\ncreate table data(_id integer primary key, raw_contact_id integer, mimetype_id integer, data1 text);\ncreate table mimetypes(_id integer primary key, mimetype text);\ninsert into raw_contacts values(1,'Koffi Example');\ninsert into mimetypes values(5,'vnd.android.cursor.item/phone_v2');\ninsert into data values(1,1,5,'+22997000002');\n");
  EXPECT_NE(outline(android).find("data1: +22997000002\nname: Koffi Example\n"), std::string::npos) << outline(android);
}

std::vector<std::string> named(const FakeEmit& emit) {
  std::vector<std::string> out;
  for (const auto& [name, value] : emit.properties) {
    if (name == "contact:name") out.push_back(value);
  }
  return out;
}

TEST(Applications, AddressBooksNameAddressesForOtherItems) {
  using Lines = std::vector<std::string>;
  EXPECT_EQ(named(run_database("create table ABPerson(ROWID integer primary key, First text, Last text, Organization text);\ncreate table ABMultiValue(UID integer primary key, record_id integer, property integer, label integer, value text);\n"
                               "insert into ABPerson values(3,'Ama','Example',null);\ninsert into ABMultiValue values(1,3,3,1,'+229 97-000-001'),(2,3,4,1,'ama@boat.example'),(3,3,22,1,'no address'),(5,3,13,1,'12345'),(4,9,3,1,'+22997000009');\n")),
            (Lines{"Ama Example <+229 97-000-001>", "Ama Example <ama@boat.example>"}));
  EXPECT_EQ(named(run_database("create table raw_contacts(_id integer primary key, display_name text);\ncreate table data(_id integer primary key, raw_contact_id integer, mimetype_id integer, data1 text);\ncreate table mimetypes(_id integer primary key, mimetype text);\n"
                               "insert into raw_contacts values(1,'Koffi');\ninsert into mimetypes values(5,'vnd.android.cursor.item/phone_v2'),(6,'vnd.android.cursor.item/postal-address_v2');\n"
                               "insert into data values(1,1,5,'97 00 00 01'),(2,1,6,'12345');\n")),
            (Lines{"Koffi <97 00 00 01>"}));  // a postal code is no short number
  EXPECT_EQ(named(run_database("create table wa_contacts(_id integer primary key, jid text, is_whatsapp_user boolean, number text, display_name text, given_name text, wa_name text);\n"
                               "insert into wa_contacts values(1,'22997000001@s.whatsapp.net',1,'+229 97000001','Ama E','Ama','~ama'),(2,'22997000002@s.whatsapp.net',1,null,null,null,'Kofi wa'),(3,'22997000003@s.whatsapp.net',0,null,null,null,null);\n")),
            (Lines{"Ama E <22997000001@s.whatsapp.net>", "Kofi wa <22997000002@s.whatsapp.net>"}));
  EXPECT_EQ(named(run_database("create table ZWAADDRESSBOOKCONTACT(Z_PK integer primary key, ZFULLNAME varchar, ZPHONENUMBER varchar, ZWHATSAPPID varchar);\ninsert into ZWAADDRESSBOOKCONTACT values(1,'Ama E','0022997000001','22997000001@s.whatsapp.net');\n")),
            (Lines{"Ama E <22997000001@s.whatsapp.net>", "Ama E <0022997000001>"}));
  EXPECT_EQ(named(run_database("create table calls(_id integer primary key, number text, date integer, duration integer, type integer, name text);\ninsert into calls values(1,'+22997000001',1,1,1,'Ama'),(2,'+22997000001',2,1,1,'Ama'),(3,'+22997000002',3,1,1,null);\n")),
            (Lines{"Ama <+22997000001>"}));
}

TEST(Applications, TheManifestOfABackupNamesItsFiles) {
  // echo -n HomeDomain-Library/SMS/sms.db | sha1sum
  const FakeEmit emit = run_database(
      "create table Files(fileID text primary key, domain text, relativePath text, flags integer, file blob);\n"
      "insert into Files values('3d0d7e5fb2ce288813306e4d4636395e047a3d28','HomeDomain','Library/SMS/sms.db',1,cast('bplist00 and what follows in it' as blob)),\n"
      "('0123456789012345678901234567890123456789','HomeDomain','',2,null),('not a hash','HomeDomain','x',1,null);\n");
  EXPECT_EQ(property_of(emit, "backup:file"), "3d0d7e5fb2ce288813306e4d4636395e047a3d28 HomeDomain/Library/SMS/sms.db");
  EXPECT_EQ(property_of(emit, "backup:files"), "2");
  EXPECT_EQ(property_of(emit, "backup:domains"), "HomeDomain");
  EXPECT_TRUE(emit.children.empty());
  EXPECT_NE(outline(emit).find("relativePath: Library/SMS/sms.db"), std::string::npos);
  const FakeEmit many = run_database("create table Files(fileID text primary key, domain text, relativePath text, flags integer, file blob);\n"
                                     "with recursive n(i) as (select 0 union all select i+1 from n where i < 2999) insert into Files select printf('%040d',i),'AppDomain','f' || i,1,null from n;\n");
  std::size_t lines = 0, properties = 0;
  for (const auto& [name, value] : many.properties) {
    if (name == "backup:file") ++properties, lines += 1 + static_cast<std::size_t>(std::count(value.begin(), value.end(), '\n'));
  }
  EXPECT_EQ(lines, 3000u);
  EXPECT_LT(properties, 50u);
  EXPECT_EQ(property_of(run_database("create table Files(fileID text, name text);\ninsert into Files values('3d0d7e5fb2ce288813306e4d4636395e047a3d28','x');\n"), "backup:file"), "(none)");
}

TEST(Applications, AnswersForwardsReactionsEdits) {
  EXPECT_EQ(told(run_database(
                "create table message(_id integer primary key, chat_row_id integer, from_me integer, key_id text, sender_jid_row_id integer, timestamp integer, text_data text);\n"
                "create table jid(_id integer primary key, raw_string text);\ncreate table chat(_id integer primary key, jid_row_id integer, subject text);\n"
                "create table message_quoted(message_row_id integer primary key, key_id text, timestamp integer, text_data text);\n"
                "create table message_forwarded(message_row_id integer primary key, forward_score integer);\n"
                "create table message_edit_info(message_row_id integer primary key, original_key_id text, edited_timestamp integer);\n"
                "create table message_add_on(_id integer primary key, parent_message_row_id integer);\ncreate table message_add_on_reaction(message_add_on_row_id integer primary key, reaction text);\n"
                "create table message_revoked(message_row_id integer primary key, revoked_key_id text);\n"
                "insert into jid values(7,'22997000001@s.whatsapp.net');\ninsert into chat values(1,7,null);\n"
                "insert into message values(1,1,0,'A',0,1700000001000,'an answer'),(2,1,1,'B',0,1700000002000,'passed on'),(3,1,0,'C',0,1700000003000,null);\n"
                "insert into message_quoted values(1,'Q',1700000000000,'the question');\ninsert into message_forwarded values(2,5);\ninsert into message_edit_info values(2,'B',1700000009000);\n"
                "insert into message_add_on values(40,1);\ninsert into message_add_on_reaction values(40,'\xf0\x9f\x91\x8d');\ninsert into message_revoked values(3,'C');\n")),
            "whatsapp|+22997000001|+22997000001>device user|2023-11-14T22:13:21Z|incoming|an answer [reply to the message of 2023-11-14T22:13:20Z] [reaction \xf0\x9f\x91\x8d]|\n"
            "whatsapp|+22997000001|device user>+22997000001|2023-11-14T22:13:22Z|outgoing|passed on [forwarded, score 5] [edited 2023-11-14T22:13:29Z]|\n"
            "whatsapp|+22997000001|+22997000001>device user|2023-11-14T22:13:23Z|incoming|[deleted for everyone]|\n");
  EXPECT_EQ(told(run_database("create table message(ROWID integer primary key, guid text, text text, handle_id integer, date integer, is_from_me integer, associated_message_type integer, date_edited integer, thread_originator_guid text);\n"
                              "create table handle(ROWID integer primary key, id text);\ninsert into handle values(4,'+22997000001');\n"
                              "insert into message values(1,'G1','see you',4,721692800000000000,0,0,721692805000000000,null),(2,'G2','Liked it',4,721692801000000000,0,2001,0,null),(3,'G3','yes',4,721692802000000000,1,9999999,0,'G1');\n")),
            "ios-messages|+22997000001|+22997000001>device user|2023-11-14T22:13:20Z|incoming|see you [edited 2023-11-14T22:13:25Z]|\n"
            "ios-messages|+22997000001|+22997000001>device user|2023-11-14T22:13:21Z|incoming|Liked it [liked a message]|\n"
            "ios-messages|+22997000001|device user>+22997000001|2023-11-14T22:13:22Z|outgoing|yes [reply to G1]|\n");
}

TEST(Applications, TheProbableOwnerComesWithReasons) {
  EXPECT_EQ(property_of(run_database("create table siminfo(_id integer primary key, icc_id text, number text);\ninsert into siminfo values(1,'8922901','+22997000002'),(2,'8922902','');\n"), "phone:ownAccount"),
            "+22997000002 (probable owner: the number of a SIM card of the device)");
  EXPECT_EQ(property_of(run_database("create table accounts(_id integer primary key, name text, type text);\ninsert into accounts values(1,'kofi@boat.example','com.google');\n"), "phone:ownAccount"),
            "kofi@boat.example (probable owner: an account that the device is signed in to)");
  EXPECT_EQ(property_of(run_database("create table accounts(id integer primary key, name text, balance real);\ninsert into accounts values(1,'Customer',5);\n"), "phone:ownAccount"), "(none)");
}

TEST(Applications, MessengerSkypeViberSignal) {
  EXPECT_EQ(told(run_database("create table messages(_id integer primary key, thread_key text, text text, sender text, timestamp_ms integer, attachments text);\ncreate table threads(thread_key text, name text);\ninsert into messages values(1,'ONE_TO_ONE:1','on se voit demain','{\"user_key\":\"FACEBOOK:100001\",\"name\":\"Ama E\"}',1700000000000,null);\n")),
            "messenger|ONE_TO_ONE:1|Ama E <FACEBOOK:100001>>|2023-11-14T22:13:20Z||on se voit demain|\n");
  EXPECT_EQ(told(run_database("create table Messages(id integer primary key, convo_id integer, chatname text, author text, from_dispname text, dialog_partner text, timestamp integer, body_xml text);\ninsert into Messages values(1,1,'#a/$b','ama.e','Ama','ama.e',1700000000,'hello');\n")),
            "skype|ama.e|ama.e>|2023-11-14T22:13:20Z||hello|\n");
  EXPECT_EQ(told(run_database("create table messages(_id integer primary key, conversation_id integer, participant_id integer, address text, msg_date integer, body text, send_type integer);\ncreate table participants(_id integer primary key, participant_info_id integer);\ncreate table participants_info(_id integer primary key, number text, display_name text);\ninsert into participants values(2,3);\ninsert into participants_info values(3,'+22997000001','Ama');\ninsert into messages values(1,1,2,'',1700000000000,'viber text',0);\n")),
            "viber|Ama <+22997000001>|Ama <+22997000001>>device user|2023-11-14T22:13:20Z|incoming|viber text|\n");
  EXPECT_EQ(told(run_database("create table sms(_id integer primary key, thread_id integer, address text, date integer, type integer, body text);\ninsert into sms values(1,1,'+22997000001',1700000000000,10485780,'signal in'),(2,1,'+22997000001',1700000001000,10485783,'signal out');\n")),
            "sms|+22997000001|+22997000001>device user|2023-11-14T22:13:20Z|incoming|signal in|\n"
            "sms|+22997000001|device user>+22997000001|2023-11-14T22:13:21Z|outgoing|signal out|\n");
}

TEST(Applications, ImoLineKik) {
  EXPECT_EQ(told(run_database("create table messages(_id integer primary key, buid text, author_alias text, last_message text, timestamp integer, message_type integer, imdata text);\n"
                              "create table friends(_id integer primary key, buid text, name text);\ninsert into friends values(1,'100200','Ama');\n"
                              "insert into messages values(1,'100200','a','at the port',1700000000000000000,1,null),(2,'100200',null,'coming',1700000060000000000,2,null);\n")),
            "imo|Ama <100200>|Ama <100200>>device user|2023-11-14T22:13:20Z|incoming|at the port|\n"
            "imo|Ama <100200>|device user>Ama <100200>|2023-11-14T22:14:20Z|outgoing|coming|\n");
  EXPECT_EQ(told(run_database("create table chat_history(id integer primary key, server_id text, type integer, chat_id text, from_mid text, content text, created_time text, status integer, attachement_local_uri text);\n"
                              "create table contacts(m_id text primary key, name text, server_name text);\ncreate table groups(id text primary key, name text);\n"
                              "insert into contacts values('u1','Ama','ama e'),('u2',null,'yao');\ninsert into groups values('c1','Crew');\n"
                              "insert into chat_history values(1,'s',1,'u1','u1','tonight','1700000000123',1,null),(2,'s',1,'u1',null,'yes','1700000060000',3,'file:///a.jpg'),(3,'s',1,'c1','u2','to all','1700000120000',1,null);\n")),
            "line|Ama <u1>|Ama>device user|2023-11-14T22:13:20.123Z|incoming|tonight|\n"
            "line|Ama <u1>|device user>Ama <u1>|2023-11-14T22:14:20Z|outgoing|yes|file:///a.jpg\n"
            "line|Crew <c1>|yao>device user|2023-11-14T22:15:20Z|incoming|to all|\n");
  EXPECT_EQ(told(run_database("create table messagesTable(_id integer primary key, body text, partner_jid text, was_me integer, timestamp integer, bin_id text);\n"
                              "create table KIKContactsTable(_id integer primary key, jid text, display_name text, user_name text);\ninsert into KIKContactsTable values(1,'ama_1@talk.kik.com','Ama','ama_1');\n"
                              "insert into messagesTable values(1,'hello','ama_1@talk.kik.com',0,1700000000000,'ama_1@talk.kik.com'),(2,'hi','ama_1@talk.kik.com',1,1700000060000,'ama_1@talk.kik.com');\n")),
            "kik|Ama <ama_1@talk.kik.com>|Ama <ama_1@talk.kik.com>>device user|2023-11-14T22:13:20Z|incoming|hello|\n"
            "kik|Ama <ama_1@talk.kik.com>|device user>Ama <ama_1@talk.kik.com>|2023-11-14T22:14:20Z|outgoing|hi|\n");
  EXPECT_EQ(told(run_database("create table ZKIKMESSAGE(Z_PK integer primary key, ZSTATE integer, ZTYPE integer, ZUSER integer, ZRECEIVEDTIMESTAMP timestamp, ZTIMESTAMP timestamp, ZBODY varchar);\n"
                              "create table ZKIKUSER(Z_PK integer primary key, ZEXTRA integer, ZDISPLAYNAME varchar, ZUSERNAME varchar);\ninsert into ZKIKUSER values(1,5,'Ama','ama_1');\n"
                              "insert into ZKIKMESSAGE values(1,0,2,5,721692800,721692800,'in'),(2,0,1,5,721692860,721692860,'out');\n")),
            "kik|Ama <ama_1>|Ama <ama_1>>device user|2023-11-14T22:13:20Z|incoming|in|\n"
            "kik|Ama <ama_1>|device user>Ama <ama_1>|2023-11-14T22:14:20Z|outgoing|out|\n");
}

TEST(Applications, OtherGenerationsOfMessengerViberTelegramCalls) {
  EXPECT_EQ(told(run_database("create table messages(_id integer primary key, thread_key integer, text text, sender_id integer, timestamp_ms integer);\ncreate table threads(thread_key integer primary key, thread_name text);\ncreate table contacts(id integer primary key, name text);\n"
                              "insert into threads values(77,'Crew');\ninsert into contacts values(100001,'Ama E');\ninsert into messages values(1,77,'at nine',100001,1700000000000);\n")),
            "messenger|Crew <77>|Ama E>|2023-11-14T22:13:20Z||at nine|\n");
  EXPECT_EQ(told(run_database("create table messages(_id integer primary key, conversation_id integer, participant_id integer, address text, date integer, body text, type integer);\ninsert into messages values(1,1,2,'+22997000001',1700000000000,'old viber in',0),(2,1,2,'+22997000001',1700000060000,'old viber out',1);\n")),
            "viber|+22997000001|+22997000001>device user|2023-11-14T22:13:20Z|incoming|old viber in|\n"
            "viber|+22997000001|device user>+22997000001|2023-11-14T22:14:20Z|outgoing|old viber out|\n");
  for (const char* table : {"messages_v2", "messages"}) {  // Telegram for Android: the text stands in a serialized blob
    EXPECT_EQ(told(run_database("create table " + std::string(table) + "(mid integer, uid integer, date integer, data blob, out integer);\ncreate table users(uid integer primary key, name text);\n"
                                "insert into users values(111,'ama e;;;ama_e');\ninsert into " + table + " values(1,111,1700000000,cast(x'010000001a' || 'see you at the port' || x'00000000' as blob),0);\n")),
              "telegram|ama e;;;ama_e|ama e;;;ama_e>device user|2023-11-14T22:13:20Z|incoming|see you at the port|\n") << table;
  }
  EXPECT_EQ(told(run_database("create table call(ROWID integer primary key, address text, date integer, duration integer, flags integer, id integer);\ninsert into call values(1,'+22997000001',1300000000,63,5,-1),(2,'+22997000002',1300000060,0,4,-1);\n")),
            "calls|+22997000001|device user>+22997000001|2011-03-13T07:06:40Z|outgoing|call, 63 s|\n"
            "calls|+22997000002|+22997000002>device user|2011-03-13T07:07:40Z|incoming|call, 0 s, not answered|\n");
}

TEST(Applications, SignalOfToday) {
  EXPECT_EQ(told(run_database("create table message(_id integer primary key, date_sent integer, thread_id integer, from_recipient_id integer, to_recipient_id integer, type integer, body text);\ncreate table thread(_id integer primary key, recipient_id integer);\ncreate table recipient(_id integer primary key, e164 text, profile_joined_name text);\ninsert into thread values(1,5);\ninsert into recipient values(2,'+22997000009','Me'),(5,'+22997000001','Ama');\ninsert into message values(1,1700000000000,1,5,2,10485780,'in'),(2,1700000001000,1,2,5,10485783,'out');\n")),
            "signal|Ama <+22997000001>|Ama <+22997000001>>device user|2023-11-14T22:13:20Z|incoming|in|\n"
            "signal|Ama <+22997000001>|device user>Ama <+22997000001>|2023-11-14T22:13:21Z|outgoing|out|\n");
}

TEST(Applications, AGroupOfIosIsOneConversation) {
  const FakeEmit emit = run_database(
      "create table message(ROWID integer primary key, text text, handle_id integer, date integer, is_from_me integer);\n"
      "create table handle(ROWID integer primary key, id text);\ncreate table chat(ROWID integer primary key, chat_identifier text, display_name text);\n"
      "create table chat_message_join(chat_id integer, message_id integer);\ninsert into handle values(1,'+22997000001'),(2,'+22997000002');\n"
      "insert into chat values(7,'chat99','Family');\ninsert into chat_message_join values(7,1),(7,2);\n"
      "insert into message values(1,'one',1,721692800000000000,0),(2,'two',2,721692801000000000,0);\n");
  EXPECT_NE(outline(emit).find("<conversation Family <chat99>, 2023-11-14 22:13:20 to 2023-11-14 22:13:21> 2023-11-14 22:13:20 - +22997000001: one\n2023-11-14 22:13:21 - +22997000002: two\n"), std::string::npos) << outline(emit);
}

TEST(Applications, DeletedMessagesAreMessages) {
  const FakeEmit emit = run_database("pragma secure_delete=off;\n" + std::string(old_whatsapp) + "delete from messages where _id = 2;\n");
  EXPECT_NE(told(emit).find("whatsapp|+22997000001|device user>+22997000001|2023-11-14T22:14:20Z|outgoing|how many seats in the boat||deleted\n"), std::string::npos) << told(emit);
  EXPECT_NE(outline(emit, "deleted").find("how many seats in the boat"), std::string::npos);
  EXPECT_EQ(outline(emit).find("how many seats"), std::string::npos);
}

TEST(Applications, MissingColumnsCostOnlyWhatTheySay) {
  EXPECT_EQ(told(run_database("create table messages(_id integer primary key, key_remote_jid text, key_from_me integer, data text, timestamp integer);\ninsert into messages values(1,'22997000001@s.whatsapp.net',0,'short schema',1700000000000);\n")),
            "whatsapp|+22997000001|+22997000001>device user|2023-11-14T22:13:20Z|incoming|short schema|\n");
}

}  // namespace
}  // namespace evtriage
