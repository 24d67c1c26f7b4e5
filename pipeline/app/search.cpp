// search: hits as lines for people, or as JSON Lines; what was searched is told on standard error, so that an
// empty answer can be trusted.
// Tested by tests/whole/search_test.py.
#include "pipeline/search/search.h"

#include <algorithm>
#include <cstdio>

#include "pipeline/app/case_dir.h"
#include "pipeline/app/commands.h"
#include "pipeline/core/json.h"
#include "pipeline/core/text.h"

namespace evtriage {
namespace {

std::string one_line(std::string text) {
  std::replace_if(text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  return printable(text);
}

std::string line_of(const SearchHit& hit) {
  std::string out = hit.exhibit + "/" + one_line(hit.path);
  if (!hit.place.empty()) out += ", " + one_line(hit.place);
  if (!hit.origin.empty() && hit.origin != "body") out += " (" + hit.origin + ")";
  return out + ": " + one_line(hit.before) + "[" + one_line(hit.matched) + "]" + one_line(hit.after);
}

std::string json_of(const SearchHit& hit) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.key("address").value(hit.address);
  json.key("after").value(hit.after);
  json.key("before").value(hit.before);
  json.key("exhibit").value(hit.exhibit);
  json.key("item").value(hit.item);
  json.key("matched").value(hit.matched);
  json.key("origin").value(hit.origin);
  json.key("path").value(hit.path);
  if (!hit.place.empty()) json.key("place").value(hit.place);
  json.key("segment").value(hit.segment);
  json.key("text_begin").value(hit.text.begin);
  json.key("text_end").value(hit.text.end);
  json.end_object();
  return out;
}

}  // namespace

int command_search(const Typed& typed) {
  if (typed.arguments.size() != 2) {
    return complain(kUsage, "search needs the case folder and one query, for instance: evtriage search /cases/2026-014 'passport \"pay the agent\"'");
  }
  const Result<CaseDir> dir = inspect_case(typed.arguments[0], {});
  if (!dir) return complain(kUsage, dir.error().detail);
  if (dir->state != CaseState::finished) return complain(kUsage, "there is no finished case at '" + typed.arguments[0] + "'");
  bool whole = true;
  const auto sum = search_case(dir->results(), {typed.arguments[1], typed.regex, typed.threads}, [&](const SearchHit& hit) {
    const std::string line = (typed.jsonl ? json_of(hit) : line_of(hit)) + "\n";
    whole = std::fwrite(line.data(), 1, line.size(), stdout) == line.size();
    return whole;
  });
  if (!sum) return complain(sum.error().code == Code::unsupported ? kUsage : kIncomplete, sum.error().detail);
  if (!whole || std::fflush(stdout) != 0) return complain(kIncomplete, "the output could not be written whole");
  if (!typed.quiet) {
    std::fprintf(stderr, "%llu hits in %llu of %llu texts (%llu bytes)%s\n", static_cast<unsigned long long>(sum->hits),
                 static_cast<unsigned long long>(sum->texts_hit), static_cast<unsigned long long>(sum->texts),
                 static_cast<unsigned long long>(sum->bytes),
                 sum->texts == 0 ? "; this case keeps no text (was it made with --keep-text none?)" : "");
  }
  return kComplete;
}

}  // namespace evtriage
