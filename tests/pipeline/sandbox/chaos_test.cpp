// A parser that does its worst: each act is told with the right code, nothing else is touched, the next item is served.
#include <gtest/gtest.h>

#include <filesystem>
#include <thread>

#include "tests/pipeline/sandbox/cage_support.h"

namespace evtriage::test {
namespace {

#if defined(__SANITIZE_ADDRESS__)
constexpr bool has_asan = true;
#else
constexpr bool has_asan = false;
#endif

const CagedFormat chaos = format("chaos", "chaos");

struct Expected {
  const char* act;
  Code code;
  const char* detail;       // of the last issue
  bool reproducible = true;
};

class Chaos : public testing::Test {
 protected:
  static CageSettings quick() {
    CageSettings with = settings();
    with.limits.cpu_seconds = 10;  // not reached, however busy the machine
    with.limits.memory_bytes = 128u << 20;
    with.limits.output_bytes = 16u << 20;
    return with;
  }
  void expect(const Cage& cage, const Expected& expected) const {
    SCOPED_TRACE(expected.act);
    FakeEmit emit(std::string_view(expected.act).size());
    emit.spool_bytes = 8u << 20;
    const auto extractor = cage.extractor(chaos);
    extractor->extract(*resident(expected.act), identity, emit);
    ASSERT_FALSE(emit.issues.empty()) << dump(emit);
    EXPECT_EQ(to_string(emit.issues.back().code), to_string(expected.code)) << emit.issues.back().detail;
    EXPECT_EQ(emit.issues.back().stage, "chaos");
    EXPECT_EQ(emit.issues.back().reproducible, expected.reproducible);
    EXPECT_THAT(emit.issues.back().detail, testing::HasSubstr(expected.detail));
    for (const auto& [name, value] : emit.properties) EXPECT_NE(name, "escaped") << value;
    expect_served(cage);
  }
  void expect_served(const Cage& cage) const {
    EXPECT_EQ(caged(cage, chaos, *resident("nothing")), "");
    EXPECT_THAT(caged(cage, format("everything"), *resident("content")), testing::HasSubstr("child 5 5 "));
  }
};

// What a process of its own and its limits are good for, with or without locks.
const Expected deaths[] = {
    {"null", Code::crash, has_asan ? "died" : "the parser died (Segmentation fault, SIGSEGV)"},
    {"abort", Code::crash, "SIGABRT"},
    {"overflow", Code::crash, has_asan ? "died" : "stack overflow"},
    {"silent", Code::crash, "ended without an answer (exit status 0)"},
    {"status", Code::crash, "ended without an answer (exit status 7)"},
    {"window", Code::crash, "SIG"},
    {"flood", Code::limit, "cage_output_bytes=16777216: "},
    {"rows", Code::limit, "cage_output_bytes=16777216: "},
    {"spool", Code::limit, "cage_output_bytes=16777216: "},
    {"length", Code::crash, "malformed answer (a length beyond its window)"},
    {"length1", Code::crash, "malformed answer (a length beyond its window)"},
    {"nonce", Code::crash, "malformed answer (an answer to another question)"},
    {"turn", Code::crash, "malformed answer (a message out of turn)"},
    {"empty", Code::crash, "malformed answer (an empty hand-over)"},
    {"short", Code::crash, "malformed answer (a message of the wrong size or kind)"},
    {"long", Code::crash, "malformed answer (a message of the wrong size or kind)"},
    {"want", Code::crash, "malformed answer (a wish for bytes that are not there)"},
    {"garbage", Code::crash, "malformed answer (a frame"},
    {"half", Code::crash, "malformed answer (an unfinished frame)"},
    {"outside", Code::crash, "malformed answer (a map that leads outside the item)"},
    {"children", Code::crash, "malformed answer (children out of order)"},
    {"whole", Code::crash, "malformed answer (a text that is not what it claims to be)"},
    {"published", Code::crash, "malformed answer"},
    {"throw", Code::internal, "an exception left the parser: bad \\xFF xref"},
    {"int", Code::internal, "an exception left the parser: an exception of unknown type"},
};

TEST_F(Chaos, DeathsLimitsAndLies) {
  for (const bool confine : {true, false}) {
    CageSettings with = quick();
    with.confine = confine;
    const auto cage = started(with);
    ASSERT_TRUE(cage);
    for (const Expected& expected : deaths) expect(*cage, expected);
  }
}

TEST_F(Chaos, TimeIsALimit) {
  CageSettings with = quick();
  with.limits.cpu_seconds = 1;
  const auto cage = started(with);
  ASSERT_TRUE(cage);
  expect(*cage, {"hang", Code::limit, "cage_cpu_seconds=1: ", false});
  for (const char* act : {"doze", "stop"}) expect(*cage, {act, Code::limit, "cage_cpu_seconds=1: the parser did not answer", false});
}

TEST_F(Chaos, MemoryIsALimit) {
  if (has_asan) GTEST_SKIP() << "AddressSanitizer needs all addresses";
  for (const bool confine : {true, false}) {
    CageSettings with = quick();
    with.confine = confine;
    with.limits.cpu_seconds = 20;
    const auto cage = started(with);
    ASSERT_TRUE(cage);
    for (const char* act : {"new", "malloc", "caught"}) expect(*cage, {act, Code::limit, "cage_memory_bytes=134217728: ", false});
    EXPECT_THAT(caged(*cage, chaos, *resident("caught")), testing::HasSubstr("after=the library went on"));
  }
}

// What the locks are good for: at every level that has them.
const char* const forbidden[] = {"fork", "thread", "exec", "socket", "unix", "unlink", "kill", "killall", "ptrace", "peek", "execmem",
                                 "mprotect", "memfd", "userns", "uring", "rlimit", "rights", "x32"};

TEST_F(Chaos, ForbiddenActsFailAtEveryLevel) {
  for (const auto& [namespaces, landlock] : {std::pair{true, true}, {false, true}, {false, false}, {true, false}}) {
    CageSettings with = quick();
    with.namespaces = namespaces;
    with.landlock = landlock;
    const auto cage = started(with);
    ASSERT_TRUE(cage);
    SCOPED_TRACE(cage->level_sentence());
    for (const char* act : forbidden) expect(*cage, {act, Code::crash, "a system call that is not allowed (SIGSYS)"});
    EXPECT_EQ(caged(*cage, chaos, *resident("files")), "property opened=nothing\n");
    EXPECT_EQ(caged(*cage, chaos, *resident("print")), "property read=0\n");
  }
  EXPECT_FALSE(std::filesystem::exists("/tmp/evtriage-escaped"));
}

TEST_F(Chaos, AnswerGivenTwiceSpoilsNothing) {
  const auto cage = started(quick());
  ASSERT_TRUE(cage);
  for (int i = 0; i < 20; ++i) {
    (void)caged(*cage, chaos, *resident("twice"));
    expect_served(*cage);
  }
}

TEST_F(Chaos, WhatWasSaidBeforeDeathIsKept) {
  for (const std::uint64_t window : {100u, 1000u, 1u << 20, 8u << 20}) {
    CageSettings with = settings();
    with.limits.output_window = window;
    const auto cage = started(with);
    ASSERT_TRUE(cage);
    FakeEmit emit(5);
    cage->extractor(chaos)->extract(*resident("after"), identity, emit);
    EXPECT_EQ(emit.properties.size(), 3u);
    ASSERT_EQ(emit.texts.size(), 1u);
    EXPECT_EQ(emit.texts[0].utf8.size(), 300'000u);
    EXPECT_EQ(emit.issues.size(), 1u);
  }
}

TEST_F(Chaos, AskingForEverIsALimit) {
  CageSettings with = quick();
  with.limits.input_window = 64;
  with.limits.cpu_seconds = 60;
  const auto cage = started(with);
  ASSERT_TRUE(cage);
  FakeEmit emit(100);
  cage->extractor(chaos)->extract(*resident("reads " + std::string(94, 'x')), identity, emit);
  ASSERT_EQ(emit.issues.size(), 1u);
  EXPECT_THAT(emit.issues[0].detail, testing::HasSubstr("cage_read_factor=100"));
  EXPECT_TRUE(emit.issues[0].reproducible);
}

TEST_F(Chaos, HonestMistakesAreMended) {
  const auto cage = started();
  ASSERT_TRUE(cage);
  const std::string item = "mistakes " + std::string(100, 'x');
  FakeEmit emit(item.size());
  cage->extractor(chaos)->extract(*resident(item), identity, emit);
  ASSERT_EQ(emit.properties.size(), 2u);
  EXPECT_EQ(emit.properties[0].second, "caf\\xE9");
  EXPECT_EQ(emit.properties[1].second.size(), 1u << 20);
  ASSERT_EQ(emit.texts.size(), 2u + 3u);
  EXPECT_EQ(emit.texts[0].utf8.chars(), "caf\\xE9");
  EXPECT_EQ(emit.texts[0].map.to_source({0, 1}), (ByteRange{0, 4}));
  EXPECT_EQ(emit.texts[2].utf8.size() + emit.texts[3].utf8.size() + emit.texts[4].utf8.size(), 9'000'000u);
  ASSERT_EQ(emit.issues.size(), 3u);
  EXPECT_EQ(emit.issues[0].where, (ByteRange{3, item.size()}));
  EXPECT_THAT(emit.issues[1].detail, testing::HasSubstr("cage_field_bytes=1048576"));
  EXPECT_THAT(emit.issues[2].detail, testing::HasSubstr("cage_segment_bytes=4194304"));
}

TEST_F(Chaos, ManyThreadsOfChaos) {
  const auto cage = started(quick());
  ASSERT_TRUE(cage);
  std::vector<std::thread> threads;
  std::atomic<int> wrong{0};
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&] {
      for (const char* act : {"null", "garbage", "silent", "fork", "twice", "outside", "abort", "files"}) {
        (void)caged(*cage, chaos, *resident(act));
        if (!caged(*cage, chaos, *resident("nothing")).empty()) ++wrong;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace evtriage::test
