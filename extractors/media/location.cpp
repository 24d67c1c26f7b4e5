// Places in ISO base media; see the header.
//
// Tested by tests/extractors/media/location_test.cpp.
#include "extractors/media/location.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "pipeline/core/byte_reader.h"
#include "pipeline/core/text.h"

namespace evtriage {
namespace {

constexpr std::size_t most_boxes = 100'000, most_locations = 16, most_keys = 10'000;
constexpr std::uint64_t most_user_data = 4 << 20;
constexpr int most_depth = 8;

// "-0.196900" of millionths.
std::string degrees_text(std::int64_t micro) {
  const std::uint64_t size = micro < 0 ? 0 - static_cast<std::uint64_t>(micro) : static_cast<std::uint64_t>(micro);
  const std::string rest = std::to_string(size % 1'000'000);
  return (micro < 0 ? "-" : "") + std::to_string(size / 1'000'000) + "." + std::string(6 - rest.size(), '0') + rest;
}

// One signed number of ISO 6709 at the start of `text`, which it leaves.  `whole` is the number of digits before the
// point when it is degrees alone; two or four more are minutes and seconds.
std::optional<double> angle(std::string_view& text, std::size_t whole) {
  if (text.empty() || (text[0] != '+' && text[0] != '-')) return std::nullopt;
  const bool negative = text[0] == '-';
  text.remove_prefix(1);
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  if (error != std::errc() || digits == 0) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  if (digits == whole + 2) {
    const double degrees = std::floor(value / 100);
    value = degrees + (value - degrees * 100) / 60;
  } else if (digits == whole + 4) {
    const double degrees = std::floor(value / 10'000), minutes = std::floor(value / 100) - degrees * 100;
    value = degrees + minutes / 60 + (value - std::floor(value / 100) * 100) / 3600;
  } else if (digits > whole) {
    return std::nullopt;
  }
  return negative ? -value : value;
}

std::optional<std::string> position(double latitude, double longitude) {
  if (!(std::abs(latitude) <= 90) || !(std::abs(longitude) <= 180)) return std::nullopt;
  return degrees_text(std::llround(latitude * 1e6)) + "," + degrees_text(std::llround(longitude * 1e6));
}

struct Box {
  std::string type;
  ByteRange payload;
};

// The boxes that lie one after the other in `text`, whose first byte is byte `begin` of the file.
std::vector<Box> boxes_of(std::string_view text, std::uint64_t begin) {
  std::vector<Box> out;
  for (std::uint64_t at = 0; at + 8 <= text.size() && out.size() < most_boxes;) {
    ByteReader in(text.substr(at));
    const std::uint64_t size = in.u32be();
    std::string type(in.chars(4));
    if (size < 8 || size > text.size() - at) break;
    out.push_back({std::move(type), {begin + at + 8, begin + at + size}});
    at += size;
  }
  return out;
}

class UserData {  // one udta or meta box that was read whole
 public:
  UserData(std::string_view bytes, std::uint64_t begin, std::vector<MediaLocation>& out) : bytes_(bytes), begin_(begin), out_(out) {}

  void run(ByteRange range, int depth) {
    if (depth == most_depth) return;
    std::vector<std::string> keys;
    for (const Box& box : boxes_of(view(range), range.begin)) {
      if (box.type == "\xA9xyz") xyz(box);
      if (box.type == "loci") loci(box);
      if (box.type == "meta") run(meta_payload(box.payload), depth + 1);
      if (box.type == "keys") keys = names(box);
      if (box.type == "ilst") items(box, keys);
    }
  }
  // In MP4 a meta box begins with version and flags, in MOV it does not: there a box type stands at its fifth byte.
  ByteRange meta_payload(ByteRange range) const {
    const std::string_view word = view(range).substr(0, 8);
    return word.size() == 8 && word.substr(4) != "hdlr" ? ByteRange{range.begin + 4, range.end} : range;
  }

 private:
  std::string_view view(ByteRange range) const { return bytes_.substr(range.begin - begin_, range.size()); }

  void add(const std::optional<std::string>& position, std::string name, ByteRange source) {
    if (!position || out_.size() == most_locations) return;
    const bool known = std::any_of(out_.begin(), out_.end(), [&](const MediaLocation& l) { return l.position == *position && l.name == name; });
    if (!known) out_.push_back({*position, std::move(name), source});
  }
  void xyz(const Box& box) {
    ByteReader in(view(box.payload));
    const std::uint16_t length = in.u16be();
    in.u16be();  // language
    add(iso6709_position(in.chars(std::min<std::uint64_t>(length, in.left()))), "", box.payload);
  }
  void loci(const Box& box) {
    ByteReader in(view(box.payload));
    in.skip(6);  // version, flags, language
    std::string name;
    for (char c = static_cast<char>(in.u8()); c != '\0' && in.ok(); c = static_cast<char>(in.u8())) name += c;
    in.u8();  // role
    const auto fixed = [&] { return static_cast<double>(static_cast<std::int32_t>(in.u32be())) / 65536; };
    const double longitude = fixed(), latitude = fixed();
    if (in.ok()) add(position(latitude, longitude), printable(name), box.payload);
  }
  std::vector<std::string> names(const Box& box) const {
    std::vector<std::string> out;
    ByteReader in(view(box.payload));
    in.skip(8);
    while (in.left() >= 8 && out.size() < most_keys) {
      const std::uint32_t size = in.u32be();
      in.skip(4);
      out.emplace_back(in.chars(size < 8 ? 0 : size - 8));
      if (!in.ok() || size < 8) break;
    }
    return out;
  }
  void items(const Box& list, const std::vector<std::string>& keys) {
    for (const Box& item : boxes_of(view(list.payload), list.payload.begin)) {
      const std::uint32_t number = ByteReader(item.type).u32be();
      const bool place = item.type == "\xA9xyz" || (number >= 1 && number <= keys.size() && keys[number - 1] == "com.apple.quicktime.location.ISO6709");
      if (!place) continue;
      for (const Box& data : boxes_of(view(item.payload), item.payload.begin)) {
        if (data.type == "data" && data.payload.size() > 8) add(iso6709_position(view(data.payload).substr(8)), "", data.payload);
      }
    }
  }
  std::string_view bytes_;
  std::uint64_t begin_;
  std::vector<MediaLocation>& out_;
};

// Walks boxes by their heads; goes into moov and trak, reads udta and meta.
class Walker {
 public:
  Walker(const Content& content, MediaLocations& out) : content_(content), out_(out) {}
  void run(ByteRange range, int depth) {
    for (std::uint64_t at = range.begin; range.end - at >= 8 && ++seen_ < most_boxes;) {
      const auto head = content_.read({at, at + std::min<std::uint64_t>(16, range.end - at)});
      if (!head) return;
      ByteReader in(head->view());
      std::uint64_t size = in.u32be();
      const std::string type(in.chars(4));
      const std::uint64_t header = size == 1 ? 16 : 8;
      if (size == 1) size = in.u64be();
      if (size == 0) size = range.end - at;
      if (depth == 0 && at == 0 && type != "ftyp" && type != "moov" && type != "mdat" && type != "wide" && type != "free" && type != "skip") return;
      if (!in.ok() || size < header || size > range.end - at) {
        if (depth == 0 && at > 0) out_.cut = ByteRange{at, range.end};
        return;
      }
      const ByteRange payload{at + header, at + size};
      if ((type == "moov" || type == "trak") && depth < most_depth) run(payload, depth + 1);
      if ((type == "udta" || type == "meta") && payload.size() <= most_user_data) user_data(type, payload);
      at += size;
    }
  }

 private:
  void user_data(const std::string& type, ByteRange payload) {
    const auto bytes = content_.read(payload);
    if (!bytes) return;
    UserData reader(bytes->chars(), payload.begin, out_.found);
    reader.run(type == "meta" ? reader.meta_payload(payload) : payload, 0);
  }
  const Content& content_;
  MediaLocations& out_;
  std::size_t seen_ = 0;
};

}  // namespace

std::optional<std::string> iso6709_position(std::string_view text) {
  const auto latitude = angle(text, 2);
  const auto longitude = angle(text, 3);
  return latitude && longitude ? position(*latitude, *longitude) : std::nullopt;
}

MediaLocations read_locations(const Content& content) {
  MediaLocations out;
  Walker(content, out).run({0, content.size()}, 0);
  return out;
}

}  // namespace evtriage
