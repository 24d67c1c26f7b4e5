// The receiver's verdict: what differs, what is proved and by whom, and what no package can prove.
// Tested by tests/whole/package_verify_test.py.
#include "pipeline/partner/keys.h"
#include "pipeline/partner/verify_parts.h"

namespace evtriage {

Result<PackageVerdict> verify_package(const std::string& path, const std::vector<std::string>& pins, const std::vector<std::string>& opened) {
  for (const std::string& pin : pins) {
    if (auto good = load_signatory(pin); !good) return good.error();
  }
  PackageVerdict verdict;
  const auto files = open_package_files(path);
  if (!files && files.error().code == Code::unsupported) return files.error();
  if (!files) return verdict.differences.push_back(files.error().detail), verdict;
  const BagInfo info = read_bag_info(*files, verdict);
  verify_signatures(*files, pins, info, verdict);
  verify_manifests(*files, verdict);
  const CustodyFacts custody = verify_custody(*files, info, verdict);
  if (info.one("Disclosure") == "full") verify_whole_case(*files, info, custody.seal_sha256, verdict);
  else verify_disclosed_case(*files, info, custody, verdict);
  for (const std::string& file : opened) verify_opened(*files, info, file, verdict);
  const auto recipients = info.said.find("Recipient");
  if (recipients == info.said.end()) verdict.differences.emplace_back("bag-info.txt: names no recipient");
  else for (const std::string& recipient : recipients->second) verdict.proved.push_back("it was made for " + recipient);
  verdict.not_proved.emplace_back("that the right device was examined, or all of it: that is for the people in the custody log to say");
  verdict.not_proved.emplace_back("that a finding is true: it is an indicator for a person to review");
  return verdict;
}

}  // namespace evtriage
