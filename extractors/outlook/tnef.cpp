// All integers are little-endian; strings and blobs of properties are filled up to four bytes.
// Tested by tests/extractors/outlook/tnef_test.cpp.
#include "extractors/outlook/tnef.h"

#include <algorithm>

#include "extractors/encoding.h"
#include "pipeline/core/time.h"

namespace evtriage::tnef {
namespace {

constexpr std::uint32_t magic = 0x223e9f78;
constexpr std::size_t most_properties = 10'000;  // of one list
constexpr std::size_t most_rows = 10'000;
constexpr std::uint16_t type_double = 5, type_currency = 6, type_app_time = 7, type_error = 0x0a, type_class = 0x48;

std::uint16_t checksum(std::string_view data) {
  std::uint32_t sum = 0;
  for (const char c : data) sum += static_cast<unsigned char>(c);
  return static_cast<std::uint16_t>(sum & 0xffff);
}

// Bytes of a value that has no length of its own, as it is stored; 0: it has a length.
std::size_t fixed_size(std::uint16_t type) {
  switch (type) {
    case mapi::type_int16: case mapi::type_int32: case mapi::type_boolean: case type_error: case 4: return 4;
    case type_double: case type_currency: case type_app_time: case mapi::type_int64: case mapi::type_time: return 8;
    case type_class: return 16;
    default: return 0;
  }
}

bool has_length(std::uint16_t type) {
  return type == mapi::type_string8 || type == mapi::type_unicode || type == mapi::type_binary || type == mapi::type_object;
}

// The identity of a property of 0x8000 and above: a set, then a number or a name.
void read_name(ByteReader& reader, mapi::Property& property) {
  reader.skip(16);
  const std::uint32_t kind = reader.u32le(), value = reader.u32le();
  if (kind == 0) {
    property.named_id = value;
    return;
  }
  const std::string_view name = reader.chars(value);
  reader.skip((4 - value % 4) % 4);
  mapi::Property text;
  text.type = mapi::type_unicode;
  text.value = name.substr(0, 512);
  property.named = mapi::text_of(text, "").text;
}

std::string_view read_value(ByteReader& reader, std::uint16_t type) {
  if (const std::size_t size = fixed_size(type); size > 0) {
    const std::string_view value = reader.chars(size);
    return type == mapi::type_int16 || type == mapi::type_boolean ? value.substr(0, 2) : value;
  }
  const std::uint32_t size = reader.u32le();
  const std::string_view value = reader.chars(size);
  reader.skip(std::min<std::size_t>((4 - size % 4) % 4, reader.left()));
  return value;
}

}  // namespace

Entries::Entries(std::string_view stream) : stream_(stream), reader_(stream) {
  is_tnef_ = reader_.u32le() == magic;
  reader_.u16le();  // key of the attachments
  is_tnef_ = is_tnef_ && reader_.ok();
}

bool Entries::next(Entry& entry) {
  if (!is_tnef_ || truncated_ || reader_.left() == 0) return false;
  const unsigned level = reader_.u8();
  const std::uint32_t id = reader_.u32le(), size = reader_.u32le();
  truncated_ = !reader_.ok() || level < 1 || level > 2;
  if (truncated_) return false;
  entry.of_attachment = level == 2;
  entry.id = static_cast<std::uint16_t>(id & 0xffff);
  truncated_ = size > reader_.left();
  entry.data = reader_.chars(truncated_ ? reader_.left() : size);
  if (truncated_) {
    entry.sound = false;
    return true;
  }
  entry.sound = reader_.u16le() == checksum(entry.data) && reader_.ok();
  truncated_ = !reader_.ok();
  return true;
}

PropertyList properties_of(ByteReader& reader) {
  PropertyList out;
  const std::uint32_t count = reader.u32le();
  for (std::uint32_t i = 0; i < count && reader.ok(); ++i) {
    mapi::Property property;
    const std::uint16_t type = reader.u16le();
    property.id = reader.u16le();
    property.type = static_cast<std::uint16_t>(type & 0x0fff);
    if (property.id >= 0x8000) read_name(reader, property);
    const bool lengths = has_length(property.type);
    if (!reader.ok() || (!lengths && fixed_size(property.type) == 0)) break;
    const std::uint32_t values = lengths || (type & mapi::type_many) != 0 ? reader.u32le() : 1;
    for (std::uint32_t k = 0; k < values && reader.ok(); ++k) {
      property.value = read_value(reader, property.type);
      if (!reader.ok() || out.properties.size() == most_properties) {
        out.whole = false;
        return out;
      }
      out.properties.push_back(property);
    }
    if (reader.ok() && i + 1 == count) return out;
  }
  out.whole = count == 0 && reader.ok();
  return out;
}

std::vector<PropertyList> rows_of(std::string_view data) {
  std::vector<PropertyList> out;
  ByteReader reader(data);
  const std::uint32_t count = reader.u32le();
  for (std::uint32_t i = 0; i < count && reader.ok() && out.size() < most_rows; ++i) {
    out.push_back(properties_of(reader));
    if (!out.back().whole) break;
  }
  return out;
}

Sender sender_of(std::string_view data) {
  ByteReader reader(data);
  reader.skip(4);  // kind and total size
  const std::uint16_t name = reader.u16le(), address = reader.u16le();
  Sender out;
  out.name = reader.chars(name);
  out.address = reader.chars(address);
  if (!reader.ok()) return {};
  out.name = out.name.substr(0, out.name.find('\0'));
  out.address = out.address.substr(0, out.address.find('\0'));
  return out;
}

std::optional<std::int64_t> date_of(std::string_view data) {
  ByteReader reader(data);
  const unsigned year = reader.u16le(), month = reader.u16le(), day = reader.u16le();
  const unsigned hour = reader.u16le(), minute = reader.u16le(), second = reader.u16le();
  if (!reader.ok() || year < 1900 || year > 2200 || month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 60) return std::nullopt;
  return (days_from_civil(year, month, day) * 86'400 + hour * 3600 + minute * 60 + second) * 1'000'000'000;
}

std::string_view embedded_stream(std::string_view object) {
  constexpr std::size_t identifier = 16;
  if (object.size() < identifier + 6) return {};
  object.remove_prefix(identifier);
  return ByteReader(object).u32le() == magic ? object : std::string_view();
}

}  // namespace evtriage::tnef
