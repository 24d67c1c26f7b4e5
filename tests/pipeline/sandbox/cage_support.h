// What the tests of the cage share: the formats, a started cage, records as text.
#pragma once
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "pipeline/sandbox/sandbox.h"
#include "tests/support/fake_emit.h"

namespace evtriage::test {

inline CagedFormat format(std::string name, std::string family = "plain") {
  return {std::move(name), 3, std::move(family), [](const Identity& identity) { return identity.media_type == "x/test"; }};
}
inline std::vector<CagedFormat> all_formats() {
  return {format("everything"), format("reads"), format("spooled"), format("nested"), format("disk"), format("half"), format("nothing"), format("chaos", "chaos")};
}
inline CageSettings settings() { return {.worker_folder = EVTRIAGE_TEST_WORKERS}; }

inline std::unique_ptr<Cage> started(CageSettings with = settings()) {
  const auto formats = all_formats();
  auto cage = Cage::start(std::move(with), formats);
  EXPECT_TRUE(cage) << (cage ? "" : cage.error().detail);
  return cage ? *std::move(cage) : nullptr;
}

inline const Identity identity{"x/test", "x/claimed; charset=utf-8", "a\xff.test"};

inline std::string dump(const Issue& issue) {
  std::ostringstream out;
  out << "issue " << to_string(issue.code) << ' ' << issue.stage << ": " << issue.detail << ' ' << issue.reproducible;
  if (issue.where) out << " @" << issue.where->begin << ".." << issue.where->end;
  out << '\n';
  return out.str();
}

inline std::string dump(const FakeEmit& emit) {
  std::ostringstream out;
  const auto time = [&](const std::optional<std::int64_t>& ns) { out << ' ' << (ns ? std::to_string(*ns) : "-"); };
  for (const TextSegment& text : emit.texts) {
    out << "text " << text.origin << '|' << text.place << '|' << text.language << '|' << text.is_message << text.is_whole_item << ' '
        << text.owned.begin << ".." << text.owned.end << ' ' << text.utf8.size() << ' ' << std::hash<std::string_view>()(text.utf8.chars());
    std::string runs;
    for (const Run& run : text.map.runs()) {
      for (const std::uint64_t number : {run.text_begin, run.source.begin, run.source.end, std::uint64_t{run.text_unit}, std::uint64_t{run.source_unit}}) {
        runs += std::to_string(number) + " ";
      }
    }
    out << ' ' << text.map.runs().size() << ' ' << std::hash<std::string>()(runs) << '\n';
  }
  for (const auto& [child, bytes] : emit.children) {
    out << "child " << static_cast<int>(child.step.kind) << ' ' << child.step.number << ' ' << printable(child.step.name) << ' '
        << static_cast<int>(child.kind) << ' ' << printable(child.media_type) << ' ' << child.deleted << child.encrypted << ' ' << child.step.offset.value_or(0);
    for (const auto* ns : {&child.created_ns, &child.modified_ns, &child.accessed_ns, &child.changed_ns}) time(*ns);
    if (child.extent) out << " @" << child.extent->begin << ".." << child.extent->end;
    out << ' ' << child.is_media << ' ' << bytes.size() << ' ' << std::hash<std::string>()(bytes) << '\n';
    for (const Property& property : child.properties) out << "  " << property.name << '=' << property.value << '\n';
    for (Issue issue : child.issues) {
      if (issue.stage.empty()) issue.stage = "disk";  // the stage that a worker's silence means
      out << "  " << dump(issue);
    }
  }
  for (const auto& [name, value] : emit.properties) out << "property " << name << '=' << value << '\n';
  for (const MessageRecord& m : emit.messages) {
    out << "message " << m.application << '|' << m.conversation << '|' << m.sender << '|' << m.direction << '|' << m.body << '|' << m.deleted;
    time(m.sent_ns);
    for (const auto* list : {&m.recipients, &m.attachments}) {
      for (const std::string& text : *list) out << ' ' << text;
      out << ';';
    }
    out << '\n';
  }
  for (const Issue& issue : emit.issues) out << dump(issue);
  out << (emit.is_encrypted ? "encrypted\n" : "");
  return out.str();
}

// What the format says of the content, through the cage.
inline std::string caged(const Cage& cage, const CagedFormat& with, const Content& content) {
  FakeEmit emit(content.size());
  cage.extractor(with)->extract(content, identity, emit);
  return dump(emit);
}

inline std::string bytes_of(std::size_t size) {
  std::string out(size, '\0');
  std::uint64_t state = size;
  for (char& c : out) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    c = static_cast<char>(state >> 56);
  }
  return out;
}

inline std::string in_process(void (*extract)(const Content&, const Identity&, const ExtractOptions&, Emit&), const Content& content, const ExtractOptions& options = {}) {
  FakeEmit emit(content.size());
  extract(content, identity, options, emit);
  return dump(emit);
}

}  // namespace evtriage::test
