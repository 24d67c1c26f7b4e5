// gzip (RFC 1952) piece by piece, with its checks: libarchive's own filter passes over checksums and sizes.
// Several members after one another give one stream; what follows the last is left alone.
// Tested by tests/extractors/archive/streams_test.cpp.
#pragma once
#include <memory>
#include <optional>
#include <string>

#include "extractors/archive/window.h"

namespace evtriage::archives {

class GzipStream {  // refers to the content; one thread
 public:
  explicit GzipStream(const Content& content);
  ~GzipStream();
  GzipStream(const GzipStream&) = delete;
  GzipStream& operator=(const GzipStream&) = delete;

  // The next piece, valid until the next call; empty at the end, good or bad.
  ByteView next();
  // Of the first member; empty or absent if not stored.
  const std::string& name() const { return name_; }
  std::optional<std::int64_t> modified_ns() const { return modified_ns_; }
  std::uint64_t consumed() const { return consumed_; }
  // Why the stream ended early or is in doubt.
  const std::optional<Error>& trouble() const { return trouble_; }

 private:
  bool begin_member();
  bool refill();
  void stop(Code code, std::string why);
  struct State;
  std::unique_ptr<State> state_;
  const Content& content_;
  std::string name_;
  std::optional<std::int64_t> modified_ns_;
  std::optional<Error> trouble_;
  std::uint64_t consumed_ = 0;
  bool ended_ = false, in_member_ = false, any_ = false;
};

}  // namespace evtriage::archives
