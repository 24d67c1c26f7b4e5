// The first line of a message in a chat that was exported as text (WhatsApp, in any of its languages).
//
//   15/01/2026, 10:05 - Ama: text        [15/01/26, 10:05:33] Ama: text        15.01.26 à 10:05 - Ama : text
// Times are those of the phone's clock; the order of day and month depends on its settings and is found out from all lines.
// Tested by tests/extractors/phone/chat_text_test.cpp and tests/fuzz/fuzz_chat_text.cpp.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace evtriage::phone {

struct ChatLine {
  std::array<unsigned, 3> date = {};   // as written
  bool year_first = false;             // the first number has four digits
  unsigned hour = 0, minute = 0, second = 0;
  bool has_half = false;               // AM or PM was written; the hour is of 24 already
  std::string_view sender;             // empty: a line of the application itself
  std::string_view body;               // up to the end of the line
};
// `line` without its line end; valid UTF-8.
std::optional<ChatLine> read_chat_line(std::string_view line);

enum class DateOrder : std::uint8_t { day_month_year, month_day_year, year_month_day };

class OrderFinder {  // sees lines, then answers
 public:
  void see(const ChatLine& line);
  DateOrder order() const;

 private:
  bool day_first_ = false, month_first_ = false, year_first_ = false, halves_ = false;
};

// The time of the phone's clock as if it were UTC; nothing if there is no such day.
std::optional<std::int64_t> clock_of(const ChatLine& line, DateOrder order);

// What the body says of itself.
struct ChatRemark {
  bool deleted = false, edited = false, omitted = false;
  std::string_view attachment;         // name of a file that went with the message
};
ChatRemark remark_of(std::string_view body);

// "WhatsApp Chat with Ama.txt" -> "Ama"; the whole name without its suffix if nothing is known of it.
std::string_view conversation_of(std::string_view file_name);

}  // namespace evtriage::phone
