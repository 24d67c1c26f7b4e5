// The look of text: mail, mailbox, HTML, XML and plain text are told apart by their first lines.
// Tested by tests/pipeline/engine/identify_test.cpp.
#include <algorithm>
#include <array>
#include <string>

#include "pipeline/core/text.h"
#include "pipeline/engine/identify_table.h"

namespace evtriage {
namespace {

constexpr std::size_t look_bytes = 64u << 10;  // as much as libmagic is shown
constexpr std::size_t markup_bytes = 4096;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool starts_with_word(std::string_view text, std::string_view word) {
  return text.size() >= word.size() &&
         std::equal(word.begin(), word.end(), text.begin(), [](char a, char b) { return a == lower(b); });
}

std::string_view line_at(std::string_view text, std::size_t at) {
  const std::size_t end = text.find('\n', at);
  std::string_view line = text.substr(at, end == std::string_view::npos ? end : end - at);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

// RFC 5322 section 2.2: a field name of printable ASCII but ":", then ":".
bool is_header_line(std::string_view line) {
  std::size_t colon = line.find(':');
  if (colon == 0 || colon == std::string_view::npos || colon > 76) return false;
  while (colon > 1 && (line[colon - 1] == ' ' || line[colon - 1] == '\t')) --colon;  // "Subject : x" of old programs
  return std::all_of(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(colon),
                     [](char c) { return c > ' ' && c <= '~'; });
}

bool names_mail(std::string_view line) {
  constexpr std::array fields = {"received:",   "return-path:", "mime-version:", "message-id:", "delivered-to:",
                                 "from:",       "to:",          "subject:",      "date:",       "reply-to:",
                                 "x-mozilla-status:", "dkim-signature:", "x-gm-thrid:", "content-type:", "x-sender:",
                                 "cc:",         "bcc:",         "in-reply-to:",  "references:",  "sender:",
                                 "x-mailer:",   "user-agent:",  "x-apple-base-url:", "x-uniform-type-identifier:",
                                 "x-universally-unique-identifier:", "content-transfer-encoding:"};
  std::string name(line.substr(0, line.find(':')));
  while (name.ends_with(' ') || name.ends_with('\t')) name.pop_back();
  name += ':';
  return std::any_of(fields.begin(), fields.end(), [&](const char* field) { return starts_with_word(name, field); });
}

// At least three fields that mail has, and nothing but header lines before the first empty line.
bool is_mail(std::string_view text) {
  unsigned mail_fields = 0, lines = 0;
  for (std::size_t at = 0; at < text.size() && lines < 200; ++lines) {
    const std::string_view line = line_at(text, at);
    const bool folded = lines > 0 && (line.starts_with(' ') || line.starts_with('\t'));
    if (line.empty()) return mail_fields >= 3;
    if (!folded && !is_header_line(line)) return false;
    if (!folded && names_mail(line)) ++mail_fields;
    const std::size_t end = text.find('\n', at);
    if (end == std::string_view::npos) return mail_fields >= (text.size() == look_bytes ? 2u : 3u);  // one huge field
    at = end + 1;
  }
  return mail_fields >= 3;
}

// Apple Mail: the length of the message on a line of its own, the message, a property list.
bool is_emlx(std::string_view text) {
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  if (digits == 0 || digits > 12) return false;
  const std::size_t end = text.find_first_not_of(" \t\r", digits);
  return end != std::string_view::npos && text[end] == '\n' && is_mail(text.substr(end + 1));
}

// RFC 4155: "From " address, blank, a date that ends in a year; then a message.
bool is_mailbox(std::string_view text) {
  if (text.starts_with("\x01\x01\x01\x01\n")) return is_header_line(line_at(text, 5));  // MMDF
  if (!text.starts_with("From ") || text.starts_with("From :")) return false;
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) return false;
  const std::string_view rest = text.substr(end + 1);
  const std::string_view first = line_at(rest, 0);
  return first.starts_with(">From ") || (is_header_line(first) && !first.starts_with(' '));
}

std::string_view type_of_markup(std::string_view text) {
  const std::size_t start = text.find_first_not_of(" \t\r\n\f");
  if (start == std::string_view::npos) return {};
  std::string_view rest = text.substr(start, markup_bytes);
  if (!rest.starts_with('<')) return {};
  for (const char* tag : {"<!doctype html", "<html", "<head>", "<head ", "<body", "<title", "<script", "<style>", "<table", "<div"}) {
    if (starts_with_word(rest, tag)) return "text/html";
  }
  std::string folded(rest);
  std::transform(folded.begin(), folded.end(), folded.begin(), lower);
  if (folded.find("<html") != std::string::npos || folded.find("<!doctype html") != std::string::npos) {
    return "text/html";
  }
  if (folded.find("<svg") != std::string::npos) return "image/svg+xml";
  if (folded.starts_with("<?xml")) return "text/xml";
  return {};
}

// What applications export as JSON, by the names of members that their records have; libmagic knows JSON only.
std::string_view type_of_json(std::string_view text) {
  const std::size_t start = text.find_first_not_of(" \t\r\n");
  if (start == std::string_view::npos || (text[start] != '{' && text[start] != '[')) return {};
  struct Marks {
    std::array<std::string_view, 3> members;
    std::string_view type;
  };
  constexpr std::string_view chat = "application/x-chat-export+json", places = "application/x-location-history+json";
  constexpr Marks exports[] = {
      {{"\"sender_name\"", "\"timestamp_ms\"", "\"messages\""}, chat},         // Facebook, Instagram
      {{"\"senderName\"", "\"timestamp\"", "\"messages\""}, chat},             // the same, encrypted chats
      {{"\"from_id\"", "\"date\"", "\"messages\""}, chat},                     // Telegram
      {{"\"actor_id\"", "\"action\"", "\"messages\""}, chat},
      {{"\"personal_information\"", "\"user_id\"", "\"phone_number\""}, chat},
      {{"\"Media Type\"", "\"Created\"", "\"From\""}, chat},                   // Snapchat
      {{"\"creator\"", "\"created_date\"", "\"topic_id\""}, chat},             // Google Chat
      {{"\"latitudeE7\"", "\"longitudeE7\"", "imestamp"}, places},               // Google location history
  };
  for (const Marks& marks : exports) {
    if (std::all_of(marks.members.begin(), marks.members.end(), [&](std::string_view member) { return text.find(member) != std::string_view::npos; })) return marks.type;
  }
  return {};
}

// Pages that applications export chats as, by the classes of their elements.
bool is_chat_page(std::string_view html) {
  const auto has = [&](std::string_view word) { return html.find(word) != std::string_view::npos; };
  const bool telegram = has("chat_page") && has("class=\"message ");
  return telegram || (has("_a6-g") && has("_a6-h") && has("_a6-o")) || (has("_2lej") && has("_2lek") && has("_2lem"));  // Facebook, Instagram
}

// No more than one control byte in a thousand, and no NUL.
bool has_few_controls(std::string_view text) {
  constexpr std::size_t block_bytes = 128;  // counts fit a byte: the compiler makes vectors of the inner loop
  std::size_t controls = 0;
  for (std::size_t at = 0; at < text.size(); at += block_bytes) {
    std::uint8_t found = 0, nul = 0;
    for (const char c : text.substr(at, block_bytes)) {
      const auto byte = static_cast<std::uint8_t>(c);
      const bool is_layout = (byte >= 0x07) & (byte <= 0x0d);
      found = static_cast<std::uint8_t>(found + (((byte < 0x20) & !is_layout & (byte != 0x1b)) | (byte == 0x7f)));
      nul = static_cast<std::uint8_t>(nul | (byte == 0));
    }
    if (nul != 0) return false;
    controls += found;
  }
  return controls <= text.size() / 1000;
}

bool is_utf8_text(std::string_view text, bool cut) {
  const std::size_t valid = valid_utf8_prefix(text);
  if (valid != text.size() && !(cut && text.size() - valid < 4)) return false;
  return has_few_controls(text);
}

// Code units that are no text: NUL, controls, U+FFFE, U+FFFF.
bool is_utf16_text(std::string_view text, bool little_endian) {
  std::size_t odd = 0;
  for (std::size_t i = 0; i + 1 < text.size(); i += 2) {
    const auto low = static_cast<unsigned char>(text[i + (little_endian ? 0 : 1)]);
    const auto high = static_cast<unsigned char>(text[i + (little_endian ? 1 : 0)]);
    if (high == 0 && (low == 0 || low < 0x07 || (low > 0x0d && low < 0x20))) ++odd;
    if (high == 0xff && low >= 0xfe) ++odd;
  }
  return odd <= text.size() / 2000;
}

}  // namespace

bool looks_like_text(ByteView head) {
  return has_few_controls(as_chars(head.first(std::min(head.size(), look_bytes))));
}

std::string_view type_by_look(ByteView head, std::uint64_t size) {
  std::string_view text = as_chars(head.first(std::min(head.size(), look_bytes)));
  const bool cut = text.size() < size;
  if (size >= 2 && (text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff"))) {
    return is_utf16_text(text.substr(2), text.starts_with("\xff\xfe")) ? "text/plain" : "";
  }
  // Field names tell mail, whatever its bodies hold: raw 8-bit text in any encoding, even binary parts.
  const std::string_view lines = text.substr(text.starts_with("\xef\xbb\xbf") ? 3 : 0);
  if (is_mailbox(lines)) return "application/mbox";
  if (is_mail(lines)) return "message/rfc822";
  if (is_emlx(lines)) return "message/x-emlx";
  if (!is_utf8_text(text, cut)) return {};
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  if (const std::string_view markup = type_of_markup(text); !markup.empty()) {
    return markup == "text/html" && is_chat_page(text) ? "application/x-chat-export+html" : markup;
  }
  if (const std::string_view exported = type_of_json(text); !exported.empty()) return exported;
  if (starts_with_word(text, "begin:vcard")) return "text/vcard";
  if (starts_with_word(text, "begin:vcalendar")) return "text/calendar";
  return "text/plain";
}

}  // namespace evtriage
