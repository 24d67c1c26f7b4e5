// seal.json: one canonical line that carries its own digest, written under another name, synced, renamed:
// there is never half a seal.
// Tested by tests/pipeline/custody/seal_test.cpp and tests/fuzz/fuzz_seal.cpp.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "pipeline/custody/canonical_json.h"
#include "pipeline/custody/custody.h"
#include "pipeline/custody/seal_text.h"

namespace evtriage {
namespace {

using Kind = JsonValue::Kind;

JsonValue text_of(std::string text) {
  JsonValue value;
  value.text = std::move(text);
  return value;
}
JsonValue number_of(std::uint64_t number) {
  JsonValue value;
  value.kind = Kind::number;
  value.number = number;
  return value;
}
JsonValue list_of(Kind kind) {
  JsonValue value;
  value.kind = kind;
  return value;
}

JsonValue json_of(const Seal& seal) {
  JsonValue counts = list_of(Kind::object), exhibits = list_of(Kind::array), tables = list_of(Kind::array);
  for (const auto& [name, count] : seal.counts) counts.members.push_back({name, number_of(count)});
  std::sort(counts.members.begin(), counts.members.end(), [](auto& a, auto& b) { return a.name < b.name; });
  for (const auto& [label, digest] : seal.exhibits) {
    JsonValue one = list_of(Kind::object);
    one.members = {{"digest", text_of(digest)}, {"label", text_of(label)}};
    exhibits.members.push_back({"", std::move(one)});
  }
  for (const TableSeal& table : seal.tables) {
    JsonValue one = list_of(Kind::object);
    one.members = {{"root", text_of(table.root)}, {"rows", number_of(table.rows)}, {"table", text_of(table.table)}};
    tables.members.push_back({"", std::move(one)});
  }
  JsonValue all = list_of(Kind::object);
  all.members = {{"counts", std::move(counts)},
                 {"custody_head", text_of(seal.custody_head)},
                 {"custody_size", number_of(seal.custody_size)},
                 {"exhibits", std::move(exhibits)},
                 {"format", number_of(1)},
                 {"profile_digest", text_of(seal.profile_digest)},
                 {"program_version", text_of(seal.program_version)},
                 {"results_digest", text_of(seal.results_digest)},
                 {"results_file_sha256", text_of(seal.results_file_sha256)},
                 {"tables", std::move(tables)}};
  return all;
}

Seal seal_of(const JsonValue& json) {
  Seal seal;
  const auto number = [](const JsonValue* value) { return value != nullptr ? value->number : 0; };
  seal.program_version = json.text_of("program_version");
  seal.profile_digest = json.text_of("profile_digest");
  seal.results_digest = json.text_of("results_digest");
  seal.results_file_sha256 = json.text_of("results_file_sha256");
  seal.custody_head = json.text_of("custody_head");
  seal.custody_size = number(json.find("custody_size"));
  if (const JsonValue* tables = json.find("tables")) {
    for (const auto& [none, t] : tables->members) {
      seal.tables.push_back({t.text_of("table"), number(t.find("rows")), t.text_of("root")});
    }
  }
  if (const JsonValue* counts = json.find("counts")) {
    for (const auto& [name, count] : counts->members) seal.counts.emplace_back(name, count.number);
  }
  if (const JsonValue* exhibits = json.find("exhibits")) {
    for (const auto& [none, e] : exhibits->members) seal.exhibits.emplace_back(e.text_of("label"), e.text_of("digest"));
  }
  return seal;
}

Error seal_error(const std::string& what) { return {Code::io_read, "seal.json " + what + ": " + std::strerror(errno)}; }

Result<void> sync_path(const std::string& path, int flags) {
  const int file = ::open(path.c_str(), flags | O_RDONLY | O_CLOEXEC);
  if (file < 0) return seal_error("cannot be synced");
  const bool kept = ::fsync(file) == 0;
  const int failed = errno;
  ::close(file);
  errno = failed;
  if (!kept) return seal_error("cannot be synced");
  return {};
}

Result<void> write_file(const std::string& path, std::string_view bytes) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (file < 0) return seal_error("cannot be made");
  while (!bytes.empty()) {
    const ssize_t n = ::write(file, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) {
      const int failed = errno;
      ::close(file);
      errno = failed;
      return seal_error("cannot be written");
    }
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  ::close(file);
  return sync_path(path, O_NOFOLLOW);
}

}  // namespace

std::string results_root(const std::vector<TableSeal>& tables) {
  MerkleTree tree;
  for (const TableSeal& table : tables) tree.append(table.table + " " + std::to_string(table.rows) + " " + table.root);
  return hex(tree.root());
}

std::string seal_text(const Seal& seal) {
  JsonValue json = json_of(seal);
  const std::string digest = hex(sha256(write_canonical(json)));
  json.members.insert(json.members.end() - 1, {"seal_digest", text_of(digest)});
  return write_canonical(json) + "\n";
}

Result<Seal> parse_seal(std::string_view text) {
  const Error refused{Code::corrupt, "seal.json is not as it was written"};
  if (text.empty() || text.back() != '\n') return refused;
  auto json = read_canonical(text.substr(0, text.size() - 1));
  if (!json) return refused;
  const Seal seal = seal_of(*json);
  // Written again it must give the same bytes, digest included: nothing unknown, nothing changed.
  if (seal_text(seal) != text) return refused;
  return seal;
}

Result<void> write_seal(const std::string& case_dir, const Seal& seal) {
  const std::string path = case_dir + "/seal.json", fresh = path + ".new";
  const std::string text = seal_text(seal);
  if (!parse_seal(text)) return Error{Code::internal, "the seal cannot be read back as it is written"};
  if (auto written = write_file(fresh, text); !written) return written;
  if (::rename(fresh.c_str(), path.c_str()) != 0) return seal_error("cannot be named");
  return sync_path(case_dir, O_DIRECTORY);
}

Result<Seal> read_seal(const std::string& case_dir) {
  const int file = ::open((case_dir + "/seal.json").c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (file < 0) return seal_error("cannot be opened");
  std::string text;
  char buffer[1u << 14];
  ssize_t n = 0;
  while (((n = ::read(file, buffer, sizeof buffer)) > 0 || (n < 0 && errno == EINTR)) && text.size() < (1u << 24)) {
    if (n > 0) text.append(buffer, static_cast<std::size_t>(n));
  }
  ::close(file);
  if (n < 0) return seal_error("cannot be read");
  return parse_seal(text);
}

}  // namespace evtriage
