// TextStream: the same text and the same places as decoding the whole item at once, whatever the encoding; and what
// becomes of items that are no text.
#include "extractors/plain/text_stream.h"

#include <gtest/gtest.h>

#include "extractors/encoding.h"
#include "extractors/plain/whole_text.h"
#include "tests/support/fake_emit.h"

namespace evtriage {
namespace {

std::string utf16(std::string_view ascii) {
  std::string out = "\xff\xfe";
  for (const char c : ascii) out.append({c, '\0'});
  return out;
}

// Reads in steps of `step` bytes; each step is copied with its map and compared with the whole.
void compare(const std::string& bytes, std::size_t step) {
  FakeEmit emit(bytes.size());
  const Resident content(Blob::own(bytes));
  TextStream in(content, "", "test", emit);
  const std::string encoding(in.encoding());
  const std::size_t mark = bom_length(bytes, encoding);
  const Decoded whole = decode(std::string_view(bytes).substr(mark), encoding, mark);
  MappedText text;
  while (in.ensure(1)) {
    in.ensure(step);
    const std::size_t n = std::min(step, in.ahead().size());
    EXPECT_EQ(in.source(0, n), whole.map.to_source({text.text.size(), text.text.size() + n}));
    in.copy(0, n, text);
    in.skip(n);
  }
  ASSERT_EQ(text.text, whole.utf8);
  for (std::size_t i = 0; i < whole.utf8.size(); i += 997) {
    EXPECT_EQ(text.map.to_source({i, i + 1}), whole.map.to_source({i, i + 1})) << encoding << " " << i;
  }
}

TEST(TextStream, GivesTheWholeInAnyEncoding) {
  std::string ascii, accents, arabic, latin;
  while (ascii.size() < 600'000) ascii += "Le bateau part samedi, il faut payer avant.\n";
  while (accents.size() < 600'000) accents += "D\xC3\xA9part \xF0\x9F\x98\x80 d'ici \xD8\xAC\xD9\x88\xD8\xA7\xD8\xB2 demain.\n";
  while (latin.size() < 600'000) latin += "Le d\xE9part est fix\xE9 \xE0 samedi, pr\xE9nom inconnu.\n";
  for (const std::string& bytes : {ascii, accents, latin, utf16(ascii), "\xEF\xBB\xBF" + accents}) {
    for (const std::size_t step : {1000u, 70'001u}) compare(bytes, step);
  }
}

// A table that begins in English and goes on in windows-1256.
TEST(TextStream, AWindowThatCannotBeUtf8IsJudgedAgain) {
  std::string bytes;
  while (bytes.size() < 600'000) bytes += "name,plain words,123\n";
  for (int i = 0; i < 40; ++i) bytes += "\xCC\xE6\xC7\xD2 \xC7\xE1\xD3\xDD\xD1 \xE3\xDA \xC7\xE1\xE6\xDF\xED\xE1,5\n";
  FakeEmit emit(bytes.size());
  const Resident content(Blob::own(bytes));
  TextStream in(content, "", "test", emit);
  MappedText text;
  while (in.ensure(1)) {
    const std::size_t n = in.ahead().size();
    in.copy(0, n, text);
    in.skip(n);
  }
  const std::size_t at = text.text.find("\xD8\xAC\xD9\x88\xD8\xA7\xD8\xB2");
  ASSERT_NE(at, std::string::npos);
  EXPECT_EQ(text.text.find("\xEF\xBF\xBD"), std::string::npos);
  const ByteRange place = text.map.to_source({at, at + 8});
  EXPECT_EQ(bytes.substr(place.begin, place.size()), "\xCC\xE6\xC7\xD2");
}

TEST(TextStream, TellsAWindowThatCannotBeRead) {
  class Faulty final : public Content {
   public:
    std::uint64_t size() const override { return 1'000'000; }
    Result<Blob> read(ByteRange range) const override {
      if (range.begin < 600'000 && range.end > 500'000) return Error{Code::io_read, "bad sector"};
      return Blob::own(std::string(static_cast<std::size_t>(range.size()), 'a'));
    }
  };
  FakeEmit emit(1'000'000);
  const Faulty content;
  TextStream in(content, "", "test", emit);
  std::uint64_t read = 0;
  while (in.ensure(1)) {
    read += in.ahead().size();
    in.skip(in.ahead().size());
  }
  ASSERT_EQ(emit.issues.size(), 2u);  // windows of 256 KiB: the bad range lies in two
  EXPECT_EQ(emit.issues[0].code, Code::io_read);
  EXPECT_EQ(read, 1'000'000u - emit.issues[0].where->size() - emit.issues[1].where->size());
}

TEST(WholeText, GivesTextAndElseStrings) {
  const std::string text = "Passeport, 500 000 F, appeler Ama.";
  FakeEmit as_text(text.size());
  emit_whole_text(Resident(Blob::own(text)), {"text/plain", "", "a.json"}, "json", as_text);
  EXPECT_EQ(as_text.all("body"), text);
  const std::string binary = std::string(200, '\0') + "call +233 24 000 0001 for work" + std::string(200, '\1');
  FakeEmit as_strings(binary.size());
  emit_whole_text(Resident(Blob::own(binary)), {"application/octet-stream", "", "a.csv"}, "csv", as_strings);
  EXPECT_NE(as_strings.all("strings").find("call +233 24 000 0001"), std::string::npos);
}

}  // namespace
}  // namespace evtriage
