// A table is read when it is first asked for, and once; a chain of look-ups ends after a few steps, whatever it says.
// Tested by tests/extractors/phone/applications_test.cpp.
#include "extractors/phone/lookups.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "pipeline/core/text.h"

namespace evtriage::phone {
namespace {

constexpr int most_steps = 4;
constexpr std::size_t longest_value = 1024;

}  // namespace

std::string word_of(const Row& row, const Cell& cell, Encoding encoding) {
  if (cell.kind == Cell::Kind::text) return text_of(row, cell, encoding);
  if (cell.kind == Cell::Kind::blob) return is_valid_utf8(cell.bytes) && cell.bytes.find('\0') == std::string_view::npos ? std::string(cell.bytes) : std::string();
  if (!cell.is_number()) return {};
  char text[32];
  const auto end = cell.kind == Cell::Kind::integer ? std::to_chars(text, text + sizeof text, cell.integer) : std::to_chars(text, text + sizeof text, cell.real);
  return {text, end.ptr};
}

std::size_t Lookups::index_of(std::string_view name) {
  const auto specs = lookup_specs();
  const auto found = std::find_if(specs.begin(), specs.end(), [&](const LookupSpec& spec) { return spec.name == name; });
  return found == specs.end() ? none : static_cast<std::size_t>(found - specs.begin());
}

const Lookups::Loaded& Lookups::load(std::size_t index) {
  Loaded& loaded = maps_[index];
  if (std::exchange(loaded.is_loaded, true)) return loaded;
  const LookupSpec& spec = lookup_specs()[index];
  loaded.through = spec.through.empty() ? none : index_of(spec.through);
  Map& map = loaded.map;
  const Table* const table = database_.table(spec.table);
  if (table == nullptr) return loaded;
  const auto key = table->find(spec.key);
  const bool by_row = spec.key == "rowid" || equal_names(spec.key, "ROWID") || (key && table->rowid == key);
  if (!by_row && !key) return loaded;
  database_.rows_of(*table, [&](const Row& row) {
    if (rows_ >= most_rows) return false;
    std::string value;
    for (const std::string_view name : spec.values) {
      const auto column = name.empty() ? std::nullopt : table->find(name);
      if (!column) continue;
      const std::string word = table->rowid == column ? std::to_string(row.id) : word_of(row, row.cell(*column), database_.encoding());
      if (!word.empty()) value += (value.empty() ? "" : " ") + word;
    }
    if (value.empty() || value == "insert-address-token" || value.starts_with("<smil")) return true;  // what Android writes for itself
    if (value.size() > longest_value && spec.name != "mms-text") value.resize(floor_char(value, longest_value));
    if (map.try_emplace(by_row ? std::to_string(row.id) : word_of(row, row.cell(*key), database_.encoding()), std::move(value)).second) ++rows_;
    return true;
  });
  if (rows_ >= most_rows) emit_.issue({Code::limit, "sqlite", "lookup_rows=" + std::to_string(most_rows) + ": some names could not be looked up", {}, true});
  return loaded;
}

std::string Lookups::find(std::size_t index, const std::string& key) {
  const std::string* value = &key;
  for (int step = 0; step < most_steps && index < maps_.size(); ++step) {
    const Loaded& loaded = load(index);
    const auto found = loaded.map.find(*value);
    if (found == loaded.map.end()) return {};
    value = &found->second;
    index = loaded.through;
  }
  return *value;
}

}  // namespace evtriage::phone
