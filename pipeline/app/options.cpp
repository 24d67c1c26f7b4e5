// The table of options, one for all commands: an option means the same wherever it is accepted.
// Boost reports errors by exception; they become one line here, in parse_command_line.
// Tested by tests/whole/cli_test.py and tests/pipeline/app/options_test.cpp.
#include "pipeline/app/options.h"

#include <boost/program_options.hpp>
#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <sstream>

#include "extractors/builtin.h"
#include "reports/reports.h"

namespace evtriage {
namespace {

namespace po = boost::program_options;
using Words = std::vector<std::string>;

constexpr std::array<std::string_view, 13> kCommands = {"run",      "report", "export", "verify", "package", "open", "rules",
                                                        "contacts", "search", "show",   "doctor", "version", "help"};

std::vector<std::string> split(const std::string& list) {
  std::vector<std::string> out;
  std::string word;
  for (const char c : list + ',') {
    if (c != ',') {
      word += c;
    } else if (!word.empty()) {
      out.push_back(std::move(word));
      word.clear();
    }
  }
  return out;
}

struct Raw {  // values whose form is checked after parsing
  std::string format = "html,csv", lang, progress = "auto", config;
};

po::options_description run_options(Typed& typed, Raw& raw) {
  po::options_description options("Options of run");
  options.add_options()
      ("case", po::value(&typed.case_dir), "the case folder: created, or resumed if its run was interrupted")
      ("threads", po::value(&typed.threads), "worker threads (default: all cores); never changes a result")
      ("hash", po::value(&typed.hash), "md5,sha1,sha256,sha512 (sha256 is always computed)")
      ("rules", po::value<Words>(&typed.rules)->multitoken(), "rule packs (.yaml files or folders) beside the shipped ones")
      ("no-default-rules", po::bool_switch(&typed.no_default_rules), "leave the shipped packs out")
      ("keywords", po::value<Words>(&typed.keywords)->multitoken(), "lists of words or phrases, one a line, UTF-8")
      ("known-good", po::value<Words>(&typed.known_good)->multitoken(), "hash lists of files that need no examination")
      ("alert-hashes", po::value<Words>(&typed.alert_hashes)->multitoken(), "hash lists of files to be told about")
      ("region", po::value<Words>(&typed.region)->multitoken(), "countries (BJ SN ...) for numbers written nationally")
      ("case-number", po::value(&typed.case_number), "for the report")
      ("examiner", po::value(&typed.examiner), "for the report")
      ("agency", po::value(&typed.agency), "for the report")
      ("authority", po::value(&typed.authority), "legal basis, for the report")
      ("notes", po::value(&typed.notes), "for the report")
      ("password-file", po::value(&typed.password_file), "passwords to try, one a line")
      ("keep-text", po::value(&typed.keep_text), "all, relevant or none: which extracted text the case keeps")
      ("limits", po::value(&typed.limits_file), "file of name=value lines, see `evtriage doctor`")
      ("fixed-clock", po::value(&typed.fixed_clock), "RFC 3339 time for the custody log (reproducible tests)")
      ("progress", po::value(&raw.progress), "auto, plain, json or none")
      ("quiet", po::bool_switch(&typed.quiet), "no progress and no summary")
      ("no-reports", po::bool_switch(&typed.no_reports), "seal only; reports can be written later")
      ("no-sandbox", po::bool_switch(&typed.no_sandbox), "parsers in worker processes without locks (told in the report)")
      ("serial", po::bool_switch(&typed.serial), "the plain single-threaded flow that the parallel one is tested against")
      ("config", po::value(&raw.config), "file with any of these options as name=value lines, and the facts of the case: case.NAME, exhibit.LABEL.NAME");
  return options;
}

po::options_description other_options(Typed& typed, Raw& raw) {
  po::options_description options("Options of the other commands");
  options.add_options()
      ("format", po::value(&raw.format), "run, report: html,csv,jsonl,xlsx,case-uco,dfxml,hashdeep,graphml   export: jsonl or csv")
      ("lang", po::value(&raw.lang), "en,fr,pt,ar (default from the locale)")
      ("out", po::value(&typed.out), "report: folder to write to instead of DIR/reports   package: the file to write")
      ("recipient", po::value<Words>(&typed.recipients)->multitoken(), "package: certificates (PEM) of those who may open it")
      ("sign", po::value<Words>(&typed.keys)->multitoken(), "package: private keys (PEM, mode 0600): one Ed25519, one RSA or P-256, or both")
      ("certificate", po::value<Words>(&typed.certificates)->multitoken(),
       "package: the certificate (PEM) of the signing key   verify: certificates or public keys of those who must have signed")
      ("disclosure", po::value(&typed.disclosure), "package: partner (the default: relevant items, contacts as pseudonyms), full, or a profile (.yaml)")
      ("opened", po::value<Words>(&typed.opened)->multitoken(), "verify: files written by open, to be checked against the package")
      ("row", po::value(&typed.row), "open: number of the row as in the package (0, 1, ...)")
      ("field", po::value(&typed.field), "open: the field (without it the whole row, with the proof that it was sealed)")
      ("opening", po::value(&typed.opening), "package, open: file of the secret that opens what is withheld (default FILE.opening; used again if it is there)")
      ("part-mib", po::value(&typed.part_mib), "package: cut it into parts of at most so many MiB (1 to 500; default 500)")
      ("pass-phrase-file", po::value(&typed.pass_phrase_file), "package: pass-phrase of the private keys (mode 0600; else the terminal is asked)")
      ("table", po::value(&typed.table), "export, open: the table")
      ("evidence", po::value<Words>(&typed.evidence)->multitoken(), "verify: LABEL=PATH of the evidence, to examine it again")
      ("engine", po::value(&typed.engine), "rules: fast, or re2 (every rule over every text; slow oracle)")
      ("regex", po::bool_switch(&typed.regex), "search: the query is an RE2 pattern over the text as it is")
      ("jsonl", po::bool_switch(&typed.jsonl), "search: one JSON object a hit")
      ("report", po::value<Words>(&typed.measured)->multitoken(), "rules test: labelled texts (.jsonl) to measure the packs on")
      ("text", po::value(&typed.text), "rules explain, contacts: the text (else standard input)");
  return options;
}

std::string language_of_locale() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') continue;
    const std::string language = std::string(value).substr(0, 2);
    return language == "fr" || language == "pt" || language == "ar" ? language : "en";
  }
  return "en";
}

std::optional<Error> settle(Typed& typed, const Raw& raw) {
  constexpr std::array<std::string_view, 4> styles = {"auto", "plain", "json", "none"};
  const auto style = std::find(styles.begin(), styles.end(), raw.progress);
  if (style == styles.end()) {
    return Error{Code::unsupported, "--progress is auto, plain, json or none, not '" + raw.progress + "'"};
  }
  typed.progress = static_cast<ProgressStyle>(style - styles.begin());
  typed.formats = split(raw.format);
  typed.languages = split(raw.lang.empty() ? language_of_locale() : raw.lang);
  for (const std::string& language : typed.languages) {
    const auto known = report_languages();
    if (std::find(known.begin(), known.end(), language) == known.end()) {
      return Error{Code::unsupported, "--lang takes en,fr,pt,ar, not '" + language + "'"};
    }
  }
  Words regions;
  for (const std::string& region : typed.region) {
    for (std::string code : split(region)) {
      for (char& c : code) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
      const bool letters = code.size() == 2 && std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
      if (!letters) return Error{Code::unsupported, "--region takes two-letter country codes such as BJ, not '" + code + "'"};
      const std::vector<std::string> known = contact_regions();
      if (std::find(known.begin(), known.end(), code) == known.end()) {
        std::string all;
        for (const std::string& one : known) all += (all.empty() ? "" : " ") + one;
        return Error{Code::unsupported, "--region: no numbering plan of '" + code + "' is known here; there are " + all};
      }
      regions.push_back(std::move(code));
    }
  }
  std::sort(regions.begin(), regions.end());
  regions.erase(std::unique(regions.begin(), regions.end()), regions.end());
  typed.region = std::move(regions);
  constexpr unsigned most_threads = 1024;
  if (typed.threads > most_threads) {  // a negative number arrives as a very large one
    return Error{Code::unsupported, "--threads takes 1 to " + std::to_string(most_threads) + "; without it all cores are used"};
  }
  if (typed.part_mib == 0 || typed.part_mib > 500) {
    return Error{Code::unsupported, "--part-mib takes 1 to 500: openssl cannot decrypt much larger parts"};
  }
  if (typed.keep_text != "all" && typed.keep_text != "relevant" && typed.keep_text != "none") {
    return Error{Code::unsupported, "--keep-text is all, relevant or none, not '" + typed.keep_text + "'"};
  }
  if (typed.engine != "fast" && typed.engine != "re2") {
    return Error{Code::unsupported, "--engine is fast or re2, not '" + typed.engine + "'"};
  }
  return std::nullopt;
}

// Lines that are no options are the case file's; what that does not know either is refused by name.
std::optional<Error> take_case_file(Typed& typed, po::parsed_options& parsed) {
  for (const po::option& line : parsed.options) {
    if (!line.unregistered) continue;
    const std::string value = line.value.empty() ? "" : line.value.front();
    const auto known = check_case_file(line.string_key, value);
    if (!known) return Error{Code::unsupported, "--config: " + known.error().detail};
    for (const auto& said : typed.case_file) {
      if (said.first == line.string_key) return Error{Code::unsupported, "--config: " + line.string_key + " is said twice"};
    }
    typed.case_file.emplace_back(line.string_key, value);
  }
  std::erase_if(parsed.options, [](const po::option& line) { return line.unregistered; });
  return std::nullopt;
}

std::string shell_quoted(std::string_view word) {
  const auto is_plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || std::string_view("_-+=./:,@%").find(c) != std::string_view::npos; };
  if (!word.empty() && std::all_of(word.begin(), word.end(), is_plain)) return std::string(word);
  std::string out = "'";
  for (const char c : word) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

// The case folder stands as DIR: a repetition needs one of its own, and where a case lies must not change its bytes.
std::string spoken(int argc, const char* const* argv) {
  std::string out = "evtriage";
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    const bool value = i > 1 && std::string_view(argv[i - 1]) == "--case";
    out += " " + (value ? "DIR" : word.starts_with("--case=") ? "--case=DIR" : shell_quoted(word));
  }
  return out;
}

std::optional<Error> parse(Typed& typed, Raw& raw, int argc, const char* const* argv) {
  po::options_description options;
  options.add(run_options(typed, raw)).add(other_options(typed, raw));
  po::options_description hidden;
  hidden.add_options()("argument", po::value<Words>(&typed.arguments));
  po::options_description all;
  all.add(options).add(hidden);
  po::positional_options_description positional;
  positional.add("argument", -1);
  po::variables_map map;
  const int style = po::command_line_style::unix_style & ~po::command_line_style::allow_guessing &
                    ~po::command_line_style::allow_short;
  po::store(po::command_line_parser(argc, argv).options(all).positional(positional).style(style).run(), map);
  if (map.count("config") != 0) {
    const std::string file = map["config"].as<std::string>();
    std::ifstream stream(file);
    if (!stream) return Error{Code::io_read, "--config: cannot read '" + file + "'"};
    po::parsed_options parsed = po::parse_config_file(stream, options, true);
    if (auto error = take_case_file(typed, parsed)) return error;
    po::store(parsed, map);
  }
  po::notify(map);
  typed.has_text = map.count("text") != 0;
  typed.has_row = map.count("row") != 0;
  return std::nullopt;
}

}  // namespace

Result<Typed> parse_command_line(int argc, const char* const* argv) {
  Typed typed;
  Raw raw;
  if (argc < 2) {
    typed.command = "help";
    return typed;
  }
  typed.command = argv[1];
  typed.spoken = spoken(argc, argv);
  if (typed.command == "--help" || typed.command == "-h") typed.command = "help";
  if (typed.command == "--version") typed.command = "version";
  if (argc > 2 && (std::string_view(argv[2]) == "--help" || std::string_view(argv[2]) == "-h")) typed.command = "help";
  if (std::find(kCommands.begin(), kCommands.end(), typed.command) == kCommands.end()) {
    return Error{Code::unsupported, "there is no command '" + typed.command + "'; see `evtriage help`"};
  }
  if (typed.command == "help") return typed;
  try {
    if (const auto error = parse(typed, raw, argc - 1, argv + 1)) return *error;
  } catch (const po::error& error) {
    return Error{Code::unsupported, std::string(error.what()) + "; see `evtriage help`"};
  }
  if (const auto error = settle(typed, raw)) return *error;
  return typed;
}

Result<HashSelection> parse_hashes(const std::string& list) {
  HashSelection selection{false, false, true, false};
  for (const std::string& name : split(list)) {
    if (name == "md5") {
      selection.md5 = true;
    } else if (name == "sha1") {
      selection.sha1 = true;
    } else if (name == "sha512") {
      selection.sha512 = true;
    } else if (name != "sha256") {
      return Error{Code::unsupported, "--hash takes md5,sha1,sha256,sha512, not '" + name + "'"};
    }
  }
  return selection;
}

Result<Limits> parse_limits(const std::string& text) {
  Limits limits;
  std::uint64_t depth = limits.depth;
  const std::pair<std::string_view, std::uint64_t*> fields[] = {
      {"page_bytes", &limits.page_bytes},         {"margin_bytes", &limits.margin_bytes},
      {"resident_bytes", &limits.resident_bytes}, {"structured_bytes", &limits.structured_bytes},
      {"expanded_bytes", &limits.expanded_bytes}, {"children", &limits.children},
      {"depth", &depth},                          {"mentions_per_item", &limits.mentions_per_item},
      {"hits_per_item", &limits.hits_per_item},
      {"cage_memory_bytes", &limits.cage_memory_bytes}, {"cage_output_bytes", &limits.cage_output_bytes},
      {"cage_cpu_seconds", &limits.cage_cpu_seconds}};
  std::string_view rest = text;
  for (unsigned line = 1; !rest.empty(); ++line) {
    const std::size_t end = std::min(rest.size(), rest.find('\n'));
    std::string_view row = rest.substr(0, end);
    rest.remove_prefix(std::min(rest.size(), end + 1));
    while (!row.empty() && (row.back() == '\r' || row.back() == ' ')) row.remove_suffix(1);
    if (row.empty() || row.front() == '#') continue;
    const std::size_t equals = std::min(row.size(), row.find('='));
    const auto field = std::find_if(std::begin(fields), std::end(fields),
                                    [&](const auto& f) { return f.first == row.substr(0, equals); });
    const std::string_view number = row.substr(std::min(row.size(), equals + 1));
    std::uint64_t value = 0;
    const auto [stop, error] = std::from_chars(number.data(), number.data() + number.size(), value);
    const bool good = field != std::end(fields) && error == std::errc() && stop == number.data() + number.size() && value > 0;
    if (!good) {
      return Error{Code::unsupported, "--limits line " + std::to_string(line) + ": expected name=number, for instance page_bytes=8388608"};
    }
    *field->second = value;
  }
  if (limits.margin_bytes * 4 > limits.page_bytes) {
    return Error{Code::unsupported, "--limits: margin_bytes must be at most a quarter of page_bytes"};
  }
  limits.depth = static_cast<unsigned>(std::min<std::uint64_t>(depth, 64));
  return limits;
}

std::string usage() {
  std::string text =
      "evtriage: triage of seized digital evidence for indicators of trafficking in persons and smuggling of migrants\n\n"
      "  evtriage run EVIDENCE... --case DIR [options]   examine into a new case folder, seal it, write the reports\n"
      "                                                  (LABEL=PATH names an exhibit; several paths, several exhibits)\n"
      "  evtriage report DIR --format html,csv --lang fr write reports from a sealed case\n"
      "  evtriage export DIR --table T --format jsonl    one table to standard output\n"
      "  evtriage search DIR 'passport \"pay the agent\"' words and phrases in all extracted text (--regex, --jsonl)\n"
      "  evtriage verify DIR [--evidence LABEL=PATH ...] is the case, and the evidence, what was sealed?\n"
      "  evtriage package DIR --recipient CERT.pem --sign KEY.pem --certificate CERT.pem --out FILE\n"
      "                                                  signed inside, encrypted outside, for a foreign partner\n"
      "  evtriage open DIR --opening FILE --table T --row N --field F\n"
      "                                                  opens for a court what a package withheld\n"
      "  evtriage verify PACKAGE --certificate CERT.pem  a received package (decrypted, or unpacked): what is proved, by whom\n"
      "  evtriage rules list|check|test|explain [PACK...]\n"
      "  evtriage contacts --text T                      what is found in a text, and what is not, and why\n"
      "  evtriage show DIR ADDRESS                       walk from the evidence to the bytes of one hit again\n"
      "  evtriage doctor                                 versions, rule packs, limits\n\n";
  Typed typed;
  Raw raw;
  std::ostringstream options;
  options << run_options(typed, raw) << '\n' << other_options(typed, raw);
  return text + options.str();
}

}  // namespace evtriage
