// TNEF as structure ([MS-OXTNEF] section 2.1): attributes, and the MAPI properties in some of them.
// Ranges are views into the stream; nothing is copied, nothing recurses.
// Tested by tests/extractors/outlook/tnef_test.cpp.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "extractors/outlook/mapi.h"
#include "pipeline/core/byte_reader.h"

namespace evtriage::tnef {

enum Attribute : std::uint16_t {
  from = 0x8000, subject = 0x8004, date_sent = 0x8005, date_received = 0x8006, message_class = 0x8008, message_id = 0x8009, body = 0x800c,
  attach_data = 0x800f, attach_title = 0x8010, attach_created = 0x8012, attach_modified = 0x8013, date_modified = 0x8020, attach_transport_name = 0x9001,
  attach_rendering = 0x9002, message_properties = 0x9003, recipients = 0x9004, attachment_properties = 0x9005, code_page = 0x9007
};

struct Entry {
  bool of_attachment = false;
  std::uint16_t id = 0;
  std::string_view data;
  bool sound = true;  // its checksum is right
};

// The next attribute, or nothing at the end; `truncated` if the stream ends inside one, which is given as far as it goes.
class Entries {
 public:
  explicit Entries(std::string_view stream);
  bool is_tnef() const { return is_tnef_; }
  bool next(Entry& entry);
  bool truncated() const { return truncated_; }
  std::size_t position() const { return stream_.size() - reader_.left(); }

 private:
  std::string_view stream_;
  ByteReader reader_;
  bool is_tnef_ = false, truncated_ = false;
};

struct PropertyList {
  std::vector<mapi::Property> properties;  // one entry for each value of a property of many
  bool whole = true;                       // false: it ended early or made no sense; what stood before is here
};
PropertyList properties_of(ByteReader& reader);

// Rows of the recipient table.
std::vector<PropertyList> rows_of(std::string_view data);

// The name and address of attFrom ([MS-OXTNEF] section 2.1.3.3.2): two strings behind a head of 8 bytes.
struct Sender {
  std::string_view name, address;
};
Sender sender_of(std::string_view data);

// attDate: year, month, day, hour, minute, second, weekday; nanoseconds since 1970.
std::optional<std::int64_t> date_of(std::string_view data);

// The TNEF stream in an embedded message's data: an interface identifier stands in front of it.
std::string_view embedded_stream(std::string_view object);

}  // namespace evtriage::tnef
