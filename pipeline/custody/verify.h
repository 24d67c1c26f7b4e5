// The parts of verification; each adds to one Verdict and shares no code with the store.
// Tested by tests/pipeline/custody/verify_test.cpp and tests/whole/forgery_test.cpp.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "pipeline/custody/custody.h"

struct sqlite3;

namespace evtriage {

struct NamedFile {              // a file that the custody log speaks of
  std::string sha256;
};
struct LogFindings {
  std::map<std::string, NamedFile> reports;  // path in the case folder -> latest digest
};

LogFindings verify_log(const std::string& case_dir, const Seal& seal, Verdict& verdict);
void verify_folder(const std::string& case_dir, const LogFindings& log, Verdict& verdict);
void verify_results(const std::string& case_dir, const Seal& seal, Verdict& verdict);

struct TableCheck {
  std::uint64_t rows = 0;
  std::string root, trouble;    // trouble: the first row that cannot be right, or an error of SQLite
};
// Lines made anew from the raw rows, hashed by the recursive definition of the tree.
TableCheck check_table(sqlite3* database, const std::string& table);
bool is_known_table(const std::string& table);

}  // namespace evtriage
