// The one place where the folders' parts meet: extractors, contact finders, rules and known sets become one
// registry, and everything that may change a result goes into the profile with its version.
// Tested by tests/whole/cli_test.py and tests/whole/determinism_test.py.
#include "pipeline/app/plan.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "extractors/plain/plain.h"
#include "pipeline/app/workers.h"
#include "pipeline/custody/custody.h"

namespace evtriage {
namespace {

namespace fs = std::filesystem;

std::string hex_digest(std::string_view bytes) { return hex(sha256(bytes)); }

Result<std::vector<PackSource>> read_packs(const std::vector<std::string>& paths) {
  std::vector<PackSource> packs;
  for (const std::string& path : paths) {
    std::vector<fs::path> files;
    std::error_code error;
    if (fs::is_directory(path, error)) {
      for (const auto& entry : fs::recursive_directory_iterator(path, error)) {
        if (entry.path().extension() == ".yaml") files.push_back(entry.path());
      }
      std::sort(files.begin(), files.end());
      if (files.empty()) return Error{Code::io_read, "--rules: no .yaml file in '" + path + "'"};
    } else {
      files.emplace_back(path);
    }
    for (const fs::path& file : files) {
      Result<std::string> bytes = read_file(file.string());
      if (!bytes) return Error{Code::io_read, "rule pack or keyword list: " + bytes.error().detail};
      packs.push_back({file.filename().string(), *std::move(bytes)});
    }
  }
  return packs;
}

std::string problem_text(const RuleProblem& problem) {
  std::string text = problem.file;
  if (problem.line != 0) text += ":" + std::to_string(problem.line);
  text += ": " + problem.what;
  return problem.mend.empty() ? text : text + " (" + problem.mend + ")";
}

void add_versions(Plan& plan, const Typed& typed) {
  auto& versions = plan.profile.versions;
  const auto add = [&](std::string name, std::string value) { versions.emplace_back(std::move(name), std::move(value)); };
  add("program", EVTRIAGE_VERSION);
  add("engine.rules", typed.engine);
  add("libmagic", plan.identifier->library_version());
  add("libmagic.database", plan.identifier->database_sha256());
  for (const auto* e : plan.extractors) add("extractor." + std::string(e->name()), std::to_string(e->version()));
  for (const auto* e : plan.page_extractors) add("extractor." + std::string(e->name()), std::to_string(e->version()));
  for (const auto* s : plan.scanners) add("scanner." + std::string(s->name()), std::to_string(s->version()));
  for (const PackInfo& pack : plan.rules->packs()) add("pack." + pack.id, hex_digest(pack.sha256_source));
  if (!plan.known) return;
  unsigned number = 0;
  for (const KnownSetInfo& set : plan.known->sets()) add("known." + std::to_string(++number) + "." + set.kind, set.sha256);
}

Result<void> fill_profile(Profile& profile, const Typed& typed) {
  const Result<HashSelection> hashes = parse_hashes(typed.hash);
  if (!hashes) return hashes.error();
  profile.hashes = *hashes;
  profile.regions = typed.region;
  profile.keep_text = typed.keep_text == "all" ? KeepText::all : typed.keep_text == "none" ? KeepText::none : KeepText::relevant;
  if (typed.limits_file.empty()) return {};
  const Result<std::string> text = read_file(typed.limits_file);
  if (!text) return Error{Code::io_read, "--limits: " + text.error().detail};
  const Result<Limits> limits = parse_limits(*text);
  if (!limits) return limits.error();
  profile.limits = *limits;
  return {};
}

}  // namespace

Result<std::string> read_file(const std::string& path) {
  std::error_code unknown;
  if (fs::is_directory(path, unknown)) return Error{Code::io_read, "'" + path + "' is a folder, not a file"};
  std::ifstream stream(path, std::ios::binary);
  if (!stream) return Error{Code::io_read, "cannot read '" + path + "'"};
  constexpr std::size_t most_bytes = 256u << 20, piece_bytes = 64u << 10;  // a device may have no end
  std::string bytes;
  for (std::string piece(piece_bytes, '\0'); stream.good() && bytes.size() <= most_bytes;) {
    stream.read(piece.data(), piece_bytes);
    bytes.append(piece, 0, static_cast<std::size_t>(stream.gcount()));
  }
  if (stream.bad()) return Error{Code::io_read, "cannot read '" + path + "' to its end"};
  if (bytes.size() > most_bytes) return Error{Code::io_read, "'" + path + "' is larger than 256 MiB"};
  return bytes;
}

Result<std::unique_ptr<RuleSet>> load_rule_set(const Typed& typed, const std::vector<std::string>& more, bool with_examples) {
  std::vector<PackSource> packs;
  if (!typed.no_default_rules) packs = shipped_packs();
  std::vector<std::string> paths = typed.rules;
  paths.insert(paths.end(), more.begin(), more.end());
  Result<std::vector<PackSource>> foreign = read_packs(paths);
  if (!foreign) return foreign.error();
  std::move(foreign->begin(), foreign->end(), std::back_inserter(packs));
  Result<std::vector<PackSource>> keywords = read_packs(typed.keywords);
  if (!keywords) return keywords.error();
  LoadedRules loaded = load_rules(packs, *keywords, typed.engine == "re2" ? RuleEngine::re2 : RuleEngine::fast, with_examples);
  if (loaded.rules) return std::move(loaded.rules);
  std::string all;
  for (const RuleProblem& problem : loaded.problems) {
    if (!problem.warning) all += (all.empty() ? "" : "\n") + problem_text(problem);
  }
  return Error{Code::unsupported, all};
}

std::string Plan::profile_digest() const { return hex_digest(profile.canonical_text()); }

Result<std::unique_ptr<Plan>> make_plan(const Typed& typed) {
  auto plan = std::make_unique<Plan>();
  if (const auto filled = fill_profile(plan->profile, typed); !filled) return filled.error();
  Result<std::unique_ptr<RuleSet>> rules = load_rule_set(typed, {}, false);
  if (!rules) return rules.error();
  plan->rules = *std::move(rules);
  Result<std::unique_ptr<KnownSets>> known = load_known_sets(typed.known_good, typed.alert_hashes);
  if (!known) return known.error();
  plan->known = *std::move(known);
  Result<std::unique_ptr<Identifier>> identifier = Identifier::load();
  if (!identifier) return identifier.error();
  plan->identifier = *std::move(identifier);
  plan->builtin = builtin_extractors();
  plan->contacts = make_contact_scanner({typed.region});
  std::string words;
  if (!typed.password_file.empty()) {
    Result<std::string> text = read_file(typed.password_file);
    if (!text) return Error{Code::io_read, "--password-file: " + text.error().detail};
    words = *std::move(text);
    plan->profile.versions.emplace_back("passwords", hex_digest(words).substr(0, 8));  // too short to try passwords against
  }
  Result<std::unique_ptr<Cage>> cage = start_cage(typed, plan->profile.limits, password_lines(words));
  if (!cage) return cage.error();
  plan->cage = *std::move(cage);
  plan->caged = caged_extractors(*plan->cage);
  plan->plain = make_plain_extractors();
  for (const auto& e : plan->caged) plan->extractors.push_back(e.get());
  for (const auto& e : plan->builtin.extractors) plan->extractors.push_back(e.get());
  for (const auto& e : plan->plain) plan->extractors.push_back(e.get());
  for (const auto& e : plan->builtin.page_extractors) plan->page_extractors.push_back(e.get());
  plan->scanners = {plan->contacts.get(), plan->rules.get()};
  add_versions(*plan, typed);
  return plan;
}

}  // namespace evtriage
