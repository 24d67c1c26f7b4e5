// See cell_format.h.
// Tested by tests/extractors/office/cell_format_test.cpp.
#include "extractors/office/cell_format.h"

#include <array>
#include <charconv>
#include <cmath>
#include <map>

#include "pipeline/core/time.h"

namespace evtriage {
namespace {

constexpr double last_serial = 2'958'466;     // 9999-12-31 + 1
constexpr std::size_t exact_digits = 15;      // of a double that a spreadsheet shows

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Digits with at most one point and a minus, few enough to be what was typed.
bool is_plain(std::string_view raw) {
  if (raw.starts_with('-')) raw.remove_prefix(1);
  std::size_t digits = 0, points = 0;
  for (const char c : raw) {
    if (!is_digit(c) && c != '.') return false;
    c == '.' ? ++points : ++digits;
  }
  return digits > 0 && points <= 1 && digits <= exact_digits;
}

std::string plain_number(double value) {
  std::array<char, 64> chars{};
  auto end = std::to_chars(chars.data(), chars.data() + chars.size(), value, std::chars_format::general, static_cast<int>(exact_digits)).ptr;
  const std::string_view general(chars.data(), static_cast<std::size_t>(end - chars.data()));
  const double size = std::fabs(value);
  if (general.find('e') == general.npos || size >= 1e21 || size < 1e-9) return std::string(general);
  end = std::to_chars(chars.data(), chars.data() + chars.size(), value, std::chars_format::fixed, size >= 1e15 ? 0 : 20).ptr;
  std::string fixed(chars.data(), end);
  if (fixed.find('.') != fixed.npos) fixed.resize(std::max(fixed.find_last_not_of('0'), fixed.find('.') - 1) + 1);
  return fixed;
}

// Serial days to ISO 8601; "" if the calendar of core/time.h does not reach there.
std::string date_text(double serial, CellFormat::Kind kind, bool from_1904) {
  if (!(serial >= 0 && serial < last_serial)) return {};
  if (from_1904) serial += 1462;
  if (serial < 60 && !from_1904) serial += 1;  // 1900 was no leap year, but spreadsheets count its 29th of February
  constexpr double days_to_1970 = 25'569;
  const double seconds = std::round((serial - days_to_1970) * 86'400);
  if (seconds > 9e9) return {};
  const std::string text = rfc3339(static_cast<std::int64_t>(seconds) * 1'000'000'000);
  if (text.size() != 20) return {};
  if (kind == CellFormat::Kind::date) return text.substr(0, 10);
  if (kind == CellFormat::Kind::time && serial < 2) return text.substr(11, 8);
  return text.substr(0, 19);
}

// The first section of a code in lower case, without colours, quoted and escaped texts; `plus`: one of them began it.
std::string bare_section(std::string_view code, bool& plus) {
  std::string bare;
  for (std::size_t i = 0; i < code.size() && code[i] != ';'; ++i) {
    const char c = code[i];
    if (c == '"') {
      const std::size_t end = std::min(code.find('"', i + 1), code.size());
      if (bare.empty() && code.substr(i + 1, end - i - 1) == "+") plus = true;
      i = end;
    } else if (c == '[') {
      const std::size_t end = std::min(code.find(']', i), code.size());
      const char first = i + 1 < code.size() ? static_cast<char>(code[i + 1] | 0x20) : ' ';
      if ((first == 'h' || first == 's' || first == 'm') && end - i <= 4) bare += 'h';  // elapsed time: [h], [mm]
      i = end;
    } else if (c == '\\' || c == '_' || c == '*') {
      ++i;
      if (c == '\\' && bare.empty() && i < code.size() && code[i] == '+') plus = true;
    } else {
      bare += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    }
  }
  return bare;
}

}  // namespace

CellFormat format_of_code(std::string_view code) {
  bool plus = false;
  std::string bare = bare_section(code, plus);
  if (bare == "general" || bare.find("general") != bare.npos) return {};
  const bool has_time = bare.find_first_of("hs") != bare.npos;
  const bool has_date = bare.find_first_of("yd") != bare.npos || (!has_time && bare.find('m') != bare.npos);
  if (has_date) return {has_time ? CellFormat::Kind::date_time : CellFormat::Kind::date, 0, false};
  if (has_time) return {CellFormat::Kind::time, 0, false};
  if (bare.starts_with('+')) plus = true;
  if (bare.find_first_of(".,%e?@/") != bare.npos) return {};
  std::size_t zeros = 0;
  for (const char c : bare) zeros += c == '0';
  if (zeros == 0 && !plus) return {};
  return {CellFormat::Kind::padded, static_cast<std::uint8_t>(std::min<std::size_t>(zeros, 30)), plus};
}

CellFormat format_of_number(std::uint32_t built_in) {
  const auto within = [&](std::uint32_t first, std::uint32_t last) { return built_in >= first && built_in <= last; };
  if (built_in == 22) return {CellFormat::Kind::date_time, 0, false};
  if (within(14, 17) || within(27, 31) || within(34, 36) || within(50, 58)) return {CellFormat::Kind::date, 0, false};
  if (within(18, 21) || within(32, 33) || within(45, 47)) return {CellFormat::Kind::time, 0, false};
  return {};
}

void append_shown(std::string& out, std::string_view raw, CellFormat format, bool from_1904) {
  if (format.kind == CellFormat::Kind::plain && is_plain(raw)) {
    out += raw;
    return;
  }
  double value = 0;
  const auto parsed = std::from_chars(raw.data(), raw.data() + raw.size(), value);
  if (parsed.ec != std::errc() || parsed.ptr != raw.data() + raw.size() || !std::isfinite(value)) {
    out += raw;
    return;
  }
  if (format.kind == CellFormat::Kind::date || format.kind == CellFormat::Kind::time || format.kind == CellFormat::Kind::date_time) {
    const std::string date = date_text(value, format.kind, from_1904);
    out += date.empty() ? plain_number(value) : date;
    return;
  }
  const std::string number = is_plain(raw) ? std::string(raw) : plain_number(value);
  if (format.kind == CellFormat::Kind::padded && value >= 0 && number.find_first_of(".e") == number.npos) {
    if (format.has_plus) out += '+';
    if (number.size() < format.digits) out.append(format.digits - number.size(), '0');
  }
  out += number;
}

void CellStyles::read(Part& part) {
  std::map<std::uint32_t, CellFormat> codes;
  XmlReader& xml = part.xml;
  const auto number = [&](std::string_view name) {
    const std::string_view digits = xml.attribute(name);
    std::uint32_t value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
  };
  bool in_cells = false;
  for (auto event = xml.next(); event != XmlReader::Event::finish; event = xml.next()) {
    if (event == XmlReader::Event::end && xml.tag() == "cellXfs"_tag) in_cells = false;
    if (event != XmlReader::Event::start) continue;
    if (xml.tag() == "cellXfs"_tag) in_cells = true;
    if (xml.tag() == "numFmt"_tag && codes.size() < most_styles) codes[number("numFmtId")] = format_of_code(xml.attribute("formatCode"));
    if (xml.tag() == "xf"_tag && in_cells && formats_.size() < most_styles) {
      const std::uint32_t id = number("numFmtId");
      const auto code = codes.find(id);
      formats_.push_back(code == codes.end() ? format_of_number(id) : code->second);
    }
  }
}

}  // namespace evtriage
