// link: evtriage_rules evtriage_core
// Speed of the packs that ship on prose without indicators, and with one every so many paragraphs; what is found
// is asserted, so that a fast wrong answer fails.
#include <benchmark/benchmark.h>

#include <string>

#include "rules/rules.h"

namespace {

constexpr std::size_t kParagraphs = 4000;

struct Count final : evtriage::ScanSink {
  std::size_t hits = 0, findings = 0;
  void mention(evtriage::Mention) override {}
  void hit(evtriage::Hit) override { ++hits; }
  void finding(evtriage::Finding) override { ++findings; }
  void issue(evtriage::Issue) override {}
};

// About a kilobyte of prose a paragraph, in three languages, with words that stand in many rules.
std::string prose(std::size_t step) {
  const std::string sentence =
      "When you call the free number before the next release, the system will return your card without change. "
      "Les personnes qui travaillent avec nous peuvent demander un document au bureau quand elles arrivent. "
      "O barco espera na praia, perto do porto velho, e ninguém sabe quando volta para casa com os outros. ";
  std::string text;
  for (std::size_t i = 0; i < kParagraphs; ++i) {
    for (int repeat = 0; repeat < 3; ++repeat) text += sentence;
    if (i % step == 0) text += "Madam is keeping our passports until we finish paying. ";
    text += "\n\n";
  }
  return text;
}

void scan(benchmark::State& state) {
  const auto step = static_cast<std::size_t>(state.range(0));
  const std::string text = prose(step);
  const auto loaded = evtriage::load_rules(evtriage::shipped_packs(), {}, evtriage::RuleEngine::fast, false);
  const auto scratch = loaded.rules->make_scratch();
  const auto segment = evtriage::TextSegment::of(evtriage::Blob::own(text), evtriage::OffsetMap::identity(text.size()), "body");
  for (auto round : state) {
    (void)round;
    Count count;
    loaded.rules->scan(segment, *scratch, count);
    if (count.hits < kParagraphs / step / 5) state.SkipWithError("indicators were not found");
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
}
BENCHMARK(scan)->Arg(40)->Arg(4000)->ArgName("paragraphs_per_indicator");

}  // namespace

BENCHMARK_MAIN();
