// examine: one entry of the listing in, its item records out.
//
// A pure function of the entry's bytes, the profile and the registry: it has no clock, no randomness and
// no knowledge of other entries, and gives the same parts on every machine and for any number of threads.
// What a worker needs beyond the stack lives in a Worker, which never carries meaning from item to item.
// Tested by tests/pipeline/engine/examine_test.cpp.
#pragma once
#include <atomic>
#include <functional>
#include <memory>
#include <vector>

#include "pipeline/core/plugin.h"
#include "pipeline/core/profile.h"
#include "pipeline/core/source.h"
#include "pipeline/engine/digest.h"
#include "pipeline/engine/flow.h"
#include "pipeline/engine/identify.h"

namespace evtriage {

class Worker;

// Takes the parts of units, those of one unit in order.
class PartSink {
 public:
  virtual ~PartSink() = default;
  virtual bool take(UnitPart part) = 0;  // false: stop, nothing further of this unit is wanted
};

// Where the pages of a large item are scanned: at once, or by other threads.
class PageRunner {
 public:
  virtual ~PageRunner() = default;
  // Calls `task` once with a worker that nobody else uses meanwhile, now or until wait() returns.
  virtual void submit(std::function<void(Worker&)> task) = 0;
  virtual void wait() = 0;                       // until all that was submitted is done
  virtual std::size_t pages_in_flight() const = 0;  // how many may be held at a time, at least 1
};

struct Context {  // constant while a run goes on; non-owning
  const Source* source = nullptr;
  const Registry* registry = nullptr;
  const Profile* profile = nullptr;
  const Identifier* identifier = nullptr;
  const std::atomic<bool>* stop = nullptr;  // may be null
  Tally* tally = nullptr;                   // may be null
  SpoolSpace* spool = nullptr;              // never null in a flow
};
Context context_of(const FlowInput& input);

class Worker {  // belongs to one thread at a time
 public:
  static Result<std::unique_ptr<Worker>> make(const Context& context);
  Hasher& hasher() { return *hasher_; }
  MagicCookie& cookie() { return cookie_; }
  Scratch& scratch(std::size_t scanner);  // of registry.scanners[scanner]
  // `size` bytes that the caller may write until it makes a Blob of them; reused when nobody holds it.
  std::shared_ptr<std::byte[]> buffer(std::size_t size);
  // A row of segments whose first file was looked at last, so that a thousand of them cost one look.
  struct FirstSegment {
    std::string row;
    bool is_image = false;
  };
  FirstSegment& first_segment() { return first_segment_; }

 private:
  Worker(std::unique_ptr<Hasher> hasher, MagicCookie cookie, const Registry& registry)
      : hasher_(std::move(hasher)), cookie_(std::move(cookie)), registry_(registry) {}
  std::unique_ptr<Hasher> hasher_;
  MagicCookie cookie_;
  const Registry& registry_;
  std::vector<std::unique_ptr<Scratch>> scratches_;
  std::shared_ptr<std::byte[]> buffer_;
  std::size_t buffer_bytes_ = 0;
  FirstSegment first_segment_;
};

// Examines one entry.  If the stop flag is raised meanwhile, the unit may end without its last part:
// then it is not recorded and is examined again after a resume.
void examine(const Entry& entry, const Context& context, Worker& worker, PageRunner& pages, PartSink& sink);

// Pages at once, on the worker that examines the item.
class InlinePages final : public PageRunner {
 public:
  explicit InlinePages(Worker& worker) : worker_(worker) {}
  void submit(std::function<void(Worker&)> task) override { task(worker_); }
  void wait() override {}
  std::size_t pages_in_flight() const override { return 1; }

 private:
  Worker& worker_;
};

}  // namespace evtriage
