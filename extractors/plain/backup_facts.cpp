// Keys as the lists of such backups spell them.
// Tested by tests/extractors/plain/backup_facts_test.cpp.
#include "extractors/plain/backup_facts.h"

#include <algorithm>

#include "pipeline/core/text.h"

namespace evtriage {
namespace {

struct Fact {
  std::string_view key, property;
};
constexpr Fact known[] = {
    {"Device Name", "backup:deviceName"},   {"Display Name", "backup:displayName"},       {"Product Name", "backup:productName"}, {"Product Type", "backup:productType"},
    {"Product Version", "backup:iosVersion"}, {"Build Version", "backup:buildVersion"},   {"Phone Number", "backup:phoneNumber"}, {"IMEI", "backup:imei"},
    {"IMEI 2", "backup:imei2"},             {"MEID", "backup:meid"},                      {"ICCID", "backup:iccid"},              {"Serial Number", "backup:serialNumber"},
    {"Unique Identifier", "backup:udid"},   {"Target Identifier", "backup:targetIdentifier"}, {"GUID", "backup:guid"},            {"Last Backup Date", "backup:date"},
    {"iTunes Version", "backup:program"},   {"macOS Version", "backup:hostSystem"},
    {"IsFullBackup", "backup:full"},        {"BackupState", "backup:state"},              {"SnapshotState", "backup:snapshotState"}, {"UUID", "backup:uuid"},
    {"IsEncrypted", "backup:encrypted"},    {"WasPasscodeSet", "backup:passcodeSet"},     {"Date", "backup:date"},                {"Version", "backup:formatVersion"},
};
// Of the dictionary Lockdown in Manifest.plist.
constexpr Fact lockdown[] = {{"DeviceName", "backup:deviceName"}, {"ProductVersion", "backup:iosVersion"}, {"ProductType", "backup:productType"},
                             {"BuildVersion", "backup:buildVersion"}, {"SerialNumber", "backup:serialNumber"}, {"UniqueDeviceID", "backup:udid"}};
constexpr std::size_t longest_value = 512;

template <std::size_t n>
std::string_view property_of(const Fact (&facts)[n], std::string_view key) {
  const auto* const found = std::find_if(std::begin(facts), std::end(facts), [&](const Fact& fact) { return fact.key == key; });
  return found == std::end(facts) ? std::string_view() : found->property;
}

}  // namespace

void BackupFacts::add(std::string_view property, std::string_view value) {
  if (!property.empty()) facts_.try_emplace(std::string(property), value.substr(0, floor_char(value, std::min(value.size(), longest_value))));
}

void BackupFacts::see(std::string_view key, std::string_view value) { add(property_of(known, key), value); }

void BackupFacts::see_lockdown(std::string_view key, std::string_view value) { add(property_of(lockdown, key), value); }

void BackupFacts::tell(Emit& emit) const {
  const auto has = [&](std::string_view property) { return facts_.find(property) != facts_.end(); };
  const bool info = has("backup:targetIdentifier") && has("backup:iosVersion");
  const bool status = has("backup:full") && has("backup:state") && has("backup:uuid");
  const bool manifest = has("backup:encrypted") && has("backup:passcodeSet");
  if (!info && !status && !manifest) return;
  for (const auto& [property, value] : facts_) emit.property(property, value);
  if (const auto number = facts_.find("backup:phoneNumber"); number != facts_.end()) {
    emit.property("phone:ownAccount", number->second + " (probable owner: the backup names it as the number of the device)");
  }
  if (const auto encrypted = facts_.find("backup:encrypted"); encrypted != facts_.end() && encrypted->second == "true") {
    emit.issue({Code::encrypted, "plist", "the backup in this folder is encrypted: its manifest and its files were not opened", {}, true});
  }
}

}  // namespace evtriage
