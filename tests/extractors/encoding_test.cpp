// Encodings: labels of the IANA registry, charsets of media types, published byte values.
#include "extractors/encoding.h"

#include <gtest/gtest.h>
#include <iconv.h>

#include "extractors/script.h"

namespace evtriage {
namespace {

TEST(Encoding, Labels) {
  EXPECT_EQ(encoding_named("US-ASCII"), "utf-8");
  EXPECT_EQ(encoding_named("Latin1"), "windows-1252");
  EXPECT_EQ(encoding_named("klingon"), "");
  EXPECT_EQ(charset_of("text/plain; charset=\"utf-8\""), "utf-8");
  EXPECT_EQ(charset_of("text/plain"), "");
}

TEST(Encoding, PublishedValues) {  // the Unicode Consortium's mapping tables
  EXPECT_EQ(decode("\x80", "windows-1252", 0).utf8, "\xE2\x82\xAC");
  EXPECT_EQ(decode("\xCC", "windows-1256", 0).utf8, "\xD8\xAC");
  EXPECT_EQ(decode(std::string("\xD8\x3D\xDE\x00", 4), "utf-16be", 0).utf8, "\xF0\x9F\x98\x80");
  EXPECT_EQ(decode("a\xFF" "b", "utf-8", 0).utf8, "a\xEF\xBF\xBD" "b");
  EXPECT_EQ(decode("a\xFF" "b", "utf-8", 0).broken, 1u);
}

std::string encoded(std::string text, const char* encoding) {  // by the C library
  const iconv_t converter = iconv_open(encoding, "UTF-8");
  EXPECT_NE(converter, reinterpret_cast<iconv_t>(-1)) << encoding;
  std::string out(text.size() * 4 + 16, '\0');
  char *from = text.data(), *to = out.data();
  std::size_t left = text.size(), room = out.size();
  EXPECT_NE(iconv(converter, &from, &left, &to, &room), static_cast<std::size_t>(-1)) << encoding << ": " << text;
  iconv_close(converter);
  out.resize(out.size() - room);
  return out;
}

std::string detected(const std::string& bytes) { return detect_encoding(bytes, {}).value_or("(none)"); }

const std::string chinese = "护照在办公室，费用为三百美元。明天早上八点在旧港口见面，不要告诉任何人。";
const std::string japanese = "パスポートは事務所にあります。明日の朝八時に古い港で会いましょう。だれにも言わないでください。";
const std::string korean = "여권은 사무실에 있습니다. 내일 아침 여덟 시에 옛 항구에서 만납시다.";
const std::string arabic = "جواز السفر في المكتب. نلتقي غدا في الصباح عند الميناء القديم ولا تخبر أحدا.";

TEST(Encoding, Utf16WithoutAMark) {
  for (const std::string& text : {chinese, chinese + "\r\n" + chinese, japanese, korean, arabic, std::string("Meet at the old port tomorrow.")}) {
    EXPECT_EQ(detected(encoded(text, "UTF-16LE")), "utf-16le") << text;
    EXPECT_EQ(detected(encoded(text, "UTF-16BE")), "utf-16be") << text;
  }
}

TEST(Encoding, OtherEncodingsAreNotTakenForUtf16) {
  EXPECT_EQ(detect_encoding(encoded(chinese, "GB18030"), {{}, true, false}).value_or(""), "gb18030");
  EXPECT_EQ(detected(chinese), "utf-8");
  for (const char* encoding : {"SHIFT_JIS", "EUC-JP"}) EXPECT_EQ(detected(encoded(japanese, encoding)).find("utf-16"), std::string::npos) << encoding;
  EXPECT_EQ(detected(encoded(korean, "EUC-KR")).find("utf-16"), std::string::npos);
  EXPECT_EQ(detected(encoded("ПАСПОРТ В ОФИСЕ, ЗАВТРА УТРОМ В ПОРТУ. НИКОМУ НЕ ГОВОРИ.", "IBM866")).find("utf-16"), std::string::npos);
  std::string base64 = "xV4Tq";  // pairs of ASCII letters look like ideographs, control bytes among them like UTF-16
  for (int i = 0; i < 400; ++i) base64 += i % 30 == 0 ? '\x01' : static_cast<char>('A' + i * 7 % 57);
  EXPECT_EQ(detected(base64).find("utf-16"), std::string::npos);
}

TEST(Encoding, Scripts) {
  EXPECT_EQ(script_of(U'a'), Script::latin);
  EXPECT_EQ(script_of(U'\u0639'), Script::arabic);
  EXPECT_EQ(script_of(U'7'), Script::none);
}

}  // namespace
}  // namespace evtriage
