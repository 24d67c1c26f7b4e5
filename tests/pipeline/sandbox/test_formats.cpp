// See test_formats.h.
#include "tests/pipeline/sandbox/test_formats.h"

#include <algorithm>

#include "pipeline/core/runs_content.h"

namespace evtriage::test {
namespace {

class Backwards final : public Content {
 public:
  Backwards(const Content& content, std::uint64_t readable) : content_(content), readable_(readable) {}
  std::uint64_t size() const override { return content_.size(); }
  Result<Blob> read(ByteRange range) const override {
    if (range.begin > range.end || range.end > size()) return Error{Code::truncated, "read past the end"};
    if (range.end > readable_) return Error{Code::corrupt, "beyond " + std::to_string(readable_)};
    const Result<Blob> bytes = content_.read({size() - range.end, size() - range.begin});
    if (!bytes) return bytes.error();
    std::string out(bytes->chars());
    std::reverse(out.begin(), out.end());
    return Blob::own(std::move(out));
  }

 private:
  const Content& content_;
  std::uint64_t readable_;
};

Child on_disk(StepKind kind, std::uint64_t number, std::string name) {
  Child out;
  out.step = {kind, number, 4096, std::move(name)};
  out.properties = {{"a", "1"}, {"b", "\xc3\xa9"}};
  out.issues = {{Code::corrupt, "", "in doubt", ByteRange{3, 1u << 30}, true}, {Code::limit, "mine", "cut", std::nullopt, false}};
  return out;
}

std::uint64_t checksum(std::string_view bytes) {
  std::uint64_t sum = 1469598103934665603u;
  for (const char c : bytes) sum = (sum ^ static_cast<unsigned char>(c)) * 1099511628211u;
  return sum;
}

Child child(std::uint64_t number, std::string name, ItemKind kind) {
  Child out;
  out.step = {StepKind::member, number, {}, std::move(name)};
  out.kind = kind;
  out.media_type = "application/x-test; charset=\xff";
  return out;
}

void texts(std::uint64_t size, Emit& emit) {
  OffsetMap map;
  map.append(4, {0, std::min<std::uint64_t>(size, 2)}, 2, 1);
  map.append(3, {0, 0}, 0, 0);
  map.append(2, {size / 2, size}, 0, 0);
  map.append(1, {0, 1}, 1, 1);
  TextSegment segment = TextSegment::of(Blob::own(std::string("\xc3\xa9\xc3\xa8" "abcde\n")), std::move(map), "body");
  segment.owned = {2, 9};
  segment.place = "page 3";
  segment.language = "fr";
  segment.is_message = true;
  emit.text(segment);
  emit.text(TextSegment::of(Blob(), OffsetMap(), "metadata"));
  std::string large;
  OffsetMap runs;
  while (large.size() < 300'000) {
    large += "Kofi pays \xe2\x82\xac 20.\n";
    runs.append(20, {large.size() % size, size}, 0, 0);
  }
  runs = OffsetMap();
  for (std::uint64_t at = 0; at < large.size(); at += 10) runs.append(std::min<std::uint64_t>(10, large.size() - at), {at % size, size}, 0, 0);
  emit.text(TextSegment::of(Blob::own(std::move(large)), std::move(runs), "comment"));
}

void children(const Content& content, Emit& emit) {
  const std::uint64_t size = content.size();
  Child first = child(1, "raw \x80 name", ItemKind::attachment);
  first.created_ns = -5;
  first.modified_ns = 1;
  first.accessed_ns = INT64_MAX;
  first.changed_ns = INT64_MIN;
  first.deleted = true;
  first.step.offset = 77;
  emit.child(first, resident("small"));
  Child locked = child(2, "", ItemKind::member);
  locked.encrypted = true;
  emit.child(locked, nullptr);
  Child part = child(3, "part", ItemKind::embedded);
  part.extent = ByteRange{size / 3, size};
  const Result<Blob> bytes = content.read({size / 3, size});
  emit.child(part, bytes ? resident(*bytes) : nullptr);
  emit.child(child(4, "large", ItemKind::record), resident(std::string(3'000'000, 'x')));
  const auto spool = emit.spool(), dropped = emit.spool();
  (void)spool->append(as_bytes("one "));
  (void)dropped->append(as_bytes("never"));
  (void)spool->append(as_bytes("two"));
  emit.child(child(5, "spooled", ItemKind::member), spool->take());
  const auto empty = emit.spool();
  emit.child(child(6, "empty", ItemKind::member), empty->take());
}

}  // namespace

void extract_everything(const Content& content, const Identity& identity, const ExtractOptions& options, Emit& emit) {
  emit.property("identity", std::string(identity.media_type) + "|" + std::string(identity.claimed_type) + "|" + printable(identity.name));
  for (const std::string& password : options.passwords) emit.property("password", password);
  texts(content.size(), emit);
  MessageRecord message{"email", "t", "a@example.org", {"b@example.org", "c@example.org"}, 123456789, "in", "hello", true, {"x.pdf"}};
  emit.message(message);
  message.sent_ns.reset();
  message.recipients.clear();
  emit.message(message);
  for (unsigned code = 0; code <= static_cast<unsigned>(Code::internal); ++code) {
    emit.issue({static_cast<Code>(code), "test", "what happened", ByteRange{0, content.size()}, code % 2 == 0});
  }
  emit.issue({Code::corrupt, "test", "nowhere", std::nullopt, true});
  emit.encrypted();
  children(content, emit);
}

void extract_reads(const Content& content, const Identity&, const ExtractOptions&, Emit& emit) {
  const std::uint64_t size = content.size();
  const auto tell = [&](ByteRange range) {
    const Result<Blob> bytes = content.read(range);
    const std::string where = std::to_string(range.begin) + ".." + std::to_string(range.end);
    emit.property(where, bytes ? std::to_string(bytes->size()) + " " + std::to_string(checksum(bytes->chars()))
                               : std::string(to_string(bytes.error().code)) + " " + bytes.error().detail);
  };
  tell({0, size});
  tell({size, size});
  tell({0, size + 1});
  tell({2, 1});
  std::uint64_t at = 7;
  for (unsigned i = 0; i < 300 && size > 0; ++i) {
    at = (at * 6364136223846793005u + 1442695040888963407u);
    const std::uint64_t begin = (at >> 20) % size;
    tell({begin, std::min(size, begin + (at >> 7) % (i % 10 == 0 ? 200'000 : 300))});
  }
}

void extract_spooled(const Content& content, const Identity&, const ExtractOptions&, Emit& emit) {
  const auto spool = emit.spool();
  for (std::uint64_t at = 0; at < content.size(); at += 100'000) {
    const Result<Blob> bytes = content.read({at, std::min(content.size(), at + 100'000)});
    if (!bytes || !spool->append(bytes->view())) break;
  }
  emit.child(child(1, "spooled", ItemKind::member), spool->take());
}

void extract_nested(const Content& content, const Identity&, const ExtractOptions&, Emit& emit) {
  const Result<Blob> bytes = content.read({0, content.size()});
  if (!bytes || bytes->empty()) return;
  emit.text(TextSegment::of(bytes->slice(0, 1), OffsetMap::identity(1), "body"));
  emit.child(child(1, "rest", ItemKind::member), resident(std::string(bytes->chars().substr(1))));
}

void extract_whole(const Content& content, const Identity&, const ExtractOptions&, Emit& emit) {
  const Result<Blob> bytes = content.read({0, content.size()});
  if (!bytes) return emit.issue({bytes.error().code, "", bytes.error().detail, std::nullopt, true});
  unsigned sum = 0;
  for (std::size_t at = 0; at < bytes->size(); at += 4096) sum += static_cast<unsigned char>(bytes->chars()[at]);
  if (sum == 1) emit.property("sum", "1");
}

void extract_disk(const Content& content, const Identity&, const ExtractOptions&, Emit& emit) {
  const std::uint64_t size = content.size(), third = size / 3;
  const std::vector<DataRun> runs{{third, size - third}, {100, std::nullopt}, {third, 0}, {1, size - 1}};
  emit.child(on_disk(StepKind::file, 5123, "a/b"), std::make_shared<RunsContent>(content, runs));
  emit.child(on_disk(StepKind::free, 7, ""), std::make_shared<RunsContent>(content, std::vector<DataRun>{}));
  Child media = on_disk(StepKind::stream, 1, "media");
  media.is_media = true;
  emit.child(media, std::make_shared<Backwards>(content, size));
  emit.child(on_disk(StepKind::file, 5123, "a/c"), std::make_shared<Backwards>(content, size));
  emit.property("after", "said after a live child");
}

void extract_half(const Content& content, const Identity&, const ExtractOptions&, Emit& emit) {
  Child media = on_disk(StepKind::stream, 1, "media");
  media.is_media = true;
  emit.child(media, std::make_shared<Backwards>(content, content.size() / 2));
  emit.property("after", "said after a live child");
}

void extract_nothing(const Content&, const Identity&, const ExtractOptions&, Emit&) {}

}  // namespace evtriage::test
