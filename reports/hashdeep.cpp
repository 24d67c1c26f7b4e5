// hashdeep's list.  The format is lines with no escape, so that a name with a line end cannot stand in it;
// such names are told as comments and never written in a form that could pass for another file.
//
// Raw names come out of the item's address, which keeps every byte.
// Tested by tests/whole/exchange_test.py (hashdeep audits the evidence with the list).
#include <algorithm>
#include <array>

#include "pipeline/core/address.h"
#include "reports/exchange.h"
#include "reports/xml.h"

namespace evtriage::reports {
namespace {

using Row = CaseReader::Row;
constexpr std::array<std::string_view, 3> known_digests = {"md5", "sha1", "sha256"};

// Files that the list cannot hold are told, at most this many by address.
constexpr std::size_t told_limit = 1000;

struct Left {
  std::string lines;
  std::uint64_t count = 0;
  void add(std::string_view why, std::string_view address) {
    if (++count <= told_limit) lines.append("## not listed: ").append(why).append(": ").append(address).append("\n");
  }
};

// The digests that the case computed: the columns of the list.
Result<std::vector<std::string_view>> digests_present(CaseReader& reader, const std::string& exhibit) {
  std::vector<std::string_view> out;
  const auto read = reader.query("SELECT md5 IS NOT NULL, sha1 IS NOT NULL, sha256 IS NOT NULL FROM items WHERE exhibit = ? AND kind = 'file' AND sha256 IS NOT NULL LIMIT 1",
                                 {exhibit}, [&](const Row& row) {
    for (std::size_t i = 0; i < known_digests.size(); ++i) {
      if (row[i] == "1") out.push_back(known_digests[i]);
    }
    return false;
  });
  if (!read) return read.error();
  if (out.empty()) out.push_back("sha256");
  return out;
}

bool append_line(std::string& out, const Row& row, std::size_t digests, std::string_view name) {
  const std::size_t begin = out.size();
  out += *row[1];
  for (std::size_t i = 0; i < digests; ++i) {
    if (!row[2 + i]) return out.resize(begin), false;
    out.append(",").append(*row[2 + i]);
  }
  out.append(",./").append(name).append("\n");
  return true;
}

}  // namespace

Result<void> write_hashdeep(const CaseInput& input, std::string_view exhibit, const Sink& sink) {
  const auto digests = digests_present(*input.reader, std::string(exhibit));
  if (!digests) return digests.error();
  std::string columns;
  for (const auto name : *digests) columns.append(name).append(",");
  std::string sql_columns = columns.substr(0, columns.size() - 1);
  std::string label(exhibit);  // a case that others made may hold a line end here, which would be a line of the list
  std::replace_if(label.begin(), label.end(), [](char c) { return c >= 0 && c < ' '; }, '_');
  Gathered gathered(sink);
  gathered.text() += "%%%% HASHDEEP-1.0\n%%%% size," + columns + "filename\n## evtriage: files of exhibit " + label +
                     "\n## $ cd EVIDENCE && hashdeep -a -o f -r -l -k THIS_LIST .\n##\n";
  Left left;
  const auto walked = input.reader->query(
      "SELECT address, size, " + sql_columns + " FROM items WHERE exhibit = ? AND kind = 'file' ORDER BY id", {std::string(exhibit)}, [&](const Row& row) {
    const auto address = parse_address(row[0].value_or(""));
    if (!address || !row[1]) return left.add("no size or address", row[0].value_or("?")), true;
    const std::string& name = address->address.step().name;
    if (name.find_first_of("\r\n") != std::string::npos) left.add("the name holds a line end", *row[0]);
    else if (!append_line(gathered.text(), row, digests->size(), name)) left.add("no digest", *row[0]);
    gathered.step();
    return true;
  });
  gathered.text() += left.lines;
  if (left.count > told_limit) gathered.text() += "## not listed: and " + std::to_string(left.count - told_limit) + " more\n";
  return walked;
}

}  // namespace evtriage::reports
