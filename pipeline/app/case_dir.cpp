// The case folder is judged before anything is created, so that a refusal changes nothing.
// "Unfinished" is the presence of working/: it is removed as the very last act of a run.
// Tested by tests/whole/cli_test.py.
#include "pipeline/app/case_dir.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <filesystem>

#include "pipeline/evidence/evidence.h"

namespace evtriage {
namespace {

namespace fs = std::filesystem;

Error refuse(std::string why) { return {Code::unsupported, std::move(why)}; }

Result<CaseState> state_of(const std::string& path) {
  std::error_code error;
  bool working = false, results = false, other = false, empty = true;
  for (const auto& entry : fs::directory_iterator(path, error)) {
    const std::string name = entry.path().filename().string();
    empty = false;
    working |= name == "working";
    results |= name == "seal.json";
    other |= name != "working" && name != "results.sqlite" && name != "custody.jsonl" && name != "seal.json" && name != "reports";
  }
  if (error) return Error{Code::io_read, "cannot read the case folder '" + path + "': " + error.message()};
  if (other || (!working && !results && !empty)) {
    return refuse("'" + path + "' holds files that are not a case; give --case an empty or new folder");
  }
  return empty ? CaseState::fresh : working ? CaseState::unfinished : CaseState::finished;
}

}  // namespace

Result<CaseDir> inspect_case(const std::string& path, const std::vector<std::string>& evidence) {
  if (path.empty()) return refuse("--case DIR is missing: where the results go, for instance --case /cases/2026-014");
  CaseDir dir{fs::path(path).lexically_normal().string()};
  while (dir.path.size() > 1 && dir.path.back() == '/') dir.path.pop_back();
  for (const std::string& exhibit : evidence) {
    const Result<bool> overlap = paths_overlap(dir.path, exhibit);
    if (!overlap) return overlap.error();
    if (*overlap) return refuse("the case folder '" + path + "' and the evidence '" + exhibit + "' contain each other; choose another --case");
  }
  struct stat info {};
  if (lstat(dir.path.c_str(), &info) != 0) {
    if (errno == ENOENT) return dir;
    return Error{Code::io_read, "cannot look at '" + path + "': " + std::strerror(errno)};
  }
  if (!S_ISDIR(info.st_mode)) return refuse("--case '" + path + "' is not a folder");
  if (info.st_uid != geteuid()) return refuse("the case folder '" + path + "' belongs to another user; choose another or change its owner");
  Result<CaseState> state = state_of(dir.path);
  if (!state) return state.error();
  dir.state = *state;
  if (dir.state != CaseState::fresh && (info.st_mode & 077) != 0) {
    return refuse("other users could read the case folder; run: chmod 700 '" + path + "'");
  }
  return dir;
}

Result<CaseDir> find_case(const std::string& path) {
  const CaseDir dir{fs::path(path).lexically_normal().string(), CaseState::finished};
  std::error_code error;
  if (!fs::is_directory(dir.path, error)) return refuse("there is no case at '" + path + "'");
  const auto holds = [&](const char* name) { return fs::exists(fs::symlink_status(fs::path(dir.path) / name, error)); };
  if (holds("seal.json")) return dir;
  if (holds("working")) return refuse("the run is not finished (run the same command again): '" + path + "'");
  if (holds("results.sqlite") || holds("custody.jsonl")) return dir;
  return refuse("there is no case at '" + path + "'");
}

Result<void> create_case(const CaseDir& dir) {
  umask(077);
  std::error_code error;
  fs::create_directories(dir.path, error);
  if (!error && chmod(dir.path.c_str(), 0700) != 0) error.assign(errno, std::generic_category());
  if (!error) fs::create_directories(dir.working(), error);
  if (error) return Error{Code::io_read, "cannot create the case folder '" + dir.path + "': " + error.message()};
  return {};
}

Result<void> move_file(const std::string& from, const std::string& to) {
  if (rename(from.c_str(), to.c_str()) != 0) {
    return Error{Code::io_read, "cannot move a file into the case folder: " + std::string(std::strerror(errno))};
  }
  const int folder = open(fs::path(to).parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder >= 0) {
    (void)fsync(folder);
    close(folder);
  }
  return {};
}

Result<void> write_file(const std::string& path, const std::string& text) {
  const std::string temporary = path + ".new";
  const int file = open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0) return Error{Code::io_read, "cannot write '" + path + "': " + std::strerror(errno)};
  const bool whole = write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && fsync(file) == 0;
  close(file);
  if (!whole) return Error{Code::io_read, "cannot write '" + path + "': is the disk full?"};
  return move_file(temporary, path);
}

Result<void> remove_path(const std::string& path) {
  std::error_code error;
  fs::remove_all(path, error);
  if (error) return Error{Code::io_read, "cannot remove '" + path + "': " + error.message()};
  return {};
}

}  // namespace evtriage
