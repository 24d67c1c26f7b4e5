// Look-ups only: nothing here depends on the order of a hash table.
// Tested by tests/pipeline/store/name_book_test.cpp.
#include "pipeline/store/name_book.h"

#include <algorithm>

namespace evtriage {
namespace {

constexpr std::string_view contact_name = "contact:name", backup_file = "backup:file", backup_path = "backup:path";
constexpr std::size_t most_names_of_one = 4, file_name_bytes = 40;

// "+221771234567" for what is a number, lower case for all else; empty for what says too little.
std::string plain_address(std::string_view address) {
  std::string out;
  const std::size_t at = address.find('@');
  const bool messenger = at != address.npos && (address.substr(at) == "@s.whatsapp.net" || address.substr(at) == "@c.us");
  if (messenger) out = "+" + std::string(address.substr(0, at));
  const bool number = messenger || (!address.empty() && address.find_first_not_of("+0123456789 -().\xc2\xa0/") == address.npos);
  if (!number) {
    out = address;
    std::transform(out.begin(), out.end(), out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
    return out.find('@') == out.npos && out.find(':') == out.npos ? std::string() : out;  // no mere word
  }
  if (!messenger) {
    for (const char c : address) {
      if ((c >= '0' && c <= '9') || (c == '+' && out.empty())) out += c;
    }
    if (out.starts_with("00")) out.replace(0, 2, "+");
  }
  constexpr std::size_t fewest_digits = 3;
  return out.size() - (out.starts_with('+') ? 1 : 0) < fewest_digits ? std::string() : out;
}

std::string key_of(std::uint32_t exhibit, std::string_view word) { return std::to_string(exhibit) + '\0' + std::string(word); }

// "Ama Example <address>"
bool split(std::string_view value, std::string_view& name, std::string_view& address) {
  const std::size_t open = value.rfind(" <");
  if (open == value.npos || open == 0 || !value.ends_with('>')) return false;
  name = value.substr(0, open);
  address = value.substr(open + 2, value.size() - open - 3);
  return !address.empty();
}

bool is_hashed_name(std::string_view name) {
  return name.size() == file_name_bytes && name.find_first_not_of("0123456789abcdef") == name.npos;
}

}  // namespace

bool NameBook::is_told_by(const Property& property) { return property.name == contact_name || property.name == backup_file; }

void NameBook::add_name(std::uint32_t exhibit, std::string_view address, std::string_view name) {
  const std::string plain = plain_address(address);
  if (plain.empty() || names_.size() >= most_names) return;
  auto& names = names_[key_of(exhibit, plain)];
  if (names.size() < most_names_of_one && std::find(names.begin(), names.end(), name) == names.end()) names.emplace_back(name);
}

void NameBook::add_files(std::uint32_t exhibit, std::string_view lines) {
  while (!lines.empty()) {
    const std::string_view line = lines.substr(0, lines.find('\n'));
    lines.remove_prefix(std::min(lines.size(), line.size() + 1));
    if (line.size() <= file_name_bytes + 1 || files_.size() >= most_names) continue;
    files_.try_emplace(key_of(exhibit, line.substr(0, file_name_bytes)), line.substr(file_name_bytes + 1));
  }
}

void NameBook::read(std::uint32_t exhibit, const ItemRecord& record) {
  std::unordered_map<std::string, std::vector<std::string_view>> here;  // as written in this item
  for (const Property& property : record.properties) {
    std::string_view name, address;
    if (property.name == backup_file) {
      add_files(exhibit, property.value);
    } else if (property.name == contact_name && split(property.value, name, address)) {
      add_name(exhibit, address, name);
      here[plain_address(address)].push_back(name);
    }
  }
  if (here.empty()) return;
  for (const Mention& mention : record.mentions) {  // a national number, and what the scanner made of it
    if (mention.type != "phone") continue;
    const auto found = here.find(plain_address(mention.raw));
    if (found == here.end() || found->first.empty()) continue;
    for (const std::string_view name : found->second) add_name(exhibit, mention.value, name);
  }
}

std::string NameBook::name_of(std::uint32_t exhibit, std::string_view address) const {
  const std::string plain = names_.empty() ? std::string() : plain_address(address);
  const auto found = plain.empty() ? names_.end() : names_.find(key_of(exhibit, plain));
  std::string out;
  if (found == names_.end()) return out;
  for (const std::string& name : found->second) out += (out.empty() ? "" : "; ") + name;
  return out;
}

void NameBook::apply(std::uint32_t exhibit, ItemRecord& record) const {
  if (empty()) return;
  if (!files_.empty() && is_hashed_name(record.name)) {
    const auto found = files_.find(key_of(exhibit, record.name));
    if (found != files_.end()) record.properties.push_back({std::string(backup_path), found->second});
  }
  if (names_.empty()) return;
  for (Mention& mention : record.mentions) {
    if (mention.type != "phone" && mention.type != "email") continue;
    if (std::string name = name_of(exhibit, mention.value); !name.empty()) mention.label = std::move(name);
  }
}

void NameBook::name_parties(std::uint32_t exhibit, std::vector<MessageRecord>& messages) const {
  if (names_.empty()) return;
  const auto give_name = [&](std::string& party) {
    if (party.empty() || party.ends_with('>')) return;  // the application has named it
    if (const std::string name = name_of(exhibit, party); !name.empty()) party = name + " <" + party + ">";
  };
  for (MessageRecord& message : messages) {
    give_name(message.conversation);
    give_name(message.sender);
    for (std::string& recipient : message.recipients) give_name(recipient);
  }
}

}  // namespace evtriage
