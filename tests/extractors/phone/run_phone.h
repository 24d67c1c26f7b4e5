// Databases made by the sqlite3 command line, and what our readers say of them.
#pragma once
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "extractors/phone/phone.h"
#include "tests/support/fake_emit.h"

namespace evtriage {

class TempFolder {
 public:
  TempFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "phone-test-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  ~TempFolder() { std::filesystem::remove_all(path_); }
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

inline std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

// What `sqlite3 database` prints for a script.
inline std::string sqlite3(const std::string& database, const std::string& script) {
  const std::string file = database + ".sql";
  std::ofstream(file, std::ios::binary) << script;
  std::FILE* const pipe = ::popen(("sqlite3 -bail '" + database + "' < '" + file + "' 2>&1").c_str(), "r");
  EXPECT_NE(pipe, nullptr);
  std::string out;
  std::array<char, 4096> chunk{};
  while (const std::size_t n = std::fread(chunk.data(), 1, chunk.size(), pipe)) out.append(chunk.data(), n);
  EXPECT_EQ(::pclose(pipe), 0) << out;
  return out;
}

// The bytes of a database that a script makes.
inline std::string database_of(const std::string& script) {
  const TempFolder folder;
  sqlite3(folder / "a.db", script);
  return read_file(folder / "a.db");
}

using PhoneFunction = void (*)(const Content&, const Identity&, const ExtractOptions&, Emit&);

inline FakeEmit run_phone(PhoneFunction function, const std::string& bytes, std::string_view name = "a.db") {
  FakeEmit emit(bytes.size());
  function(Resident(Blob::own(bytes)), {"application/vnd.sqlite3", "", name}, {}, emit);
  return emit;
}
inline FakeEmit run_database(const std::string& script) { return run_phone(extract_sqlite, database_of(script)); }

// "<place> text" of the segments of an origin.
inline std::string outline(const FakeEmit& emit, std::string_view origin = "body") {
  std::string out;
  for (const TextSegment& segment : emit.texts) {
    if (segment.origin == origin) out += "<" + segment.place + "> " + std::string(segment.utf8.chars());
  }
  return out;
}

inline std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

inline std::string property_of(const FakeEmit& emit, std::string_view name) {
  for (const auto& [key, value] : emit.properties) {
    if (key == name) return value;
  }
  return "(none)";
}

}  // namespace evtriage
