// The parts of verifying a package; each adds to one verdict.  They share the format with the writer and no code but the
// digests, the tree and the strict form of signatures.
// Tested by tests/whole/package_verify_test.py.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "pipeline/custody/custody.h"
#include "pipeline/partner/package_files.h"
#include "pipeline/partner/partner.h"

namespace evtriage {

struct BagInfo {  // label -> values, in order
  std::map<std::string, std::vector<std::string>> said;
  std::string one(const std::string& label) const;  // empty: not said, or said more than once
};

void verify_signatures(const PackageFiles& files, const std::vector<std::string>& pins, const BagInfo& info, PackageVerdict& verdict);
void verify_manifests(const PackageFiles& files, PackageVerdict& verdict);
BagInfo read_bag_info(const PackageFiles& files, PackageVerdict& verdict);

// The chain up to the signed head; gives the digest of the seal that the log names, empty if none.
std::string verify_custody(const PackageFiles& files, const BagInfo& info, PackageVerdict& verdict);
void verify_whole_case(const PackageFiles& files, const BagInfo& info, const std::string& sealed_sha256, PackageVerdict& verdict);

}  // namespace evtriage
