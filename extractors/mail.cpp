// E-mail: which items are mail, and what stands around the message in its file.
//
// Apple Mail's .emlx begins with the message's length and ends with a property list of flags; Maildir writes flags
// into the file's name; Mozilla writes them into a header field.  The message itself is read by mail_reader.cpp.
// Tested by tests/extractors/mail_test.cpp.
#include <algorithm>
#include <memory>

#include "extractors/builtin.h"
#include "extractors/mail_parts.h"
#include "extractors/mail_reader.h"

namespace evtriage {
namespace {

constexpr std::uint64_t most_mail_bytes = 256u << 20;
constexpr std::size_t most_list_bytes = 1 << 20;  // of an .emlx's property list

// "name:2,FLAGS" (or "!2," and ";2," where colons are not allowed): T is "trashed".
bool trashed_by_name(std::string_view name) {
  const std::size_t info = name.rfind("2,");
  if (info == name.npos || info == 0 || std::string_view(":!;").find(name[info - 1]) == std::string_view::npos) return false;
  const std::string_view flags = name.substr(info + 2);
  const bool letters = std::all_of(flags.begin(), flags.end(), [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); });
  return letters && flags.find('T') != flags.npos;
}

// The number on a line of its own at the start: bytes of the message after it.
struct EmlxHead {
  std::uint64_t begin = 0, length = 0;
};
std::optional<EmlxHead> emlx_head(std::string_view text) {
  EmlxHead head;
  std::size_t at = 0;
  while (at < text.size() && at < 18 && text[at] >= '0' && text[at] <= '9') head.length = head.length * 10 + static_cast<std::uint64_t>(text[at++] - '0');
  if (at == 0) return std::nullopt;
  while (at < text.size() && (text[at] == ' ' || text[at] == '\t' || text[at] == '\r')) ++at;
  if (at >= text.size() || text[at] != '\n') return std::nullopt;
  const std::string_view next = text.substr(at + 1);
  if (!is_header_line(next.substr(0, next.find('\n')))) return std::nullopt;
  head.begin = at + 1;
  return head;
}

// The integer behind <key>name</key> in the list's text.
std::optional<std::uint64_t> list_number(std::string_view list, std::string_view name) {
  const std::string key = "<key>" + std::string(name) + "</key>";
  std::size_t at = list.find(key);
  if (at == list.npos) return std::nullopt;
  at = list.find("<integer>", at + key.size());
  if (at == list.npos) return std::nullopt;
  std::uint64_t value = 0;
  for (at += 9; at < list.size() && list[at] >= '0' && list[at] <= '9' && value < 1'000'000'000'000; ++at) value = value * 10 + static_cast<std::uint64_t>(list[at] - '0');
  return value;
}

class Mail final : public Extractor {
 public:
  std::string_view name() const override { return "mail"; }
  std::uint32_t version() const override { return 4; }
  // Text that is named as mail is one, however few of its fields are known: its body may be encoded.
  bool accepts(const Identity& identity) const override {
    if (identity.media_type == "text/plain" && ends_ignoring_case(identity.name, ".eml")) return true;
    return identity.media_type == "message/rfc822" || identity.media_type == "message/x-emlx" ||
           identity.media_type == "application/x-mimearchive" || identity.media_type == "multipart/related" || identity.claimed_type.starts_with("message/rfc822");
  }
  void extract(const Content& content, const Identity& identity, Emit& emit) const override {
    const std::uint64_t size = std::min(content.size(), most_mail_bytes);
    if (size < content.size()) {
      emit.issue({Code::limit, "mail", "mail_bytes=" + std::to_string(most_mail_bytes) + ": the rest was not read", ByteRange{size, content.size()}, true});
    }
    const Result<Blob> bytes = content.read({0, size});
    if (!bytes) return emit.issue({bytes.error().code, "mail", bytes.error().detail, {}, true});
    MailFrame frame{{0, size}, trashed_by_name(identity.name)};
    const bool may_be_emlx = identity.media_type == "message/x-emlx" || ends_ignoring_case(identity.name, ".emlx");
    if (const auto head = may_be_emlx ? emlx_head(bytes->chars()) : std::nullopt) emlx(*bytes, *head, frame, emit);
    read_mail(*bytes, frame, emit);
  }

 private:
  // Flags of Apple Mail: bit 0 read, bit 1 deleted, bit 2 answered, bit 3 encrypted, bit 4 flagged, bit 6 draft.
  static void emlx(const Blob& bytes, const EmlxHead& head, MailFrame& frame, Emit& emit) {
    frame.message = {head.begin, bytes.size()};
    if (head.length > bytes.size() - head.begin) {
      return emit.issue({Code::truncated, "mail", "the message is shorter than its first line says", frame.message, true});
    }
    frame.message.end = head.begin + head.length;
    const std::uint64_t length = std::min<std::uint64_t>(bytes.size() - frame.message.end, most_list_bytes);
    const std::string list = printable(bytes.chars().substr(frame.message.end, length));
    const std::optional<std::uint64_t> flags = list_number(list, "flags");
    if (!flags) return;
    frame.deleted = (*flags & 2) != 0;
    std::string words;
    for (const auto& [bit, word] : {std::pair{1u, "read "}, {2u, "deleted "}, {4u, "answered "}, {16u, "flagged "}, {64u, "draft "}}) {
      if ((*flags & bit) != 0) words += word;
    }
    if (!words.empty()) words.pop_back();
    emit.property("mail:flags", words);
    OffsetMap map;
    map.append(list.size(), {frame.message.end, frame.message.end + length}, 0, 0);
    emit.text(TextSegment::of(Blob::own(list), std::move(map), "metadata"));
  }
};

}  // namespace

std::unique_ptr<const Extractor> make_mail_extractor() {
  return std::make_unique<Mail>();
}

}  // namespace evtriage
