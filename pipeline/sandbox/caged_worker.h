// CagedWorker: the coordinator's handle on one worker process and the two windows that they share.
// Tested by tests/pipeline/sandbox/cage_test.cpp.
#pragma once
#include <array>
#include <memory>
#include <string>

#include "pipeline/sandbox/zygote.h"

namespace evtriage::sandbox {

class CagedWorker {  // used by one thread at a time
 public:
  // Forked, locked and ready.  `could`, if given, gets whether the forbidden act of `probe` could be done; a probe that
  // was killed for it gives an Error.
  static Result<std::unique_ptr<CagedWorker>> start(std::shared_ptr<Zygote> zygote, const CageLimits& limits,
                                                    Probe probe = Probe::none, bool* could = nullptr);
  ~CagedWorker() { (void)end(); }
  CagedWorker(const CagedWorker&) = delete;
  CagedWorker& operator=(const CagedWorker&) = delete;

  int channel() const { return channel_.get(); }
  bool is_quiet() const;  // alive, and has not said a word that nobody asked for

  char* request() const { return input_.data(); }
  char* item() const { return input_.data() + request_area; }
  std::uint64_t item_room() const { return input_.size() - request_area; }
  std::string_view output(std::uint64_t size) const;  // clamped; shared: copy before looking
  std::uint64_t output_room() const { return output_.size() - output_area; }
  OutputHeader output_header() const;

  std::uint64_t new_nonce();  // random; what the last request carried says nothing about it
  // Processor time of the process so far, in nanoseconds; 0 if it cannot be had.
  std::uint64_t cpu_ns() const;
  int end();  // kills it if it lives; its wait status

  std::uint64_t touched = 0;  // high-water mark of the input window, kept by who fills it
  std::uint64_t served = 0;   // items that it has finished
  std::string copy;           // buffer for what was handed over

 private:
  CagedWorker() = default;
  std::shared_ptr<Zygote> zygote_;
  Descriptor channel_, handle_;
  Mapping input_, output_;
  int process_ = 0;           // as seen from here
  std::uint64_t number_ = 0;  // as the zygote knows it
  std::array<std::uint64_t, 32> nonces_{};  // asked of the kernel together
  std::size_t nonces_left_ = 0;
  bool ended_ = false;
  int status_ = 0;
};

}  // namespace evtriage::sandbox
