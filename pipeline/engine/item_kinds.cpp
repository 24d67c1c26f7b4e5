// Kinds of items by what is known of them without an extractor.
// Tested by tests/pipeline/engine/examine_test.cpp, tests/whole/disk_test.py and tests/whole/phone_test.py.
#include "pipeline/engine/item_kinds.h"

#include <algorithm>

namespace evtriage {

bool may_be_asked_for(const Content& content) {
  constexpr std::string_view database("SQLite format 3\0", 16), log("\x37\x7f\x06", 3);
  const auto head = content.read({0, std::min<std::uint64_t>(content.size(), database.size())});
  return head && (head->chars() == database || head->chars().starts_with(log));
}

bool has_bytes(ItemKind kind) {
  return kind != ItemKind::directory && kind != ItemKind::symlink && kind != ItemKind::special && kind != ItemKind::record;
}

bool is_raw_space(ItemKind kind) { return kind == ItemKind::free_space || kind == ItemKind::slack; }

bool is_ewf(std::string_view type) { return type == "application/x-ewf"; }

bool is_disk_type(std::string_view type) {
  return type == "application/x-raw-disk-image" || type.starts_with("application/x-volume-") || type.starts_with("application/x-ewf") ||
         (type.starts_with("application/x-") && type.ends_with("-disk"));
}

bool is_joined_by_us(std::string_view type) {
  return type == "application/x-raw-disk-image" || type.starts_with("application/x-volume-") || type == "application/x-iso9660-image" ||
         type == "application/x-qemu-disk" || type == "application/x-7z-compressed" || type == "application/zip";
}

bool is_unread_container(std::string_view type) {
  constexpr std::string_view types[] = {"application/x-ms-wim", "application/x-arj", "application/x-ace-compressed", "application/x-stuffit"};
  return std::find(std::begin(types), std::end(types), type) != std::end(types);
}

bool is_counted(std::string_view name) {
  constexpr std::string_view digits = "0123456789";
  return name.size() > 4 && name[name.size() - 4] == '.' && name.substr(name.size() - 3).find_first_not_of(digits) == std::string_view::npos;
}

std::string label_of(const Step& step, const std::string& name) {
  if (!name.empty()) return "/" + name;
  const std::string number = std::to_string(step.number);
  if (step.kind == StepKind::part) return "/part " + number;
  if (step.kind == StepKind::free) return "/free space " + number;
  return "/#" + number;
}

}  // namespace evtriage
