// What all sheets of a workbook share: code page, number formats, strings.
// Tested by tests/extractors/ole/xls_test.cpp.
#include <algorithm>

#include "extractors/ole/xls_number.h"
#include "extractors/ole/xls_sheet.h"
#include "pipeline/core/byte_reader.h"

namespace evtriage::ole {

void Book::version(const BiffRecord& bof) {
  biff8 = bof.id == 0x0809 && ByteReader(data(bof)).u16le() == 0x0600;
}

void Book::code_page(const BiffRecord& record) { encoding_ = code_page_name(ByteReader(data(record)).u16le()); }

void Book::format(const BiffRecord& record) {
  const unsigned index = ByteReader(data(record)).u16le();
  const auto parts = short_string(view(), record.begin + 2, record.begin + record.size, biff8 ? 2 : 1, biff8);
  formats_[index] = is_date_format(std::string_view(plain(parts)));
}

void Book::extended_format(const BiffRecord& record) {
  ByteReader in(data(record));
  in.skip(2);
  const unsigned index = in.u16le();
  const auto own = formats_.find(index);
  if (dates_.size() < 65536) dates_.push_back(own != formats_.end() ? own->second : is_date_format(index));
}

void Book::add_shared(const std::vector<StringPart>& parts) {
  shared_begins_.push_back(static_cast<std::uint32_t>(shared_parts_.size()));
  shared_parts_.insert(shared_parts_.end(), parts.begin(), parts.end());
}

std::span<const StringPart> Book::shared(std::size_t index) const {
  if (index >= shared_begins_.size()) return {};
  const std::size_t begin = shared_begins_[index];
  const std::size_t end = index + 1 < shared_begins_.size() ? shared_begins_[index + 1] : shared_parts_.size();
  return std::span(shared_parts_).subspan(begin, end - begin);
}

std::string Book::plain(std::span<const StringPart> parts) const {
  std::string out;
  for (const StringPart& part : parts) out += to_utf8(view().substr(static_cast<std::size_t>(part.begin), static_cast<std::size_t>(part.size)), encoding(part));
  return out;
}

void Book::text(std::span<const StringPart> parts, TextFlow& flow) {
  for (const StringPart& part : parts) {
    flow.text(view().substr(static_cast<std::size_t>(part.begin), static_cast<std::size_t>(part.size)), encoding(part), runs(), part.begin);
    text_bytes_ += part.size;
  }
}

std::string cell_name(unsigned row, unsigned column) {
  std::string out;
  for (unsigned left = column + 1; left > 0; left = (left - 1) / 26) out.insert(out.begin(), static_cast<char>('A' + (left - 1) % 26));
  return out + std::to_string(row + 1);
}

}  // namespace evtriage::ole
