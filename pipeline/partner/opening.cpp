// The file of the secret: one canonical JSON line, written when the package is named, never over another one.
// Tested by tests/whole/disclosure_test.py.
#include "pipeline/partner/opening.h"

#include <openssl/rand.h>

#include <algorithm>
#include <filesystem>

#include "pipeline/core/json.h"
#include "pipeline/custody/canonical_json.h"
#include "pipeline/partner/commitments.h"
#include "pipeline/partner/keys.h"
#include "pipeline/partner/proof_tree.h"
#include "pipeline/partner/row_fields.h"
#include "pipeline/partner/staging.h"

namespace evtriage {
namespace {

constexpr std::size_t secret_bytes = 32;

Error refuse(const std::string& why) { return {Code::unsupported, why}; }

Result<std::string> one_field(const OpenRequest& request, std::string_view secret, std::string_view line) {
  const std::string_view value = row_value(row_fields(line), request.field);
  if (value.empty()) return refuse("row " + std::to_string(request.row) + " of " + request.table + " has no field '" + request.field + "'");
  std::string text;
  JsonWriter json(text);
  json.begin_object().key("f").value(request.field).key("format").value(1u).key("row").value(request.row);
  json.key("s").value(hex(as_bytes(salt_of(secret, request.table, request.row, request.field)))).key("table").value(request.table).key("v").value(value).end_object();
  return text;
}

// Every salt, the row as it was sealed, its proof, and the seal itself: nothing is left to believe.
Result<std::string> whole_row(const OpenRequest& request, std::string_view secret, std::string_view line, ProofTree& tree) {
  if (auto root = tree.finish(); !root) return root.error();
  const auto path = tree.proof(request.row);
  if (!path) return path.error();
  const auto seal = small_file(request.case_dir + "/seal.json", 1u << 24);
  if (!seal) return seal.error();
  std::string text;
  JsonWriter json(text);
  json.begin_object().key("fields").begin_array();
  for (const RowField& field : row_fields(line)) {
    json.begin_object().key("f").value(field.name).key("s").value(hex(as_bytes(salt_of(secret, request.table, request.row, field.name)))).end_object();
  }
  json.end_array().key("format").value(1u).key("line").value(line).key("path").begin_array();
  for (const Sha256& digest : *path) json.value(hex(digest));
  json.end_array().key("row").value(request.row).key("seal").value(*seal).key("size").value(tree.size()).key("table").value(request.table).end_object();
  return text;
}

}  // namespace

Result<OpeningSecret> find_or_make_secret(const std::string& path) {
  OpeningSecret secret{path, std::string(secret_bytes, '\0'), false};
  std::error_code error;
  if (!std::filesystem::exists(std::filesystem::symlink_status(path, error))) {
    if (RAND_priv_bytes(reinterpret_cast<unsigned char*>(secret.bytes.data()), static_cast<int>(secret.bytes.size())) != 1) return openssl_error("no random bytes");
    return secret;
  }
  if (auto good = check_private_file(path); !good) return good.error();
  const auto text = small_file(path, 1u << 16);
  if (!text) return text.error();
  const auto json = read_canonical(std::string_view(*text).substr(0, text->find('\n')));
  const auto bytes = json ? unhex(json->text_of("secret")) : std::nullopt;
  if (!bytes || bytes->size() != secret_bytes) return refuse("'" + path + "' is no file that opens a package");
  secret.bytes = *bytes;
  secret.stored = true;
  return secret;
}

Result<void> store_secret(const OpeningSecret& secret, const std::string& disclosure_root) {
  std::string text;
  JsonWriter(text).begin_object().key("disclosure_root").value(disclosure_root).key("format").value(1u).key("secret").value(hex(as_bytes(secret.bytes))).end_object();
  return put_file(secret.path, text + "\n", true);
}

Result<std::string> open_row(CaseReader& reader, const OpenRequest& request, const std::string& work_dir) {
  const auto known = table_names();
  if (std::find(known.begin(), known.end(), request.table) == known.end() || request.table == "texts") return refuse("there is no table '" + request.table + "' that could be opened");
  const auto secret = find_or_make_secret(request.opening);
  if (!secret) return secret.error();
  if (!secret->stored) return refuse("there is no file '" + request.opening + "'; it was written beside the package");
  ProofTree tree(work_dir + "/tree");
  std::string wanted;
  const auto read = reader.each_line(request.table, [&](std::string_view line) {
    if (tree.added() == request.row) wanted = line;
    tree.add(leaf_hash(line));
    return request.field.empty() || wanted.empty();  // a field needs no proof from the sealed table
  });
  if (!read) return read.error();
  if (wanted.empty()) return refuse("table " + request.table + " has no row " + std::to_string(request.row) + " (the first is 0)");
  return request.field.empty() ? whole_row(request, secret->bytes, wanted, tree) : one_field(request, secret->bytes, wanted);
}

}  // namespace evtriage
