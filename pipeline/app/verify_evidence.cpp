// A merge of two lists in the same canonical order: the sealed items and a fresh walk of the evidence.
// Needs no memory in proportion, and shares no code with what wrote the items but the hash function.
// Tested by tests/whole/forgery_test.py.
#include "pipeline/app/verify_evidence.h"

#include <algorithm>

#include "pipeline/core/address.h"
#include "pipeline/core/text.h"
#include "pipeline/custody/custody.h"
#include "pipeline/engine/digest.h"

namespace evtriage {
namespace {

constexpr std::size_t kMaxNamed = 100;
constexpr std::uint64_t kChunk = 256u << 10;

struct SealedItem {
  std::string path, kind, sha256, outcome;
  std::uint64_t size = 0;
};

class Walk {  // the fresh listing, one entry at a time
 public:
  explicit Walk(Source& source) : source_(source) {}
  Result<const Entry*> peek() {
    if (at_ == batch_.size()) {
      Result<std::vector<Entry>> next = source_.entries(first_, 1024);
      if (!next) return next.error();
      batch_ = *std::move(next);
      first_ += batch_.size();
      at_ = 0;
    }
    return batch_.empty() ? nullptr : &batch_[at_];
  }
  void advance() { ++at_; }

 private:
  Source& source_;
  std::vector<Entry> batch_;
  std::size_t at_ = 0;
  std::uint64_t first_ = 0;
};

class Comparison {
 public:
  Comparison(Evidence& evidence, Hasher& hasher) : evidence_(evidence), walk_(evidence), hasher_(hasher) {}

  // One sealed item; entries of the walk that come before it were added later.
  Result<void> item(const SealedItem& sealed) {
    for (;;) {
      const Result<const Entry*> entry = walk_.peek();
      if (!entry) return entry.error();
      const int order = *entry == nullptr ? 1 : compare_paths((*entry)->path, sealed.path);
      if (order > 0) {
        differ(sealed.path, "is missing");
        return {};
      }
      if (order == 0) {
        compare(sealed, **entry);
        walk_.advance();
        return {};
      }
      differ((*entry)->path, "was not there when the case was sealed");
      walk_.advance();
    }
  }
  Result<void> rest() {
    for (;;) {
      const Result<const Entry*> entry = walk_.peek();
      if (!entry) return entry.error();
      if (*entry == nullptr) return {};
      differ((*entry)->path, "was not there when the case was sealed");
      walk_.advance();
    }
  }
  EvidenceVerdict take() { return std::move(verdict_); }

 private:
  void differ(const std::string& path, const std::string& how) {
    if (verdict_.differences.size() < kMaxNamed) {
      verdict_.differences.push_back(printable(path) + ": " + how);
    } else {
      ++verdict_.unnamed;
    }
  }
  void compare(const SealedItem& sealed, const Entry& entry) {
    constexpr std::string_view kinds[] = {"file", "directory", "symlink", "special"};
    const std::string_view kind = kinds[std::min<std::size_t>(static_cast<std::size_t>(entry.kind), 3)];
    if (kind != sealed.kind) return differ(sealed.path, "was a " + sealed.kind + " and is now a " + std::string(kind));
    if (entry.kind != ItemKind::file || sealed.sha256.empty()) return;
    const Result<std::string> digest = hash(entry);
    if (!digest) return differ(sealed.path, "cannot be read: " + digest.error().detail);
    if (*digest != sealed.sha256) differ(sealed.path, "SHA-256 is " + *digest + ", sealed as " + sealed.sha256);
  }
  Result<std::string> hash(const Entry& entry) {
    const Result<Source::Opened> opened = evidence_.open(entry);
    if (!opened) return opened.error();
    const std::uint64_t size = opened->content->size();
    hasher_.start();
    for (std::uint64_t at = 0; at < size; at += kChunk) {
      const Result<Blob> chunk = opened->content->read({at, std::min(size, at + kChunk)});
      if (!chunk) return chunk.error();
      hasher_.update(chunk->view());
    }
    ++verdict_.files;
    verdict_.bytes += size;
    return hex(*hasher_.finish().sha256);
  }

  Evidence& evidence_;
  Walk walk_;
  Hasher& hasher_;
  EvidenceVerdict verdict_;
};

std::optional<SealedItem> top_level(const CaseReader::Row& row) {
  const Result<ParsedAddress> address = parse_address(row[0].value_or(""));
  if (!address || address->address.depth() != 1) return std::nullopt;
  SealedItem item;
  item.path = address->address.step().name;
  item.kind = row[1].value_or("");
  item.sha256 = row[2].value_or("");
  return item;
}

}  // namespace

int compare_paths(std::string_view a, std::string_view b) {
  const auto rank = [](char c) { return c == '/' ? 0u : static_cast<unsigned>(static_cast<unsigned char>(c)) + 1u; };
  const std::size_t common = std::min(a.size(), b.size());
  for (std::size_t i = 0; i < common; ++i) {
    if (a[i] != b[i]) return rank(a[i]) < rank(b[i]) ? -1 : 1;
  }
  return a.size() == b.size() ? 0 : a.size() < b.size() ? -1 : 1;
}

Result<EvidenceVerdict> verify_evidence(CaseReader& sealed, const ExhibitSpec& exhibit, const std::string& scratch_dir) {
  Result<std::unique_ptr<Evidence>> evidence =
      open_evidence({exhibit}, scratch_dir + "/listing." + exhibit.label, false, ~std::uint64_t{0},
                    [](std::uint64_t, std::uint64_t) { return true; });
  if (!evidence) return evidence.error();
  const Result<std::unique_ptr<Hasher>> hasher = Hasher::make({false, false, true, false});
  if (!hasher) return hasher.error();
  Comparison comparison(**evidence, **hasher);
  Result<void> outcome;
  std::uint64_t items = 0;
  const auto walked = sealed.query("SELECT address, kind, sha256 FROM items WHERE exhibit = ?1 ORDER BY id", {exhibit.label},
                                   [&](const CaseReader::Row& row) {
                                     const std::optional<SealedItem> item = top_level(row);
                                     ++items;
                                     if (item) outcome = comparison.item(*item);
                                     return outcome.has_value();
                                   });
  if (!walked) return walked.error();
  if (!outcome) return outcome.error();
  if (items == 0) return Error{Code::unsupported, "the case has no exhibit '" + exhibit.label + "'"};
  if (const auto rest = comparison.rest(); !rest) return rest.error();
  return comparison.take();
}

}  // namespace evtriage
