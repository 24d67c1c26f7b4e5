// link: evtriage_disk evtriage_core
// The readers of cluster tables (QCOW2, VMDK, VHD) over any bytes: the medium is read here and there.
#include <algorithm>
#include <cstdint>

#include "extractors/disk/disk.h"

namespace {

class ReadHereAndThere final : public evtriage::Emit {
 public:
  void text(evtriage::TextSegment) override {}
  void child(evtriage::Child, evtriage::ContentPtr content) override {
    if (content == nullptr) return;
    const std::uint64_t size = content->size(), step = size / 8 + 1;
    for (std::uint64_t at = 0; at < size; at += step) {
      const evtriage::ByteRange range{at, std::min(size, at + 700)};
      const auto bytes = content->read(range);
      if (bytes && bytes->size() != range.size()) __builtin_trap();
    }
  }
  std::unique_ptr<evtriage::Spool> spool() override { return nullptr; }
  void property(std::string, std::string) override {}
  void message(evtriage::MessageRecord) override {}
  void issue(evtriage::Issue) override {}
  void encrypted() override {}
  bool stop_requested() const override { return false; }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace evtriage;
  const ContentPtr image = resident(std::string(reinterpret_cast<const char*>(data), size));
  ReadHereAndThere emit;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (bytes.starts_with("QFI")) extract_qcow2(*image, {"", "", ""}, {}, emit);
  if (bytes.starts_with("KDMV")) extract_vmdk(*image, {"", "", ""}, {}, emit);
  if (bytes.starts_with("conectix")) extract_vhd(*image, {"", "", ""}, {}, emit);
  return 0;
}
