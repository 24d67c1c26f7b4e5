// The classes are those of Telegram Desktop (messages*.html) and of Facebook's and Instagram's downloads (two generations).
// Tested by tests/extractors/phone/chat_html_test.cpp.
#include "extractors/phone/chat_page.h"

#include <algorithm>
#include <array>
#include <optional>

namespace evtriage::phone {
namespace {

constexpr std::size_t most_open = 1u << 20, most_parts = 10'000;

struct ClassRole {
  std::string_view application, name;
  PageRole role;
};
constexpr ClassRole class_roles[] = {
    {"telegram", "message", PageRole::block},   {"telegram", "from_name", PageRole::sender},   {"telegram", "text", PageRole::words},
    {"telegram", "date", PageRole::time},       {"telegram", "reply_to", PageRole::reply},     {"telegram", "forwarded", PageRole::forwarded},
    {"telegram", "reactions", PageRole::reactions},
    {"messenger", "_a6-g", PageRole::block},    {"messenger", "_a6-h", PageRole::sender},      {"messenger", "_a6-p", PageRole::words},
    {"messenger", "_a6-o", PageRole::time},     {"messenger", "_a70e", PageRole::title},
    {"messenger", "_2lej", PageRole::block},    {"messenger", "_2lek", PageRole::sender},      {"messenger", "_2let", PageRole::words},
    {"messenger", "_2lem", PageRole::time},     {"messenger", "_3b0d", PageRole::title},
};

struct Tag {
  std::string_view name;
  bool closes = false;
  std::size_t begin = 0, end = 0;
  std::string_view classes, id, title, href;
};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }
bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'; }
bool is_named(std::string_view name, std::string_view wanted) {
  return name.size() == wanted.size() && std::equal(name.begin(), name.end(), wanted.begin(), [](char a, char b) { return lower(a) == b; });
}

class Tags {
 public:
  explicit Tags(std::string_view html) : html_(html) {}

  // The next tag of an element; comments and scripts are passed over.
  std::optional<Tag> next() {
    while (true) {
      const std::size_t open = html_.find('<', at_);
      if (open == html_.npos || html_.size() - open < 3) return std::nullopt;
      if (html_.substr(open, 4) == "<!--") {
        const std::size_t end = html_.find("-->", open + 4);
        at_ = end == html_.npos ? html_.size() : end + 3;
        continue;
      }
      at_ = open + 1;
      const char c = lower(html_[html_[at_] == '/' ? at_ + 1 : at_]);
      if (c < 'a' || c > 'z') continue;
      Tag tag = read(open);
      if (!tag.closes && (is_named(tag.name, "script") || is_named(tag.name, "style"))) pass(tag.name);
      return tag;
    }
  }

 private:
  Tag read(std::size_t open) {
    Tag tag;
    tag.begin = open;
    tag.closes = html_[at_] == '/';
    if (tag.closes) ++at_;
    const std::size_t name = at_;
    while (at_ < html_.size() && !is_space(html_[at_]) && html_[at_] != '>' && html_[at_] != '/') ++at_;
    tag.name = html_.substr(name, at_ - name);
    while (at_ < html_.size() && html_[at_] != '>') attribute(tag);
    at_ = std::min(at_ + 1, html_.size());
    tag.end = at_;
    return tag;
  }
  void attribute(Tag& tag) {
    if (is_space(html_[at_]) || html_[at_] == '/' || html_[at_] == '=') return void(++at_);
    const std::size_t begin = at_;
    while (at_ < html_.size() && !is_space(html_[at_]) && html_[at_] != '>' && html_[at_] != '=' && html_[at_] != '/') ++at_;
    const std::string_view name = html_.substr(begin, at_ - begin);
    if (at_ >= html_.size() || html_[at_] != '=') return;
    if (++at_ >= html_.size()) return;
    const char quote = html_[at_];
    std::size_t from = at_, end;
    if (quote == '"' || quote == '\'') {
      end = std::min(html_.find(quote, ++from), html_.size());
      at_ = std::min(end + 1, html_.size());
    } else {
      end = std::min(html_.find_first_of(" \t\r\n>", from), html_.size());
      at_ = end;
    }
    const std::string_view value = html_.substr(from, end - from);
    if (is_named(name, "class")) tag.classes = value;
    else if (is_named(name, "id")) tag.id = value;
    else if (is_named(name, "title")) tag.title = value;
    else if (is_named(name, "href")) tag.href = value;
  }
  // To the closing tag of a script or a style.
  void pass(std::string_view name) {
    while (true) {
      at_ = html_.find("</", at_);
      if (at_ == html_.npos) return void(at_ = html_.size());
      if (is_named(html_.substr(at_ + 2, name.size()), name)) return;
      at_ += 2;
    }
  }
  std::string_view html_;
  std::size_t at_ = 0;
};

class PageReader {
 public:
  explicit PageReader(std::string_view html) : html_(html) {}
  ChatPage run() {
    Tags tags(html_);
    while (const auto tag = tags.next()) {
      const bool division = is_named(tag->name, "div");
      if (!division && !is_named(tag->name, "span")) other(*tag);
      else if (tag->closes) close(*tag, division);
      else open(*tag, division);
    }
    while (!open_.empty()) end_of(open_.back(), html_.size(), html_.size()), open_.pop_back();
    return std::move(page_);
  }

 private:
  struct Open {
    std::size_t inside = 0, begin = 0;
    PageRole role = PageRole::none;
    bool division = true;
    std::string detail;
  };

  PageRole role_of(std::string_view classes) {
    for (std::size_t at = 0; at < classes.size();) {
      const std::size_t end = std::min(classes.find_first_of(" \t\n", at), classes.size());
      const std::string_view name = classes.substr(at, end - at);
      at = end + 1;
      for (const ClassRole& known : class_roles) {
        if (name != known.name || (!page_.application.empty() && page_.application != known.application)) continue;
        if (known.role == PageRole::title) return known.role;
        if ((known.role == PageRole::block) == in_block_) continue;  // blocks do not nest, parts stand in them only
        if (known.role == PageRole::block) page_.application = known.application;
        return known.role;
      }
    }
    return PageRole::none;
  }

  void open(const Tag& tag, bool division) {
    if (open_.size() >= most_open) return;
    Open opened{tag.end, tag.begin, tag.classes.empty() ? PageRole::none : role_of(tag.classes), division, {}};
    if (opened.role == PageRole::time) opened.detail = tag.title;
    if (opened.role == PageRole::block) {
      in_block_ = true;
      open_roles_ = {};
      page_.blocks.push_back({{tag.begin, tag.end}, std::string(tag.classes), std::string(tag.id), {}});
    }
    // What stands inside of its like is part of it: no byte is text of two parts of one kind.
    if (opened.role != PageRole::none && opened.role != PageRole::block && in_block_ && open_roles_[index_of(opened.role)]++ > 0) {
      --open_roles_[index_of(opened.role)];
      opened.role = PageRole::none;
    }
    // The name of a Telegram chat stands in the page's header as bold text.
    if (!in_block_ && page_.title.size() == 0 && tag.classes == "text bold") opened.role = PageRole::title;
    open_.push_back(std::move(opened));
  }
  void close(const Tag& tag, bool division) {
    while (!open_.empty() && division && !open_.back().division) end_of(open_.back(), tag.begin, tag.begin), open_.pop_back();
    if (open_.empty() || open_.back().division != division) return;
    end_of(open_.back(), tag.begin, tag.end);
    open_.pop_back();
  }
  void end_of(Open& element, std::size_t inside_end, std::size_t end) {
    const ByteRange inside{element.inside, std::max(element.inside, inside_end)};
    if (element.role == PageRole::none) return;
    if (unsigned& open = open_roles_[index_of(element.role)]; open > 0) --open;
    if (element.role == PageRole::title) {
      if (page_.title.size() == 0) page_.title = inside;
    } else if (element.role == PageRole::block) {
      page_.blocks.back().all.end = end;
      in_block_ = false;
    } else if (in_block_ && page_.blocks.back().parts.size() < most_parts) {
      page_.blocks.back().parts.push_back({element.role, inside, std::move(element.detail)});
    }
  }
  void other(const Tag& tag) {
    if (!in_block_ || tag.closes || tag.href.empty() || !is_named(tag.name, "a") || tag.href.starts_with('#')) return;
    if (tag.href.find(':') != tag.href.npos || page_.blocks.back().parts.size() >= most_parts) return;  // a file of the export has no scheme
    page_.blocks.back().parts.push_back({PageRole::media, {tag.begin, tag.end}, std::string(tag.href)});
  }

  static std::size_t index_of(PageRole role) { return static_cast<std::size_t>(role); }
  std::string_view html_;
  std::array<unsigned, 16> open_roles_{};
  ChatPage page_;
  std::vector<Open> open_;
  bool in_block_ = false;
};

}  // namespace

ChatPage read_chat_page(std::string_view html) { return PageReader(html).run(); }

}  // namespace evtriage::phone
