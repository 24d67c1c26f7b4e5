// Kinds of items by what is known of them without an extractor.
// Tested by tests/pipeline/engine/examine_test.cpp, tests/whole/disk_test.py and tests/whole/phone_test.py.
#include "pipeline/engine/item_kinds.h"

#include <algorithm>

#include "pipeline/engine/identify_table.h"

namespace evtriage {

bool may_be_asked_for(ByteView head) {
  constexpr std::string_view database("SQLite format 3\0", 16), log("\x37\x7f\x06", 3);
  return as_chars(head).starts_with(database) || as_chars(head).starts_with(log);
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

bool is_split_part(std::string_view name) {
  const std::size_t size = name.size();
  if (is_counted(name)) return name.substr(size - 3) > "001" && families_of_extension(name.substr(0, size - 4)) != 0;
  const auto digit = [&](std::size_t i) { return name[i] >= '0' && name[i] <= '9'; };
  if (size < 5 || name[size - 4] != '.' || !digit(size - 2) || !digit(size - 1)) return false;
  const char letter = static_cast<char>(name[size - 3] | 0x20);
  return letter == 'z' || letter == 'r';
}

std::string label_of(const Step& step, const std::string& name) {
  if (!name.empty()) return "/" + name;
  const std::string number = std::to_string(step.number);
  if (step.kind == StepKind::part) return "/part " + number;
  if (step.kind == StepKind::free) return "/free space " + number;
  return "/#" + number;
}

}  // namespace evtriage
