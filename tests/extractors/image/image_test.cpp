// Pictures of each format: the facts that exiftool wrote; no state between files; hostile and appended bytes.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "extractors/image/image.h"
#include "tests/support/fake_emit.h"

namespace evtriage {
namespace {

std::string fixture(const std::string& name) {
  std::ifstream file(std::string(EVTRIAGE_SOURCE_DIR) + "/tests/extractors/image/data/" + name, std::ios::binary);
  EXPECT_TRUE(file) << name;
  return {std::istreambuf_iterator<char>(file), {}};
}

FakeEmit extract(const std::string& bytes) {
  FakeEmit emit(bytes.size());
  extract_image(Resident(Blob::own(bytes)), {"image/jpeg", "", "a.jpg"}, {}, emit);
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

const std::vector<std::string> with_exif = {"full.jpg", "full.tif", "full.png", "full.webp", "full.heic", "full.avif", "full.psd"};

TEST(Image, TheSameFactsInEveryFormat) {
  for (const std::string& name : with_exif) {
    const FakeEmit emit = extract(fixture(name));
    EXPECT_EQ(value(emit, "Exif.Image.Make"), "ExampleCam") << name;
    EXPECT_EQ(value(emit, "Exif.Image.Model"), "EC-1") << name;
    EXPECT_EQ(value(emit, "gps"), "5.552050,-0.196901") << name;
    EXPECT_EQ(value(emit, "dcterms:created"), "2026-01-15T10:00:00Z") << name << ": the zone is known";
    EXPECT_EQ(value(emit, "dcterms:modified"), "2026-01-16T08:30:00") << name << ": no zone is made up";
    EXPECT_EQ(value(emit, "Xmp.dc.title"), "Crossing") << name;
    EXPECT_EQ(value(emit, "Xmp.dc.subject"), "sea, fees") << name;
    for (const char* line : {"Description: harbour at night\n", "Artist: Ama Example\n", "GPS: 5.552050,-0.196901\n", "dc.description: two boats\n"}) {
      EXPECT_NE(emit.all("metadata").find(line), std::string::npos) << name << " " << line;
    }
    EXPECT_TRUE(emit.issues.empty()) << name << emit.issues[0].detail;
  }
}

TEST(Image, SouthAndEast) { EXPECT_EQ(value(extract(fixture("south_east.jpg")), "gps"), "-33.856784,151.215297"); }

TEST(Image, WordsOfPeopleInEveryEncoding) {
  const std::string text = extract(fixture("full.jpg")).all("metadata");
  for (const char* line : {"User comment: rendez-vous à 5 h\n", "Comment: Приказ 7\n", "Caption: légende\n", "Keywords: passport\nKeywords: visa\n",
                           "Comment: call +44 20 7946 0958\n"}) {
    EXPECT_NE(text.find(line), std::string::npos) << line << text;
  }
}

TEST(Image, PngAndGifTexts) {
  const std::string bytes = fixture("full.png");
  const FakeEmit png = extract(bytes);
  EXPECT_EQ(value(png, "png:Author"), "Kofi");
  EXPECT_EQ(value(png, "png:Comment"), "prix é");
  EXPECT_EQ(value(png, "png:Software"), std::string(300, 'x')) << "compressed in the file";
  EXPECT_EQ(png.source_of("Kofi", bytes), std::string("Author\0Kofi", 11));
  const FakeEmit gif = extract(fixture("full.gif"));
  EXPECT_EQ(value(gif, "gif:Comment"), "gif remark");
  EXPECT_EQ(value(gif, "Xmp.dc.title"), "Crossing");
}

TEST(Image, AThumbnailIsAChild) {
  const std::string bytes = fixture("full.jpg");
  const FakeEmit emit = extract(bytes);
  ASSERT_EQ(emit.children.size(), 1u);
  EXPECT_EQ(emit.children[0].first.media_type, "image/jpeg");
  EXPECT_EQ(emit.children[0].first.kind, ItemKind::embedded);
  EXPECT_EQ(emit.children[0].second.size(), 300u) << "exiftool -ThumbnailLength";
  ASSERT_TRUE(emit.children[0].first.extent);
  EXPECT_EQ(bytes.substr(emit.children[0].first.extent->begin, 300), emit.children[0].second);
}

TEST(Image, WhatIsAppendedIsAChild) {
  for (const char* name : {"south_east.jpg", "full.png", "full.gif"}) {
    const std::string picture = fixture(name), hidden = "PK\3\4 a hidden archive of some length";
    const FakeEmit emit = extract(picture + hidden);
    ASSERT_FALSE(emit.children.empty()) << name;
    EXPECT_EQ(emit.children.back().first.step.name, "appended");
    EXPECT_EQ(emit.children.back().second, hidden);
    EXPECT_EQ(emit.children.back().first.extent, (ByteRange{picture.size(), picture.size() + hidden.size()}));
  }
}

TEST(Image, TheSameAloneAfterOthersAndInReverse) {
  std::vector<std::string> names = with_exif;
  names.insert(names.end(), {"prefix_GCamera.jpg", "prefix_Camera.jpg", "south_east.jpg", "full.gif"});
  std::vector<std::string> first;
  for (const std::string& name : names) first.push_back(everything(extract(fixture(name))));
  for (int round = 0; round < 3; ++round) {
    for (std::size_t i = names.size(); i-- > 0;) EXPECT_EQ(everything(extract(fixture(names[i]))), first[i]) << names[i];
  }
  EXPECT_EQ(value(extract(fixture("prefix_GCamera.jpg")), "Xmp.GCamera.MotionPhoto"), "1");
  EXPECT_EQ(value(extract(fixture("prefix_Camera.jpg")), "Xmp.Camera.MotionPhoto"), "1") << "the prefix of the file, not that of an earlier one";
}

TEST(Image, CutAndFlippedFilesEndWell) {
  for (const std::string& name : {std::string("full.jpg"), std::string("full.png"), std::string("full.heic"), std::string("full.webp"), std::string("full.gif")}) {
    const std::string bytes = fixture(name);
    for (std::size_t n = 0; n < bytes.size(); n += n % 11 + 1) extract(bytes.substr(0, n));
    for (std::size_t i = 0; i < bytes.size(); i += 7) {
      std::string flipped = bytes;
      flipped[i] = static_cast<char>(flipped[i] ^ 0xff);
      extract(flipped);
    }
  }
  const std::string cut = fixture("full.jpg").substr(0, 3000);
  const FakeEmit emit = extract(cut);
  EXPECT_TRUE(std::any_of(emit.issues.begin(), emit.issues.end(), [](const Issue& i) { return i.code == Code::truncated; }));
}

class Faulty final : public Content {  // every read of the second half fails
 public:
  explicit Faulty(std::string bytes) : bytes_(Blob::own(std::move(bytes))) {}
  std::uint64_t size() const override { return bytes_.size(); }
  Result<Blob> read(ByteRange range) const override {
    if (range.end > size() / 2) return Error{Code::io_read, "bad sector"};
    return bytes_.slice(range.begin, range.size());
  }

 private:
  Blob bytes_;
};

TEST(Image, ReadFaultsAreTold) {
  const std::string bytes = fixture("full.tif");
  FakeEmit emit(bytes.size());
  extract_image(Faulty(bytes), {}, {}, emit);
  EXPECT_TRUE(std::any_of(emit.issues.begin(), emit.issues.end(), [](const Issue& i) { return i.code == Code::io_read && i.where->begin == 8192; }));
}

}  // namespace
}  // namespace evtriage
