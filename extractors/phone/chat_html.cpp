// Chats that were exported as pages of HTML: each message a row and a line of its conversation; what stands outside of
// messages, links, comments and scripts are text as of any page.
//
// The page is held whole up to html_bytes; a larger one is read in pieces, and the message on the cut is text only.
// Tested by tests/extractors/phone/chat_html_test.cpp and tests/fuzz/fuzz_chat_html.cpp.
#include <algorithm>
#include <optional>

#include "extractors/encoding.h"
#include "extractors/html_text.h"
#include "extractors/phone/chat_page.h"
#include "extractors/phone/chat_time.h"
#include "extractors/phone/conversations.h"
#include "extractors/phone/mapped.h"
#include "extractors/phone/phone.h"

namespace evtriage {
namespace phone {
namespace {

constexpr std::uint64_t html_bytes = 16u << 20;
constexpr std::string_view stage = "chat-html";
constexpr std::size_t most_attachments = 1000;  // of one message; more links are text of origin "links" only

std::string trimmed(std::string text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

class ChatHtml {
 public:
  explicit ChatHtml(Emit& emit) : emit_(emit), conversations_(emit) {}

  void piece(std::string_view html, const OffsetMap& back) {
    html_ = html;
    back_ = &back;
    const ChatPage page = read_chat_page(html);
    if (page.title.size() > 0) title_ = words_of(page.title);
    HtmlText whole = html_text(html);
    if (title_.empty()) title_ = trimmed(whole.title);
    if (!page.application.empty()) application_ = page.application;
    for (const PageBlock& block : page.blocks) message(block);
    outside(page);
    if (!whole.title.empty()) emit_.property("title", whole.title);
    emit_html_rest(std::move(whole), html, back, emit_, &children_);
  }
  void finish() {
    conversations_.finish();
    if (messages_ == 0) return;
    emit_.property("phone:application", application_ + " (export in HTML)");
    emit_.property("chat:messages", std::to_string(messages_));
    emit_.property("chat:times", "as the page shows them; told as UTC where it names no offset");
  }

 private:
  // Visible text between two places, led back to the item.
  MappedText text_of(ByteRange range) const {
    HtmlText found = html_text(html_.substr(range.begin, range.size()));
    while (found.body.text.ends_with('\n') || found.body.text.ends_with(' ')) found.body.text.pop_back();
    const std::size_t size = found.body.text.size();
    const OffsetMap kept = OffsetMap::compose(OffsetMap::identity(size), found.body.map);
    return {std::move(found.body.text), OffsetMap::compose(kept, OffsetMap::compose(OffsetMap::identity(range.size(), range.begin), *back_))};
  }
  std::string words_of(ByteRange range) const {
    std::string text = trimmed(html_text(html_.substr(range.begin, range.size())).body.text);
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text;
  }
  // A name, without the time that may stand behind it in a span.
  std::string name_in(ByteRange range) const {
    const std::size_t span = html_.substr(range.begin, range.size()).find("<span");
    return words_of({range.begin, span == std::string_view::npos ? range.end : range.begin + span});
  }
  ByteRange source(ByteRange range) const { return back_->to_source(range); }
  void append(MappedText& out, const MappedText& more) const {
    const auto& runs = more.map.runs();
    for (std::size_t i = 0; i < runs.size(); ++i) {
      const std::uint64_t end = i + 1 < runs.size() ? runs[i + 1].text_begin : more.map.text_size();
      out.map.append(end - runs[i].text_begin, runs[i].source, runs[i].text_unit, runs[i].source_unit);
    }
    out.text += more.text;
  }

  void message(const PageBlock& block) {
    const bool service = block.classes.find("service") != std::string::npos;
    const auto forwarded = std::find_if(block.parts.begin(), block.parts.end(), [](const PagePart& part) { return part.role == PageRole::forwarded; });
    const auto is_forwarded = [&](const PagePart& part) {
      return forwarded != block.parts.end() && part.inside.begin >= forwarded->inside.begin && part.inside.end <= forwarded->inside.end;
    };
    MessageRecord row;
    row.application = application_;
    row.conversation = title_;
    MappedText text;
    ByteRange header = block.all;
    std::string notes;
    const auto note = [&](const std::string& words) { notes += " [" + words + "]"; };
    bool named = false;
    for (const PagePart& part : block.parts) {
      const bool old = is_forwarded(part);
      if (part.role == PageRole::sender && old) note("forwarded from " + name_in(part.inside));
      else if (part.role == PageRole::sender && !named) named = true, sender_ = name_in(part.inside);
      else if (part.role == PageRole::words) add_words(part, text);
      else if (part.role == PageRole::time && !old) add_time(part, row, header, notes);
      else if (part.role == PageRole::reply) note(words_of(part.inside) + reply_of(part));
      else if (part.role == PageRole::reactions) note("reactions: " + words_of(part.inside));
      else if (part.role == PageRole::media && row.attachments.size() < most_attachments) row.attachments.push_back(printable(part.detail));
    }
    if (text.text.empty() && (service || block.parts.empty())) text = text_of(block.all);
    row.sender = service ? std::string() : sender_;
    if (!notes.empty()) append_made(text, text.text.empty() ? notes.substr(1) : notes, source(block.all));
    row.body = body_excerpt(text.text);
    ++messages_;
    std::string names;
    for (const std::string& name : row.attachments) names += std::string(text.text.empty() && names.empty() ? "[" : " [") + name + "]";
    if (!names.empty()) append_made(text, names, source(block.all));
    if (!text.text.empty()) conversations_.add({application_ + "/" + title_, "body", {}}, title_, {row.sent_ns, source(header), row.sender, std::move(text)});
    emit_.message(std::move(row));
  }
  void add_words(const PagePart& part, MappedText& text) {
    const MappedText more = text_of(part.inside);
    if (more.text.empty()) return;
    if (!text.text.empty()) append_made(text, "\n", source(part.inside));
    append(text, more);
  }
  void add_time(const PagePart& part, MessageRecord& row, ByteRange& header, std::string& notes) {
    const std::string shown = part.detail.empty() ? words_of(part.inside) : part.detail;
    if (row.sent_ns || shown.empty()) return;
    row.sent_ns = time_in_words(shown);
    header = part.inside;
    if (!row.sent_ns) notes += " [date: " + printable(shown) + "]";
  }
  // "#go_to_message2" -> " 2"
  std::string reply_of(const PagePart& part) const {
    constexpr std::string_view mark = "#go_to_message";
    const std::string_view inside = html_.substr(part.inside.begin, part.inside.size());
    const std::size_t at = inside.find(mark);
    if (at == inside.npos) return {};
    const std::string_view number = inside.substr(at + mark.size());
    return " " + std::string(number.substr(0, std::min<std::size_t>(number.find_first_not_of("0123456789"), 20)));
  }

  // The visible text between the messages.
  void outside(const ChatPage& page) {
    std::string rest;
    OffsetMap map;
    std::size_t at = 0;
    const auto keep = [&](std::size_t end) {
      if (end <= at) return;
      rest += html_.substr(at, end - at);
      map.append(end - at, {at, end});
    };
    for (const PageBlock& block : page.blocks) {
      keep(block.all.begin);
      at = block.all.end;
    }
    keep(html_.size());
    HtmlText found = html_text(rest);
    if (found.body.text.empty()) return;
    OffsetMap back = OffsetMap::compose(found.body.map, OffsetMap::compose(map, *back_));
    emit_.text(TextSegment::of(Blob::own(std::move(found.body.text)), std::move(back), "body"));
  }

  Emit& emit_;
  Conversations conversations_;
  std::string_view html_;
  const OffsetMap* back_ = nullptr;
  std::string title_, application_, sender_;  // who wrote the last message: pages do not repeat it
  std::uint64_t messages_ = 0, children_ = 0;
};

}  // namespace
}  // namespace phone

void extract_chat_html(const Content& content, const Identity& identity, const ExtractOptions&, Emit& emit) {
  phone::ChatHtml page(emit);
  std::string encoding;
  std::string held;
  std::uint64_t held_at = 0;
  for (std::uint64_t at = 0; at < content.size() && !emit.stop_requested();) {
    const ByteRange range{at, std::min(content.size(), at + phone::html_bytes)};
    const auto bytes = content.read(range);
    at = range.end;
    if (!bytes) {
      emit.issue({bytes.error().code, std::string(phone::stage), bytes.error().detail, range, true});
      continue;
    }
    if (held.empty()) held_at = range.begin;
    held += bytes->chars();
    if (encoding.empty()) {
      EncodingHint hint{identity.claimed_type.empty() ? meta_charset(held) : charset_of(identity.claimed_type), true, at < content.size()};
      encoding = detect_encoding(held, hint).value_or("utf-8");
    }
    std::size_t size = held.size();
    if (at < content.size() && held.rfind("<div") != held.npos && held.rfind("<div") > 0) size = held.rfind("<div");
    Decoded decoded = decode(std::string_view(held).substr(0, size), encoding, held_at);
    page.piece(decoded.utf8, decoded.map);
    held.erase(0, size);
    held_at += size;
  }
  page.finish();
}

}  // namespace evtriage
