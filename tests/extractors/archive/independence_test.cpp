// The same bytes give the same emissions in every time zone, in every locale, and after any other archive.
#include <clocale>

#include "tests/extractors/archive/archives.h"

namespace evtriage::archive_test {
namespace {

std::string everything(const std::string& bytes, const std::string& name) {
  const FakeEmit emit = extracted(bytes, name, {"sesame"});
  std::string out = listing(emit) + issues(emit);
  for (const auto& [child, content] : emit.children) {
    for (const auto& time : {child.created_ns, child.accessed_ns, child.changed_ns}) out += time ? rfc3339(*time) + "|" : "-|";
    out += content;
  }
  for (const auto& [key, value] : emit.properties) out += key + "=" + value + "\n";
  return out + emit.all("metadata") + emit.all("comment");
}

std::vector<std::pair<std::string, std::string>> samples() {
  std::vector<std::pair<std::string, std::string>> out;
  for (const std::string name : {"plain.cab", "rar4.rar", "rar4_unicode.rar", "rar5_symlink.rar", "lha_header0.lzh", "lha_header2.lzh",
                                 "lha_filename_utf16.lzh", "plain.7z", "plain.xar", "plain.warc", "plain.newc", "aes256.zip"}) {
    out.emplace_back(name, fixture(name));
  }
  for (const std::string name : {"times.zip", "names_1251.zip", "pax.tar", "latin1.tar", "named.gz", "no_end.zip"}) out.emplace_back(name, made(name));
  return out;
}

TEST(Independence, OfTheZone) {
  std::vector<std::string> before;
  for (const auto& [name, bytes] : samples()) before.push_back(everything(bytes, name));
  for (const char* zone : {"Asia/Kathmandu", "America/New_York", "EST5EDT", "XXX-13:45"}) {
    setenv("TZ", zone, 1);
    tzset();
    std::size_t i = 0;
    for (const auto& [name, bytes] : samples()) EXPECT_EQ(everything(bytes, name), before[i++]) << name << " in " << zone;
  }
  unsetenv("TZ");
  tzset();
}

TEST(Independence, OfTheLocale) {
  std::vector<std::string> before;
  for (const auto& [name, bytes] : samples()) before.push_back(everything(bytes, name));
  for (const char* locale : {"C.UTF-8", "C"}) {
    ASSERT_NE(std::setlocale(LC_ALL, locale), nullptr) << locale;
    std::size_t i = 0;
    for (const auto& [name, bytes] : samples()) EXPECT_EQ(everything(bytes, name), before[i++]) << name << " in " << locale;
    EXPECT_STREQ(std::setlocale(LC_ALL, nullptr), locale) << "left as it was";
  }
  std::setlocale(LC_ALL, "C");
}

TEST(Independence, OfWhatWasReadBefore) {
  std::vector<std::string> forward, backward;
  const auto all = samples();
  for (const auto& [name, bytes] : all) forward.push_back(everything(bytes, name));
  for (auto it = all.rbegin(); it != all.rend(); ++it) backward.insert(backward.begin(), everything(it->second, it->first));
  EXPECT_EQ(forward, backward);
}

TEST(Independence, TheCharacterTableIsThere) { EXPECT_TRUE(prepare_archives()); }

}  // namespace
}  // namespace evtriage::archive_test
