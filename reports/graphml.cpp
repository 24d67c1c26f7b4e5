// Contacts and the items that mention them, as a graph for Gephi, yEd, networkx, Cytoscape.
//
// Nodes: every contact (c12) and every item with a mention (i7).  Edges: an item mentions a contact (weight: how
// often), and the links between contacts that the case holds.  Mentions are counted item by item, so that
// memory is bounded by one item's mentions.
// Source: http://graphml.graphdrawing.org/xmlns.  Tested by tests/whole/exchange_test.py (networkx reads it).
#include <map>

#include "reports/exchange.h"
#include "reports/page.h"
#include "reports/xml.h"

namespace evtriage::reports {
namespace {

using Row = CaseReader::Row;

struct Key {
  std::string_view id, element, type;
};
constexpr Key keys[] = {{"kind", "node", "string"}, {"type", "node", "string"}, {"value", "node", "string"}, {"country", "node", "string"},
                        {"confidence", "node", "string"}, {"label", "node", "string"}, {"mentions", "node", "long"}, {"exhibit", "node", "string"},
                        {"path", "node", "string"}, {"address", "node", "string"}, {"media_type", "node", "string"}, {"sha256", "node", "string"},
                        {"score_milli", "node", "long"}, {"relation", "edge", "string"}, {"weight", "edge", "long"}, {"items", "edge", "long"},
                        {"first_seen", "edge", "string"}, {"last_seen", "edge", "string"}};

void data(std::string& out, std::string_view key, const std::optional<std::string>& text) {
  if (!text || text->empty()) return;
  out.append("<data key=\"").append(key).append("\">");
  append_xml(out, *text);
  out += "</data>";
}

void open_edge(std::string& out, std::string_view from, std::string_view source, std::string_view to, std::string_view target) {
  out.append("<edge source=\"").append(from).append(source).append("\" target=\"").append(to).append(target).append("\">");
}

Result<void> append_contacts(const CaseInput& input, Gathered& gathered) {
  return input.reader->query("SELECT id, type, value, country, confidence, label, mentions FROM contacts ORDER BY id", {}, [&](const Row& row) {
    std::string& out = gathered.text();
    out.append("<node id=\"c").append(row[0].value_or("")).append("\">");
    data(out, "kind", "contact");
    data(out, "type", row[1]);
    data(out, "value", row[2]);
    data(out, "country", row[3]);
    data(out, "confidence", row[4]);
    data(out, "label", row[5]);
    data(out, "mentions", row[6]);
    out += "</node>\n";
    gathered.step();
    return true;
  });
}

Result<void> append_items(const CaseInput& input, Gathered& gathered) {
  return input.reader->query("SELECT id, exhibit, path, address, media_type, sha256, score FROM items WHERE EXISTS (SELECT 1 FROM mentions WHERE "
                             "item = items.id) ORDER BY id", {}, [&](const Row& row) {
    std::string& out = gathered.text();
    out.append("<node id=\"i").append(row[0].value_or("")).append("\">");
    data(out, "kind", "item");
    data(out, "exhibit", row[1]);
    data(out, "path", row[2]);
    data(out, "address", row[3]);
    data(out, "media_type", row[4]);
    data(out, "sha256", row[5]);
    data(out, "score_milli", row[6]);
    out += "</node>\n";
    gathered.step();
    return true;
  });
}

struct OneItem {  // mentions of the item that is being read
  std::string item;
  std::map<std::uint64_t, std::uint64_t> times;
  void append(Gathered& gathered) {
    for (const auto& [contact, count] : times) {
      open_edge(gathered.text(), "i", item, "c", std::to_string(contact));
      data(gathered.text(), "relation", "mentions");
      data(gathered.text(), "weight", std::to_string(count));
      gathered.text() += "</edge>\n";
      gathered.step();
    }
    times.clear();
  }
};

// A mention of an item or a contact that is not in the case (a changed case) would be an edge to nowhere.
Result<void> append_mentions(const CaseInput& input, Gathered& gathered) {
  OneItem now;
  const auto walked = input.reader->query("SELECT m.item, m.contact FROM mentions m CROSS JOIN items i ON i.id = m.item CROSS JOIN contacts c ON "
                                          "c.id = m.contact ORDER BY m.item, m.n", {}, [&](const Row& row) {
    if (row[0].value_or("") != now.item) now.append(gathered);
    now.item = row[0].value_or("");
    ++now.times[to_number(row[1].value_or(""))];
    return true;
  });
  now.append(gathered);
  return walked;
}

Result<void> append_links(const CaseInput& input, Gathered& gathered) {
  return input.reader->query("SELECT l.a, l.b, l.kind, l.weight, l.items, l.first_seen, l.last_seen FROM links l CROSS JOIN contacts x ON x.id = l.a "
                             "CROSS JOIN contacts y ON y.id = l.b ORDER BY l.a, l.b, l.kind", {}, [&](const Row& row) {
    std::string& out = gathered.text();
    open_edge(out, "c", row[0].value_or(""), "c", row[1].value_or(""));
    data(out, "relation", row[2]);
    data(out, "weight", row[3]);
    data(out, "items", row[4]);
    data(out, "first_seen", row[5]);
    data(out, "last_seen", row[6]);
    out += "</edge>\n";
    gathered.step();
    return true;
  });
}

}  // namespace

Result<void> write_graphml(const CaseInput& input, const Sink& sink) {
  Gathered gathered(sink);
  std::string& out = gathered.text();
  out += "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n";
  for (const auto& key : keys) {
    out.append("<key id=\"").append(key.id).append("\" for=\"").append(key.element).append("\" attr.name=\"").append(key.id);
    out.append("\" attr.type=\"").append(key.type).append("\"/>\n");
  }
  out += "<graph id=\"case\" edgedefault=\"undirected\">\n";
  constexpr Result<void> (*parts[])(const CaseInput&, Gathered&) = {append_contacts, append_items, append_mentions, append_links};
  for (const auto part : parts) {
    if (const auto done = part(input, gathered); !done) return done;
  }
  out += "</graph>\n</graphml>\n";
  return {};
}

}  // namespace evtriage::reports
