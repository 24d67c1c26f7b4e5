// CASE/UCO 1.4.0: who examined what, by which authority, with which tool, and every act of custody as an
// InvestigativeAction that knows the one before it.
//
// Source: https://ontology.caseontology.org/case/investigation/ 1.4.0 and UCO 1.4.0.
// Tested by tests/whole/exchange_test.py (SHACL shapes of CASE 1.4.0, rdflib).
#include "reports/case_uco.h"

#include "reports/exchange.h"
#include "reports/page.h"
#include "reports/xml.h"

namespace evtriage::reports {
namespace {

constexpr std::string_view date_time = "xsd:dateTime";

std::string fact(const CaseInput& input, const std::string& key) {
  const auto found = input.custody.facts.find(key);
  return found == input.custody.facts.end() ? std::string() : found->second;
}

std::string or_else(std::string said, std::string_view otherwise) { return said.empty() ? std::string(otherwise) : said; }

std::uint64_t count(CaseReader& reader, const std::string& sql) {
  std::uint64_t value = 0;
  (void)reader.query(sql, {}, [&](const CaseReader::Row& row) {
    value = to_number(row[0].value_or(""));
    return false;
  });
  return value;
}

CaseNames names_of(const CaseInput& input, const LinkedData& out) {
  CaseNames names;
  names.investigation = out.name("investigation", "1");
  if (!fact(input, "examiner").empty()) names.examiner = out.name("person", "examiner");
  if (!fact(input, "agency").empty()) names.agency = out.name("organization", "agency");
  if (!fact(input, "authority").empty()) names.authorization = out.name("authorization", "1");
  names.tool = out.name("tool", "evtriage");
  names.marking = out.name("marking", "handling");
  names.analysis = out.name("analysis", "rules");
  return names;
}

void write_investigation(const CaseInput& input, LinkedData& out, const CaseNames& names) {
  const std::string of = std::to_string(count(*input.reader, "SELECT COUNT(DISTINCT item) FROM findings"));
  std::vector<std::string> objects = names.records;
  objects.insert(objects.end(), names.items.begin(), names.items.end());
  out.begin(names.investigation, {"investigation:Investigation"});
  out.text("core:name", or_else(fact(input, "case_number"), "not stated"));
  out.text("core:description", "Triage of digital evidence. The results are indicators, each to be reviewed by a person; they say of nobody that he or she is an "
                               "offender or a victim. Relevant items described here: " + std::to_string(names.items.size()) + " of " + of + " items with findings.");
  out.text("investigation:focus", "Indicators of trafficking in persons and of smuggling of migrants").text("investigation:investigationForm", "case");
  out.refer("investigation:relevantAuthorization", names.authorization).refer("core:objectMarking", names.marking).refer("core:object", objects);
  out.end().next();
}

void write_persons(const CaseInput& input, LinkedData& out, const CaseNames& names) {
  if (!names.examiner.empty()) out.begin(names.examiner, {"identity:Person"}).text("core:name", fact(input, "examiner")).end().next();
  if (!names.agency.empty()) out.begin(names.agency, {"identity:Organization"}).text("core:name", fact(input, "agency")).end().next();
  if (names.authorization.empty()) return;
  out.begin(names.authorization, {"investigation:Authorization"}).text("investigation:authorizationType", or_else(fact(input, "case.authority_type"), "as stated by the examiner"));
  out.text("investigation:authorizationIdentifier", fact(input, "authority")).end().next();
}

Result<void> write_tool(const CaseInput& input, LinkedData& out, const CaseNames& names) {
  const std::string configuration = out.name("configuration", "profile");
  out.begin(names.tool, {"tool:ConfiguredTool"}).text("core:name", "evtriage").text("tool:toolType", "Evidence triage");
  if (input.seal) out.text("tool:version", input.seal->program_version);
  out.refer("configuration:usesConfiguration", configuration).end().next();
  out.begin(configuration, {"configuration:Configuration"}).begin_list("configuration:configurationEntry");
  const auto read = input.reader->query("SELECT n, line FROM profile ORDER BY n LIMIT 400", {}, [&](const CaseReader::Row& row) {
    const std::string line = row[1].value_or("");
    const auto equals = line.find('=');
    if (equals == std::string::npos) return true;
    const std::string value = line.substr(equals + 1);
    out.begin(out.name("entry", line.substr(0, equals)), {"configuration:ConfigurationEntry"}).text("configuration:itemName", line.substr(0, equals));
    out.text("configuration:itemValue", value.empty() ? "(empty)" : value).end();
    return true;
  });
  out.end_list().end().next();
  return read;
}

void write_marking(const CaseInput& input, LinkedData& out, const CaseNames& names) {
  std::string statement(text(Text::handling_note, Language::en));
  statement += " Limits on use: " + or_else(fact(input, "case.use_limitation"), "not stated") + ". Passing on to others: " + or_else(fact(input, "case.onward_sharing"), "not stated") + ".";
  out.begin(names.marking, {"marking:MarkingDefinition"}).text("marking:definitionType", "statement").begin_list("marking:definition");
  out.begin(out.name("statement", "handling"), {"marking:StatementMarking"}).text("marking:definitionType", "statement");
  out.text("marking:statement", statement).end().end_list().end().next();
}

void write_acts(const CaseInput& input, LinkedData& out, const CaseNames& names) {
  std::string before;
  for (std::size_t i = 0; i < input.custody.acts.size(); ++i) {
    const auto& act = input.custody.acts[i];
    const std::string id = out.name("act", std::to_string(i + 1));
    out.begin(id, {"investigation:InvestigativeAction"}).text("core:name", act.action).text("core:description", act.detail);
    out.typed("action:startTime", date_time, act.time).typed("action:endTime", date_time, act.time);
    out.refer("action:performer", names.examiner).refer("action:instrument", names.tool).refer("investigation:wasInformedBy", before);
    if (act.action == "sealed") out.refer("action:result", names.records);
    out.end().next();
    before = id;
  }
}

void write_analysis(const CaseInput& input, LinkedData& out, const CaseNames& names) {
  out.begin(names.analysis, {"analysis:Analysis", "investigation:InvestigativeAction"}).text("core:name", "Rules applied to the extracted text");
  out.typed("action:startTime", date_time, input.custody.started).typed("action:endTime", date_time, input.custody.sealed);
  out.refer("action:performer", names.examiner).refer("action:instrument", names.tool).refer("action:object", names.items).refer("action:result", names.results);
  out.end().next();
}

}  // namespace

Result<void> write_case_story(const CaseInput& input, LinkedData& out, const CaseNames& names) {
  write_investigation(input, out, names);
  write_persons(input, out, names);
  if (const auto written = write_tool(input, out, names); !written) return written;
  write_marking(input, out, names);
  write_analysis(input, out, names);
  write_acts(input, out, names);
  return {};
}

Result<void> write_case_uco(const CaseInput& input, const Sink& sink) {
  Gathered gathered(sink);
  LinkedData out(gathered.text(), case_space(input.seal ? input.seal->results_digest : "not sealed"));
  CaseNames names = names_of(input, out);
  Result<void> state;
  const auto exhibits = load_exhibits(*input.reader, state);
  if (!state) return state;
  out.begin_document();
  if (const auto items = write_case_items(input, exhibits, out, names); !items) return items;
  if (const auto story = write_case_story(input, out, names); !story) return story;
  out.end_document();
  return {};
}

}  // namespace evtriage::reports
