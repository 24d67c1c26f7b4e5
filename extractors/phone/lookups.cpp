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

// The number whose digits are exactly this word.
std::optional<std::int64_t> plain_number(std::string_view word) {
  std::int64_t value = 0;
  if (word.empty() || word.size() > 20 || (word[0] == '0' && word.size() > 1) || word.starts_with("-0")) return std::nullopt;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  return error == std::errc() && end == word.data() + word.size() ? std::optional(value) : std::nullopt;
}

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

std::uint32_t Lookups::Loaded::at(std::int64_t key) const {
  if (!dense.empty()) return key >= 0 && static_cast<std::uint64_t>(key) < dense.size() ? dense[static_cast<std::size_t>(key)] : absent;
  if (numbers.empty()) return absent;
  const auto found = numbers.find(key);
  return found == numbers.end() ? absent : found->second;
}

std::uint32_t Lookups::Loaded::at(const std::string& key) const {
  if (const auto number = plain_number(key)) return at(*number);
  if (words.empty()) return absent;
  const auto found = words.find(key);
  return found == words.end() ? absent : found->second;
}

bool Lookups::Loaded::add(const std::string& key, std::string value) {
  const auto index = static_cast<std::uint32_t>(values.size());
  const auto number = plain_number(key);
  if (!(number ? numbers.try_emplace(*number, index).second : words.try_emplace(key, index).second)) return false;
  const auto as_number = plain_number(value);
  values.push_back({std::move(value), as_number});
  return true;
}

void Lookups::Loaded::pack() {
  constexpr std::size_t spread = 4, least = 1024;
  const std::size_t most = numbers.size() * spread + least;
  for (const auto& [key, value] : numbers) {
    if (key < 0 || static_cast<std::uint64_t>(key) >= most) return;
  }
  if (numbers.empty()) return;
  dense.assign(most, absent);
  for (const auto& [key, value] : numbers) dense[static_cast<std::size_t>(key)] = value;
  numbers = {};
}

const Lookups::Loaded& Lookups::load(std::size_t index) {
  Loaded& loaded = maps_[index];
  if (std::exchange(loaded.is_loaded, true)) return loaded;
  const LookupSpec& spec = lookup_specs()[index];
  loaded.through = spec.through.empty() ? none : index_of(spec.through);
  fill(loaded, spec);
  loaded.pack();
  return loaded;
}

void Lookups::fill(Loaded& loaded, const LookupSpec& spec) {
  const Table* const table = database_.table(spec.table);
  if (table == nullptr) return;
  const auto key = table->find(spec.key);
  const bool by_row = spec.key == "rowid" || equal_names(spec.key, "ROWID") || (key && table->rowid == key);
  if (!by_row && !key) return;
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
    if (loaded.add(by_row ? std::to_string(row.id) : word_of(row, row.cell(*key), database_.encoding()), std::move(value))) ++rows_;
    return true;
  });
  if (rows_ >= most_rows) emit_.issue({Code::limit, "sqlite", "lookup_rows=" + std::to_string(most_rows) + ": some names could not be looked up", {}, true});
}

// A chain of look-ups from the value at `at` of a table that is loaded.
const std::string& Lookups::follow(std::size_t index, std::uint32_t at) {
  static const std::string nothing;
  for (int step = 0; at != absent; ++step) {
    const Loaded& loaded = maps_[index];
    const Value& value = loaded.values[at];
    if (loaded.through >= maps_.size() || step + 1 == most_steps) return value.text;
    index = loaded.through;
    const Loaded& next = load(index);
    at = value.number ? next.at(*value.number) : next.at(value.text);
  }
  return nothing;
}

const std::string& Lookups::find(std::size_t index, const std::string& key) { return follow(index, load(index).at(key)); }

const std::string& Lookups::find(std::size_t index, std::int64_t key) { return follow(index, load(index).at(key)); }

}  // namespace evtriage::phone
