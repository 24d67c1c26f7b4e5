// Look-up by name, opening, and what is left over.  See package.h.
// Tested by tests/extractors/office/package_test.cpp.
#include "extractors/office/package.h"

#include <algorithm>

#include "extractors/office/child_bytes.h"
#include "pipeline/core/range_content.h"
#include "pipeline/core/text.h"

namespace evtriage {
namespace {

constexpr std::uint64_t most_issues = 100;             // of one item; the rest is counted
constexpr std::size_t most_list_bytes = 64u << 20;     // of all lists of an item
constexpr std::size_t entry_overhead = 128;
constexpr std::size_t piece_bytes = 256u << 10;
constexpr std::uint64_t small_gap = 4096;              // padding and data descriptors between members

// Names of parts are equivalent whatever the case of ASCII letters (ISO/IEC 29500-2, 6.2.2.3); some writers use '\'.
std::string key_of(std::string_view name) {
  std::string key(name.substr(std::min(name.find_first_not_of("/\\"), name.size())));
  for (char& c : key) c = c == '\\' ? '/' : c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return key;
}

}  // namespace

Package::Package(const Content& file, std::string_view stage, Emit& emit, const PartLimits& limits)
    : file_(file), stage_(stage), emit_(emit), limits_(limits), bytes_left_(limits.item_bytes), list_bytes_left_(most_list_bytes) {}

void Package::issue(Code code, std::string detail, std::optional<ByteRange> where) {
  if (++issues_ < most_issues) emit_.issue({code, stage_, std::move(detail), where, true});
  if (issues_ == most_issues) emit_.issue({Code::limit, stage_, "issues=100: further troubles of this item are not listed", {}, true});
}

bool Package::keeps(std::size_t bytes) {
  if (bytes + entry_overhead <= list_bytes_left_) {
    list_bytes_left_ -= bytes + entry_overhead;
    return true;
  }
  if (!list_is_cut_) issue(Code::limit, "list_bytes=67108864: names, relationships and authors beyond that were not read");
  list_is_cut_ = true;
  return false;
}

bool Package::read_directory() {
  Result<ZipDirectory> directory = read_zip_directory(file_);
  if (!directory) {
    issue(directory.error().code, directory.error().detail);
    return false;
  }
  if (directory->doubt) issue(Code::corrupt, *directory->doubt, directory->place);
  for (ZipMember& member : directory->members) {
    Entry entry{std::move(member), {}, false};
    entry.key = key_of(entry.member.name);
    entry.is_read = !entry.key.empty() && entry.key.back() == '/' && entry.member.size == 0;  // a folder
    entries_.push_back(std::move(entry));
  }
  for (std::size_t i = 0; i < entries_.size(); ++i) by_key_.push_back(i);
  std::stable_sort(by_key_.begin(), by_key_.end(), [&](std::size_t a, std::size_t b) { return entries_[a].key < entries_[b].key; });
  for (std::size_t i = 1; i < by_key_.size(); ++i) {
    const Entry& entry = entries_[by_key_[i]];
    if (entry.key == entries_[by_key_[i - 1]].key && !entry.is_read) {
      issue(Code::corrupt, "two members are called " + printable(entry.member.name) + ": the first is read, the other is a child");
    }
  }
  tell_gaps(directory->place);
  return true;
}

// Bytes that belong to no member can hide something: told, so that a person looks there.
void Package::tell_gaps(ByteRange directory) {
  std::vector<ByteRange> taken;
  for (const Entry& entry : entries_) taken.push_back({entry.member.header, entry.member.header + std::min(entry.member.packed, directory.begin)});
  taken.push_back({directory.begin, directory.end});
  std::sort(taken.begin(), taken.end());
  std::uint64_t at = 0;
  for (const ByteRange& range : taken) {
    if (range.begin > at && range.begin - at > small_gap) {
      issue(Code::unsupported, "bytes that belong to no part of the document: not read here", ByteRange{at, range.begin});
    }
    at = std::max(at, range.end);
  }
  if (file_.size() > at && file_.size() - at > 65'557 + small_gap) {
    issue(Code::unsupported, "bytes behind the document: not read here", ByteRange{at, file_.size()});
  }
}

const Package::Entry* Package::find(std::string_view name) const {
  const std::string key = key_of(name);
  const auto found = std::lower_bound(by_key_.begin(), by_key_.end(), key, [&](std::size_t i, const std::string& wanted) { return entries_[i].key < wanted; });
  return found != by_key_.end() && entries_[*found].key == key ? &entries_[*found] : nullptr;
}

Package::Entry* Package::find(std::string_view name) {
  const Entry* found = std::as_const(*this).find(name);
  return found == nullptr ? nullptr : &entries_[static_cast<std::size_t>(found - entries_.data())];
}

bool Package::was_read(std::string_view name) const {
  const Entry* entry = find(name);
  return entry != nullptr && entry->is_read;
}

void Package::leave_out(std::string_view name) {
  if (Entry* entry = find(name)) entry->is_read = true;
}

void Package::put_back(std::string_view name) {
  if (Entry* entry = find(name)) entry->is_read = false;
}

ByteRange Package::place_of(std::string_view name) const {
  const Entry* entry = find(name);
  const Result<ByteRange> data = entry == nullptr ? ByteRange{} : member_data(file_, entry->member);
  return data ? *data : ByteRange{};
}

std::vector<std::string> Package::names() const {
  std::vector<std::string> names;
  for (const Entry& entry : entries_) names.push_back(entry.member.name);
  return names;
}

Package::Entry* Package::openable(std::string_view name, ByteRange& data) {
  Entry* entry = find(name);
  if (entry == nullptr) {
    issue(Code::corrupt, "the part " + printable(name) + " is missing");
    return nullptr;
  }
  const ZipMember& member = entry->member;
  if (member.encrypted || (member.method != 0 && member.method != 8)) return nullptr;  // told when it becomes a child
  const Result<ByteRange> found = member_data(file_, member);
  if (!found) return nullptr;  // as above
  data = *found;
  entry->is_read = true;
  return entry;
}

std::unique_ptr<Part> Package::open(std::string_view name) {
  ByteRange data;
  const Entry* const entry = openable(name, data);
  if (entry == nullptr) return nullptr;
  const ZipMember& member = entry->member;
  const bool deflated = member.method == 8;
  return std::make_unique<Part>(file_, PartPlace{printable(member.name), data, deflated}, PartStream::Packed{data, deflated, member.crc, member.size}, limits_,
                                bytes_left_, emit_);
}

bool Package::read_bytes(std::string_view name, const std::function<void(PartStream&, ByteRange)>& reader) {
  ByteRange data;
  const Entry* const entry = openable(name, data);
  if (entry == nullptr) return false;
  const ZipMember& member = entry->member;
  PartStream stream(file_, {data, member.method == 8, member.crc, member.size}, limits_.part_bytes, bytes_left_, emit_);
  reader(stream, data);
  if (stream.error()) issue(stream.error()->code, printable(name) + ": " + stream.error()->detail, data);
  return true;
}

std::unique_ptr<Part> Package::open_flat() {
  const ByteRange all{0, file_.size()};
  return std::make_unique<Part>(file_, PartPlace{"the document", all, false}, PartStream::Packed{all, false, {}, {}}, limits_, bytes_left_, emit_);
}

void Package::close(const Part& part) {
  if (part.xml.had_entities()) {
    issue(Code::limit, part.name() + ": entities=0: it declares entities of its own, they are neither expanded nor fetched", part.data());
  }
  if (part.xml.error()) issue(part.xml.error()->code, part.name() + ": " + part.xml.error()->detail, part.data());
}

bool Package::read(std::string_view name, const std::function<void(Part&)>& reader) {
  const std::unique_ptr<Part> part = open(name);
  if (!part) return false;
  reader(*part);
  close(*part);
  return true;
}

void Package::emit_rest(const std::function<std::string(std::string_view)>& media_type, const std::function<bool(std::string_view)>& is_encrypted) {
  for (Entry& entry : entries_) {
    if (emit_.stop_requested()) return;
    if (!entry.is_read) emit_entry(entry, media_type(entry.member.name), is_encrypted(entry.member.name));
  }
}

void Package::emit_child(std::string_view name, std::string media_type, bool is_encrypted) {
  Entry* entry = find(name);
  if (entry != nullptr && !entry->is_read) emit_entry(*entry, std::move(media_type), is_encrypted);
}

void Package::emit_entry(Entry& entry, std::string media_type, bool is_encrypted) {
  entry.is_read = true;
  const ZipMember& member = entry.member;
  Child child;
  child.step = {StepKind::member, ++children_, {}, member.name};
  child.kind = ItemKind::embedded;
  child.media_type = std::move(media_type);
  child.encrypted = is_encrypted || member.encrypted;
  const std::string name = printable(member.name);
  const Result<ByteRange> data = member_data(file_, member);
  if (!data) {
    issue(data.error().code, name + ": " + data.error().detail);
    return emit_.child(std::move(child), nullptr);
  }
  if (is_encrypted) return emit_.child(std::move(child), nullptr);  // told for all parts together
  if (member.encrypted) {
    issue(Code::encrypted, name + ": the part is encrypted", *data);
    return emit_.child(std::move(child), nullptr);
  }
  if (member.method == 0) {
    child.extent = *data;
    return emit_.child(std::move(child), std::make_shared<RangeContent>(file_, *data));
  }
  if (member.method != 8) {
    issue(Code::unsupported, name + ": compressed by method " + std::to_string(member.method) + ", which documents do not use: not read", *data);
    return emit_.child(std::move(child), nullptr);
  }
  ContentPtr content = unpack(entry, *data);
  emit_.child(std::move(child), std::move(content));
}

// All that can be had; null if a budget is spent.
ContentPtr Package::unpack(const Entry& entry, ByteRange data) {
  PartStream stream(file_, {data, true, entry.member.crc, entry.member.size}, ~std::uint64_t{0}, bytes_left_, emit_);
  ChildBytes bytes(emit_);
  const auto piece = std::make_unique_for_overwrite<char[]>(piece_bytes);
  for (std::size_t got = stream.read(piece.get(), piece_bytes); got > 0; got = stream.read(piece.get(), piece_bytes)) {
    if (!bytes.append({piece.get(), got})) break;
  }
  const std::string name = printable(entry.member.name);
  if (stream.error()) issue(stream.error()->code, name + ": " + stream.error()->detail, data);
  if (bytes.is_full()) issue(Code::limit, name + ": expanded_bytes: the budget for children is spent, the part was not unpacked", data);
  return bytes.take();
}

void Package::emit_made(std::string name, std::string media_type, ContentPtr content) {
  Child child;
  child.step = {StepKind::member, ++children_, {}, std::move(name)};
  child.kind = ItemKind::embedded;
  child.media_type = std::move(media_type);
  emit_.child(std::move(child), std::move(content));
}

}  // namespace evtriage
