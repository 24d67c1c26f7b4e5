// The scanner of contacts as a plug-in: searches a segment, keeps what begins in the part that it owns, and
// turns spans of text into byte ranges of the item, with the words around them.
// Tested by tests/extractors/contacts/scanner_test.cpp.
#include <algorithm>

#include "extractors/builtin.h"
#include "extractors/contacts/characters.h"
#include "extractors/contacts/plan.h"
#include "extractors/contacts/search.h"

namespace evtriage {
namespace {

constexpr unsigned kContextCharacters = 60;

struct ContactScratch final : Scratch {
  contacts::PhoneMemo memo;
  std::vector<contacts::Found> found;
};

// The span with 60 characters on both sides; control characters become blanks.
std::string context_of(std::string_view text, ByteRange span) {
  std::size_t begin = span.begin, end = span.end;
  const auto is_inside = [&](std::size_t at) { return (text[at] & 0xc0) == 0x80; };  // of a character
  for (unsigned i = 0; i < kContextCharacters && begin > 0; ++i) {
    do --begin;
    while (begin > 0 && is_inside(begin));
  }
  for (unsigned i = 0; i < kContextCharacters && end < text.size(); ++i) {
    do ++end;
    while (end < text.size() && is_inside(end));
  }
  std::string context(text.substr(begin, end - begin));
  std::ranges::replace_if(context, [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  return context;
}

class ContactScanner final : public TextScanner {
 public:
  explicit ContactScanner(std::vector<std::string> regions) : regions_(std::move(regions)) {}
  std::string_view name() const override { return "contacts"; }
  std::uint32_t version() const override { return 2; }
  std::unique_ptr<Scratch> make_scratch() const override { return std::make_unique<ContactScratch>(); }

  void scan(const TextSegment& segment, Scratch& scratch, ScanSink& sink) const override {
    auto& own = static_cast<ContactScratch&>(scratch);
    contacts::Search search;
    search.text = segment.utf8.chars();
    search.regions = &regions_;
    search.memo = &own.memo;
    search.found = std::move(own.found);
    search.found.clear();
    contacts::find_contacts(search);
    for (auto& found : search.found) {
      if (found.span.begin < segment.owned.begin || found.span.begin >= segment.owned.end) continue;
      sink.mention(mention_of(segment, found));
    }
    own.found = std::move(search.found);
  }

 private:
  static Mention mention_of(const TextSegment& segment, contacts::Found& found) {
    Mention mention;
    mention.type = found.type;
    mention.value = std::move(found.value);
    mention.country = std::move(found.country);
    mention.countries = std::move(found.countries);
    mention.confidence = found.confidence;
    mention.label = std::move(found.label);
    mention.segment = segment.number;
    mention.bytes = segment.map.to_source(found.span);
    mention.place = segment.place;
    mention.raw = segment.utf8.chars().substr(found.span.begin, found.span.size());
    mention.context = context_of(segment.utf8.chars(), found.span);
    return mention;
  }

  std::vector<std::string> regions_;  // upper case, sorted, unique
};

}  // namespace

std::vector<std::string> contact_regions() {
  std::vector<std::string> out;
  for (const auto& range : contacts::plan_ranges()) out.emplace_back(range.country);
  std::ranges::sort(out);
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::unique_ptr<const TextScanner> make_contact_scanner(const ContactOptions& options) {
  return std::make_unique<ContactScanner>(contacts::normal_regions(options.regions));
}

}  // namespace evtriage
