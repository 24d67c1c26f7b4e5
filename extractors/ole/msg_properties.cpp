// Streams are named "__substg1.0_" and eight hexadecimal digits: id, then type.
// Tested by tests/extractors/ole/msg_test.cpp.
#include "extractors/ole/msg_properties.h"

#include <charconv>

#include "pipeline/core/byte_reader.h"

namespace evtriage::ole {
namespace {

constexpr std::uint64_t most_value_bytes = 64 << 10;
constexpr std::string_view prefix = "__substg1.0_";

}  // namespace

MsgProperties::MsgProperties(Work& work, EntryId storage, std::size_t head_bytes) : work_(work) {
  for (const EntryId id : work.file.children(storage)) {
    const std::string_view name = work.file.entries()[id].name;
    if (!name.starts_with(prefix) || name.size() != prefix.size() + 8) continue;
    std::uint32_t tag = 0;
    const auto digits = std::from_chars(name.data() + prefix.size(), name.data() + name.size(), tag, 16);
    if (digits.ec == std::errc() && digits.ptr == name.data() + name.size()) streams_.emplace(std::pair{tag >> 16, tag & 0xffff}, id);
  }
  const auto list = work.file.find(storage, "__properties_version1.0");
  if (!list || work.file.entries()[*list].is_storage) return;
  const StreamBytes bytes = work.load(*list, 4 << 20);
  ByteReader in(bytes.view());
  in.skip(head_bytes);
  while (in.left() >= 16) {
    const std::uint32_t tag = in.u32le();
    in.skip(4);
    values_[tag >> 16] = in.u64le();
  }
  for (const unsigned id : {0x3ffdu, 0x3fdeu}) {  // code page of the message, of the internet
    const auto page = value(id);
    if (page) {
      code_page(static_cast<unsigned>(*page & 0xffff));
      break;
    }
  }
}

std::optional<std::uint64_t> MsgProperties::value(unsigned id) const {
  const auto found = values_.find(id);
  return found == values_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::int64_t> MsgProperties::time(unsigned id) const {
  const auto raw = value(id);
  return raw ? filetime_ns(*raw) : std::nullopt;
}

std::optional<EntryId> MsgProperties::stream(unsigned id, unsigned type) const {
  const auto found = streams_.find({id, type});
  return found == streams_.end() ? std::nullopt : std::optional(found->second);
}

std::string MsgProperties::text(unsigned id) const {
  const auto wide = stream(id, 0x1f);
  const auto any = wide ? wide : stream(id, 0x1e);
  if (!any || work_.file.entries()[*any].is_storage) return {};
  work_.used[*any] = true;
  std::vector<Issue> ignored;
  return to_utf8(work_.file.load(*any, most_value_bytes, ignored).view(), wide ? "utf-16le" : encoding_);
}

bool MsgProperties::text(unsigned id, TextFlow& flow) const {
  bool any = false;
  for (const unsigned type : {0x1fu, 0x1eu}) {
    const auto at = stream(id, type);
    if (!at || work_.file.entries()[*at].is_storage || any) continue;
    const StreamBytes bytes = work_.load(*at);
    flow.text(bytes.view(), type == 0x1f ? "utf-16le" : encoding_, bytes.runs, 0);
    any = !bytes.view().empty();
  }
  return any;
}

std::vector<unsigned> MsgProperties::unread() const {
  std::vector<unsigned> out;
  for (const auto& [tag, id] : streams_) {
    if ((tag.second == 0x1f || tag.second == 0x1e) && !work_.used[id]) out.push_back(tag.first);
  }
  return out;
}

}  // namespace evtriage::ole
