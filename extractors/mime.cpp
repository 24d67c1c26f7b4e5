// Lines are looked at only where "--" begins one; what they open and close is a table look-up, so that a thousand
// nested boundaries cost no more than one.
// Tested by tests/extractors/mime_test.cpp.
#include "extractors/mime.h"

#include <algorithm>
#include <optional>
#include <unordered_map>

#include "extractors/mail_header.h"

namespace evtriage {
namespace {

constexpr std::size_t most_boundary_bytes = 1000;  // RFC 2046 allows 70

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

class Dissector {
 public:
  Dissector(std::string_view whole, ByteRange message) : text_(whole.substr(0, message.end)), at_(message.begin) {
    out_.read_until = message.end;
  }

  MimeStructure run() {
    begin_part(MimePart::no_parent);
    while (!open_.empty()) {
      const std::optional<Delimiter> found = next_delimiter();
      if (!found) break;
      end_section(found->line);
      close_above(found->level, found->line);
      at_ = found->after;
      if (found->last) {
        close_top(found->line);
        begin_outside();
      } else if (out_.parts.size() >= most_mime_parts) {
        out_.read_until = found->after;
        break;
      } else {
        open_.back().seen = true;
        begin_part(open_.back().part);
      }
    }
    end_section(text_.size());
    while (!open_.empty()) {
      ++out_.unclosed;
      close_top(out_.read_until);
    }
    return std::move(out_);
  }

 private:
  struct Open {
    std::uint32_t part;
    std::string boundary;
    bool seen = false;
  };
  struct Delimiter {
    std::size_t line, after, level;
    bool last;
  };

  std::size_t line_end(std::size_t at) const { return std::min(text_.find('\n', at), text_.size() - 1) + 1; }

  std::optional<std::size_t> level_of(std::string_view boundary) const {
    const auto known = levels_.find(std::string(boundary));
    if (known == levels_.end() || known->second.empty()) return std::nullopt;
    return known->second.back();
  }

  std::optional<Delimiter> delimiter_at(std::size_t at) const {
    const std::string_view rest = text_.substr(at, most_boundary_bytes + 8);
    if (!rest.starts_with("--")) return std::nullopt;
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    if (end == rest.size() && at + end < text_.size()) return std::nullopt;
    std::string_view word = rest.substr(2, end - 2);
    while (!word.empty() && (word.back() == ' ' || word.back() == '\t' || word.back() == '\r')) word.remove_suffix(1);
    const std::size_t after = std::min(at + end + 1, text_.size());
    if (const auto level = level_of(word)) return Delimiter{at, after, *level, false};
    if (!word.ends_with("--")) return std::nullopt;
    if (const auto level = level_of(word.substr(0, word.size() - 2))) return Delimiter{at, after, *level, true};
    return std::nullopt;
  }

  std::optional<Delimiter> next_delimiter() const {
    std::size_t at = at_;
    if (at < text_.size()) {
      if (auto here = delimiter_at(at)) return here;
    }
    while ((at = text_.find("\n--", at)) != text_.npos) {
      if (auto found = delimiter_at(++at)) return found;
    }
    return std::nullopt;
  }

  // The line end in front of a delimiter belongs to the delimiter.
  std::size_t before_line_end(std::uint64_t begin, std::size_t line) const {
    std::size_t end = std::max<std::size_t>(line, begin);
    if (line == text_.size()) return end;
    if (end > begin && text_[end - 1] == '\n') --end;
    if (end > begin && text_[end - 1] == '\r') --end;
    return end;
  }

  // What was being read ends before the delimiter at `line`.
  void end_section(std::size_t line) {
    if (!section_) return;
    MimePart& part = out_.parts[*section_];
    part.body.end = before_line_end(part.body.begin, line);
    section_.reset();
    if (part.kind == MimePart::Kind::outside && trim(text_.substr(part.body.begin, part.body.size())).empty()) out_.parts.pop_back();
  }

  void close_above(std::size_t level, std::size_t end) {
    while (open_.size() > level + 1) {
      ++out_.unclosed;
      close_top(end);
    }
  }
  void close_top(std::size_t end) {
    Open& top = open_.back();
    MimePart& part = out_.parts[top.part];
    part.body.end = std::max<std::uint64_t>(end, part.body.begin);
    if (!top.seen) {  // its boundary never came: what it encloses is told as its body
      part.kind = MimePart::Kind::leaf;
      part.body.end = before_line_end(part.body.begin, end);
      ++out_.unbounded;
      if (out_.parts.size() == top.part + 2u) out_.parts.pop_back();
    }
    levels_[top.boundary].pop_back();
    open_.pop_back();
  }

  void begin_outside() {
    MimePart outside;
    outside.kind = MimePart::Kind::outside;
    outside.media_type = "text/plain";
    outside.parent = open_.empty() ? 0 : open_.back().part;
    outside.body = {at_, at_};
    section_ = static_cast<std::uint32_t>(out_.parts.size());
    out_.parts.push_back(std::move(outside));
  }

  void begin_part(std::uint32_t parent) {
    const auto index = static_cast<std::uint32_t>(out_.parts.size());
    MimePart part;
    part.parent = parent;
    read_fields(part);
    part.body = {at_, at_};
    const std::string_view type = part.value_of("content-type");
    const bool in_digest = parent != MimePart::no_parent && out_.parts[parent].media_type == "multipart/digest";
    part.media_type = media_type_of(type, in_digest ? "message/rfc822" : "text/plain");
    std::string boundary;
    if (part.media_type.starts_with("multipart/")) {
      boundary = mime_parameter(type, "boundary");
      boundary.resize(boundary.find_last_not_of(" \t\r\n") + 1);
      if (boundary.empty() || boundary.size() > most_boundary_bytes) {
        ++out_.unbounded;
      } else {
        part.kind = MimePart::Kind::multipart;
      }
    }
    const bool is_multipart = part.kind == MimePart::Kind::multipart;
    out_.parts.push_back(std::move(part));
    if (!is_multipart) {
      section_ = index;
      return;
    }
    levels_[boundary].push_back(open_.size());
    open_.push_back({index, std::move(boundary), false});
    begin_outside();
  }

  void read_fields(MimePart& part) {
    while (at_ < text_.size()) {
      const std::size_t end = line_end(at_);
      const std::string_view line = text_.substr(at_, end - at_);
      if (trim(line).empty()) {
        at_ = end;
        return;
      }
      const bool envelope = part.fields.empty() && (line.starts_with("From ") || line.starts_with(">From "));
      if (!envelope && !is_header_line(line)) return;
      std::size_t last = end;
      while (last < text_.size() && (text_[last] == ' ' || text_[last] == '\t')) last = line_end(last);
      if (fields_ >= most_mime_fields) {
        ++out_.fields_left_out;
      } else if (!envelope) {
        ++fields_;
        const std::string_view field = text_.substr(at_, last - at_);
        const std::size_t colon = field.find(':');
        part.fields.push_back({trim(field.substr(0, colon)), trim(field.substr(colon + 1)), {at_, last}});
      }
      at_ = last;
    }
  }

  std::string_view text_;
  std::size_t at_;
  std::size_t fields_ = 0;
  MimeStructure out_;
  std::vector<Open> open_;
  std::unordered_map<std::string, std::vector<std::size_t>> levels_;  // boundary -> its places in open_
  std::optional<std::uint32_t> section_;                              // the part whose body is being read
};

}  // namespace

bool equals_ignoring_case(std::string_view a, std::string_view b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

bool ends_ignoring_case(std::string_view text, std::string_view ending) {
  return text.size() >= ending.size() && equals_ignoring_case(text.substr(text.size() - ending.size()), ending);
}

bool is_header_line(std::string_view line) {
  std::size_t colon = line.substr(0, 80).find(':');
  if (colon == line.npos || colon == 0) return false;
  while (colon > 1 && (line[colon - 1] == ' ' || line[colon - 1] == '\t')) --colon;  // "Subject : x" of old programs
  return std::all_of(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(colon), [](char c) { return c > 0x20 && c < 0x7f; });
}

std::string_view MimePart::value_of(std::string_view lower_name) const {
  for (const MimeField& field : fields) {
    if (equals_ignoring_case(field.name, lower_name)) return field.value;
  }
  return {};
}

MimeStructure take_apart(std::string_view whole, ByteRange message) { return Dissector(whole, message).run(); }

}  // namespace evtriage
