// The parts come from take_apart() as ranges; what is decoded is decoded here, byte by byte, so that each character
// keeps its place.  Both alternatives of a body are text, unless they read the same: then the words of the plain one
// stand for both, and only links and comments of the HTML are added, so that one sentence is not judged twice.
// Tested by tests/extractors/mail_test.cpp.
#include "extractors/mail_reader.h"

#include <algorithm>
#include <map>

#include "extractors/cms.h"
#include "extractors/encoding.h"
#include "extractors/mail_header.h"
#include "extractors/mail_parts.h"
#include "extractors/mail_people.h"
#include "extractors/mail_relay.h"
#include "extractors/mail_text.h"
#include "extractors/mime.h"
#include "pipeline/core/time.h"

namespace evtriage {
namespace {

constexpr std::size_t most_property_bytes = 64 << 10;
constexpr std::size_t most_relays = 100;  // Received fields whose client is looked at
constexpr std::size_t most_recipients = 10'000;
constexpr std::size_t body_excerpt = 4096;
constexpr std::size_t most_compared_bytes = 1 << 20;  // of a plain body that its HTML twin is compared with

constexpr std::string_view shown_fields[] = {
    "From", "To", "Cc", "Bcc", "Reply-To", "Sender", "Subject", "Resent-From", "Resent-To", "Resent-Cc", "Return-Path", "Delivered-To",
    "X-Original-To", "Envelope-To", "Apparently-To", "X-Originating-IP", "X-Sender-IP", "X-Source-IP", "X-Client-IP", "X-Sender", "Organization", "Comments", "Keywords", "Thread-Topic"};

std::string cut(std::string text, std::size_t most) {
  if (text.size() > most) text.resize(floor_char(text, most));
  return text;
}

class MailReader {
 public:
  MailReader(const Blob& item, const MailFrame& frame, Emit& emit)
      : text_(item.chars()), frame_(frame), emit_(emit), structure_(take_apart(text_, frame.message)), children_(item, emit) {}

  void run() {
    is_page_ = is_saved_page(structure_.parts[0]);
    headers(structure_.parts[0]);
    for (std::size_t i = 0; i < structure_.parts.size() && !emit_.stop_requested(); ++i) part(structure_.parts[i]);
    tell_damage();
    finish(structure_.parts[0]);
  }

 private:
  void headers(const MimePart& top) {
    const std::string charset = mime_parameter(top.value_of("content-type"), "charset");
    MappedText shown;
    std::size_t relays = 0;
    for (const MimeField& field : top.fields) {
      if (equals_ignoring_case(field.name, "received") && relays++ < most_relays) clients(field, shown);
      HeaderText value = header_text(field.value, offset_of(field.value), charset);
      if (std::any_of(std::begin(shown_fields), std::end(shown_fields), [&](auto s) { return equals_ignoring_case(s, field.name); })) {
        shown.text.append(field.name).append(": ").append(value.text).append("\n");
        shown.map.append(field.name.size() + 2, {field.range.begin, field.range.begin + field.name.size()}, 0, 0);
        append_map(shown.map, value.map);
        shown.map.append(1, {field.range.end, field.range.end}, 0, 0);
      }
      emit_.property(std::string(field.name), cut(std::move(value.text), most_property_bytes));
    }
    emit_mail_text(std::move(shown), "header", false, emit_);
  }

  // Only the addresses: a whole Received field would be read as if somebody had written it.
  void clients(const MimeField& field, MappedText& shown) {
    constexpr std::string_view lead = "Received from IP: ";
    for (const std::string_view address : client_addresses(field.value)) {
      const std::uint64_t at = offset_of(address);
      shown.text.append(lead).append(address).append("\n");
      shown.map.append(lead.size(), {field.range.begin, field.range.begin + field.name.size()}, 0, 0);
      shown.map.append(address.size(), {at, at + address.size()});
      shown.map.append(1, {at + address.size(), at + address.size()}, 0, 0);
    }
  }

  std::uint64_t offset_of(std::string_view inside) const {
    return inside.empty() ? 0 : static_cast<std::uint64_t>(inside.data() - text_.data());
  }

  void part(const MimePart& part) {
    if (part.kind == MimePart::Kind::multipart) return multipart(part);
    if (part.body.size() == 0) return;
    if (part.kind == MimePart::Kind::outside) return outside(part);
    const MailLeaf leaf = leaf_of(part);
    if (leaf.is_external) tell(Code::unsupported, "a part refers to content that is kept elsewhere (message/external-body): not in this item", part.body);
    if (leaf.is_partial) tell(Code::unsupported, "a fragment of a message that was sent in pieces (message/partial): read alone", part.body);
    if (leaf.is_cms) return cms(leaf);
    if (leaf.is_uuencoded && uuencoded_part(leaf)) return;
    if (leaf.is_text) return text(part, leaf);
    const bool sealed = inside_encrypted_ && leaf.media_type == "application/octet-stream";
    children_.add(leaf, sealed);
  }

  void multipart(const MimePart& part) {
    if (part.media_type != "multipart/encrypted") return;
    inside_encrypted_ = true;
    encrypted("the body is encrypted (multipart/encrypted, RFC 1847)", part.body);
  }

  void encrypted(std::string sentence, ByteRange where) {
    emit_.encrypted();
    tell(Code::encrypted, std::move(sentence), where);
  }

  // What a mail program does not show: before the first and after the last boundary.
  void outside(const MimePart& part) {
    MappedText words = decoded_text(text_.substr(part.body.begin, part.body.size()), "", OffsetMap::identity(part.body.size(), part.body.begin));
    emit_mail_text(std::move(words), "comment", false, emit_, "outside the parts of the message");
  }

  void cms(const MailLeaf& leaf) {
    const std::string bytes = decode_transfer(text_.substr(leaf.range.begin, leaf.range.size()), leaf.transfer, leaf.range.begin).bytes;
    CmsContent content = cms_content(bytes);
    if (content.kind == CmsKind::enveloped) encrypted("the body is encrypted (S/MIME enveloped data, RFC 8551)", leaf.range);
    children_.add(leaf, content.kind == CmsKind::enveloped);
    if (content.kind != CmsKind::signed_data) return;
    emit_.property("mail:signature", "S/MIME, not verified");
    if (!content.whole) tell(Code::truncated, "the signed content of an S/MIME part ends early", leaf.range);
    if (!content.bytes.empty()) children_.add_made("", "message/rfc822", std::move(content.bytes));
  }

  bool uuencoded_part(const MailLeaf& leaf) { return uuencoded(text_.substr(leaf.range.begin, leaf.range.size()), leaf.range).size() > 0; }

  std::vector<Uuencoded> uuencoded(std::string_view bytes, ByteRange where) {
    std::vector<Uuencoded> files = uuencoded_files(bytes);
    for (Uuencoded& file : files) {
      if (!file.whole) tell(Code::truncated, "a uuencoded file has no end line", where);
      children_.add_made(header_text(file.name, 0, "").text, "", std::move(file.bytes));
    }
    return files;
  }

  MappedText decoded_text(std::string_view bytes, const std::string& charset, const OffsetMap& back) {
    const std::string encoding = detect_encoding(bytes, {charset, true, false}).value_or("utf-8");
    if (!charset.empty() && encoding_named(charset).empty()) {
      tell(Code::unsupported, "unknown charset \"" + cut(charset, 40) + "\"; read as " + encoding, {});
    }
    Decoded decoded = decode(bytes, encoding, 0);
    return {std::move(decoded.utf8), OffsetMap::compose(decoded.map, back)};
  }

  void text(const MimePart& part, const MailLeaf& leaf) {
    Transferred body = decode_transfer(text_.substr(leaf.range.begin, leaf.range.size()), leaf.transfer, leaf.range.begin);
    if (body.broken) {
      tell(Code::corrupt, "a part breaks the rules of its transfer encoding; what could be decoded was", leaf.range);
      if (leaf.transfer == Transfer::base64) lines_as_stored(leaf);
    }
    MappedText words = decoded_text(body.bytes, leaf.charset, body.map);
    if (leaf.media_type == "text/html") return html(part, std::move(words));
    const auto files = uuencoded(words.text, leaf.range);
    if (!files.empty()) words = through(without(words.text, files), words.map);
    if (words.text.find("-----BEGIN PGP MESSAGE-----") != words.text.npos) encrypted("the body holds a PGP message (RFC 4880 armour)", leaf.range);
    if (words.text.find("-----BEGIN PGP SIGNED MESSAGE-----") != words.text.npos) emit_.property("mail:signature", "PGP, not verified");
    if (leaf.is_flowed) words = through(unflowed(words.text, leaf.deletes_blanks), words.map);
    if (const auto family = alternative_around(part); family && words.text.size() <= most_compared_bytes) plain_[*family] = squeezed(words.text);
    if (excerpt_.empty()) excerpt_ = excerpt_of(words.text);
    emit_mail_text(std::move(words), "body", !is_page_, emit_);
  }

  // Lines of a base64 part that cannot be base64: the footer of a mailing list, or a whole text under a false label.
  void lines_as_stored(const MailLeaf& leaf) {
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=\r\n";
    MappedText kept;
    for (std::size_t at = leaf.range.begin; at < leaf.range.end;) {
      const std::size_t end = std::min<std::size_t>(text_.find('\n', at), leaf.range.end - 1) + 1;
      const std::string_view line = text_.substr(at, end - at);
      if (line.find_first_not_of(letters) != line.npos) {
        kept.text += line;
        kept.map.append(line.size(), {at, end});
      }
      at = end;
    }
    if (!kept.text.empty()) emit_mail_text(decoded_text(kept.text, leaf.charset, kept.map), "comment", !is_page_, emit_);
  }

  static std::string excerpt_of(const std::string& text) { return cut(text.substr(0, body_excerpt + 4), body_excerpt); }

  static MappedText through(MappedText outer, const OffsetMap& back) { return {std::move(outer.text), OffsetMap::compose(outer.map, back)}; }

  void html(const MimePart& part, MappedText source) {
    HtmlText page = html_text(source.text);
    if (!page.title.empty()) emit_.property("title", page.title);
    const auto family = alternative_around(part);
    const auto twin = family ? plain_.find(*family) : plain_.end();
    const bool same = twin != plain_.end() && twin->second == squeezed(page.body.text);
    if (same) emit_.property("mail:alternative", "the HTML body reads the same as the plain one: its words are given once");
    if (excerpt_.empty()) excerpt_ = excerpt_of(page.body.text);
    if (!same) emit_mail_text(through(std::move(page.body), source.map), "body", !is_page_, emit_);
    emit_html_rest(std::move(page), source.text, source.map, emit_, &children_.count());
  }

  std::optional<std::uint32_t> alternative_around(const MimePart& part) const {
    for (std::uint32_t at = part.parent; at != MimePart::no_parent; at = structure_.parts[at].parent) {
      if (structure_.parts[at].media_type == "multipart/alternative") return at;
    }
    return std::nullopt;
  }

  void tell(Code code, std::string sentence, std::optional<ByteRange> where) { emit_.issue({code, "mail", std::move(sentence), where, true}); }

  void tell_damage() {
    const std::uint64_t end = frame_.message.end;
    if (structure_.read_until < end) {
      tell(Code::limit, "mime_parts=" + std::to_string(most_mime_parts) + ": the rest was not read", ByteRange{structure_.read_until, end});
    }
    if (structure_.fields_left_out > 0) {
      tell(Code::limit, "header_fields=" + std::to_string(most_mime_fields) + ": " + std::to_string(structure_.fields_left_out) + " were not read", {});
    }
    if (structure_.unclosed > 0) tell(Code::truncated, "the last boundary of " + std::to_string(structure_.unclosed) + " multiparts is missing", {});
    if (structure_.unbounded > 0) {
      tell(Code::corrupt, "no boundary separates the parts of " + std::to_string(structure_.unbounded) + " multiparts; each was read as one text", {});
    }
  }

  void finish(const MimePart& top) {
    if (is_page_ || !is_message(top)) return;
    MessageRecord record;
    record.application = "mail";
    record.conversation = conversation(top);
    record.deleted = frame_.deleted || marks_deletion(top.value_of("x-mozilla-status"), top.value_of("x-status"));
    for (const std::string_view name : {"from", "sender", "resent-from", "return-path"}) {
      if (!record.sender.empty()) break;
      if (auto senders = addresses_of(top.value_of(name)); !senders.empty()) record.sender = std::move(senders[0]);
    }
    recipients(top, record.recipients);
    record.sent_ns = date_of(top.value_of("date"));
    if (record.sent_ns) emit_.property("dcterms:created", rfc3339(*record.sent_ns));
    record.body = std::move(excerpt_);
    record.attachments = children_.take_names();
    emit_.message(std::move(record));
  }

  // RFC 2557: a web page saved as MHTML is built like a mail, but nobody sent it.
  static bool is_saved_page(const MimePart& top) {
    return !top.value_of("snapshot-content-location").empty() || top.value_of("from").find("<Saved by ") != std::string_view::npos;
  }

  // The inside of a signed or forwarded part may be an entity without a sender: no message of its own.
  static bool is_message(const MimePart& top) {
    constexpr std::string_view telling[] = {"from", "to", "cc", "bcc", "date", "message-id", "subject", "received", "sender"};
    return std::any_of(std::begin(telling), std::end(telling), [&](std::string_view name) { return !top.value_of(name).empty(); });
  }

  void recipients(const MimePart& top, std::vector<std::string>& out) {
    std::map<std::string, bool> seen;
    for (const std::string_view name : {"to", "cc", "bcc", "resent-to", "resent-cc", "resent-bcc", "apparently-to"}) {
      for (const MimeField& field : top.fields) {
        if (!equals_ignoring_case(field.name, name)) continue;
        for (std::string& address : addresses_of(field.value)) {
          if (!seen.emplace(address, true).second) continue;
          if (out.size() == most_recipients) {
            return tell(Code::limit, "recipients=" + std::to_string(most_recipients) + ": the rest stands in the header text only", field.range);
          }
          out.push_back(std::move(address));
        }
      }
    }
  }

  // The first message of the thread: RFC 5322 section 3.6.4 lets References begin with it.
  static std::string conversation(const MimePart& top) {
    for (const std::string_view name : {"references", "in-reply-to", "message-id"}) {
      const std::string_view value = top.value_of(name);
      const std::size_t begin = value.find('<'), end = begin == value.npos ? begin : value.find('>', begin);
      if (end != value.npos && end - begin > 1) return cut(printable(value.substr(begin + 1, std::min<std::size_t>(end - begin - 1, 1000))), 1000);
    }
    return subject_of_thread(header_text(top.value_of("subject"), 0, "").text);
  }

  static std::string subject_of_thread(std::string_view subject) {
    for (bool again = true; again;) {
      again = false;
      while (subject.starts_with(' ')) subject.remove_prefix(1);
      for (const std::string_view mark : {"re:", "fw:", "fwd:", "tr:", "enc:", "res:", "rv:", "aw:", "wg:"}) {
        if (!equals_ignoring_case(subject.substr(0, mark.size()), mark)) continue;
        subject.remove_prefix(mark.size());
        again = true;
      }
    }
    return cut(std::string(subject.substr(0, 1000)), 200);
  }

  std::string_view text_;
  const MailFrame& frame_;
  Emit& emit_;
  MimeStructure structure_;
  MailChildren children_;
  std::map<std::uint32_t, std::string> plain_;  // multipart/alternative -> what its plain text says
  std::string excerpt_;
  bool inside_encrypted_ = false, is_page_ = false;
};

}  // namespace

void read_mail(const Blob& item, const MailFrame& frame, Emit& emit) { MailReader(item, frame, emit).run(); }

}  // namespace evtriage
