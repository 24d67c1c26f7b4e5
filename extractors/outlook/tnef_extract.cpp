// winmail.dat: the message that Outlook puts beside a mail, with its text, its people and its attachments.
//
// Everything but compressed RTF lies unchanged in the stream, so texts and attachments keep their places.  The RTF and
// enclosed streams become children, read by those who know them: nothing recurses here.
// Tested by tests/extractors/outlook/tnef_test.cpp, tnef and ytnef as judges.
#include <algorithm>

#include "extractors/shared/lzfu.h"
#include "extractors/outlook/outlook.h"
#include "extractors/outlook/tnef.h"
#include "pipeline/core/time.h"

namespace evtriage {
namespace {

constexpr std::uint64_t most_stream_bytes = 256u << 20;
constexpr std::size_t most_rtf_bytes = 64u << 20;
constexpr std::size_t most_attachments = 10'000;
constexpr std::size_t most_entries = 1'000'000;
constexpr std::size_t most_recipients = 10'000;
constexpr std::size_t excerpt_bytes = 4096;

struct Attachment {
  std::string_view title, transport_name, data, properties;
  std::optional<std::int64_t> created, modified;
};

class Tnef {
 public:
  Tnef(const Blob& stream, Emit& emit) : stream_(stream), text_(stream.chars()), emit_(emit) {}

  void run() {
    tnef::Entries entries(text_);
    if (!entries.is_tnef()) return tell(Code::corrupt, "this is no TNEF stream: its first bytes are others", ByteRange{0, text_.size()});
    tnef::Entry entry;
    for (std::size_t count = 0; entries.next(entry) && !emit_.stop_requested(); ++count) {
      if (count == most_entries) {
        tell(Code::limit, "tnef_attributes=" + std::to_string(most_entries) + ": the rest was not read", ByteRange{entries.position(), text_.size()});
        break;
      }
      if (!entry.sound && !entries.truncated()) tell(Code::corrupt, "an attribute's checksum is wrong; it was read all the same", range_of(entry.data));
      take(entry);
    }
    if (entries.truncated()) tell(Code::truncated, "the stream ends inside an attribute", ByteRange{entries.position(), text_.size()});
    message();
  }

 private:
  void take(const tnef::Entry& entry) {
    if (entry.of_attachment) return take_attachment(entry);
    switch (entry.id) {
      case tnef::code_page: code_page_ = mapi::code_page_name(ByteReader(entry.data).u32le()); break;
      case tnef::message_class: class_ = text(entry.data); break;
      case tnef::subject: line("subject", entry.data); break;
      case tnef::from: take_sender(tnef::sender_of(entry.data)); break;
      case tnef::body: body_ = entry.data; break;
      case tnef::date_sent: sent_ = tnef::date_of(entry.data); break;
      case tnef::message_properties: take_properties(entry.data, properties_); break;
      case tnef::recipients: take_recipients(entry.data); break;
      default: break;
    }
  }

  void take_sender(const tnef::Sender& sender) {
    line("from", sender.name);
    line("from, address", sender.address);
    std::string_view address = sender.address;
    if (const std::size_t colon = address.find(':'); colon != address.npos) address.remove_prefix(colon + 1);  // "SMTP:ama@example.org"
    if (!address.empty()) sender_ = text(address);
  }

  void take_properties(std::string_view data, std::vector<mapi::Property>& out) {
    ByteReader reader(data);
    tnef::PropertyList list = tnef::properties_of(reader);
    if (!list.whole) tell(Code::corrupt, "a list of properties ends early or makes no sense; what stood before was read", range_of(data));
    out = std::move(list.properties);
  }

  void take_recipients(std::string_view data) {
    for (const tnef::PropertyList& row : tnef::rows_of(data)) {
      std::string address;
      for (const std::uint16_t id : {mapi::id_smtp_address, mapi::id_address, mapi::id_display_name}) {
        const mapi::Property* found = find(row.properties, id);
        if (found == nullptr) continue;
        line(id == mapi::id_display_name ? "recipient" : "recipient, address", found->value, found->type);
        if (address.empty()) address = mapi::text_of(*found, code_page_).text;
      }
      if (!address.empty() && recipients_.size() < most_recipients) recipients_.push_back(std::move(address));
    }
  }

  void take_attachment(const tnef::Entry& entry) {
    if (entry.id == tnef::attach_rendering || attachments_.empty()) {
      if (attachments_.size() == most_attachments) {
        if (!told_attachments_) tell(Code::limit, "attachments=" + std::to_string(most_attachments) + ": the rest was not read", range_of(entry.data));
        told_attachments_ = true;
        return;
      }
      attachments_.emplace_back();
    }
    if (told_attachments_) return;
    Attachment& attachment = attachments_.back();
    switch (entry.id) {
      case tnef::attach_title: attachment.title = entry.data; break;
      case tnef::attach_transport_name: attachment.transport_name = entry.data; break;
      case tnef::attach_data: attachment.data = entry.data; break;
      case tnef::attachment_properties: attachment.properties = entry.data; break;
      case tnef::attach_created: attachment.created = tnef::date_of(entry.data); break;
      case tnef::attach_modified: attachment.modified = tnef::date_of(entry.data); break;
      default: break;
    }
  }

  void message() {
    if (const std::string words = class_of(); !words.empty()) emit_.property("mapi:message-class", words);
    listing();
    if (!head_.text.empty()) emit_.text(TextSegment::of(Blob::own(std::move(head_.text)), std::move(head_.map), "metadata"));
    const mapi::Property* plain = find(properties_, mapi::id_body);
    if (plain != nullptr) body(*plain);
    else if (!body_.empty()) body(string8(body_));
    if (const mapi::Property* html = find(properties_, mapi::id_html)) html_body(*html);
    if (const mapi::Property* rtf = find(properties_, mapi::id_rtf)) rtf_body(*rtf);
    for (const Attachment& attachment : attachments_) {
      if (emit_.stop_requested()) return;
      child_of(attachment);
    }
    row();
  }

  std::string class_of() const {
    const mapi::Property* property = find(properties_, mapi::id_message_class);
    return property == nullptr ? class_ : mapi::text_of(*property, code_page_).text;
  }

  // What the properties say to a reader: subject, people, addresses, telephones.
  void listing() {
    for (const mapi::Property& property : properties_) {
      const std::string_view label = mapi::label_of(property);
      if (label.empty() || property.id == mapi::id_body || property.id == mapi::id_html) continue;
      if (property.type == mapi::type_string8 || property.type == mapi::type_unicode) {
        line(label, property.value, property.type);
      } else if (const std::string value = mapi::scalar_text(property); !value.empty()) {
        const ByteRange range = range_of(property.value);
        add(std::string(label) + ": " + value + "\n", range);
      }
    }
  }

  void line(std::string_view label, std::string_view value, std::uint16_t type = mapi::type_string8) {
    mapi::Property property = string8(value);
    property.type = type;
    MappedText words = mapped(property);
    if (words.text.empty()) return;
    const ByteRange range = range_of(value);
    add(std::string(label) + ": ", {range.begin, range.begin});
    head_.text += words.text;
    const OffsetMap& map = words.map;
    for (std::size_t i = 0; i < map.runs().size(); ++i) {
      const Run& run = map.runs()[i];
      const std::uint64_t end = i + 1 < map.runs().size() ? map.runs()[i + 1].text_begin : map.text_size();
      head_.map.append(end - run.text_begin, run.source, run.text_unit, run.source_unit);
    }
    add("\n", {range.end, range.end});
  }
  void add(const std::string& words, ByteRange range) {
    head_.text += words;
    head_.map.append(words.size(), range, 0, 0);
  }

  void body(const mapi::Property& property) {
    MappedText words = mapped(property);
    if (words.text.empty()) return;
    excerpt_ = words.text.substr(0, floor_char(words.text, std::min(words.text.size(), excerpt_bytes)));
    emit_words(std::move(words), "body", true);
  }

  void html_body(const mapi::Property& property) {
    const mapi::Property* page = find(properties_, mapi::id_internet_codepage);
    const std::string name = page == nullptr ? code_page_ : mapi::code_page_name(mapi::number_of(*page).value_or(0));
    MappedText source = mapi::text_of(property, name);
    const OffsetMap back = OffsetMap::compose(source.map, OffsetMap::identity(property.value.size(), range_of(property.value).begin));
    emit_html(source.text, back, true, emit_);
  }

  void rtf_body(const mapi::Property& property) {
    const std::optional<UnpackedRtf> rtf = unpack_rtf(property.value, most_rtf_bytes);
    if (!rtf) return tell(Code::corrupt, "the compressed RTF body has no header that is known", range_of(property.value));
    if (!rtf->whole) tell(Code::truncated, "the compressed RTF body ends early, or exceeds rtf_bytes=" + std::to_string(most_rtf_bytes), range_of(property.value));
    Child child;
    child.step = {StepKind::member, ++number_, {}, ""};
    child.kind = ItemKind::embedded;
    child.media_type = "text/rtf";
    emit_.child(std::move(child), resident(rtf->bytes));
  }

  void child_of(const Attachment& attachment) {
    std::vector<mapi::Property> properties;
    if (!attachment.properties.empty()) take_properties(attachment.properties, properties);
    const auto words = [&](std::uint16_t id) {
      const mapi::Property* property = find(properties, id);
      return property == nullptr ? std::string() : mapi::text_of(*property, code_page_).text;
    };
    std::string name = words(mapi::id_attach_long_name);
    for (const std::string_view other : {attachment.transport_name, attachment.title}) {
      if (name.empty()) name = text(other);
    }
    if (name.empty()) name = words(mapi::id_attach_short_name);
    Child child;
    child.step = {StepKind::member, ++number_, {}, name};
    child.kind = ItemKind::attachment;
    child.media_type = words(mapi::id_attach_mime);
    child.created_ns = attachment.created;
    child.modified_ns = attachment.modified;
    std::string_view data = attachment.data;
    if (const mapi::Property* object = find(properties, mapi::id_attach_data)) {
      const std::string_view inner = tnef::embedded_stream(object->value);
      if (!inner.empty()) child.media_type = "application/vnd.ms-tnef";
      if (!inner.empty()) data = inner;
      else if (data.empty()) data = object->type == mapi::type_object ? object->value.substr(std::min<std::size_t>(16, object->value.size())) : object->value;
    }
    names_.push_back(name.empty() ? "#" + std::to_string(number_) : std::move(name));
    if (data.empty()) return emit_.child(std::move(child), resident(std::string()));
    const ByteRange range = range_of(data);
    child.extent = range;
    emit_.child(std::move(child), resident(stream_.slice(range.begin, range.size())));
  }

  // Beside a mail the mail is the message; only a stream that names its sender is one by itself.
  void row() {
    for (const std::uint16_t id : {mapi::id_sent_smtp, mapi::id_sender_smtp, mapi::id_sent_address, mapi::id_sender_address}) {
      const mapi::Property* property = find(properties_, id);
      if (property != nullptr && sender_.empty()) sender_ = mapi::text_of(*property, code_page_).text;
    }
    if (sender_.empty()) return;
    MessageRecord record;
    record.application = "mail";
    for (const std::uint16_t id : {mapi::id_references, mapi::id_in_reply_to, mapi::id_message_id, mapi::id_conversation_topic}) {
      const mapi::Property* property = find(properties_, id);
      if (property != nullptr && record.conversation.empty()) record.conversation = first_id(mapi::text_of(*property, code_page_).text);
    }
    if (const mapi::Property* sent = find(properties_, mapi::id_submit_time)) record.sent_ns = mapi::time_of(*sent);
    if (!record.sent_ns) record.sent_ns = sent_;
    if (record.sent_ns) emit_.property("dcterms:created", rfc3339(*record.sent_ns));
    record.sender = sender_;
    record.recipients = std::move(recipients_);
    record.body = std::move(excerpt_);
    record.attachments = std::move(names_);
    emit_.message(std::move(record));
  }
  static std::string first_id(const std::string& words) {
    const std::size_t begin = words.find('<'), end = begin == words.npos ? begin : words.find('>', begin);
    return end == words.npos ? words.substr(0, floor_char(words, std::min<std::size_t>(words.size(), 1000))) : words.substr(begin + 1, end - begin - 1);
  }

  static const mapi::Property* find(const std::vector<mapi::Property>& list, std::uint16_t id) {
    const auto found = std::find_if(list.begin(), list.end(), [&](const mapi::Property& p) { return p.id == id && p.named.empty() && p.named_id == 0; });
    return found == list.end() ? nullptr : &*found;
  }
  static mapi::Property string8(std::string_view value) {
    mapi::Property property;
    property.type = mapi::type_string8;
    property.value = value;
    return property;
  }
  std::string text(std::string_view value) const { return mapi::text_of(string8(value), code_page_).text; }
  MappedText mapped(const mapi::Property& property) const {
    MappedText words = mapi::text_of(property, code_page_);
    words.map = OffsetMap::compose(words.map, OffsetMap::identity(property.value.size(), range_of(property.value).begin));
    return words;
  }
  ByteRange range_of(std::string_view inside) const {
    if (inside.empty()) return {0, 0};
    const auto begin = static_cast<std::uint64_t>(inside.data() - text_.data());
    return {begin, begin + inside.size()};
  }
  void emit_words(MappedText words, const std::string& origin, bool is_message) {
    TextSegment segment = TextSegment::of(Blob::own(std::move(words.text)), std::move(words.map), origin);
    segment.is_message = is_message;
    emit_.text(std::move(segment));
  }
  void tell(Code code, std::string sentence, ByteRange where) { emit_.issue({code, "tnef", std::move(sentence), where, true}); }

  const Blob& stream_;
  std::string_view text_;
  Emit& emit_;
  std::string code_page_ = "windows-1252", class_, sender_, excerpt_;
  std::string_view body_;
  std::optional<std::int64_t> sent_;
  std::vector<mapi::Property> properties_;
  std::vector<std::string> recipients_, names_;
  std::vector<Attachment> attachments_;
  MappedText head_;
  std::uint64_t number_ = 0;
  bool told_attachments_ = false;
};

}  // namespace

void extract_tnef(const Content& content, const Identity&, const ExtractOptions&, Emit& emit) {
  const std::uint64_t size = std::min(content.size(), most_stream_bytes);
  if (size < content.size()) {
    emit.issue({Code::limit, "tnef", "tnef_bytes=" + std::to_string(most_stream_bytes) + ": the rest was not read", ByteRange{size, content.size()}, true});
  }
  const Result<Blob> bytes = content.read({0, size});
  if (!bytes) return emit.issue({bytes.error().code, "tnef", bytes.error().detail, ByteRange{0, size}, true});
  Tnef(*bytes, emit).run();
}

}  // namespace evtriage
