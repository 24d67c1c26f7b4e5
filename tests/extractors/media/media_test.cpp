// Audio and video: the facts that ffmpeg and exiftool wrote; seeking; no state; cut and flipped files.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "extractors/media/media.h"
#include "tests/support/fake_emit.h"

namespace evtriage {
namespace {

std::string fixture(const std::string& name) {
  std::ifstream file(std::string(EVTRIAGE_SOURCE_DIR) + "/tests/extractors/media/data/" + name, std::ios::binary);
  EXPECT_TRUE(file) << name;
  return {std::istreambuf_iterator<char>(file), {}};
}

FakeEmit extract(const std::string& bytes) {
  FakeEmit emit(bytes.size());
  extract_media(Resident(Blob::own(bytes)), {"video/mp4", "", "a.mp4"}, {}, emit);
  return emit;
}

std::string value(const FakeEmit& emit, const std::string& name) {
  for (const auto& [key, text] : emit.properties) {
    if (key == name) return text;
  }
  return "(none)";
}

std::string everything(const FakeEmit& emit) {
  std::string out = emit.all("metadata");
  for (const auto& [key, text] : emit.properties) out += key + "=" + text + "\n";
  for (const auto& [child, bytes] : emit.children) out += child.step.name + "|" + bytes + "\n";
  for (const Issue& issue : emit.issues) out += issue.detail + "\n";
  return out;
}

const std::vector<std::string> all = {"loci.mp4", "xyz.mov", "keys.mov", "voice.opus", "video.mkv", "cover.mp3"};

TEST(Media, VideoOfAPhone) {
  const std::string bytes = fixture("loci.mp4");
  const FakeEmit emit = extract(bytes);
  EXPECT_EQ(value(emit, "MediaInfo.General.Format"), "MPEG-4");
  EXPECT_EQ(value(emit, "MediaInfo.Video1.Width"), "32");
  EXPECT_EQ(value(emit, "MediaInfo.Audio1.Format"), "AAC");
  EXPECT_EQ(value(emit, "MediaInfo.General.Duration"), "1000") << "milliseconds";
  EXPECT_EQ(value(emit, "dc:title"), "Crossing video");
  EXPECT_EQ(value(emit, "dcterms:created"), "2026-01-15T10:00:00Z");
  EXPECT_EQ(value(emit, "gps"), "5.551987,-0.196899") << "loci holds fractions of 65536";
  for (const char* line : {"Title: Crossing video\n", "Comment: call +44 20 7946 0958\n", "Performer: Ama\n", "GPS: 5.551987,-0.196899\n"}) {
    EXPECT_NE(emit.all("metadata").find(line), std::string::npos) << line;
  }
  EXPECT_TRUE(emit.issues.empty());
}

TEST(Media, PlacesOfAppleFiles) {
  EXPECT_EQ(value(extract(fixture("xyz.mov")), "gps"), "-33.856784,151.215297");
  EXPECT_EQ(value(extract(fixture("keys.mov")), "gps"), "5.552050,-0.196901");
}

TEST(Media, VoiceNotesAndMatroska) {
  const FakeEmit voice = extract(fixture("voice.opus"));
  EXPECT_EQ(value(voice, "dc:title"), "رسالة صوتية");
  EXPECT_EQ(value(voice, "MediaInfo.Audio1.Format"), "Opus");
  EXPECT_EQ(value(extract(fixture("video.mkv")), "MediaInfo.General.Format"), "Matroska");
}

TEST(Media, CoversAreChildren) {
  const FakeEmit emit = extract(fixture("cover.mp3"));
  ASSERT_EQ(emit.children.size(), 1u);
  EXPECT_EQ(emit.children[0].second, fixture("cover.jpg"));
  EXPECT_EQ(emit.children[0].first.media_type, "image/jpeg");
  EXPECT_NE(emit.all("metadata").find("price 500\n"), std::string::npos);
}

TEST(Media, TheSameAloneAfterOthersAndInReverse) {
  std::vector<std::string> first;
  for (const std::string& name : all) first.push_back(everything(extract(fixture(name))));
  for (int round = 0; round < 3; ++round) {
    for (std::size_t i = all.size(); i-- > 0;) EXPECT_EQ(everything(extract(fixture(all[i]))), first[i]) << all[i];
  }
}

class Counting final : public Content {  // zeros between a head and a tail, counted
 public:
  Counting(std::string head, std::uint64_t gap, std::string tail) : head_(std::move(head)), gap_(gap), tail_(std::move(tail)) {}
  std::uint64_t size() const override { return head_.size() + gap_ + tail_.size(); }
  Result<Blob> read(ByteRange range) const override {
    if (range.begin > range.end || range.end > size()) return Error{Code::truncated, "read past the end"};
    read_bytes += range.size();
    std::string out(range.size(), '\0');
    const std::uint64_t tail_begin = head_.size() + gap_;
    for (std::uint64_t at = range.begin; at < range.end; ++at) {
      if (at < head_.size()) out[at - range.begin] = head_[at];
      if (at >= tail_begin) out[at - range.begin] = tail_[at - tail_begin];
    }
    return Blob::own(std::move(out));
  }
  mutable std::uint64_t read_bytes = 0;

 private:
  std::string head_;
  std::uint64_t gap_;
  std::string tail_;
};

TEST(Media, ALargeFileIsNotReadWhole) {
  const std::string bytes = fixture("loci.mp4");
  const std::size_t data = bytes.find("mdat") - 4, movie = bytes.find("moov") - 4;
  ASSERT_LT(data, movie) << "the table of the movie lies at the end";
  constexpr std::uint64_t gap = std::uint64_t{6} << 30;
  const std::uint64_t size = movie - data + 8 + gap;  // a box of 64-bit size
  std::string head = bytes.substr(0, data) + std::string("\0\0\0\1mdat", 8);
  for (int shift = 56; shift >= 0; shift -= 8) head += static_cast<char>(size >> shift & 0xff);
  head += bytes.substr(data + 8, movie - data - 8);
  const Counting content(head, gap, bytes.substr(movie));
  FakeEmit emit(content.size());
  extract_media(content, {}, {}, emit);
  EXPECT_EQ(value(emit, "gps"), "5.551987,-0.196899");
  EXPECT_EQ(value(emit, "dc:title"), "Crossing video");
  EXPECT_LT(content.read_bytes, 64u << 20);
}

TEST(Media, CutAndFlippedFilesEndWellAndAreTold) {
  for (const std::string& name : all) {
    const std::string bytes = fixture(name);
    for (std::size_t n = 0; n < bytes.size(); n += 41) extract(bytes.substr(0, n));
    for (std::size_t i = 0; i < bytes.size(); i += 37) {
      std::string flipped = bytes;
      flipped[i] = static_cast<char>(flipped[i] ^ 0xff);
      extract(flipped);
    }
  }
  const FakeEmit emit = extract(fixture("loci.mp4").substr(0, 1000));
  EXPECT_TRUE(std::any_of(emit.issues.begin(), emit.issues.end(), [](const Issue& i) { return i.code == Code::truncated; }));
  EXPECT_FALSE(extract("no media at all").issues.empty());
  extract("");
}

}  // namespace
}  // namespace evtriage
