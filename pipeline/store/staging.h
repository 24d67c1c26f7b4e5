// What must wait until all contacts have their ids: mentions and message parties, in a file without a name.
// Tested by tests/pipeline/store/build_test.cpp.
#pragma once
#include <cstdint>
#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/core/records.h"
#include "pipeline/core/result.h"

namespace evtriage {

// What is left to say of a mention whose contact is known by its number; the texts live while `take` runs.
struct StagedMention {
  std::uint32_t contact = 0, segment = 0;
  ByteRange bytes;
  Confidence confidence = Confidence::certain;
  std::string_view place, raw, context;
};

class Staging {
 public:
  static Result<Staging> create(const std::string& beside);  // in the folder of this path
  // `contacts`: the number of each mention's contact, in the same order.
  Result<void> add(std::uint64_t item, const std::vector<std::uint32_t>& contacts, const std::vector<Mention>& mentions,
                   const std::vector<MessageRecord>& messages);
  // In the order of adding; may be called once.
  Result<void> each(const std::function<Result<void>(std::uint64_t item, const std::vector<StagedMention>&,
                                                     const std::vector<MessageRecord>&)>& take);

 private:
  struct Closer {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  explicit Staging(std::FILE* file) : file_(file) {}
  std::unique_ptr<std::FILE, Closer> file_;
  std::string record_;
};

}  // namespace evtriage
