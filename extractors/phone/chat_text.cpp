// Chats exported as text: the text stays as it is, cut between messages; each message becomes a row of its own besides.
//
// The file is read in windows, lines are looked at once; the order of day and month is found out from the first window.
// What is no such chat at all is given as the plain text that it is.
// Tested by tests/extractors/phone/chat_text_test.cpp and tests/fuzz/fuzz_chat_text.cpp.
#include <algorithm>

#include "extractors/encoding.h"
#include "extractors/phone/chat_line.h"
#include "extractors/phone/phone.h"
#include "pipeline/core/text.h"

namespace evtriage {
namespace phone {
namespace {

constexpr std::uint64_t window_bytes = 1u << 20;
constexpr std::size_t segment_bytes = 48u << 10;
constexpr std::size_t longest_message = 256u << 10;  // then it is cut, so that memory stays bounded
constexpr std::size_t body_bytes = 4096;

std::string_view line_at(std::string_view text, std::size_t begin) {
  std::string_view line = text.substr(begin, std::min(text.find('\n', begin), text.size()) - begin);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

class ChatReader {
 public:
  ChatReader(const Content& content, const Identity& identity, Emit& emit) : content_(content), emit_(emit), name_(printable(conversation_of(identity.name))) {}

  void run() {
    for (std::uint64_t at = 0; at < content_.size() && !emit_.stop_requested();) {
      const std::uint64_t end = std::min(content_.size(), at + window_bytes);
      const auto bytes = content_.read({at, end});
      if (!bytes) {
        give_all();
        emit_.issue({bytes.error().code, "whatsapp-chat", bytes.error().detail, ByteRange{at, end}, true});
        held_at_ = end;
      } else {
        held_ += bytes->chars();
        if (at == 0) look_for_order();
        const bool last = end == content_.size();
        take(last);
      }
      at = end;
    }
    give_all();
    if (messages_ == 0) return;
    emit_.property("phone:application", "whatsapp (exported chat)");
    emit_.property("chat:messages", std::to_string(messages_));
    emit_.property("chat:times", "of the exporting phone's clock, told as if it ran on UTC");
  }

 private:
  void look_for_order() {
    OrderFinder finder;
    for (std::size_t begin = 0; begin < held_.size(); begin = std::min(held_.find('\n', begin), held_.size() - 1) + 1) {
      if (const auto line = read_line(begin)) finder.see(*line);
    }
    order_ = finder.order();
  }
  std::optional<ChatLine> read_line(std::size_t begin) const {
    const std::string_view line = line_at(held_, begin);
    if (line.empty() || line.size() > longest_message || !is_valid_utf8(line)) return std::nullopt;
    return read_chat_line(line);
  }

  // Messages that are complete in what is held: the last one only if nothing follows.
  void take(bool last) {
    while (next_line_ < held_.size()) {
      const std::size_t end = held_.find('\n', next_line_);
      if (end == held_.npos && !last) break;
      if (const auto line = read_line(next_line_)) {
        end_message(next_line_);
        message_begin_ = next_line_;
        in_message_ = true;
        if (message_begin_ >= segment_bytes) give(message_begin_);
      } else if (next_line_ - message_begin_ > longest_message) {
        end_message(next_line_);
        give(next_line_);
        message_begin_ = 0;
      }
      next_line_ = std::min(held_.find('\n', next_line_), held_.size() - 1) + 1;
    }
    if (held_.size() - next_line_ > longest_message) give_all();
  }

  void end_message(std::size_t end) {
    if (!std::exchange(in_message_, false)) return;
    const auto line = read_line(message_begin_);
    if (!line) return;
    const std::size_t body_at = static_cast<std::size_t>(line->body.data() - held_.data());
    std::string body = held_.substr(body_at, end - body_at);
    while (!body.empty() && (body.back() == '\n' || body.back() == '\r')) body.pop_back();
    const ChatRemark remark = remark_of(body);
    MessageRecord message;
    message.application = "whatsapp";
    message.conversation = name_;
    message.sender = printable(line->sender);
    if (!line->sender.empty() && message.sender != name_) message.recipients.push_back(name_);
    message.sent_ns = clock_of(*line, order_);
    message.deleted = remark.deleted;
    if (!remark.attachment.empty()) message.attachments.push_back(printable(remark.attachment));
    body = printable(body);
    body.resize(floor_char(body, std::min(body.size(), body_bytes)));
    message.body = std::move(body);
    emit_.message(std::move(message));
    ++messages_;
  }

  // Gives the first `size` bytes that are held as a segment.
  void give(std::size_t size) {
    if (size == 0) return;
    std::string part = held_.substr(0, size);
    TextSegment segment;
    if (is_valid_utf8(part)) {
      OffsetMap map = OffsetMap::identity(part.size(), held_at_);
      segment = TextSegment::of(Blob::own(std::move(part)), std::move(map), "body");
      segment.is_whole_item = size == content_.size();
    } else {
      Decoded decoded = decode(part, "utf-8", held_at_);
      segment = TextSegment::of(Blob::own(std::move(decoded.utf8)), std::move(decoded.map), "body");
    }
    emit_.text(std::move(segment));
    held_.erase(0, size);
    held_at_ += size;
    next_line_ -= std::min(next_line_, size);
    message_begin_ -= std::min(message_begin_, size);
  }
  void give_all() {
    end_message(held_.size());
    give(held_.size());
    next_line_ = message_begin_ = 0;
  }

  const Content& content_;
  Emit& emit_;
  std::string name_;
  std::string held_;                 // bytes that are not given yet
  std::uint64_t held_at_ = 0;        // their offset in the item
  std::size_t next_line_ = 0, message_begin_ = 0;
  bool in_message_ = false;
  DateOrder order_ = DateOrder::day_month_year;
  std::uint64_t messages_ = 0;
};

// In another encoding than the application writes: text, and no more.
void give_decoded(const Content& content, std::string_view encoding, Emit& emit) {
  for (std::uint64_t at = 0; at < content.size() && !emit.stop_requested(); at += window_bytes) {
    const ByteRange range{at, std::min(content.size(), at + window_bytes)};
    const auto bytes = content.read(range);
    if (!bytes) {
      emit.issue({bytes.error().code, "whatsapp-chat", bytes.error().detail, range, true});
      continue;
    }
    const std::size_t mark = at == 0 ? bom_length(bytes->chars(), encoding) : 0;
    Decoded decoded = decode(bytes->chars().substr(mark), encoding, at + mark);
    emit.text(TextSegment::of(Blob::own(std::move(decoded.utf8)), std::move(decoded.map), "body"));
  }
}

}  // namespace
}  // namespace phone

void extract_chat_text(const Content& content, const Identity& identity, const ExtractOptions&, Emit& emit) {
  const auto head = content.read({0, std::min(content.size(), phone::window_bytes)});
  EncodingHint hint;
  hint.known_text = true;
  hint.cut = head && head->size() < content.size();
  const std::string encoding = head ? detect_encoding(head->chars(), hint).value_or("utf-8") : "utf-8";
  if (encoding != "utf-8") return phone::give_decoded(content, encoding, emit);
  phone::ChatReader(content, identity, emit).run();
}

}  // namespace evtriage
