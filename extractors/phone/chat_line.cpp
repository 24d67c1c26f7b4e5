// Words are those that the application writes in English, French, Portuguese and Arabic; digits may be Arabic-Indic.
// Tested by tests/extractors/phone/chat_text_test.cpp.
#include "extractors/phone/chat_line.h"

#include <algorithm>
#include <string>

#include "pipeline/core/text.h"
#include "pipeline/core/time.h"

namespace evtriage::phone {
namespace {

constexpr std::size_t longest_sender = 200;

class LineReader {
 public:
  explicit LineReader(std::string_view line) : rest_(line) {}
  bool skip(std::string_view wanted) {
    if (!rest_.starts_with(wanted)) return false;
    rest_.remove_prefix(wanted.size());
    return true;
  }
  bool skip_any(std::initializer_list<std::string_view> wanted) {
    return std::any_of(wanted.begin(), wanted.end(), [&](std::string_view word) { return skip(word); });
  }
  void blanks() {
    while (skip_any({" ", "\xc2\xa0", "\xe2\x80\xaf", "\xe2\x80\x8e", "\xe2\x80\x8f"})) {}
  }
  // One to `most` digits; how many there were.
  unsigned number(unsigned most, unsigned& value) {
    unsigned digits = 0;
    value = 0;
    while (digits < most && !rest_.empty()) {
      const Character c = decode_utf8(rest_, 0);
      const char32_t zero = c.code >= 0x660 && c.code <= 0x669 ? 0x660 : c.code >= 0x6f0 && c.code <= 0x6f9 ? 0x6f0 : U'0';
      if (c.code < zero || c.code > zero + 9) break;
      value = value * 10 + static_cast<unsigned>(c.code - zero);
      rest_.remove_prefix(c.length);
      ++digits;
    }
    return digits;
  }
  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

bool read_date(LineReader& in, ChatLine& line) {
  for (std::size_t i = 0; i < 3; ++i) {
    const unsigned digits = in.number(4, line.date[i]);
    if (digits == 0 || digits == 3 || (i == 1 && digits > 2)) return false;
    if (i == 0) line.year_first = digits == 4;
    in.skip_any({"\xe2\x80\x8f", "\xe2\x80\x8e"});
    if (i < 2 && !in.skip_any({"/", ".", "-"})) return false;
    in.blanks();
  }
  return true;
}

bool read_half(LineReader& in, ChatLine& line) {
  const bool after = in.skip_any({"PM", "pm", "p.m.", "p. m.", "p.\xc2\xa0m.", "p.\xe2\x80\xafm.", "P.M.", "\xd9\x85"});
  const bool before = !after && in.skip_any({"AM", "am", "a.m.", "a. m.", "a.\xc2\xa0m.", "a.\xe2\x80\xafm.", "A.M.", "\xd8\xb5"});
  line.has_half = after || before;
  if (!line.has_half) return true;
  if (line.hour == 0 || line.hour > 12) return line.hour == 0;
  line.hour = line.hour % 12 + (after ? 12 : 0);
  return true;
}

bool read_time(LineReader& in, ChatLine& line) {
  if (in.number(2, line.hour) == 0 || !in.skip_any({":", ".", "h"}) || in.number(2, line.minute) != 2) return false;
  if (in.skip_any({":", "."}) && in.number(2, line.second) != 2) return false;
  in.blanks();
  return read_half(in, line) && line.hour < 24 && line.minute < 60 && line.second < 61;
}

bool holds_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) { return text.find(word) != text.npos; });
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
  return out;
}

std::string_view base_name(std::string_view name) { return name.substr(name.rfind('/') + 1); }  // npos + 1 is 0

}  // namespace

std::optional<ChatLine> read_chat_line(std::string_view text) {
  LineReader in(text);
  ChatLine line;
  in.skip("\xef\xbb\xbf");
  in.blanks();
  const bool bracket = in.skip("[");
  in.blanks();
  if (!read_date(in, line)) return std::nullopt;
  in.skip_any({",", "\xd8\x8c"});
  in.blanks();
  in.skip_any({"at ", "\xc3\xa0 ", "\xc3\xa0\xc2\xa0", "\xc3\xa0s ", "um ", "T"});
  in.blanks();
  if (!read_time(in, line)) return std::nullopt;
  in.blanks();
  if (bracket ? !in.skip("]") : !in.skip_any({"- ", "\xe2\x80\x93 "})) return std::nullopt;
  in.blanks();
  line.body = in.rest();
  const std::size_t colon = line.body.find(": ");
  const bool ends = line.body.ends_with(':');
  const std::size_t end = colon != line.body.npos ? colon : ends ? line.body.size() - 1 : line.body.npos;
  if (end == line.body.npos || end == 0 || end > longest_sender) return line;
  line.sender = line.body.substr(0, end);
  while (line.sender.ends_with(' ')) line.sender.remove_suffix(1);
  if (line.sender.ends_with("\xc2\xa0")) line.sender.remove_suffix(2);
  line.body.remove_prefix(std::min(line.body.size(), end + 2));
  return line;
}

void OrderFinder::see(const ChatLine& line) {
  year_first_ = year_first_ || line.year_first;
  day_first_ = day_first_ || line.date[0] > 12;
  month_first_ = month_first_ || line.date[1] > 12;
  halves_ = halves_ || line.has_half;
}

// Nothing above twelve in either place: with AM and PM it is the American order, else the order of the rest of the world.
DateOrder OrderFinder::order() const {
  if (year_first_) return DateOrder::year_month_day;
  if (day_first_) return DateOrder::day_month_year;
  return month_first_ || halves_ ? DateOrder::month_day_year : DateOrder::day_month_year;
}

std::optional<std::int64_t> clock_of(const ChatLine& line, DateOrder order) {
  const auto& d = line.date;
  const bool year_first = order == DateOrder::year_month_day;
  unsigned year = year_first ? d[0] : d[2];
  const unsigned month = order == DateOrder::month_day_year ? d[0] : d[1];
  const unsigned day = year_first ? d[2] : order == DateOrder::month_day_year ? d[1] : d[0];
  if (year < 100) year += 2000;
  constexpr unsigned days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (year < 1970 || year > 2200 || month == 0 || month > 12 || day == 0 || day > days[month - 1]) return std::nullopt;
  const std::int64_t seconds = days_from_civil(year, month, day) * 86400 + line.hour * 3600 + line.minute * 60 + line.second;
  return seconds * 1'000'000'000;
}

ChatRemark remark_of(std::string_view body) {
  ChatRemark remark;
  if (body.starts_with("\xe2\x80\x8e")) body.remove_prefix(3);
  constexpr std::size_t longest = 120;  // of a text that the application wrote by itself
  const std::string_view start = body.substr(0, longest);
  remark.deleted = body.size() <= longest && holds_any(start, {"This message was deleted", "You deleted this message", "Ce message a \xc3\xa9t\xc3\xa9 supprim\xc3\xa9", "Vous avez supprim\xc3\xa9 ce message", "Mensagem apagada", "Esta mensagem foi apagada",
                                                               "Voc\xc3\xaa apagou esta mensagem", "Apagou esta mensagem", "\xd8\xaa\xd9\x85 \xd8\xad\xd8\xb0\xd9\x81 \xd9\x87\xd8\xb0\xd9\x87 \xd8\xa7\xd9\x84\xd8\xb1\xd8\xb3\xd8\xa7\xd9\x84\xd8\xa9", "\xd8\xad\xd8\xb0\xd9\x81\xd8\xaa \xd9\x87\xd8\xb0\xd9\x87 \xd8\xa7\xd9\x84\xd8\xb1\xd8\xb3\xd8\xa7\xd9\x84\xd8\xa9"});
  remark.edited = holds_any(body, {"<This message was edited>", "<Ce message a \xc3\xa9t\xc3\xa9 modifi\xc3\xa9>", "<Mensagem editada>", "<Esta mensagem foi editada>", "<\xd8\xaa\xd9\x85 \xd8\xaa\xd8\xb9\xd8\xaf\xd9\x8a\xd9\x84 \xd9\x87\xd8\xb0\xd9\x87 \xd8\xa7\xd9\x84\xd8\xb1\xd8\xb3\xd8\xa7\xd9\x84\xd8\xa9>"});
  remark.omitted = holds_any(start, {"<Media omitted>", "<M\xc3\xa9" "dias omis>", "<M\xc3\xad" "dia oculta>", "<Ficheiro n\xc3\xa3o revelado>", "<\xd8\xaa\xd9\x85 \xd8\xa7\xd8\xb3\xd8\xaa\xd8\xa8\xd8\xb9\xd8\xa7\xd8\xaf \xd8\xa7\xd9\x84\xd9\x88\xd8\xb3\xd8\xa7\xd8\xa6\xd8\xb7>"});
  for (const std::string_view open : {"<attached: ", "<pi\xc3\xa8" "ce jointe : ", "<pi\xc3\xa8" "ce jointe\xc2\xa0: ", "<anexado: ", "<\xd8\xa7\xd9\x84\xd9\x85\xd8\xb1\xd9\x81\xd9\x82: "}) {
    const std::size_t at = body.find(open);
    const std::size_t end = at == body.npos ? at : body.find('>', at);
    if (end != body.npos) remark.attachment = body.substr(at + open.size(), end - at - open.size());
  }
  for (const std::string_view close : {" (file attached)", " (fichier joint)", " (arquivo anexado)", " (ficheiro anexado)", " (\xd9\x85\xd9\x84\xd9\x81 \xd9\x85\xd8\xb1\xd9\x81\xd9\x82)"}) {
    if (const std::size_t at = body.find(close); at != body.npos && at < 256 && remark.attachment.empty()) remark.attachment = body.substr(0, at);
  }
  return remark;
}

std::string_view conversation_of(std::string_view file_name) {
  std::string_view name = base_name(file_name);
  if (lower(name).ends_with(".txt")) name.remove_suffix(4);
  for (const std::string_view before : {"WhatsApp Chat with ", "WhatsApp Chat - ", "Discussion WhatsApp avec ", "WhatsApp Chat com ", "Conversa do WhatsApp com ", "\xd8\xaf\xd8\xb1\xd8\xaf\xd8\xb4\xd8\xa9 \xd9\x88\xd8\xa7\xd8\xaa\xd8\xb3\xd8\xa7\xd8\xa8 \xd9\x85\xd8\xb9 "}) {
    if (name.starts_with(before)) name.remove_prefix(before.size());
  }
  return name;
}

}  // namespace evtriage::phone
