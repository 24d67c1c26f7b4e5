// Contacts and links.  Hash tables hold them while they grow; what is written is sorted first, so that no
// order of a hash table reaches a result.
// Tested by tests/pipeline/store/contact_fold_test.cpp.
#include "pipeline/store/contact_fold.h"

#include <algorithm>

#include "pipeline/core/time.h"

namespace evtriage {
namespace {

constexpr std::size_t most_linked_contacts = 30;  // an item with more is a list, not a meeting

std::string lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  return text;
}

std::string_view confidence_word(Confidence confidence) {
  constexpr std::string_view words[] = {"certain", "likely", "candidate"};
  return words[static_cast<std::size_t>(confidence)];
}

}  // namespace

const std::string& ContactFold::key_of(std::string_view type, std::string_view value) const {
  key_ = type;
  key_ += '\0';
  return key_ += value;
}

void ContactFold::add(std::uint64_t item, const std::vector<Mention>& mentions, std::vector<std::uint32_t>& contacts) {
  contacts.clear();
  for (const Mention& mention : mentions) {
    Contact& contact = contacts_[key_of(mention.type, mention.value)];
    if (contact.first_item == 0) {
      contact.first_item = item;
      contact.number = static_cast<std::uint32_t>(numbered_.size());
      contact.is_party = mention.type == "phone" || mention.type == "email" || mention.type == "handle";
      numbered_.push_back(&contact);
    }
    contacts.push_back(contact.number);
    if (contact.last_item != item) ++contact.items;
    contact.last_item = item;
    ++contact.mentions;
    contact.confidence = std::min(contact.confidence, mention.confidence);
    if (contact.country.empty()) contact.country = mention.country;
    if (contact.label.empty()) contact.label = mention.label;
    for (const std::string& country : mention.countries) {
      const auto at = std::lower_bound(contact.countries.begin(), contact.countries.end(), country);
      if (at == contact.countries.end() || *at != country) contact.countries.insert(at, country);
    }
  }
}

Result<void> ContactFold::write_contacts(TableWriter& writer) {
  std::vector<std::pair<std::string_view, Contact*>> ordered;
  ordered.reserve(contacts_.size());
  for (auto& [key, contact] : contacts_) ordered.emplace_back(key, &contact);
  std::sort(ordered.begin(), ordered.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::uint64_t id = 0;
  for (auto& [key, contact] : ordered) {
    contact->id = ++id;
    const auto nul = key.find('\0');
    const std::string countries = contact->countries.empty() ? "" : json_array(contact->countries);
    auto added = writer.add({Cell::number(id), Cell::word(key.substr(0, nul)), Cell::word(key.substr(nul + 1)),
                             Cell::word(contact->country), Cell::word(countries),
                             Cell::word(confidence_word(contact->confidence)), Cell::number(contact->mentions),
                             Cell::number(contact->items), Cell::number(contact->first_item),
                             Cell::word(contact->label)});
    if (!added) return added;
  }
  return {};
}

std::uint64_t ContactFold::id(std::string_view type, std::string_view value) const {
  const auto found = contacts_.find(key_of(type, value));
  return found == contacts_.end() ? 0 : found->second.id;
}

std::uint64_t ContactFold::id_of_party(const std::string& application, const std::string& party) const {
  std::string bare = party;
  const auto open = bare.rfind('<');
  const auto close = bare.rfind('>');
  if (open != std::string::npos && close != std::string::npos && open < close) {
    bare = bare.substr(open + 1, close - open - 1);
  }
  if (const auto known = id("email", bare)) return known;
  if (const auto known = id("email", lower(bare))) return known;
  if (const auto known = id("phone", bare)) return known;
  if (const auto known = id("handle", bare)) return known;
  return id("handle", application + ":" + bare);
}

void ContactFold::link(const std::vector<StagedMention>& mentions) {
  std::vector<std::uint64_t> ids;
  for (const StagedMention& mention : mentions) {
    if (!numbered_[mention.contact]->is_party) continue;
    const std::uint64_t contact = id(mention.contact);
    if (std::find(ids.begin(), ids.end(), contact) != ids.end()) continue;
    if (ids.size() == most_linked_contacts) return;
    ids.push_back(contact);
  }
  std::sort(ids.begin(), ids.end());
  for (std::size_t i = 0; i < ids.size(); ++i) {
    for (std::size_t k = i + 1; k < ids.size(); ++k) {
      Link& found = links_[{ids[i], ids[k], false}];
      ++found.items;
      ++found.weight;
    }
  }
}

void ContactFold::link_message(std::uint64_t item, std::uint64_t a, std::uint64_t b,
                               std::optional<std::int64_t> sent) {
  if (a == 0 || b == 0 || a == b) return;
  Link& found = links_[{std::min(a, b), std::max(a, b), true}];
  if (found.last_item != item) ++found.items;
  found.last_item = item;
  ++found.weight;
  if (!sent) return;
  found.first_seen = std::min(found.first_seen.value_or(*sent), *sent);
  found.last_seen = std::max(found.last_seen.value_or(*sent), *sent);
}

void ContactFold::link(std::uint64_t item, const std::vector<MessageRecord>& messages) {
  for (const MessageRecord& message : messages) {
    const std::uint64_t sender = id_of_party(message.application, message.sender);
    if (sender == 0) continue;
    for (const std::string& recipient : message.recipients) {
      link_message(item, sender, id_of_party(message.application, recipient), message.sent_ns);
    }
  }
}

Result<void> ContactFold::write_links(TableWriter& writer) const {
  std::vector<std::pair<Pair, const Link*>> ordered;
  ordered.reserve(links_.size());
  for (const auto& [pair, found] : links_) ordered.emplace_back(pair, &found);
  std::sort(ordered.begin(), ordered.end(), [](const auto& x, const auto& y) {
    // "message" stands before "same file" in byte order.
    return std::tuple(x.first.a, x.first.b, !x.first.message) < std::tuple(y.first.a, y.first.b, !y.first.message);
  });
  for (const auto& [pair, found] : ordered) {
    const std::string first = found->first_seen ? rfc3339(*found->first_seen) : "";
    const std::string last = found->last_seen ? rfc3339(*found->last_seen) : "";
    auto added = writer.add({Cell::number(pair.a), Cell::number(pair.b),
                             Cell::word(pair.message ? "message" : "same file"), Cell::number(found->items),
                             Cell::number(found->weight), Cell::word(first), Cell::word(last)});
    if (!added) return added;
  }
  return {};
}

}  // namespace evtriage
