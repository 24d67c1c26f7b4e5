// Collector: the lists of one item, or of one page of it, as plug-ins emit them.
//
// It numbers segments, runs every scanner over them, keeps the text, drops what is found twice in one
// place, and counts what a limit does not let in.  Pages are collected apart and absorbed in page order,
// so that numbers and limits do not depend on who scanned them when.
// Tested by tests/pipeline/engine/collector_test.cpp.
#pragma once
#include <cstdint>
#include <string>
#include <unordered_set>

#include "pipeline/engine/examine.h"

namespace evtriage {

class ChildDoor {  // where a collector sends what only a whole item can take
 public:
  virtual ~ChildDoor() = default;
  virtual void child(Child child, ContentPtr content) = 0;
  virtual std::unique_ptr<Spool> spool() = 0;
  virtual bool stop_requested() const = 0;
  virtual ContentPtr beside(std::string_view name) = 0;
  virtual void grown() = 0;  // after each segment: the lists may be handed on
};

class Collector final : public Emit, private ScanSink {
 public:
  // `door` may be null (a page): then children are refused with an issue.
  Collector(const Context& context, Worker& worker, ChildDoor* door)
      : context_(context), worker_(worker), door_(door) {}

  void text(TextSegment segment) override;
  void child(Child child, ContentPtr content) override;
  std::unique_ptr<Spool> spool() override;
  void property(std::string name, std::string value) override;
  void message(MessageRecord message) override;
  void issue(Issue issue) override;
  void encrypted() override { lists_.encrypted = true; }
  bool stop_requested() const override { return is_stopping() || (door_ != nullptr && door_->stop_requested()); }
  ContentPtr beside(std::string_view name) override { return door_ != nullptr ? door_->beside(name) : nullptr; }

  // The plug-in that speaks: the stage of issues that name none.
  void speaker(std::string_view name) { speaker_ = name; }
  const std::string& speaker() const { return speaker_; }
  void absorb(Collector page);     // as if its segments had been emitted here, now
  void close();                    // adds the issues of the limits that were reached

  // What was collected since the last call.  `whole` says whether the item's bytes were read without loss.
  void move_lists(ItemRecord& out, bool whole);
  std::uint64_t pending_bytes() const { return pending_bytes_; }
  std::uint64_t text_bytes() const { return text_bytes_; }
  std::int32_t score_milli() const { return score_milli_; }
  bool is_partial() const { return partial_; }  // an issue says that content is missing
  bool is_encrypted() const { return lists_.encrypted; }
  bool gave_nothing() const { return text_bytes_ == 0 && children_ == 0; }
  // The extractor died, or lost content and gave nothing at all.
  bool has_failed() const { return crashed_ || (partial_ && text_bytes_ == 0 && children_ == 0 && !lists_.encrypted); }

 private:
  struct Count {
    std::uint64_t kept = 0, refused = 0;
    bool admit(std::uint64_t limit) { return kept < limit ? ++kept != 0 : (++refused, false); }
  };
  bool is_stopping() const { return context_.stop != nullptr && context_.stop->load(std::memory_order_relaxed); }
  void mention(Mention mention) override;
  void hit(Hit hit) override;
  void finding(Finding finding) override;
  void limit_issue(const Count& count, std::string_view limit, std::uint64_t value, std::string_view things);

  const Context& context_;
  Worker& worker_;
  ChildDoor* door_;
  std::string speaker_;
  ItemRecord lists_;
  std::unordered_set<std::string> seen_;
  std::uint32_t segments_ = 0;
  std::uint64_t text_bytes_ = 0, pending_bytes_ = 0;
  std::int32_t score_milli_ = 0;
  std::uint64_t children_ = 0;
  bool partial_ = false, relevant_ = false, crashed_ = false;
  Count mentions_, hits_, findings_, properties_, messages_, issues_;
};

}  // namespace evtriage
