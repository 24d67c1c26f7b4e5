// E-mail (RFC 5322, MIME RFC 2045 to 2049) by GMime: headers as properties, bodies as text with the way back to
// their bytes, attachments and enclosed messages as children.
//
// GMime finds the structure and decodes headers; bodies are decoded here from the ranges that it names, because
// only so each character keeps its place.  Parts are walked with a stack of our own: nesting cannot exhaust ours.
// Tested by tests/extractors/mail_test.cpp.
#include <gmime/gmime.h>

#include <algorithm>
#include <memory>

#include "extractors/builtin.h"
#include "extractors/encoding.h"
#include "extractors/html_text.h"
#include "extractors/transfer.h"

namespace evtriage {
namespace {

constexpr std::size_t most_parts = 10'000;
constexpr std::size_t most_header_bytes = 64 << 10;  // of one header kept as a property
constexpr std::size_t body_excerpt = 4096;

struct Unref {
  void operator()(void* object) const {
    if (object != nullptr) g_object_unref(object);
  }
};
template <class T>
using Owned = std::unique_ptr<T, Unref>;

std::string text_of(const char* text) { return text == nullptr ? std::string() : printable(text); }

std::string cut(std::string text, std::size_t most) {
  if (text.size() > most) text.resize(floor_char(text, most));
  return text;
}

Transfer transfer_of(GMimePart* part) {
  switch (g_mime_part_get_content_encoding(part)) {
    case GMIME_CONTENT_ENCODING_BASE64: return Transfer::base64;
    case GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE: return Transfer::quoted_printable;
    default: return Transfer::identity;
  }
}

// Where the part's body lies in the item; empty if the library does not say.
ByteRange body_range(GMimePart* part, std::uint64_t item_size) {
  GMimeDataWrapper* wrapper = g_mime_part_get_content(part);
  GMimeStream* stream = wrapper == nullptr ? nullptr : g_mime_data_wrapper_get_stream(wrapper);
  if (stream == nullptr || stream->bound_start < 0) return {};
  const auto begin = static_cast<std::uint64_t>(stream->bound_start);
  const std::uint64_t end = stream->bound_end < 0 ? item_size : static_cast<std::uint64_t>(stream->bound_end);
  return end > item_size || begin > end ? ByteRange{} : ByteRange{begin, end};
}

void add_addresses(InternetAddressList* list, std::vector<std::string>& out) {
  const int count = list == nullptr ? 0 : internet_address_list_length(list);
  for (int i = 0; i < count; ++i) {
    InternetAddress* address = internet_address_list_get_address(list, i);
    if (!INTERNET_ADDRESS_IS_MAILBOX(address)) continue;
    const char* value = internet_address_mailbox_get_addr(reinterpret_cast<InternetAddressMailbox*>(address));
    if (value != nullptr && *value != '\0') out.push_back(printable(value));
  }
}

class Reader {
 public:
  Reader(std::string_view bytes, Emit& emit) : bytes_(bytes), emit_(emit) {}

  void run() {
    Owned<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes_.data(), bytes_.size()));
    Owned<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
    g_mime_parser_set_format(parser.get(), GMIME_FORMAT_MESSAGE);
    Owned<GMimeMessage> message(g_mime_parser_construct_message(parser.get(), nullptr));
    if (!message) return emit_.issue({Code::corrupt, "mail", "the message has no structure that can be read", {}, true});
    // RFC 2557: a saved web page (MHTML) is built like a mail, but nobody sent it.
    is_page_ = g_mime_object_get_header(reinterpret_cast<GMimeObject*>(message.get()), "Snapshot-Content-Location") != nullptr ||
               text_of(g_mime_object_get_header(reinterpret_cast<GMimeObject*>(message.get()), "From")).find("<Saved by ") != std::string::npos;
    headers(message.get());
    parts(g_mime_message_get_mime_part(message.get()));
    if (!is_page_) finish(message.get());
  }

 private:
  void headers(GMimeMessage* message) {
    GMimeHeaderList* list = g_mime_object_get_header_list(reinterpret_cast<GMimeObject*>(message));
    const int count = g_mime_header_list_get_count(list);
    std::string text;
    OffsetMap map;
    for (int i = 0; i < count; ++i) {
      GMimeHeader* header = g_mime_header_list_get_header_at(list, i);
      const std::string name = text_of(g_mime_header_get_name(header));
      const std::string value = cut(text_of(g_mime_header_get_value(header)), most_header_bytes);
      emit_.property(name, value);
      constexpr std::string_view shown[] = {"From", "To", "Cc", "Bcc", "Reply-To", "Sender", "Subject"};
      if (std::none_of(std::begin(shown), std::end(shown), [&](std::string_view s) { return g_ascii_strcasecmp(s.data(), name.c_str()) == 0; })) continue;
      const std::string line = name + ": " + value + "\n";
      text += line;
      map.append(line.size(), header_range(header), 0, 0);
    }
    if (!text.empty()) emit_.text(TextSegment::of(Blob::own(std::move(text)), std::move(map), "header"));
  }
  ByteRange header_range(GMimeHeader* header) const {
    const gint64 offset = g_mime_header_get_offset(header);
    if (offset < 0 || static_cast<std::uint64_t>(offset) >= bytes_.size()) return {0, 0};
    const auto begin = static_cast<std::size_t>(offset);
    std::size_t end = begin;
    do {  // folded lines go on with a blank
      end = std::min(bytes_.find('\n', end), bytes_.size() - 1) + 1;
    } while (end < bytes_.size() && (bytes_[end] == ' ' || bytes_[end] == '\t'));
    return {begin, end};
  }

  void parts(GMimeObject* root) {
    std::vector<GMimeObject*> stack;
    if (root != nullptr) stack.push_back(root);
    for (std::size_t seen = 0; !stack.empty() && !emit_.stop_requested(); ++seen) {
      if (seen == most_parts) {
        return emit_.issue({Code::limit, "mail", "more than " + std::to_string(most_parts) + " parts; the rest was not read", {}, true});
      }
      GMimeObject* object = stack.back();
      stack.pop_back();
      if (GMIME_IS_MULTIPART(object)) {
        auto* multipart = reinterpret_cast<GMimeMultipart*>(object);
        for (int i = g_mime_multipart_get_count(multipart); i-- > 0;) stack.push_back(g_mime_multipart_get_part(multipart, i));
      } else if (GMIME_IS_MESSAGE_PART(object)) {
        enclosed(reinterpret_cast<GMimeMessagePart*>(object));
      } else if (GMIME_IS_PART(object)) {
        leaf(reinterpret_cast<GMimePart*>(object));
      }
    }
  }

  void enclosed(GMimeMessagePart* part) {
    GMimeMessage* message = g_mime_message_part_get_message(part);
    if (message == nullptr) return;
    Owned<GMimeStream> stream(g_mime_stream_mem_new());
    g_mime_object_write_to_stream(reinterpret_cast<GMimeObject*>(message), nullptr, stream.get());
    const GByteArray* bytes = g_mime_stream_mem_get_byte_array(reinterpret_cast<GMimeStreamMem*>(stream.get()));
    child("", "message/rfc822", std::string(reinterpret_cast<const char*>(bytes->data), bytes->len), {});
  }

  void leaf(GMimePart* part) {
    GMimeContentType* type = g_mime_object_get_content_type(reinterpret_cast<GMimeObject*>(part));
    std::string name = text_of(g_mime_part_get_filename(part));
    const std::string charset = text_of(g_mime_object_get_content_type_parameter(reinterpret_cast<GMimeObject*>(part), "charset"));
    const std::string media = text_of(g_mime_content_type_get_media_type(type)) + "/" + text_of(g_mime_content_type_get_media_subtype(type));
    const ByteRange range = body_range(part, bytes_.size());
    const Transfer transfer = transfer_of(part);
    Transferred body = decode_transfer(bytes_.substr(range.begin, range.size()), transfer, range.begin);
    if (body.broken) emit_.issue({Code::corrupt, "mail", "a part breaks the rules of its transfer encoding; what could be decoded was", range, true});
    const bool attached = g_mime_part_is_attachment(part) != 0 || !name.empty();
    if (name.empty()) name = text_of(g_mime_object_get_header(reinterpret_cast<GMimeObject*>(part), "Content-Location"));
    const bool html = g_ascii_strcasecmp(media.c_str(), "text/html") == 0;
    if (attached || (!html && g_ascii_strcasecmp(media.c_str(), "text/plain") != 0)) {
      const bool plain = transfer == Transfer::identity;
      return child(name, media + (charset.empty() ? "" : "; charset=" + charset), std::move(body.bytes),
                   plain ? std::optional<ByteRange>(range) : std::nullopt);
    }
    text(body, charset, html);
  }

  void text(const Transferred& body, const std::string& charset, bool html) {
    const std::string encoding = detect_encoding(body.bytes, {charset, true, false}).value_or("utf-8");
    if (!charset.empty() && encoding_named(charset).empty()) {
      emit_.issue({Code::unsupported, "mail", "unknown charset \"" + cut(charset, 40) + "\"; read as " + encoding, {}, true});
    }
    Decoded decoded = decode(body.bytes, encoding, 0);
    const OffsetMap back = OffsetMap::compose(decoded.map, body.map);
    if (html) return emit_html(decoded.utf8, back, !is_page_, emit_, &children_);
    if (decoded.utf8.empty()) return;
    if (excerpt_.empty()) excerpt_ = cut(decoded.utf8, body_excerpt);
    TextSegment segment = TextSegment::of(Blob::own(std::move(decoded.utf8)), back, "body");
    segment.is_message = !is_page_;
    emit_.text(std::move(segment));
  }

  void child(std::string name, std::string type, std::string bytes, std::optional<ByteRange> extent) {
    Child child;
    child.step = {StepKind::member, ++children_, {}, name};
    child.kind = ItemKind::attachment;
    child.media_type = std::move(type);
    child.extent = extent;
    attachments_.push_back(name.empty() ? "#" + std::to_string(children_) : std::move(name));
    emit_.child(std::move(child), resident(std::move(bytes)));
  }

  void finish(GMimeMessage* message) {
    MessageRecord record;
    record.application = "email";
    record.conversation = conversation(text_of(g_mime_message_get_subject(message)));
    std::vector<std::string> senders;
    add_addresses(g_mime_message_get_from(message), senders);
    if (!senders.empty()) record.sender = senders[0];
    add_addresses(g_mime_message_get_to(message), record.recipients);
    add_addresses(g_mime_message_get_cc(message), record.recipients);
    add_addresses(g_mime_message_get_bcc(message), record.recipients);
    if (GDateTime* date = g_mime_message_get_date(message); date != nullptr) {
      const std::int64_t seconds = g_date_time_to_unix(date);
      if (seconds > -9'000'000'000 && seconds < 9'000'000'000) record.sent_ns = seconds * 1'000'000'000;
    }
    record.body = std::move(excerpt_);
    record.attachments = std::move(attachments_);
    emit_.message(std::move(record));
  }

  // The subject without its reply and forward marks, in the four languages of the reports' readers.
  static std::string conversation(std::string subject) {
    for (bool again = true; again;) {
      again = false;
      while (!subject.empty() && subject.front() == ' ') subject.erase(0, 1);
      for (const std::string_view mark : {"re:", "fw:", "fwd:", "tr:", "enc:", "res:", "rv:"}) {
        if (subject.size() >= mark.size() && g_ascii_strncasecmp(subject.c_str(), mark.data(), mark.size()) == 0) {
          subject.erase(0, mark.size());
          again = true;
        }
      }
    }
    return cut(std::move(subject), 200);
  }

  std::string_view bytes_;
  Emit& emit_;
  bool is_page_ = false;
  std::uint64_t children_ = 0;
  std::vector<std::string> attachments_;
  std::string excerpt_;
};

class Mail final : public Extractor {
 public:
  std::string_view name() const override { return "mail"; }
  std::uint32_t version() const override { return 2; }
  bool accepts(const Identity& identity) const override {
    return identity.media_type == "message/rfc822" || identity.media_type == "multipart/related" || identity.media_type == "application/x-mimearchive" || identity.claimed_type.starts_with("message/rfc822");
  }
  void extract(const Content& content, const Identity&, Emit& emit) const override {
    const Result<Blob> bytes = content.read({0, content.size()});
    if (!bytes) return emit.issue({bytes.error().code, "mail", bytes.error().detail, {}, true});
    if (nested_too_deep(bytes->chars())) {
      return emit.issue({Code::limit, "mail", "more than 500 part boundaries are declared; the parts were not taken apart", {}, true});
    }
    Reader(bytes->chars(), emit).run();
  }

 private:
  // The library recurses over nested parts: a message that declares hundreds of boundaries is kept from it.
  static bool nested_too_deep(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t at = text.find("boundary="); at != text.npos && count <= 500; at = text.find("boundary=", at + 9)) ++count;
    return count > 500;
  }
};

}  // namespace

std::unique_ptr<const Extractor> make_mail_extractor() {
  g_mime_init();
  return std::make_unique<Mail>();
}

}  // namespace evtriage
