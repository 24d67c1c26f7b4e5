// Worker executables lie beside the program in a build, and in ../lib/evtriage when it is installed.
// Tested by tests/whole/documents_test.py.
#include "pipeline/app/workers.h"

#include <filesystem>

#include "extractors/formats.h"

namespace evtriage {
namespace {

namespace fs = std::filesystem;

std::string worker_folder() {
  std::error_code error;
  const fs::path beside = fs::read_symlink("/proc/self/exe", error).parent_path();
  const std::string first = "evtriage-worker-" + std::string(caged_formats().front().family);
  return fs::exists(beside / first, error) ? beside.string() : (beside.parent_path() / "lib/evtriage").string();
}

CagedFormat caged(const Format& format) {
  return {std::string(format.name), format.version, std::string(format.family), format.accepts};
}

}  // namespace

std::vector<std::string> password_lines(std::string_view text) {
  std::vector<std::string> passwords;
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view line = rest.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!line.empty()) passwords.emplace_back(line);
    rest.remove_prefix(std::min(rest.size(), end + 1));
  }
  return passwords;
}

Result<std::unique_ptr<Cage>> start_cage(const Typed& typed, const Limits& limits, std::vector<std::string> passwords) {
  CageSettings settings;
  settings.worker_folder = worker_folder();
  settings.options.passwords = std::move(passwords);
  settings.limits.memory_bytes = limits.cage_memory_bytes;
  settings.limits.output_bytes = limits.cage_output_bytes;
  settings.limits.cpu_seconds = limits.cage_cpu_seconds;
  settings.confine = !typed.no_sandbox;
  std::vector<CagedFormat> formats;
  for (const Format& format : caged_formats()) formats.push_back(caged(format));
  return Cage::start(std::move(settings), formats);
}

std::vector<std::unique_ptr<const Extractor>> caged_extractors(const Cage& cage) {
  std::vector<std::unique_ptr<const Extractor>> out;
  for (const Format& format : caged_formats()) out.push_back(cage.extractor(caged(format)));
  return out;
}

}  // namespace evtriage
