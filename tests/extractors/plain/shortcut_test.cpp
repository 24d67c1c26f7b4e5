// Shortcuts: the example of MS-SHLLINK section 3.1 with the values that the document and exiftool give for it.
#include <gtest/gtest.h>

#include <fstream>

#include "tests/extractors/plain/run_plain.h"

namespace evtriage {
namespace {

std::string example() {
  std::ifstream in(EVTRIAGE_SOURCE_DIR "/tests/extractors/plain/data/example.lnk", std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::string property(const FakeEmit& emit, std::string_view name) {
  for (const auto& [key, value] : emit.properties) {
    if (key == name) return value;
  }
  return "(none)";
}

TEST(Shortcut, ExampleOfTheDocument) {
  const std::string bytes = example();
  ASSERT_EQ(bytes.size(), 459u);
  const FakeEmit emit = run_plain(extract_shortcut, bytes, "a.lnk", "application/x-ms-shortcut");
  EXPECT_EQ(property(emit, "shortcut.target"), "C:\\test\\a.txt");
  EXPECT_EQ(property(emit, "shortcut.item_path"), "C:\\test\\a.txt");
  EXPECT_EQ(property(emit, "shortcut.relative_path"), ".\\a.txt");
  EXPECT_EQ(property(emit, "shortcut.working_directory"), "C:\\test");
  EXPECT_EQ(property(emit, "shortcut.machine"), "chris-xps");
  EXPECT_EQ(property(emit, "shortcut.volume_serial"), "307A-8A81");
  EXPECT_EQ(property(emit, "shortcut.drive_type"), "fixed");
  EXPECT_EQ(property(emit, "shortcut.target_created"), "2008-09-12T20:27:17.101Z");
  EXPECT_EQ(property(emit, "shortcut.mac_address"), "00:13:72:16:87:4a");
  EXPECT_EQ(emit.source_of("C:\\test\\a.txt", bytes).substr(0, 2), "C:");
  EXPECT_EQ(emit.source_of("chris-xps", bytes), "chris-xps");
  EXPECT_NE(emit.all("metadata").find("Target: C:\\test\\a.txt\n"), std::string::npos);
  EXPECT_TRUE(emit.issues.empty());
}

TEST(Shortcut, TextShortcuts) {
  const std::string url = "[InternetShortcut]\r\nURL=https://example.org/offer\r\n";
  const FakeEmit emit = run_plain(extract_shortcut, url, "a.url");
  EXPECT_EQ(emit.all("body"), url);
  EXPECT_EQ(property(emit, "shortcut.target"), "https://example.org/offer");
  EXPECT_EQ(property(run_plain(extract_shortcut, "[Desktop Entry]\nName=Chat\nExec=chat %u\n", "a.desktop"), "dc:title"), "Chat");
}

TEST(Shortcut, Torment) { torment(extract_shortcut, example()); }

}  // namespace
}  // namespace evtriage
