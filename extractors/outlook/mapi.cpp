// The names are those that a person would use; numbers are of [MS-OXPROPS].
// Tested by tests/extractors/outlook/mapi_test.cpp.
#include "extractors/outlook/mapi.h"

#include <algorithm>
#include <array>

#include "extractors/encoding.h"
#include "pipeline/core/byte_reader.h"
#include "pipeline/core/time.h"

namespace evtriage::mapi {
namespace {

struct Label {
  std::uint16_t id;
  std::string_view text;
};

constexpr Label labels[] = {
    {0x0015, "expires"}, {0x0037, "subject"}, {0x0039, "sent"}, {0x0040, "received by"}, {0x0042, "sent for"}, {0x0044, "received for"},
    {0x0050, "reply to"}, {0x0060, "start"}, {0x0061, "end"}, {0x0065, "sent for, address"}, {0x0070, "conversation"}, {0x0076, "received by, address"},
    {0x0c1a, "sender"}, {0x0c1f, "sender, address"}, {0x0e02, "bcc"}, {0x0e03, "cc"}, {0x0e04, "to"}, {0x0e06, "delivered"}, {0x1000, "body"},
    {0x3001, "name"}, {0x3003, "address"}, {0x3004, "comment"}, {0x3007, "created"}, {0x3008, "modified"}, {0x39fe, "e-mail"},
    {0x3a00, "account"}, {0x3a02, "callback telephone"}, {0x3a05, "generation"}, {0x3a06, "given name"}, {0x3a08, "business telephone"},
    {0x3a09, "home telephone"}, {0x3a0a, "initials"}, {0x3a0b, "keyword"}, {0x3a0c, "language"}, {0x3a0d, "location"}, {0x3a11, "surname"},
    {0x3a15, "postal address"}, {0x3a16, "company"}, {0x3a17, "job title"}, {0x3a18, "department"}, {0x3a19, "office"}, {0x3a1a, "primary telephone"},
    {0x3a1b, "business telephone 2"}, {0x3a1c, "mobile telephone"}, {0x3a1d, "radio telephone"}, {0x3a1e, "car telephone"}, {0x3a1f, "other telephone"},
    {0x3a21, "pager"}, {0x3a23, "primary fax"}, {0x3a24, "business fax"}, {0x3a25, "home fax"}, {0x3a26, "country"}, {0x3a27, "locality"},
    {0x3a28, "state"}, {0x3a29, "street"}, {0x3a2a, "postal code"}, {0x3a2c, "telex"}, {0x3a2d, "ISDN"}, {0x3a2e, "assistant telephone"},
    {0x3a2f, "home telephone 2"}, {0x3a30, "assistant"}, {0x3a41, "wedding anniversary"}, {0x3a42, "birthday"}, {0x3a43, "hobbies"},
    {0x3a44, "middle name"}, {0x3a45, "title"}, {0x3a46, "profession"}, {0x3a48, "spouse"}, {0x3a4b, "text telephone"}, {0x3a4c, "ftp site"},
    {0x3a4e, "manager"}, {0x3a4f, "nickname"}, {0x3a50, "personal web page"}, {0x3a51, "business web page"}, {0x3a57, "company telephone"},
    {0x3a58, "children"}, {0x3a59, "home locality"}, {0x3a5a, "home country"}, {0x3a5b, "home postal code"}, {0x3a5c, "home state"}, {0x3a5d, "home street"},
    {0x3a5f, "other locality"}, {0x3a60, "other country"}, {0x3a63, "other street"}, {0x5d01, "sender, e-mail"}, {0x5d02, "sent for, e-mail"}};

constexpr Label named_labels[] = {  // PSETID_Address, _Appointment, _Task, _Common, _Log, by number
    {0x8005, "file as"}, {0x801a, "home address"}, {0x801b, "work address"}, {0x801c, "other address"}, {0x802b, "web page"}, {0x8045, "work street"},
    {0x8046, "work locality"}, {0x8049, "work country"}, {0x804f, "user field 1"}, {0x8050, "user field 2"}, {0x8051, "user field 3"}, {0x8052, "user field 4"},
    {0x8062, "instant messaging"}, {0x8080, "e-mail 1, name"}, {0x8083, "e-mail 1"}, {0x8084, "e-mail 1, original"}, {0x8090, "e-mail 2, name"},
    {0x8093, "e-mail 2"}, {0x8094, "e-mail 2, original"}, {0x80a0, "e-mail 3, name"}, {0x80a3, "e-mail 3"}, {0x80a4, "e-mail 3, original"},
    {0x80b2, "fax 1"}, {0x80c2, "fax 2"}, {0x80d2, "fax 3"}, {0x8104, "task start"}, {0x8105, "task due"}, {0x811f, "task owner"}, {0x8208, "location"},
    {0x820d, "appointment start"}, {0x820e, "appointment end"}, {0x8232, "recurrence"}, {0x8238, "attendees"}, {0x823b, "required attendees"},
    {0x823c, "optional attendees"}, {0x8502, "reminder"}, {0x8516, "common start"}, {0x8517, "common end"}, {0x8539, "companies"}, {0x8586, "contacts"},
    {0x8700, "log type"}, {0x8706, "log start"}, {0x8708, "log end"}};

std::string_view find(const Label* begin, const Label* end, std::uint32_t id) {
  const Label* found = std::lower_bound(begin, end, id, [](const Label& label, std::uint32_t wanted) { return label.id < wanted; });
  return found != end && found->id == id ? found->text : std::string_view();
}

struct CodePage {
  std::uint32_t number;
  std::string_view name;
};
constexpr CodePage code_pages[] = {{874, "windows-874"}, {932, "shift_jis"}, {936, "gb18030"}, {949, "euc-kr"}, {950, "big5"}, {1200, "utf-16le"},
                                   {1361, "euc-kr"}, {20127, "us-ascii"}, {20866, "koi8-r"}, {21866, "koi8-u"}, {50220, "iso-2022-jp"}, {50221, "iso-2022-jp"},
                                   {51932, "euc-jp"}, {51949, "euc-kr"}, {52936, "hz-gb-2312"}, {54936, "gb18030"}, {65001, "utf-8"}};

}  // namespace

std::string code_page_name(std::uint32_t number) {
  if (number >= 1250 && number <= 1258) return "windows-" + std::to_string(number);
  if (number >= 28591 && number <= 28605) return "iso-8859-" + std::to_string(number - 28590);
  for (const CodePage& page : code_pages) {
    if (page.number == number) return std::string(page.name);
  }
  return {};
}

MappedText text_of(const Property& property, const std::string& code_page) {
  std::string_view bytes = property.value;
  if (property.type == type_unicode) {
    bytes = bytes.substr(0, bytes.size() & ~std::size_t{1});
    while (bytes.size() >= 2 && bytes[bytes.size() - 1] == 0 && bytes[bytes.size() - 2] == 0) bytes.remove_suffix(2);
    Decoded text = decode(bytes, "utf-16le", 0);
    return {std::move(text.utf8), std::move(text.map)};
  }
  if (property.type != type_string8 && property.type != type_binary) return {};
  while (!bytes.empty() && bytes.back() == 0) bytes.remove_suffix(1);
  const std::string encoding = detect_encoding(bytes, {code_page, true, false}).value_or("windows-1252");
  Decoded text = decode(bytes, encoding, 0);
  return {std::move(text.utf8), std::move(text.map)};
}

std::optional<std::uint32_t> number_of(const Property& property) {
  ByteReader reader(property.value);
  const std::uint32_t value = property.type == type_int32 ? reader.u32le() : property.value.size() == 1 ? reader.u8() : reader.u16le();
  const bool number = property.type == type_int16 || property.type == type_int32 || property.type == type_boolean;
  return number && reader.ok() ? std::optional(value) : std::nullopt;
}

std::optional<std::int64_t> filetime_ns(std::uint64_t ticks) {
  constexpr std::uint64_t to_1970 = 116'444'736'000'000'000, year_2262 = 208'678'464'000'000'000;
  if (ticks < to_1970 / 2 || ticks > year_2262) return std::nullopt;
  const std::int64_t since = static_cast<std::int64_t>(ticks) - static_cast<std::int64_t>(to_1970);
  constexpr std::int64_t most = 9'223'372'036'854'775'807 / 100;
  return since > most || since < -most ? std::nullopt : std::optional(since * 100);
}

std::optional<std::int64_t> time_of(const Property& property) {
  ByteReader reader(property.value);
  const std::uint64_t ticks = reader.u64le();
  return property.type == type_time && reader.ok() ? filetime_ns(ticks) : std::nullopt;
}

std::string scalar_text(const Property& property) {
  if (const auto time = time_of(property)) return rfc3339(*time);
  if (property.type == type_boolean) {
    const auto flag = number_of(property);
    return flag ? (*flag != 0 ? "yes" : "no") : "";
  }
  const auto number = number_of(property);
  return number ? std::to_string(*number) : "";
}

std::string_view label_of(const Property& property) {
  if (!property.named.empty()) return property.named;
  if (property.named_id != 0) return find(std::begin(named_labels), std::end(named_labels), property.named_id);
  return find(std::begin(labels), std::end(labels), property.id);
}

bool is_mail_class(std::string_view name) {
  constexpr std::array mail = {std::string_view("ipm.note"), std::string_view("ipm.schedule"), std::string_view("report."), std::string_view("ipm.post"),
                               std::string_view("ipm.recall"), std::string_view("ipm.document"), std::string_view("ipm.outlook.recall"), std::string_view("ipm.conflict"),
                               std::string_view("ipm.sharing"), std::string_view("ipm.infopathform")};
  std::string lower;
  for (const char c : name.substr(0, 64)) lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return lower.empty() || lower == "ipm" || std::any_of(mail.begin(), mail.end(), [&](std::string_view start) { return lower.starts_with(start); });
}

}  // namespace evtriage::mapi
