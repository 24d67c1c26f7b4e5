// The entry of the listing around the item: opening, kinds without content, address and names.
// Tested by tests/pipeline/engine/examine_test.cpp.
#include "pipeline/engine/examine.h"

#include <algorithm>

#include "pipeline/engine/examine_item.h"

namespace evtriage {
namespace {

std::string_view base_name(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

ItemRecord root_record(const Entry& entry) {
  ItemRecord record;
  record.kind = entry.kind;
  record.name = printable(base_name(entry.path));
  record.path = printable(entry.path);
  record.size = entry.size;
  record.modified_ns = entry.modified_ns;
  return record;
}

// Directories, links and special files have a record but no bytes of their own.
void record_without_content(const Entry& entry, ItemRecord& record) {
  bool unread = false, partial = false;
  for (const Issue& issue : entry.issues) {
    unread = unread || issue.code == Code::io_read;
    partial = partial || issue.code == Code::limit || issue.code == Code::internal;
  }
  record.outcome = unread ? Outcome::failed : partial ? Outcome::partial : Outcome::done;
  record.issues = entry.issues;
  if (entry.kind == ItemKind::directory) {
    record.media_type = "inode/directory";
  } else if (entry.kind == ItemKind::symlink) {
    record.media_type = "inode/symlink";
    record.properties.push_back({"target", printable(entry.detail)});
  } else {
    if (!unread) record.outcome = Outcome::skipped;
    record.properties.push_back({"special", printable(entry.detail)});
  }
}

// Files that go on with the same first file: in one folder, of one name but for all behind the first letter of the suffix.
std::string row_of(const Entry& entry) {
  return std::to_string(entry.exhibit) + ":" + entry.path.substr(0, entry.path.size() - std::min<std::size_t>(entry.path.size(), 2));
}

void examine_file(const Entry& entry, const Source& source, ItemRun& run) {
  for (const Issue& issue : entry.issues) run.out().issue(issue);
  Result<Source::Opened> opened = source.open(entry);
  if (!opened) {
    run.out().issue({opened.error().code, "open", opened.error().detail, std::nullopt, true});
    return;
  }
  for (Issue& issue : opened->issues) run.out().issue(std::move(issue));
  run.segments(opened->joined, row_of(entry), [&] { return source.first_segment(entry); });
  run.neighbours([&](std::string_view name) { return source.open_beside(entry, name); });
  run.run(opened->content);
  if (auto changed = source.changed(entry, *opened->content); changed) run.out().issue(*std::move(changed));
}

}  // namespace

Context context_of(const FlowInput& input) {
  return {input.source, input.registry, input.profile, input.identifier, input.stop, input.tally, input.spool};
}

Result<std::unique_ptr<Worker>> Worker::make(const Context& context) {
  Result<std::unique_ptr<Hasher>> hasher = Hasher::make(context.profile->hashes);
  if (!hasher) return hasher.error();
  Result<MagicCookie> cookie = context.identifier->cookie();
  if (!cookie) return cookie.error();
  return std::unique_ptr<Worker>(new Worker(*std::move(hasher), *std::move(cookie), *context.registry));
}

Scratch& Worker::scratch(std::size_t scanner) {
  if (scratches_.size() <= scanner) scratches_.resize(scanner + 1);
  if (!scratches_[scanner]) scratches_[scanner] = registry_.scanners[scanner]->make_scratch();
  return *scratches_[scanner];
}

std::shared_ptr<std::byte[]> Worker::buffer(std::size_t size) {
  if (size > buffer_bytes_ || buffer_.use_count() != 1) {
    buffer_ = std::make_shared_for_overwrite<std::byte[]>(size);
    buffer_bytes_ = size;
  }
  return buffer_;
}

void examine(const Entry& entry, const Context& context, Worker& worker, PageRunner& pages, PartSink& sink) {
  Unit unit(context, worker, pages, sink, entry.ordinal);
  ItemRecord record = root_record(entry);
  record.index = unit.next_index();
  const Address address = Address::exhibit(context.source->exhibit_label(entry.exhibit))
                              .child({StepKind::file, entry.number, {}, entry.path});
  std::uint64_t told = 0;
  if (entry.kind == ItemKind::file) {
    ItemRun run(unit, address, 0, std::move(record), std::string(base_name(entry.path)), {});
    examine_file(entry, *context.source, run);
    const bool whole = unit.finish(run.finish());
    told = run.told_bytes();
    if (!whole) return;
  } else {
    record.address = address.print();
    record_without_content(entry, record);
    if (!unit.finish(std::move(record))) return;
  }
  if (context.tally != nullptr) {
    ++context.tally->entries;
    context.tally->bytes += entry.size - std::min(entry.size, told);
  }
}

}  // namespace evtriage
