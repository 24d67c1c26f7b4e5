// The life of one item: read and hash, look up, identify, extract; children depth first.
// The only catch of the engine stands here: a plug-in that throws costs its item an issue, not the run.
// Tested by tests/pipeline/engine/examine_test.cpp.
#include "pipeline/engine/examine_item.h"

#include <algorithm>
#include <exception>

#include "pipeline/engine/item_kinds.h"
#include "pipeline/engine/spool.h"

namespace evtriage {
namespace {

constexpr std::size_t databases_kept = 16;  // of a container, for the logs that follow them

}  // namespace

bool guarded(Collector& out, std::string_view stage, const std::function<void()>& work) {
  std::string what = "an exception of unknown type";
  try {
    work();
    return true;
  } catch (const std::exception& thrown) {
    what = printable(thrown.what());
  } catch (...) {
    what = "an exception of unknown type";
  }
  out.issue({Code::internal, std::string(stage), what, std::nullopt, true});
  return false;
}

ItemRun::ItemRun(Unit& unit, Address address, unsigned depth, ItemRecord record, std::string raw_name,
                 std::string claimed_type)
    : unit_(unit), address_(std::move(address)), depth_(depth), record_(std::move(record)),
      raw_name_(std::move(raw_name)), claimed_type_(std::move(claimed_type)),
      out_(unit.context(), unit.worker(), this) {
  record_.address = address_.print();
}

void ItemRun::run(ContentPtr content) {
  if (!content) {
    read_ = !has_bytes(record_.kind);
    if (read_) record_.media_type = claimed_type_;
    if (!read_ && !out_.is_encrypted() && !out_.is_partial()) out_.issue({Code::corrupt, "read", "no content could be had", std::nullopt, true});
    return;
  }
  content_ = std::move(content);
  size_ = record_.size = content_->size();
  if (!guarded(out_, "read", [&] { prepare(); })) return;
  read_ = size_ == 0 || lost_bytes_ < size_;
  if (!read_ || record_.known == Known::good || unit_.stopped()) return;
  if (!guarded(out_, "extract", [&] { extract(); })) guarded(out_, "strings", [&] { raw_strings(); });
  guarded(out_, "attached", [&] { give_attached(); });
}

void ItemRun::prepare() {
  if (resident()) {
    read_resident();
  } else {
    read_large();
  }
}

// One read for what is small, and for children: their bytes are in memory already, as a rule.
void ItemRun::read_resident() {
  ReadLog log;
  Hasher& hasher = unit_.worker().hasher();
  hasher.start();
  if (size_ <= read_chunk_bytes || depth_ > 0) {
    if (Result<Blob> whole = content_->read({0, size_}); whole && whole->size() == size_) {
      bytes_ = *std::move(whole);
      hasher.update(bytes_.view());
    }
  }
  if (bytes_.size() != size_) {
    const auto buffer = unit_.worker().buffer(static_cast<std::size_t>(size_));
    for (std::uint64_t at = 0; at < size_;) {
      const ByteRange chunk{at, std::min(size_, at + read_chunk_bytes)};
      read_into(*content_, chunk, buffer.get() + at, log);
      hasher.update({buffer.get() + at, static_cast<std::size_t>(chunk.size())});
      at = chunk.end;
    }
    bytes_ = Blob::share(buffer, {buffer.get(), static_cast<std::size_t>(size_)});
  }
  lost_bytes_ = log.lost_bytes();
  finish_digests(hasher);
  for (Issue& issue : log.take_issues()) out_.issue(std::move(issue));
  look_up();
  head_ = bytes_;
  identify(head_.view());
}

void ItemRun::finish_digests(Hasher& hasher) {
  const Digests digests = hasher.finish();
  if (lost_bytes_ == 0) record_.digests = digests;
  if (hasher.take_disagreement()) {
    out_.issue({Code::internal, "hash",
                "the interleaved digests differ from OpenSSL's, which are recorded; suspect the processor or the memory",
                std::nullopt, true});
  }
}

void ItemRun::read_large() {
  ReadLog head_log;  // the same bytes are read and accounted for again in order
  const auto size = static_cast<std::size_t>(std::min(size_, head_bytes));
  const auto buffer = std::make_shared_for_overwrite<std::byte[]>(size);
  read_into(*content_, {0, size}, buffer.get(), head_log);
  head_ = Blob::share(buffer, {buffer.get(), size});
  identify(head_.view());
  const bool hash_first = !is_part_ && (unit_.context().registry->known != nullptr || extractor() != nullptr);
  if (hash_first) hash_large();
}

// One pass over a large item that only hashes.
void ItemRun::hash_large() {
  scan_large(nullptr, {});
  look_up();
}

void ItemRun::look_up() {
  const KnownHashes* const known = unit_.context().registry->known;
  if (known != nullptr && lost_bytes_ == 0) record_.known = known->lookup(record_.digests);
}

void ItemRun::identify(ByteView head) {
  if (is_raw_space(record_.kind)) {  // whatever its first bytes look like
    record_.media_type = "application/octet-stream";
    return;
  }
  Identification found =
      unit_.context().identifier->identify(head, size_, raw_name_, unit_.worker().cookie());
  record_.media_type = std::move(found.media_type);
  record_.type_mismatch = found.type_mismatch;
}

const Extractor* ItemRun::extractor() const {
  if (is_raw_space(record_.kind)) return nullptr;
  for (const Extractor* candidate : unit_.context().registry->extractors) {
    if (!candidate->accepts(identity())) continue;
    const bool fits = size_ <= std::max(unit_.limits().structured_bytes, unit_.limits().resident_bytes);
    return fits || candidate->reads_any_size() ? candidate : nullptr;
  }
  return nullptr;
}

void ItemRun::extract() {
  if (is_raw_space(record_.kind)) return raw_strings();
  if (goes_on_with_image()) return;
  if (joined_ && is_joined_by_us(record_.media_type)) return give_joined();
  if (const Extractor* const chosen = extractor(); chosen != nullptr) {
    structured(*chosen);
    return;
  }
  for (const Extractor* candidate : unit_.context().registry->extractors) {
    if (!candidate->accepts(identity())) continue;
    const std::string limit = "structured_bytes=" + std::to_string(unit_.limits().structured_bytes);
    out_.issue({Code::limit, std::string(candidate->name()), limit + ": read as plain text", std::nullopt, true});
    break;
  }
  tell_unread_container();
  paged();
}

void ItemRun::structured(const Extractor& chosen) {
  out_.speaker(chosen.name());
  if (joined_ && is_ewf(record_.media_type)) {
    chosen.extract(*joined_, identity(), out_);
  } else if (resident()) {
    chosen.extract(Resident(bytes_), identity(), out_);
  } else {
    chosen.extract(*content_, identity(), out_);
  }
  unread_ = is_disk_type(record_.media_type) && out_.gave_nothing() && !out_.is_encrypted();
  if ((out_.has_failed() || unread_) && !unit_.stopped()) raw_strings();
}

void ItemRun::paged() {
  if (!is_opaque(record_.media_type)) {
    for (const PageExtractor* candidate : unit_.context().registry->page_extractors) {
      const ByteView head = head_.slice(0, head_bytes).view();
      if (const auto plan = candidate->plan(head, size_, identity()); plan) {
        paged_by(*candidate, *plan);
        return;
      }
    }
  }
  if (!resident() && !hashed_) hash_large();
}

// What is left for an item whose own extractor gave up, whatever its type: the last page extractor of the table.
void ItemRun::raw_strings() {
  const auto table = unit_.context().registry->page_extractors;
  if (table.empty()) return;
  const ByteView head = head_.slice(0, head_bytes).view();
  if (const auto plan = table.back()->plan(head, size_, identity()); plan) paged_by(*table.back(), *plan);
}

void ItemRun::paged_by(const PageExtractor& chosen, const std::string& plan) {
  out_.speaker(chosen.name());
  if (!resident()) {
    scan_large(&chosen, plan);
    return;
  }
  each_page(bytes_, unit_.limits(), page_units(plan), [&](Page page) {
    if (!all_zero(page.bytes.view())) chosen.extract(page, plan, out_);
  });
}

void ItemRun::scan_large(const PageExtractor* chosen, const std::string& plan) {
  ReadLog log;
  Hasher& hasher = unit_.worker().hasher();
  const bool hash_now = !hashed_;
  if (hash_now) hasher.start();
  const bool whole = scan_pages({unit_, out_, *content_, chosen, plan}, log, [&](ByteView chunk) {
    if (!hash_now) return;
    hasher.update(chunk);
    if (depth_ == 0 && unit_.context().tally != nullptr) {  // so that progress moves inside a file of many gigabytes
      unit_.context().tally->bytes += chunk.size();
      told_bytes_ += chunk.size();
    }
  });
  if (!whole || !hash_now) return;
  hashed_ = true;
  lost_bytes_ = log.lost_bytes();
  finish_digests(hasher);
  read_ = lost_bytes_ < size_;
  for (Issue& issue : log.take_issues()) out_.issue(std::move(issue));
}

void ItemRun::refused(std::string limit) {
  const auto known = std::find_if(refused_.begin(), refused_.end(), [&](const auto& r) { return r.first == limit; });
  if (known == refused_.end()) {
    refused_.emplace_back(std::move(limit), 1);
  } else {
    ++known->second;
  }
}

std::unique_ptr<Spool> ItemRun::spool() {
  return unit_.context().spool->make(unit_.expanded_bytes_left(), [this] {
    spool_spent_ = true;
    refused("expanded_bytes=" + std::to_string(unit_.limits().expanded_bytes));
  });
}

void ItemRun::child(Child child, ContentPtr content) {
  if (unit_.stopped()) return;
  const std::uint64_t size = content ? content->size() : 0;
  last_number_ = std::max(last_number_, child.step.number);
  if (child.extent && child.extent->end == size_) tail_given_ = std::min(tail_given_, child.extent->begin);
  if (is_on_disk(child.step.kind) && !std::exchange(is_disk_, true)) unit_.widen(size_);
  std::string limit = child.is_media ? unit_.refuse_media(size, size_) : std::string();
  if (limit.empty()) limit = unit_.refuse_child(depth_ + 1, size);
  if (!limit.empty()) return refused(std::move(limit));
  if (std::exchange(spool_spent_, false) && !content) return;
  ItemRecord record;
  record.index = unit_.next_index();
  record.parent = record_.index;
  record.kind = child.kind;
  const std::string& raw = child.step.name;
  record.name = printable(is_on_disk(child.step.kind) ? std::string_view(raw).substr(raw.rfind('/') + 1) : std::string_view(raw));
  record.path = record_.path;
  record.path += label_of(child.step, printable(raw));
  record.created_ns = child.created_ns;
  record.modified_ns = child.modified_ns;
  record.accessed_ns = child.accessed_ns;
  record.changed_ns = child.changed_ns;
  record.deleted = child.deleted;
  record.encrypted = child.encrypted;
  const Address address = address_.child(child.step);
  std::string own_name = is_on_disk(child.step.kind) ? raw.substr(raw.rfind('/') + 1) : raw;
  ItemRun run(unit_, address, depth_ + 1, std::move(record), std::move(own_name), std::move(child.media_type));
  if (child.encrypted && !content) run.out().encrypted();  // else a password opened it
  run.out().speaker(out_.speaker());
  for (const Property& property : child.properties) {
    if (property.name == "stored:md5") run.stored_md5_ = property.value;
    if (property.name == "stored:sha1") run.stored_sha1_ = property.value;
  }
  for (Property& property : child.properties) run.out().property(std::move(property.name), std::move(property.value));
  for (Issue& issue : child.issues) run.out().issue(std::move(issue));
  run.is_part_ = child.step.kind == StepKind::part;
  run.neighbours([this, &raw](std::string_view name) { return earlier_child(path_beside(raw, name)); });
  run.run(content);
  if (content && may_be_asked_for(run.head_.view())) {
    databases_.emplace_back(raw, std::move(content));
    if (databases_.size() > databases_kept) databases_.pop_front();
  }
  const std::uint64_t estimate = run.out().pending_bytes() + 1024;
  unit_.complete(run.finish(), estimate);
}

ContentPtr ItemRun::earlier_child(std::string_view path) const {
  const auto found = std::find_if(databases_.begin(), databases_.end(), [&](const auto& kept) { return kept.first == path; });
  return found == databases_.end() ? nullptr : found->second;
}

void ItemRun::grown() {
  if (out_.pending_bytes() <= Unit::part_bytes) return;
  ItemRecord lists;
  lists.index = record_.index;
  lists.parent = record_.parent;
  out_.move_lists(lists, lost_bytes_ == 0);
  unit_.lists_of_open(std::move(lists));
}

// What the container says the digests are, against what they are.
void ItemRun::compare_stored() {
  const auto compare = [&](std::string_view name, const std::string& stored, const std::string& computed) {
    if (stored.empty()) return;
    const std::string word(name);
    if (computed.empty()) {
      out_.issue({Code::unsupported, "read", "the " + word + " stored in the image was not compared: none was computed of all bytes", std::nullopt, true});
    } else if (stored != computed) {
      out_.issue({Code::corrupt, "read", "the " + word + " stored in the image, " + stored + ", is not that of its bytes, " + computed, std::nullopt, true});
    } else {
      out_.property("stored:verified", word + " is as stored in the image");
    }
  };
  const Digests& digests = record_.digests;
  compare("MD5", stored_md5_, digests.md5 ? hex_text(*digests.md5) : std::string());
  compare("SHA-1", stored_sha1_, digests.sha1 ? hex_text(*digests.sha1) : std::string());
}

ItemRecord ItemRun::finish() {
  compare_stored();
  for (const auto& [limit, count] : refused_) {
    out_.issue({Code::limit, "engine", limit + ": " + std::to_string(count) + " or more children not examined",
                std::nullopt, true});
  }
  out_.close();
  if (is_part_) record_.digests = {};  // the disk's cover it
  const bool locked = out_.is_encrypted();
  record_.encrypted = record_.encrypted || locked;
  record_.text_bytes = out_.text_bytes();
  record_.score_milli = out_.score_milli();
  const bool nothing_read = !read_ && !locked;
  const bool partial = out_.is_partial() || locked || unread_;
  record_.outcome = nothing_read ? Outcome::failed : partial ? Outcome::partial : Outcome::done;
  out_.move_lists(record_, lost_bytes_ == 0);
  return std::move(record_);
}

}  // namespace evtriage
