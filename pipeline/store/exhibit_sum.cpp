// An exhibit that is one file (or one split image) is told by its own digests, by the kind that its first bytes show,
// and by what the image says of its making.
// Tested by tests/pipeline/store/build_test.cpp and tests/whole/disk_test.py.
#include "pipeline/store/exhibit_sum.h"

#include <algorithm>
#include <string_view>

#include "pipeline/core/json.h"

namespace evtriage {
namespace {

struct KnownKind {
  std::string_view media_type, kind;
};
constexpr KnownKind known_kinds[] = {
    {"application/x-ewf", "ewf"},         {"application/x-raw-disk-image", "raw"}, {"application/x-qemu-disk", "qcow2"},
    {"application/x-vmdk-disk", "vmdk"},  {"application/x-vhd-disk", "vhd"},       {"application/zip", "archive"},
    {"application/x-tar", "archive"},     {"application/x-7z-compressed", "archive"}, {"application/vnd.rar", "archive"},
    {"application/x-android-backup", "backup"}};

std::string object_of(const std::vector<std::pair<std::string, std::string>>& facts) {
  if (facts.empty()) return {};
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  for (const auto& [name, value] : facts) json.key(name).value(value);
  json.end_object();
  return out;
}

// The name as in an address: every byte that is not plain ASCII, and \, as \xHH, so that lines stay lines.
void append_escaped(std::string& out, std::string_view name) {
  for (const char c : name) {
    if (c >= 0x20 && c < 0x7f && c != '\\') {
      out += c;
    } else {
      out += "\\x" + hex(as_bytes({&c, 1}));
    }
  }
}

// First in the order of names, each once: objects are the same whatever order the image had.
void add_fact(std::vector<std::pair<std::string, std::string>>& facts, std::string name, const std::string& value) {
  const auto at = std::lower_bound(facts.begin(), facts.end(), name, [](const auto& fact, const std::string& wanted) { return fact.first < wanted; });
  if (at == facts.end() || at->first != name) facts.insert(at, {std::move(name), value});
}

}  // namespace

void ExhibitSum::add_file(const Entry& entry, const ItemRecord& record) {
  bytes_ += record.size;
  ++files_;
  digests_ = record.digests;
  line_ = record.digests.sha256 ? hex(*record.digests.sha256) : "-";
  line_ += "  " + std::to_string(record.size) + "  ";
  append_escaped(line_, entry.path);
  line_ += '\n';
  tree_.add(line_);
  if (files_ == 1) media_type_ = record.media_type;
}

void ExhibitSum::add_item(const Entry& entry, const ItemRecord& record) {
  ++items_;
  if (entry.kind != ItemKind::file || files_ > 1 || record.parent > 0) return;  // of the first file and its children
  for (const Property& property : record.properties) {
    const std::string_view name = property.name;
    if (record.index == 0 && name.starts_with("ewf:")) add_fact(media_, std::string(name.substr(4)), property.value);
    if (record.index > 0 && (name == "stored:md5" || name == "stored:sha1")) add_fact(stored_, std::string(name.substr(7)), property.value);
  }
}

std::string ExhibitSum::finish(const std::string& kind) {
  is_single_ = kind == "file" && files_ <= 1;  // a split image has several
  tree_digest_ = hex(tree_.finish());
  if (kind != "file") media_ = stored_ = {};   // of an image in a folder: they stand in its items
  if (!is_single_) return tree_digest_;
  return digests_.sha256 ? hex(*digests_.sha256) : "";
}

std::string ExhibitSum::kind(const std::string& listed) const {
  if (listed != "file") return listed;
  const auto known = std::find_if(std::begin(known_kinds), std::end(known_kinds), [&](const KnownKind& one) { return one.media_type == media_type_; });
  return known == std::end(known_kinds) ? listed : std::string(known->kind);
}

std::string ExhibitSum::digests() const {
  std::vector<std::pair<std::string, std::string>> facts;
  if (!is_single_) return object_of({{"tree_sha256", tree_digest_}});
  if (digests_.md5) facts.emplace_back("md5", hex(*digests_.md5));
  if (digests_.sha1) facts.emplace_back("sha1", hex(*digests_.sha1));
  if (digests_.sha256) facts.emplace_back("sha256", hex(*digests_.sha256));
  if (digests_.sha512) facts.emplace_back("sha512", hex(*digests_.sha512));
  return facts.empty() ? "{}" : object_of(facts);
}

std::string ExhibitSum::stored_digests() const { return object_of(stored_); }
std::string ExhibitSum::media() const { return object_of(media_); }

}  // namespace evtriage
