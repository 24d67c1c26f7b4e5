// What goes into every package for a foreign partner whatever the case: instructions in four languages and the two
// programs that check a package without ours.  Their sources are the files of reports/partner.
// Tested by tests/whole/package_test.py (sh, openssl, a browser).
#pragma once
#include <string_view>
#include <vector>

namespace evtriage {

struct PartnerFile {
  std::string_view name, text;                 // "README.fr.txt", "verify.sh"
};
std::vector<PartnerFile> partner_files();

}  // namespace evtriage
