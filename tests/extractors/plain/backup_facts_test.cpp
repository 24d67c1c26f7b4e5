// Lists of backups in the XML that python's plistlib writes.
#include <gtest/gtest.h>

#include "tests/extractors/plain/run_plain.h"

namespace evtriage {
namespace {

FakeEmit plist(const std::string& pairs) {
  return run_plain(extract_plist, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plist version=\"1.0\"><dict>" + pairs + "</dict></plist>\n", "Info.plist", "text/xml");
}
std::string property_of(const FakeEmit& emit, std::string_view name) {
  for (const auto& [key, value] : emit.properties) {
    if (key == name) return value;
  }
  return "(none)";
}

TEST(BackupFacts, InfoStatusManifest) {
  const FakeEmit info = plist("<key>Device Name</key><string>Ama's phone</string><key>Product Version</key><string>16.5</string><key>Target Identifier</key><string>0000</string>"
                              "<key>Phone Number</key><string>+221 77 123 45 67</string><key>IMEI</key><string>356938035643809</string>");
  EXPECT_EQ(property_of(info, "backup:deviceName"), "Ama's phone");
  EXPECT_EQ(property_of(info, "backup:iosVersion"), "16.5");
  EXPECT_EQ(property_of(info, "phone:ownAccount"), "+221 77 123 45 67 (probable owner: the backup names it as the number of the device)");
  const FakeEmit status = plist("<key>IsFullBackup</key><false/><key>BackupState</key><string>new</string><key>UUID</key><string>U</string><key>Date</key><date>2023-11-14T22:13:20Z</date>");
  EXPECT_EQ(property_of(status, "backup:date"), "2023-11-14T22:13:20Z");
  const FakeEmit manifest = plist("<key>IsEncrypted</key><true/><key>WasPasscodeSet</key><true/><key>Lockdown</key><dict><key>SerialNumber</key><string>F00</string></dict>");
  EXPECT_EQ(property_of(manifest, "backup:serialNumber"), "F00");
  ASSERT_EQ(manifest.issues.size(), 1u);
  EXPECT_EQ(manifest.issues[0].code, Code::encrypted);
  EXPECT_TRUE(plist("<key>IsEncrypted</key><false/><key>WasPasscodeSet</key><true/>").issues.empty());
}

TEST(BackupFacts, OtherListsSayNothing) {
  EXPECT_EQ(property_of(plist("<key>Version</key><string>1</string><key>IMEI</key><string>356938035643809</string>"), "backup:imei"), "(none)");
  EXPECT_EQ(property_of(plist("<key>x</key><dict><key>Target Identifier</key><string>1</string><key>Product Version</key><string>2</string></dict>"), "backup:iosVersion"), "(none)");
}

}  // namespace
}  // namespace evtriage
