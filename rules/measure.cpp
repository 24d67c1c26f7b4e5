// Labelled texts through the same door as evidence, then counting.
// Tested by tests/rules/measure_test.cpp.
#include "rules/measure.h"

#include <algorithm>
#include <map>
#include <set>

#include "pipeline/core/text.h"

namespace evtriage {
namespace {

constexpr std::size_t kShownBytes = 600;

struct Judged {
  const LabelledText* text = nullptr;
  std::set<std::string> offences, categories;  // of findings of band medium and high
  std::optional<Band> band;                    // the best
  std::map<std::string, std::string> rules;    // that matched, with the words of the first match
  bool flagged() const { return band && *band != Band::low; }
};

class Collector final : public ScanSink {
 public:
  explicit Collector(Judged& out) : out_(out) {}
  void mention(Mention) override {}
  void hit(Hit hit) override { out_.rules.emplace(std::move(hit.rule), std::move(hit.matched)); }
  void issue(Issue) override {}
  void finding(Finding finding) override {
    if (!out_.band || finding.band < *out_.band) out_.band = finding.band;
    if (finding.band == Band::low) return;
    out_.offences.insert(finding.offence);
    out_.categories.insert(finding.categories.begin(), finding.categories.end());
  }

 private:
  Judged& out_;
};

Judged judged(const RuleSet& rules, const LabelledText& text, Scratch& scratch) {
  Judged out;
  out.text = &text;
  TextSegment segment = TextSegment::of(Blob::own(text.text), OffsetMap::identity(text.text.size()), "body");
  segment.is_message = true;
  Collector collector(out);
  rules.scan(segment, scratch, collector);
  return out;
}

struct Count {
  std::size_t right = 0, wrong = 0, missed = 0, left = 0;  // left: innocent and not flagged
};

std::string percent(std::size_t part, std::size_t whole) {
  if (whole == 0) return "   -";
  const std::string digits = std::to_string((part * 1000 + whole / 2) / whole);
  const std::string padded = digits.size() < 4 ? std::string(4 - digits.size(), '0') + digits : digits;
  return padded.substr(0, 1) + "." + padded.substr(1);
}

std::string row(const std::string& name, const Count& c) {
  std::string label = name;
  label.resize(std::max<std::size_t>(label.size(), 10), ' ');
  return label + "  precision " + percent(c.right, c.right + c.wrong) + "  recall " + percent(c.right, c.right + c.missed) +
         "  F1 " + percent(2 * c.right, 2 * c.right + c.wrong + c.missed) + "  (" + std::to_string(c.right) + " right, " +
         std::to_string(c.wrong) + " wrong, " + std::to_string(c.missed) + " missed, " + std::to_string(c.left) +
         " left alone)\n";
}

void add(Count& count, bool is_crime, bool is_flagged) {
  ++(is_crime ? is_flagged ? count.right : count.missed : is_flagged ? count.wrong : count.left);
}

std::string counts_of(const std::vector<Judged>& texts) {
  Count all, high;
  std::map<std::string, Count> languages, offences, categories;
  std::map<std::string, std::size_t> found_as;  // crimes whose own category is among those of the finding
  for (const Judged& j : texts) {
    const LabelledText& t = *j.text;
    add(all, t.is_crime(), j.flagged());
    add(high, t.is_crime(), j.band == Band::high);
    add(languages[t.language], t.is_crime(), j.flagged());
    add(categories[t.category], t.is_crime(), j.flagged());
    for (const char* offence : {"tip", "som"}) add(offences[offence], t.offence == offence, j.offences.contains(offence));
    if (t.is_crime() && j.categories.contains(t.category)) ++found_as[t.category];
  }
  std::string out = row("all", all) + row("high only", high);
  for (const auto& [name, count] : languages) out += row(name, count);
  for (const auto& [name, count] : offences) out += row(name, count);
  for (const auto& [name, count] : categories) {
    out += row(name, count);
    out.insert(out.size() - 2, ", " + std::to_string(found_as[name]) + " under this category");
  }
  return out;
}

std::string one_line(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

std::string confusions(const std::vector<Judged>& texts) {
  std::string out;
  for (const Judged& j : texts) {
    if (j.text->is_crime() == j.flagged()) continue;
    out += (j.flagged() ? "wrong   " : "missed  ") + j.text->id + (j.band == Band::low ? " (low)" : "") + ": " +
           one_line(j.text->text.substr(0, floor_char(j.text->text, kShownBytes))) + '\n';
    for (const auto& [rule, words] : j.rules) out += "          " + rule + ": " + one_line(words) + '\n';
  }
  return out;
}

}  // namespace

bool is_kept_aside(const std::string& id) {
  if (id.starts_with("kept.")) return true;
  std::uint64_t hash = 0xcbf29ce484222325;  // FNV-1a
  for (const char c : id) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return (hash >> 32) % 3 == 0;
}

std::string measure(const RuleSet& rules, const std::vector<LabelledText>& texts) {
  const auto scratch = rules.make_scratch();
  std::vector<Judged> open, kept;
  for (const LabelledText& text : texts) (is_kept_aside(text.id) ? kept : open).push_back(judged(rules, text, *scratch));
  std::string out = "texts to tune on\n" + counts_of(open) + '\n' + confusions(open);
  if (!kept.empty()) out += "\ntexts kept aside\n" + counts_of(kept);
  return out;
}

Result<std::string> measure(const RuleSet& rules, const std::vector<PackSource>& files) {
  const auto texts = read_labelled(files);
  if (!texts) return texts.error();
  return measure(rules, *texts);
}

}  // namespace evtriage
