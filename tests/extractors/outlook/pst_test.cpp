// A small store that pffexport and readpst read too (data/README.md); every kind of damage to it.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <random>

#include "extractors/builtin.h"
#include "extractors/outlook/outlook.h"
#include "tests/support/fake_emit.h"

// libpff forgets a few bytes of tables that are damaged; the worker that it runs in ends with the item's batch.
extern "C" const char* __lsan_default_suppressions() { return "leak:libpff"; }

namespace evtriage {
namespace {

std::string store() {
  std::ifstream stream(EVTRIAGE_SOURCE_DIR "/tests/extractors/outlook/data/small.pst", std::ios::binary);
  EXPECT_TRUE(stream.is_open());
  return {std::istreambuf_iterator<char>(stream), {}};
}

FakeEmit extract(const std::string& bytes) {
  FakeEmit emit(bytes.size());
  extract_pst(Resident(Blob::own(bytes)), {"application/vnd.ms-outlook-pst", "", "a.pst"}, {}, emit);
  return emit;
}

// What the mail extractor makes of a child.
FakeEmit mail(const std::string& rendering) {
  FakeEmit emit(rendering.size());
  make_mail_extractor()->extract(Resident(Blob::own(rendering)), {"message/rfc822", "message/rfc822", ""}, emit);
  return emit;
}

std::string property(const FakeEmit& emit, std::string_view name) {
  for (const auto& [key, value] : emit.properties) {
    if (key == name) return value;
  }
  return "(none)";
}

const std::string* child_named(const FakeEmit& emit, std::string_view name) {
  for (const auto& [child, bytes] : emit.children) {
    if (child.step.name == name) return &bytes;
  }
  return nullptr;
}

TEST(Pst, EveryItemBecomesAChild) {
  const FakeEmit emit = extract(store());
  EXPECT_TRUE(emit.issues.empty()) << emit.issues[0].detail;
  EXPECT_EQ(property(emit, "pst:format"), "Unicode PST");
  EXPECT_EQ(property(emit, "pst:encoding"), "none");
  EXPECT_EQ(property(emit, "dc:title"), "Test store");
  std::vector<std::string> names;
  for (const auto& [child, bytes] : emit.children) names.push_back(child.step.name);
  EXPECT_EQ(names, (std::vector<std::string>{"Travel papers", "Re: \u062c\u0648\u0627\u0632 \u0633\u0641\u0631", "Forwarded", "Enclosed", "Ama Test", "Meeting", "Removed"}));
  EXPECT_EQ(emit.children[0].first.created_ns, 1768471200'000'000'000);
  EXPECT_EQ(emit.children[0].first.modified_ns, 1768474800'000'000'000);
}

TEST(Pst, AMailWithEverything) {
  const FakeEmit emit = extract(store());
  const FakeEmit note = mail(emit.children.at(0).second);
  ASSERT_EQ(note.messages.size(), 1u);
  const MessageRecord& row = note.messages[0];
  EXPECT_EQ(row.sender, "kofi@example.com");
  EXPECT_EQ(row.recipients, (std::vector<std::string>{"ama@example.org", "cee@example.org", "bee@example.org"}));
  EXPECT_EQ(row.sent_ns, 1768471200'000'000'000);
  EXPECT_EQ(row.conversation, "one@example.com");
  EXPECT_EQ(row.attachments, (std::vector<std::string>{"list of names.txt", "large.bin"}));
  EXPECT_EQ(property(note, "X-Evtriage-Folder"), "Top of Personal Folders/Inbox");
  EXPECT_EQ(property(note, "Bcc"), "\"Bee Test\" <bee@example.org>");
  EXPECT_NE(note.all("body").find("The passports are kept. Call +226 70 00 00 21."), std::string::npos);
  EXPECT_NE(note.all("links").find("http://example.org/papers"), std::string::npos);
  std::string large;
  for (int i = 0; i < 80 * 256; ++i) large += static_cast<char>(i & 0xff);
  EXPECT_EQ(note.children.at(0).second, "Ama +226 70 00 00 22\r\n");
  EXPECT_TRUE(note.children.at(1).second == large);
  EXPECT_TRUE(note.issues.empty());
}

TEST(Pst, TransportHeadersWinOverProperties) {
  const FakeEmit emit = extract(store());
  const FakeEmit note = mail(emit.children.at(1).second);
  EXPECT_EQ(note.messages.at(0).sender, "ame@example.org");
  EXPECT_EQ(note.messages[0].conversation, "one@example.com");
  EXPECT_EQ(property(note, "Subject"), "Re: papers");
  EXPECT_EQ(note.messages[0].sent_ns, 1768473000'000'000'000);
  EXPECT_EQ(note.all("body"), "\u062c\u0648\u0627\u0632 \u0633\u0641\u0631\r\n");
  EXPECT_TRUE(note.issues.empty()) << note.issues[0].detail;
}

TEST(Pst, EnclosedContactAppointmentOrphan) {
  const FakeEmit emit = extract(store());
  EXPECT_EQ(property(mail(*child_named(emit, "Enclosed")), "X-Evtriage-Enclosed-In"), "record 3");
  const FakeEmit contact = mail(*child_named(emit, "Ama Test"));
  EXPECT_TRUE(contact.messages.empty()) << "a contact is no message";
  for (const char* line : {"given name: Ama", "mobile telephone: +226 70 00 00 23", "e-mail 1: ama.private@example.org", "Shelter: blue house"}) {
    EXPECT_NE(contact.all("body").find(line), std::string::npos) << line << "\n" << contact.all("body");
  }
  const FakeEmit meeting = mail(*child_named(emit, "Meeting"));
  EXPECT_NE(meeting.all("body").find("location: harbour, gate 4"), std::string::npos) << meeting.all("body");
  EXPECT_NE(meeting.all("body").find("bring the list"), std::string::npos);
  EXPECT_TRUE(emit.children.back().first.deleted);
  EXPECT_NE(mail(emit.children.back().second).all("body").find("orphan words"), std::string::npos);
}

TEST(Pst, SameBytesSameChildren) {
  const FakeEmit a = extract(store()), b = extract(store());
  ASSERT_EQ(a.children.size(), b.children.size());
  for (std::size_t i = 0; i < a.children.size(); ++i) EXPECT_EQ(a.children[i].second, b.children[i].second);
}

TEST(Pst, DamageIsToldAndTheRestRead) {
  const std::string whole = store();
  EXPECT_EQ(extract("").issues.at(0).code, Code::corrupt);
  EXPECT_EQ(extract("!BDN").issues.at(0).code, Code::corrupt);
  for (std::size_t size = 0; size < whole.size(); size += 997) {
    const FakeEmit emit = extract(whole.substr(0, size));
    EXPECT_FALSE(emit.issues.empty() && emit.children.size() < 7) << size;
  }
  std::mt19937 random(7);
  std::size_t children = 0;
  for (int round = 0; round < 300; ++round) {
    std::string bytes = whole;
    for (int flips = 0; flips < 5; ++flips) bytes[random() % bytes.size()] = static_cast<char>(random() & 0xff);
    children += extract(bytes).children.size();
  }
  EXPECT_GT(children, 300u) << "a few bad bytes do not lose the store";
}

class Broken final : public Content {  // a medium that cannot be read in one place
 public:
  explicit Broken(std::string bytes) : bytes_(Blob::own(std::move(bytes))) {}
  std::uint64_t size() const override { return bytes_.size(); }
  Result<Blob> read(ByteRange range) const override {
    if (range.begin < 40'000 && range.end > 40'000) return Error{Code::io_read, "bad sector"};
    return bytes_.slice(range.begin, range.size());
  }

 private:
  Blob bytes_;
};

TEST(Pst, UnreadableBytesAreTold) {
  const std::string whole = store();
  FakeEmit emit(whole.size());
  extract_pst(Broken(whole), {"", "", ""}, {}, emit);
  ASSERT_FALSE(emit.issues.empty());
}

TEST(Pst, ASpentBudgetEndsTheItemOnly) {
  FakeEmit emit(1 << 20);
  emit.spool_bytes = 10;
  const std::string whole = store();
  extract_pst(Resident(Blob::own(whole)), {"", "", ""}, {}, emit);
  EXPECT_EQ(emit.children.size(), 7u);
}

}  // namespace
}  // namespace evtriage
