// The scanner as a plug-in: ownership of pages, ranges, context; the same whatever the worker saw before.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "extractors/builtin.h"
#include "extractors/contacts/explain.h"

namespace evtriage {
namespace {

struct Collect final : ScanSink {
  std::vector<Mention> mentions;
  void mention(Mention m) override { mentions.push_back(std::move(m)); }
  void hit(Hit) override {}
  void finding(Finding) override {}
  void issue(Issue) override {}
};

using Row = std::tuple<std::uint64_t, std::uint64_t, std::string, std::string, std::string>;

std::vector<Row> rows(const std::string& text, std::size_t from, std::size_t to, ByteRange owned, Scratch* scratch = nullptr) {
  const auto scanner = make_contact_scanner({});
  const auto fresh = scanner->make_scratch();
  const std::string part = text.substr(from, to - from);
  auto segment = TextSegment::of(Blob::own(part), OffsetMap::identity(part.size(), from), "body");
  segment.owned = {owned.begin - from, owned.end - from};
  Collect sink;
  scanner->scan(segment, scratch != nullptr ? *scratch : *fresh, sink);
  std::vector<Row> out;
  for (const auto& m : sink.mentions) out.emplace_back(m.bytes.begin, m.bytes.end, m.type, m.value, m.raw);
  return out;
}

const char* const kSample =
    "Ecrire a ann@example.com ou +226 70 12 34 56, https://wa.me/22670123456?x=1. www.example.org/a_(b) "
    "00221 77 123 45 67 é.b@mail.example 192.0.2.1 jobs.example.com +٢٢٦ ٧٠ ١٢ ٣٤ ٥٦";

TEST(Scanner, HalvesTogetherAreTheWholeAtEverySplit) {
  const std::string text = kSample;
  const auto whole = rows(text, 0, text.size(), {0, text.size()});
  ASSERT_EQ(whole.size(), 12u);
  for (std::size_t cut = 0; cut <= text.size(); ++cut) {
    auto halves = rows(text, 0, text.size(), {0, cut});
    const auto second = rows(text, 0, text.size(), {cut, text.size()});
    halves.insert(halves.end(), second.begin(), second.end());
    ASSERT_EQ(halves, whole) << cut;
  }
}

TEST(Scanner, PagesWithMarginsAreTheWhole) {
  std::string text;
  for (int i = 0; i < 300; ++i) text += std::string(kSample) + (i % 3 == 0 ? "\n" : " ... ");
  const auto whole = rows(text, 0, text.size(), {0, text.size()});
  EXPECT_EQ(whole.size(), 300u * 12u);
  const std::size_t margin = 9000, page = 7001;
  std::vector<Row> paged;
  for (std::size_t begin = 0; begin < text.size(); begin += page) {
    const std::size_t end = std::min(text.size(), begin + page);
    const std::size_t from = floor_char(text, begin > margin ? begin - margin : 0);
    const std::size_t to = floor_char(text, std::min(text.size(), end + margin));
    for (auto& row : rows(text, from, to, {begin, end})) paged.push_back(std::move(row));
  }
  EXPECT_EQ(paged, whole);
}

const char* const kIdentifiers =
    "IBAN GB29 NWBK 6016 1331 9268 19, Visa 4539 8824 6093 9666; bc1qardv855yjngspvxuttq897aqca3lxju2y69jce 1,5M FCFA GH₵500 MTCN 123-456-7890 "
    "IMEI 35-417803-685978-9, IMSI: 608011234567890 CSQU 305438 3 / IMO 9319466. PNR: AB3X9Z plaque AA-123-BB 35°30'09\"N 12°36'20\"E "
    "2001:db8::1 00:1A:2B:3C:4D:5E insta: @ann_d\nrecu 15000 FCFA du 76123456 ID: PP251226.2111.C98322. Nouveau solde: 20000 FCFA\n"
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10\n";

TEST(Scanner, PagesOfIdentifiersAreTheWhole) {
  std::string text;
  for (int i = 0; i < 60; ++i) text += kIdentifiers;
  const auto whole = rows(text, 0, text.size(), {0, text.size()});
  EXPECT_EQ(whole.size(), 60u * 21u);
  const std::size_t margin = 9000;
  for (const std::size_t page : {1009u, 6007u}) {
    std::vector<Row> paged;
    for (std::size_t begin = 0; begin < text.size(); begin += page) {
      const std::size_t end = std::min(text.size(), begin + page);
      const std::size_t from = floor_char(text, begin > margin ? begin - margin : 0);
      const std::size_t to = floor_char(text, std::min(text.size(), end + margin));
      for (auto& row : rows(text, from, to, {begin, end})) paged.push_back(std::move(row));
    }
    EXPECT_EQ(paged, whole) << page;
  }
}

TEST(Scanner, EveryBeginningOfATextIsSafe) {
  const std::string text = kSample;
  for (std::size_t end = 0; end <= text.size(); ++end) {
    if (floor_char(text, end) != end) continue;
    for (const auto& row : rows(text, 0, end, {0, end})) EXPECT_LE(std::get<1>(row), end);
  }
}

TEST(Scanner, AnswersDoNotDependOnWhatAWorkerSawBefore) {
  std::string numbers;
  for (int i = 0; i < 9000; ++i) numbers += "+22670" + std::to_string(100000 + i) + "\n";
  const auto scratch = make_contact_scanner({})->make_scratch();
  const std::string text = kSample;
  const auto first = rows(text, 0, text.size(), {0, text.size()}, scratch.get());
  EXPECT_EQ(rows(numbers, 0, numbers.size(), {0, numbers.size()}, scratch.get()).size(), 9000u);
  EXPECT_EQ(rows(text, 0, text.size(), {0, text.size()}, scratch.get()), first);
}

TEST(Scanner, ContextIsSixtyCharactersAndNeverCutsOne) {
  std::string left, right;
  for (int i = 0; i < 80; ++i) left += "é";
  for (int i = 0; i < 80; ++i) right += "م";
  const std::string text = left + "\nann@example.com\n" + right;
  const auto scanner = make_contact_scanner({});
  const auto scratch = scanner->make_scratch();
  Collect sink;
  auto segment = TextSegment::of(Blob::own(text), OffsetMap::identity(text.size()), "body");
  segment.place = "page 3";
  scanner->scan(segment, *scratch, sink);
  ASSERT_EQ(sink.mentions.size(), 1u);
  const auto& m = sink.mentions[0];
  EXPECT_EQ(m.place, "page 3");
  EXPECT_EQ(m.raw, "ann@example.com");
  EXPECT_TRUE(is_valid_utf8(m.context));
  EXPECT_EQ(m.context.size(), 59u * 2 + 1 + 15 + 1 + 59u * 2);
  EXPECT_EQ(m.context.find('\n'), std::string::npos);
}

TEST(Scanner, HostileTextTakesLinearTime) {
  for (const std::string piece : {"@", ".", "a.", "a@", "+", "00", "http://", "://", "+1 ", "w.", "a@a.", "[at] a.", "٠", "%40a.", "1234 ", "A1", "ABCDE", "12345 ", "<<", "A<<", "1°", "::", "a:", "insta: @", "1F ", "ID: 123456789 ", "1.2345, ", "ABCDEFGHIJKLMNOPQRSTUVWXYZ1234 "}) {
    std::string text;
    while (text.size() < 400'000) text += piece;
    rows(text, 0, text.size(), {0, text.size()});
  }
}

TEST(Explain, SaysWhatAndWhyNot) {
  const std::string said = explain_contacts("ann@example.com image@2x.png +226 70 12 34 56 70 12 34 56", {});
  EXPECT_NE(said.find("found\temail\tann@example.com\tcertain\t-\t0..15\tann@example.com\n"), std::string::npos) << said;
  EXPECT_NE(said.find("found\tphone\t+22670123456\tcertain\tBF\t29..45\t+226 70 12 34 56\n"), std::string::npos) << said;
  EXPECT_NE(said.find("refused\temail\t16..28\timage@2x.png\t"), std::string::npos) << said;
  EXPECT_EQ(explain_contacts("", {}), "");
  EXPECT_EQ(explain_contacts("\xff\xfe", {}), "");
}

}  // namespace
}  // namespace evtriage
