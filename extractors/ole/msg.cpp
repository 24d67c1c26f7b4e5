// MS-OXMSG: an Outlook message as headers, bodies, attachments and one message record; messages enclosed in it the
// same, under "attached message 1".
//
// An enclosed message is a storage, no file: it has no bytes of its own that could be a child, and rebuilding one
// would be an invention.  So its text belongs to this item, and its place says which message it is of.
// Tested by tests/extractors/ole/msg_test.cpp; fuzzed by tests/fuzz/fuzz_ole.cpp.
#include <algorithm>

#include "extractors/encoding.h"
#include "extractors/shared/lzfu.h"
#include "extractors/ole/msg_properties.h"
#include "extractors/ole/rtf_reader.h"
#include "extractors/ole/text_flow.h"
#include "extractors/ole/work.h"
#include "pipeline/core/byte_reader.h"
#include "pipeline/core/time.h"

namespace evtriage::ole {
namespace {

constexpr unsigned most_depth = 8;
constexpr std::size_t most_recipients = 20'000, most_other_properties = 2'000;

struct Waiting {
  EntryId storage;
  std::string place;   // "" for the file itself
  unsigned depth;
};

struct Header {
  unsigned id;
  const char* name;    // RFC 5322 where it has one
};
constexpr Header shown[] = {{0x0e04, "To"}, {0x0e03, "Cc"}, {0x0e02, "Bcc"}, {0x0037, "Subject"}};
constexpr Header kept[] = {{0x1035, "Message-ID"}, {0x1042, "In-Reply-To"}, {0x1039, "References"}, {0x001a, "X-Message-Class"}};

class MessageReader {
 public:
  MessageReader(Work& work, const Waiting& message, std::vector<Waiting>& waiting)
      : work_(work), message_(message), waiting_(waiting), properties_(work, message.storage, message.depth == 0 ? 32 : 24) {}

  void run() {
    headers();
    recipients();
    bodies();
    attachments();
    others();
    record_.application = "email";
    record_.body = excerpt_;
    work_.emit.message(std::move(record_));
  }

 private:
  std::string place(std::string_view inner) const {
    const std::string own = message_.place.empty() ? std::string(inner) : inner.empty() ? message_.place : message_.place + ", " + std::string(inner);
    return work_.place(own);
  }
  bool is_own() const { return message_.place.empty() && work_.document_place.empty(); }
  void property(std::string name, std::string value) {
    if (is_own() && !value.empty()) work_.emit.property(std::move(name), std::move(value));
  }

  void headers() {
    TextFlow flow(work_.emit, "header");
    flow.place(place(""));
    sender(flow);
    for (const Header& header : shown) {
      if (!properties_.has_text(header.id)) continue;
      flow.words(std::string(header.name) + ": ", where(header.id));
      properties_.text(header.id, flow);
      flow.line();
      property(header.name, properties_.text(header.id));
    }
    for (const Header& header : kept) property(header.name, properties_.text(header.id));
    const auto sent = properties_.time(0x0039), received = properties_.time(0x0e06);
    record_.sent_ns = sent ? sent : received;
    if (record_.sent_ns) {
      property("Date", rfc3339(*record_.sent_ns));
      flow.words("Date: " + rfc3339(*record_.sent_ns), {});
      flow.line();
    }
    if (const auto created = properties_.time(0x3007)) property("dcterms:created", rfc3339(*created));
    if (const auto modified = properties_.time(0x3008)) property("dcterms:modified", rfc3339(*modified));
    const std::string topic = properties_.text(0x0070);
    record_.conversation = topic.empty() ? properties_.text(0x0037) : topic;
    if (record_.conversation.size() > 200) record_.conversation.resize(floor_char(record_.conversation, 200));
    flow.flush();
    TextFlow transport(work_.emit, "header");
    transport.place(place("transport headers"));
    if (properties_.text(0x007d, transport)) transport.line();
    transport.flush();
  }
  void sender(TextFlow& flow) {
    const std::string name = first({0x0c1a, 0x0042}), address = best_address({0x5d01, 0x5d02, 0x0c1f, 0x0065});
    record_.sender = address.empty() ? name : address;
    if (name.empty() && address.empty()) return;
    std::string line = name == address ? name : name + (address.empty() ? "" : " <" + address + ">");
    property("From", line);
    flow.words("From: " + line, where(0x0c1a));
    flow.line();
  }
  std::string first(std::initializer_list<unsigned> ids) const {
    std::string found;
    for (const unsigned id : ids) {
      std::string text = properties_.text(id);
      if (found.empty()) found = std::move(text);
    }
    return found;
  }
  // An address with an @ before one of an Exchange server's own.
  std::string best_address(std::initializer_list<unsigned> ids) const {
    std::string best;
    for (const unsigned id : ids) {
      std::string text = properties_.text(id);
      if (best.empty() || (best.find('@') == best.npos && text.find('@') != text.npos)) best = text.empty() ? best : std::move(text);
    }
    return best;
  }
  ByteRange where(unsigned id) const {
    const auto wide = properties_.stream(id, 0x1f);
    const auto any = wide ? wide : properties_.stream(id, 0x1e);
    return any ? work_.file.entries()[*any].bytes.place(0, ~std::uint64_t{0}) : ByteRange{};
  }

  void recipients() {
    TextFlow flow(work_.emit, "header");
    flow.place(place("recipients"));
    for (const EntryId id : work_.file.children(message_.storage)) {
      const Entry& entry = work_.file.entries()[id];
      if (!entry.is_storage || !entry.name.starts_with("__recip_version1.0_")) continue;
      if (record_.recipients.size() >= most_recipients) {
        work_.issue(Code::limit, "msg", "recipients=20000: the rest was not read");
        break;
      }
      const MsgProperties recipient(work_, id, 8);
      const std::string name = recipient.text(0x3001), smtp = recipient.text(0x39fe), plain = recipient.text(0x3003);
      const std::string& address = smtp.empty() ? plain : smtp;
      record_.recipients.push_back(address.empty() ? name : address);
      constexpr std::string_view kinds[] = {"From", "To", "Cc", "Bcc"};
      flow.words(std::string(kinds[recipient.value(0x0c15).value_or(1) & 3]) + ": " + name + " <" + address + ">", entry_place(id));
      flow.line();
      work_.use_all(id);
    }
    flow.flush();
  }
  // The bytes of the first stream of a storage: the nearest that a made line can point to.
  ByteRange entry_place(EntryId storage) const {
    for (const EntryId id : work_.file.children(storage)) {
      const ByteRuns& bytes = work_.file.entries()[id].bytes;
      if (bytes.size() != 0) return bytes.place(0, bytes.size());
    }
    return {};
  }

  void bodies() {
    TextFlow body(work_.emit, "body");
    body.place(place(""));
    body.is_message(true);
    properties_.text(0x1000, body);
    body.flush();
    excerpt_ = body.excerpt();
    for (const unsigned type : {0x102u, 0x1eu, 0x1fu}) {
      if (const auto id = properties_.stream(0x1013, type)) html(*id, type);
    }
    if (const auto id = properties_.stream(0x1009, 0x102)) rich(*id);
  }
  void html(EntryId id, unsigned type) {
    if (work_.file.entries()[id].is_storage) return;
    const StreamBytes stream = work_.load(id, 32 << 20);
    const auto page = properties_.value(0x3fde);
    std::string encoding = type == 0x1f ? "utf-16le" : std::string(properties_.encoding());
    if (type != 0x1f) {
      const std::string_view meta = meta_charset(stream.view());
      const std::string_view claimed = page ? code_page_name(static_cast<unsigned>(*page & 0xffff)) : meta.empty() ? std::string_view(encoding) : meta;
      encoding = detect_encoding(stream.view(), {claimed, true, false}).value_or(encoding);
    }
    TextFlow flow(work_.emit, "body");
    flow.keep_whole();
    flow.text(stream.view(), encoding, stream.runs, 0);
    const std::string visible = emit_html_text(flow.take(), place("HTML body"), true, work_.emit);
    if (excerpt_.empty()) excerpt_ = visible;
  }
  void rich(EntryId id) {
    if (work_.file.entries()[id].is_storage) return;
    const StreamBytes stream = work_.load(id, 16 << 20);
    const ByteRange all = stream.runs.place(0, stream.runs.size());
    UnpackedRtf rtf = unpack_rtf(stream.view()).value_or(UnpackedRtf{"", false, false});
    if (!rtf.whole) work_.issue(Code::corrupt, "msg", "the compressed body breaks off; what could be unpacked was read", all);
    if (rtf.whole && !rtf.checked) work_.issue(Code::corrupt, "msg", "the checksum of the compressed body is wrong", all);
    if (rtf.bytes.empty()) return;
    const std::string visible = read_rtf(Resident(Blob::own(std::move(rtf.bytes))), {place("rich text body"), true, false, all}, work_.emit, work_.children);
    if (excerpt_.empty()) excerpt_ = visible;
  }

  void attachments() {
    std::uint64_t number = 0;
    for (const EntryId id : work_.file.children(message_.storage)) {
      const Entry& entry = work_.file.entries()[id];
      if (!entry.is_storage || !entry.name.starts_with("__attach_version1.0_")) continue;
      if (work_.emit.stop_requested()) return;
      attachment(id, ++number);
    }
  }
  void attachment(EntryId storage, std::uint64_t number) {
    MsgProperties properties(work_, storage, 8);
    properties.code_page(code_page());
    std::string name = properties.text(0x3707);
    for (const unsigned id : {0x3704u, 0x3001u}) {
      std::string other = properties.text(id);
      if (name.empty()) name = std::move(other);
    }
    const std::string shown_name = name.empty() ? "#" + std::to_string(number) : name;
    record_.attachments.push_back(shown_name);
    if (const auto inner = properties.stream(0x3701, 0x0d)) return enclosed(*inner, shown_name);
    NewChild child;
    child.name = message_.place.empty() ? name : message_.place + "/" + name;
    child.kind = ItemKind::attachment;
    child.media_type = properties.text(0x370e);
    child.created_ns = properties.time(0x3007);
    child.modified_ns = properties.time(0x3008);
    const auto data = properties.stream(0x3701, 0x102);
    if (data && !work_.file.entries()[*data].is_storage) {
      work_.used[*data] = true;
      return work_.children.add_runs(std::move(child), work_.file.content(), work_.file.entries()[*data].bytes);
    }
    std::string path = properties.text(0x370d);
    if (path.empty()) path = properties.text(0x3708);
    work_.issue(Code::unsupported, "msg", "attachment " + std::to_string(number) + " lies outside the message" + (path.empty() ? "" : ": " + path));
    work_.children.add(std::move(child), nullptr);
  }
  void enclosed(EntryId inner, const std::string& name) {
    if (!work_.file.find(inner, "__properties_version1.0")) return;  // an OLE object: read with the other storages
    const std::string own = (message_.place.empty() ? "" : message_.place + ", ") + "attached message " + std::to_string(++messages_);
    if (message_.depth + 1 > most_depth) {
      work_.issue(Code::limit, "msg", "depth=8: " + own + " (" + name + ") was not read");
      return;
    }
    waiting_.push_back({inner, own, message_.depth + 1});
  }
  unsigned code_page() const {
    const auto page = properties_.value(0x3ffd);
    return page ? static_cast<unsigned>(*page & 0xffff) : 1252;
  }

  // Contacts, appointments and tasks keep their words in properties of their own.
  void others() {
    TextFlow flow(work_.emit, "metadata");
    flow.place(place("other properties"));
    std::size_t count = 0;
    for (const unsigned id : properties_.unread()) {
      if (++count > most_other_properties) {
        work_.issue(Code::limit, "msg", "properties=2000: the rest was not read");
        break;
      }
      if (properties_.text(id, flow)) flow.line();
    }
    flow.flush();
  }

  Work& work_;
  const Waiting message_;
  std::vector<Waiting>& waiting_;
  MsgProperties properties_;
  MessageRecord record_;
  std::string excerpt_;
  std::uint64_t messages_ = 0;
};

// Streams of a message that hold ids, flags and keys, and nothing to read.
void use_binary(Work& work, EntryId storage) {
  for (const EntryId id : work.file.children(storage)) {
    const Entry& entry = work.file.entries()[id];
    const bool small = !entry.is_storage && entry.name.starts_with("__substg1.0_") && entry.bytes.size() <= 4096;
    if (small) work.used[id] = true;
    if (entry.is_storage && entry.name.starts_with("__attach_version1.0_")) {
      for (const EntryId inner : work.file.children(id)) {
        const Entry& part = work.file.entries()[inner];
        if (!part.is_storage && part.name != "__substg1.0_37010102" && part.bytes.size() <= 4096) work.used[inner] = true;
      }
    }
  }
}

}  // namespace

bool read_msg(Work& work, EntryId storage) {
  const auto list = work.file.find(storage, "__properties_version1.0");
  if (!list || work.used[*list]) return false;
  const std::string& own = work.file.entries()[storage].name;
  if (own.starts_with("__recip_version1.0_") || own.starts_with("__attach_version1.0_")) return false;
  std::vector<Waiting> waiting{{storage, "", 0}};
  while (!waiting.empty() && !work.emit.stop_requested()) {
    const Waiting next = std::move(waiting.back());
    waiting.pop_back();
    const std::size_t before = waiting.size();
    MessageReader(work, next, waiting).run();
    std::reverse(waiting.begin() + static_cast<std::ptrdiff_t>(before), waiting.end());
    use_binary(work, next.storage);
  }
  if (const auto names = work.file.find(storage, "__nameid_version1.0")) work.use_all(*names);
  return true;
}

}  // namespace evtriage::ole
