// Pages of HTML that applications export chats as: where its messages stand, and what stands where inside of them.
//
// Elements are known by their classes: a message is a block, its sender, words and time are elements inside of it.  Linear,
// nothing recurses; only div and span are counted, as these pages are built of them.
// Tested by tests/extractors/phone/chat_html_test.cpp and tests/fuzz/fuzz_chat_html.cpp.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/core/result.h"

namespace evtriage::phone {

enum class PageRole : std::uint8_t { none, block, sender, words, time, reply, forwarded, media, reactions, title };

struct PagePart {              // an element with a role, or a link inside of a block
  PageRole role = PageRole::none;
  ByteRange inside;            // between its tags
  std::string detail;          // of time: its title; of media: the target
};
struct PageBlock {
  ByteRange all;               // with its tags
  std::string classes, id;
  std::vector<PagePart> parts; // in the order in which they end
};
struct ChatPage {
  std::string_view application;  // empty: no page of chats that we know
  std::vector<PageBlock> blocks;
  ByteRange title;               // of the conversation, where the page says it; else empty
};

ChatPage read_chat_page(std::string_view html);

}  // namespace evtriage::phone
