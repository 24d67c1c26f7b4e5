// link: evtriage_contacts evtriage_core
// Any valid UTF-8 is searched for contacts: ranges lie inside, values are not empty, and the words of a
// worker's memory change nothing.  Known crashes are kept as files in tests/corpus.
#include <cstdint>

#include "extractors/builtin.h"
#include "extractors/contacts/explain.h"

namespace {

struct Judge final : evtriage::ScanSink {
  std::uint64_t size = 0;
  void mention(evtriage::Mention mention) override {
    const bool inside = mention.bytes.begin < mention.bytes.end && mention.bytes.end <= size;
    if (!inside || mention.value.empty() || !evtriage::is_valid_utf8(mention.context) || !evtriage::is_valid_utf8(mention.raw)) __builtin_trap();
  }
  void hit(evtriage::Hit) override {}
  void finding(evtriage::Finding) override {}
  void issue(evtriage::Issue) override {}
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text = evtriage::printable({reinterpret_cast<const char*>(data), size});
  const auto scanner = evtriage::make_contact_scanner({{"BF", "GH", "NG"}});
  const auto scratch = scanner->make_scratch();
  Judge judge;
  judge.size = text.size();
  const auto segment = evtriage::TextSegment::of(evtriage::Blob::own(text), evtriage::OffsetMap::identity(text.size()), "body");
  scanner->scan(segment, *scratch, judge);
  (void)evtriage::explain_contacts(text, {});
  return 0;
}
