// Fields of our own come first, then what the properties say, then the transport headers as found without their MIME
// fields.  Attachments are base64, so that no byte of theirs can be taken for a boundary.
// Tested by tests/extractors/outlook/pst_test.cpp.
#include "extractors/outlook/rendering.h"

#include <algorithm>
#include <array>

#include "extractors/mime.h"
#include "extractors/shared/lzfu.h"
#include "pipeline/core/time.h"

namespace evtriage {
namespace {

constexpr std::size_t resident_bytes = 1 << 20;
constexpr std::size_t piece_bytes = 57 * 1024;  // of an attachment at a time: whole base64 lines
constexpr std::size_t most_rtf_bytes = 64u << 20;
constexpr int most_attachments = 10'000;

class Sink {  // bytes of the child: in memory while they are few
 public:
  explicit Sink(Emit& emit) : emit_(emit) {}
  bool add(std::string_view bytes) {
    if (refused_) return false;
    buffer_ += bytes;
    if (buffer_.size() > resident_bytes) flush();
    return !refused_;
  }
  ContentPtr take() {
    if (!spool_ && !refused_) return resident(std::move(buffer_));
    flush();
    return spool_->take();
  }

 private:
  void flush() {
    if (!spool_) spool_ = emit_.spool();
    refused_ = refused_ || !spool_->append(as_bytes(buffer_));
    buffer_.clear();
  }
  Emit& emit_;
  std::string buffer_;
  std::unique_ptr<Spool> spool_;
  bool refused_ = false;
};

std::string one_line(std::string_view text) {
  std::string out;
  for (const char c : text) out += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
  return out;
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : one_line(text)) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

std::string base64(std::string_view bytes) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    unsigned group = 0;
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - at);
    for (std::size_t i = 0; i < 3; ++i) group = group << 8 | (i < count ? static_cast<unsigned char>(bytes[at + i]) : 0u);
    for (std::size_t i = 0; i < 4; ++i) out += i <= count ? digits[group >> (18 - 6 * i) & 63] : '=';
    if (at % 57 == 54 || at + 3 >= bytes.size()) out += "\r\n";
  }
  return out;
}

// "15 Jan 2026 10:00:00 +0000"
std::string mail_date(std::int64_t ns) {
  constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::string text = rfc3339(ns);
  if (text.size() < 19 || text[4] != '-') return {};
  const unsigned month = static_cast<unsigned>(text[5] - '0') * 10 + static_cast<unsigned>(text[6] - '0');
  return text.substr(8, 2) + " " + std::string(months[(month + 11) % 12]) + " " + text.substr(0, 4) + " " + text.substr(11, 8) + " +0000";
}

class Renderer {
 public:
  Renderer(const StoreItem& item, std::uint64_t number, Emit& emit)
      : item_(item), number_(number), emit_(emit), sink_(emit), properties_(item.item.properties()) {
    for (const std::uint16_t id : {mapi::id_message_codepage, mapi::id_internet_codepage}) {
      const mapi::Property* page = properties_.find(id);
      if (page != nullptr && page->type == mapi::type_int32 && code_page_.empty()) code_page_ = mapi::code_page_name(mapi::number_of(*page).value_or(0));
    }
    class_ = text(mapi::id_message_class);
    is_mail_ = mapi::is_mail_class(class_);
  }

  std::vector<StoreItem> run() {
    bodies();
    choose_boundary();
    headers();
    for (const Body& body : bodies_) add_body(body);
    for (int i = 0; i < std::min(item_.item.attachments(), most_attachments) && !emit_.stop_requested(); ++i) attachment(i);
    sink_.add("--" + boundary_ + "--\r\n");
    if (properties_.left_out > 0) {
      emit_.issue({Code::corrupt, "pst", "item " + std::to_string(number_) + ": " + std::to_string(properties_.left_out) + " properties could not be read", {}, true});
    }
    emit_.child(child(), sink_.take());
    return std::move(enclosed_);
  }

 private:
  struct Body {
    std::string type, bytes;
  };

  std::string text(std::uint16_t id) const { return properties_.text(id, code_page_); }
  std::optional<std::int64_t> time(std::uint16_t id) const {
    const mapi::Property* property = properties_.find(id);
    return property == nullptr ? std::nullopt : mapi::time_of(*property);
  }

  // The prefix's length may stand in front of a subject: U+0001 and one character ([MS-PST] section 2.5.3.1.1.1).
  std::string subject() const {
    std::string subject = text(mapi::id_subject);
    if (subject.starts_with('\x01')) subject.erase(0, std::min(subject.size(), 1 + static_cast<std::size_t>(subject.size() > 1 ? decode_utf8(subject, 1).length : 0)));
    return subject;
  }

  Child child() const {
    Child child;
    child.step = {StepKind::record, number_, {}, subject()};
    if (child.step.name.empty()) child.step.name = text(mapi::id_display_name);
    child.kind = ItemKind::record;
    child.media_type = "message/rfc822";
    child.created_ns = time(mapi::id_created);
    child.modified_ns = time(mapi::id_modified);
    child.deleted = item_.deleted;
    return child;
  }

  void bodies() {
    std::string plain = text(mapi::id_body);
    if (!is_mail_ || !mapi::is_mail_class(class_.substr(0, 8)) || class_.size() > 8) listing();
    const mapi::Property* html = properties_.find(mapi::id_html);
    const mapi::Property* rtf = properties_.find(mapi::id_rtf);
    if (!plain.empty()) bodies_.push_back({"text/plain; charset=utf-8", std::move(plain)});
    if (html != nullptr && !html->value.empty()) {
      if (html->type == mapi::type_binary) bodies_.push_back({html_type(), std::string(html->value)});
      else bodies_.push_back({"text/html; charset=utf-8", mapi::text_of(*html, code_page_).text});
    } else if (rtf != nullptr && bodies_.empty()) {
      if (auto words = unpack_rtf(rtf->value, most_rtf_bytes)) bodies_.push_back({"text/rtf", std::move(words->bytes)});
    }
  }
  std::string html_type() const {
    const mapi::Property* page = properties_.find(mapi::id_internet_codepage);
    const std::string name = page == nullptr ? std::string() : mapi::code_page_name(mapi::number_of(*page).value_or(0));
    return name.empty() ? "text/html" : "text/html; charset=" + name;
  }

  // What a person would read of a contact, an appointment, a task, a note.
  void listing() {
    std::string lines;
    for (const auto& entry : properties_.all) {
      const mapi::Property& property = entry->property;
      const std::string_view label = mapi::label_of(property);
      if (label.empty() || property.id == mapi::id_body || property.id == mapi::id_html) continue;
      std::string value = property.type == mapi::type_string8 || property.type == mapi::type_unicode ? mapi::text_of(property, code_page_).text : mapi::scalar_text(property);
      if (property.id == mapi::id_subject) value = subject();
      if (!value.empty()) lines.append(label).append(": ").append(value).append("\r\n");
    }
    if (!lines.empty()) bodies_.push_back({"text/plain; charset=utf-8", std::move(lines)});
  }

  void choose_boundary() {
    for (unsigned n = 0;; ++n) {
      boundary_ = "=_evtriage_" + std::to_string(n);
      if (std::none_of(bodies_.begin(), bodies_.end(), [&](const Body& body) { return body.bytes.find(boundary_) != body.bytes.npos; })) return;
    }
  }

  void field(std::string_view name, std::string_view value) {
    if (!value.empty()) sink_.add(std::string(name) + ": " + one_line(value) + "\r\n");
  }

  void headers() {
    field("X-Evtriage-Rendering", "made of MAPI properties; the digest is of this rendering, not of bytes of the store");
    field("X-Evtriage-Folder", item_.folder);
    field("X-Evtriage-Class", class_);
    field("X-Evtriage-Identifier", std::to_string(item_.item.identifier()));
    if (item_.enclosed_in > 0) field("X-Evtriage-Enclosed-In", "record " + std::to_string(item_.enclosed_in));
    if (item_.deleted) field("X-Evtriage-State", "found outside the folders of the store: deleted");
    if (const auto modified = time(mapi::id_modified)) field("X-Evtriage-Modified", rfc3339(*modified));
    field("MIME-Version", "1.0");
    const bool alternative = bodies_.size() == 2 && item_.item.attachments() == 0;
    field("Content-Type", std::string(alternative ? "multipart/alternative" : "multipart/mixed") + "; boundary=\"" + boundary_ + "\"");
    if (is_mail_) mail_headers();
    sink_.add("\r\n");
  }

  void mail_headers() {
    const std::string transport = text(mapi::id_transport_headers);
    const auto missing = [&](std::string_view name) { return !has_field(transport, name); };
    if (missing("from")) field("From", person(text(mapi::id_sent_name), {text(mapi::id_sent_smtp), text(mapi::id_sent_address)}));
    const std::string sender = person(text(mapi::id_sender_name), {text(mapi::id_sender_smtp), text(mapi::id_sender_address)});
    if (missing("sender") && missing("from")) field("Sender", sender);
    if (missing("subject")) field("Subject", subject());
    const auto sent = time(mapi::id_submit_time), delivered = time(mapi::id_delivery_time);
    if (missing("date") && (sent || delivered)) field("Date", mail_date(sent ? *sent : *delivered));
    if (missing("message-id")) field("Message-ID", text(mapi::id_message_id));
    if (missing("in-reply-to")) field("In-Reply-To", text(mapi::id_in_reply_to));
    if (missing("references")) field("References", text(mapi::id_references));
    field("Thread-Topic", text(mapi::id_conversation_topic));
    recipients(missing("to"), missing("cc"), missing("bcc"));
    transport_lines(transport);
  }

  void recipients(bool to, bool cc, bool bcc) {
    std::array<std::string, 3> lists;
    for (const pff::Properties& row : item_.item.recipients()) {
      const mapi::Property* type = row.find(mapi::id_recipient_type);
      const std::uint32_t kind = type == nullptr ? 1 : mapi::number_of(*type).value_or(1);
      std::string& list = lists[kind == 2 || kind == 3 ? kind - 1 : 0];
      const std::string who = person(row.text(mapi::id_display_name, code_page_), {row.text(mapi::id_smtp_address, code_page_), row.text(mapi::id_address, code_page_)});
      if (!who.empty()) list.append(list.empty() ? "" : ", ").append(who);
    }
    if (to) field("To", lists[0]);
    if (cc) field("Cc", lists[1]);
    if (bcc) field("Bcc", lists[2]);
  }

  static std::string person(const std::string& name, std::initializer_list<std::string> addresses) {
    for (const std::string& address : addresses) {
      if (!address.empty()) return (name.empty() ? "" : quoted(name) + " ") + "<" + one_line(address) + ">";
    }
    return name.empty() ? "" : quoted(name);
  }

  static bool has_field(std::string_view headers, std::string_view name) {
    for (std::size_t at = 0; at < headers.size(); at = std::min(headers.find('\n', at), headers.size() - 1) + 1) {
      if (headers.size() - at > name.size() && headers[at + name.size()] == ':' && equals_ignoring_case(headers.substr(at, name.size()), name)) return true;
    }
    return false;
  }

  void transport_lines(std::string_view headers) {
    bool taken = false;
    for (std::size_t at = 0; at < headers.size();) {
      const std::size_t end = std::min(headers.find('\n', at), headers.size() - 1) + 1;
      std::string_view line = headers.substr(at, end - at);
      at = end;
      while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
      if (line.empty()) continue;
      const bool folded = line[0] == ' ' || line[0] == '\t';
      if (!folded) taken = !equals_ignoring_case(line.substr(0, 8), "content-") && !equals_ignoring_case(line.substr(0, 13), "mime-version:");
      if (!taken) continue;
      const bool odd = !folded && !is_header_line(line);
      sink_.add((odd ? "X-Evtriage-Odd-Line: " : "") + std::string(line) + "\r\n");
    }
  }

  void add_body(const Body& body) {
    sink_.add("--" + boundary_ + "\r\nContent-Type: " + body.type + "\r\nContent-Transfer-Encoding: 8bit\r\n\r\n");
    sink_.add(body.bytes);
    sink_.add("\r\n");
  }

  void attachment(int index) {
    const std::optional<pff::Item> attachment = item_.item.attachment(index);
    if (!attachment) return tell(index, "could not be read");
    const pff::AttachmentKind kind = attachment->attachment_kind();
    if (kind == pff::AttachmentKind::item) return enclosed(index, *attachment);
    const pff::Properties properties = attachment->properties();
    std::string name = properties.text(mapi::id_attach_long_name, code_page_);
    if (name.empty()) name = properties.text(mapi::id_attach_short_name, code_page_);
    if (name.empty()) name = properties.text(mapi::id_display_name, code_page_);
    if (kind != pff::AttachmentKind::data) return tell(index, "\"" + one_line(name) + "\" is a reference: its bytes are not in the store");
    const std::string type = media_type(properties.text(mapi::id_attach_mime, code_page_));
    sink_.add("--" + boundary_ + "\r\nContent-Type: " + type + "\r\nContent-Disposition: attachment; filename=" + quoted(name) +
              "\r\nContent-Transfer-Encoding: base64\r\n\r\n");
    std::uint64_t left = attachment->attachment_size();
    std::string pending;
    while (left > 0) {
      const std::string bytes = attachment->read_attachment(static_cast<std::size_t>(std::min<std::uint64_t>(left, piece_bytes)));
      if (bytes.empty()) {
        tell(index, "lost its last " + std::to_string(left) + " bytes");
        break;
      }
      left -= bytes.size();
      pending += bytes;
      const std::size_t whole = left > 0 ? pending.size() / 57 * 57 : pending.size();
      if (!sink_.add(base64(std::string_view(pending).substr(0, whole)))) return;
      pending.erase(0, whole);
    }
    sink_.add(base64(pending));
  }

  static std::string media_type(const std::string& claimed) {
    const bool good = !claimed.empty() && claimed.size() < 100 && claimed.find('/') != claimed.npos &&
                      std::all_of(claimed.begin(), claimed.end(), [](char c) { return c > 0x20 && c < 0x7f && c != ';' && c != '"'; });
    return good && !claimed.starts_with("multipart/") ? claimed : "application/octet-stream";
  }

  void enclosed(int index, const pff::Item& attachment) {
    constexpr unsigned most_levels = 32;
    if (item_.level + 1 >= most_levels) return tell(index, "enclosed_levels=32: an enclosed message was not read");
    std::optional<pff::Item> inner = attachment.attached_item();
    if (!inner) return tell(index, "is an enclosed message that could not be read");
    enclosed_.push_back({std::move(*inner), item_.folder, number_, item_.level + 1, item_.deleted});
  }

  void tell(int index, std::string_view what) {
    const Code code = what.starts_with("enclosed_levels") ? Code::limit : what.find("reference") != what.npos ? Code::unsupported : Code::corrupt;
    emit_.issue({code, "pst", "item " + std::to_string(number_) + ", attachment " + std::to_string(index + 1) + ": " + std::string(what), {}, true});
  }

  const StoreItem& item_;
  std::uint64_t number_;
  Emit& emit_;
  Sink sink_;
  pff::Properties properties_;
  std::string code_page_, class_, boundary_;
  bool is_mail_ = true;
  std::vector<Body> bodies_;
  std::vector<StoreItem> enclosed_;
};

}  // namespace

std::vector<StoreItem> emit_store_item(const StoreItem& item, std::uint64_t number, Emit& emit) { return Renderer(item, number, emit).run(); }

}  // namespace evtriage
