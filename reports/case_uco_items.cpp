// CASE/UCO: exhibits with their provenance records, the items with the heaviest findings, their hits as
// AnalyticResults and the contacts found in them.  A hit is worded as an indicator and carries no confidence,
// because a weight is no probability.
// Tested by tests/whole/exchange_test.py
#include <algorithm>

#include "reports/case_uco.h"
#include "reports/json_read.h"

namespace evtriage::reports {
namespace {

using Row = CaseReader::Row;
constexpr std::string_view date_time = "xsd:dateTime", integer = "xsd:integer", hex_binary = "xsd:hexBinary";

struct Item {
  std::string id, exhibit, address, path, name, size, media_type, digests, created, modified, accessed, changed, deleted, encrypted;
};

std::string at(const Row& row, std::size_t column) { return row[column].value_or(""); }

Result<std::vector<Item>> load_items(CaseReader& reader) {
  std::vector<Item> out;
  const auto read = reader.query(
      "SELECT i.id, i.exhibit, i.address, i.path, i.name, i.size, i.media_type, i.md5, i.sha1, i.sha256, i.sha512, i.created, i.modified, i.accessed, i.changed, "
      "i.deleted, i.encrypted FROM (SELECT item, max(score) AS top FROM findings GROUP BY item ORDER BY top DESC, item LIMIT " + std::to_string(case_items) +
      ") f CROSS JOIN items i ON i.id = f.item ORDER BY i.id", {}, [&](const Row& row) {
    std::string digests;
    JsonWriter json(digests);
    json.begin_object();
    constexpr std::string_view names[] = {"md5", "sha1", "sha256", "sha512"};
    for (std::size_t i = 0; i < std::size(names); ++i) {
      if (row[7 + i]) json.key(names[i]).value(*row[7 + i]);
    }
    json.end_object();
    out.push_back({at(row, 0), at(row, 1), at(row, 2), at(row, 3), at(row, 4), at(row, 5), at(row, 6), digests, at(row, 11), at(row, 12), at(row, 13),
                   at(row, 14), at(row, 15), at(row, 16)});
    return true;
  });
  if (!read) return read.error();
  return out;
}

bool is_hex(std::string_view text) { return !text.empty() && text.size() % 2 == 0 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos; }

// The hashes of {"sha256":"..."}; names that UCO's vocabulary does not know (tree_sha256) are left out.
void write_hashes(LinkedData& out, const std::string& digests, const std::string& key) {
  constexpr std::pair<std::string_view, std::string_view> methods[] = {{"md5", "MD5"}, {"sha1", "SHA1"}, {"sha256", "SHA256"}, {"sha512", "SHA512"}};
  const auto fields = read_json_object(digests.empty() ? "{}" : digests);
  if (!fields) return;
  bool open = false;
  for (const auto& [name, method] : methods) {
    const std::string value(field(*fields, name));
    if (!is_hex(value)) continue;
    if (!open) out.begin_list("observable:hash");
    open = true;
    out.begin(out.name("hash", key + "/" + std::string(name)), {"types:Hash"}).text("types:hashMethod", method).typed("types:hashValue", hex_binary, value).end();
  }
  if (open) out.end_list();
}

void write_exhibit(LinkedData& out, const CaseExhibit& exhibit, const std::string& thing, const std::string& record, const CaseNames& names) {
  out.begin(record, {"investigation:ProvenanceRecord"}).text("core:name", exhibit.label).text("investigation:exhibitNumber", exhibit.label);
  out.refer("core:object", thing).refer("core:objectMarking", names.marking).end().next();
  out.begin(thing, {"observable:ObservableObject"}).text("core:name", exhibit.name).text("core:description", "Exhibit " + exhibit.label + " (" + exhibit.kind + ")");
  out.refer("core:objectMarking", names.marking).begin_list("core:hasFacet");
  out.begin(out.name("exhibit-file", exhibit.label), {"observable:FileFacet"}).text("observable:fileName", exhibit.name);
  out.typed("observable:sizeInBytes", integer, exhibit.size).end();
  out.begin(out.name("exhibit-content", exhibit.label), {"observable:ContentDataFacet"}).typed("observable:sizeInBytes", integer, exhibit.size);
  write_hashes(out, exhibit.digests, "exhibit/" + exhibit.label);
  out.end().end_list().end().next();
}

void write_relation(LinkedData& out, const std::string& key, const std::string& source, const std::string& target) {
  out.begin(out.name("relation", key), {"observable:ObservableRelationship"}).refer("core:source", source).refer("core:target", target);
  out.flag("core:isDirectional", true).text("core:kindOfRelationship", "Contained_Within").end().next();
}

void write_item(LinkedData& out, const Item& item, const std::string& thing, const CaseNames& names) {
  out.begin(thing, {"observable:ObservableObject"}).text("core:name", item.name).text("core:description", item.address).refer("core:objectMarking", names.marking);
  out.begin_list("core:hasFacet").begin(out.name("file", item.id), {"observable:FileFacet"}).text("observable:fileName", item.name);
  out.text("observable:filePath", item.path).typed("observable:sizeInBytes", integer, item.size);
  out.typed("observable:modifiedTime", date_time, item.modified).typed("observable:accessedTime", date_time, item.accessed);
  out.typed("observable:metadataChangeTime", date_time, item.changed).typed("observable:observableCreatedTime", date_time, item.created);
  if (item.deleted == "1") out.text("observable:allocationStatus", "unallocated");
  out.end().begin(out.name("content", item.id), {"observable:ContentDataFacet"}).text("observable:mimeType", item.media_type);
  out.typed("observable:sizeInBytes", integer, item.size).flag("observable:isEncrypted", item.encrypted == "1");
  write_hashes(out, item.digests, "item/" + item.id);
  out.end().end_list().end().next();
  write_relation(out, "item/" + item.id, thing, out.name("exhibit", item.exhibit));
}

Result<void> write_hits(CaseReader& reader, LinkedData& out, const std::string& item, const std::string& thing, CaseNames& names) {
  return reader.query("SELECT n, rule, rule_version, offence, category, elements, matched, begin, \"end\" FROM hits WHERE item = ? ORDER BY n LIMIT " + std::to_string(case_hits_an_item),
                      {item}, [&](const Row& row) {
    const std::string key = item + "/" + at(row, 0), id = out.name("result", key);
    std::string elements;
    for (const auto& element : read_json_texts(at(row, 5))) elements.append(elements.empty() ? "" : ", ").append(element);
    std::vector<std::string> classes = {at(row, 3) + ": " + at(row, 4)};
    if (!elements.empty()) classes.push_back("legal element: " + elements);
    out.begin(id, {"analysis:AnalyticResult"}).text("core:name", at(row, 1) + " version " + at(row, 2));
    const std::string where = row[7] && row[8] ? " (bytes " + *row[7] + " to " + *row[8] + " of the item)" : "";
    out.text("core:statement", "Indicator, to be reviewed by a person: the words \"" + at(row, 6) + "\"" + where + " fit this rule.");
    out.refer("analysis:originatingAnalysis", names.analysis).refer("analysis:resultContent", thing).begin_list("core:hasFacet");
    out.begin(out.name("result-facet", key), {"analysis:ArtifactClassificationResultFacet"}).begin_list("analysis:classification");
    out.begin(out.name("classification", key), {"analysis:ArtifactClassification"}).texts("analysis:class", classes);
    out.end().end_list().end().end_list().end().next();
    names.results.push_back(id);
    return true;
  });
}

struct ContactFacet {
  std::string_view type, facet, property;
};
constexpr ContactFacet facets[] = {{"phone", "observable:PhoneAccountFacet", "observable:phoneNumber"}, {"email", "observable:EmailAddressFacet", "observable:addressValue"},
                                   {"url", "observable:URLFacet", "observable:fullValue"}, {"domain", "observable:DomainNameFacet", "observable:value"},
                                   {"ipv4", "observable:IPv4AddressFacet", "observable:addressValue"}, {"ipv6", "observable:IPv6AddressFacet", "observable:addressValue"},
                                   {"mac", "observable:MACAddressFacet", "observable:addressValue"}, {"handle", "observable:DigitalAccountFacet", "observable:accountLogin"}};

Result<void> write_contacts(CaseReader& reader, LinkedData& out, const std::string& item, const std::string& thing, std::vector<std::string>& written) {
  return reader.query("SELECT DISTINCT c.id, c.type, c.value FROM mentions m CROSS JOIN contacts c ON c.id = m.contact WHERE m.item = ? ORDER BY c.id LIMIT " +
                      std::to_string(case_contacts_an_item), {item}, [&](const Row& row) {
    for (const auto& facet : facets) {
      if (facet.type != at(row, 1)) continue;
      const std::string id = out.name("contact", at(row, 0));
      if (std::find(written.begin(), written.end(), id) == written.end()) {
        out.begin(id, {"observable:ObservableObject"}).begin_list("core:hasFacet").begin(out.name("contact-facet", at(row, 0)), {facet.facet});
        out.text(facet.property, at(row, 2)).end().end_list().end().next();
        written.push_back(id);
      }
      write_relation(out, "contact/" + at(row, 0) + "/" + item, id, thing);
    }
    return true;
  });
}

}  // namespace

std::vector<CaseExhibit> load_exhibits(CaseReader& reader, Result<void>& state) {
  std::vector<CaseExhibit> out;
  state = reader.query("SELECT label, name, kind, size, digests FROM exhibits ORDER BY number", {}, [&](const Row& row) {
    out.push_back({at(row, 0), at(row, 1), at(row, 2), at(row, 3), at(row, 4)});
    return true;
  });
  return out;
}

Result<void> write_case_items(const CaseInput& input, const std::vector<CaseExhibit>& exhibits, LinkedData& out, CaseNames& names) {
  for (const auto& exhibit : exhibits) {
    names.records.push_back(out.name("record", exhibit.label));
    write_exhibit(out, exhibit, out.name("exhibit", exhibit.label), names.records.back(), names);
  }
  const auto items = load_items(*input.reader);
  if (!items) return items.error();
  std::vector<std::string> contacts;
  for (const auto& item : *items) {
    const std::string thing = out.name("item", item.id);
    names.items.push_back(thing);
    write_item(out, item, thing, names);
    if (const auto hits = write_hits(*input.reader, out, item.id, thing, names); !hits) return hits;
    if (const auto found = write_contacts(*input.reader, out, item.id, thing, contacts); !found) return found;
  }
  return {};
}

}  // namespace evtriage::reports
