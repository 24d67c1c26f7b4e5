// unzip and python's zipfile judge the writer; every bit of a file is turned over before the reader.
#include "pipeline/partner/zip.h"

#include <gtest/gtest.h>

#include "tests/support/scratch.h"

namespace evtriage {
namespace {

constexpr std::int64_t kTime = 1'768'471'200'000'000'000;  // 2026-01-15T10:00:00Z

std::string zip_of(const std::vector<std::pair<std::string, std::string>>& files) {
  std::string out;
  ZipWriter zip([&](std::string_view bytes) { return out += bytes, Result<void>{}; }, kTime);
  for (const auto& [name, bytes] : files) {
    EXPECT_TRUE(zip.begin(name, bytes.size(), crc32_of(0, bytes)));
    EXPECT_TRUE(zip.write(bytes));
  }
  EXPECT_TRUE(zip.finish());
  return out;
}

const std::vector<std::pair<std::string, std::string>> kFiles = {{"top/a.txt", "first\n"}, {"top/b/empty", ""}, {"top/b/c", std::string(70000, 'x')}};

TEST(Zip, OtherProgramsReadIt) {
  const test::Scratch scratch;
  scratch.write("p.zip", zip_of(kFiles));
  EXPECT_TRUE(scratch.shell("unzip -tq p.zip")) << scratch.read("out");
  EXPECT_TRUE(scratch.shell("python3 -c \"import zipfile as z; f=z.ZipFile('p.zip'); assert f.testzip() is None; "
                            "assert [(i.filename, i.date_time, i.external_attr >> 16, i.compress_type) for i in f.infolist()] == "
                            "[(n, (2026,1,15,10,0,0), 0o100644, 0) for n in ('top/a.txt','top/b/empty','top/b/c')]; "
                            "assert f.read('top/a.txt') == b'first\\n'\""))
      << scratch.read("out");
}

TEST(Zip, IsReadBackAndAlwaysTheSame) {
  const std::string bytes = zip_of(kFiles);
  EXPECT_EQ(bytes, zip_of(kFiles));
  const ContentPtr file = resident(bytes);
  const auto entries = read_zip(*file);
  ASSERT_TRUE(entries) << entries.error().detail;
  ASSERT_EQ(entries->size(), kFiles.size());
  for (std::size_t i = 0; i < kFiles.size(); ++i) {
    EXPECT_EQ((*entries)[i].name, kFiles[i].first);
    EXPECT_EQ(bytes.substr((*entries)[i].where.begin, (*entries)[i].where.size()), kFiles[i].second);
    EXPECT_EQ((*entries)[i].crc, crc32_of(0, kFiles[i].second));
  }
}

TEST(Zip, EveryBitOfItsStructureCounts) {
  const std::vector<std::pair<std::string, std::string>> files = {{"t/a", "1"}, {"t/b", "22"}};
  const std::string good = zip_of(files);
  for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
    std::string bad = good;
    bad[bit / 8] = static_cast<char>(bad[bit / 8] ^ (1 << bit % 8));
    const auto entries = read_zip(*resident(bad));
    if (!entries) continue;
    bool content = false;  // what is inside an entry is the digests' business
    for (const ZipEntry& entry : *entries) content = content || (bit / 8 >= entry.where.begin && bit / 8 < entry.where.end);
    EXPECT_TRUE(content) << "bit " << bit;
  }
  for (std::size_t size = 0; size < good.size(); ++size) EXPECT_FALSE(read_zip(*resident(good.substr(0, size)))) << size;
  EXPECT_FALSE(read_zip(*resident(good + "x")));
  EXPECT_FALSE(read_zip(*resident(zip_of({{"a", "1"}, {"a", "2"}}))));
}

// Sizes above 4 GiB, without writing so much: the sink counts, and keeps the structure alone.
TEST(Zip, LargeFilesGetZip64) {
  std::string structure;
  bool keep = true;
  ZipWriter zip([&](std::string_view bytes) { return keep ? structure += bytes : structure, Result<void>{}; }, kTime);
  const std::uint64_t size = (std::uint64_t{4} << 30) + 5;
  ASSERT_TRUE(zip.begin("big", size, 0));
  keep = false;
  const std::string block(1u << 20, '\0');
  for (std::uint64_t left = size; left > 0;) {
    const std::uint64_t n = std::min<std::uint64_t>(left, block.size());
    ASSERT_TRUE(zip.write(std::string_view(block).substr(0, n)));
    left -= n;
  }
  keep = true;
  ASSERT_TRUE(zip.begin("after", 0, 0));
  ASSERT_TRUE(zip.finish());
  const test::Scratch scratch;
  // A sparse file with the same layout: python reads the directory and the first header.
  scratch.write("structure", structure);
  EXPECT_TRUE(scratch.shell("python3 - <<'E'\n"
                            "import zipfile\n"
                            "s = open('structure', 'rb').read(); n = " + std::to_string(size) + "; head = 30 + 3 + 20\n"
                            "f = open('big.zip', 'wb'); f.write(s[:head]); f.seek(head + n); f.write(s[head:]); f.close()\n"
                            "i = zipfile.ZipFile('big.zip').infolist(); assert [(e.filename, e.file_size, e.header_offset) for e in i] == [('big', n, 0), ('after', 0, head + n)], i\n"
                            "E"))
      << scratch.read("out");
}

}  // namespace
}  // namespace evtriage
