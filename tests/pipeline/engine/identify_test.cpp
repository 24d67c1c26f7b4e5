// Types by signature and by look, lies of extensions, and agreement with libmagic on real files.
#include "pipeline/engine/identify.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>

#include "pipeline/engine/identify_table.h"

namespace evtriage {
namespace {

struct IdentifyTest : testing::Test {
  void SetUp() override {
    auto loaded = Identifier::load();
    ASSERT_TRUE(loaded);
    identifier = *std::move(loaded);
    auto made = identifier->cookie();
    ASSERT_TRUE(made);
    cookie.emplace(*std::move(made));
  }
  Identification of(std::string_view bytes, std::string_view name = "") {
    return identifier->identify(as_bytes(bytes), bytes.size(), name, *cookie);
  }
  std::unique_ptr<Identifier> identifier;
  std::optional<MagicCookie> cookie;
};

const std::string png("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\2\0\0\0\x90wS\xde", 33);
const std::string jpeg("\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0", 20);
const std::string mail =
    "Received: from a.example by b.example; Thu, 1 Jan 2026 10:00:00 +0000\r\nFrom: a@a.example\r\nTo: b@b.example\r\n"
    "Subject: hello\r\n\r\nbody\r\n";

TEST_F(IdentifyTest, SignaturesAndLooks) {
  EXPECT_EQ(of("").media_type, "inode/x-empty");
  EXPECT_EQ(of(png).media_type, "image/png");
  EXPECT_EQ(of(jpeg).media_type, "image/jpeg");
  EXPECT_EQ(of("%PDF-1.7\n").media_type, "application/pdf");
  EXPECT_EQ(of(mail).media_type, "message/rfc822");
  EXPECT_EQ(of("From a@a.example Thu Jan  1 10:00:00 2026\n" + mail).media_type, "application/mbox");
  EXPECT_EQ(of("  <!DOCTYPE HTML>\n<p>x").media_type, "text/html");
  EXPECT_EQ(of("<?xml version=\"1.0\"?>\n<!DOCTYPE html><html xmlns=''>").media_type, "text/html");
  EXPECT_EQ(of("<?xml version=\"1.0\"?>\n<a/>").media_type, "text/xml");
  EXPECT_EQ(of("BEGIN:VCARD\r\nVERSION:3.0\r\n").media_type, "text/vcard");
  EXPECT_EQ(of("plain words\n").media_type, "text/plain");
  EXPECT_EQ(of("note: this is\nno: mail at all\n").media_type, "text/plain");
  EXPECT_EQ(of(std::string("\xff\xfe" "a\0b\0", 6)).media_type, "text/plain");
  EXPECT_EQ(of("\xd9\x85\xd8\xb1\xd8\xad\xd8\xa8\xd8\xa7\n").media_type, "text/plain");
}

TEST_F(IdentifyTest, MailIsKnownByItsFieldsWhateverItsBodyHolds) {
  EXPECT_EQ(of(mail + "num\xe9ro d\xe9j\xe0 \x01\x02\xff").media_type, "message/rfc822");
  EXPECT_EQ(of("From - Thu Jan 15 10:00:00 2026\nX-Mozilla-Status: 0001\n" + mail + "\xe9\n").media_type, "application/mbox");
  EXPECT_EQ(of("From : a@a.example\nTo : b@b.example\nSubject : x\n\nbody\n").media_type, "message/rfc822");
  EXPECT_EQ(of("From: a@a.example\nX-Long: " + std::string(70'000, 'x') + "\nTo: b@b.example\n\n").media_type, "text/plain");
  EXPECT_EQ(of("From: a@a.example\nSubject: " + std::string(70'000, 'x') + "\nTo: b@b.example\n\n").media_type, "message/rfc822");
  EXPECT_EQ(of("123      \n" + mail + "<?xml version=\"1.0\"?>\n").media_type, "message/x-emlx");
  EXPECT_EQ(of("\x01\x01\x01\x01\n" + mail + "\x01\x01\x01\x01\n").media_type, "application/mbox");
  EXPECT_EQ(of("12\n34\n").media_type, "text/plain");
  EXPECT_EQ(of("!BDN....SM\x17").media_type, "application/vnd.ms-outlook-pst");
  EXPECT_EQ(of("\x78\x9f\x3e\x22\x01").media_type, "application/vnd.ms-tnef");
}

TEST_F(IdentifyTest, ACharacterCutAtTheEndOfTheHeadIsNoFault) {
  const std::string text = "caf\xc3\xa9";
  EXPECT_EQ(type_by_look(as_bytes(std::string_view(text).substr(0, 4)), 5), "text/plain");
  EXPECT_EQ(type_by_look(as_bytes(std::string_view(text).substr(0, 4)), 4), "");
}

TEST_F(IdentifyTest, ExportsOfChatsAreKnownByTheirMembers) {
  const std::string chat = R"({"name": "Ama", "messages": [{"id": 1, "date": "2023", "from_id": "user1", "text": "x"}]})";
  EXPECT_EQ(of(chat).media_type, "application/x-chat-export+json");
  EXPECT_EQ(of(chat, "result.json").media_type, "application/x-chat-export+json");
  EXPECT_FALSE(of(chat, "result.json").type_mismatch);
  EXPECT_TRUE(of(chat, "holiday.jpg").type_mismatch);  // hidden behind the name of a picture, and read all the same
  EXPECT_EQ(of(chat, "holiday.jpg").media_type, "application/x-chat-export+json");
  EXPECT_EQ(of(R"({"locations":[{"latitudeE7":1,"longitudeE7":2,"timestampMs":"3"}]})").media_type, "application/x-location-history+json");
  EXPECT_EQ(of("<html><div class=\"page_body chat_page\"><div class=\"message default\">x", "messages.html").media_type, "application/x-chat-export+html");
  EXPECT_EQ(of("<html><div class=\"message default\">x", "messages.html").media_type, "text/html");
  EXPECT_EQ(of(R"({"messages": [], "date": 1})", "a.json").media_type, "text/plain");
  EXPECT_EQ(of("a note on \"from_id\", \"date\" and \"messages\"").media_type, "text/plain");
}

TEST_F(IdentifyTest, LiesOfExtensions) {
  struct Case {
    const std::string& bytes;
    const char* name;
    bool lies;
  };
  const std::string html = "<!DOCTYPE html><html><body>x</body></html>", words = "words and words\n";
  const std::string zip("PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\5\0\0\0a.txt", 35);
  std::string noise(8192, '\0');
  std::mt19937 random(1);
  for (char& c : noise) c = static_cast<char>(random());
  const Case cases[] = {
      {png, "a.png", false},  {png, "a.jpg", false},    {png, "a.txt", true},    {jpeg, "b.TXT", true},
      {zip, "a.jpg", true},   {zip, "a.docx", false},   {zip, "a.zip", false},   {html, "a.pdf", true},
      {html, "a.html", false}, {html, "a.txt", false},  {words, "a.cpp", false}, {words, "a.jpg", true},
      {words, "a", false},    {words, "a.xyz", false},  {png, "a.dat", false},   {noise, "a.pdf", true},
      {noise, "a.txt", true}, {noise, "a.bin", false},  {noise, "a.mp3", false}, {mail, "a.eml", false},
      {jpeg, "a.exe", true},  {jpeg, ".jpg", false},
  };
  for (const Case& test : cases) EXPECT_EQ(of(test.bytes, test.name).type_mismatch, test.lies) << test.name;
  EXPECT_EQ(of(jpeg, "b.txt").media_type, "image/jpeg");
  EXPECT_FALSE(of("", "a.jpg").type_mismatch);
}

// A ZIP of photographs, an LZ4 stream, a voice message: a signature and then nothing but dense bytes.
TEST_F(IdentifyTest, DenseBytesBehindASignatureAreNoNoise) {
  std::string noise(8192, '\0');
  std::mt19937 random(1);
  for (char& c : noise) c = static_cast<char>(random());
  const std::string zip = std::string("PK\x03\x04\x0a\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x20\0\0\0\x20\0\0\5\0\0\0a.jpg", 35) + noise;
  EXPECT_EQ(of(zip).media_type, "application/zip");
  EXPECT_EQ(of(zip, "photographs.zip").media_type, "application/zip");
  EXPECT_FALSE(of(zip, "photographs.zip").type_mismatch);
  EXPECT_TRUE(of(zip, "a.pdf").type_mismatch);
  EXPECT_EQ(of(std::string("\x04\x22\x4d\x18\x64\x40\xa7", 7) + noise).media_type, "application/x-lz4");
  EXPECT_EQ(of("\x1f\x9d\x90" + noise).media_type, "application/x-compress");
  EXPECT_EQ(of("#!AMR\n\x3c" + noise).media_type, "audio/amr");
  EXPECT_EQ(of(noise).media_type, "application/octet-stream");
}

TEST_F(IdentifyTest, APdfBehindOtherBytesIsOne) {
  const std::string pdf = "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>stream\n\x01\x02\x00\x03" + std::string(40, '\0');
  for (const std::string& before : {std::string("\r\n"), std::string("HTTP/1.1 200 OK\r\n\r\n"), std::string(1000, '\xff')}) {
    EXPECT_EQ(of(before + pdf).media_type, "application/pdf");
    EXPECT_FALSE(of(before + pdf, "letter.pdf").type_mismatch);
  }
  EXPECT_EQ(of("a text on %PDF-1.7\n").media_type, "text/plain");
  EXPECT_NE(of(std::string(2000, '\xff') + pdf).media_type, "application/pdf");
}

TEST_F(IdentifyTest, TablesAreSortedAndComplete) {
  for (const char* name : {"a.7z", "a.zst", "a.docx", "a.txt", "a.JPG", "a.heic", "a.xlsx"}) {
    EXPECT_NE(families_of_extension(name), 0u) << name;
  }
  EXPECT_EQ(families_of_extension("a.unknown"), 0u);
  for (const char* opaque : {"image/png", "application/zip", "application/gzip", "video/mp4", "audio/flac"}) {
    EXPECT_TRUE(is_opaque(opaque)) << opaque;
  }
  for (const char* open : {"application/x-tar", "application/pdf", "text/plain", "application/octet-stream", "image/svg+xml"}) {
    EXPECT_FALSE(is_opaque(open)) << open;
  }
}

TEST_F(IdentifyTest, DatabaseIsNamedByItsDigest) {
  EXPECT_EQ(identifier->database_sha256().size(), 64u);
  EXPECT_EQ(identifier->library_version().substr(0, 2), "5.");
  EXPECT_FALSE(Identifier::load("/nonexistent/magic.mgc"));
}

// Families, because text has more names in libmagic than ways to read it.
TEST_F(IdentifyTest, AgreesWithLibmagicOnTheFilesOfTheMachine) {
  namespace fs = std::filesystem;
  std::size_t files = 0, binary = 0, text = 0, text_agreed = 0;
  std::vector<std::string> disagreements;
  std::error_code error;
  std::map<std::string, int> per_extension;
  for (const char* root : {"/usr/share", "/usr/lib", "/usr/bin"}) {
    fs::recursive_directory_iterator walk(root, fs::directory_options::skip_permission_denied, error), end;
    std::size_t taken = 0;
    for (; walk != end && taken < 1500; walk.increment(error)) {
      if (error || !walk->is_regular_file(error) || walk->is_symlink(error)) continue;
      if (++per_extension[walk->path().extension().string()] > 60) continue;
      std::ifstream in(walk->path(), std::ios::binary);
      std::string head(64u << 10, '\0');
      in.read(head.data(), static_cast<std::streamsize>(head.size()));
      head.resize(static_cast<std::size_t>(in.gcount()));
      if (head.empty()) continue;
      ++taken;
      ++files;
      const std::uint64_t size = walk->file_size(error);
      const std::string signature(type_by_signature(as_bytes(head)));
      const std::string look(signature.empty() ? type_by_look(as_bytes(head), size) : "");
      if (signature.empty() && look.empty()) continue;
      const std::string verdict = cookie->type_of(as_bytes(head));
      if (!signature.empty()) {
        ++binary;
        if (signature != verdict && family_of(signature) != family_of(verdict)) {
          disagreements.push_back(walk->path().string() + ": " + signature + " / " + verdict);
        }
      } else {
        ++text;
        text_agreed += family_of(verdict) == family_text ? 1 : 0;
      }
    }
  }
  if (binary < 100) GTEST_SKIP() << "too few files to compare: " << files;
  std::string list;
  for (const std::string& line : disagreements) list += line + "\n";
  EXPECT_LE(disagreements.size() * 100, binary) << binary << " binary files, disagreements:\n" << list;
  EXPECT_GE(text_agreed * 100, text * 95) << text_agreed << " of " << text;
  RecordProperty("binary", static_cast<int>(binary));
  RecordProperty("text", static_cast<int>(text));
}

}  // namespace
}  // namespace evtriage
