// The cage and its proxies: an ordinary Extractor whose work is done elsewhere.
// Tested by tests/pipeline/sandbox/cage_test.cpp and chaos_test.cpp.
#include <algorithm>

#include "pipeline/sandbox/converse.h"
#include "pipeline/sandbox/family.h"
#include "pipeline/sandbox/sandbox.h"

namespace evtriage {
namespace sandbox {
namespace {

// A worker that is not given back is ended: also when the outer Emit throws.
class Loan {
 public:
  Loan(Family& family, std::unique_ptr<CagedWorker> worker) : family_(family), worker_(std::move(worker)) {}
  Loan(const Loan&) = delete;
  Loan& operator=(const Loan&) = delete;
  ~Loan() {
    if (worker_) family_.discard(std::move(worker_), true);
  }
  CagedWorker& worker() { return *worker_; }
  void give_back(bool replace) {
    if (replace) {
      family_.discard(std::move(worker_), false);
    } else {
      family_.give_back(std::move(worker_));
    }
  }

 private:
  Family& family_;
  std::unique_ptr<CagedWorker> worker_;
};

// A database of a gigabyte says more than the budget of an item: large items may say some times what they hold.
std::uint64_t output_budget(const CageLimits& limits, std::uint64_t size) {
  constexpr std::uint64_t large = 1u << 20, times = 8;
  return limits.output_bytes + (size > large ? std::min(size, ~std::uint64_t{0} / 16) * times : 0);
}

class Proxy final : public Extractor {
 public:
  Proxy(std::shared_ptr<Family> family, CagedFormat format) : family_(std::move(family)), format_(std::move(format)) {}
  std::string_view name() const override { return format_.name; }
  std::uint32_t version() const override { return format_.version; }
  bool accepts(const Identity& identity) const override { return format_.accepts != nullptr && format_.accepts(identity); }
  bool reads_any_size() const override { return true; }  // block by block, within the cage's own limits

  void extract(const Content& content, const Identity& identity, Emit& emit) const override {
    if (!attempt(content, identity, emit, Try::first)) (void)attempt(content, identity, emit, Try::second);
  }

 private:
  enum class Try { first, second };

  // False: it failed before anything had reached `emit`, and perhaps not by itself: the worker was killed from outside, or
  // an earlier item may have spoilt it.  So a failure is told only if it also happens in a process that saw nothing else.
  bool attempt(const Content& content, const Identity& identity, Emit& emit, Try which) const {
    auto borrowed = which == Try::first ? family_->borrow() : family_->borrow_fresh();
    if (!borrowed) {
      emit.issue({Code::internal, format_.name, borrowed.error().detail, std::nullopt, false});
      return true;
    }
    const CageLimits& limits = family_->settings().limits;
    Loan loan(*family_, *std::move(borrowed));
    CagedWorker& worker = loan.worker();
    FramePlayer player(content, emit, output_budget(limits, content.size()), format_.name);
    Ended ended = converse(worker, format_.name, content, identity, limits, player);
    if (ended.ending == Ending::done) {
      const auto words = static_cast<LastWords>(worker.output_header().last_words);
      if (words == LastWords::out_of_memory) emit.issue(issue_of(ended, 0, words, format_.name, limits));
      loan.give_back(ended.replace);
      return true;
    }
    const int status = worker.end();
    const bool doubtful = ended.ending == Ending::malformed || ended.ending == Ending::died;
    if (which == Try::first && doubtful && player.is_untouched() && (worker.served > 0 || is_from_outside(ended, status))) return false;
    const OutputHeader header = worker.output_header();
    if (ended.ending == Ending::died || ended.ending == Ending::over_cpu || ended.ending == Ending::over_wall) take_rest(worker, header, player, ended);
    emit.issue(issue_of(ended, status, static_cast<LastWords>(header.last_words), format_.name, limits));
    return true;
  }

  // The whole frames that a worker had published when it died.
  static void take_rest(CagedWorker& worker, const OutputHeader& header, FramePlayer& player, Ended& ended) {
    worker.copy.assign(worker.output(header.published));
    const FramePlayer::Verdict verdict = player.take(worker.copy);
    if (verdict == FramePlayer::Verdict::over_budget) ended.ending = Ending::over_output;
    if (verdict != FramePlayer::Verdict::malformed) return;
    ended.ending = Ending::malformed;
    ended.fault = player.fault();
  }

  std::shared_ptr<Family> family_;
  CagedFormat format_;
};

Level level_of(const CageSettings& settings, std::uint32_t locks) {
  if (!settings.confine) return Level::none;
  if ((locks & lock_landlock) == 0) return Level::seccomp_only;
  return (locks & lock_namespaces) != 0 ? Level::full : Level::no_namespaces;
}

std::string sentence_of(Level level, std::uint32_t locks, std::uint64_t landlock_abi) {
  if (level == Level::none) return "Parsers ran in processes of their own without locks, as asked for.";
  const std::string landlock = (locks & lock_landlock) != 0 ? "Landlock (ABI " + std::to_string(landlock_abi) + ")" : "no Landlock (this kernel has none)";
  const std::string spaces = (locks & lock_namespaces) != 0 ? "namespaces with an empty root" : "no namespaces (this system does not allow them)";
  return "Parsers ran in locked processes: seccomp, " + landlock + ", " + spaces + "; their attempts to open a file, a socket or a process were tested and failed.";
}

}  // namespace
}  // namespace sandbox

Result<std::unique_ptr<Cage>> Cage::start(CageSettings settings, std::span<const CagedFormat> formats) {
  const auto shared = std::make_shared<const CageSettings>(std::move(settings));
  std::unique_ptr<Cage> cage(new Cage);
  const auto family_of = [&](const CagedFormat& format) {
    return std::find_if(cage->families_.begin(), cage->families_.end(), [&](const auto& family) { return family->name() == format.family; });
  };
  for (const CagedFormat& format : formats) {
    if (family_of(format) != cage->families_.end()) continue;
    cage->families_.push_back(std::make_shared<sandbox::Family>(format.family, shared));
    if (Result<void> started = cage->families_.back()->start(); !started) return started.error();
  }
  std::uint32_t locks = sandbox::wanted_locks(*shared);
  std::uint64_t abi = 0;
  for (const auto& family : cage->families_) {  // they warmed themselves side by side
    if (Result<void> confirmed = family->confirm(); !confirmed) return confirmed.error();
    locks &= family->locks();
    abi = family->landlock_abi();
  }
  for (const CagedFormat& format : formats) {
    if ((*family_of(format))->knows(format.name)) continue;
    return Error{Code::unsupported, "the worker of family '" + format.family + "' does not know the format '" + format.name + "'"};
  }
  cage->level_ = sandbox::level_of(*shared, locks);
  cage->sentence_ = sandbox::sentence_of(cage->level_, locks, abi);
  return cage;
}

Cage::~Cage() {
  for (const auto& family : families_) family->close();
}

std::unique_ptr<const Extractor> Cage::extractor(const CagedFormat& format) const {
  const auto family = std::find_if(families_.begin(), families_.end(), [&](const auto& f) { return f->name() == format.family; });
  return std::make_unique<sandbox::Proxy>(*family, format);
}

Cage::Counts Cage::counts() const {
  Counts counts;
  for (const auto& family : families_) {
    counts.started += family->started();
    counts.killed += family->killed();
  }
  return counts;
}

}  // namespace evtriage
