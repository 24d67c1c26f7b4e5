// The case folder holds what is sealed or named by the custody log, and nothing else: a file that somebody
// adds could pass for a result.
// Tested by tests/pipeline/custody/verify_test.cpp.
#include <algorithm>
#include <array>
#include <filesystem>
#include <system_error>

#include "pipeline/custody/verify.h"

namespace evtriage {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 5> sealed_names = {"results.sqlite", "custody.jsonl", "seal.json", "seal.p7s",
                                                          "seal.tsr"};

std::vector<std::pair<std::string, bool>> list(const std::string& case_dir, Verdict& verdict) {
  std::vector<std::pair<std::string, bool>> found;  // path in the case folder, is a plain file
  std::error_code error;
  fs::recursive_directory_iterator walk(case_dir, error);
  for (; !error && walk != fs::recursive_directory_iterator(); walk.increment(error)) {
    std::error_code unreadable;
    const auto status = walk->symlink_status(unreadable);
    const std::string path = walk->path().string().substr(case_dir.size() + (case_dir.ends_with('/') ? 0 : 1));
    if (fs::is_directory(status) && (path == "reports" || path.starts_with("reports/"))) continue;
    found.emplace_back(path, fs::is_regular_file(status));
  }
  if (error) verdict.differences.push_back("the case folder cannot be listed: " + error.message());
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace

void verify_folder(const std::string& case_dir, const LogFindings& log, Verdict& verdict) {
  for (const auto& [path, plain] : list(case_dir, verdict)) {
    const bool sealed = std::find(sealed_names.begin(), sealed_names.end(), path) != sealed_names.end();
    if (!plain) {
      verdict.differences.push_back(path + ": is no plain file");
    } else if (!sealed && !log.reports.contains(path)) {
      verdict.differences.push_back(path + ": is not named by the custody log");
    }
  }
  for (const auto& [path, named] : log.reports) {
    auto digest = sha256_of_file(case_dir + "/" + path);
    if (!digest) {
      verdict.differences.push_back(path + ": is missing or cannot be read");
    } else if (*digest != named.sha256) {
      verdict.differences.push_back(path + ": SHA-256 is " + *digest + ", made as " + named.sha256);
    }
  }
  verdict.checked.push_back("case folder: " + std::to_string(log.reports.size()) + " reports, no file more or less");
}

}  // namespace evtriage
