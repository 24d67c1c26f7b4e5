// The parts of verifying a package; each adds to one verdict.  They share the format with the writer and no code but the
// digests, the tree and the strict form of signatures.
// Tested by tests/whole/package_verify_test.py.
#pragma once
#include <map>
#include <optional>
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

struct CustodyFacts {
  std::string seal_sha256;                     // of the first event "sealed"; empty: none is shown
  std::string committed_root, committed_seal;  // of the last event "committed"
};
// The chain up to the signed head, over withheld lines too.
CustodyFacts verify_custody(const PackageFiles& files, const BagInfo& info, PackageVerdict& verdict);

struct Proof {                                 // a line of data/proofs
  std::uint64_t index = 0, size = 0;
  Sha256 leaf{};
  std::vector<Sha256> path;
};
Result<Proof> read_proof(std::string_view line, std::string_view table);
std::optional<Sha256> digest_of(std::string_view hex);

void verify_whole_case(const PackageFiles& files, const BagInfo& info, const std::string& sealed_sha256, PackageVerdict& verdict);
// Lines of `evtriage open`, against the package's own commitments and, for a whole row, the sealed table.
void verify_opened(const PackageFiles& files, const BagInfo& info, const std::string& file, PackageVerdict& verdict);
void verify_disclosed_case(const PackageFiles& files, const BagInfo& info, const CustodyFacts& custody, PackageVerdict& verdict);

}  // namespace evtriage
