// Round trip of random records, and every truncation and many flips refused or read without harm.
#include "pipeline/store/codec.h"

#include <gtest/gtest.h>

#include <random>

#include "pipeline/custody/custody.h"
#include "pipeline/store/compress.h"

namespace evtriage {
namespace {

class Dice {
 public:
  explicit Dice(unsigned seed) : engine_(seed) {}
  std::uint64_t below(std::uint64_t n) { return engine_() % n; }
  std::uint64_t number() { return engine_() >> below(64); }
  std::string text() {
    std::string out(below(30), '\0');
    for (char& c : out) c = static_cast<char>(below(256));
    return out;
  }
  std::vector<std::string> texts() {
    std::vector<std::string> out(below(4));
    for (auto& each : out) each = text();
    return out;
  }
  ByteRange range() { return {number(), number()}; }
  std::optional<std::int64_t> time() {
    if (below(2) == 0) return std::nullopt;
    return static_cast<std::int64_t>(engine_());
  }

 private:
  std::mt19937_64 engine_;
};

ItemRecord random_item(Dice& dice) {
  ItemRecord item;
  item.index = static_cast<std::uint32_t>(dice.number());
  item.parent = static_cast<std::uint32_t>(dice.number());
  item.complete = true;
  item.address = dice.text();
  item.name = dice.text();
  item.path = dice.text();
  item.kind = static_cast<ItemKind>(dice.below(13));
  item.size = dice.number();
  item.media_type = dice.text();
  item.encrypted = dice.below(2) == 0;
  item.deleted = dice.below(2) == 0;
  item.type_mismatch = dice.below(2) == 0;
  if (dice.below(2) == 0) item.digests.sha256 = sha256(dice.text());
  if (dice.below(2) == 0) item.digests.md5.emplace().fill(std::byte{7});
  if (dice.below(2) == 0) item.digests.sha1.emplace().fill(std::byte{8});
  if (dice.below(2) == 0) item.digests.sha512.emplace().fill(std::byte{9});
  item.created_ns = dice.time();
  item.modified_ns = dice.time();
  item.accessed_ns = dice.time();
  item.changed_ns = dice.time();
  item.outcome = static_cast<Outcome>(dice.below(4));
  item.known = static_cast<Known>(dice.below(3));
  item.text_bytes = dice.number();
  item.score_milli = static_cast<std::int32_t>(dice.number());
  item.properties.push_back({dice.text(), dice.text()});
  item.mentions.push_back({dice.text(), dice.text(), dice.text(), dice.texts(), Confidence::likely, dice.text(), 3,
                           dice.range(), dice.text(), dice.text(), dice.text()});
  item.hits.push_back({1, dice.range(), dice.text(), dice.text(), dice.text(), dice.text(), dice.text(), 9,
                       dice.texts(), -4, dice.text(), dice.text(), dice.text()});
  item.findings.push_back({dice.text(), 2, dice.range(), dice.text(), dice.text(), Band::medium, 1234, dice.texts(),
                           dice.texts(), dice.texts(), dice.texts(), dice.text(), dice.text()});
  item.messages.push_back({dice.text(), dice.text(), dice.text(), dice.texts(), dice.time(), dice.text(), dice.text(),
                           true, dice.texts()});
  item.issues.push_back({Code::limit, dice.text(), dice.text(), dice.range(), false});
  item.issues.push_back({Code::crash, dice.text(), dice.text(), std::nullopt, true});
  return item;
}

void expect_scalars(const ItemRecord& a, const ItemRecord& b) {
  EXPECT_EQ(std::tie(a.index, a.parent, a.address, a.name, a.path, a.kind, a.size, a.media_type, a.type_mismatch),
            std::tie(b.index, b.parent, b.address, b.name, b.path, b.kind, b.size, b.media_type, b.type_mismatch));
  EXPECT_EQ(std::tie(a.created_ns, a.modified_ns, a.accessed_ns, a.changed_ns, a.deleted, a.encrypted, a.outcome),
            std::tie(b.created_ns, b.modified_ns, b.accessed_ns, b.changed_ns, b.deleted, b.encrypted, b.outcome));
  EXPECT_EQ(std::tie(a.known, a.text_bytes, a.score_milli), std::tie(b.known, b.text_bytes, b.score_milli));
  EXPECT_TRUE(a.digests == b.digests);
}

void expect_lists(const ItemRecord& a, const ItemRecord& b) {
  EXPECT_EQ(a.properties[0].value, b.properties[0].value);
  const Mention &m = a.mentions[0], &n = b.mentions[0];
  EXPECT_EQ(std::tie(m.type, m.value, m.country, m.countries, m.confidence, m.label, m.segment, m.bytes, m.context),
            std::tie(n.type, n.value, n.country, n.countries, n.confidence, n.label, n.segment, n.bytes, n.context));
  const Hit &h = a.hits[0], &k = b.hits[0];
  EXPECT_EQ(std::tie(h.bytes, h.rule, h.pack, h.category, h.rule_version, h.elements, h.weight, h.matched, h.context),
            std::tie(k.bytes, k.rule, k.pack, k.category, k.rule_version, k.elements, k.weight, k.matched, k.context));
  const Finding &f = a.findings[0], &g = b.findings[0];
  EXPECT_EQ(std::tie(f.subject, f.bytes, f.band, f.score_milli, f.elements, f.categories, f.rules, f.against, f.excerpt),
            std::tie(g.subject, g.bytes, g.band, g.score_milli, g.elements, g.categories, g.rules, g.against, g.excerpt));
  const MessageRecord &x = a.messages[0], &y = b.messages[0];
  EXPECT_EQ(std::tie(x.sender, x.recipients, x.sent_ns, x.body, x.deleted, x.attachments),
            std::tie(y.sender, y.recipients, y.sent_ns, y.body, y.deleted, y.attachments));
  for (int i = 0; i < 2; ++i) {
    const Issue &p = a.issues[static_cast<std::size_t>(i)], &q = b.issues[static_cast<std::size_t>(i)];
    EXPECT_EQ(std::tie(p.code, p.stage, p.detail, p.where, p.reproducible),
              std::tie(q.code, q.stage, q.detail, q.where, q.reproducible));
  }
}

std::string payload_of(const UnitPart& part, KeepText keep, Compressor& compressor) {
  return encode_frame({part}, keep, compressor).substr(journal_format::frame_head_bytes);
}

std::vector<StoredItem> decode_all(std::string_view payload, bool& ok) {
  std::vector<StoredItem> items;
  ok = false;
  auto heads = decode_heads(payload);
  if (!heads) return items;
  for (const PartHead& head : *heads) {
    std::vector<ItemPlace> places;
    if (!decode_places(payload, head, places)) return items;
    for (const auto& place : places) {
      if (!decode_item(payload.substr(place.begin, place.bytes), items.emplace_back())) return items;
    }
  }
  ok = true;
  return items;
}

TEST(Codec, RandomRecordsComeBack) {
  Compressor compressor;
  for (unsigned seed = 0; seed < 200; ++seed) {
    Dice dice(seed);
    UnitPart part;
    part.ordinal = dice.number();
    part.number = 4;
    part.last = false;
    part.items.push_back(random_item(dice));
    TextRecord text;
    text.segment = 6;
    text.place = dice.text();
    text.text = Blob::own(dice.text());
    part.items[0].texts.push_back(text);
    const std::string payload = payload_of(part, KeepText::all, compressor);
    auto heads = decode_heads(payload);
    ASSERT_TRUE(heads);
    EXPECT_EQ(heads->at(0).ordinal, part.ordinal);
    EXPECT_EQ(heads->at(0).number, 4u);
    EXPECT_FALSE(heads->at(0).last);
    bool ok = false;
    const auto items = decode_all(payload, ok);
    ASSERT_TRUE(ok);
    expect_scalars(items.at(0).record, part.items[0]);
    expect_lists(items.at(0).record, part.items[0]);
    const StoredText& stored = items[0].texts.at(0);
    EXPECT_EQ(stored.place, text.place);
    EXPECT_EQ(stored.sha256, sha256(text.text.chars()));
    EXPECT_EQ(*decompress(stored.zstd, stored.text_bytes), text.text.chars());
  }
}

TEST(Codec, EveryTruncationIsRefusedAndNoFlipDoesHarm) {
  Compressor compressor;
  Dice dice(1);
  UnitPart part;
  part.items.push_back(random_item(dice));
  const std::string payload = payload_of(part, KeepText::all, compressor);
  bool ok = false;
  for (std::size_t n = 0; n < payload.size(); ++n) {
    decode_all(std::string_view(payload).substr(0, n), ok);
    EXPECT_FALSE(ok) << n;
  }
  for (std::size_t at = 0; at < payload.size(); ++at) {
    for (const char mask : {'\x01', '\x80', '\xff'}) {
      std::string flipped = payload;
      flipped[at] = static_cast<char>(flipped[at] ^ mask);
      decode_all(flipped, ok);
    }
  }
}

TEST(Codec, TextsAreKeptAsAsked) {
  Compressor compressor;
  Dice dice(2);
  UnitPart part;
  part.items.resize(2);
  part.items[0] = random_item(dice);
  for (auto& item : part.items) item.texts.resize(1);
  const auto kept = [&](KeepText keep) {
    const std::string payload = payload_of(part, keep, compressor);
    bool ok = false;
    const auto items = decode_all(payload, ok);
    return std::pair(items.at(0).texts.size(), items.at(1).texts.size());
  };
  EXPECT_EQ(kept(KeepText::all), std::pair(std::size_t{1}, std::size_t{1}));
  EXPECT_EQ(kept(KeepText::relevant), std::pair(std::size_t{1}, std::size_t{0}));
  EXPECT_EQ(kept(KeepText::none), std::pair(std::size_t{0}, std::size_t{0}));
}

}  // namespace
}  // namespace evtriage
