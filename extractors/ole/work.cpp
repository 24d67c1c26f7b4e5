// Small services of the readers: children, issues, streams.
// Tested by tests/extractors/ole/parts_test.cpp.
#include "extractors/ole/work.h"

namespace evtriage::ole {

void Children::add(NewChild from, ContentPtr content, std::optional<ByteRange> extent) {
  if (count_ >= most_children) {
    if (!told_) emit_.issue({Code::limit, "ole", "children=" + std::to_string(most_children) + ": the rest was not listed", {}, true});
    told_ = true;
    return;
  }
  Child child;
  child.step = {StepKind::member, ++count_, {}, std::move(from.name)};
  child.kind = from.kind;
  child.media_type = std::move(from.media_type);
  child.created_ns = from.created_ns;
  child.modified_ns = from.modified_ns;
  child.deleted = from.deleted;
  child.encrypted = from.encrypted;
  child.extent = extent;
  emit_.child(std::move(child), std::move(content));
}

void Children::add_runs(NewChild child, const Content& whole, const ByteRuns& runs) {
  std::optional<ByteRange> extent;
  if (runs.runs().size() == 1 && !runs.is_vague()) extent = runs.runs()[0];
  add(std::move(child), std::make_shared<StreamContent>(whole, runs), extent);
}

void Work::issue(Code code, std::string_view stage, std::string detail, std::optional<ByteRange> where) {
  emit.issue({code, std::string(stage), std::move(detail), where, true});
}

StreamBytes Work::load(EntryId id, std::uint64_t most) {
  used[id] = true;
  std::vector<Issue> issues;
  StreamBytes out = file.load(id, most, issues);
  for (Issue& one : issues) emit.issue(std::move(one));
  return out;
}

void Work::use_all(EntryId storage) {
  std::vector<EntryId> stack{storage};
  while (!stack.empty()) {
    const EntryId id = stack.back();
    stack.pop_back();
    used[id] = true;
    for (const EntryId child : file.children(id)) {
      if (child != id) stack.push_back(child);
    }
  }
}

std::string Work::place(std::string_view inner) const {
  if (document_place.empty()) return std::string(inner);
  return inner.empty() ? document_place : document_place + ", " + std::string(inner);
}

}  // namespace evtriage::ole
