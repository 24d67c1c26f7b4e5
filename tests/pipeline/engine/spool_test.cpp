// What goes into a spool comes out again, on whichever side of the memory limit; a spent budget and a full disk
// are told apart.
#include "pipeline/engine/spool.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "pipeline/core/memory_spool.h"

namespace evtriage {
namespace {

std::string pattern(std::size_t size) {
  std::string bytes(size, '\0');
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>(i * 131 + i / 251);
  return bytes;
}

TEST(Spool, GivesBackWhatWasAppendedInAnyPieces) {
  SpoolSpace space(::testing::TempDir(), 100);
  for (const std::size_t size : {0u, 1u, 99u, 100u, 101u, 5000u}) {
    for (const std::size_t piece : {1u, 7u, 100u, 5000u}) {
      const std::string bytes = pattern(size);
      const auto spool = space.make(5000, [] { FAIL() << "not to be refused"; });
      for (std::size_t at = 0; at < size; at += piece) ASSERT_TRUE(spool->append(as_bytes(std::string_view(bytes).substr(at, piece))));
      const ContentPtr content = spool->take();
      ASSERT_TRUE(content);
      ASSERT_EQ(content->size(), size);
      const auto all = content->read({0, size});
      ASSERT_TRUE(all);
      EXPECT_EQ(all->chars(), bytes);
      const auto middle = content->read({size / 3, size / 2});
      ASSERT_TRUE(middle);
      EXPECT_EQ(middle->chars(), std::string_view(bytes).substr(size / 3, size / 2 - size / 3));
      EXPECT_FALSE(content->read({0, size + 1}));
    }
  }
}

TEST(Spool, ASpentBudgetGivesNoContentAndIsToldOnce) {
  SpoolSpace space(::testing::TempDir(), 4);
  int told = 0;
  const auto spool = space.make(10, [&] { ++told; });
  EXPECT_TRUE(spool->append(as_bytes("0123456789")));
  EXPECT_FALSE(spool->append(as_bytes("x")));
  EXPECT_FALSE(spool->append(as_bytes("y")));
  EXPECT_FALSE(spool->take());
  EXPECT_EQ(told, 1);
  EXPECT_FALSE(space.failed());
}

TEST(Spool, NoRoomForTheFileFailsTheSpaceAndIsNoRefusal) {
  SpoolSpace space(::testing::TempDir() + "/there/is/no/such/folder", 4);
  const auto spool = space.make(100, [] { FAIL() << "a full disk is no spent budget"; });
  EXPECT_FALSE(spool->append(as_bytes("0123456789")));
  EXPECT_FALSE(spool->take());
  ASSERT_TRUE(space.failed());
  EXPECT_EQ(space.failure().code, Code::io_read);
}

TEST(Spool, LeavesNothingBehind) {
  const std::string folder = ::testing::TempDir() + "/spool_test";
  std::filesystem::create_directories(folder);
  SpoolSpace space(folder, 4);
  const auto spool = space.make(100, [] {});
  ASSERT_TRUE(spool->append(as_bytes("0123456789")));
  EXPECT_TRUE(std::filesystem::is_empty(folder));
  std::filesystem::remove(folder);
}

TEST(Spool, InMemoryKeepsItsLimit) {
  MemorySpool spool(3);
  EXPECT_TRUE(spool.append(as_bytes("abc")));
  MemorySpool small(3);
  EXPECT_FALSE(small.append(as_bytes("abcd")));
  EXPECT_FALSE(small.take());
}

}  // namespace
}  // namespace evtriage
