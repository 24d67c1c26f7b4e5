// Folders and links have rows, too, but no file of that name: their paths are told all the same and meet nothing.
// Tested by tests/extractors/phone/applications_test.cpp.
#include "extractors/phone/backup_files.h"

#include <algorithm>
#include <utility>

#include "extractors/phone/lookups.h"
#include "extractors/phone/mapped.h"

namespace evtriage::phone {
namespace {

constexpr std::size_t hash_bytes = 40, longest_path = 4096, most_domains = 1000, domains_bytes = 4096, property_bytes = 8192;

bool is_hash(std::string_view word) { return word.size() == hash_bytes && word.find_first_not_of("0123456789abcdef") == word.npos; }

}  // namespace

BackupFiles::BackupFiles(const Database& database, Emit& emit) : database_(database), emit_(emit) {
  for (std::size_t i = 0; i < database.tables().size() && !table_; ++i) {
    const Table& table = database.tables()[i];
    if (table.root <= 1 || !equal_names(table.name, "Files")) continue;
    file_ = table.find("fileID");
    domain_ = table.find("domain");
    path_ = table.find("relativePath");
    if (!file_ || !domain_ || !path_) continue;
    table_ = i;
    told_.assign(table.columns.size(), false);
    if (const auto archive = table.find("file")) told_[*archive] = true;
  }
}

void BackupFiles::take(const Row& row) {
  const std::string hash = word_of(row, row.cell(*file_), database_.encoding()), domain = word_of(row, row.cell(*domain_), database_.encoding());
  const std::string path = word_of(row, row.cell(*path_), database_.encoding());
  if (!is_hash(hash)) return;
  ++files_;
  if (domains_.size() < most_domains) domains_.insert(domain);
  if (path.empty() || names_ > most_files) return;
  if (++names_ > most_files) {
    return emit_.issue({Code::limit, "sqlite", "backup_files=" + std::to_string(most_files) + ": the rest of the manifest names no files", {}, true});
  }
  std::string line = hash + " " + printable(domain) + "/" + printable(std::string_view(path).substr(0, floor_char(path, std::min(path.size(), longest_path))));
  std::replace(line.begin(), line.end(), '\n', ' ');
  if (lines_.size() + line.size() >= property_bytes) flush();
  lines_ += (lines_.empty() ? "" : "\n") + line;
}

void BackupFiles::flush() {
  if (!lines_.empty()) emit_.property("backup:file", std::exchange(lines_, {}));
}

void BackupFiles::finish() {
  flush();
  if (files_ == 0) return;
  emit_.property("phone:application", "iTunes or Finder backup (manifest)");
  emit_.property("backup:files", std::to_string(files_));
  std::string domains;
  for (const std::string& domain : domains_) {
    if (domains.size() + domain.size() < domains_bytes) domains += (domains.empty() ? "" : ", ") + printable(domain);
  }
  emit_.property("backup:domains", domains);
}

}  // namespace evtriage::phone
