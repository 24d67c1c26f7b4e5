// Nothing here is certain: each guess says what it rests on, and every one is checked against rows that still live.
// Tested by tests/extractors/phone/lost_rows_test.cpp and tests/fuzz/fuzz_sqlite.cpp.
#include "extractors/phone/lost_rows.h"

#include <algorithm>

#include "pipeline/core/text.h"

namespace evtriage::phone {
namespace {

constexpr std::uint32_t block_header = 4;
constexpr std::uint32_t longest_prefix = 12;  // of a cell before its record: a length of 3 bytes and a rowid of 9
constexpr std::size_t most_free_blocks = 8192;

bool is_readable(std::string_view text, Encoding encoding) {
  if (encoding != Encoding::utf8) return text.size() % 2 == 0;
  if (!is_valid_utf8(text)) return false;
  return std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t' && c != '\r'; });
}

bool suits(const Cell& cell, Affinity affinity, Encoding encoding) {
  using Kind = Cell::Kind;
  if (cell.kind == Kind::text && !is_readable(cell.bytes, encoding)) return false;
  if (cell.kind == Kind::null) return true;
  switch (affinity) {
    case Affinity::text: return cell.kind == Kind::text || cell.kind == Kind::blob;
    case Affinity::integer: return cell.kind == Kind::integer;
    case Affinity::real: return cell.is_number();
    case Affinity::numeric: return cell.kind != Kind::blob;
    case Affinity::blob: return true;
  }
  return false;
}

}  // namespace

LostRows::LostRows(Database& database, std::size_t unknown) : database_(database), unknown_(unknown) {
  for (const Table& table : database.tables()) fewest_.push_back(table.columns.size());
}

void LostRows::live(std::size_t table, const Row& row) {
  fewest_[table] = std::min(fewest_[table], row.cells.size());
  mark(row);
}

void LostRows::mark(const Row& row) {
  if (live_.size() < most_live) live_.push_back(fingerprint(row));
}

bool LostRows::fits(std::size_t table, const Row& row) const {
  const Table& its = database_.tables()[table];
  if (its.is_virtual || its.without_rowid || row.cells.empty() || table == unknown_) return false;
  if (row.cells.size() > its.columns.size() || row.cells.size() < std::max<std::size_t>(1, fewest_[table])) return false;
  std::size_t values = 0, text = 0;
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    const Cell& cell = row.cells[i];
    if (its.rowid == i && !cell.is_null()) return false;
    if (!suits(cell, its.columns[i].affinity, database_.encoding())) return false;
    values += cell.is_null() ? 0 : 1;
    text += cell.kind == Cell::Kind::text ? static_cast<std::size_t>(cell.size) : 0;
  }
  return text >= 3 || values >= 3 || (values >= 1 && row.cells.size() >= 4);
}

std::vector<LostRows::Region> LostRows::regions_of(const Page& page, const TreeHeader& header) const {
  std::vector<Region> regions;
  const auto size = static_cast<std::uint32_t>(std::min<std::size_t>(page.bytes.size(), database_.pages().shape().usable));
  if (header.is_sound) regions.push_back({header.gap_begin(), std::min(header.content_begin, size), false});
  std::uint32_t at = header.first_free;
  for (std::size_t n = 0; at != 0 && at + block_header <= size && n < most_free_blocks; ++n) {
    ByteReader in(page.bytes.view().subspan(at));
    const std::uint32_t next = in.u16be();
    const std::uint32_t length = in.u16be();
    if (length < block_header || length > size - at) break;
    regions.push_back({at, at + length, true});
    if (next <= at) break;
    at = next;
  }
  return regions;
}

// A record at one place under one assumption of what is left of its cell.
bool LostRows::read(const Page& page, const Guess& guess, Row& row) const {
  if (guess.form == Guess::Form::cell) {
    if (!database_.read_cell(page, guess.at, false, row, false) || row.cells.empty()) return false;
    const Cell& last = row.cells.back();
    return last.at + last.size == row.size && row.pieces[0].at - page.at <= guess.end;
  }
  row.has_id = false;
  row.id = 0;
  row.in_item = page.in_item;
  row.page = page.bytes;
  row.bytes = page.bytes.chars().substr(guess.at, guess.end - guess.at);
  row.size = row.bytes.size();
  row.pieces.assign(1, {0, page.at + guess.at, page.in_item});
  if (guess.form == Guess::Form::record) return read_record(row) && !row.cells.empty();
  return read_types(guess, row);
}

// The length of the header is gone, and with small cells the type of the first value too: what it takes up, and what its
// column holds, tell it.
bool LostRows::read_types(const Guess& guess, Row& row) const {
  const Table& table = database_.tables()[guess.table];
  const bool first_lost = guess.form == Guess::Form::types_but_first;
  if (table.columns.size() < 2) return false;
  ByteReader in(row.bytes);
  std::vector<std::uint64_t> types(first_lost ? 1 : 0, 0);
  std::uint64_t body = 0;
  while (types.size() < table.columns.size()) {
    types.push_back(sqlite_varint(in));
    if (size_of_type(types.back()) > row.size) return false;
    body += size_of_type(types.back());
  }
  if (!in.ok()) return false;
  if (first_lost && table.rowid != 0u) {
    if (body > row.size - in.position()) return false;
    const std::uint64_t left = row.size - in.position() - body;
    constexpr std::uint8_t integers[] = {0, 1, 2, 3, 4, 0, 5, 0, 6};
    const bool number = table.columns[0].affinity == Affinity::integer;
    if (number && (left > 8 || (left > 0 && integers[left] == 0))) return false;
    types[0] = number ? integers[left] : left > 0 ? 13 + 2 * left : 0;
  }
  return read_values(row, types, in.position());
}

void LostRows::keep(Guess guess, const Row& row) {
  if (guesses_.size() >= most_found) {
    ++refused_;
    return;
  }
  guess.mark = fingerprint(row);
  guesses_.push_back(guess);
}

// The first cell of a free block.  Where it ends; 0 if none is found.
std::uint32_t LostRows::try_block(const Page& page, Region region, std::size_t table) {
  Guess best;
  Row row, best_row;
  std::uint32_t best_end = 0;
  for (std::uint32_t skip = block_header; skip <= longest_prefix; ++skip) {
    for (const auto form : {Guess::Form::record, Guess::Form::types, Guess::Form::types_but_first}) {
      if (form != Guess::Form::record && skip != block_header) continue;
      if (region.begin + skip >= region.end) return best_end;
      Guess guess{page.number, region.begin + skip, region.end, static_cast<std::uint32_t>(table), 0, form, Trust::candidate};
      if (!read(page, guess, row) || !fits(table, row)) continue;
      const Cell& last = row.cells.back();
      const auto end = static_cast<std::uint32_t>(guess.at + last.at + last.size);
      const bool exact = end == region.end;
      const bool is_made = form == Guess::Form::types_but_first && database_.tables()[table].rowid != 0u;  // fits by its making
      if (exact && !is_made) guess.trust = Trust::likely;
      if (best_end != 0 && !(guess.trust == Trust::likely && best.trust != Trust::likely)) continue;
      best = guess;
      best_end = end;
      best_row = row;
    }
  }
  if (best_end != 0) keep(best, best_row);
  return best_end;
}

// A free block that became part of the gap keeps its old header: where its length says that it ends, a row must end.
std::uint32_t LostRows::try_former_block(const Page& page, Region region, std::size_t table) {
  ByteReader in(page.bytes.view().subspan(region.begin));
  in.skip(2);
  const std::uint32_t length = in.u16be();
  if (length <= block_header || length > region.end - region.begin) return 0;
  const std::size_t before = guesses_.size();
  const std::uint32_t end = try_block(page, {region.begin, region.begin + length, true}, table);
  if (end == region.begin + length) return end;
  if (guesses_.size() > before) guesses_.pop_back();
  return 0;
}

void LostRows::search(const Page& page, Region region, std::size_t table) {
  std::uint32_t at = region.begin;
  Row row;
  while (at + block_header < region.end) {
    if (region.is_block) {
      if (const std::uint32_t end = try_block(page, {at, region.end, true}, table); end > at) {
        at = end;
        continue;
      }
      region.is_block = false;
    }
    const std::string_view rest = page.bytes.chars().substr(at, region.end - at);
    const auto zeros = static_cast<std::uint32_t>(std::min(rest.find_first_not_of('\0'), rest.size()));
    if (zeros >= block_header) {
      at += zeros - (block_header - 1);
      continue;
    }
    if (const std::uint32_t end = try_former_block(page, {at, region.end, true}, table); end > at) {
      at = end;
      continue;
    }
    const Guess guess{page.number, at, region.end, static_cast<std::uint32_t>(table), 0, Guess::Form::cell, Trust::likely};
    if (read(page, guess, row) && fits(table, row)) {
      const std::uint64_t local = row.pieces.size() > 1 ? row.pieces[1].begin : row.bytes.size();
      const std::uint64_t end = row.pieces[0].at - page.at + local;
      if (end <= region.end) {
        keep(guess, row);
        at = static_cast<std::uint32_t>(end);
        region.is_block = region.is_block || at < region.end;
        continue;
      }
    }
    ++at;
  }
}

void LostRows::search_leaf(const Page& page, std::size_t table) {
  const auto header = read_tree_header(page, database_.pages().shape().usable);
  if (!header || header->kind != TreeHeader::table_leaf || table == unknown_) return;
  for (const Region region : regions_of(page, *header)) search(page, region, table);
}

// The table whose shape most rows of the page have.
std::size_t LostRows::table_of(const Page& page) const {
  const auto header = read_tree_header(page, database_.pages().shape().usable);
  if (!header || header->kind != TreeHeader::table_leaf) return unknown_;
  std::size_t best = unknown_, best_rows = 0;
  constexpr std::size_t sample = 16;
  std::vector<Row> rows;
  ByteReader pointers(page.bytes.view().subspan(header->pointers));
  for (std::uint32_t i = 0; i < header->cells && rows.size() < sample; ++i) {
    Row row;
    if (database_.read_cell(page, pointers.u16be(), false, row, false)) rows.push_back(std::move(row));
  }
  for (Row& row : rows) {
    if (!row.joined.empty()) row.bytes = row.joined;
    (void)read_record(row);
  }
  for (std::size_t table = 1; table < database_.tables().size(); ++table) {
    const auto fitting = static_cast<std::size_t>(std::count_if(rows.begin(), rows.end(), [&](const Row& row) { return fits(table, row); }));
    if (fitting <= best_rows) continue;
    best = table;
    best_rows = fitting;
  }
  return best;
}

void LostRows::search_free(const Page& page) {
  const auto header = read_tree_header(page, database_.pages().shape().usable);
  if (database_.is_trunk(page.number) || !header) {
    const auto size = static_cast<std::uint32_t>(std::min<std::size_t>(page.bytes.size(), database_.pages().shape().usable));
    if (!database_.is_trunk(page.number) || size < 8) return;
    for (std::size_t table = 1; table < unknown_; ++table) search(page, {8, size, false}, table);
    return;
  }
  if (header->kind != TreeHeader::table_leaf || !header->is_sound) return;
  const std::size_t table = table_of(page);
  ByteReader pointers(page.bytes.view().subspan(header->pointers));
  Row row;
  for (std::uint32_t i = 0; i < header->cells; ++i) {
    const std::uint32_t at = pointers.u16be();
    const Guess guess{page.number, at, at, static_cast<std::uint32_t>(table), 0, Guess::Form::cell, Trust::certain};
    if (at >= header->gap_begin() && database_.read_cell(page, at, false, row, false)) keep(guess, row);
  }
  if (table != unknown_) {
    for (const Region region : regions_of(page, *header)) search(page, region, table);
  }
}

void LostRows::give(Emit& emit, const Each& each) {
  std::sort(live_.begin(), live_.end());
  std::set<std::pair<std::uint32_t, std::uint64_t>> given;
  std::stable_sort(guesses_.begin(), guesses_.end(), [](const Guess& a, const Guess& b) { return a.trust < b.trust; });
  std::vector<Guess> kept;
  for (const Guess& guess : guesses_) {
    if (!std::binary_search(live_.begin(), live_.end(), guess.mark) && given.insert({guess.table, guess.mark}).second) kept.push_back(guess);
  }
  std::sort(kept.begin(), kept.end(), [](const Guess& a, const Guess& b) { return std::pair(a.page, a.at) < std::pair(b.page, b.at); });
  Row row;
  for (const Guess& guess : kept) {
    if (emit.stop_requested()) return;
    const auto page = database_.pages().read(guess.page);
    if (!page || page->bytes.size() < guess.end) continue;
    const bool whole = guess.form == Guess::Form::cell ? database_.read_cell(*page, guess.at, false, row, false) : read(*page, guess, row);
    if (whole) each(guess.table, row, guess.trust);
  }
  if (refused_ > 0) emit.issue({Code::limit, "sqlite", "lost_rows=" + std::to_string(most_found) + ": " + std::to_string(refused_) + " further deleted rows were not kept", {}, true});
  if (live_.size() >= most_live) emit.issue({Code::limit, "sqlite", "live_rows=" + std::to_string(most_live) + ": deleted rows may stand twice", {}, true});
}

}  // namespace evtriage::phone
