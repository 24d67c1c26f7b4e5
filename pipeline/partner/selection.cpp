// Masks are looked for in the item's own texts: what a mention recorded there, and the contact's canonical form.
// Tested by tests/pipeline/partner/selection_test.cpp and tests/whole/disclosure_test.py.
#include "pipeline/partner/selection.h"

#include <algorithm>
#include <charconv>

#include "pipeline/core/json.h"
#include "pipeline/core/text.h"
#include "pipeline/partner/commitments.h"

namespace evtriage {
namespace {

char folded(char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c); }

std::string folded(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = folded(c);
  return out;
}

// At each place the longest words win.
std::string replaced(const std::string& text, const Needles& first, const Needles& second, std::string& reason) {
  const std::string same_case = folded(text);
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const Needle *a = first.at(same_case, at), *b = second.at(same_case, at);
    const Needle* best = a == nullptr || (b != nullptr && b->words.size() > a->words.size()) ? b : a;
    if (best == nullptr) {
      out += text[at++];
      continue;
    }
    if (reason.empty()) reason = best->reason;
    out += best->shown;
    at += best->words.size();
  }
  return out;
}

std::size_t string_end(std::string_view json, std::size_t at) {
  for (++at; at < json.size() && json[at] != '"'; ++at) at += json[at] == '\\' ? 1 : 0;
  return std::min(json.size(), at + 1);
}

}  // namespace

std::uint64_t number_of(std::string_view json) {
  std::uint64_t value = 0;
  std::from_chars(json.data(), json.data() + json.size(), value);
  return value;
}

std::string text_of_json(std::string_view json) {
  if (json.size() < 2 || json.front() != '"') return std::string(json);
  std::string out;
  for (std::size_t i = 1; i + 1 < json.size(); ++i) {
    if (json[i] != '\\') {
      out += json[i];
      continue;
    }
    constexpr std::string_view names = "bfnrt", meanings = "\b\f\n\r\t";
    const char c = json[++i];
    const std::size_t known = names.find(c);
    unsigned code = 0;
    if (c == 'u' && i + 4 < json.size()) {
      std::from_chars(json.data() + i + 1, json.data() + i + 5, code, 16);
      append_utf8(out, code);
      i += 4;
    } else {
      out += known != names.npos ? meanings[known] : c;
    }
  }
  return out;
}

void Needles::add(const Needle& needle) {
  if (!needle.words.empty()) by_length_[needle.words.size()].try_emplace(folded(needle.words), needle);
}

const Needle* Needles::at(std::string_view folded_text, std::size_t at) const {
  for (const auto& [length, words] : by_length_) {
    if (length > folded_text.size() - at) continue;
    const auto found = words.find(std::string(folded_text.substr(at, length)));
    if (found != words.end()) return &found->second;
  }
  return nullptr;
}

std::optional<MaskedText> mask_strings(std::string_view json, const Needles& first, const Needles& second) {
  MaskedText masked;
  for (std::size_t at = 0; at < json.size();) {
    if (json[at] != '"') {
      masked.json += json[at++];
      continue;
    }
    const std::size_t end = string_end(json, at);
    append_json_string(masked.json, replaced(text_of_json(json.substr(at, end - at)), first, second, masked.reason));
    at = end;
  }
  if (masked.reason.empty()) return std::nullopt;
  return masked;
}

Result<void> Selection::prepare() {
  if (auto found = find_items(); !found) return found;
  if (auto found = find_words(); !found) return found;
  return find_contacts();
}

// What the investigators searched for may name a person: a rule made from a keyword carries the word itself.
Result<void> Selection::find_words() {
  for (const auto& [word, reason] : profile_.words) words_.add({word, "[" + reason + "]", reason});
  if (profile_.keywords_shown) return {};
  return reader_.each_line("rules", [&](std::string_view line) {
    constexpr std::string_view prefix = "keyword:";
    const std::string id = text_of_json(row_value(row_fields(line), "id"));
    if (id.starts_with(prefix)) words_.add({id.substr(prefix.size()), "[OPERATIONAL]", "OPERATIONAL"});
    return true;
  });
}

bool Selection::shows_item(std::uint64_t item) const {
  if (!allowed(item)) return false;
  if (profile_.all_items) return true;
  return profile_.items.empty() ? relevant_.contains(item) : profile_.items.contains(item);
}

Result<void> Selection::find_items() {
  if (!profile_.all_exhibits) {
    const auto read = reader_.each_line("items", [&](std::string_view line) {
      const auto row = row_fields(line);
      if (profile_.exhibits.contains(text_of_json(row_value(row, "exhibit")))) in_exhibits_.insert(number_of(row_value(row, "id")));
      return true;
    });
    if (!read) return read;
  }
  return reader_.each_line("findings", [&](std::string_view line) {
    const auto row = row_fields(line);
    const std::uint64_t item = number_of(row_value(row, "item"));
    const bool band = profile_.bands.empty() || profile_.bands.contains(text_of_json(row_value(row, "band")));
    if (band && item != 0 && allowed(item)) relevant_.insert(item);
    return true;
  });
}

const MaskRule* Selection::rule_for(const std::string& type, const std::string& value) const {
  if (profile_.unmasked.contains(value)) return nullptr;
  for (const MaskRule& rule : profile_.masks) {
    if (rule.all || rule.types.contains(type) || rule.values.contains(value)) return &rule;
  }
  return nullptr;
}

Result<void> Selection::find_contacts() {
  std::vector<std::pair<std::uint64_t, Needle>> found;  // contact, and what stands in an item
  std::vector<std::uint64_t> where;
  const auto mentions = reader_.each_line("mentions", [&](std::string_view line) {
    const auto row = row_fields(line);
    const std::uint64_t item = number_of(row_value(row, "item")), contact = number_of(row_value(row, "contact"));
    if (!shows_item(item)) return true;
    contacts_.insert(contact);
    found.push_back({contact, {text_of_json(row_value(row, "raw")), {}, {}}});
    where.push_back(item);
    return true;
  });
  if (!mentions) return mentions;
  const auto contacts = reader_.each_line("contacts", [&](std::string_view line) {
    const auto row = row_fields(line);
    const std::uint64_t id = number_of(row_value(row, "id"));
    if (!contacts_.contains(id)) return true;
    const std::string type = text_of_json(row_value(row, "type")), value = text_of_json(row_value(row, "value"));
    if (const MaskRule* rule = rule_for(type, value)) persons_[id] = {pseudonym_of(secret_, type, value), rule->reason, value};
    return true;
  });
  if (!contacts) return contacts;
  for (std::size_t i = 0; i < found.size(); ++i) {
    const auto person = persons_.find(found[i].first);
    if (person == persons_.end()) continue;
    for (const std::string& words : {found[i].second.words, person->second.value}) {
      needles_[where[i]].add({words, "[" + person->second.pseudonym + "]", person->second.reason});
    }
  }
  return {};
}

bool Selection::shows(std::string_view table, const std::vector<RowField>& row) const {
  if (!profile_.tables.contains(std::string(table))) return false;
  if (!profile_.keywords_shown && (table == "rules" || table == "packs")) {  // the words, and the digest of their list
    const std::string pack = text_of_json(row_value(row, table == "rules" ? "pack" : "id"));
    if (pack == "keywords") return false;
  }
  if (table == "exhibits") return profile_.all_exhibits || profile_.exhibits.contains(text_of_json(row_value(row, "label")));
  if (table == "items") return shows_item(number_of(row_value(row, "id")));
  if (table == "contacts") return contacts_.contains(number_of(row_value(row, "id")));
  if (table == "links") return contacts_.contains(number_of(row_value(row, "a"))) && contacts_.contains(number_of(row_value(row, "b")));
  if (table == "findings") {
    const bool band = profile_.bands.empty() || profile_.bands.contains(text_of_json(row_value(row, "band")));
    const std::string_view item = row_value(row, "item");
    return band && (item.empty() ? profile_.all_exhibits : shows_item(number_of(item)));
  }
  const std::string_view item = row_value(row, "item");
  return item.empty() || shows_item(number_of(item));
}

std::optional<MaskedText> Selection::masked(std::string_view table, const std::vector<RowField>& row, const RowField& field) const {
  if (table == "contacts" && (field.name == "value" || field.name == "label")) {
    const auto person = persons_.find(number_of(row_value(row, "id")));
    if (person != persons_.end()) {
      MaskedText masked{{}, person->second.reason};
      append_json_string(masked.json, person->second.pseudonym);
      return masked;
    }
  }
  if (field.value.find('"') == field.value.npos) return std::nullopt;
  if (table == "packs" || table == "rules" || table == "profile") return std::nullopt;  // the program's own words
  const Needles none;
  const auto own = needles_.find(number_of(row_value(row, table == "items" ? "id" : "item")));
  const Needles& there = own != needles_.end() ? own->second : none;
  return there.empty() && words_.empty() ? std::nullopt : mask_strings(field.value, there, words_);
}

}  // namespace evtriage
