// Every page is taken by one tree at most, so no loop of pointers is followed twice; nothing recurses.
// Tested by tests/extractors/phone/sqlite_test.cpp and tests/fuzz/fuzz_sqlite.cpp.
#include "extractors/phone/sqlite_database.h"

#include <algorithm>

namespace evtriage::phone {

void Troubles::tell(Code code, std::string sentence, std::optional<ByteRange> where) {
  if (++count_ <= most_told) emit_.issue({code, "sqlite", std::move(sentence), where, true});
}

void Troubles::finish() {
  if (count_ > most_told) emit_.issue({Code::corrupt, "sqlite", std::to_string(count_ - most_told) + " further places could not be read in full", {}, true});
}

const Table* Database::table(std::string_view name) const {
  const auto found = std::find_if(tables_.begin(), tables_.end(), [&](const Table& t) { return equal_names(t.name, name); });
  return found == tables_.end() ? nullptr : &*found;
}

std::size_t Database::add_unknown_table() {
  Table unknown;
  unknown.name = "(no longer known)";
  tables_.push_back(std::move(unknown));
  return tables_.size() - 1;
}

void Database::load() {
  owners_.assign(std::size_t{pages_.count()} + 1, nobody);
  marks_.assign(owners_.size(), Mark::none);
  load_schema();
  for (std::size_t i = 0; i < tables_.size(); ++i) {
    if (tables_[i].root > 1) own(tables_[i].root, static_cast<std::uint32_t>(i + 1));
  }
  walk_freelist();
}

void Database::load_schema() {
  Table schema;
  schema.name = "sqlite_schema";
  for (const char* name : {"type", "name", "tbl_name"}) schema.columns.push_back({name, Affinity::text});
  schema.columns.push_back({"rootpage", Affinity::integer});
  schema.columns.push_back({"sql", Affinity::text});
  schema.root = 1;
  tables_.push_back(schema);
  if (pages_.count() > 0) own(1, 1);
  const std::size_t all = owners_.size();
  for (std::uint32_t number = 1; number < all; ++number) {
    if (owners_[number] != 1) continue;
    const auto page = pages_.read(number);
    if (!page) continue;
    rows_of(*page, false, [&](const Row& row) {
      add_table(row);
      return tables_.size() < most_tables;
    });
  }
  if (tables_.size() >= most_tables) troubles_.tell(Code::limit, "tables=" + std::to_string(most_tables) + ": the rest was not read", {});
}

void Database::add_table(const Row& row) {
  if (text_of(row, row.cell(0), encoding()) != "table") return;
  Table table = parse_create_table(text_of(row, row.cell(4), encoding()));
  table.name = text_of(row, row.cell(1), encoding());
  const std::int64_t root = row.cell(3).integer;
  table.root = root > 0 && root <= std::int64_t{pages_.count()} ? static_cast<std::uint32_t>(root) : 0;
  if (table.root == 0 && !table.is_virtual) troubles_.tell(Code::corrupt, "the root of table " + table.name + " lies outside of the database", row.source(row.cell(3)));
  tables_.push_back(std::move(table));
}

bool Database::take_page(std::uint32_t number, std::uint32_t owner) {
  if (number == 0 || number >= owners_.size() || marks_[number] != Mark::none) return false;
  owners_[number] = owner;
  marks_[number] = Mark::used;
  return true;
}

std::vector<std::uint32_t> Database::children_of(const Page& page, const TreeHeader& header) const {
  std::vector<std::uint32_t> children;
  ByteReader pointers(page.bytes.view().subspan(header.pointers));
  for (std::uint32_t i = 0; i < header.cells; ++i) {
    const std::size_t at = pointers.u16be();
    if (at + 4 > page.bytes.size()) continue;
    children.push_back(ByteReader(page.bytes.view().subspan(at)).u32be());
  }
  children.push_back(header.right_child);
  return children;
}

// The pages just above the leaves tell all that is needed: one leaf shows the depth, the others are not read now.
void Database::own(std::uint32_t root, std::uint32_t owner) {
  if (!take_page(root, owner)) {
    troubles_.tell(Code::corrupt, "the root of table " + tables_[owner - 1].name + " belongs to another table", {});
    return;
  }
  std::vector<std::uint32_t> open{root};
  while (!open.empty()) {
    const std::uint32_t number = open.back();
    open.pop_back();
    const auto page = pages_.read(number);
    if (!page) {
      troubles_.tell(page.error().code, "page " + std::to_string(number) + " of table " + tables_[owner - 1].name + ": " + page.error().detail, {});
      continue;
    }
    const auto header = read_tree_header(*page, pages_.shape().usable);
    if (!header) {
      troubles_.tell(Code::corrupt, "page " + std::to_string(number) + " of table " + tables_[owner - 1].name + " is no page of a tree", place(*page));
      continue;
    }
    if (header->is_leaf()) continue;
    bool leaves = false;
    std::size_t lost = 0;
    for (const std::uint32_t child : children_of(*page, *header)) {
      if (!take_page(child, owner)) {
        ++lost;
        continue;
      }
      if (leaves) continue;
      const auto below = pages_.read(child);
      const auto its = below ? read_tree_header(*below, pages_.shape().usable) : std::nullopt;
      leaves = its && its->is_leaf();
      if (!leaves) open.push_back(child);
    }
    if (lost > 0) troubles_.tell(Code::corrupt, "page " + std::to_string(number) + " of table " + tables_[owner - 1].name + " leads to " + std::to_string(lost) + " pages that do not exist or belong elsewhere", place(*page));
  }
}

// Section 1.5.
void Database::walk_freelist() {
  std::uint32_t trunk = pages_.shape().free_head;
  while (trunk != 0 && trunk < marks_.size() && marks_[trunk] == Mark::none) {
    marks_[trunk] = Mark::free_trunk;
    const auto page = pages_.read(trunk);
    if (!page) return;
    ByteReader in(page->bytes.view());
    const std::uint32_t next = in.u32be();
    const std::uint32_t leaves = in.u32be();
    for (std::uint32_t i = 0; i < leaves && in.left() >= 4; ++i) {
      const std::uint32_t leaf = in.u32be();
      if (leaf != 0 && leaf < marks_.size() && marks_[leaf] == Mark::none) marks_[leaf] = Mark::free_leaf;
    }
    trunk = next;
  }
}

// Sections 1.6 and 1.7: how much of a record lies in its cell, and where the rest goes on.
bool Database::read_cell(const Page& page, std::size_t at, bool index, Row& row, bool mark_overflow) {
  const std::string_view bytes = page.bytes.chars();
  const std::size_t end = std::min<std::size_t>(bytes.size(), pages_.shape().usable);
  if (at >= end) return false;
  ByteReader in(bytes.substr(at, end - at));
  row.size = sqlite_varint(in);
  row.has_id = !index;
  row.id = index ? 0 : static_cast<std::int64_t>(sqlite_varint(in));
  if (!in.ok() || row.size == 0) return false;
  const std::uint64_t usable = pages_.shape().usable;
  const std::uint64_t most = index ? (usable - 12) * 64 / 255 - 23 : usable - 35;
  std::uint64_t local = row.size;
  if (row.size > most) {
    const std::uint64_t least = (usable - 12) * 32 / 255 - 23;
    local = least + (row.size - least) % (usable - 4);
    if (local > most) local = least;
  }
  const std::size_t begin = at + in.position();
  row.bytes = in.chars(local);
  if (!in.ok()) return false;
  row.page = page.bytes;
  row.in_item = page.in_item;
  row.pieces.assign(1, {0, page.at + begin, page.in_item});
  row.joined.clear();
  if (local == row.size) return read_record(row);
  const std::uint32_t next = in.u32be();
  const bool whole = in.ok() && join_overflow(row, next, mark_overflow);
  if (!read_record(row)) return false;
  if (!whole && mark_overflow) {
    const bool limit = row.bytes.size() >= row_bytes;
    troubles_.tell(limit ? Code::limit : Code::corrupt, limit ? "row_bytes=" + std::to_string(row_bytes) + ": the rest of a row was not read" : "a row of " + std::to_string(row.size) + " bytes is cut: its overflow pages are damaged", ByteRange{row.pieces[0].at, row.pieces[0].at + local});
  }
  return true;
}

bool Database::join_overflow(Row& row, std::uint32_t next, bool mark_overflow) {
  const std::uint64_t usable = pages_.shape().usable;
  row.joined.assign(row.bytes);
  std::uint64_t steps = row.size / (usable - 4) + 2;
  while (row.joined.size() < row.size && row.joined.size() < row_bytes && next != 0 && steps-- > 0) {
    if (mark_overflow && !take_page(next, nobody)) break;
    const auto page = pages_.read(next);
    if (!page || page->bytes.size() < 4) break;
    const std::uint64_t n = std::min({row.size - row.joined.size(), usable - 4, page->bytes.size() - 4});
    const std::uint64_t at = page->at + 4;
    const Piece& last = row.pieces.back();
    if (last.in_item != page->in_item || last.at + (row.joined.size() - last.begin) != at) row.pieces.push_back({row.joined.size(), at, page->in_item});
    row.joined += page->bytes.chars().substr(4, static_cast<std::size_t>(n));
    next = ByteReader(page->bytes.view()).u32be();
  }
  row.bytes = row.joined;
  return row.joined.size() == row.size;
}

void Database::rows_of(const Page& page, bool told, const EachRow& each) {
  const auto header = read_tree_header(page, pages_.shape().usable);
  if (!header && told) troubles_.tell(Code::corrupt, "page " + std::to_string(page.number) + " is no page of a tree", place(page));
  if (!header || header->kind == TreeHeader::table_interior) return;
  ByteReader pointers(page.bytes.view().subspan(header->pointers));
  std::uint32_t lost = 0;
  Row row;
  for (std::uint32_t i = 0; i < header->cells; ++i) {
    const std::size_t at = pointers.u16be() + (header->is_leaf() ? 0u : 4u);
    if (at < header->gap_begin() || !read_cell(page, at, !header->is_table(), row, told)) {
      ++lost;
    } else if (!each(row)) {
      return;
    }
  }
  if (lost > 0 && told) troubles_.tell(Code::corrupt, std::to_string(lost) + " of " + std::to_string(header->cells) + " rows of page " + std::to_string(page.number) + " cannot be read", place(page));
}

void Database::rows_of(const Table& table, const EachRow& each) {
  const auto owner = static_cast<std::uint32_t>(&table - tables_.data()) + 1;
  bool more = true;
  for (std::uint32_t number = 1; number < owners_.size() && more; ++number) {
    if (owners_[number] != owner) continue;
    const auto page = pages_.read(number);
    if (!page) continue;
    rows_of(*page, false, [&](Row& row) { return more = each(row); });
  }
}

}  // namespace evtriage::phone
