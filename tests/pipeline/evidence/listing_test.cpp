// The listing: what is written is read, a cut is incomplete, a flip is corrupt, and the two never mix.
#include "pipeline/evidence/listing_reader.h"
#include "pipeline/evidence/listing_writer.h"
#include "tests/pipeline/evidence/scratch_tree.h"

namespace evtriage::evidence {
namespace {

bool same(const Entry& a, const Entry& b) {
  const auto same_issues = std::equal(a.issues.begin(), a.issues.end(), b.issues.begin(), b.issues.end(), [](const Issue& x, const Issue& y) {
    return x.code == y.code && x.stage == y.stage && x.detail == y.detail && x.reproducible == y.reproducible;
  });
  return a.ordinal == b.ordinal && a.exhibit == b.exhibit && a.number == b.number && a.parent == b.parent && a.path == b.path &&
         a.kind == b.kind && a.size == b.size && a.modified_ns == b.modified_ns && a.detail == b.detail && same_issues;
}

std::vector<Entry> sample(std::size_t count) {
  std::vector<Entry> entries(count);
  std::uint64_t numbers[2] = {0, 0};
  for (std::size_t i = 0; i < count; ++i) {
    Entry& entry = entries[i];
    entry.ordinal = i;
    entry.exhibit = i * 2 < count ? 0 : 1;
    entry.number = ++numbers[entry.exhibit];
    if (i % 5 == 1) entry.parent = i - 1;
    entry.path = "folder/" + std::to_string(i * 7919) + std::string("\n\xff\0!", 4);
    entry.kind = static_cast<ItemKind>(i % 4);
    if (entry.kind == ItemKind::file) entry.size = i * 100;
    if (i % 3 != 0) entry.modified_ns = (i % 2 != 0 ? -1 : 1) * static_cast<std::int64_t>(i) * 1'000'000'007;
    if (entry.kind == ItemKind::symlink) entry.detail = "../target";
    if (i % 6 == 0) entry.issues.push_back({Code::limit, "list", "too deep", {}, i % 12 == 0});
  }
  return entries;
}

const ListingHeader& header() {
  static const ListingHeader value{500, {{"EX1", "one", "folder"}, {"EX2", "two", "folder"}}};
  return value;
}

std::string written(const std::vector<Entry>& entries) {
  ScratchTree tree;
  auto writer = ListingWriter::create(tree.at("listing"), header());
  EXPECT_TRUE(writer);
  for (const Entry& entry : entries) EXPECT_TRUE(writer->add(entry));
  EXPECT_TRUE(writer->finish());
  struct stat status {};
  EXPECT_EQ(0, stat(tree.at("listing").c_str(), &status));
  EXPECT_EQ(0600u, status.st_mode & 0777);
  std::string bytes(static_cast<std::size_t>(status.st_size), '\0');
  const int fd = open(tree.at("listing").c_str(), O_RDONLY | O_CLOEXEC);
  EXPECT_EQ(status.st_size, read(fd, bytes.data(), bytes.size()));
  close(fd);
  return bytes;
}

TEST(Listing, Crc32cOfThePublishedVectors) {  // RFC 3720 appendix B.4
  EXPECT_EQ(0xe3069283u, crc32c("123456789"));
  EXPECT_EQ(0x8a9136aau, crc32c(std::string(32, '\0')));
  EXPECT_EQ(0x62a8ab43u, crc32c(std::string(32, '\xff')));
}

TEST(Listing, WhatIsWrittenIsReadFromAnywhere) {
  const auto entries = sample(10000);
  auto listing = ListingReader::open(resident(written(entries)));
  ASSERT_TRUE(listing && *listing);
  EXPECT_EQ(header(), (*listing)->header());
  EXPECT_EQ(10000u, (*listing)->tally().total().entries);
  for (const std::uint64_t first : {0ULL, 9999ULL, 4095ULL, 4096ULL, 4097ULL, 1ULL, 8192ULL, 5000ULL, 5003ULL}) {
    for (const std::uint64_t count : {1ULL, 3ULL, 5000ULL, 20000ULL}) {
      const auto got = (*listing)->entries(first, count);
      ASSERT_TRUE(got);
      ASSERT_EQ(std::min(count, 10000 - first), got->size());
      for (std::size_t i = 0; i < got->size(); ++i) ASSERT_TRUE(same(entries[first + i], (*got)[i])) << first + i;
    }
  }
  EXPECT_TRUE((*listing)->entries(10000, 5)->empty());
  EXPECT_TRUE((*listing)->entries(0, 0)->empty());
}

TEST(Listing, CountsAndLargeFiles) {
  const auto entries = sample(40);
  auto listing = ListingReader::open(resident(written(entries)));
  ASSERT_TRUE(listing && *listing);
  std::uint64_t bytes = 0;
  for (const Entry& entry : entries) bytes += entry.size;
  EXPECT_EQ(bytes, (*listing)->tally().total().bytes);
  EXPECT_EQ(20u, (*listing)->tally().exhibits()[1].entries);
  const std::vector<std::uint64_t> expected{36, 32, 28, 24, 20, 16, 12, 8};
  EXPECT_EQ(expected, (*listing)->tally().large_files());
}

TEST(Listing, LargeFilesOfOneSizeComeByOrdinal) {
  Tally tally(1, 10);
  for (const std::uint64_t ordinal : {0ULL, 1ULL, 2ULL}) {
    Entry entry;
    entry.ordinal = ordinal;
    entry.size = ordinal == 1 ? 99 : 50;
    tally.add(entry);
  }
  EXPECT_EQ((std::vector<std::uint64_t>{1, 0, 2}), tally.large_files());
}

TEST(Listing, ACutAtEveryLengthIsIncomplete) {
  const std::string whole = written(sample(30));
  for (std::size_t n = 0; n < whole.size(); ++n) {
    const auto cut = ListingReader::open(resident(whole.substr(0, n)));
    ASSERT_TRUE(cut) << n;
    EXPECT_FALSE(cut->has_value()) << n;
    const auto zeros = ListingReader::open(resident(whole.substr(0, n) + std::string(64, '\0')));
    EXPECT_FALSE(zeros && *zeros) << n;
  }
}

TEST(Listing, AnyFlippedBitIsCorrupt) {
  const std::string whole = written(sample(30));
  for (std::size_t bit = 0; bit < whole.size() * 8; ++bit) {
    std::string flipped = whole;
    flipped[bit / 8] = static_cast<char>(static_cast<unsigned char>(flipped[bit / 8]) ^ (1U << bit % 8));
    const auto listing = ListingReader::open(resident(flipped));
    ASSERT_FALSE(listing) << bit;
    EXPECT_EQ(Code::corrupt, listing.error().code);
  }
  EXPECT_FALSE(ListingReader::open(resident(whole + "x")));
}

TEST(Listing, AnEmptyOneIsComplete) {
  auto listing = ListingReader::open(resident(written({})));
  ASSERT_TRUE(listing && *listing);
  EXPECT_EQ(0u, (*listing)->tally().total().entries);
  EXPECT_TRUE((*listing)->entries(0, 10)->empty());
}

}  // namespace
}  // namespace evtriage::evidence
