// Bare host names.  "Name dot word" is far more often a file, a call of a method or a missing blank than a
// host, so a bare name counts only where its ending leaves little doubt.
// Tested by tests/extractors/contacts/domain_test.cpp.
#include "extractors/contacts/characters.h"
#include "extractors/contacts/host.h"
#include "extractors/contacts/search.h"
#include "extractors/contacts/tld.h"

namespace evtriage::contacts {
namespace {

// Letters are all small, all capital, or every label begins with one capital: "System.Net" is code.
bool is_even_case(std::string_view host) {
  bool small = false, capital = false, inner_capital = false;
  for (std::size_t i = 0; i < host.size(); ++i) {
    small = small || (host[i] >= 'a' && host[i] <= 'z');
    const bool is_capital = host[i] >= 'A' && host[i] <= 'Z';
    capital = capital || is_capital;
    inner_capital = inner_capital || (is_capital && i > 0);
  }
  return !(small && capital && inner_capital);
}

// A label in lower case; empty if it is longer than all that the tables of plain endings hold.  Most dots of
// a text are judged here, so nothing is allocated.
class ShortLabel {
 public:
  explicit ShortLabel(std::string_view label) : size_(label.size() <= sizeof bytes_ ? label.size() : 0) {
    for (std::size_t i = 0; i < size_; ++i) bytes_[i] = lower(label[i]);
  }
  std::string_view text() const { return {bytes_, size_}; }

 private:
  char bytes_[8];  // africa, presse
  std::size_t size_;
};

bool has_plain_ending(std::string_view host) {
  const ShortLabel ending(last_label(host));
  const std::size_t size = ending.text().size();
  if (size < 2 || size == host.size()) return false;
  if (is_plain_host_tld(ending.text())) return true;
  const auto head = host.substr(0, host.size() - size - 1);
  return size == 2 && head.find('.') != std::string_view::npos && is_registry_label(ShortLabel(last_label(head)).text()) &&
         is_tld(ending.text());
}

std::string_view fault_of_neighbours(std::string_view text, std::size_t begin, std::size_t end) {
  const char before = byte_before(text, begin), after = byte_at(text, end);
  constexpr std::string_view kBefore = "@/\\_$=%#.-~&+*", kAfter = "@_=(\\$%~+#&-[*";
  if (before != '\0' && kBefore.find(before) != std::string_view::npos) return "part of something longer";
  if (after != '\0' && kAfter.find(after) != std::string_view::npos) return "part of something longer";
  if ((after == '.' && byte_at(text, end + 1) == '.') || (after == ':' && byte_at(text, end + 1) == ':')) return "part of something longer";
  return {};
}

}  // namespace

void expand_domain(Search& search, std::size_t dot) {
  const auto text = search.text;
  const std::size_t begin = host_begin(text, dot);
  const std::size_t end = host_end(text, begin);
  if (end <= dot) return;
  search.dots_until = end;  // the run is judged once, not at each of its dots
  const auto raw = text.substr(begin, end - begin);
  if (byte_at(text, end) != '@') {
    const char head = lower(raw.front());
    const char before = byte_before(text, begin);
    if (head == 'w' || (byte_at(text, end) == '/' && before != '/') || byte_at(text, end) == ':') {
      const auto count = search.found.size();
      expand_bare_link(search, dot);
      if (search.found.size() != count) return;
    }
    const bool written = before == ' ' || before == ']' || before == ')' || before == '}' || before == ';' || before == '%' || before == '=';
    if (written && expand_written_email(search, begin, end)) return;
  }
  if (!has_plain_ending(raw)) {
    if (search.explain && known_host(raw)) search.refuse("domain", begin, end, "an ending that is also a file's, a word or code; needs www. or a scheme");
    return;
  }
  const auto host = known_host(raw);
  if (!host) return;
  if (const auto fault = fault_of_neighbours(text, begin, end); !fault.empty()) return search.refuse("domain", begin, end, fault);
  if (!is_even_case(raw)) return search.refuse("domain", begin, end, "mixed case: a name in a program");
  search.add({"domain", {begin, end}, *host, {}, {}, Confidence::likely});
}

}  // namespace evtriage::contacts
