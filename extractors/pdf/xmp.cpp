// The values of an XMP packet as lines (ISO 16684-1: RDF/XML).
//
// SPDX-License-Identifier: GPL-2.0-or-later
// Tested by tests/extractors/pdf/xmp_test.cpp; fuzzed by tests/fuzz/fuzz_pdf_xmp.cpp.
#include "extractors/pdf/xmp.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "pipeline/core/text.h"

namespace evtriage {
namespace {

constexpr std::size_t most_depth = 64, most_name = 80;
constexpr std::string_view blank = " \t\r\n";

bool is_frame(std::string_view name) {  // the scaffolding that carries no meaning of its own
  return name.starts_with("rdf:") || name.starts_with("x:") || name.starts_with('?') || name.starts_with('!');
}

std::string_view trimmed(std::string_view text) {
  const std::size_t from = text.find_first_not_of(blank);
  return from == text.npos ? std::string_view() : text.substr(from, text.find_last_not_of(blank) - from + 1);
}

std::string unescaped(std::string_view text) {
  constexpr std::pair<std::string_view, char> entities[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}, {"&#xA;", '\n'}};
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto* entity = std::find_if(std::begin(entities), std::end(entities), [&](const auto& e) { return text.substr(at).starts_with(e.first); });
    if (entity != std::end(entities)) {
      out += entity->second;
      at += entity->first.size();
    } else {
      out += text[at++];
    }
  }
  return printable(out);
}

class Reader {
 public:
  std::string run(std::string_view packet) {
    for (std::size_t at = 0; at < packet.size();) {
      const std::size_t open = std::min(packet.find('<', at), packet.size());
      value(names_.empty() ? std::string_view() : names_.back(), packet.substr(at, open - at));
      if (open == packet.size()) break;
      const std::size_t close = packet.find('>', open);
      if (close == packet.npos) break;
      tag(packet.substr(open + 1, close - open - 1));
      at = close + 1;
    }
    return std::move(out_);
  }

 private:
  void tag(std::string_view text) {
    if (text.starts_with('/')) {
      if (too_deep_ > 0) {
        --too_deep_;
      } else if (!names_.empty()) {
        names_.pop_back();
      }
      return;
    }
    if (text.starts_with('?') || text.starts_with('!')) return;
    const bool closed = text.ends_with('/');
    if (closed) text.remove_suffix(1);
    std::string_view name = text.substr(0, text.find_first_of(blank));
    attributes(text.substr(name.size()));
    if (closed) return;
    if (names_.size() == most_depth) {
      ++too_deep_;
      return;
    }
    if (is_frame(name) || name.size() > most_name) name = names_.empty() ? std::string_view() : names_.back();
    names_.push_back(name);
  }
  void attributes(std::string_view text) {
    while (true) {
      const std::size_t equals = text.find('=');
      if (equals == text.npos || equals + 1 >= text.size()) return;
      const std::string_view name = trimmed(text.substr(0, equals));
      const std::size_t open = text.find_first_not_of(blank, equals + 1);
      if (open == text.npos || (text[open] != '"' && text[open] != '\'')) return;
      const std::size_t close = text.find(text[open], open + 1);
      if (close == text.npos) return;
      if (!name.starts_with("xmlns") && !name.starts_with("xml:") && !is_frame(name) && name.size() <= most_name) {
        value(name, text.substr(open + 1, close - open - 1));
      }
      text.remove_prefix(close + 1);
    }
  }
  void value(std::string_view name, std::string_view text) {
    text = trimmed(text);
    if (text.empty() || name.empty() || name.ends_with(":image")) return;  // a thumbnail in base64 is no text
    out_ += printable(name) + ": " + unescaped(text) + "\n";
  }
  std::vector<std::string_view> names_;  // of the open elements; RDF's own stand under their parent's name
  std::size_t too_deep_ = 0;
  std::string out_;
};

}  // namespace

std::string xmp_lines(std::string_view packet) { return Reader().run(packet); }

}  // namespace evtriage
