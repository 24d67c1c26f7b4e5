// Evidence, recorder and plug-ins in memory for the engine's tests.
#pragma once
#include <algorithm>
#include <filesystem>
#include <map>
#include <mutex>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "pipeline/core/json.h"
#include "pipeline/engine/digest.h"
#include "pipeline/engine/examine.h"
#include "pipeline/engine/spool.h"

namespace evtriage::test {

// Content whose reads fail inside the given ranges.
class FaultContent final : public Content {
 public:
  FaultContent(std::string bytes, std::vector<ByteRange> bad) : blob_(Blob::own(std::move(bytes))), bad_(std::move(bad)) {}
  std::uint64_t size() const override { return blob_.size(); }
  Result<Blob> read(ByteRange range) const override {
    if (range.begin > range.end || range.end > blob_.size()) return Error{Code::truncated, "read past the end"};
    for (const ByteRange bad : bad_) {
      if (range.begin < bad.end && bad.begin < range.end) return Error{Code::io_read, "input/output error"};
    }
    return blob_.slice(range.begin, range.size());
  }

 private:
  Blob blob_;
  std::vector<ByteRange> bad_;
};

class ZeroContent final : public Content {  // sparse: nothing but zero bytes
 public:
  explicit ZeroContent(std::uint64_t size) : size_(size) {}
  std::uint64_t size() const override { return size_; }
  Result<Blob> read(ByteRange range) const override { return Blob::own(std::vector<std::byte>(range.size())); }

 private:
  std::uint64_t size_;
};

class MemorySource final : public Source {
 public:
  explicit MemorySource(std::uint64_t resident_bytes) : resident_bytes_(resident_bytes) {}
  Entry& add(std::string path, ContentPtr content) {
    Entry& entry = add_other(std::move(path), ItemKind::file, "");
    entry.size = content->size();
    contents_[entry.ordinal] = std::move(content);
    if (entry.size > resident_bytes_) large_.push_back(entry.ordinal);
    std::sort(large_.begin(), large_.end(), [&](std::uint64_t a, std::uint64_t b) {
      return std::pair(entries_[b].size, a) < std::pair(entries_[a].size, b);
    });
    return entry;
  }
  Entry& add(std::string path, std::string bytes) { return add(std::move(path), resident(std::move(bytes))); }
  Entry& add_other(std::string path, ItemKind kind, std::string detail) {
    Entry entry;
    entry.ordinal = entries_.size();
    entry.number = entries_.size() + 1;
    entry.path = std::move(path);
    entry.kind = kind;
    entry.detail = std::move(detail);
    entries_.push_back(std::move(entry));
    return entries_.back();
  }
  std::uint64_t entry_count() const override { return entries_.size(); }
  std::uint64_t total_bytes() const override { return 0; }
  std::string exhibit_label(std::uint32_t) const override { return "EX1"; }
  Result<std::vector<Entry>> entries(std::uint64_t first, std::uint64_t count) override {
    std::vector<Entry> out;
    for (std::uint64_t i = first; i < entries_.size() && out.size() < count; ++i) out.push_back(entries_[i]);
    return out;
  }
  const std::vector<std::uint64_t>& large_files() const override { return large_; }
  Result<Opened> open(const Entry& entry) const override {
    const auto found = contents_.find(entry.ordinal);
    if (found == contents_.end() || found->second == nullptr) return Error{Code::io_read, "permission denied"};
    return Opened{found->second, {}, nullptr};
  }
  std::optional<Issue> changed(const Entry&, const Content&) const override { return std::nullopt; }
  bool warm(const Entry& entry) const override {
    ++warmed;
    return entry.ordinal % 2 == 0;
  }
  void unreadable(std::uint64_t ordinal) { contents_[ordinal] = nullptr; }
  mutable std::atomic<std::uint64_t> warmed{0};

 private:
  std::uint64_t resident_bytes_;
  std::vector<Entry> entries_;
  std::map<std::uint64_t, ContentPtr> contents_;
  std::vector<std::uint64_t> large_;
};

// Everything of a part, as text.
inline std::string dump(const UnitPart& part) {
  std::string out = "part " + std::to_string(part.ordinal) + "." + std::to_string(part.number) + (part.last ? " last\n" : "\n");
  const auto range = [](ByteRange r) { return std::to_string(r.begin) + ".." + std::to_string(r.end); };
  for (const ItemRecord& item : part.items) {
    out += " item " + std::to_string(item.index) + "<" + std::to_string(item.parent) + " " + item.address + " '" + item.path +
           "' " + item.media_type + " size " + std::to_string(item.size) + " outcome " +
           std::to_string(static_cast<int>(item.outcome)) + " complete " + std::to_string(item.complete) + " text " +
           std::to_string(item.text_bytes) + " score " + std::to_string(item.score_milli) + " sha256 " +
           (item.digests.sha256 ? hex_text(*item.digests.sha256) : "-") + "\n";
    for (const auto& row : item.texts) {
      out += "  text " + std::to_string(row.segment) + " @" + std::to_string(row.text_begin) + " [" +
             std::string(row.text.chars()) + "]" + (row.is_whole_item ? " whole" : "") + "\n";
    }
    for (const auto& row : item.mentions) {
      out += "  mention " + std::to_string(row.segment) + " " + row.value + " " + range(row.bytes) + "\n";
    }
    for (const auto& row : item.hits) out += "  hit " + std::to_string(row.segment) + " " + range(row.bytes) + "\n";
    for (const auto& row : item.properties) out += "  " + row.name + "=" + row.value + "\n";
    for (const auto& row : item.issues) {
      out += "  issue " + std::string(to_string(row.code)) + " " + row.stage + " " + row.detail +
             (row.where ? " " + range(*row.where) : "") + "\n";
    }
  }
  return out;
}

// Keeps frames; `fail_after` frames it refuses to write.
class MemoryRecorder final : public Recorder {
 public:
  bool already_has(std::uint64_t ordinal) const override { return whole.contains(ordinal); }
  std::string encode(const std::vector<UnitPart>& frame) const override {
    std::string out;
    for (const UnitPart& part : frame) {
      const std::string text = dump(part);
      out += std::to_string(part.ordinal) + " " + std::to_string(part.number) + " " + (part.last ? "1 " : "0 ") +
             std::to_string(text.size()) + "\n" + text;
    }
    return out;
  }
  Result<void> append(std::string_view frame) override {
    const std::lock_guard lock(mutex_);
    if (frames == fail_after) return Error{Code::io_read, "no space left on device"};
    ++frames;
    while (!frame.empty()) {
      const std::string header(frame.substr(0, frame.find('\n')));
      frame.remove_prefix(header.size() + 1);
      unsigned long long ordinal = 0, number = 0, last = 0, size = 0;
      std::sscanf(header.c_str(), "%llu %llu %llu %llu", &ordinal, &number, &last, &size);
      parts[{ordinal, number}] = std::string(frame.substr(0, size));
      frame.remove_prefix(size);
      if (last == 1) whole.insert(ordinal);
      if (last == 1 && stop_after != 0 && whole.size() >= stop_after && stop != nullptr) *stop = true;
    }
    return {};
  }
  std::string all() const {  // parts of whole units, in order
    std::string out;
    for (const auto& [key, text] : parts) out += whole.contains(key.first) ? text : "";
    return out;
  }
  std::map<std::pair<std::uint64_t, std::uint64_t>, std::string> parts;
  std::set<std::uint64_t> whole;
  std::size_t frames = 0, fail_after = static_cast<std::size_t>(-1), stop_after = 0;
  std::atomic<bool>* stop = nullptr;

 private:
  std::mutex mutex_;
};

// Pages as they are: the text is the page's bytes, invalid UTF-8 as '?'.
class PlainPages final : public PageExtractor {
 public:
  std::string_view name() const override { return "plain"; }
  std::uint32_t version() const override { return 1; }
  std::optional<std::string> plan(ByteView, std::uint64_t, const Identity&) const override { return "utf-8"; }
  void extract(const Page& page, std::string_view, Emit& emit) const override {
    std::string text(page.bytes.chars());
    for (char& c : text) c = static_cast<unsigned char>(c) < 0x80 ? c : '?';
    TextSegment segment = TextSegment::of(Blob::own(text), OffsetMap::identity(text.size(), page.begin), "body");
    segment.owned = {page.owned.begin - page.begin, page.owned.end - page.begin};
    segment.is_whole_item = page.owned.size() == page.item_size;
    segment.language = "en";
    emit.text(std::move(segment));
  }
};

// Reports every "@" as a mention and every "bad" as a hit, each twice: the engine must keep one.
class WordScanner final : public TextScanner {
 public:
  std::string_view name() const override { return "words"; }
  std::uint32_t version() const override { return 1; }
  std::unique_ptr<Scratch> make_scratch() const override { return std::make_unique<Scratch>(); }
  void scan(const TextSegment& segment, Scratch&, ScanSink& sink) const override {
    const std::string_view text = segment.utf8.chars();
    for (std::size_t at = segment.owned.begin; at < segment.owned.end; ++at) {
      const ByteRange here{at, at + 1};
      for (int twice = 0; twice < 2 && text[at] == '@'; ++twice) {
        Mention mention;
        mention.type = "email";
        mention.value = "x@y.example";
        mention.segment = segment.number;
        mention.bytes = segment.map.to_source(here);
        sink.mention(mention);
      }
      for (int twice = 0; twice < 2 && text.substr(at, 3) == "bad"; ++twice) {
        Hit hit;
        hit.rule = "bad";
        hit.segment = segment.number;
        hit.bytes = segment.map.to_source({at, at + 3});
        sink.hit(hit);
      }
    }
  }
};

// "box:a|b|c": a container whose parts are children; "throw" throws.
class BoxExtractor final : public Extractor {
 public:
  std::string_view name() const override { return "box"; }
  std::uint32_t version() const override { return 1; }
  bool accepts(const Identity& identity) const override { return identity.name.ends_with(".box"); }
  void extract(const Content& content, const Identity&, Emit& emit) const override {
    const Result<Blob> bytes = content.read({0, content.size()});
    if (!bytes) return;
    std::string_view rest = bytes->chars();
    if (rest.starts_with("throw")) throw std::runtime_error("planned");
    if (!rest.starts_with("box:")) return;
    rest.remove_prefix(4);
    for (std::uint64_t number = 1; !rest.empty() && !emit.stop_requested(); ++number) {
      const std::size_t end = std::min(rest.find('|'), rest.size());
      Child child;
      child.step = {StepKind::member, number, {}, rest.substr(0, end).starts_with("box:") ? "n.box" : ""};
      std::string_view inner = rest.substr(0, end);
      emit.child(child, resident(std::string(inner)));
      rest.remove_prefix(std::min(rest.size(), end + 1));
    }
  }
};

// "nest:N": one child "nest:N-1" ... down to 0.
class NestExtractor final : public Extractor {
 public:
  std::string_view name() const override { return "nest"; }
  std::uint32_t version() const override { return 1; }
  bool accepts(const Identity& identity) const override { return identity.name.ends_with(".nest"); }
  void extract(const Content& content, const Identity&, Emit& emit) const override {
    const Result<Blob> bytes = content.read({0, content.size()});
    const int depth = bytes ? std::stoi(std::string(bytes->chars().substr(5))) : 0;
    if (depth == 0) return;
    Child child;
    child.step = {StepKind::member, 1, {}, "in.nest"};
    emit.child(child, resident("nest:" + std::to_string(depth - 1)));
  }
};

struct World {  // plug-ins and profile; constant after construction
  World() {
    if (auto loaded = Identifier::load(); loaded) identifier = *std::move(loaded);
    registry.extractors = extractors;
    registry.page_extractors = page_extractors;
    registry.scanners = scanners;
  }
  FlowInput input(MemorySource& source, MemoryRecorder& recorder) {
    return {&source, &recorder, &registry, &profile, identifier.get(), &stop, &tally, &spool};
  }
  BoxExtractor box;
  NestExtractor nest;
  PlainPages plain;
  WordScanner words;
  std::vector<const Extractor*> extractors{&box, &nest};
  std::vector<const PageExtractor*> page_extractors{&plain};
  std::vector<const TextScanner*> scanners{&words};
  Registry registry;
  Profile profile;
  std::shared_ptr<Identifier> identifier;
  std::atomic<bool> stop{false};
  Tally tally;
  SpoolSpace spool{std::filesystem::temp_directory_path(), 1024};
};

}  // namespace evtriage::test
