// See members.h; here stand the words that people read about members.
// Tested by tests/extractors/archive/archive_test.cpp.
#include "extractors/archive/members.h"

#include <algorithm>

namespace evtriage::archives {
namespace {

constexpr std::size_t small_bytes = 1 << 20;

std::string shown(std::string_view text, std::size_t most) {
  std::string out = printable(text.substr(0, most));
  std::replace_if(out.begin(), out.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  return text.size() > most ? out + "..." : out;
}

std::string_view media_type(Special type) {
  switch (type) {
    case Special::directory: return "inode/directory";
    case Special::symlink: return "inode/symlink";
    case Special::hardlink: return "inode/x-hardlink";
    case Special::device: return "inode/x-device";
    case Special::fifo: return "inode/fifo";
    case Special::socket: return "inode/socket";
    case Special::other: break;
  }
  return "inode/x-other";
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

}  // namespace

std::string one_line(std::string_view message) {
  while (!message.empty() && static_cast<unsigned char>(message.back()) <= 0x20) message.remove_suffix(1);
  return shown(message, 200);
}

std::string label(std::uint64_t number, std::string_view name) {
  return "member " + std::to_string(number) + " \"" + shown(name, 200) + "\"";
}

bool is_unsafe_name(std::string_view name) {
  if (name.find('\0') != name.npos) return true;
  if (!name.empty() && (name[0] == '/' || name[0] == '\\')) return true;
  if (name.size() >= 2 && name[1] == ':' && is_letter(name[0])) return true;
  for (std::size_t at = name.find(".."); at != name.npos; at = name.find("..", at + 1)) {
    const auto edge = [&](std::size_t i) { return i >= name.size() || name[i] == '/' || name[i] == '\\'; };
    if ((at == 0 || edge(at - 1)) && edge(at + 2)) return true;
  }
  return false;
}

bool Gather::append(ByteView bytes) {
  spent_ = spent_ || emit_.stop_requested();
  if (spent_) return false;
  size_ += bytes.size();
  if (!spool_) {
    if (bytes.size() <= small_bytes - small_.size()) {
      small_.append(as_chars(bytes));
      return true;
    }
    spool_ = emit_.spool();
    spent_ = !small_.empty() && !spool_->append(as_bytes(small_));
    std::string().swap(small_);
  }
  spent_ = spent_ || !spool_->append(bytes);
  return !spent_;
}

bool Gather::append_zeros(std::uint64_t count) {
  const std::string zeros(static_cast<std::size_t>(std::min<std::uint64_t>(count, piece_bytes)), '\0');
  while (count > 0) {
    const std::uint64_t now = std::min<std::uint64_t>(count, zeros.size());
    if (!append(as_bytes(std::string_view(zeros).substr(0, static_cast<std::size_t>(now))))) return false;
    count -= now;
  }
  return true;
}

ContentPtr Gather::take() {
  if (spent_) return nullptr;
  return spool_ ? spool_->take() : resident(std::move(small_));
}

void Members::note_name(std::string_view name) {
  if (!is_unsafe_name(name)) return;
  if (unsafe_++ == 0) first_unsafe_ = label(count_, name);
}

Child Members::begin(std::string name) {
  Child child;
  ++count_;
  note_name(name);
  child.step = {StepKind::member, count_, {}, std::move(name)};
  child.kind = ItemKind::member;
  return child;
}

void Members::whole(Child child, ContentPtr content) {
  if (content) ++given_;
  emit_.child(std::move(child), std::move(content));
}

void Members::special(Child child, Special type, std::string_view target) {
  ++specials_;
  child.media_type = media_type(type);
  if (!target.empty() && links_++ < most_told) {
    emit_.property("archive.link", label(child.step.number, child.step.name) + " -> \"" + shown(target, 1000) + "\"");
  }
  emit_.child(std::move(child), resident(std::string()));
}

void Members::locked(Child child) {
  if (locked_++ == 0) first_locked_ = label(child.step.number, child.step.name);
  child.encrypted = true;
  emit_.child(std::move(child), nullptr);
}

void Members::false_flag(const Child& child) {
  if (false_flags_++ == 0) first_false_ = label(child.step.number, child.step.name);
}

void Members::spent(Child child, std::uint64_t unpacked) {
  trouble(Code::limit, label(child.step.number, child.step.name) + ": the budget for unpacked bytes ended after " + std::to_string(unpacked) +
                           " bytes of it; it is not kept", {});
  emit_.child(std::move(child), nullptr);
}

void Members::disagreement(const std::string& sentence) {
  if (disagreements_++ < most_told) emit_.property("archive.header-mismatch", sentence);
}

void Members::trouble(Code code, std::string sentence, std::optional<ByteRange> where) {
  if (troubles_++ >= most_told) return;
  if (where) where->end = std::min(where->end, item_size_);
  if (where && where->begin > where->end) where.reset();
  emit_.issue({code, std::string(stage), std::move(sentence), where, true});
}

bool Members::full() {
  if (count_ < most_members) return false;
  if (!full_told_) emit_.issue({Code::limit, std::string(stage), "members=" + std::to_string(most_members) + ": the rest was not read", {}, true});
  full_told_ = true;
  return true;
}

void Members::finish() {
  emit_.property("archive.members", std::to_string(count_));
  if (specials_ > 0) emit_.property("archive.members.without-content", std::to_string(specials_));
  if (links_ > most_told) emit_.property("archive.links", std::to_string(links_) + ", of which the first " + std::to_string(most_told) + " are listed");
  if (unsafe_ > 0) emit_.property("archive.names.unsafe", std::to_string(unsafe_) + ", the first is " + first_unsafe_);
  if (disagreements_ > most_told) emit_.property("archive.header-mismatches", std::to_string(disagreements_));
  if (local_times_) emit_.property("archive.times", "local times of an unknown zone, given as if they were UTC");
  if (false_flags_ > 0) {
    emit_.property("archive.encrypted.false-flag", std::to_string(false_flags_) + " members are marked as encrypted and are not: their plain bytes agree with the checksum; the first is " + first_false_);
  }
  if (unlocked_ > 0) emit_.property("archive.encrypted.opened", std::to_string(unlocked_));
  if (troubles_ > most_told) {
    emit_.issue({Code::corrupt, std::string(stage), std::to_string(troubles_ - most_told) + " further troubles with members are not listed", {}, true});
  }
  if (locked_ == 0) return;
  const std::string why = untried_.empty() ? "no password given opens them" : untried_;
  emit_.issue({Code::encrypted, std::string(stage), std::to_string(locked_) + " members are encrypted and " + why + "; the first is " + first_locked_, {}, true});
  if (given_ == 0) emit_.encrypted();
}

}  // namespace evtriage::archives
