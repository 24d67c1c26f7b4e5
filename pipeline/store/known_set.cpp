// Digests of known files, and the text forms in which the world passes them on.
// Tested by tests/pipeline/store/known_sets_test.cpp.
#include "pipeline/store/known_set.h"

#include <algorithm>

#include "pipeline/store/sqlite.h"

namespace evtriage {
namespace {

int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

template <std::size_t N>
bool add(std::string_view hex, std::vector<std::array<std::byte, N>>& to) {
  std::array<std::byte, N> digest;
  for (std::size_t i = 0; i < N; ++i) {
    const int high = digit(hex[2 * i]), low = digit(hex[2 * i + 1]);
    if (high < 0 || low < 0) return false;
    digest[i] = static_cast<std::byte>(high << 4 | low);
  }
  to.push_back(digest);
  return true;
}

template <class List>
void sort_list(List& list) {
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
}

template <class List, class Digest>
bool holds(const List& list, const Digest& digest) {
  return digest && std::binary_search(list.begin(), list.end(), *digest);
}

// "SHA-256" and "sha256" are one name.
std::string plain_name(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (c >= 'A' && c <= 'Z') out += static_cast<char>(c | 0x20);
    else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out += c;
  }
  return out;
}

bool names_digest(std::string_view name) {
  const std::string plain = plain_name(name);
  return plain == "md5" || plain == "sha1" || plain == "sha256";
}

// Fields of one CSV line; quotes are taken off.
std::vector<std::string> fields_of(std::string_view line) {
  std::vector<std::string> fields(1);
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') quoted = !quoted;
    else if ((c == ',' || c == ';' || c == '\t') && !quoted) fields.emplace_back();
    else fields.back() += c;
  }
  for (std::string& field : fields) {
    while (!field.empty() && field.back() == ' ') field.pop_back();
    field.erase(0, std::min(field.find_first_not_of(' '), field.size()));
  }
  return fields;
}

std::vector<std::size_t> digest_places(const std::vector<std::string>& header) {
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < header.size(); ++i) {
    if (names_digest(header[i])) places.push_back(i);
  }
  return places;
}

Error wrong(const std::string& what) { return {Code::corrupt, what}; }

}  // namespace

bool DigestSet::add_hex(std::string_view hex) {
  if (hex.size() == 32) return add(hex, md5_);
  if (hex.size() == 40) return add(hex, sha1_);
  return hex.size() == 64 && add(hex, sha256_);
}

void DigestSet::sort() {
  sort_list(md5_);
  sort_list(sha1_);
  sort_list(sha256_);
}

bool DigestSet::contains(const Digests& digests) const {
  return holds(sha256_, digests.sha256) || holds(sha1_, digests.sha1) || holds(md5_, digests.md5);
}

Result<void> ListReader::line(std::string_view line) {
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  if (line.empty() || line.starts_with('#')) return {};
  if (kind_.empty() || line.starts_with("%%%%")) return first_line(line);
  return kind_ == "sums" ? sum(line) : columns(line);
}

Result<void> ListReader::first_line(std::string_view line) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (line.starts_with(byte_order_mark)) line.remove_prefix(byte_order_mark.size());
  if (line.starts_with("%%%% HASHDEEP")) {
    kind_ = "hashdeep";
    return {};
  }
  const std::size_t skipped = line.starts_with("%%%% ") ? 5 : 0;
  const auto places = digest_places(fields_of(line.substr(skipped)));
  if (!places.empty()) {
    if (kind_.empty()) kind_ = "csv";
    places_ = places;
    return {};
  }
  if (!kind_.empty()) return wrong("is no hashdeep header; the second line must name md5, sha1 or sha256");
  kind_ = "sums";
  return sum(line);
}

Result<void> ListReader::columns(std::string_view line) {
  if (places_.empty()) return wrong("stands before the header that names md5, sha1 or sha256");
  const auto fields = fields_of(line);
  for (const std::size_t place : places_) {
    if (place >= fields.size()) return wrong("has fewer columns than the header");
    if (!fields[place].empty() && !set_.add_hex(fields[place])) {
      return wrong("holds \"" + fields[place].substr(0, 80) + "\" where a hexadecimal digest must stand");
    }
  }
  return {};
}

Result<void> ListReader::sum(std::string_view line) {
  if (line.starts_with('\\')) line.remove_prefix(1);
  const std::string_view first = line.substr(0, line.find_first_of(" \t"));
  if (set_.add_hex(first)) return {};
  const auto tagged = line.rfind(") = ");
  if (tagged != line.npos && set_.add_hex(line.substr(tagged + 4))) return {};
  return wrong("does not begin with an MD5, SHA-1 or SHA-256 of 32, 40 or 64 hexadecimal digits");
}

Result<void> read_project_vic(std::string_view json, DigestSet& set) {
  std::uint64_t found = 0;
  for (std::size_t at = json.find('"'); at != json.npos; at = json.find('"', at)) {
    const std::size_t end = json.find('"', at + 1);
    if (end == json.npos) break;
    const std::string_view name = json.substr(at + 1, end - at - 1);
    at = end + 1;
    const std::size_t colon = json.find_first_not_of(" \t\r\n", at);
    if (colon == json.npos || json[colon] != ':' || !names_digest(name)) continue;
    const std::size_t open = json.find_first_not_of(" \t\r\n", colon + 1);
    if (open == json.npos || json[open] != '"') continue;
    const std::size_t close = json.find('"', open + 1);
    if (close == json.npos) break;
    const std::string_view digest = json.substr(open + 1, close - open - 1);
    if (!digest.empty() && !set.add_hex(digest)) {
      return wrong("holds \"" + std::string(digest.substr(0, 80)) + "\" where a digest must stand");
    }
    found += digest.empty() ? 0 : 1;
    at = close + 1;
  }
  if (found == 0) return wrong("is JSON without any member MD5 or SHA1; give a Project VIC export");
  return {};
}

Result<void> read_nsrl(const std::string& path, DigestSet& set) {
  auto database = Database::open_sealed(path);
  if (!database) return database.error();
  for (const char* table : {"METADATA", "FILE", "DISTINCT_HASH"}) {
    auto rows = database->prepare("SELECT * FROM " + std::string(table));
    if (!rows) continue;
    std::vector<int> places;
    for (int i = 0; i < rows->columns(); ++i) {
      if (names_digest(rows->column_name(i))) places.push_back(i);
    }
    if (places.empty()) continue;
    for (;;) {
      auto row = rows->step();
      if (!row) return row.error();
      if (!*row) return {};
      for (const int place : places) set.add_hex(rows->column(place).chars);
    }
  }
  return wrong("is a SQLite file without a table METADATA, FILE or DISTINCT_HASH that holds digests; give an NSRL RDSv3 set");
}

}  // namespace evtriage
