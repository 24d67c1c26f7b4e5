// What the property lists of an iTunes or Finder backup say of the device and of the backup: Info.plist, Status.plist,
// Manifest.plist, known by their keys.  Told as properties, and a backup that is encrypted is told as such.
// Tested by tests/extractors/plain/backup_facts_test.cpp.
#pragma once
#include <map>
#include <string>
#include <string_view>

#include "pipeline/core/plugin.h"

namespace evtriage {

class BackupFacts {
 public:
  void see(std::string_view key, std::string_view value);           // in the outermost dictionary
  void see_lockdown(std::string_view key, std::string_view value);  // in its member Lockdown (Manifest.plist)
  void tell(Emit& emit) const;

 private:
  void add(std::string_view property, std::string_view value);
  std::map<std::string, std::string, std::less<>> facts_;
};

}  // namespace evtriage
