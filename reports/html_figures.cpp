// Pictures where a person would rather look: when things happened, and which contacts stand together.  Drawn as
// static SVG with whole numbers only; each repeats a table below it, so that nobody needs the picture.
// Tested by tests/reports/html_test.cpp and tests/reports/html_case_test.cpp
#include <algorithm>
#include <map>
#include <vector>

#include "pipeline/core/text.h"
#include "reports/case_file.h"
#include "reports/html.h"

namespace evtriage::reports {
namespace {

constexpr std::size_t periods_shown = 60, nodes_shown = 12, links_shown = 20;
constexpr std::uint64_t chart_width = 720, chart_height = 120;

struct Counts {
  std::uint64_t messages = 0, files = 0;
};
using Periods = std::map<std::string, Counts>;

struct Correction {
  std::string label, seconds;
};

std::vector<Correction> corrections_of(Page& page) {
  std::vector<Correction> out;
  page.each("SELECT label FROM exhibits ORDER BY number LIMIT 200", {}, [&](const Page::Row& row) {
    const auto seconds = clock_correction(page.input().custody.facts, row[0]);
    if (seconds != 0) out.push_back({row[0], (seconds > 0 ? "+" : "") + std::to_string(seconds)});
    return true;
  });
  return out;
}

Periods by_month(Page& page) {
  Periods out;
  std::vector<std::string> bind;
  std::string month = corrected_time(page, "m.sent", "%Y-%m", "substr(m.sent, 1, 7)", bind);
  page.each("SELECT " + month + ", COUNT(*) FROM messages m JOIN items ON items.id = m.item WHERE m.sent IS NOT NULL GROUP BY 1", bind, [&](const Page::Row& row) {
    out[row[0]].messages = to_number(row[1]);
    return true;
  });
  bind.clear();
  month = corrected_time(page, "modified", "%Y-%m", "substr(modified, 1, 7)", bind);
  page.each("SELECT " + month + ", COUNT(*) FROM items WHERE modified IS NOT NULL AND kind <> 'directory' GROUP BY 1", bind, [&](const Page::Row& row) {
    out[row[0]].files = to_number(row[1]);
    return true;
  });
  out.erase("");
  return out;
}

Periods by_year(const Periods& months) {
  Periods out;
  for (const auto& [month, counts] : months) {
    auto& year = out[month.substr(0, 4)];
    year.messages += counts.messages;
    year.files += counts.files;
  }
  return out;
}

// The period after "2025-12" or "2025".
std::string next_period(const std::string& period) {
  std::uint64_t year = to_number(std::string_view(period).substr(0, 4)), month = period.size() > 4 ? to_number(std::string_view(period).substr(5)) : 0;
  if (period.size() == 4 || month == 12) ++year;
  month = month % 12 + 1;
  std::string out = std::to_string(10'000 + year).substr(1);
  if (period.size() > 4) out += "-" + std::to_string(100 + month).substr(1);
  return out;
}

// Periods without anything stand as nought, so that a gap looks like a gap.  False: more periods than a picture shows.
bool fill_gaps(Periods& periods) {
  if (periods.empty()) return true;
  Periods filled;
  std::string now = periods.begin()->first;
  for (std::size_t i = 0; i < periods_shown; ++i, now = next_period(now)) {
    filled.emplace(now, Counts());
    if (now != periods.rbegin()->first) continue;
    for (const auto& [period, counts] : periods) filled[period] = counts;
    periods = std::move(filled);
    return true;
  }
  return false;
}

std::string of(std::uint64_t number) { return std::to_string(number); }

void write_column(Page& page, std::string_view css_class, std::uint64_t x, std::uint64_t width, std::uint64_t part, std::uint64_t largest) {
  if (part == 0) return;
  const auto height = std::max<std::uint64_t>(2, static_cast<std::uint64_t>(static_cast<__uint128_t>(part) * chart_height / largest));
  const auto from = is_right_to_left(page.language()) ? chart_width - x - width : x;
  page.raw("<rect class=\"").raw(css_class).raw("\" x=\"").raw(of(from)).raw("\" y=\"").raw(of(chart_height - height)).raw("\" width=\"").raw(of(width));
  page.raw("\" height=\"").raw(of(height)).raw("\"/>");
}

void write_chart(Page& page, const std::vector<std::pair<std::string, Counts>>& shown) {
  std::uint64_t messages = 1, files = 1;
  for (const auto& one : shown) {
    messages = std::max(messages, one.second.messages);
    files = std::max(files, one.second.files);
  }
  const std::uint64_t step = chart_width / std::max<std::uint64_t>(shown.size(), 12), half = (step - step / 6) / 2;
  page.raw("<figure class=\"chart\"><svg viewBox=\"0 0 ").raw(of(chart_width)).raw(" ").raw(of(chart_height + 1)).raw("\" aria-hidden=\"true\"><rect class=\"track\" y=\"");
  page.raw(of(chart_height)).raw("\" width=\"").raw(of(chart_width)).raw("\" height=\"1\"/>");
  for (std::size_t i = 0; i < shown.size(); ++i) {
    write_column(page, "fill", i * step, half, shown[i].second.messages, messages);
    write_column(page, "second", i * step + half, half, shown[i].second.files, files);
  }
  page.raw("</svg><figcaption><span class=\"key fill\">").say(Text::messages).raw("</span> <span class=\"key second\">").say(Text::files_modified).raw("</span> <bdi dir=\"ltr\">");
  page.raw(html(shown.front().first)).raw("</bdi> \xE2\x80\x93 <bdi dir=\"ltr\">").raw(html(shown.back().first)).raw("</bdi></figcaption></figure>\n");
}

struct Link {
  std::string a, b, a_value, b_value, kind, weight, items;
};

// Twelve places on a circle of radius 1000, clockwise from the top.
constexpr int circle[nodes_shown][2] = {{0, -1000}, {500, -866}, {866, -500}, {1000, 0}, {866, 500}, {500, 866},
                                        {0, 1000}, {-500, 866}, {-866, 500}, {-1000, 0}, {-866, -500}, {-500, -866}};
struct Place {
  int x, y;
};
Place place_of(std::size_t node) { return {360 + circle[node][0] * 150 / 1000, 180 + circle[node][1] * 150 / 1000}; }

void write_node(Page& page, std::size_t node, const std::string& value) {
  const auto [x, y] = place_of(node);
  const int side = circle[node][0];
  const std::string shown = value.size() > 28 ? value.substr(0, floor_char(value, 28)) + "\xE2\x80\xA6" : value;
  page.raw("<circle class=\"fill\" cx=\"").raw(std::to_string(x)).raw("\" cy=\"").raw(std::to_string(y)).raw("\" r=\"5\"/><text direction=\"ltr\" x=\"");
  page.raw(std::to_string(side < 0 ? x - 10 : side > 0 ? x + 10 : x)).raw("\" y=\"").raw(std::to_string(side == 0 ? (circle[node][1] < 0 ? y - 10 : y + 20) : y + 4));
  page.raw("\" text-anchor=\"").raw(side < 0 ? "end" : side > 0 ? "start" : "middle").raw("\">").raw(attribute(shown, 40)).raw("</text>");
}

void write_graph(Page& page, const std::vector<Link>& links) {
  std::vector<std::pair<std::string, std::string>> nodes;  // id, value; in order of their strongest link
  const auto find = [&](const std::string& id) {
    return static_cast<std::size_t>(std::find_if(nodes.begin(), nodes.end(), [&](const auto& node) { return node.first == id; }) - nodes.begin());
  };
  const auto number_of = [&](const std::string& id, const std::string& value) {
    if (find(id) == nodes.size()) nodes.emplace_back(id, value);
    return find(id);
  };
  const auto largest = std::max<std::uint64_t>(1, to_number(links.front().weight));
  page.raw("<figure class=\"chart\"><svg viewBox=\"0 0 720 370\" aria-hidden=\"true\">");
  for (const auto& link : links) {
    const std::size_t strangers = (find(link.a) == nodes.size() ? 1u : 0u) + (find(link.b) == nodes.size() ? 1u : 0u);
    if (nodes.size() + strangers > nodes_shown) continue;  // no place for both ends: the table has it
    const auto from = place_of(number_of(link.a, link.a_value)), to = place_of(number_of(link.b, link.b_value));
    const auto width = 1 + static_cast<std::uint64_t>(static_cast<__uint128_t>(to_number(link.weight)) * 5 / largest);
    page.raw("<line class=\"edge\" x1=\"").raw(std::to_string(from.x)).raw("\" y1=\"").raw(std::to_string(from.y)).raw("\" x2=\"").raw(std::to_string(to.x));
    page.raw("\" y2=\"").raw(std::to_string(to.y)).raw("\" stroke-width=\"").raw(of(width)).raw("\"/>");
  }
  for (std::size_t i = 0; i < nodes.size(); ++i) write_node(page, i, nodes[i].second);
  page.raw("</svg><figcaption>").say(Text::links_note).raw("</figcaption></figure>\n");
}

}  // namespace

std::string corrected_time(Page& page, const std::string& column, const std::string& format, const std::string& plain, std::vector<std::string>& bind) {
  const auto corrections = corrections_of(page);
  if (corrections.empty()) return plain;
  std::string sql = "CASE exhibit";
  for (const auto& one : corrections) {
    bind.push_back(one.label);
    bind.push_back(one.seconds + " seconds");
    sql += " WHEN ? THEN COALESCE(strftime('" + format + "', " + column + ", ?), " + plain + ")";
  }
  return sql + " ELSE " + plain + " END";
}

void write_clock_note(Page& page) {
  const auto corrections = corrections_of(page);
  if (corrections.empty()) return;
  page.raw("<p class=\"note\">").label(Text::clock_note);
  for (std::size_t i = 0; i < corrections.size(); ++i) {
    page.raw(i == 0 ? "" : html(text(Text::list_comma, page.language()))).evidence(corrections[i].label, 60).raw(" <bdi dir=\"ltr\">").raw(corrections[i].seconds).raw("</bdi>");
  }
  page.raw("</p>\n");
}

void write_timeline(Page& page) {
  page.section("timeline", Text::timeline_title).raw("<p class=\"tag fact\">").say(Text::fact_label).raw("</p>\n<p class=\"soft\">").say(Text::timeline_note).raw("</p>\n");
  write_clock_note(page);
  Periods periods = by_month(page);
  if (!fill_gaps(periods)) {
    periods = by_year(periods);
    (void)fill_gaps(periods);
  }
  if (periods.empty()) {
    page.raw("<p class=\"note\">").say(Text::timeline_none).raw("</p>\n").end_section();
    return;
  }
  const std::size_t cut = periods.size() > periods_shown ? periods.size() - periods_shown : 0;
  const std::vector<std::pair<std::string, Counts>> shown(std::next(periods.begin(), static_cast<std::ptrdiff_t>(cut)), periods.end());
  write_chart(page, shown);
  page.table(Text::timeline_title, {{Text::period}, {Text::messages, true}, {Text::files_modified, true}});
  for (const auto& [period, counts] : shown) {
    if (counts.messages == 0 && counts.files == 0) continue;
    page.raw("<tr><th scope=\"row\"><bdi dir=\"ltr\">").raw(html(period, Shape::line, 10)).raw("</bdi></th>").number_cell(counts.messages).number_cell(counts.files).raw("</tr>\n");
  }
  page.end_table();
  if (cut > 0) page.raw("<p class=\"note\">").label(Text::list_cut).number(cut).raw("</p>\n");
  page.end_section();
}

void write_links(Page& page) {
  std::vector<Link> links;
  page.each("SELECT l.a, l.b, x.value, y.value, l.kind, l.weight, l.items FROM links l CROSS JOIN contacts x ON x.id = l.a CROSS JOIN contacts y ON y.id = l.b "
            "ORDER BY l.weight DESC, l.a, l.b, l.kind LIMIT " + std::to_string(links_shown), {}, [&](const Page::Row& row) {
    links.push_back({row[0], row[1], row[2], row[3], row[4], row[5], row[6]});
    return true;
  });
  if (links.empty()) return;
  page.raw("<h3>").say(Text::links_title).raw("</h3>\n");
  write_graph(page, links);
  page.table(Text::links_title, {{Text::contacts}, {Text::contacts}, {Text::kind}, {Text::count, true}, {Text::items, true}});
  for (const auto& link : links) {
    page.raw("<tr><th scope=\"row\"><bdi dir=\"ltr\" class=\"value\">").raw(html(link.a_value, Shape::line, 100)).raw("</bdi></th><td><bdi dir=\"ltr\" class=\"value\">");
    page.raw(html(link.b_value, Shape::line, 100)).raw("</bdi></td><td>").word(Vocabulary::item_kind, link.kind).raw("</td>");
    page.number_cell(to_number(link.weight)).number_cell(to_number(link.items)).raw("</tr>\n");
  }
  page.end_table();
}

}  // namespace evtriage::reports
