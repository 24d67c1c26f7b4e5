// The run: list, examine, build, seal, report; each step leaves a state from which the same command goes on.
//
// The order of the last acts is what makes a kill at any moment harmless: results.sqlite is moved to its
// name, then seal.json is written, then the "sealed" event, then the reports, and working/ is removed last.
// Tested by tests/whole/cli_test.py, tests/whole/resume_test.py and tests/whole/determinism_test.py.
#include <sys/stat.h>
#include <sys/utsname.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <thread>

#include "pipeline/app/case_dir.h"
#include "pipeline/app/commands.h"
#include "pipeline/app/patience.h"
#include "pipeline/app/plan.h"
#include "pipeline/app/progress.h"
#include "pipeline/app/report_set.h"
#include "pipeline/custody/custody.h"
#include "pipeline/engine/flow.h"
#include "pipeline/engine/spool.h"
#include "pipeline/evidence/evidence.h"
#include "pipeline/core/text.h"
#include "pipeline/store/store.h"
#include "reports/reports.h"

namespace evtriage {
namespace {

// The only thing that a signal handler may touch; lock-free by construction.
std::atomic<bool>& stop_flag() {
  static std::atomic<bool> flag{false};
  return flag;
}
extern "C" void on_signal(int) { stop_flag().store(true); }

void listen_to_signals() {
  struct sigaction action {};
  action.sa_handler = on_signal;
  action.sa_flags = static_cast<int>(SA_RESETHAND);  // a second Ctrl-C ends the program at once
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaction(signal, &action, nullptr);
}

constexpr std::chrono::milliseconds kGrace{1500};  // between a stop and its end, for the items under way
constexpr const char* kGoOn = "interrupted; run the same command again to go on";
constexpr std::uint64_t kSpoolMemory = 8u << 20;  // of one unpacked child; what is larger goes to working/

using Fields = std::vector<std::pair<std::string, std::string>>;

struct CaseRun {
  const Typed& typed;
  CaseDir dir;
  std::vector<ExhibitSpec> exhibits;
  std::unique_ptr<Plan> plan;
  std::unique_ptr<Clock> clock;
  std::unique_ptr<CustodyLog> custody;
  std::unique_ptr<Evidence> evidence;
  std::unique_ptr<Journal> journal;
};

unsigned thread_count(const Typed& typed) {
  const unsigned cores = std::max(1u, std::thread::hardware_concurrency());
  return typed.threads == 0 ? cores : std::min(typed.threads, 256u);
}

Result<void> note(CaseRun& run, std::string action, Fields fields) {
  return run.custody->append({std::move(action), std::move(fields)});
}

void add_if(Fields& fields, const char* name, const std::string& value) {
  if (!value.empty()) fields.emplace_back(name, value);
}

std::string level_word(Level level) {
  constexpr const char* words[] = {"full", "no_namespaces", "seccomp_only", "none"};
  return words[static_cast<std::size_t>(level)];
}

Result<void> note_start(CaseRun& run) {
  const Typed& typed = run.typed;
  Fields fields = {{"program", "evtriage " EVTRIAGE_VERSION},
                   {"profile_digest", run.plan->profile_digest()},
                   {"threads", std::to_string(thread_count(typed))},
                   {"isolation", run.plan->cage->level_sentence()},
                   {"isolation_level", level_word(run.plan->cage->level())}};
  add_if(fields, "case_number", typed.case_number);
  add_if(fields, "examiner", typed.examiner);
  add_if(fields, "agency", typed.agency);
  add_if(fields, "authority", typed.authority);
  add_if(fields, "notes", typed.notes);
  add_if(fields, "command", printable(typed.spoken));
  for (const auto& [name, value] : typed.case_file) add_if(fields, name.c_str(), value);
  utsname system{};
  if (uname(&system) == 0) fields.emplace_back("system", std::string(system.sysname) + " " + system.release + " " + system.machine);
  if (const char* preload = std::getenv("LD_PRELOAD"); preload != nullptr && *preload != '\0') {
    fields.emplace_back("ld_preload", preload);
  }
  for (const PackInfo& pack : run.plan->rules->packs()) {
    fields.emplace_back("pack." + pack.id, hex(sha256(pack.sha256_source)));
  }
  if (run.plan->known) {
    for (const KnownSetInfo& set : run.plan->known->sets()) fields.emplace_back("known_set." + set.name, set.sha256);
  }
  return note(run, run.dir.state == CaseState::fresh ? "started" : "resumed", std::move(fields));
}

// What makes two runs the same analysis; kept beside the journal so that another one is refused by name.
std::string analysis_text(const CaseRun& run) {
  std::string text = run.plan->profile.canonical_text();
  for (const ExhibitSpec& exhibit : run.exhibits) {
    text += "exhibit=" + exhibit.label + " " + std::filesystem::path(exhibit.path).lexically_normal().filename().string() + "\n";
  }
  return text;
}

// The first line in which an unfinished case and this command differ, or an empty text.
std::string other_analysis(const CaseRun& run) {
  const Result<std::string> found = read_file(run.dir.analysis());
  if (!found) return "";
  std::istringstream before(*found), now(analysis_text(run));
  std::string a, b;
  for (;;) {
    const bool more_a = static_cast<bool>(std::getline(before, a)), more_b = static_cast<bool>(std::getline(now, b));
    if (!more_a && !more_b) return "";
    if (a != b || more_a != more_b) return "it was started with '" + (more_a ? a : "") + "', now '" + (more_b ? b : "") + "'";
  }
}

Result<void> open_all(CaseRun& run) {
  if (const auto made = create_case(run.dir); !made) return made.error();
  if (run.dir.state == CaseState::fresh) {
    if (const auto written = write_file(run.dir.analysis(), analysis_text(run)); !written) return written.error();
  }
  Result<std::unique_ptr<CustodyLog>> custody = open_custody_log(run.dir.custody(), *run.clock);
  if (!custody) return custody.error();
  run.custody = *std::move(custody);
  if (const auto noted = note_start(run); !noted) return noted.error();
  Result<std::unique_ptr<Evidence>> evidence =
      open_evidence(run.exhibits, run.dir.listing(), run.dir.state == CaseState::unfinished,
                    run.plan->profile.limits.resident_bytes,
                    [](std::uint64_t, std::uint64_t) { return !stop_flag().load(); });
  if (!evidence) return evidence.error();
  run.evidence = *std::move(evidence);
  for (const ExhibitInfo& info : run.evidence->exhibits()) {
    const auto noted = note(run, "listed", {{"exhibit", info.label}, {"name", info.name}, {"kind", info.kind},
                                            {"path", info.real_path}, {"entries", std::to_string(info.entries)},
                                            {"bytes", std::to_string(info.bytes)},
                                            {"read_only_mount", info.read_only_mount ? "yes" : "no"}});
    if (!noted) return noted.error();
  }
  const Result<std::string> listing = sha256_of_file(run.dir.listing());
  if (!listing) return listing.error();
  Result<std::unique_ptr<Journal>> journal =
      open_journal(run.dir.journal(), {run.plan->profile_digest(), *listing}, run.plan->profile.keep_text);
  if (!journal) return journal.error();
  run.journal = *std::move(journal);
  if (run.journal->cut_bytes() == 0) return {};
  return note(run, "journal-cut", {{"bytes", std::to_string(run.journal->cut_bytes())},
                                   {"reason", "the last record was not complete; its items are examined again"}});
}

Result<FlowEnd> examine_all(CaseRun& run) {
  Tally tally;
  const Registry registry = run.plan->registry();
  SpoolSpace spool(run.dir.working(), kSpoolMemory);
  const FlowInput input{run.evidence.get(), run.journal.get(), &registry,    &run.plan->profile,
                        run.plan->identifier.get(), &stop_flag(), &tally, &spool};
  const ProgressStyle style = run.typed.quiet ? ProgressStyle::none : run.typed.progress;
  const Progress progress(style, tally, {run.evidence->entry_count(), run.evidence->total_bytes()});
  const Patience patience(stop_flag(), kGrace, [&] {
    (void)note(run, "interrupted", {{"why", "an item did not come to its end in time; it is examined again"}});
    std::_Exit(complain(kInterrupted, kGoOn));
  });
  Result<FlowEnd> end = run.typed.serial ? run_serial(input) : run_parallel(input, thread_count(run.typed));
  if (const auto synced = run.journal->sync(); !synced && end) return synced.error();
  return end;
}

BuildInput build_input(const CaseRun& run) {
  BuildInput input;
  input.journal_file = run.dir.journal();
  input.source = run.evidence.get();
  for (const ExhibitInfo& info : run.evidence->exhibits()) input.exhibits.push_back({info.label, info.name, info.kind});
  for (const PackInfo& pack : run.plan->rules->packs()) {
    input.packs.push_back({pack.id, pack.version, pack.licence, pack.maintainer, hex(sha256(pack.sha256_source)), "",
                           pack.languages, pack.rules});
  }
  for (const RuleInfo& rule : run.plan->rules->rules()) {
    input.rules.push_back({rule.id, rule.pack, rule.offence, rule.category, rule.element, rule.article, rule.version,
                           rule.weight, rule.title});
  }
  input.profile_text = run.plan->profile.canonical_text();
  return input;
}

Seal make_seal(const CaseRun& run, const BuildResult& built, std::string file_digest) {
  Seal seal;
  seal.program_version = EVTRIAGE_VERSION;
  seal.profile_digest = run.plan->profile_digest();
  for (const TableRoot& table : built.tables) seal.tables.push_back({table.table, table.rows, table.root});
  seal.results_digest = results_root(seal.tables);
  seal.results_file_sha256 = std::move(file_digest);
  seal.counts = {{"enumerated", built.enumerated}, {"done", built.done},     {"partial", built.partial},
                 {"skipped", built.skipped},       {"failed", built.failed}, {"issues", built.issues},
                 {"unreproducible", built.unreproducible}};
  seal.exhibits = built.exhibit_digests;
  seal.custody_head = run.custody->head();
  seal.custody_size = run.custody->size();
  return seal;
}

Result<BuildResult> build_and_seal(CaseRun& run) {
  run.journal.reset();
  for (const std::string& left : {run.dir.building(), run.dir.seal(), run.dir.results(), run.dir.reports()}) {
    if (const auto removed = remove_path(left); !removed) return removed.error();
  }
  Result<BuildResult> built = build_results(build_input(run), run.dir.building());
  if (!built) return built.error();
  const Result<std::string> digest = sha256_of_file(run.dir.building());
  if (!digest) return digest.error();
  for (const auto& [label, exhibit_digest] : built->exhibit_digests) {
    if (const auto noted = note(run, "examined", {{"exhibit", label}, {"exhibit_digest", exhibit_digest}}); !noted) return noted.error();
  }
  if (run.evidence->noatime_refused()) {
    const auto noted = note(run, "access-times", {{"note", "the system refused O_NOATIME for files of another owner; "
                                                           "their access times may move unless the mount is read-only"}});
    if (!noted) return noted.error();
  }
  if (const auto moved = move_file(run.dir.building(), run.dir.results()); !moved) return moved.error();
  if (const auto sealed = write_seal(run.dir.path, make_seal(run, *built, *digest)); !sealed) return sealed.error();
  const Result<std::string> seal_digest = sha256_of_file(run.dir.seal());
  if (!seal_digest) return seal_digest.error();
  if (const auto noted = note(run, "sealed", {{"file", "seal.json"}, {"sha256", *seal_digest}}); !noted) return noted.error();
  return built;
}

void print_summary(const CaseRun& run, const BuildResult& built) {
  if (run.typed.quiet) return;
  say("sealed: " + run.dir.path);
  say("items: " + std::to_string(built.enumerated) + " enumerated = " + std::to_string(built.done) + " done + " +
      std::to_string(built.partial) + " partial + " + std::to_string(built.skipped) + " skipped + " +
      std::to_string(built.failed) + " failed; " + std::to_string(built.issues) + " issues");
  if (!run.typed.no_reports) {
    const bool pages = std::find(run.typed.formats.begin(), run.typed.formats.end(), "html") != run.typed.formats.end();
    for (std::size_t i = 0; pages && i < run.typed.languages.size(); ++i) say("report: " + run.dir.reports() + "/report." + run.typed.languages[i] + ".html");
    if (!pages) say("reports: " + run.dir.reports());
  }
}

int finish(CaseRun& run) {
  const Result<BuildResult> built = build_and_seal(run);
  if (!built) return complain(kIncomplete, built.error().detail);
  if (!run.typed.no_reports) {
    const auto written = write_report_set(run.dir, run.typed.formats, run.typed.languages, run.dir.reports(), *run.custody);
    if (!written) return complain(kIncomplete, written.error().detail);
  }
  if (const auto removed = remove_path(run.dir.working()); !removed) return complain(kIncomplete, removed.error().detail);
  print_summary(run, *built);
  return built->issues + built->partial + built->failed == 0 ? kComplete : kWithIssues;
}

int incomplete(CaseRun& run, const Error& error) {
  if (run.custody) (void)note(run, "failed", {{"why", error.detail}});
  if (stop_flag().load()) return complain(kInterrupted, kGoOn);
  return complain(error.code == Code::unsupported ? kUsage : kIncomplete, error.detail);
}

// A label of the case file that no evidence has: a mistyped one would lose its facts.
std::string unknown_exhibit(const Typed& typed, const std::vector<ExhibitSpec>& exhibits) {
  for (const auto& [name, value] : typed.case_file) {
    const Result<CaseFileName> said = check_case_file(name, value);
    const bool known = !said || said->label.empty() ||
                       std::any_of(exhibits.begin(), exhibits.end(), [&](const ExhibitSpec& exhibit) { return exhibit.label == said->label; });
    if (!known) return said->label;
  }
  return "";
}

Result<CaseRun> prepare(const Typed& typed) {
  if (typed.arguments.empty()) {
    return Error{Code::unsupported, "run needs EVIDENCE: a folder or file, for instance: evtriage run /media/seized --case /cases/2026-014"};
  }
  const auto formats = report_formats();
  for (const std::string& format : typed.formats) {  // said before hours of work, not after
    if (std::find(formats.begin(), formats.end(), format) != formats.end()) continue;
    return Error{Code::unsupported, "--format: there is no report format '" + format + "'; see `evtriage help`"};
  }
  CaseRun run{typed, {}, {}, nullptr, nullptr, nullptr, nullptr, nullptr};
  Result<std::vector<ExhibitSpec>> exhibits = parse_exhibits(typed.arguments);
  if (!exhibits) return exhibits.error();
  run.exhibits = *std::move(exhibits);
  if (const std::string stranger = unknown_exhibit(typed, run.exhibits); !stranger.empty()) {
    return Error{Code::unsupported, "--config speaks of exhibit '" + stranger + "', but no evidence has that label"};
  }
  std::vector<std::string> paths;
  for (const ExhibitSpec& exhibit : run.exhibits) {
    struct stat info {};
    if (stat(exhibit.path.c_str(), &info) != 0) return Error{Code::unsupported, "there is no evidence at '" + exhibit.path + "'"};
    paths.push_back(exhibit.path);
  }
  Result<CaseDir> dir = inspect_case(typed.case_dir, paths);
  if (!dir) return dir.error();
  run.dir = *std::move(dir);
  if (run.dir.state == CaseState::finished) {
    return Error{Code::unsupported, "'" + typed.case_dir + "' holds a finished case; give --case a new folder (nothing was changed)"};
  }
  Result<std::unique_ptr<Clock>> clock = make_clock(typed);
  if (!clock) return clock.error();
  run.clock = *std::move(clock);
  Result<std::unique_ptr<Plan>> plan = make_plan(typed);
  if (!plan) return plan.error();
  run.plan = *std::move(plan);
  const std::string other = run.dir.state == CaseState::unfinished ? other_analysis(run) : "";
  if (!other.empty()) {
    return Error{Code::unsupported, "'" + typed.case_dir + "' holds another unfinished analysis: " + other + "; nothing was changed"};
  }
  return run;
}

}  // namespace

int command_run(const Typed& typed) {
  Result<CaseRun> prepared = prepare(typed);
  if (!prepared) return complain(kUsage, prepared.error().detail);
  CaseRun& run = *prepared;
  listen_to_signals();
  if (const auto opened = open_all(run); !opened) return incomplete(run, opened.error());
  const Result<FlowEnd> end = examine_all(run);
  if (!end) return incomplete(run, end.error());
  if (*end == FlowEnd::stopped) {
    (void)note(run, "interrupted", {{"units_recorded", std::to_string(run.journal->units())}});
    return complain(kInterrupted, kGoOn);
  }
  return finish(run);
}

}  // namespace evtriage
