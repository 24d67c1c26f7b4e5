// Archives in other bytes, made by 7z, gcab and python's zipfile while the test runs; the RAR by its makers' samples.
#include "pipeline/engine/attached.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include <unistd.h>

namespace evtriage {
namespace {

std::string file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  return bytes.str();
}

std::string fixture(const std::string& name) { return file(EVTRIAGE_SOURCE_DIR "/tests/extractors/archive/data/" + name); }

// The bytes of file `out` that a python script leaves in the current folder.
std::string made_by_python(const std::string& script) {
  std::string folder = ::testing::TempDir() + "/attached_" + std::to_string(getpid());
  std::ofstream(folder + ".py") << script;
  EXPECT_EQ(std::system(("mkdir -p " + folder + " && cd " + folder + " && rm -f out && python3 " + folder + ".py").c_str()), 0);
  std::string bytes = file(folder + "/out");
  (void)!std::system(("rm -rf " + folder + " " + folder + ".py").c_str());
  return bytes;
}

std::vector<Attached> found(const std::string& bytes, bool everywhere = true) { return find_attached(*resident(bytes), everywhere); }

std::string program() { return "\x7f" "ELF" + std::string(5'000, '\1') + "MSCF 7z Rar! PK" + std::string(200'000, '\2'); }

TEST(Attached, EachKindByItsOwnHeader) {
  for (const auto& [name, is] : {std::pair{"plain.7z", "attached.7z"}, {"locked_list.7z", "attached.7z"}, {"mszip.cab", "attached.cab"},
                                 {"rar4.rar", "attached.rar"}, {"rar5_stored.rar", "attached.rar"}, {"BZip2.zip", "attached.zip"}}) {
    const std::string archive = fixture(name), front = program();
    const auto all = found(front + archive);
    ASSERT_EQ(all.size(), 1u) << name;
    EXPECT_EQ(all[0].name, is);
    EXPECT_EQ(all[0].range, (ByteRange{front.size(), front.size() + archive.size()})) << name;
    EXPECT_TRUE(found(archive).empty()) << name << ": it is the archive, nothing is behind it";
  }
}

TEST(Attached, AMarkWithoutItsHeaderIsNothing) {
  EXPECT_TRUE(found(program()).empty());
  for (const char* name : {"plain.7z", "rar4.rar", "rar5_stored.rar", "mszip.cab"}) {
    std::string archive = fixture(name);
    archive[10] = static_cast<char>(archive[10] ^ 0x10);  // in the checksum, or in the size of the cabinet
    archive[11] = static_cast<char>(archive[11] ^ 0x10);
    EXPECT_TRUE(found(program() + archive).empty()) << name;
  }
}

TEST(Attached, SeveralInOneProgramAtAnyPlace) {
  const std::string cab = fixture("mszip.cab"), seven = fixture("plain.7z");
  for (std::size_t shift = 0; shift < 130; ++shift) {
    const std::string front(shift + 1, 'x');
    const auto all = found(front + cab + "between" + seven + std::string(shift, 'y'));
    ASSERT_EQ(all.size(), 2u) << shift;
    EXPECT_EQ(all[0].range, (ByteRange{front.size(), front.size() + cab.size()}));
    EXPECT_EQ(all[1].range, (ByteRange{front.size() + cab.size() + 7, front.size() + cab.size() + 7 + seven.size()}));
  }
  const std::string large(std::size_t{3} << 20, 'z');  // over the edges of pieces
  for (const std::size_t at : {(1u << 20) - 3, 1u << 20, (2u << 20) - 40}) {
    std::string bytes = large;
    bytes.replace(at, seven.size(), seven);
    ASSERT_EQ(found(bytes).size(), 1u) << at;
    EXPECT_EQ(found(bytes)[0].range.begin, at);
  }
}

TEST(Attached, ZipBehindAPictureByBothWaysOfCounting) {
  const std::string relative = made_by_python(
      "import zipfile\n"
      "z = zipfile.ZipFile('z', 'w'); z.writestr('a.txt', 'inside'); z.comment = b'seen'; z.close()\n"
      "open('out', 'wb').write(b'\\x89PNG' + bytes(1000) + open('z', 'rb').read())\n");
  const std::string adjusted = made_by_python(
      "import zipfile\n"
      "open('out', 'wb').write(b'\\x89PNG' + bytes(1000))\n"
      "z = zipfile.ZipFile('out', 'a'); z.writestr('a.txt', 'inside'); z.close()\n");
  for (const std::string& bytes : {relative, adjusted}) {
    const auto all = found(bytes, false);
    ASSERT_EQ(all.size(), 1u);
    EXPECT_EQ(all[0].range, (ByteRange{1004, bytes.size()}));
  }
  for (std::size_t cut = 1; cut < relative.size(); ++cut) (void)found(relative.substr(0, cut));
}

TEST(Attached, AProgramThat7zMade) {
  const std::string bytes = made_by_python(
      "import subprocess\n"
      "open('a.txt', 'w').write('inside')\n"
      "subprocess.run(['7z', 'a', '-sfx', 'out.exe', 'a.txt'], check=True, stdout=subprocess.DEVNULL)\n"
      "import os; os.rename('out.exe', 'out')\n");
  const auto all = found(bytes);
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(bytes.substr(all[0].range.begin, 2), "7z");
  EXPECT_EQ(all[0].range.end, bytes.size());
}

TEST(Attached, FilesInASectionOfOneNote) {  // MS-ONESTORE 2.6.13, byte by byte
  const std::string guid = "\xe7\x16\xe3\xbd\x65\x26\x11\x45\xa4\xc4\x8d\x4d\x0b\x7a\x9e\xac";
  const std::string section = "\xe4\x52\x5c\x7b" + std::string(996, '\0') + guid + std::string("\5\0\0\0\0\0\0\0", 8) + std::string(12, '\0') + "words" + std::string(99, '\0');
  const auto all = found(section);
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(section.substr(all[0].range.begin, all[0].range.size()), "words");
  EXPECT_TRUE(found(section.substr(0, 1038)).empty()) << "the file ends before it";
}

TEST(Attached, TheLastFileOfASplitZip) {
  const std::string last = made_by_python(
      "import subprocess, random\n"
      "open('a', 'wb').write(random.Random(1).randbytes(150000))\n"
      "subprocess.run(['zip', '-q', '-s', '64k', 'x.zip', 'a'], check=True)\n"
      "import os; os.rename('x.zip', 'out')\n");
  EXPECT_TRUE(ends_split_zip(*resident(last)));
  EXPECT_TRUE(found(last).empty());
  EXPECT_FALSE(ends_split_zip(*resident(fixture("BZip2.zip"))));
}

TEST(Attached, HowMuchIsLookedAt) {
  EXPECT_EQ(attached_depth("application/vnd.microsoft.portable-executable"), Depth::whole_of_any_size);
  EXPECT_EQ(attached_depth("application/x-pie-executable"), Depth::whole_of_any_size);
  EXPECT_EQ(attached_depth("application/octet-stream"), Depth::whole_if_small);
  EXPECT_EQ(attached_depth("image/jpeg"), Depth::whole_if_small);
  EXPECT_EQ(attached_depth("text/plain"), Depth::end);
  for (const char* type : {"application/zip", "application/x-7z-compressed", "application/x-raw-disk-image", "application/vnd.sqlite3"}) {
    EXPECT_EQ(attached_depth(type), Depth::none) << type;
  }
}

}  // namespace
}  // namespace evtriage
