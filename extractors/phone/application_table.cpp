// Schemas as they are publicly documented (open tools and papers on each application); names of columns only, no code.
// A table that two applications share (messages, message) is told apart by the columns that a spec names first.
// Tested by tests/extractors/phone/applications_test.cpp.
#include "extractors/phone/applications.h"

namespace evtriage::phone {
namespace {

using Kind = RemarkSpec::Kind;

constexpr LookupSpec lookups[] = {
    // WhatsApp for Android, since 2021
    {"wa-jid", "jid", "_id", {"raw_string"}, ""},
    {"wa-chat", "chat", "_id", {"jid_row_id"}, "wa-jid"},
    {"wa-subject", "chat", "_id", {"subject"}, ""},
    {"wa-media", "message_media", "message_row_id", {"file_path"}, ""},
    {"wa-place", "message_location", "message_row_id", {"latitude", "longitude", "place_name"}, ""},
    {"wa-quoted", "message_quoted", "message_row_id", {"timestamp"}, ""},
    {"wa-forwarded", "message_forwarded", "message_row_id", {"forward_score"}, ""},
    {"wa-edited", "message_edit_info", "message_row_id", {"edited_timestamp"}, ""},
    {"wa-reacted", "message_add_on", "parent_message_row_id", {"_id"}, "wa-reaction"},
    {"wa-reaction", "message_add_on_reaction", "message_add_on_row_id", {"reaction"}, ""},
    {"wa-revoked", "message_revoked", "message_row_id", {"revoked_key_id"}, ""},
    {"wa-old-quoted", "messages_quotes", "_id", {"timestamp"}, ""},
    {"wa-old-subject", "chat_list", "key_remote_jid", {"subject"}, ""},
    // WhatsApp for iOS
    {"wai-chat", "ZWACHATSESSION", "Z_PK", {"ZCONTACTJID"}, ""},
    {"wai-name", "ZWACHATSESSION", "Z_PK", {"ZPARTNERNAME"}, ""},
    {"wai-member", "ZWAGROUPMEMBER", "Z_PK", {"ZMEMBERJID"}, ""},
    {"wai-media", "ZWAMEDIAITEM", "Z_PK", {"ZMEDIALOCALPATH", "ZTITLE"}, ""},
    // iOS messages
    {"ios-handle", "handle", "ROWID", {"id"}, ""},
    {"ios-chat-of", "chat_message_join", "message_id", {"chat_id"}, ""},
    {"ios-chat", "chat_message_join", "message_id", {"chat_id"}, "ios-chat-id"},
    {"ios-chat-id", "chat", "ROWID", {"chat_identifier"}, ""},
    {"ios-chat-name", "chat_message_join", "message_id", {"chat_id"}, "ios-display"},
    {"ios-display", "chat", "ROWID", {"display_name"}, ""},
    {"ios-file", "message_attachment_join", "message_id", {"attachment_id"}, "ios-attachment"},
    {"ios-attachment", "attachment", "ROWID", {"filename"}, ""},
    // Android MMS
    {"mms-text", "part", "mid", {"text"}, ""},
    {"mms-file", "part", "mid", {"_data"}, ""},
    {"mms-address", "addr", "msg_id", {"address"}, ""},
    // address books
    {"ios-person", "ABPerson", "ROWID", {"First", "Last", "Organization"}, ""},
    {"android-person", "raw_contacts", "_id", {"display_name"}, ""},
    {"android-kind", "mimetypes", "_id", {"mimetype"}, ""},
    // Viber
    {"viber-number", "participants", "_id", {"participant_info_id"}, "viber-info"},
    {"viber-info", "participants_info", "_id", {"number"}, ""},
    {"viber-person", "participants", "_id", {"participant_info_id"}, "viber-display"},
    {"viber-display", "participants_info", "_id", {"display_name"}, ""},
    // Facebook Messenger, Skype, Signal
    {"fb-thread", "threads", "thread_key", {"name"}, ""},
    {"fb-thread-name", "threads", "thread_key", {"thread_name"}, ""},
    {"fb-contact", "contacts", "id", {"name"}, ""},
    {"skype-person", "Contacts", "skypename", {"displayname", "phone_mobile"}, ""},
    {"signal-number", "recipient", "_id", {"phone"}, ""},
    {"signal-thread", "thread", "_id", {"recipient_id"}, "signal-e164"},
    {"signal-thread-name", "thread", "_id", {"recipient_id"}, "signal-name"},
    {"signal-e164", "recipient", "_id", {"e164"}, ""},
    {"signal-name", "recipient", "_id", {"profile_joined_name"}, ""},
    {"signal-reaction", "reaction", "message_id", {"emoji"}, ""},
    {"signal-conversation", "conversations", "id", {"e164"}, ""},
    {"signal-conversation-name", "conversations", "id", {"name"}, ""},
    // Imo, Line, Kik
    {"imo-friend", "friends", "buid", {"name"}, ""},
    {"line-contact", "contacts", "m_id", {"name"}, ""},
    {"line-server-name", "contacts", "m_id", {"server_name"}, ""},
    {"line-group", "groups", "id", {"name"}, ""},
    {"kik-contact", "KIKContactsTable", "jid", {"display_name"}, ""},
    {"kik-user", "ZKIKUSER", "ZEXTRA", {"ZUSERNAME"}, ""},
    {"kik-display", "ZKIKUSER", "ZEXTRA", {"ZDISPLAYNAME"}, ""},
    // Telegram for Android
    {"tg-user", "users", "uid", {"name"}, ""},
    {"tg-chat", "chats", "uid", {"name"}, ""},
};

constexpr MessageSpec messages[] = {
    {.application = "whatsapp", .table = "message", .body = {{"text_data", ""}, {"_id", "wa-place"}}, .time = "timestamp", .epoch = Epoch::unix_milliseconds,
     .direction = "from_me", .peer = {{"chat_row_id", "wa-chat"}}, .sender = {{"sender_jid_row_id", "wa-jid"}}, .conversation = {{"chat_row_id", ""}},
     .label = {{"chat_row_id", "wa-subject"}}, .attachment = {{"_id", "wa-media"}},
     .remarks = {{"reply to the message of", {"_id", "wa-quoted"}, Kind::time}, {"forwarded, score", {"_id", "wa-forwarded"}}, {"edited", {"_id", "wa-edited"}, Kind::time},
                 {"reaction", {"_id", "wa-reacted"}}, {"deleted for everyone", {"_id", "wa-revoked"}, Kind::flag}}},
    {.application = "whatsapp", .table = "messages", .body = {{"data", ""}, {"media_caption", ""}}, .time = "timestamp", .epoch = Epoch::unix_milliseconds,
     .direction = "key_from_me", .peer = {{"key_remote_jid", ""}}, .sender = {{"remote_resource", ""}}, .conversation = {{"key_remote_jid", ""}},
     .label = {{"key_remote_jid", "wa-old-subject"}}, .attachment = {{"media_name", ""}},
     .remarks = {{"reply to the message of", {"quoted_row_id", "wa-old-quoted"}, Kind::time}, {"forwarded", {"forwarded", ""}, Kind::flag}, {"edited", {"edit_version", ""}, Kind::flag}}},
    {.application = "whatsapp", .table = "ZWAMESSAGE", .body = {{"ZTEXT", ""}}, .time = "ZMESSAGEDATE", .epoch = Epoch::cocoa, .direction = "ZISFROMME",
     .peer = {{"ZCHATSESSION", "wai-chat"}, {"ZFROMJID", ""}, {"ZTOJID", ""}}, .sender = {{"ZGROUPMEMBER", "wai-member"}}, .conversation = {{"ZCHATSESSION", ""}},
     .label = {{"ZCHATSESSION", "wai-name"}}, .attachment = {{"ZMEDIAITEM", "wai-media"}},
     .remarks = {{"reply to row", {"ZPARENTMESSAGE", ""}}}},
    {.application = "ios-messages", .table = "message", .body = {{"text", ""}, {"attributedBody", ""}}, .time = "date", .epoch = Epoch::cocoa_any,
     .direction = "is_from_me", .peer = {{"rowid", "ios-chat"}, {"handle_id", "ios-handle"}}, .sender = {{"handle_id", "ios-handle"}},
     .conversation = {{"rowid", "ios-chat-of"}, {"handle_id", ""}}, .label = {{"rowid", "ios-chat-name"}}, .attachment = {{"rowid", "ios-file"}},
     .own = {{"destination_caller_id", ""}, {"account", ""}},
     .remarks = {{"", {"associated_message_type", ""}, Kind::tapback}, {"reply to", {"thread_originator_guid", ""}}, {"edited", {"date_edited", ""}, Kind::time, Epoch::cocoa_any},
                 {"taken back", {"date_retracted", ""}, Kind::time, Epoch::cocoa_any}}},
    {.application = "ios-messages", .table = "message", .body = {{"text", ""}}, .time = "date", .epoch = Epoch::unix_seconds, .direction = "flags",
     .rule = Direction::odd, .peer = {{"address", ""}}},
    {.application = "sms", .table = "sms", .body = {{"body", ""}}, .time = "date", .epoch = Epoch::unix_milliseconds, .direction = "type",
     .rule = Direction::android_type, .peer = {{"address", ""}, {"recipient_id", "signal-number"}}, .conversation = {{"thread_id", ""}}},
    {.application = "mms", .table = "pdu", .body = {{"_id", "mms-text"}, {"sub", ""}}, .time = "date", .epoch = Epoch::unix_any, .direction = "msg_box",
     .rule = Direction::android_type, .peer = {{"_id", "mms-address"}}, .conversation = {{"thread_id", ""}}, .attachment = {{"_id", "mms-file"}}},
    {.application = "calls", .table = "calls", .body = {{"name", ""}}, .time = "date", .epoch = Epoch::unix_milliseconds, .direction = "type",
     .rule = Direction::call_type, .peer = {{"number", ""}}, .duration = "duration"},
    {.application = "calls", .table = "ZCALLRECORD", .body = {{"ZNAME", ""}}, .time = "ZDATE", .epoch = Epoch::cocoa, .direction = "ZORIGINATED",
     .peer = {{"ZADDRESS", ""}}, .duration = "ZDURATION"},
    {.application = "calls", .table = "call", .body = {{"name", ""}}, .time = "date", .epoch = Epoch::unix_seconds, .direction = "flags",
     .rule = Direction::odd, .peer = {{"address", ""}}, .duration = "duration"},
    {.application = "messenger", .table = "messages", .body = {{"text", ""}}, .time = "timestamp_ms", .epoch = Epoch::unix_milliseconds,
     .peer = {{"thread_key", ""}}, .sender = {{"sender", ""}, {"sender_id", "fb-contact"}}, .conversation = {{"thread_key", ""}}, .label = {{"thread_key", "fb-thread"}, {"thread_key", "fb-thread-name"}}, .attachment = {{"attachments", ""}}},
    {.application = "viber", .table = "messages", .body = {{"body", ""}}, .time = "msg_date", .epoch = Epoch::unix_milliseconds, .direction = "send_type",
     .rule = Direction::send_type, .peer = {{"participant_id", "viber-number"}, {"address", ""}}, .conversation = {{"conversation_id", ""}},
     .label = {{"participant_id", "viber-person"}}},
    {.application = "viber", .table = "messages", .body = {{"body", ""}}, .time = "date", .epoch = Epoch::unix_milliseconds, .direction = "type",
     .rule = Direction::send_type, .peer = {{"address", ""}, {"participant_id", "viber-number"}}, .conversation = {{"conversation_id", ""}}},
    {.application = "skype", .table = "Messages", .body = {{"body_xml", ""}}, .time = "timestamp", .epoch = Epoch::unix_seconds,
     .peer = {{"dialog_partner", ""}, {"chatname", ""}}, .sender = {{"author", ""}}, .conversation = {{"convo_id", ""}}, .label = {{"dialog_partner", "skype-person"}},
     .remarks = {{"edited", {"edited_timestamp", ""}, Kind::time, Epoch::unix_seconds}}},
    {.application = "signal", .table = "message", .body = {{"body", ""}}, .time = "date_sent", .epoch = Epoch::unix_milliseconds, .direction = "type",
     .rule = Direction::signal_type, .peer = {{"thread_id", "signal-thread"}, {"recipient_id", "signal-number"}, {"thread_id", ""}},
     .sender = {{"from_recipient_id", "signal-e164"}}, .conversation = {{"thread_id", ""}}, .label = {{"thread_id", "signal-thread-name"}},
     .remarks = {{"reply to the message of", {"quote_id", ""}, Kind::time}, {"reaction", {"_id", "signal-reaction"}}, {"deleted for everyone", {"remote_deleted", ""}, Kind::flag}}},
    {.application = "signal", .table = "messages", .body = {{"body", ""}}, .time = "sent_at", .epoch = Epoch::unix_milliseconds, .direction = "type",
     .rule = Direction::words, .peer = {{"conversationId", "signal-conversation"}, {"source", ""}}, .sender = {{"source", ""}}, .conversation = {{"conversationId", ""}},
     .label = {{"conversationId", "signal-conversation-name"}}},
    {.application = "imo", .table = "messages", .body = {{"last_message", ""}}, .time = "timestamp", .direction = "message_type", .rule = Direction::android_type,
     .peer = {{"buid", ""}}, .conversation = {{"buid", ""}}, .label = {{"buid", "imo-friend"}, {"author_alias", ""}}},
    {.application = "line", .table = "chat_history", .body = {{"content", ""}}, .time = "created_time", .epoch = Epoch::unix_milliseconds, .direction = "status",
     .rule = Direction::android_type, .peer = {{"chat_id", ""}}, .sender = {{"from_mid", "line-contact"}, {"from_mid", "line-server-name"}}, .conversation = {{"chat_id", ""}},
     .label = {{"chat_id", "line-contact"}, {"chat_id", "line-group"}}, .attachment = {{"attachement_local_uri", ""}}},
    {.application = "kik", .table = "messagesTable", .body = {{"body", ""}}, .time = "timestamp", .epoch = Epoch::unix_milliseconds, .direction = "was_me",
     .peer = {{"partner_jid", ""}, {"bin_id", ""}}, .conversation = {{"bin_id", ""}}, .label = {{"partner_jid", "kik-contact"}}},
    {.application = "kik", .table = "ZKIKMESSAGE", .body = {{"ZBODY", ""}}, .time = "ZTIMESTAMP", .epoch = Epoch::cocoa, .direction = "ZTYPE", .rule = Direction::odd,
     .peer = {{"ZUSER", "kik-user"}}, .conversation = {{"ZUSER", ""}}, .label = {{"ZUSER", "kik-display"}}},
    {.application = "telegram", .table = "messages_v2", .body = {{"data", ""}}, .time = "date", .epoch = Epoch::unix_seconds, .direction = "out",
     .peer = {{"uid", "tg-user"}, {"uid", "tg-chat"}}, .conversation = {{"uid", ""}}},
    {.application = "telegram", .table = "messages", .body = {{"data", ""}}, .time = "date", .epoch = Epoch::unix_seconds, .direction = "out",
     .peer = {{"uid", "tg-user"}, {"uid", "tg-chat"}}, .conversation = {{"uid", ""}}},
};

constexpr NoteSpec notes[] = {
    {"ABMultiValue", "record_id", "ios-person", "name"},
    {"data", "raw_contact_id", "android-person", "name"},
    {"data", "mimetype_id", "android-kind", "kind"},
};

constexpr OwnSpec owners[] = {
    {"siminfo", {"number", ""}, "the number of a SIM card of the device", "icc_id"},
    {"subscriber_info", {"subscriber_mdn", ""}, "the number of a SIM card of the device"},                // iOS, CellularUsage.db
    {"accounts", {"name", ""}, "an account that the device is signed in to", "type"},
    {"ZACCOUNT", {"ZUSERNAME", ""}, "an account that the device is signed in to", "ZACCOUNTTYPE"},        // iOS
    {"Accounts", {"skypename", ""}, "the account of this Skype database"},
};

constexpr NameSpec names[] = {
    {"ABMultiValue", {"value", ""}, {{"record_id", "ios-person"}}, {"property", ""}, {"3", "4"}},         // iOS: telephone, mail
    {"data", {"data1", ""}, {{"raw_contact_id", "android-person"}}, {"mimetype_id", "android-kind"}, {"phone_v2", "email_v2"}},  // Android
    {"calls", {"number", ""}, {{"name", ""}}},                                                            // as the phone showed them when it rang
    {"wa_contacts", {"jid", ""}, {{"display_name", ""}, {"given_name", ""}, {"wa_name", ""}}},            // WhatsApp for Android
    {"ZWAADDRESSBOOKCONTACT", {"ZWHATSAPPID", ""}, {{"ZFULLNAME", ""}, {"ZGIVENNAME", ""}}},              // WhatsApp for iOS
    {"ZWAADDRESSBOOKCONTACT", {"ZPHONENUMBER", ""}, {{"ZFULLNAME", ""}, {"ZGIVENNAME", ""}}},
    {"participants_info", {"number", ""}, {{"contact_name", ""}, {"display_name", ""}}},                  // Viber
    {"recipient", {"e164", ""}, {{"system_joined_name", ""}, {"profile_joined_name", ""}, {"system_display_name", ""}}},  // Signal
};

}  // namespace

std::span<const OwnSpec> own_specs() { return owners; }
std::span<const NameSpec> name_specs() { return names; }
std::span<const LookupSpec> lookup_specs() { return lookups; }
std::span<const MessageSpec> message_specs() { return messages; }
std::span<const NoteSpec> note_specs() { return notes; }

}  // namespace evtriage::phone
