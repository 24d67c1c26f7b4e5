// Writing the listing: whole blocks only, so that a cut is seen at the first incomplete one.
// Tested by tests/pipeline/evidence/listing_test.cpp.
#include "pipeline/evidence/listing_writer.h"

#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

namespace evtriage::evidence {

Result<ListingWriter> ListingWriter::create(const std::string& file, const ListingHeader& header) {
  Descriptor fd(::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!fd) return io_error("the listing cannot be created", errno);
  ListingWriter writer(std::move(fd), Tally(header.exhibits.size(), header.resident_bytes));
  if (auto written = writer.write(std::string(kListingMagic) + frame(encode_header(header))); !written) {
    return written.error();
  }
  return writer;
}

Result<void> ListingWriter::add(const Entry& entry) {
  if (count_ == 0) {
    first_ = entry.ordinal;
    previous_path_.clear();
  }
  append_record(records_, entry, previous_path_);
  previous_path_ = entry.path;
  tally_.add(entry);
  ++count_;
  if (count_ == kBlockEntries || records_.size() > kBlockBytes) return flush();
  return {};
}

Result<void> ListingWriter::finish() {
  if (auto flushed = flush(); !flushed) return flushed;
  if (auto written = write(frame(encode_trailer(tally_))); !written) return written;
  if (::fdatasync(file_.get()) != 0) return io_error("the listing cannot be written", errno);
  return {};
}

Result<void> ListingWriter::flush() {
  if (count_ == 0) return {};
  std::string payload(1, static_cast<char>(BlockType::entries));
  append_varint(payload, first_);
  append_varint(payload, count_);
  payload += records_;
  records_.clear();
  count_ = 0;
  return write(frame(payload));
}

Result<void> ListingWriter::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(file_.get(), bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return io_error("the listing cannot be written", errno);
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return {};
}

}  // namespace evtriage::evidence
