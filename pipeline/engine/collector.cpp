// The engine's Emit.  What is found twice in one place is told apart by value and byte range, not by
// segment: a header that is decoded for two purposes is still one place on the evidence.
// Tested by tests/pipeline/engine/collector_test.cpp.
#include "pipeline/engine/collector.h"

#include <algorithm>

#include "pipeline/core/language.h"
#include "pipeline/core/memory_spool.h"

namespace evtriage {
namespace {

constexpr std::uint64_t rows_kept = 100'000;  // findings, properties of one item
constexpr std::uint64_t messages_kept = 20'000'000;  // a phone's database holds millions; they are handed on in parts
constexpr std::uint64_t issues_kept = 1000;
constexpr std::size_t language_bytes = 2048;  // of a segment, enough to tell its language
constexpr std::uint64_t row_bytes = 512;      // estimate of a row in memory

std::string place_key(char table, std::string_view what, std::string_view value, ByteRange bytes, std::string_view place) {
  std::string key;
  key.reserve(3 + what.size() + value.size() + sizeof bytes + place.size());
  key.append(1, table).append(what).push_back('\0');
  key.append(value).push_back('\0');
  key.append(reinterpret_cast<const char*>(&bytes), sizeof bytes);
  return key.append(place);
}

bool means_loss(const Issue& issue) {
  switch (issue.code) {
    case Code::io_read:
    case Code::corrupt:
    case Code::truncated:
    case Code::limit:
    case Code::crash:
    case Code::internal: return true;
    default: return false;
  }
}

}  // namespace

void Collector::text(TextSegment segment) {
  if (is_stopping()) return;  // the unit is examined again
  segment.number = segments_++;
  segment.owned.end = std::min(segment.owned.end, segment.utf8.size());
  segment.owned.begin = std::min(segment.owned.begin, segment.owned.end);
  if (segment.language.empty() && segment.origin != "strings") {
    const std::string_view owned = segment.utf8.chars().substr(segment.owned.begin, segment.owned.size());
    segment.language = detect_language(owned.substr(0, floor_char(owned, std::min(owned.size(), language_bytes))));
  }
  const auto scanners = context_.registry->scanners;
  for (std::size_t i = 0; i < scanners.size(); ++i) {
    const std::string before = std::exchange(speaker_, std::string(scanners[i]->name()));
    scanners[i]->scan(segment, worker_.scratch(i), *this);
    speaker_ = before;
  }
  text_bytes_ += segment.owned.size();
  if (context_.profile->keep_text != KeepText::none && segment.owned.size() > 0) {
    pending_bytes_ += segment.owned.size() + row_bytes;
    const bool whole = segment.is_whole_item && segment.owned.size() == segment.utf8.size();
    lists_.texts.push_back({segment.number, std::move(segment.origin), std::move(segment.place),
                            std::move(segment.language), segment.owned.begin,
                            segment.utf8.slice(segment.owned.begin, segment.owned.size()), whole});
  }
  if (door_ != nullptr) door_->grown();
}

void Collector::child(Child child, ContentPtr content) {
  ++children_;
  if (door_ != nullptr) {
    door_->child(std::move(child), std::move(content));
  } else {
    issue({Code::internal, "", "a page cannot hold children", std::nullopt, true});
  }
}

std::unique_ptr<Spool> Collector::spool() {
  if (door_ != nullptr) return door_->spool();
  return std::make_unique<MemorySpool>(0);
}

void Collector::property(std::string name, std::string value) {
  if (!properties_.admit(rows_kept)) return;
  pending_bytes_ += row_bytes + value.size();
  lists_.properties.push_back({std::move(name), std::move(value)});
}

void Collector::message(MessageRecord message) {
  if (!messages_.admit(messages_kept)) return;
  if (door_ != nullptr) door_->grown();
  pending_bytes_ += row_bytes + message.body.size();
  lists_.messages.push_back(std::move(message));
}

void Collector::issue(Issue issue) {
  if (issue.stage.empty()) issue.stage = speaker_;
  partial_ = partial_ || means_loss(issue);
  crashed_ = crashed_ || issue.code == Code::crash || (issue.code == Code::limit && issue.detail.starts_with("cage_"));
  if (!issues_.admit(issues_kept)) return;
  pending_bytes_ += row_bytes;
  lists_.issues.push_back(std::move(issue));
}

void Collector::mention(Mention mention) {
  relevant_ = true;
  std::string key = place_key('m', mention.type, mention.value, mention.bytes, mention.place);
  if (seen_.contains(key) || !mentions_.admit(context_.profile->limits.mentions_per_item)) return;
  seen_.insert(std::move(key));
  pending_bytes_ += row_bytes;
  lists_.mentions.push_back(std::move(mention));
}

void Collector::hit(Hit hit) {
  relevant_ = true;
  std::string key = place_key('h', hit.pack, hit.rule, hit.bytes, hit.place);
  if (seen_.contains(key) || !hits_.admit(context_.profile->limits.hits_per_item)) return;
  seen_.insert(std::move(key));
  pending_bytes_ += row_bytes;
  lists_.hits.push_back(std::move(hit));
}

void Collector::finding(Finding finding) {
  relevant_ = true;
  score_milli_ = std::max(score_milli_, finding.score_milli);
  if (!findings_.admit(rows_kept)) return;
  pending_bytes_ += 2 * row_bytes;
  lists_.findings.push_back(std::move(finding));
}

void Collector::absorb(Collector page) {
  const std::uint32_t base = segments_;
  segments_ += page.segments_;
  text_bytes_ += page.text_bytes_;
  relevant_ = relevant_ || page.relevant_;
  partial_ = partial_ || page.partial_;
  lists_.encrypted = lists_.encrypted || page.lists_.encrypted;
  score_milli_ = std::max(score_milli_, page.score_milli_);
  for (auto [mine, theirs] : {std::pair{&mentions_, &page.mentions_}, {&hits_, &page.hits_}, {&findings_, &page.findings_},
                              {&properties_, &page.properties_}, {&messages_, &page.messages_}, {&issues_, &page.issues_}}) {
    mine->refused += theirs->refused;
  }
  for (TextRecord& text : page.lists_.texts) {
    text.segment += base;
    pending_bytes_ += text.text.size() + row_bytes;
    lists_.texts.push_back(std::move(text));
  }
  for (Mention& row : page.lists_.mentions) {
    row.segment += base;
    mention(std::move(row));
  }
  for (Hit& row : page.lists_.hits) {
    row.segment += base;
    hit(std::move(row));
  }
  for (Finding& row : page.lists_.findings) {
    row.segment += base;
    finding(std::move(row));
  }
  for (Property& row : page.lists_.properties) property(std::move(row.name), std::move(row.value));
  for (MessageRecord& row : page.lists_.messages) message(std::move(row));
  for (Issue& row : page.lists_.issues) issue(std::move(row));
  if (door_ != nullptr) door_->grown();
}

void Collector::limit_issue(const Count& count, std::string_view limit, std::uint64_t value, std::string_view things) {
  if (count.refused == 0) return;
  partial_ = true;
  lists_.issues.push_back({Code::limit, "engine",
                           std::string(limit) + "=" + std::to_string(value) + ": " + std::to_string(count.refused) +
                               " further " + std::string(things) + " not stored",
                           std::nullopt, true});
}

void Collector::close() {
  const Limits& limits = context_.profile->limits;
  limit_issue(mentions_, "mentions_per_item", limits.mentions_per_item, "mentions");
  limit_issue(hits_, "hits_per_item", limits.hits_per_item, "hits");
  limit_issue(findings_, "findings_per_item", rows_kept, "findings");
  limit_issue(properties_, "properties_per_item", rows_kept, "properties");
  limit_issue(messages_, "messages_per_item", messages_kept, "messages");
  limit_issue(issues_, "issues_per_item", issues_kept, "issues");
}

void Collector::move_lists(ItemRecord& out, bool whole) {
  if (context_.profile->keep_text == KeepText::relevant && !relevant_) lists_.texts.clear();
  for (TextRecord& text : lists_.texts) text.is_whole_item = text.is_whole_item && whole;
  out.properties = std::exchange(lists_.properties, {});
  out.texts = std::exchange(lists_.texts, {});
  out.mentions = std::exchange(lists_.mentions, {});
  out.hits = std::exchange(lists_.hits, {});
  out.findings = std::exchange(lists_.findings, {});
  out.messages = std::exchange(lists_.messages, {});
  out.issues = std::exchange(lists_.issues, {});
  pending_bytes_ = 0;
}

}  // namespace evtriage
