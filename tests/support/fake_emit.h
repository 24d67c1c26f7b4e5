// An Emit that records everything and asserts the contract on each call: valid UTF-8, maps that lead into the
// item, owned ranges inside the text, children numbered 1, 2, 3.
#pragma once
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "pipeline/core/memory_spool.h"

namespace evtriage {

class FakeEmit final : public Emit {
 public:
  explicit FakeEmit(std::uint64_t item_size) : item_size_(item_size) {}
  void text(TextSegment segment) override {
    EXPECT_TRUE(is_valid_utf8(segment.utf8.chars()));
    EXPECT_EQ(segment.map.text_size(), segment.utf8.size());
    EXPECT_LE(segment.owned.begin, segment.owned.end);
    EXPECT_LE(segment.owned.end, segment.utf8.size());
    for (const Run& run : segment.map.runs()) {
      EXPECT_LE(run.source.begin, run.source.end);
      EXPECT_LE(run.source.end, item_size_);
    }
    texts.push_back(std::move(segment));
  }
  void child(Child child, ContentPtr content) override {
    if (!is_on_disk(child.step.kind)) {
      EXPECT_EQ(child.step.number, children.size() + 1);
    }
    if (child.extent) {
      EXPECT_LE(child.extent->end, item_size_);
    }
    if (!content) {
      children.emplace_back(std::move(child), "(none)");
      return;
    }
    const auto bytes = content->read({0, content->size()});
    EXPECT_TRUE(bytes);
    children.emplace_back(std::move(child), bytes ? std::string(bytes->chars()) : "");
  }
  std::unique_ptr<Spool> spool() override { return std::make_unique<MemorySpool>(spool_bytes); }
  void property(std::string name, std::string value) override {
    EXPECT_TRUE(is_valid_utf8(name) && is_valid_utf8(value));
    properties.emplace_back(std::move(name), std::move(value));
  }
  void message(MessageRecord message) override { messages.push_back(std::move(message)); }
  void issue(Issue issue) override { issues.push_back(std::move(issue)); }
  void encrypted() override { is_encrypted = true; }
  bool stop_requested() const override { return false; }
  ContentPtr beside(std::string_view name) override {
    const auto found = folder.find(std::string(name));
    return found == folder.end() ? nullptr : resident(std::string(found->second));
  }

  // All texts of an origin, one after the other.
  std::string all(std::string_view origin) const {
    std::string out;
    for (const TextSegment& segment : texts) {
      if (segment.origin == origin) out += segment.utf8.chars();
    }
    return out;
  }
  // The bytes of `item` that the first occurrence of `word` in any text came from.
  std::string source_of(std::string_view word, std::string_view item) const {
    for (const TextSegment& segment : texts) {
      const std::size_t at = segment.utf8.chars().find(word);
      if (at == std::string_view::npos) continue;
      const ByteRange range = segment.map.to_source({at, at + word.size()});
      return std::string(item.substr(range.begin, range.size()));
    }
    return "(no such word)";
  }

  std::uint64_t spool_bytes = 256u << 20;  // of one child; lower it to test a spent budget
  std::map<std::string, std::string> folder;  // what lies beside the item, by name
  bool is_encrypted = false;
  std::vector<TextSegment> texts;
  std::vector<std::pair<Child, std::string>> children;
  std::vector<std::pair<std::string, std::string>> properties;
  std::vector<MessageRecord> messages;
  std::vector<Issue> issues;

 private:
  std::uint64_t item_size_;
};

}  // namespace evtriage
