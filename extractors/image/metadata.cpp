// Exif, IPTC and XMP under Exiv2's keys.
//
// SPDX-License-Identifier: GPL-2.0-or-later
// Values are the stored ones ("1/60", "6"), not Exiv2's words for them: those change with its version.  Of maker
// notes only texts are kept (serial numbers, owners, lenses): the rest are thousands of numbers without a reader.
// Tested by tests/extractors/image/image_test.cpp.
#include "extractors/image/metadata.h"

#include <exiv2/exiv2.hpp>

#include <algorithm>
#include <iterator>

#include "extractors/encoding.h"
#include "extractors/image/gps.h"

namespace evtriage {
namespace {

constexpr std::size_t most_properties = 400;
constexpr std::size_t most_value = 4096;        // bytes of a property
constexpr std::size_t most_lines = 64 << 10;    // bytes of the text
constexpr long most_numbers = 16;               // values of an array that is kept

std::string cut(std::string text, std::size_t most) {
  if (text.size() > most) text.resize(floor_char(text, most));
  return text;
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::string raw_bytes(const Exiv2::Value& value) {
  std::string bytes(static_cast<std::size_t>(std::clamp(value.size(), 0L, static_cast<long>(most_lines))), '\0');
  if (value.size() == static_cast<long>(bytes.size())) value.copy(reinterpret_cast<Exiv2::byte*>(bytes.data()), Exiv2::littleEndian);
  return bytes;
}

std::string without_end(std::string text) {  // fixed fields are padded with NULs and blanks
  text.erase(std::find(text.begin(), text.end(), '\0'), text.end());
  while (!text.empty() && text.back() == ' ') text.pop_back();
  return text;
}

// UTF-16 of either order: writers take that of the file, of the machine, or a mark.  Blanks and Latin letters decide.
std::string utf16_text(std::string_view bytes) {
  std::size_t zeros[2] = {0, 0};
  for (std::size_t i = 0; i < bytes.size(); ++i) zeros[i % 2] += bytes[i] == '\0';
  const bool big = bytes.starts_with("\xFE\xFF") || (!bytes.starts_with("\xFF\xFE") && zeros[0] > zeros[1]);
  const std::string_view encoding = big ? "utf-16be" : "utf-16le";
  return without_end(decode(bytes.substr(bom_length(bytes, encoding)), encoding, 0).utf8);
}

// UserComment: eight bytes name the encoding (CIPA DC-008 4.6.5).
std::string user_comment(const std::string& bytes) {
  if (bytes.size() < 8) return {};
  const std::string body = bytes.substr(8);
  if (bytes.starts_with("UNICODE")) return utf16_text(body);
  if (bytes.starts_with("JIS")) return without_end(decode(body, "iso-2022-jp", 0).utf8);
  return decoded_text(without_end(body));
}

class ExifReader {
 public:
  ExifReader(const Exiv2::ExifData& data, PictureFacts& facts) : data_(data), facts_(facts) {}

  void run() {
    for (const Exiv2::Exifdatum& datum : data_) one(datum);
    dates();
    position();
  }

 private:
  void one(const Exiv2::Exifdatum& datum) {
    const std::string group = datum.groupName(), tag = datum.tagName(), key = datum.key();
    const bool plain = is_one_of(group, {"Image", "Photo", "GPSInfo", "Iop"}) || group.starts_with("SubImage");
    if (group == "Thumbnail" || is_one_of(tag, {"ExifTag", "GPSTag", "InteroperabilityTag", "MakerNote", "StripOffsets", "StripByteCounts", "TileOffsets", "TileByteCounts"})) return;
    const bool is_text = datum.typeId() == Exiv2::asciiString;
    if (!plain && !is_text) return;
    if (group == "Image" && tag.starts_with("XP") && datum.typeId() == Exiv2::unsignedByte) {
      const std::string text = utf16_text(raw_bytes(datum.value()));
      facts_.property(key, text);
      return facts_.line(tag.substr(2), text);
    }
    if (is_one_of(key, {"Exif.Photo.UserComment", "Exif.GPSInfo.GPSProcessingMethod", "Exif.GPSInfo.GPSAreaInformation"})) {
      const std::string text = user_comment(raw_bytes(datum.value()));
      facts_.property(key, text);
      if (tag == "UserComment") facts_.line("User comment", text);
      return;
    }
    if (is_text) {
      const std::string text = decoded_text(without_end(raw_bytes(datum.value())));
      facts_.property(key, text);
      if (const std::string_view label = label_of(key); !label.empty()) facts_.line(label, text);
      return;
    }
    if (datum.typeId() == Exiv2::undefined ? datum.size() <= most_numbers : datum.count() <= most_numbers) facts_.property(key, printable(datum.toString()));
  }
  static std::string_view label_of(std::string_view key) {
    constexpr std::pair<std::string_view, std::string_view> labels[] = {
        {"Exif.Image.ImageDescription", "Description"}, {"Exif.Image.Artist", "Artist"},        {"Exif.Image.Copyright", "Copyright"},
        {"Exif.Image.DocumentName", "Document name"},   {"Exif.Image.HostComputer", "Host"},    {"Exif.Photo.CameraOwnerName", "Camera owner"},
        {"Exif.Photo.ImageTitle", "Title"},             {"Exif.Image.PageName", "Page name"},   {"Exif.Canon.OwnerName", "Camera owner"}};
    const auto* found = std::find_if(std::begin(labels), std::end(labels), [&](const auto& l) { return l.first == key; });
    return found == std::end(labels) ? std::string_view() : found->second;
  }
  std::string text_at(const char* key) const {
    const auto found = data_.findKey(Exiv2::ExifKey(key));
    return found == data_.end() ? std::string() : printable(without_end(raw_bytes(found->value())));
  }
  void dates() {
    std::string taken = exif_date(text_at("Exif.Photo.DateTimeOriginal"), text_at("Exif.Photo.OffsetTimeOriginal"));
    if (taken.empty()) taken = exif_date(text_at("Exif.Photo.DateTimeDigitized"), text_at("Exif.Photo.OffsetTimeDigitized"));
    if (!taken.empty()) facts_.property("dcterms:created", taken);
    const std::string modified = exif_date(text_at("Exif.Image.DateTime"), text_at("Exif.Photo.OffsetTime"));
    if (!modified.empty()) facts_.property("dcterms:modified", modified);
  }
  std::optional<Angle> angle_at(const char* key, const char* reference) const {
    const auto found = data_.findKey(Exiv2::ExifKey(key));
    if (found == data_.end() || found->typeId() != Exiv2::unsignedRational || found->count() < 1) return std::nullopt;
    Angle angle;
    for (long i = 0; i < 3; ++i) {
      const Exiv2::Rational part = i < found->count() ? found->toRational(i) : Exiv2::Rational(0, 1);
      angle.parts[static_cast<std::size_t>(i)] = {static_cast<std::uint32_t>(part.first), static_cast<std::uint32_t>(part.second)};
    }
    const std::string word = text_at(reference);
    angle.reference = word.empty() ? '\0' : word.front();
    return angle;
  }
  void position() {
    const auto latitude = angle_at("Exif.GPSInfo.GPSLatitude", "Exif.GPSInfo.GPSLatitudeRef");
    const auto longitude = angle_at("Exif.GPSInfo.GPSLongitude", "Exif.GPSInfo.GPSLongitudeRef");
    if (!latitude || !longitude) return;
    const auto north = micro_degrees(*latitude, true), east = micro_degrees(*longitude, false);
    if (!north || !east) return;
    facts_.property("gps", position_text(*north, *east));
    facts_.line("GPS", position_text(*north, *east));
  }
  const Exiv2::ExifData& data_;
  PictureFacts& facts_;
};

void read_iptc(const Exiv2::IptcData& data, PictureFacts& facts) {
  for (const Exiv2::Iptcdatum& datum : data) {
    const std::string key = datum.key();
    if (datum.typeId() != Exiv2::string) {
      if (datum.size() <= 64) facts.property(key, printable(datum.toString()));
      continue;
    }
    const std::string text = decoded_text(without_end(raw_bytes(datum.value())));
    facts.property(key, text);
    if (key.starts_with("Iptc.Application2.") && !is_one_of(datum.tagName(), {"ObjectCycle", "ProgramVersion", "ImageType", "ImageOrientation"})) {
      facts.line(datum.tagName(), text);
    }
  }
}

bool is_for_people(std::string_view key) {
  for (const std::string_view prefix : {"Xmp.dc.", "Xmp.photoshop.", "Xmp.iptc", "Xmp.Iptc4xmp", "Xmp.xmpRights.", "Xmp.acdsee.", "Xmp.lr.",
                                        "Xmp.digiKam.", "Xmp.plus.", "Xmp.MicrosoftPhoto."}) {
    if (key.starts_with(prefix)) return key != "Xmp.dc.format";
  }
  return is_one_of(key, {"Xmp.exif.UserComment", "Xmp.tiff.ImageDescription", "Xmp.tiff.Artist", "Xmp.tiff.Copyright", "Xmp.pdf.Keywords", "Xmp.xmp.Label",
                         "Xmp.xmp.Nickname"}) ||
         key.ends_with("PersonDisplayName") || (key.starts_with("Xmp.mwg-rs.") && key.ends_with("Name"));
}

std::string xmp_text(const Exiv2::Xmpdatum& datum) {
  if (datum.typeId() != Exiv2::langAlt) return printable(datum.toString());
  std::string out;
  const auto& value = static_cast<const Exiv2::LangAltValue&>(datum.value());
  for (const auto& [language, text] : value.value_) out += (out.empty() ? "" : " | ") + printable(text);
  return out;
}

void read_xmp(const Exiv2::XmpData& data, PictureFacts& facts) {
  std::optional<std::int64_t> north, east;
  for (const Exiv2::Xmpdatum& datum : data) {
    const std::string key = printable(datum.key());
    const std::string text = xmp_text(datum);
    if (text.empty() || key.ends_with(":image")) continue;  // a thumbnail in base64
    if (key == "Xmp.exif.GPSLatitude") north = micro_degrees(text, true);
    if (key == "Xmp.exif.GPSLongitude") east = micro_degrees(text, false);
    facts.property(key, text);
    if (is_for_people(key)) facts.line(key.substr(4), text);
  }
  if (!north || !east) return;
  facts.property("gps", position_text(*north, *east));
  facts.line("GPS", position_text(*north, *east));
}

}  // namespace

void PictureFacts::property(const std::string& name, std::string value) {
  if (value.empty()) return;
  if (++properties_ > most_properties || name.size() > most_value) {
    ++left_out_;
    return;
  }
  emit_.property(name, cut(std::move(value), most_value));
}

void PictureFacts::line(std::string_view label, std::string_view text, std::optional<ByteRange> source) {
  const std::size_t from = text.find_first_not_of(" \t\r\n");
  if (from == text.npos) return;
  const std::string line = std::string(label) + ": " + std::string(text.substr(from)) + "\n";
  if (lines_.size() + line.size() > most_lines) {
    ++left_out_;
  } else if (lines_.find(line) == lines_.npos) {
    lines_ += line;
    map_.append(line.size(), source.value_or(whole_), 0, 0);
  }
}

void PictureFacts::finish() {
  if (!lines_.empty()) emit_.text(TextSegment::of(Blob::own(std::move(lines_)), std::move(map_), "metadata"));
  if (left_out_ > 0) {
    emit_.issue({Code::limit, "image", "properties=" + std::to_string(most_properties) + ", text bytes=" + std::to_string(most_lines) + ": " +
                 std::to_string(left_out_) + " more were left out", {}, true});
  }
}

std::string decoded_text(std::string_view bytes) {
  if (is_valid_utf8(bytes)) return std::string(bytes);
  const auto encoding = detect_encoding(bytes, {"", true, false});
  return encoding ? decode(bytes, *encoding, 0).utf8 : printable(bytes);
}

void read_metadata(Exiv2::Image& image, PictureFacts& facts) {
  // Of HEIF and AVIF Exiv2 gives the size of a tile.
  if (image.imageType() != Exiv2::ImageType::bmff && image.pixelWidth() > 0 && image.pixelHeight() > 0) {
    facts.property("tiff:ImageWidth", std::to_string(image.pixelWidth()));
    facts.property("tiff:ImageLength", std::to_string(image.pixelHeight()));
  }
  ExifReader(image.exifData(), facts).run();
  read_iptc(image.iptcData(), facts);
  read_xmp(image.xmpData(), facts);
  const std::string comment = decoded_text(without_end(image.comment()));
  facts.property("comment", comment);
  facts.line("Comment", comment);
}

}  // namespace evtriage
