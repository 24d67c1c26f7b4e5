// link: evtriage_plain evtriage_extractors evtriage_core
// Speed of the plain formats on a chat export, a table, a message backup and source-like data; the bytes of text
// that come out are asserted, so that a fast wrong answer fails.
#include <benchmark/benchmark.h>

#include <string>

#include "extractors/plain/plain.h"
#include "pipeline/core/memory_spool.h"

namespace {

using evtriage::Content;

struct Count final : evtriage::Emit {
  std::uint64_t bytes = 0, segments = 0;
  void text(evtriage::TextSegment segment) override {
    bytes += segment.owned.size();
    ++segments;
  }
  void child(evtriage::Child, evtriage::ContentPtr) override {}
  std::unique_ptr<evtriage::Spool> spool() override { return std::make_unique<evtriage::MemorySpool>(1u << 20); }
  void property(std::string, std::string) override {}
  void message(evtriage::MessageRecord) override {}
  void issue(evtriage::Issue) override {}
  void encrypted() override {}
  bool stop_requested() const override { return false; }
};

constexpr int rows = 100'000;

void run(benchmark::State& state, void (*extract)(const Content&, const evtriage::Identity&, const evtriage::ExtractOptions&, evtriage::Emit&),
         const std::string& bytes, std::uint64_t least_segments) {
  const evtriage::Resident content(evtriage::Blob::own(bytes));
  for (auto round : state) {
    (void)round;
    Count count;
    extract(content, {"text/plain", "", "x"}, {}, count);
    if (count.segments < least_segments || count.bytes < bytes.size() / 4) state.SkipWithError("text is missing");
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * bytes.size()));
}

void json_chat(benchmark::State& state) {
  std::string text = "{\"name\": \"Voyage\", \"messages\": [";
  for (int i = 0; i < rows; ++i) {
    text += "\n  {\n   \"id\": " + std::to_string(i) + ",\n   \"type\": \"message\",\n   \"date\": \"2024-03-12T05:30:00\",\n   \"from\": \"Ama Example\",\n   \"from_id\": \"user1000\",\n"
            "   \"text\": \"Le bateau part le 12 mars vers 5:30, dit-il; il faut payer avant, sinon personne ne monte.\"\n  },";
  }
  text.back() = ']';
  run(state, evtriage::extract_json, text + "}", rows);
}
BENCHMARK(json_chat);

void json_source(benchmark::State& state) {  // what a package manager writes
  std::string text = "{\"dependencies\":{";
  for (int i = 0; i < rows; ++i) text += "\"pkg-" + std::to_string(i) + "\":{\"version\":\"1.2." + std::to_string(i) + "\",\"resolved\":\"https://registry.example/pkg.tgz\",\"integrity\":\"sha512-abcdefghijklmnopqrstuvwxyz\",\"requires\":{\"a\":\"^1.0.0\"}},";
  text.back() = '}';
  run(state, evtriage::extract_json, text + "}", 100);
}
BENCHMARK(json_source);

void csv_table(benchmark::State& state) {
  std::string text = "Name,Phone,Town,Note\n";
  for (int i = 0; i < rows; ++i) text += "Ama Example,+23324" + std::to_string(1'000'000 + i) + ",Accra,\"pays later, with \"\"papers\"\"\"\n";
  run(state, evtriage::extract_csv, text, 100);
}
BENCHMARK(csv_table);

void xml_messages(benchmark::State& state) {
  std::string text = "<smses>";
  for (int i = 0; i < rows; ++i) text += "  <sms protocol=\"0\" address=\"+233240000001\" date=\"1700000000000\" type=\"1\" body=\"Le bateau part le 12 mars, il faut payer avant &amp; vite\" read=\"1\" contact_name=\"Ama Example\" />\n";
  run(state, evtriage::extract_xml, text + "</smses>", rows);
}
BENCHMARK(xml_messages);

void xml_records(benchmark::State& state) {
  std::string text = "<list>\n";
  for (int i = 0; i < rows; ++i) text += " <person>\n  <name>Ama Example</name>\n  <phone>+233240000001</phone>\n  <note>pays later, with papers</note>\n </person>\n";
  run(state, evtriage::extract_xml, text + "</list>", rows);
}
BENCHMARK(xml_records);

}  // namespace

BENCHMARK_MAIN();
