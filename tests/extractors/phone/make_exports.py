#!/usr/bin/env python3
"""Exports as applications write them, in their documented layouts, made with python's json module; people and numbers are invented."""
import json
import pathlib

folder = pathlib.Path(__file__).parent / "data"


def write(name, value, **how):
    (folder / name).write_text(json.dumps(value, **how), encoding="utf-8")


def telegram_message(number, minute, name, user, text, **more):
    return {"id": number, "type": "message", "date": f"2023-11-14T23:{minute:02}:20", "date_unixtime": str(1700000000 + 60 * (minute - 13)),
            "from": name, "from_id": user, **more, "text": text, "text_entities": []}


chat = [
    {"id": 1, "type": "service", "date": "2023-11-14T23:13:20", "date_unixtime": "1700000000", "actor": "Ama Example", "actor_id": "user111",
     "action": "phone_call", "duration_seconds": 63, "discard_reason": "hangup", "text": "", "text_entities": []},
    telegram_message(2, 14, "Ama Example", "user111", "how many seats in the boat \u26f5?"),
    telegram_message(3, 15, "Kofi Owner", "user222", ["eight, ask ", {"type": "phone", "text": "+229 97 00 00 03"}, " or ",
                                                       {"type": "text_link", "text": "here", "href": "https://boat.example/x"}],
                     reply_to_message_id=2, edited="2023-11-14T23:16:00", edited_unixtime="1700000160"),
    telegram_message(4, 16, "Ama Example", "user111", "", forwarded_from="Yao Third", photo="photos/photo_1.jpg", width=800, height=600,
                     reactions=[{"type": "emoji", "count": 1, "emoji": "\U0001F44D", "recent": [{"from": "Kofi Owner", "from_id": "user222", "date": "2023-11-14T23:17:00"}]}]),
    telegram_message(5, 17, "Ama Example", "user111", "meet", location_information={"latitude": 6.365421, "longitude": 2.41834},
                     contact_information={"first_name": "Yao", "last_name": "Third", "phone_number": "0022997000004"},
                     poll={"question": "by day or by night", "closed": False, "total_voters": 0, "answers": [{"text": "night", "voters": 0, "chosen": False}]}),
]
write("telegram_chat.json", {"name": "Ama Example", "type": "personal_chat", "id": 111, "messages": chat}, ensure_ascii=False, indent=1)
group = [
    {"id": 7, "type": "service", "date": "2023-11-14T22:13:20", "actor": "Kofi Owner", "actor_id": "user222", "action": "create_group", "title": "Voyage",
     "members": ["Kofi Owner", "Yao Third"], "text": ""},
    {"id": 8, "type": "message", "date": "2023-11-14T22:14:20", "edited": "1970-01-01T00:00:00", "from": "Yao Third", "from_id": 333, "file": "(File not included. Change data exporting settings to download.)",
     "file_name": "plan.pdf", "mime_type": "application/pdf", "text": "see the plan"},
]
write("telegram_full.json", {
    "about": "Here is the data you requested.",
    "personal_information": {"user_id": 222, "first_name": "Kofi", "last_name": "Owner", "phone_number": "+229 97 00 00 02", "username": "@kofi", "bio": "driver"},
    "contacts": {"about": "x", "list": [{"user_id": 111, "first_name": "Ama", "last_name": "Example", "phone_number": "0022997000001", "date": "2023-01-01T00:00:00"}]},
    "chats": {"about": "This page lists all chats", "list": [
        {"name": "Ama Example", "type": "personal_chat", "id": 111, "messages": chat[1:3]},
        {"name": "Voyage", "type": "private_group", "id": 987, "messages": group},
        {"type": "saved_messages", "id": 222, "messages": [telegram_message(9, 18, "Kofi Owner", "user222", "note to myself")]}]},
    "left_chats": {"about": "y", "list": []}})


def meta(value):
    """Facebook writes each byte of UTF-8 as a character."""
    if isinstance(value, str):
        return value.encode("utf-8").decode("latin-1")
    if isinstance(value, list):
        return [meta(v) for v in value]
    return {k: meta(v) for k, v in value.items()} if isinstance(value, dict) else value


write("facebook_thread.json", meta({
    "participants": [{"name": "Am\u00e9lie Example"}, {"name": "Kofi Owner"}],
    "messages": [
        {"sender_name": "Am\u00e9lie Example", "timestamp_ms": 1700000060123, "content": "o\u00f9 es-tu \U0001F697 \u0645\u0631\u062d\u0628\u0627", "is_geoblocked_for_viewer": False,
         "reactions": [{"reaction": "\u2764", "actor": "Kofi Owner"}]},
        {"sender_name": "Kofi Owner", "timestamp_ms": 1700000000000, "photos": [{"uri": "messages/inbox/amelie_1/photos/1.jpg", "creation_timestamp": 1700000000}]},
        {"sender_name": "Kofi Owner", "timestamp_ms": 1700000120000, "content": "You called", "call_duration": 12, "share": {"link": "https://boat.example/y"}},
        {"sender_name": "Am\u00e9lie Example", "timestamp_ms": 1700000180000, "is_unsent": True}],
    "title": "Am\u00e9lie Example", "is_still_participant": True, "thread_path": "inbox/amelie_1", "magic_words": []}), ensure_ascii=True, indent=2)
write("messenger_encrypted.json", {
    "participants": ["Ama Example", "Kofi Owner"], "threadName": "Ama Example_7",
    "messages": [{"isUnsent": False, "media": [{"uri": "./media/a.jpeg"}], "reactions": [{"actor": "Kofi Owner", "reaction": "\u2764"}],
                  "senderName": "Ama Example", "text": "caf\u00e9 at nine", "timestamp": 1700000000123, "type": "media"}]})
write("snapchat.json", {"ama_e": [
    {"From": "kofi_o", "Media Type": "TEXT", "Created": "2023-11-14 22:13:20 UTC", "Content": "tonight", "Conversation Title": None, "IsSender": True,
     "Created(microseconds)": 1700000000123, "IsSaved": False, "Media IDs": ""},
    {"From": "ama_e", "Media Type": "MEDIA", "Created": "2023-11-14 22:14:20 UTC", "Content": None, "Conversation Title": "Crew", "IsSender": False,
     "Created(microseconds)": 1700000060123, "IsSaved": False, "Media IDs": "b~abc"}]})
write("snapchat_old.json", {"Received Saved Chat History": [{"From": "ama_e", "Media Type": "TEXT", "Created": "2019-11-14 22:13:20 UTC", "Text": "old one"}],
                            "Sent Saved Chat History": [{"To": "ama_e", "Media Type": "TEXT", "Created": "2019-11-14 22:14:20 UTC", "Text": "old answer"}]})
write("google_chat.json", {"messages": [
    {"creator": {"name": "Ama Example", "email": "ama@boat.example", "user_type": "Human"}, "created_date": "Tuesday, November 14, 2023 at 10:13:20\u202fPM UTC",
     "text": "are you there", "topic_id": "T1", "message_id": "DM9/T1/M1"},
    {"creator": {"name": "Kofi Owner", "email": "kofi@boat.example", "user_type": "Human"}, "created_date": "Tuesday, 14 November 2023 at 22:14:20 UTC",
     "updated_date": "Tuesday, 14 November 2023 at 22:15:20 UTC", "text": "yes", "topic_id": "T1", "message_id": "DM9/T1/M2",
     "quoted_message_metadata": {"creator": {"name": "Ama Example"}, "text": "are you there"}, "attached_files": [{"original_name": "a b.pdf", "export_name": "File-a b.pdf"}]},
    {"created_date": "Tuesday, 14 November 2023 at 22:16:20 UTC", "creator": {"name": "Kofi Owner"}, "message_state": "DELETED", "topic_id": "T1", "message_id": "DM9/T1/M3",
     "deletion_metadata": {"deletion_type": "CREATOR"}}]})
write("locations.json", {"locations": [
    {"latitudeE7": 63654210, "longitudeE7": 24183400, "accuracy": 20, "source": "WIFI", "timestamp": "2023-11-14T22:13:20.123Z"},
    {"timestampMs": "1700000060000", "latitudeE7": -63654210, "longitudeE7": 4270783896},
    {"latitudeE7": 99999999999, "longitudeE7": 5, "timestamp": "2023-11-14T22:15:20Z"}]})
write("semantic.json", {"timelineObjects": [
    {"placeVisit": {"location": {"latitudeE7": 63654210, "longitudeE7": 24183400, "placeId": "p1", "address": "1 Harbour Road", "name": "Old Harbour"},
                    "duration": {"startTimestamp": "2023-11-14T22:13:20Z", "endTimestamp": "2023-11-14T23:13:20Z"}, "visitConfidence": 80}},
    {"activitySegment": {"startLocation": {"latitudeE7": 63654210, "longitudeE7": 24183400}, "endLocation": {"latitudeE7": 61000000, "longitudeE7": 25000000},
                         "duration": {"startTimestampMs": "1700003600000", "endTimestampMs": "1700007200000"}, "activityType": "IN_PASSENGER_VEHICLE"}}]})

TELEGRAM_PAGE = """<!DOCTYPE html>
<html><head><meta charset="utf-8"/><title>Exported Data</title><link href="css/style.css" rel="stylesheet"/></head>
<body onload="CheckLocation();"><div class="page_wrap">
<div class="page_header"><div class="content"><div class="text bold">
Ama &amp; Crew
</div></div></div>
<div class="page_body chat_page"><div class="history">
<div class="message service" id="message-1"><div class="body details">
14 November 2023
</div></div>
<div class="message default clearfix" id="message2"><div class="pull_left userpic_wrap"><div class="userpic userpic2" style="width: 42px"><div class="initials" style="line-height: 42px">
A
</div></div></div>
<div class="body"><div class="pull_right date details" title="14.11.2023 23:14:20 UTC+01:00">
23:14
</div><div class="from_name">
Ama Example
</div><div class="text">
how many seats, call <a href="tel:+22997000003">+229 97 00 00 03</a>
</div></div></div>
<div class="message default clearfix joined" id="message3"><div class="body"><div class="pull_right date details" title="14.11.2023 23:15:20 UTC+01:00">
23:15
</div><div class="media_wrap clearfix"><a class="photo_wrap clearfix pull_left" href="photos/photo_1.jpg"><img class="photo" src="photos/photo_1_thumb.jpg" style="width: 260px"/></a></div></div></div>
<div class="message default clearfix" id="message4"><div class="body"><div class="pull_right date details" title="14.11.2023 23:16:20 UTC+01:00">
23:16
</div><div class="from_name">
Kofi Owner
</div><div class="reply_to details">
In reply to <a href="#go_to_message2" onclick="return GoToMessage(2)">this message</a>
</div><div class="forwarded body"><div class="from_name">
Yao Third <span class="date details" title="13.11.2023 10:00:00 UTC+01:00"> 13.11.2023 10:00:00</span>
</div><div class="text">
eight
</div></div><span class="reactions"><span class="reaction"><span class="emoji">\U0001F44D</span></span></span></div></div>
</div></div></div></body></html>
"""
(folder / "telegram.html").write_text(TELEGRAM_PAGE, encoding="utf-8")
(folder / "facebook.html").write_text(
    '<html><head><title>Ama Example</title></head><body class="_5vb_"><div class="_a70e">Ama Example</div><div>Participants: Ama Example and Kofi Owner</div><div role="main">'
    + "".join(f'<div class="_3-95 _a6-g"><div class="_2ph_ _a6-h _a6-i">{who}</div><div class="_2ph_ _a6-p"><div><div></div><div>{what}</div><div></div></div></div>'
              f'<div class="_3-94 _a6-o">{when}</div></div>' for who, what, when in [
        ("Ama Example", "o\u00f9 es-tu<br/>ce soir", "Nov 14, 2023 10:14:20 PM"), ("Kofi Owner", "au port", "14 nov. 2023 22:15:20"), ("Kofi Owner", "x", "03/04/2023 10:00")])
    + "</div></body></html>", encoding="utf-8")
