// link: evtriage_contacts evtriage_core
// Speed of the contact scanner on prose with few contacts and on text with one every kilobyte; the number
// of contacts found is asserted, so that a fast wrong answer fails.
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "extractors/builtin.h"
#include "extractors/contacts/anchors.h"

namespace {

constexpr std::size_t kParagraphs = 8000;

struct Count final : evtriage::ScanSink {
  std::size_t mentions = 0;
  void mention(evtriage::Mention) override { ++mentions; }
  void hit(evtriage::Hit) override {}
  void finding(evtriage::Finding) override {}
  void issue(evtriage::Issue) override {}
};

// About a kilobyte of prose a paragraph; every `step`-th one ends in an e-mail, a number and a URL with its host.
std::string prose(std::size_t step) {
  const std::string sentence =
      "Le bateau part le 12 mars 2024 vers 5:30, dit-il; il faut payer avant. The road was long, and nobody "
      "asked for papers. O barco espera na praia, perto do porto velho. ";
  std::string text;
  for (std::size_t i = 0; i < kParagraphs; ++i) {
    for (int repeat = 0; repeat < 6; ++repeat) text += sentence;
    if (i % step == 0) text += "ann" + std::to_string(i) + "@example.com +226 70 12 34 56 https://www.example.com/a?b=" + std::to_string(i);
    text += '\n';
  }
  return text;
}

void scan(benchmark::State& state) {
  const auto step = static_cast<std::size_t>(state.range(0));
  const std::string text = prose(step);
  const auto scanner = evtriage::make_contact_scanner({});
  const auto scratch = scanner->make_scratch();
  const auto segment = evtriage::TextSegment::of(evtriage::Blob::own(text), evtriage::OffsetMap::identity(text.size()), "body");
  for (auto round : state) {
    (void)round;
    Count count;
    scanner->scan(segment, *scratch, count);
    if (count.mentions != 4 * ((kParagraphs + step - 1) / step)) state.SkipWithError("wrong number of contacts");
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
}
BENCHMARK(scan)->Arg(1)->Arg(4)->Arg(1000)->ArgName("paragraphs_per_contact");

void anchors(benchmark::State& state) {
  const std::string text = prose(1000);
  std::vector<evtriage::contacts::Anchor> some;
  for (auto round : state) {
    (void)round;
    std::size_t count = 0;
    evtriage::contacts::AnchorPass pass(text, false);
    while (pass.next(some)) count += some.size();
    // "@", ":", three dots and "+" on each of the eight lines with contacts.
    if (count != 8 * 6) state.SkipWithError("wrong number of anchors");
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
}
BENCHMARK(anchors);

}  // namespace

BENCHMARK_MAIN();
