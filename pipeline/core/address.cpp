// Address: printing and parsing.  Printing is recursive over the shared prefix; parsing is one pass with
// one place to fail, so that the message can name the character.  Grammar: address.h.
// Tested by tests/pipeline/core/address_test.cpp.
#include "pipeline/core/address.h"

#include <array>
#include <charconv>

namespace evtriage {

std::string path_beside(std::string_view path, std::string_view name) {
  const std::size_t slash = path.rfind('/');
  const std::string folder(path.substr(0, slash == std::string_view::npos ? 0 : slash + 1));
  if (name.empty()) return {};
  for (std::string_view rest = name;;) {
    const std::string_view part = rest.substr(0, rest.find('/'));
    if (part.empty() || part == "." || part == "..") return {};
    if (part.size() == rest.size()) return folder + std::string(name);
    rest.remove_prefix(part.size() + 1);
  }
}

namespace {

constexpr std::array<std::string_view, 8> kWords = {"exhibit", "part",   "file",   "stream",
                                                    "free",    "member", "record", "text"};

bool is_label(std::string_view text) {
  if (text.empty()) return false;
  for (const char c : text) {
    const bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!word && c != '-' && c != '_' && c != '.') return false;
  }
  return true;
}

void quote(std::string& out, std::string_view name) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  out += '"';
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte < 0x7f && c != '"' && c != '\\') {
      out += c;
    } else {
      out += "\\x";
      out += digits[byte >> 4];
      out += digits[byte & 15];
    }
  }
  out += '"';
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Result<ParsedAddress> run() {
    if (!take("exhibit:")) return fail("an address starts with exhibit:");
    const std::string_view label = take_label();
    if (!is_label(label)) return fail("an exhibit label is made of A-Z a-z 0-9 - _ .");
    Address address = Address::exhibit(std::string(label));
    while (take("/")) {
      Step step;
      if (!take_step(step)) return fail("expected part, file, stream, free, member, record or text");
      address = address.child(std::move(step));
    }
    std::optional<ByteRange> range;
    if (take("+")) {
      range.emplace();
      if (!take_number(range->begin) || !take("..") || !take_number(range->end) || range->end < range->begin) {
        return fail("a range is +begin..end");
      }
    }
    if (at_ != text_.size()) return fail("unexpected character");
    return ParsedAddress{std::move(address), range};
  }

 private:
  Error fail(std::string_view why) const {
    return {Code::corrupt, "not an address at character " + std::to_string(at_ + 1) + ": " + std::string(why)};
  }
  bool take(std::string_view word) {
    if (text_.substr(at_, word.size()) != word) return false;
    at_ += word.size();
    return true;
  }
  std::string_view take_label() {
    const std::size_t end = std::min(text_.size(), text_.find_first_of("/+", at_));
    const std::string_view label = text_.substr(at_, end - at_);
    at_ = end;
    return label;
  }
  bool take_number(std::uint64_t& value) {
    const char* first = text_.data() + at_;
    const char* last = text_.data() + text_.size();
    const auto [stop, error] = std::from_chars(first, last, value);
    if (error != std::errc() || (stop - first > 1 && *first == '0')) return false;
    at_ += static_cast<std::size_t>(stop - first);
    return true;
  }
  bool take_step(Step& step) {
    for (std::size_t kind = 1; kind < kWords.size(); ++kind) {
      if (!take(std::string(kWords[kind]) + ":")) continue;
      step.kind = static_cast<StepKind>(kind);
      if (step.kind == StepKind::text) {
        step.name = take_label();
        return is_label(step.name);
      }
      if (!take_number(step.number)) return false;
      if (take("@") && !take_number(step.offset.emplace())) return false;
      return at_ == text_.size() || text_[at_] != '"' || take_name(step.name);
    }
    return false;
  }
  bool take_name(std::string& name) {
    for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
      if (text_[at_] != '\\') {
        if (static_cast<unsigned char>(text_[at_]) < 0x20 || static_cast<unsigned char>(text_[at_]) > 0x7e) return false;
        name += text_[at_];
        continue;
      }
      if (text_.size() - at_ < 4 || text_[at_ + 1] != 'x') return false;
      const int high = hex_digit(text_[at_ + 2]), low = hex_digit(text_[at_ + 3]);
      if (high < 0 || low < 0) return false;
      name += static_cast<char>(high * 16 + low);
      at_ += 3;
    }
    return at_ < text_.size() && !name.empty() && text_[at_++] == '"';
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

std::string print_step(const Step& step) {
  std::string out(kWords[static_cast<std::size_t>(step.kind)]);
  out += ':';
  if (step.kind == StepKind::exhibit || step.kind == StepKind::text) return out + step.name;
  out += std::to_string(step.number);
  if (step.offset) out += '@' + std::to_string(*step.offset);
  if (!step.name.empty()) quote(out, step.name);
  return out;
}

std::string Address::print() const {
  if (!node_->parent) return print_step(node_->step);
  return Address(node_->parent).print() + '/' + print_step(node_->step);
}

std::string Address::print(ByteRange range) const {
  return print() + '+' + std::to_string(range.begin) + ".." + std::to_string(range.end);
}

Result<ParsedAddress> parse_address(std::string_view text) { return Parser(text).run(); }

}  // namespace evtriage
