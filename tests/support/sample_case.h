// A small sealed case, made through the store and the custody log as the program does: journal -> results ->
// seal.  Invented people, numbers from ranges kept for fiction.  `hostile` puts markup, formulas, controls
// and broken bytes wherever evidence can put them.
#pragma once
#include <unistd.h>

#include <filesystem>
#include <string>
#include <vector>

#include "pipeline/core/text.h"
#include "pipeline/custody/custody.h"
#include "pipeline/store/store.h"

namespace evtriage::test {

inline constexpr std::int64_t sample_time_ns = 1'768'471'200'000'000'000;  // 2026-01-15T10:00:00Z

// What stands in every field of the hostile case that evidence can fill.
inline const std::string hostile_text =
    "<script>alert(1)</script><svg onload=alert(2)>\"'&\xE2\x80\xAE" "gnp.exe\x01\x1b[2J" + std::string("\0", 1) + "=HYPERLINK(\"x\")";

class SampleSource final : public Source {
 public:
  std::vector<Entry> all;
  std::vector<std::string> labels;
  std::vector<std::uint64_t> none;
  std::uint64_t entry_count() const override { return all.size(); }
  std::uint64_t total_bytes() const override { return 0; }
  std::string exhibit_label(std::uint32_t exhibit) const override { return labels[exhibit]; }
  Result<std::vector<Entry>> entries(std::uint64_t first, std::uint64_t count) override {
    std::vector<Entry> out;
    for (auto i = first; i < all.size() && out.size() < count; ++i) out.push_back(all[static_cast<std::size_t>(i)]);
    return out;
  }
  const std::vector<std::uint64_t>& large_files() const override { return none; }
  Result<Opened> open(const Entry&) const override { return Error{Code::unsupported, "not read again"}; }
  std::optional<Issue> changed(const Entry&, const Content&) const override { return std::nullopt; }
  bool warm(const Entry&) const override { return true; }
};

class SampleCase {
 public:
  // Builds and seals; the folder goes away with the object.  `problem()` says what went wrong, empty if nothing.
  explicit SampleCase(bool hostile = false, bool empty = false) : hostile_(hostile) {
    std::string pattern = (std::filesystem::temp_directory_path() / "evtriage-sample-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) problem_ = "no temporary folder";
    dir_ = pattern;
    if (!empty) fill();
    seal();
  }
  ~SampleCase() {
    std::error_code ignored;
    std::filesystem::remove_all(dir_, ignored);
  }
  SampleCase(const SampleCase&) = delete;
  SampleCase& operator=(const SampleCase&) = delete;
  const std::string& dir() const { return dir_; }
  const std::string& problem() const { return problem_; }

 private:
  std::string evidence(std::string plain) const { return hostile_ ? plain + hostile_text : plain; }

  // One entry of the listing with its item; returns the item for more.
  ItemRecord& add(std::uint32_t exhibit, std::string path, ItemKind kind, std::string media_type, std::string bytes) {
    Entry entry;
    entry.ordinal = source_.all.size();
    entry.exhibit = exhibit;
    entry.number = exhibit == 0 ? entry.ordinal + 1 : 1;
    entry.path = path;
    entry.kind = kind;
    entry.size = bytes.size();
    entry.modified_ns = kind == ItemKind::file ? std::optional<std::int64_t>(sample_time_ns - 86'400'000'000'000) : std::nullopt;
    source_.all.push_back(entry);
    UnitPart part;
    part.ordinal = entry.ordinal;
    ItemRecord item;
    item.path = printable(evidence(path));
    item.name = item.path.substr(item.path.rfind('/') + 1);
    item.address = Address::exhibit(exhibit == 0 ? "EX1" : "EX2").child({StepKind::file, entry.number, {}, path}).print();
    item.kind = kind;
    item.size = bytes.size();
    item.media_type = std::move(media_type);
    item.modified_ns = entry.modified_ns;
    if (kind == ItemKind::file) item.digests.sha256 = sha256(bytes);
    item.text_bytes = bytes.size();
    part.items.push_back(std::move(item));
    parts_.push_back(std::move(part));
    return parts_.back().items.front();
  }

  void add_text(ItemRecord& item, const std::string& text, const std::string& language) {
    TextRecord record;
    record.origin = "body";
    record.language = language;
    record.text = Blob::own(evidence(text));
    record.is_whole_item = false;
    item.texts.push_back(std::move(record));
  }

  struct Words {
    std::string rule, category, element, matched;
  };
  void add_finding(ItemRecord& item, const std::string& offence, Band band, std::int32_t score_milli, const std::string& language,
                   const std::string& text, const std::vector<Words>& words, std::vector<std::string> against = {}) {
    Finding finding;
    finding.bytes = {0, text.size()};
    finding.offence = offence;
    finding.band = band;
    finding.score_milli = score_milli;
    finding.against = std::move(against);
    finding.why = "Words in this text fit the rules named here.";
    finding.excerpt = evidence(text);
    for (const auto& one : words) {
      Hit hit;
      hit.bytes = {1, 2};
      hit.rule = one.rule;
      hit.pack = offence + "-" + language;
      hit.offence = offence;
      hit.category = one.category;
      hit.rule_version = 1;
      hit.elements = {one.element};
      hit.weight = 6;
      hit.language = language;
      hit.matched = one.matched;
      hit.context = evidence(text);
      item.hits.push_back(hit);
      finding.rules.push_back(one.rule);
      finding.categories.push_back(one.category);
      finding.elements.push_back(one.element);
    }
    item.score_milli = score_milli;
    item.findings.push_back(std::move(finding));
  }

  void add_mention(ItemRecord& item, const std::string& type, const std::string& value, const std::string& country, const std::string& label) {
    Mention mention;
    mention.type = type;
    mention.value = value;
    mention.country = country;
    mention.label = label;
    mention.bytes = {3, 16};
    mention.raw = evidence(value);
    mention.context = evidence("call " + value + " tonight");
    item.mentions.push_back(std::move(mention));
  }

  void fill() {
    source_.labels = {"EX1", "EX2"};
    fill_chats();
    fill_troubles();
    fill_ledger();
  }

  void fill_chats() {
    add(0, "Chats", ItemKind::directory, "", "");
    const std::string english = "Madam is keeping our passports until we finish paying.\nShe says we owe her 30000 and nobody goes out at night.";
    for (const char* path : {"Chats/group.txt", "Chats/group (copy).txt"}) {
      ItemRecord& item = add(0, path, ItemKind::file, "text/plain", english);
      add_text(item, english, "en");
      add_finding(item, "tip", Band::high, 17'300, "en", english,
                  {{"tip.T02.en.holds-documents", "T02", "means", "keeping our passports"}, {"tip.T03.en.debt-release", "T03", "purpose", "until we finish paying"}});
      add_mention(item, "phone", "+12025550143", "US", "Auntie");
    }
    const std::string french = "Départ samedi, 800 000 par tête, la moitié avant. Le bateau part de la plage, éteignez les téléphones.";
    ItemRecord& passage = add(0, "Chats/départ.txt", ItemKind::file, "text/plain", french);
    add_text(passage, french, "fr");
    add_finding(passage, "som", Band::high, 13'000, "fr", french,
                {{"som.S01.fr.passage", "S01", "entry", "Départ samedi"}, {"som.S02.fr.fee", "S02", "benefit", "800 000 par tête"}});
    const std::string arabic = "جوازاتكم عندي حتى تدفعوا كل الدين. لا أحد يخرج من البيت.";
    ItemRecord& house = add(0, "Chats/رسالة.txt", ItemKind::file, "text/plain", arabic);
    add_text(house, arabic, "ar");
    add_finding(house, "tip", Band::medium, 9'500, "ar", arabic, {{"tip.T02.ar.holds-documents", "T02", "means", "جوازاتكم عندي"}});
    const std::string portuguese = "A polícia disse que a rapariga ficou sem passaporte e sem salário durante meses.";
    ItemRecord& report = add(0, "notícia.html", ItemKind::file, "text/html", portuguese);
    add_text(report, portuguese, "pt");
    add_finding(report, "tip", Band::low, 4'200, "pt", portuguese, {{"tip.T07.pt.unpaid", "T07", "purpose", "sem salário durante meses"}}, {"x.pt.news"});
    MessageRecord message;
    message.application = evidence("e-mail");
    message.conversation = "1";
    message.sender = evidence("ana@example.org");
    message.recipients = {"rui@example.org"};
    message.sent_ns = sample_time_ns - 3'600'000'000'000;
    message.direction = "incoming";
    message.body = evidence("Bom dia");
    report.messages.push_back(message);
    add_mention(report, "email", "ana@example.org", "", "");
  }

  void fill_troubles() {
    ItemRecord& lying = add(0, "holiday.jpg", ItemKind::file, "application/zip", "PK\x03\x04 not a picture");
    lying.type_mismatch = true;
    lying.encrypted = true;
    lying.outcome = Outcome::partial;
    lying.issues.push_back({Code::encrypted, "archive", evidence("2 members need a password"), ByteRange{4, 20}, true});
    ItemRecord& broken = add(0, "broken.bin", ItemKind::file, "", "");
    broken.outcome = Outcome::failed;
    broken.issues.push_back({Code::io_read, "read", "input/output error", std::nullopt, true});
    ItemRecord& pipe = add(0, "pipe", ItemKind::special, "", "");
    pipe.outcome = Outcome::skipped;
    pipe.issues.push_back({Code::unsupported, "read", "fifo: not opened", std::nullopt, true});
    ItemRecord& listed = add(0, "tool.apk", ItemKind::file, "application/vnd.android.package-archive", "listed");
    listed.known = Known::alert;
  }

  void fill_ledger() {
    const std::string rows = "Moussa;500;paid\nAwa;500;rest 250";
    ItemRecord& ledger = add(1, "ledger.csv", ItemKind::file, "text/csv", rows);
    add_text(ledger, rows, "");
    add_mention(ledger, "phone", "+12025550143", "US", "");
    add_mention(ledger, "handle", hostile_ ? "@SUM(1+1)" : "telegram:ana_example", "", "");
  }

  BuildInput build_input() {
    BuildInput input;
    input.journal_file = dir_ + "/journal";
    input.source = &source_;
    if (!source_.all.empty()) input.exhibits = {{"EX1", evidence("phone-export"), "folder"}, {"EX2", "ledger.csv", "file"}};
    input.packs = {{"tip-en", "1.0", "Apache-2.0", "evtriage", hex(sha256("tip-en")), "", {"en"}, 2}};
    input.rules = {
        {"tip.T02.en.holds-documents", "tip-en", "tip", "T02", "means", "TIP Protocol art. 3(a)", 1, 6,
         {{"en", "Identity documents held by another person"}, {"fr", "Documents d’identité détenus par une autre personne"},
          {"pt", "Documentos de identidade na posse de outra pessoa"}, {"ar", "وثائق هوية في حيازة شخص آخر"}}},
        {"tip.T02.ar.holds-documents", "tip-ar", "tip", "T02", "means", "TIP Protocol art. 3(a)", 1, 6,
         {{"en", "Identity documents held by another person"}, {"ar", "وثائق هوية في حيازة شخص آخر"}}},
        {"tip.T03.en.debt-release", "tip-en", "tip", "T03", "purpose", "TIP Protocol art. 3(a)", 1, 8,
         {{"en", "Freedom only against a debt"}, {"fr", "Liberté subordonnée à une dette"}, {"pt", "Liberdade dependente de uma dívida"}, {"ar", "الحرية مقابل سداد دين"}}},
        {"som.S01.fr.passage", "som-fr", "som", "S01", "entry", "SOM Protocol art. 3(a), 6(1)(a)", 1, 5,
         {{"en", "Offer of a passage"}, {"fr", "Offre de passage"}, {"pt", "Oferta de passagem"}, {"ar", "عرض عبور"}}},
        {"som.S02.fr.fee", "som-fr", "som", "S02", "benefit", "SOM Protocol art. 3(a)", 1, 6,
         {{"en", "Fee for each person"}, {"fr", "Prix par personne"}, {"pt", "Preço por pessoa"}, {"ar", "أجرة عن كل شخص"}}}};
    input.profile_text = "limits.depth=16\nversion.evtriage=0.1.0\n";
    return input;
  }

  void seal() {
    if (!problem_.empty()) return;
    const FixedClock clock(sample_time_ns);
    auto custody = open_custody_log(dir_ + "/custody.jsonl", clock);
    auto journal = open_journal(dir_ + "/journal", {"profile", "listing"}, KeepText::all);
    if (!custody || !journal) return fail("custody log or journal");
    std::vector<std::pair<std::string, std::string>> facts = {{"program", "evtriage 0.1.0"}};
    if (!source_.all.empty()) {
      facts.insert(facts.end(), {{"case.facts", evidence("Calls for travel to work, then unpaid.")}, {"case.request_reference", "MLA 12/2026"},
                                 {"case.prepared_by", "A. Example"}, {"command", "evtriage run phone-export EX2=ledger.csv --case DIR"},
                                 {"exhibit.EX1.clock_offset", "-120"}, {"exhibit.EX1.seized_at", "2026-01-10 14:05 GMT"},
                                 {"exhibit.EX2.acquisition_hash", "sha256:" + hex(sha256("Moussa;500;paid\nAwa;500;rest 250"))}});
      facts.insert(facts.end(), {{"case_number", evidence("2026-014")}, {"examiner", evidence("A. Example")}, {"agency", "Digital Evidence Unit"}});
    }
    if (!(*custody)->append({"started", facts})) return fail("custody log");
    if (!(*custody)->append({"listed", {{"exhibit", "EX1"}, {"entries", "10"}}})) return fail("custody log");
    for (const auto& part : parts_) {
      if (!(*journal)->append((*journal)->encode({part}))) return fail("journal");
    }
    if (!(*journal)->sync()) return fail("journal");
    journal->reset();
    const auto built = build_results(build_input(), dir_ + "/results.sqlite");
    if (!built) return fail(built.error().detail);
    finish(**custody, *built);
  }

  void finish(CustodyLog& custody, const BuildResult& built) {
    Seal seal;
    seal.program_version = "0.1.0";
    seal.profile_digest = hex(sha256("profile"));
    for (const auto& table : built.tables) seal.tables.push_back({table.table, table.rows, table.root});
    seal.results_digest = results_root(seal.tables);
    // The file's own digest carries the SQLite version: golden pages must not depend on it.
    seal.results_file_sha256 = hex(sha256("results.sqlite"));
    seal.counts = {{"enumerated", built.enumerated}, {"done", built.done}};
    seal.exhibits = built.exhibit_digests;
    seal.custody_head = custody.head();
    seal.custody_size = custody.size();
    if (!write_seal(dir_, seal)) return fail("seal");
    if (!custody.append({"sealed", {{"results", seal.results_digest}}})) return fail("custody log");
    if (!custody.append({"report", {{"file", "report.en.html"}}})) return fail("custody log");
  }

  void fail(const std::string& what) { problem_ = what; }

  bool hostile_;
  std::string dir_, problem_;
  SampleSource source_;
  std::vector<UnitPart> parts_;
};

}  // namespace evtriage::test
