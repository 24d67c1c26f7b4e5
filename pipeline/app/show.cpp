// show: from an address to the bytes again, straight from the evidence and without the store, so that an
// opposing expert can check one hit by hand.
// The path of the exhibit comes from the custody log, or from --evidence LABEL=PATH on another machine.
// Tested by tests/whole/cli_test.py.
#include <algorithm>
#include <cstdio>
#include <functional>
#include <optional>

#include "pipeline/app/case_dir.h"
#include "pipeline/app/commands.h"
#include "pipeline/app/plan.h"
#include "pipeline/app/scratch_dir.h"
#include "pipeline/core/address.h"
#include "pipeline/core/memory_spool.h"
#include "pipeline/core/text.h"
#include "pipeline/custody/custody.h"
#include "pipeline/evidence/evidence.h"

namespace evtriage {
namespace {

constexpr std::uint64_t kMostBytes = 4096;  // shown at a time
constexpr std::uint64_t kMostUnpacked = 2ull << 30;
constexpr std::uint64_t kHead = 1u << 20;  // as the engine identifies

using Found = std::function<Result<void>(const Content&)>;
using Beside = std::function<ContentPtr(std::string_view name)>;  // what lies beside a file of the evidence

// Lets everything pass but the one child that the address names; goes on with that while it is there.
class FindChild final : public Emit {
 public:
  FindChild(const Step& wanted, const Beside& beside, const Found& found) : wanted_(wanted), beside_(beside), found_(found) {}
  void text(TextSegment) override {}
  void child(Child child, ContentPtr content) override {
    const bool same_name = !is_on_disk(wanted_.kind) || child.step.name == wanted_.name;
    if (answer_ || !content || child.step.kind != wanted_.kind || child.step.number != wanted_.number || !same_name) return;
    answer_.emplace(found_(*content));
  }
  std::unique_ptr<Spool> spool() override { return std::make_unique<MemorySpool>(kMostUnpacked); }
  void property(std::string, std::string) override {}
  void message(MessageRecord) override {}
  void issue(Issue) override {}
  void encrypted() override {}
  bool stop_requested() const override { return answer_.has_value(); }
  ContentPtr beside(std::string_view name) override { return beside_ ? beside_(name) : nullptr; }
  const std::optional<Result<void>>& answer() const { return answer_; }

 private:
  const Step& wanted_;
  const Beside& beside_;
  const Found& found_;
  std::optional<Result<void>> answer_;
};

std::vector<Step> steps_of(const Address& address) {
  std::vector<Step> steps;
  for (std::optional<Address> at = address; at; at = at->parent()) steps.push_back(at->step());
  std::reverse(steps.begin(), steps.end());
  return steps;
}

// The value of a text member in a canonical JSON line, with its escapes undone.
std::optional<std::string> member_text(std::string_view line, std::string_view name) {
  const std::string key = "\"" + std::string(name) + "\":\"";
  const std::size_t at = line.find(key);
  if (at == std::string_view::npos) return std::nullopt;
  std::string out;
  for (std::size_t i = at + key.size(); i < line.size() && line[i] != '"'; ++i) {
    if (line[i] != '\\') {
      out += line[i];
      continue;
    }
    constexpr std::string_view from = "btnfr\"\\", to = "\b\t\n\f\r\"\\";
    const std::size_t escape = ++i < line.size() ? from.find(line[i]) : std::string_view::npos;
    if (escape == std::string_view::npos) return std::nullopt;
    out += to[escape];
  }
  return out;
}

Result<std::string> evidence_path(const Typed& typed, const CaseDir& dir, const std::string& label) {
  const Result<std::vector<ExhibitSpec>> given = parse_exhibits(typed.evidence);
  if (!given) return given.error();
  for (const ExhibitSpec& exhibit : *given) {
    if (exhibit.label == label) return exhibit.path;
  }
  const Result<std::string> log = read_file(dir.custody());
  if (!log) return log.error();
  std::optional<std::string> path;
  for (std::string_view rest = *log; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    if (member_text(line, "action") == "listed" && member_text(line, "exhibit") == label) path = member_text(line, "path");
    rest.remove_prefix(std::min(rest.size(), end + 1));
  }
  if (!path) return Error{Code::unsupported, "where is the evidence of exhibit " + label + "? Add --evidence " + label + "=PATH"};
  return *path;
}

// The first file of a split image, and all of it.
struct OpenedEntry {
  ContentPtr content, joined;
  Beside beside;
};

Result<OpenedEntry> open_entry(const ExhibitSpec& exhibit, const Step& step) {
  const ScratchDir scratch;
  if (scratch.path().empty()) return Error{Code::io_read, "cannot create a folder for temporary files; set TMPDIR"};
  Result<std::unique_ptr<Evidence>> evidence = open_evidence({exhibit}, scratch.path() + "/listing", false, ~std::uint64_t{0},
                                                             [](std::uint64_t, std::uint64_t) { return true; });
  if (!evidence) return evidence.error();
  const Result<std::vector<Entry>> entries = (*evidence)->entries(step.number - 1, 1);
  if (!entries) return entries.error();
  if (entries->empty() || (*entries)[0].path != step.name) {
    return Error{Code::unsupported, "the evidence has no entry " + print_step(step) + "; it is not what was examined"};
  }
  if ((*entries)[0].kind != ItemKind::file) return Error{Code::unsupported, "the entry is not a file"};
  Result<Source::Opened> opened = (*evidence)->open((*entries)[0]);
  if (!opened) return opened.error();
  const auto source = std::shared_ptr<const Evidence>(*std::move(evidence));
  return OpenedEntry{opened->content, opened->joined,
                     [source, entry = (*entries)[0]](std::string_view name) { return source->open_beside(entry, name); }};
}

struct Search {
  const Plan& plan;
  MagicCookie& cookie;
  const std::vector<Step>& steps;
};

// Goes on with the child that steps[next] names; `joined`, if any, is what an image of several files is read from.
Result<void> with_child(const Search& search, std::size_t next, const Content& parent, const Content* joined,
                        const Beside& beside, const Found& found) {
  if (next == search.steps.size() || search.steps[next].kind == StepKind::text) return found(parent);
  const Step& step = search.steps[next];
  const Found inner = [&](const Content& child) { return with_child(search, next + 1, child, nullptr, {}, found); };
  const Error none{Code::unsupported, "there is no " + print_step(step) + " inside " + print_step({StepKind::file, 0, {}, search.steps[next - 1].name})};
  const Result<Blob> head = parent.read({0, std::min(parent.size(), kHead)});
  if (!head) return head.error();
  const std::string& whole = search.steps[next - 1].name;
  const std::string name = whole.substr(is_on_disk(search.steps[next - 1].kind) ? whole.rfind('/') + 1 : 0);
  const std::string type = search.plan.identifier->identify(head->view(), parent.size(), name, search.cookie).media_type;
  const bool is_media = joined != nullptr && type != "application/x-ewf";
  if (is_media) return step.kind == StepKind::stream ? inner(*joined) : Result<void>(none);
  const Identity identity{type, "", name};
  for (const Extractor* extractor : search.plan.extractors) {
    if (!extractor->accepts(identity)) continue;
    FindChild search_child(step, beside, inner);
    extractor->extract(joined != nullptr ? *joined : parent, identity, search_child);
    if (search_child.answer()) return *search_child.answer();
    break;
  }
  return none;
}

void print_bytes(std::string_view bytes, std::uint64_t begin) {
  for (std::size_t row = 0; row < bytes.size(); row += 16) {
    char text[128];
    int used = std::snprintf(text, sizeof text, "%010llx ", static_cast<unsigned long long>(begin + row));
    std::string line(text, static_cast<std::size_t>(used)), ascii;
    for (std::size_t i = row; i < row + 16; ++i) {
      if (i >= bytes.size()) {
        line += "   ";
        continue;
      }
      const auto byte = static_cast<unsigned char>(bytes[i]);
      used = std::snprintf(text, sizeof text, " %02x", byte);
      line.append(text, static_cast<std::size_t>(used));
      ascii += byte >= 0x20 && byte < 0x7f ? static_cast<char>(byte) : '.';
    }
    say(line + "  " + ascii);
  }
}

Result<void> print_range(const Content& content, const std::optional<ByteRange>& wanted) {
  ByteRange range = wanted.value_or(ByteRange{0, content.size()});
  if (range.begin > content.size() || range.end > content.size()) {
    return Error{Code::unsupported, "the range reaches past the end; the item has " + std::to_string(content.size()) + " bytes"};
  }
  const bool cut = range.size() > kMostBytes;
  if (cut) range.end = range.begin + kMostBytes;
  const Result<Blob> bytes = content.read(range);
  if (!bytes) return bytes.error();
  say("bytes: " + std::to_string(range.begin) + ".." + std::to_string(range.end) + " of " + std::to_string(content.size()) +
      (cut ? " (the first " + std::to_string(kMostBytes) + " of the range)" : ""));
  if (is_valid_utf8(bytes->chars())) say("text: " + std::string(bytes->chars()));
  print_bytes(bytes->chars(), range.begin);
  return {};
}

Result<void> show(const Typed& typed, const CaseDir& dir, const ParsedAddress& parsed) {
  const std::vector<Step> steps = steps_of(parsed.address);
  if (steps.size() < 2 || steps[1].kind != StepKind::file) return Error{Code::unsupported, "the address names no file"};
  const Result<std::string> path = evidence_path(typed, dir, steps[0].name);
  if (!path) return path.error();
  const Result<OpenedEntry> entry = open_entry({steps[0].name, *path}, steps[1]);
  if (!entry) return entry.error();
  const Result<std::unique_ptr<Plan>> plan = make_plan(typed);
  if (!plan) return plan.error();
  Result<MagicCookie> cookie = (*plan)->identifier->cookie();
  if (!cookie) return cookie.error();
  const Found print = [&](const Content& content) { return print_range(content, parsed.range); };
  return with_child({**plan, *cookie, steps}, 2, *entry->content, entry->joined.get(), entry->beside, print);
}

}  // namespace

int command_show(const Typed& typed) {
  if (typed.arguments.size() != 2) return complain(kUsage, "show needs DIR and ADDRESS, as in the reports: evtriage show /cases/17 'exhibit:EX1/file:12\"a.txt\"+3..18'");
  const Result<CaseDir> dir = find_case(typed.arguments[0]);
  if (!dir) return complain(kUsage, dir.error().detail);
  const Result<ParsedAddress> address = parse_address(typed.arguments[1]);
  if (!address) return complain(kUsage, address.error().detail);
  const Result<void> shown = show(typed, *dir, *address);
  if (!shown) return complain(shown.error().code == Code::unsupported ? kUsage : kIncomplete, shown.error().detail);
  return kComplete;
}

}  // namespace evtriage
