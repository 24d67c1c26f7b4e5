// Pages for the page extractors, cut hard, with margins on both sides: see pipeline/core/plugin.h.
// Tested by tests/extractors/plain/text_stream_test.cpp.
#include "extractors/plain/whole_text.h"

#include <algorithm>

#include "extractors/builtin.h"

namespace evtriage {
namespace {

constexpr std::uint64_t page_bytes = 4u << 20, margin_bytes = 64u << 10, head_bytes = 1u << 20;

void pages(const Content& content, const PageExtractor& extractor, std::string_view plan, std::string_view stage, Emit& emit) {
  const std::uint64_t size = content.size();
  for (std::uint64_t at = 0; at < size && !emit.stop_requested(); at += page_bytes) {
    Page page;
    page.item_size = size;
    page.owned = {at, std::min(size, at + page_bytes)};
    page.begin = at - std::min(at, margin_bytes);
    const ByteRange seen{page.begin, page.owned.end + std::min(size - page.owned.end, margin_bytes)};
    Result<Blob> bytes = content.read(seen);
    if (!bytes) {
      emit.issue({bytes.error().code, std::string(stage), bytes.error().detail, page.owned, true});
      continue;
    }
    page.bytes = *std::move(bytes);
    extractor.extract(page, plan, emit);
  }
}

}  // namespace

void emit_whole_text(const Content& content, const Identity& identity, std::string_view stage, Emit& emit) {
  if (content.size() == 0) return;
  const Result<Blob> head = content.read({0, std::min(content.size(), head_bytes)});
  const ByteView seen = head ? head->view() : ByteView();
  for (const auto& extractor : {make_text_extractor(), make_strings_extractor()}) {
    const auto plan = extractor->plan(seen, content.size(), identity);
    if (plan) return pages(content, *extractor, *plan, stage, emit);
  }
}

}  // namespace evtriage
