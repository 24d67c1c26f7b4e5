// Shortcuts: Windows links (MS-SHLLINK) as properties and one text of metadata; .url and .desktop files are text whose
// keys are properties too.  What a link leads to, on which volume of which machine, is often all that is left of it.
// Tested by tests/extractors/plain/shortcut_test.cpp (the example of MS-SHLLINK section 3.1, exiftool as judge).
#include <algorithm>
#include <optional>

#include "extractors/encoding.h"
#include "extractors/plain/plain.h"
#include "extractors/plain/text_stream.h"
#include "extractors/plain/whole_text.h"
#include "pipeline/core/byte_reader.h"
#include "pipeline/core/time.h"

namespace evtriage {
namespace {

constexpr std::uint64_t link_bytes = 1u << 20;  // of a link that are read; real ones have a few thousand
constexpr std::uint64_t ini_bytes = 64u << 10;
constexpr std::size_t field_bytes = 64u << 10;  // of one text in a link
constexpr std::size_t most_items = 256, most_blocks = 64;
constexpr std::string_view link_class("\x4c\0\0\0\x01\x14\x02\0\0\0\0\0\xc0\0\0\0\0\0\0\x46", 20);

// FILETIME: 100 ns since 1601; 0 means that there is none.
std::optional<std::string> time_text(std::uint64_t filetime) {
  constexpr std::uint64_t epoch = 116'444'736'000'000'000;
  if (filetime < epoch || filetime - epoch > 90'000'000'000'000'000) return std::nullopt;
  return rfc3339(static_cast<std::int64_t>(filetime - epoch) * 100);
}

std::string hex_text(std::string_view bytes, std::string_view between) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (const char c : bytes) {
    if (!out.empty()) out += between;
    out += digits[static_cast<unsigned char>(c) >> 4];
    out += digits[static_cast<unsigned char>(c) & 15];
  }
  return out;
}

class Link {
 public:
  Link(std::string_view bytes, Emit& emit) : bytes_(bytes), emit_(emit) {}

  void run() {
    ByteReader in(bytes_);
    in.skip(20);
    flags_ = in.u32le();
    in.skip(4);
    times(in);
    const std::uint32_t size = in.u32le();
    if (in.ok() && size != 0) emit_.property("shortcut.target_size", std::to_string(size));
    in.skip(20);
    if (has(0)) item_list(in);
    if (has(1)) info(in);
    string_data(in);
    extra_data(in);
    if (!in.ok()) emit_.issue({Code::truncated, "shortcut", "the link is cut; what stands before was read", ByteRange{bytes_.size(), bytes_.size()}, true});
    if (text_.text.empty()) return;
    emit_.text(TextSegment::of(Blob::own(std::move(text_.text)), std::move(text_.map), "metadata"));
  }

 private:
  bool has(unsigned bit) const { return (flags_ >> bit & 1) != 0; }

  void times(ByteReader& in) {
    for (const char* name : {"shortcut.target_created", "shortcut.target_accessed", "shortcut.target_modified"}) {
      if (const auto time = time_text(in.u64le()); time) emit_.property(name, *time);
    }
  }

  // Text in the link that ends with a zero.
  std::string_view until_zero(std::size_t at, bool wide) const {
    if (at >= bytes_.size()) return {};
    std::size_t end = at;
    const std::size_t unit = wide ? 2 : 1;
    while (bytes_.size() - end >= unit && end - at < field_bytes && (bytes_[end] != '\0' || (wide && bytes_[end + 1] != '\0'))) end += unit;
    return bytes_.substr(at, end - at);
  }
  MappedText decoded(std::string_view part, bool wide) const {
    const std::uint64_t at = part.empty() ? 0 : static_cast<std::uint64_t>(part.data() - bytes_.data());
    Decoded text = decode(part, wide ? "utf-16le" : detect_encoding(part, {"", true, false}).value_or("windows-1252"), at);
    return {std::move(text.utf8), std::move(text.map)};
  }
  void tell(std::string_view label, std::string property, std::string_view part, bool wide) { tell(label, std::move(property), decoded(part, wide)); }
  void tell(std::string_view label, std::string property, const MappedText& value) {
    if (value.text.empty()) return;
    emit_.property(std::move(property), value.text);
    append_made(text_, std::string(label) + ": ", value.map.to_source({0, 0}));
    text_.text += value.text;
    append_map(text_.map, value.map);
    append_made(text_, "\n", value.map.to_source({value.text.size(), value.text.size()}));
  }

  // Section 2.2: shell items; the names of folders and files make a path.
  void item_list(ByteReader& in) {
    const std::uint16_t size = in.u16le();
    const std::size_t begin = in.position(), end = begin + std::min<std::size_t>(size, in.left());
    in.skip(size);
    MappedText path;
    std::size_t at = begin;
    for (std::size_t i = 0; i < most_items && end - at >= 3; ++i) {
      ByteReader item(bytes_.substr(at, end - at));
      const std::uint16_t length = item.u16le();
      if (length < 3 || length > end - at) break;
      const unsigned type = item.u8();
      MappedText name;
      if ((type & 0x70) == 0x20) name = decoded(until_zero(at + 3, false), false);
      if ((type & 0x70) == 0x30) name = file_name(at, length, (type & 4) != 0);
      if (!name.text.empty()) {
        if (!path.text.empty() && path.text.back() != '\\') append_made(path, "\\", name.map.to_source({0, 0}));
        path.text += name.text;
        append_map(path.map, name.map);
      }
      at += length;
    }
    tell("Item path", "shortcut.item_path", path);
  }
  // A file entry: its long name stands in the extension block BEEF0004, at the offset that the block tells.
  MappedText file_name(std::size_t at, std::size_t length, bool wide) const {
    const std::string_view item = bytes_.substr(at, length);
    const std::size_t block = item.find(std::string_view("\x04\x00\xef\xbe", 4));
    if (block != item.npos && block >= 4 && item.size() - block >= 14) {
      ByteReader in(item.substr(block + 12));
      const std::size_t offset = in.u16le();
      if (offset >= 16 && offset < item.size() - (block - 4)) {
        MappedText name = decoded(until_zero(at + block - 4 + offset, true).substr(0, item.size()), true);
        if (!name.text.empty()) return name;
      }
    }
    return decoded(until_zero(at + 14, wide).substr(0, item.size()), wide);
  }

  // Section 2.3.
  void info(ByteReader& in) {
    const std::size_t begin = in.position();
    const std::uint32_t size = in.u32le(), header = in.u32le(), flags = in.u32le(), volume = in.u32le(), base = in.u32le(), network = in.u32le(), suffix = in.u32le();
    const std::uint32_t base_wide = header >= 0x24 ? in.u32le() : 0, suffix_wide = header >= 0x24 ? in.u32le() : 0;
    const std::size_t read = in.position() - begin;
    if (!in.ok() || size < read) return;
    in.skip(size - read);
    const bool local = (flags & 1) != 0;
    if (local && volume != 0) volume_id(begin, volume);
    MappedText path;
    if (local) path = base_wide != 0 ? decoded(field(begin, base_wide, true), true) : decoded(field(begin, base, false), false);
    if ((flags & 2) != 0 && network != 0) network_link(begin, network, path);
    const MappedText rest = suffix_wide != 0 ? decoded(field(begin, suffix_wide, true), true) : decoded(field(begin, suffix, false), false);
    if (!rest.text.empty()) {
      if (!path.text.empty() && path.text.back() != '\\') append_made(path, "\\", rest.map.to_source({0, 0}));
      path.text += rest.text;
      append_map(path.map, rest.map);
    }
    tell("Target", "shortcut.target", path);
  }
  std::string_view field(std::size_t begin, std::uint32_t offset, bool wide) const {
    return offset == 0 || offset > bytes_.size() - begin ? std::string_view() : until_zero(begin + offset, wide);
  }
  void volume_id(std::size_t begin, std::uint32_t offset) {
    if (offset > bytes_.size() - begin) return;
    const std::size_t at = begin + offset;
    ByteReader in(bytes_.substr(at));
    in.skip(4);
    const std::uint32_t type = in.u32le();
    const std::string_view serial = in.chars(4);
    const std::uint32_t label = in.u32le(), label_wide = label == 0x14 ? in.u32le() : 0;
    if (!in.ok()) return;
    constexpr std::string_view types[] = {"unknown", "no root", "removable", "fixed", "network", "optical disc", "RAM disk"};
    emit_.property("shortcut.drive_type", std::string(type < std::size(types) ? types[type] : types[0]));
    std::string number;
    for (const int i : {3, 2, 1, 0}) number += hex_text(serial.substr(static_cast<std::size_t>(i), 1), "") + (i == 2 ? "-" : "");
    std::transform(number.begin(), number.end(), number.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    MappedText text;
    append_made(text, number, {at + 8, at + 12});
    tell("Volume serial", "shortcut.volume_serial", text);
    tell("Volume label", "shortcut.volume_label", field(at, label_wide != 0 ? label_wide : label, label_wide != 0), label_wide != 0);
  }
  void network_link(std::size_t begin, std::uint32_t offset, MappedText& path) {
    if (offset > bytes_.size() - begin) return;
    const std::size_t at = begin + offset;
    ByteReader in(bytes_.substr(at));
    in.skip(8);
    const std::uint32_t name = in.u32le(), device = in.u32le();
    in.skip(4);
    const std::uint32_t name_wide = name > 0x14 ? in.u32le() : 0;
    if (!in.ok()) return;
    MappedText share = decoded(field(at, name_wide != 0 ? name_wide : name, name_wide != 0), name_wide != 0);
    tell("Network share", "shortcut.network_share", share);
    tell("Network drive", "shortcut.network_drive", field(at, device, false), false);
    if (path.text.empty()) path = std::move(share);
  }

  // Section 2.4.
  void string_data(ByteReader& in) {
    constexpr std::pair<std::string_view, const char*> parts[] = {{"Description", "dc:description"}, {"Relative path", "shortcut.relative_path"}, {"Working directory", "shortcut.working_directory"},
                                                                  {"Arguments", "shortcut.arguments"}, {"Icon", "shortcut.icon"}};
    const bool wide = has(7);
    for (unsigned i = 0; i < std::size(parts); ++i) {
      if (!has(2 + i) || !in.ok()) continue;
      const std::uint16_t count = in.u16le();
      tell(parts[i].first, parts[i].second, in.chars(std::uint64_t{count} * (wide ? 2u : 1u)), wide);
    }
  }

  // Section 2.5: blocks until one of less than four bytes.
  void extra_data(ByteReader& in) {
    for (std::size_t i = 0; i < most_blocks && in.ok() && in.left() >= 8; ++i) {
      const std::size_t at = in.position();
      const std::uint32_t size = in.u32le();
      if (size < 8) return;
      const std::uint32_t signature = in.u32le();
      const std::string_view body = in.chars(size - 8);
      if (!in.ok()) return;
      if (signature == 0xa0000001 && body.size() >= 780) tell("Target", "shortcut.environment_target", until_zero(at + 268, true), true);
      if (signature == 0xa0000003 && body.size() >= 88) tracker(at, body);
    }
  }
  void tracker(std::size_t at, std::string_view body) {
    const std::string_view machine = body.substr(8, 16);
    tell("Machine", "shortcut.machine", machine.substr(0, machine.find('\0')), false);
    const std::string_view droid = body.substr(24 + 16, 16);  // a version 1 UUID (RFC 9562) ends in the network card's address
    emit_.property("shortcut.droid_file", hex_text(droid, ""));
    if (static_cast<unsigned char>(droid[7]) >> 4 != 1) return;
    MappedText address;
    append_made(address, hex_text(droid.substr(10), ":"), {at + 8 + 40 + 10, at + 8 + 40 + 16});
    tell("Network card", "shortcut.mac_address", address);
  }

  std::string_view bytes_;
  Emit& emit_;
  std::uint32_t flags_ = 0;
  MappedText text_;
};

// .url and .desktop: "key=value" lines.
void ini_properties(const Content& content, Emit& emit) {
  TextStream in(content, "", "shortcut", emit);
  in.ensure(ini_bytes);
  std::string_view text = in.ahead().substr(0, ini_bytes);
  constexpr std::pair<std::string_view, const char*> known[] = {{"URL", "shortcut.target"}, {"Exec", "shortcut.target"}, {"Name", "dc:title"}, {"Comment", "dc:description"}, {"WorkingDirectory", "shortcut.working_directory"}, {"Path", "shortcut.working_directory"}};
  while (!text.empty()) {
    std::string_view line = text.substr(0, text.find_first_of("\r\n"));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    for (const auto& [key, property] : known) {
      if (line.size() > key.size() + 1 && line.starts_with(key) && line[key.size()] == '=') emit.property(property, std::string(line.substr(key.size() + 1)));
    }
  }
}

}  // namespace

void extract_shortcut(const Content& content, const Identity& identity, const ExtractOptions&, Emit& emit) {
  const Result<Blob> bytes = content.read({0, std::min(content.size(), link_bytes)});
  if (!bytes) return emit.issue({bytes.error().code, "shortcut", bytes.error().detail, ByteRange{0, content.size()}, true});
  if (!bytes->chars().starts_with(link_class)) {
    ini_properties(content, emit);
    return emit_whole_text(content, identity, "shortcut", emit);
  }
  if (content.size() > link_bytes) emit.issue({Code::limit, "shortcut", "link_bytes=" + std::to_string(link_bytes) + ": the rest was not read", ByteRange{link_bytes, content.size()}, true});
  Link(bytes->chars(), emit).run();
}

}  // namespace evtriage
