// Media that are cut into clusters of one size, each of which lies somewhere in the image, is packed, or is all zeros.
//
// If nothing is packed the medium is given as runs of the image: nothing is copied, and it can be read from any thread.
// Tested by tests/extractors/disk/clusters_test.cpp.
#pragma once
#include <string>
#include <vector>

#include "extractors/shared/inflate_block.h"
#include "pipeline/core/plugin.h"

namespace evtriage::disk {

struct Cluster {
  enum class Kind { zeros, plain, packed } kind = Kind::zeros;
  std::uint64_t at = 0, length = 0;  // in the image; length: of packed ones, at most
  BlockInflater::Wrapping wrapping = BlockInflater::Wrapping::raw;
};

class ClusterTable {
 public:
  virtual ~ClusterTable() = default;
  virtual std::uint64_t cluster_bytes() const = 0;  // 512 to 64 MiB
  virtual std::uint64_t media_bytes() const = 0;
  virtual Result<Cluster> find(std::uint64_t number) const = 0;  // number * cluster_bytes() < media_bytes()
};

// Gives the medium as the one child.  `issues` go with it.
void emit_media(const Content& image, const ClusterTable& table, std::vector<Issue> issues, Emit& emit);

// A table of integers in the image, read piece by piece.
class TableOfNumbers {  // used from one thread
 public:
  enum class Form { u32le, u32be, u64be };
  TableOfNumbers(const Content& image, std::uint64_t at, std::uint64_t count, Form form)
      : image_(image), at_(at), count_(count), form_(form) {}
  Result<std::uint64_t> get(std::uint64_t index) const;  // Error (truncated) past the end

 private:
  const Content& image_;
  std::uint64_t at_, count_;
  Form form_;
};

}  // namespace evtriage::disk
