// DFXML, as the schema's strict sequence wants it: one SELECT in key order, one fileobject a row.
//
// Source: https://github.com/dfxml-working-group/dfxml_schema, 2.0.0-beta.0.  Paths are for people; the exact
// bytes of every name stand in evt:address.
// Tested by tests/whole/exchange_test.py (xmllint with the schema).
#include <utility>

#include "reports/exchange.h"
#include "reports/xml.h"

namespace evtriage::reports {
namespace {

using Row = CaseReader::Row;

enum Column : std::size_t {
  id, parent, exhibit, address, path, kind, size, media_type, type_mismatch, md5, sha1, sha256_hex, sha512, created, modified, accessed, changed,
  deleted, encrypted, outcome, known, duplicate_of, score, issues
};
constexpr const char* select_items =
    "SELECT id, parent, exhibit, address, path, kind, size, media_type, type_mismatch, md5, sha1, sha256, sha512, created, modified, accessed, "
    "changed, deleted, encrypted, outcome, known, duplicate_of, score, (SELECT group_concat(said, '; ') FROM (SELECT stage || ': ' || code || ': ' || "
    "coalesce(detail, '') AS said FROM issues WHERE item = items.id ORDER BY n LIMIT 20)) FROM items ORDER BY id";

void element(std::string& out, std::string_view name, std::string_view text) {
  out.append("<").append(name).append(">");
  append_xml(out, text);
  out.append("</").append(name.substr(0, name.find(' '))).append(">");
}

void element_if(std::string& out, std::string_view name, const std::optional<std::string>& text) {
  if (text && !text->empty()) element(out, name, *text);
}

std::string_view name_type(std::string_view kind) {
  if (kind == "directory") return "d";
  if (kind == "symlink") return "l";
  if (kind == "special") return "-";
  return kind == "free-space" || kind == "slack" ? "v" : "r";
}

void append_head(std::string& out, const Row& row) {
  out += "<fileobject>";
  element_if(out, "filename", row[path]);
  element_if(out, "error", row[issues]);
  element_if(out, "id", row[id]);
  element(out, "name_type", name_type(row[kind].value_or("")));
  element_if(out, "filesize", row[size]);
  const std::string_view word = row[kind] ? std::string_view(*row[kind]) : std::string_view();
  if (row[deleted] == "1") out += "<alloc>0</alloc>";
  else if (word == "file" || word == "directory" || word == "symlink" || word == "special") out += "<alloc>1</alloc>";
  if (word == "orphan") out += "<orphan>1</orphan>";
  element_if(out, "mtime", row[modified]);
  element_if(out, "ctime", row[changed]);
  element_if(out, "atime", row[accessed]);
  element_if(out, "crtime", row[created]);
}

void append_tail(std::string& out, const Row& row) {
  element_if(out, "hashdigest type=\"md5\"", row[md5]);
  element_if(out, "hashdigest type=\"sha1\"", row[sha1]);
  element_if(out, "hashdigest type=\"sha256\"", row[sha256_hex]);
  element_if(out, "hashdigest type=\"sha512\"", row[sha512]);
  element_if(out, "evt:exhibit", row[exhibit]);
  element_if(out, "evt:address", row[address]);
  element_if(out, "evt:parent", row[parent]);
  element_if(out, "evt:kind", row[kind]);
  element_if(out, "evt:media_type", row[media_type]);
  if (row[type_mismatch] == "1") element(out, "evt:type_mismatch", "true");
  if (row[encrypted] == "1") element(out, "evt:encrypted", "true");
  element_if(out, "evt:outcome", row[outcome]);
  element_if(out, "evt:known", row[known]);
  element_if(out, "evt:duplicate_of", row[duplicate_of]);
  if (row[score] && *row[score] != "0") element(out, "evt:score_milli", *row[score]);
  out += "</fileobject>\n";
}

void append_library(std::string& out, std::string_view line) {
  constexpr std::string_view prefix = "version.";
  const auto equals = line.find('=');
  if (!line.starts_with(prefix) || equals == std::string_view::npos) return;
  out += "<library name=\"";
  append_xml(out, line.substr(prefix.size(), equals - prefix.size()));
  out += "\" version=\"";
  append_xml(out, line.substr(equals + 1));
  out += "\"/>\n";
}

Result<void> append_creator(const CaseInput& input, std::string& out) {
  out += "<creator>";
  element(out, "program", "evtriage");
  if (input.seal) element(out, "version", input.seal->program_version);
  out += '\n';
  auto read = input.reader->query("SELECT line FROM profile ORDER BY n LIMIT 400", {}, [&](const Row& row) {
    append_library(out, row[0].value_or(""));
    return true;
  });
  out += "</creator>\n<source>";
  if (!read) return read;
  read = input.reader->query("SELECT name FROM exhibits ORDER BY number", {}, [&](const Row& row) {
    element(out, "image_filename", row[0].value_or(""));
    return true;
  });
  out += "</source>\n";
  return read;
}

}  // namespace

Result<void> write_dfxml(const CaseInput& input, const Sink& sink) {
  Gathered gathered(sink);
  std::string& out = gathered.text();
  out += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<dfxml version=\"2.0.0-beta.0\" xmlns=\"http://www.forensicswiki.org/wiki/Category:Digital_Forensics_XML\" "
         "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:evt=\"urn:x-evtriage:item:1\">\n<metadata>";
  element(out, "dc:type", "Digital evidence triage: list of items");
  const auto number = input.custody.facts.find("case_number");
  if (number != input.custody.facts.end()) element(out, "dc:identifier", number->second);
  if (input.seal) element(out, "dc:relation", "evtriage results digest " + input.seal->results_digest);
  out += "</metadata>\n";
  if (const auto made = append_creator(input, out); !made) return made;
  const auto walked = input.reader->query(select_items, {}, [&](const Row& row) {
    append_head(out, row);
    append_tail(out, row);
    gathered.step();
    return true;
  });
  out += "</dfxml>\n";
  return walked;
}

}  // namespace evtriage::reports
