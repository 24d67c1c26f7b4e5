// The custody log against the seal: chain, head and size at sealing, the event that names the seal.
// Tested by tests/pipeline/custody/verify_test.cpp.
#include <fstream>
#include <iterator>

#include "pipeline/custody/event_line.h"
#include "pipeline/custody/verify.h"

namespace evtriage {
namespace {

Result<std::string> read_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return Error{Code::io_read, "cannot be read"};
  return std::string(std::istreambuf_iterator<char>(file), {});
}

struct Walk {
  const Seal& seal;
  const std::string& case_dir;
  Verdict& verdict;
  LogFindings found;
  bool sealed = false;

  void event(const JsonValue& line, std::uint64_t number) {
    const std::string action = line.text_of("action");
    if (action == "report" && line.text_of("file").starts_with("reports/")) {
      found.reports[line.text_of("file")] = {line.text_of("sha256")};
    }
    if (number != seal.custody_size + 1) return;
    sealed = action == "sealed";
    auto digest = sha256_of_file(case_dir + "/seal.json");
    if (sealed && (!digest || *digest != line.text_of("sha256"))) {
      verdict.differences.push_back("seal.json: its SHA-256 is not the one in line " + std::to_string(number) +
                                    " of custody.jsonl");
    }
  }
};

}  // namespace

LogFindings verify_log(const std::string& case_dir, const Seal& seal, Verdict& verdict) {
  auto text = read_text(case_dir + "/custody.jsonl");
  if (!text) {
    verdict.differences.push_back("custody.jsonl: cannot be read");
    return {};
  }
  Walk walk{seal, case_dir, verdict, {}, false};
  std::string prev(first_prev);
  std::uint64_t number = 0;
  std::string_view rest = *text;
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    if (end == rest.npos) {
      verdict.differences.push_back("custody.jsonl: the last line has no end");
      break;
    }
    const std::string_view line = rest.substr(0, end);
    auto event = check_event_line(line, ++number, prev);
    if (!event) {
      verdict.differences.push_back(event.error().detail);
      break;
    }
    prev = hex(sha256(line));
    if (number == seal.custody_size && prev != seal.custody_head) {
      verdict.differences.push_back("custody.jsonl: line " + std::to_string(number) + " is not the head that was sealed");
    }
    walk.event(*event, number);
    rest.remove_prefix(end + 1);
  }
  if (number < seal.custody_size) {
    verdict.differences.push_back("custody.jsonl: has " + std::to_string(number) + " good lines, sealed with " +
                                  std::to_string(seal.custody_size));
  } else if (!walk.sealed) {
    verdict.differences.push_back("custody.jsonl: the event \"sealed\" is missing after line " +
                                  std::to_string(seal.custody_size));
  }
  verdict.checked.push_back("custody.jsonl: chain of " + std::to_string(number) + " events, head and size at sealing");
  return walk.found;
}

}  // namespace evtriage
