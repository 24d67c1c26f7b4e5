// vCards of all three versions: examples of RFC 2426 and RFC 6350, quoted-printable as phones write it, many cards.
#include <gtest/gtest.h>

#include "tests/extractors/plain/run_plain.h"

namespace evtriage {
namespace {

FakeEmit vcard(const std::string& bytes) { return run_plain(extract_vcard, bytes, "a.vcf", "text/vcard"); }

TEST(Vcard, ANameStandsBesideItsNumbers) {
  const std::string bytes =
      "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Example;Ama;;;\r\nFN:Ama Example\r\nitem1.TEL;type=CELL;type=pref:+233 24 000\r\n  0001\r\n"
      "EMAIL;TYPE=internet:ama@example.org\r\nADR;TYPE=home:;;12 Beach Road;Tema;;;Ghana\r\nNOTE:pay first\\, then\\nboat\r\nEND:VCARD\r\n"
      "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Kofi\r\nTEL;VALUE=uri;TYPE=\"voice,home\":tel:+233240000002\r\nEND:VCARD\r\n";
  const FakeEmit emit = vcard(bytes);
  EXPECT_EQ(outline(emit),
            "<card 1: Ama Example> N: Example, Ama\nAma Example\nTEL (CELL,pref): +233 24 000 0001\nEMAIL (internet): ama@example.org\n"
            "ADR (home): 12 Beach Road, Tema, Ghana\nNOTE: pay first, then\nboat\n|<card 2: Kofi> Kofi\nTEL (voice,home): tel:+233240000002\n|");
  EXPECT_EQ(emit.source_of("ama@example.org", bytes), "ama@example.org");
  EXPECT_EQ(emit.source_of("000 0001", bytes), "000\r\n  0001");  // unfolded
  EXPECT_TRUE(emit.issues.empty());
}

TEST(Vcard, NumbersAndAddressesAreNamedForOtherItems) {
  const FakeEmit emit = vcard("BEGIN:VCARD\nTEL:+233 24 000 0001\nEMAIL:ama@example.org\nFN:Ama\nEND:VCARD\nBEGIN:VCARD\nTEL:1\nEND:VCARD\nBEGIN:VCARD\nFN:Kofi\nTEL:tel:+233240000002\n");
  std::vector<std::string> named;
  for (const auto& [name, value] : emit.properties) {
    if (name == "contact:name") named.push_back(value);
  }
  EXPECT_EQ(named, (std::vector<std::string>{"Ama <+233 24 000 0001>", "Ama <ama@example.org>", "Kofi <+233240000002>"}));
}

TEST(Vcard, OldPhones) {  // python3: quopri.decodestring("Pr=C3=A9nom").decode(), and the same in windows-1256
  const std::string bytes =
      "BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Diallo;Pr=C3=A9nom;;;\n"
      "NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:long =\nline=0D=0Aend\nTEL;CELL;PREF:+221770000001\n"
      "TITLE;CHARSET=windows-1256;ENCODING=QUOTED-PRINTABLE:=CC=E6=C7=D2\nEND:VCARD\n";
  const FakeEmit emit = vcard(bytes);
  EXPECT_EQ(outline(emit),
            "<card 1: Diallo, Pr\xC3\xA9nom> N: Diallo, Pr\xC3\xA9nom\nNOTE: long line\r\nend\nTEL (CELL,PREF): +221770000001\nTITLE: \xD8\xAC\xD9\x88\xD8\xA7\xD8\xB2\n|");
  EXPECT_EQ(emit.source_of("\xC3\xA9nom", bytes), "=C3=A9nom");
}

TEST(Vcard, PhotosAreChildren) {  // base64 of "\xff\xd8\xff\xe0 picture" by python3
  const std::string bytes =
      "BEGIN:VCARD\nVERSION:3.0\nFN:Ama\nPHOTO;ENCODING=b;TYPE=JPEG:/9j/4CBwaW\n N0dXJl\nEND:VCARD\n"
      "BEGIN:VCARD\nVERSION:4.0\nFN:Kofi\nPHOTO:data:image/jpeg;base64,/9j/4CBwaWN0dXJl\nEND:VCARD\n"
      "BEGIN:VCARD\nVERSION:2.1\nFN:Yaw\nPHOTO;JPEG;ENCODING=BASE64:\n /9j/4CBwaWN0\n dXJl\n\nEND:VCARD\n";
  const FakeEmit emit = vcard(bytes);
  ASSERT_EQ(emit.children.size(), 3u);
  for (const auto& [child, content] : emit.children) {
    EXPECT_EQ(content, "\xff\xd8\xff\xe0 picture");
    EXPECT_EQ(child.media_type, "image/jpeg");
    EXPECT_EQ(child.step.name, "PHOTO");
  }
  EXPECT_EQ(emit.texts.size(), 3u);
}

TEST(Vcard, LargePhotosGoThroughTheSpool) {
  std::string bytes = "BEGIN:VCARD\nPHOTO;ENCODING=b:";
  bytes.append(4'000'000, 'A');
  EXPECT_EQ(vcard(bytes + "\nEND:VCARD\n").children.at(0).second.size(), 3'000'000u);
  FakeEmit emit(bytes.size());
  emit.spool_bytes = 1'000'000;
  extract_vcard(Resident(Blob::own(bytes)), {"", "", ""}, {}, emit);
  EXPECT_EQ(emit.children.at(0).second, "(none)");
}

TEST(Vcard, FiftyThousandCards) {
  std::string bytes;
  for (int i = 0; i < 50'000; ++i) {
    bytes += "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Person " + std::to_string(i) + "\r\nTEL:+23324" + std::to_string(1'000'000 + i) + "\r\n" + (i % 1000 == 0 ? "" : "END:VCARD\r\n");
  }
  const FakeEmit emit = vcard(bytes);
  EXPECT_EQ(emit.texts.size(), 50'000u);
  EXPECT_EQ(emit.properties.back().second, "50000");
  EXPECT_EQ(emit.properties.size(), 50'001u);  // names of all, and their number
  EXPECT_EQ(emit.texts.back().place, "card 50000: Person 49999");
  ASSERT_EQ(emit.issues.size(), 1u);
  EXPECT_EQ(emit.issues[0].code, Code::corrupt);
  const FakeEmit more = vcard(bytes + "BEGIN:VCARD\nFN:One more\nTEL:+233240000000\nEND:VCARD\n");
  EXPECT_EQ(more.properties.size(), 50'001u);
  EXPECT_EQ(more.issues.back().code, Code::limit);  // names=50000
}

TEST(Vcard, OddOnes) {
  const std::string prose = "No card: call +233240000001";
  EXPECT_EQ(vcard(prose).all("body"), prose);
  EXPECT_NE(all_text(vcard("before it\nBEGIN:VCARD\nFN:Ama\nno colon here")).find("no colon here"), std::string::npos);
  std::string folds = "BEGIN:VCARD\nNOTE:";
  for (int i = 0; i < 300'000; ++i) folds += "a\n ";
  EXPECT_GE(all_text(vcard(folds)).size(), 300'000u);
  std::string long_line = "BEGIN:VCARD\nNOTE:";
  long_line.append(30'000'000, 'a');
  EXPECT_FALSE(vcard(long_line + "\nTEL:1\nEND:VCARD").issues.empty());
  torment(extract_vcard, "BEGIN:VCARD\nVERSION:2.1\na.N;X=\"y:z\";ENCODING=QUOTED-PRINTABLE:A=C3=\n=A9;B\nPHOTO;B:/9j/\n 4C\nEND:VCARD\n");
}

}  // namespace
}  // namespace evtriage
