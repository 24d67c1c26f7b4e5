// The custody log as a table for people; digests and machine paths stay in the log itself.
// Tested by tests/reports/custody_view_test.cpp
#include "reports/custody_view.h"

#include <algorithm>
#include <string_view>

#include "reports/json_read.h"
#include "reports/report_file.h"

namespace evtriage::reports {
namespace {

using Fields = std::vector<JsonField>;

// The fields of an act stand beside seq, time, ... or inside an object "fields".
Fields flattened(const Fields& line) {
  Fields out;
  for (const auto& one : line) {
    if (one.key == "fields" && one.kind == 'o') {
      if (const auto inner = read_json_object(one.text)) out.insert(out.end(), inner->begin(), inner->end());
    } else {
      out.push_back(one);
    }
  }
  return out;
}

// The short part of an act that helps a reader: which exhibit, how many, which file.
std::string detail_of(const Fields& fields) {
  constexpr std::string_view shown[] = {"exhibit", "name", "kind", "entries", "bytes", "read_only_mount", "file", "reason", "isolation", "program"};
  std::string out;
  for (const auto key : shown) {
    const auto value = field(fields, key);
    if (value.empty()) continue;
    if (!out.empty()) out += "; ";
    out.append(key).append("=").append(value);
  }
  return out;
}

void keep_facts(CustodyView& view, const Fields& fields) {
  constexpr std::string_view kept[] = {"case_number", "examiner", "agency", "authority", "notes", "program", "isolation_level", "command"};
  for (const auto key : kept) {
    const auto value = field(fields, key);
    if (!value.empty()) view.facts[std::string(key)] = value;
  }
  for (const auto& one : fields) {
    if (one.key.starts_with("case.") || one.key.starts_with("exhibit.")) view.facts[one.key] = one.text;
  }
}

}  // namespace

CustodyView read_custody(const std::string& custody_file) {
  CustodyView view;
  const auto walked = each_file_line(custody_file, [&](std::string_view line) {
    const auto parsed = read_json_object(line);
    if (!parsed) return false;
    const auto fields = flattened(*parsed);
    const std::string action(field(fields, "action"));
    if (action == "started" || action == "resumed") keep_facts(view, fields);
    if (action == "started" && view.started.empty()) view.started = field(fields, "time");
    if (action == "sealed") view.sealed = field(fields, "time");
    const auto who = field(fields, "examiner").empty() ? std::string_view(view.facts["examiner"]) : field(fields, "examiner");
    if (view.acts.size() < act_limit) view.acts.push_back({std::string(field(fields, "time")), action, std::string(who), detail_of(fields)});
    else ++view.acts_not_shown;
    return action != "sealed";
  });
  view.readable = walked.has_value() && !view.acts.empty();
  return view;
}

}  // namespace evtriage::reports
