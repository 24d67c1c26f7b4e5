// A sequential file of length-prefixed records, unlinked at once so that nothing is left after a crash.
// Tested by tests/pipeline/store/build_test.cpp.
#include "pipeline/store/staging.h"

#include <cstdlib>
#include <unistd.h>

#include "pipeline/store/codec.h"

namespace evtriage {
namespace {

Error staging_error() {
  return {Code::io_read, "the working folder cannot be written; free space on the case disk and run the same command again"};
}

}  // namespace

Result<Staging> Staging::create(const std::string& beside) {
  std::string path = beside + ".XXXXXX";
  const int file = ::mkstemp(path.data());
  if (file < 0) return staging_error();
  ::unlink(path.c_str());
  std::FILE* stream = ::fdopen(file, "w+");
  if (stream == nullptr) {
    ::close(file);
    return staging_error();
  }
  std::setvbuf(stream, nullptr, _IOFBF, 1u << 18);
  return Staging(stream);
}

Result<void> Staging::add(std::uint64_t item, const std::vector<Mention>& mentions,
                          const std::vector<MessageRecord>& messages) {
  if (mentions.empty() && messages.empty()) return {};
  record_.clear();
  append_varint(record_, item);
  append_varint(record_, mentions.size());
  for (const Mention& mention : mentions) append_mention(record_, mention);
  append_varint(record_, messages.size());
  for (const MessageRecord& message : messages) append_message(record_, message);
  const std::uint64_t size = record_.size();
  if (std::fwrite(&size, sizeof size, 1, file_.get()) != 1 ||
      std::fwrite(record_.data(), 1, record_.size(), file_.get()) != record_.size()) {
    return staging_error();
  }
  return {};
}

Result<void> Staging::each(const std::function<Result<void>(std::uint64_t, const std::vector<Mention>&,
                                                            const std::vector<MessageRecord>&)>& take) {
  if (std::fflush(file_.get()) != 0) return staging_error();
  std::rewind(file_.get());
  std::uint64_t size = 0;
  std::vector<Mention> mentions;
  std::vector<MessageRecord> messages;
  while (std::fread(&size, sizeof size, 1, file_.get()) == 1) {
    record_.resize(size);
    if (std::fread(record_.data(), 1, size, file_.get()) != size) return staging_error();
    ByteReader reader(record_);
    const std::uint64_t item = reader.varint();
    mentions.resize(reader.varint());
    for (Mention& mention : mentions) read_mention(reader, mention);
    messages.resize(reader.varint());
    for (MessageRecord& message : messages) read_message(reader, message);
    if (!reader.ok()) return Error{Code::internal, "a staged record is damaged"};
    if (auto taken = take(item, mentions, messages); !taken) return taken;
  }
  if (std::ferror(file_.get()) != 0) return staging_error();
  return {};
}

}  // namespace evtriage
