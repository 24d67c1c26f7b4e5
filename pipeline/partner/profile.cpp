// Reading a profile.  yaml-cpp throws; its exceptions end here, in parse_profile.
// Tested by tests/pipeline/partner/profile_test.cpp.
#include "pipeline/partner/profile.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <optional>

#include "pipeline/custody/custody.h"
#include "pipeline/partner/staging.h"
#include "pipeline/store/store.h"

namespace evtriage {
namespace {

constexpr std::size_t file_limit = 1u << 20, list_limit = 64u << 20;

constexpr std::string_view partner_text = R"(# The default for a partner: as little as serves.  Indicators and where they stand, no words of the evidence, no names of
# files, contacts as pseudonyms, no digests that could be guessed from a small file.  Every withheld value of a shown row
# is committed to and can be opened later (evtriage open).
profile: partner
exhibits: all
bands: [high, medium]
items: findings
tables:
  exhibits: [label, number, kind, size, items]
  items: [id, exhibit, kind, size, media_type, outcome, encrypted, deleted, type_mismatch]
  findings: [subject, item, n, segment, begin, end, offence, band, score, elements, categories, rules, why]
  hits: [item, n, segment, begin, end, rule, rule_version, pack, offence, category, elements, weight, language]
  contacts: [id, type, value, country, confidence, mentions, items]
  links: all
  packs: all
  rules: all
custody: [sealed, committed]
mask:
  - reason: THIRD-PARTY
    contacts: all
)";

constexpr std::string_view actions_note = "a list of actions of the custody log, such as [sealed, committed], or all";

class Reader {
 public:
  Reader(const std::string& file, DisclosureProfile& out) : file_(file), out_(out) {}

  std::optional<Error> read(const YAML::Node& root) {
    if (!root.IsMap()) return wrong(root, "a profile is a map that begins with: profile: NAME");
    std::set<std::string> seen;
    for (const auto& member : root) {
      const std::string key = member.first.as<std::string>();
      if (!seen.insert(key).second) return wrong(member.first, "'" + key + "' stands twice");
      if (auto error = one(key, member.first, member.second)) return error;
    }
    if (out_.name.empty()) return wrong(root, "the profile has no name; add: profile: NAME");
    return std::nullopt;
  }

 private:
  Error wrong(const YAML::Node& node, const std::string& what) const {
    return {Code::unsupported, file_ + ":" + std::to_string(std::max(node.Mark().line, 0) + 1) + ": " + what};
  }

  std::optional<Error> one(const std::string& key, const YAML::Node& name, const YAML::Node& node) {
    if (key == "profile") return text(node, out_.name, "a name");
    if (key == "exhibits") return all_or_list(node, out_.all_exhibits, out_.exhibits, "all, or a list of labels such as [EX1, PHONE]");
    if (key == "bands") return bands(node);
    if (key == "items") return items(node);
    if (key == "tables") return tables(node);
    if (key == "custody") return custody(node);
    if (key == "mask") return masks(node);
    if (key == "words") return words(node);
    if (key == "keywords") return keywords(node);
    if (key == "unmasked") return list(node, out_.unmasked, "a list of contacts that stay as they are");
    return wrong(name, "'" + key + "' is no part of a profile; known: profile, exhibits, bands, items, tables, custody, mask, words, keywords, unmasked");
  }

  std::optional<Error> text(const YAML::Node& node, std::string& out, const std::string& expected) const {
    if (!node.IsScalar() || node.Scalar().empty()) return wrong(node, "expected " + expected);
    out = node.Scalar();
    return std::nullopt;
  }

  std::optional<Error> list(const YAML::Node& node, std::set<std::string>& out, const std::string& expected) const {
    if (!node.IsSequence()) return wrong(node, "expected " + expected);
    for (const auto& one : node) {
      if (!one.IsScalar() || one.Scalar().empty()) return wrong(one, "expected " + expected);
      out.insert(one.Scalar());
    }
    return std::nullopt;
  }

  std::optional<Error> all_or_list(const YAML::Node& node, bool& all, std::set<std::string>& out, const std::string& expected) const {
    all = node.IsScalar() && node.Scalar() == "all";
    return all ? std::nullopt : list(node, out, expected);
  }

  std::optional<Error> bands(const YAML::Node& node) {
    if (auto error = list(node, out_.bands, "a list out of [high, medium, low]")) return error;
    for (const std::string& band : out_.bands) {
      if (band != "high" && band != "medium" && band != "low") return wrong(node, "'" + band + "' is no band; known: high, medium, low");
    }
    return std::nullopt;
  }

  std::optional<Error> items(const YAML::Node& node) {
    const std::string expected = "findings (those that a shown finding stands in), all, or a list of item numbers";
    if (node.IsScalar() && node.Scalar() == "findings") return std::nullopt;
    std::set<std::string> numbers;
    if (auto error = all_or_list(node, out_.all_items, numbers, expected)) return error;
    for (const std::string& number : numbers) {
      std::uint64_t item = 0;
      const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), item);
      if (error != std::errc() || end != number.data() + number.size() || item == 0) return wrong(node, "expected " + expected);
      out_.items.insert(item);
    }
    if (!out_.all_items && out_.items.empty()) return wrong(node, "expected " + expected);
    return std::nullopt;
  }

  std::optional<Error> tables(const YAML::Node& node) {
    if (!node.IsMap()) return wrong(node, "expected a table and its fields on each line, such as: items: [id, sha256]");
    for (const auto& member : node) {
      const std::string table = member.first.as<std::string>();
      const auto known = table_names();
      if (std::find(known.begin(), known.end(), table) == known.end() || table == "texts") {
        return wrong(member.first, table == "texts" ? "whole texts are never disclosed in a table; name fields of findings or hits" : "there is no table '" + table + "'; see evtriage export");
      }
      bool all = false;
      std::set<std::string> fields;
      if (auto error = all_or_list(member.second, all, fields, "all, or a list of fields of " + table)) return error;
      if (!all && fields.empty()) return wrong(member.second, "a table without fields; leave it out");
      if (!out_.tables.emplace(table, fields).second) return wrong(member.first, "table '" + table + "' stands twice");
    }
    return std::nullopt;
  }

  std::optional<Error> custody(const YAML::Node& node) {
    bool all = false;
    if (auto error = all_or_list(node, all, out_.custody, std::string(actions_note))) return error;
    if (all) out_.custody.insert("all");
    return std::nullopt;
  }

  std::optional<Error> reason(const YAML::Node& node, std::string& out) const {
    if (auto error = text(node, out, "a reason code such as TIP-6.1, MINOR or THIRD-PARTY")) return error;
    const bool fine = out.size() <= 40 && std::all_of(out.begin(), out.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
    });
    return fine ? std::nullopt : std::optional(wrong(node, "a reason code is letters, digits and . _ - only, at most 40"));
  }

  // `list: FILE` holds one entry a line; lines that begin with # are comments.
  std::optional<Error> list_file(const YAML::Node& node, std::set<std::string>& out) const {
    std::string name;
    if (auto error = text(node, name, "the name of a file with one entry a line")) return error;
    const std::filesystem::path base = std::filesystem::path(file_).parent_path();
    const auto bytes = small_file((base / name).string(), list_limit);
    if (!bytes) return wrong(node, "the list cannot be read: " + bytes.error().detail);
    for (std::size_t at = 0; at < bytes->size();) {
      const std::size_t end = std::min(bytes->find('\n', at), bytes->size());
      std::string line = bytes->substr(at, end - at);
      while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
      if (!line.empty() && line[0] != '#') out.insert(line);
      at = end + 1;
    }
    return std::nullopt;
  }

  std::optional<Error> masks(const YAML::Node& node) {
    if (!node.IsSequence()) return wrong(node, "expected a list of rules, each with a reason and contacts, types, values or list");
    for (const auto& rule : node) {
      if (!rule.IsMap()) return wrong(rule, "a rule is a map with a reason and contacts, types, values or list");
      MaskRule mask;
      for (const auto& member : rule) {
        const std::string key = member.first.as<std::string>();
        std::optional<Error> error;
        if (key == "reason") error = reason(member.second, mask.reason);
        else if (key == "contacts") error = member.second.IsScalar() && member.second.Scalar() == "all" ? (mask.all = true, std::nullopt) : std::optional(wrong(member.second, "contacts takes all; single ones stand under values"));
        else if (key == "types") error = list(member.second, mask.types, "a list of types such as [phone, email]");
        else if (key == "values") error = list(member.second, mask.values, "a list of contacts as the table shows them");
        else if (key == "list") error = list_file(member.second, mask.values);
        else error = wrong(member.first, "'" + key + "' is no part of a mask; known: reason, contacts, types, values, list");
        if (error) return error;
      }
      if (mask.reason.empty()) return wrong(rule, "a mask needs a reason");
      if (!mask.all && mask.types.empty() && mask.values.empty()) return wrong(rule, "a mask that fits nobody; add contacts: all, types, values or list");
      out_.masks.push_back(std::move(mask));
    }
    return std::nullopt;
  }

  std::optional<Error> keywords(const YAML::Node& node) {
    out_.keywords_shown = node.IsScalar() && node.Scalar() == "shown";
    if (out_.keywords_shown || (node.IsScalar() && node.Scalar() == "withheld")) return std::nullopt;
    return wrong(node, "expected shown or withheld");
  }

  std::optional<Error> words(const YAML::Node& node) {
    if (!node.IsSequence()) return wrong(node, "expected a list of rules, each with a reason and values or list");
    for (const auto& rule : node) {
      if (!rule.IsMap()) return wrong(rule, "a rule is a map with a reason and values or list");
      std::string why;
      std::set<std::string> values;
      for (const auto& member : rule) {
        const std::string key = member.first.as<std::string>();
        std::optional<Error> error;
        if (key == "reason") error = reason(member.second, why);
        else if (key == "values") error = list(member.second, values, "a list of names or words");
        else if (key == "list") error = list_file(member.second, values);
        else error = wrong(member.first, "'" + key + "' is no part of it; known: reason, values, list");
        if (error) return error;
      }
      if (why.empty() || values.empty()) return wrong(rule, "words need a reason and values or list");
      for (const std::string& value : values) out_.words.emplace_back(value, why);
    }
    return std::nullopt;
  }

  std::string file_;
  DisclosureProfile& out_;
};

}  // namespace

std::string_view partner_profile() { return partner_text; }

Result<DisclosureProfile> parse_profile(const std::string& text, const std::string& file) {
  DisclosureProfile profile;
  profile.sha256 = hex(sha256(text));
  try {
    if (auto error = Reader(file, profile).read(YAML::Load(text))) return *error;
  } catch (const YAML::Exception& error) {
    return Error{Code::unsupported, file + ":" + std::to_string(std::max(error.mark.line, 0) + 1) + ": " + error.msg};
  }
  return profile;
}

Result<DisclosureProfile> load_profile(const std::string& name_or_file) {
  if (name_or_file.empty() || name_or_file == "partner") return parse_profile(std::string(partner_text), "partner");
  if (name_or_file == "full") {
    DisclosureProfile profile;
    profile.name = "full";
    profile.full = true;
    return profile;
  }
  const auto text = small_file(name_or_file, file_limit);
  if (!text) return Error{Code::unsupported, "--disclosure takes partner, full or a file: " + text.error().detail};
  return parse_profile(*text, name_or_file);
}

}  // namespace evtriage
