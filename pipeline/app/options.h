// What was typed, and nothing more: one struct for all commands, filled by Boost.Program_options.
//
// Two-step configuration: parse what was typed (here), then build what is needed (plan.h).  Every option
// also works from `--config FILE` ("name=value" lines); the command line wins.  That file may also be the case file
// (case.NAME=value, exhibit.LABEL.NAME=value, or under [case] and [exhibit.LABEL]).
// Tested by tests/whole/cli_test.py.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "pipeline/core/profile.h"
#include "pipeline/core/result.h"

namespace evtriage {

enum class ProgressStyle : std::uint8_t { automatic, plain, json, none };

struct Typed {
  std::string command;                  // run, report, export, verify, package, open, rules, contacts, search, show, doctor, version, help
  std::vector<std::string> arguments;   // positional, after the command
  std::string case_dir;                 // --case
  unsigned threads = 0;                 // 0: all cores
  std::string hash = "md5,sha1,sha256";
  std::vector<std::string> rules, keywords, known_good, alert_hashes, region;
  bool no_default_rules = false;
  std::string case_number, examiner, agency, authority, notes;
  std::vector<std::pair<std::string, std::string>> case_file;  // --config: case.NAME and exhibit.LABEL.NAME, checked by the reports
  std::string spoken;                   // the command as typed, quoted for a shell where it must be; the case folder as DIR
  std::string password_file, limits_file, fixed_clock, out, table = "items", text, engine = "fast", keep_text = "all";
  std::vector<std::string> measured;            // rules test --report: labelled texts
  std::vector<std::string> formats, languages;  // --format, --lang: comma-separated lists, split
  std::vector<std::string> evidence;            // verify --evidence LABEL=PATH
  std::vector<std::string> recipients, keys;    // package --recipient, --sign
  std::vector<std::string> certificates;        // package: the signer's; verify: whoever must have signed a package
  std::string pass_phrase_file, disclosure, opening;  // package; open --opening
  std::vector<std::string> opened;              // verify --opened
  std::string field;                            // open
  std::uint64_t row = 0;
  bool has_row = false;
  unsigned part_mib = 500;                      // package: 1 to 500
  ProgressStyle progress = ProgressStyle::automatic;
  bool quiet = false, no_reports = false, no_sandbox = false, has_text = false;
  bool regex = false, jsonl = false;    // search
  bool serial = false;                  // the oracle without threads (tests)
};

// An Error's detail is one line that says what is wrong and how to mend it.
Result<Typed> parse_command_line(int argc, const char* const* argv);

// The text of `evtriage help [COMMAND]`.
std::string usage();

// "md5,sha1" -> a selection; SHA-256 is always computed.  Error: an unknown name, with the known ones.
Result<HashSelection> parse_hashes(const std::string& list);

// "name=value" lines over the defaults; names as in the profile's text without "limits.".
Result<Limits> parse_limits(const std::string& text);

}  // namespace evtriage
