// Labels of columns are made once a table; a row costs its own bytes and one run of the map for each value.
// Tested by tests/extractors/phone/sqlite_test.cpp.
#include "extractors/phone/table_text.h"

#include <algorithm>
#include <charconv>

#include "extractors/phone/blobs.h"
#include "extractors/phone/epochs.h"
#include "extractors/spooled.h"
#include "pipeline/core/text.h"
#include "pipeline/core/time.h"

namespace evtriage::phone {
namespace {

constexpr std::size_t long_cell = 64u << 10;      // a segment of its own
constexpr std::size_t most_of_cell = 1u << 20;    // bytes of a segment
constexpr std::size_t blob_text_most = 1u << 20;  // of a blob that is searched for text

void append_number(TimeColumn column, const Cell& cell, std::string& out) {
  if (const auto time = guess_time(column, cell)) {
    out += rfc3339(*time);
    return;
  }
  char text[32];
  const auto end = cell.kind == Cell::Kind::integer ? std::to_chars(text, text + sizeof text, cell.integer) : std::to_chars(text, text + sizeof text, cell.real);
  out.append(text, end.ptr);
}

}  // namespace

const TableText::Label& TableText::label(std::size_t table, std::size_t column) {
  if (labels_.size() <= table) labels_.resize(table + 1);
  auto& labels = labels_[table];
  while (labels.size() <= column) {
    const std::string name = database_.tables()[table].column_name(labels.size());
    labels.push_back({printable(name) + ": ", time_column(name)});
  }
  return labels[column];
}

std::string TableText::place_of(const Key& key, const Group& group) const {
  std::string place = "table " + printable(database_.tables()[key.table].name);
  if (group.has_ids) {
    place += group.first == group.last ? ", row " + std::to_string(group.first) : ", rows " + std::to_string(group.first) + "-" + std::to_string(group.last);
  }
  if (key.state == State::earlier) place += ", earlier state";
  if (key.state == State::deleted) place += ", deleted";
  return key.where.empty() ? place : place + " (" + key.where + ")";
}

void TableText::flush(const Key& key, Group& group) {
  pending_ -= std::min(pending_, group.text.text.size());
  if (!group.text.text.empty()) {
    TextSegment segment = TextSegment::of(Blob::own(std::move(group.text.text)), std::move(group.text.map), key.state == State::live ? "body" : "deleted");
    segment.place = place_of(key, group);
    emit_.text(std::move(segment));
  }
  group = Group();
}

void TableText::finish() {
  for (auto& [key, group] : groups_) flush(key, group);
  groups_.clear();
  pending_ = 0;
}

void TableText::add_blob(const Row& row, const Cell& cell, const Label& label, MappedText& out) {
  const ByteRange archived = typedstream_text(cell.bytes);
  const std::vector<ByteRange> runs = archived.size() > 0 ? std::vector<ByteRange>{archived} : text_runs(cell.bytes.substr(0, blob_text_most));
  if (runs.empty()) return;
  append_made(out, label.text, row.source(cell.at + runs[0].begin, cell.at + runs[0].end));
  for (const ByteRange run : runs) {
    append_plain(row, cell.at + run.begin, cell.at + run.end, out);
    append_made(out, "\n", row.source(cell.at + run.end - 1, cell.at + run.end));
  }
}

// Label and line end stand for the bytes of the value; a number is one run with both.
void TableText::add_cell(const Label& label, const Row& row, const Cell& cell, MappedText& out) {
  if (cell.is_null() || (cell.size == 0 && !cell.is_number())) return;
  if (cell.kind == Cell::Kind::blob) return add_blob(row, cell, label, out);
  const ByteRange source = row.source(cell);
  if (cell.is_number()) {
    const std::size_t before = out.text.size();
    out.text += label.text;
    append_number(label.time, cell, out.text);
    out.text += '\n';
    out.map.append(out.text.size() - before, source, 0, 0);
    return;
  }
  append_made(out, label.text, source);
  append_text(row, cell, database_.encoding(), out);
  append_made(out, "\n", source);
}

// A text that fills segments by itself.
void TableText::add_long(const Key& key, const Row& row, const Cell& cell, std::string_view name) {
  for (std::uint64_t at = 0; at < cell.bytes.size();) {
    Cell part = cell;
    part.at = cell.at + at;
    std::size_t size = std::min<std::size_t>(most_of_cell, cell.bytes.size() - static_cast<std::size_t>(at));
    const std::string_view rest = cell.bytes.substr(static_cast<std::size_t>(at));
    if (size < rest.size()) size = database_.encoding() == Encoding::utf8 ? std::max<std::size_t>(floor_char(rest, size), size - 3) : size & ~std::size_t{1};
    part.bytes = rest.substr(0, size);
    part.size = size;
    Group group;
    group.first = group.last = row.id;
    group.has_ids = row.has_id;
    append_text(row, part, database_.encoding(), group.text);
    if (!group.text.text.empty()) {
      TextSegment segment = TextSegment::of(Blob::own(std::move(group.text.text)), std::move(group.text.map), key.state == State::live ? "body" : "deleted");
      segment.place = place_of(key, group) + ", column " + std::string(name);
      emit_.text(std::move(segment));
    }
    at += size;
  }
}

void TableText::child(std::size_t table, std::size_t column, const Row& row, const Cell& cell, std::string_view type, const Found& found) {
  const Table& its = database_.tables()[table];
  Child child;
  child.step = {StepKind::record, ++children_, {}, its.name + (row.has_id ? " " + std::to_string(row.id) : "") + " " + its.column_name(column)};
  child.kind = ItemKind::embedded;
  child.media_type = type;
  child.deleted = found.state != State::live;
  if (!cell.is_whole()) {
    emit_.issue({Code::limit, "sqlite", "row_bytes=" + std::to_string(row_bytes) + ": a file in column " + printable(its.column_name(column)) + " was not taken out", row.source(cell), true});
    return emit_.child(std::move(child), nullptr);
  }
  if (row.in_item && row.is_contiguous(cell.at, cell.at + cell.size)) child.extent = row.source(cell);
  emit_child_bytes(std::move(child), std::string(cell.bytes), emit_);
}

void TableText::add(std::size_t table, const Row& row, const Found& found, const ColumnSet& told_elsewhere, std::string_view notes) {
  const Table& its = database_.tables()[table];
  const Key key{table, found.state, found.where};
  Group& group = groups_[key];
  const std::size_t before = group.text.text.size();
  for (std::size_t column = 0; column < row.cells.size(); ++column) {
    if (column < told_elsewhere.size() && told_elsewhere[column]) continue;
    const Cell& cell = row.cells[column];
    const std::string_view type = cell.kind == Cell::Kind::blob ? file_type_of(cell.bytes) : std::string_view();
    if (!type.empty()) {
      child(table, column, row, cell, type, found);
    } else if (cell.kind == Cell::Kind::text && cell.bytes.size() > long_cell) {
      add_long(key, row, cell, printable(its.column_name(column)));
    } else {
      add_cell(label(table, column), row, cell, group.text);
    }
  }
  if (group.text.text.size() == before) return;
  append_made(group.text, std::string(notes) + "\n", row.source(0, 1));
  if (group.rows++ == 0) group.first = group.last = row.id;
  group.first = std::min(group.first, row.id);
  group.last = std::max(group.last, row.id);
  group.has_ids = group.has_ids && row.has_id;
  pending_ += group.text.text.size() - before;
  if (group.text.text.size() >= segment_bytes) flush(key, group);
  if (pending_ > pending_most || groups_.size() > 4096) finish();
}

}  // namespace evtriage::phone
