// Actions as data; see the header.
//
// SPDX-License-Identifier: GPL-2.0-or-later
// Tested by tests/extractors/pdf/interactive_test.cpp.
#include "extractors/pdf/actions.h"

#include <poppler/Dict.h>
#include <poppler/Stream.h>

#include <algorithm>
#include <iterator>
#include <set>

#include "extractors/pdf/object_text.h"

namespace evtriage {
namespace {

constexpr std::size_t most_actions = 100'000;        // of one document
constexpr std::size_t most_script_bytes = 1 << 20;   // all scripts together
constexpr std::size_t most_link_bytes = 256 << 10;   // link targets of one page
constexpr int most_next = 64;                        // branches of one /Next array

bool is_harmless(std::string_view kind) {
  constexpr std::string_view harmless[] = {"GoTo", "URI", "Named", "Hide", "SetOCGState", "Thread", "Trans", "GoTo3DView"};
  return std::find(std::begin(harmless), std::end(harmless), kind) != std::end(harmless);
}

}  // namespace

std::string file_name(const Object& specification) {
  if (specification.isString()) return text_string(specification.getString()->toStr());
  for (const char* key : {"UF", "F", "Unix", "DOS", "Mac"}) {
    std::string name = text_at(specification, key);
    if (!name.empty()) return name;
  }
  return {};
}

void PdfActions::follow(const Object& action) {
  std::vector<Object> stack;
  stack.push_back(action.copy());
  std::set<int> visited;
  while (!stack.empty() && !emit_.stop_requested()) {
    const Object now = std::move(stack.back());
    stack.pop_back();
    if (!now.isDict()) continue;
    if (++seen_ > most_actions) {
      if (!limit_told_) emit_.issue({Code::limit, "pdf", "actions=" + std::to_string(most_actions) + ": the rest was not read", {}, true});
      limit_told_ = true;
      return;
    }
    one(now);
    const Object& next = now.getDict()->lookupNF("Next");
    if (next.isRef() && !visited.insert(next.getRef().num).second) continue;
    Object value = now.dictLookup("Next");
    for (int i = value.isArray() ? std::min(value.arrayGetLength(), most_next) : 0; i-- > 0;) {
      const Object& entry = value.arrayGetNF(i);
      if (entry.isRef() && !visited.insert(entry.getRef().num).second) continue;
      if (stack.size() < most_next) stack.push_back(value.arrayGet(i));
    }
    if (value.isDict()) stack.push_back(std::move(value));
  }
}

void PdfActions::of(const Object& owner) {
  if (!owner.isDict()) return;
  follow(owner.dictLookup("A"));
  additional(owner.dictLookup("AA"));
}

void PdfActions::additional(const Object& actions) {
  if (!actions.isDict()) return;
  for (int i = 0; i < std::min(actions.dictGetLength(), most_next); ++i) follow(actions.dictGetVal(i));
}

void PdfActions::one(const Object& action) {
  const std::string kind = text_at(action, "S").substr(0, 40);
  if (kind.empty()) return;
  if (!is_harmless(kind) && (active_.size() < most_next || active_.contains(kind))) active(kind);
  if (kind == "URI") return link(text_at(action, "URI"));
  if (kind == "JavaScript" || kind == "Rendition") script(action.dictLookup("JS"));
  if (kind == "Launch" || kind == "GoToR" || kind == "SubmitForm" || kind == "ImportData" || kind == "GoToE") {
    link(file_name(action.dictLookup("F")));
    const Object windows = action.dictLookup("Win");
    std::string command = text_at(windows, "F");
    if (const std::string parameters = text_at(windows, "P"); !parameters.empty()) command += " " + parameters;
    link(std::move(command));
  }
}

void PdfActions::link(std::string target) {
  if (target.empty() || links_.size() + target.size() > most_link_bytes) return;
  links_ += target + "\n";
}

void PdfActions::script(const Object& code) {
  std::string text;
  if (code.isString()) text = text_string(code.getString()->toStr());
  if (code.isStream()) {
    std::string raw;
    code.getStream()->reset();
    unsigned char buffer[4096];
    for (int n = 1; n > 0 && raw.size() < most_string_bytes;) {
      n = code.getStream()->doGetChars(sizeof buffer, buffer);
      raw.append(reinterpret_cast<const char*>(buffer), static_cast<std::size_t>(std::max(n, 0)));
    }
    text = text_string(raw);
  }
  if (text.empty()) return;
  if (scripts_.size() + text.size() > most_script_bytes) {
    if (!limit_told_) emit_.issue({Code::limit, "pdf", "script bytes=" + std::to_string(most_script_bytes) + ": the rest was not kept", {}, true});
    limit_told_ = true;
    return;
  }
  scripts_ += text + "\n";
}

void PdfActions::flush_links(evtriage::ByteRange source, const std::string& place) {
  if (!links_.empty()) emit_.text(segment_of(std::move(links_), source, "link", place));
  links_.clear();
}

void PdfActions::finish() {
  flush_links({0, item_size_}, "");
  if (!scripts_.empty()) emit_.text(segment_of(std::move(scripts_), {0, item_size_}, "script", ""));
  std::string kinds;
  for (const auto& [kind, count] : active_) kinds += (kinds.empty() ? "" : ", ") + kind + " (" + std::to_string(count) + ")";
  if (!kinds.empty()) emit_.property("pdf:activeContent", kinds);
}

}  // namespace evtriage
