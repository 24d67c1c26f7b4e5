// A sequential file of length-prefixed records, unlinked at once so that nothing is left after a crash.
// Tested by tests/pipeline/store/build_test.cpp.
#include "pipeline/store/staging.h"

#include <algorithm>
#include <cstdlib>
#include <unistd.h>

#include "pipeline/store/codec.h"

namespace evtriage {
namespace {

Error staging_error() {
  return {Code::io_read, "the working folder cannot be written; free space on the case disk and run the same command again"};
}

Error damaged() { return {Code::internal, "a staged record is damaged"}; }

void append_staged(std::string& out, std::uint32_t contact, const Mention& mention) {
  append_varint(out, contact);
  append_varint(out, mention.segment);
  append_varint(out, mention.bytes.begin);
  append_varint(out, mention.bytes.end);
  out += static_cast<char>(mention.confidence);
  for (const std::string* text : {&mention.place, &mention.raw, &mention.context}) append_chars(out, *text);
}

StagedMention read_staged(ByteReader& reader) {
  StagedMention out;
  out.contact = static_cast<std::uint32_t>(reader.varint());
  out.segment = static_cast<std::uint32_t>(reader.varint());
  out.bytes.begin = reader.varint();
  out.bytes.end = reader.varint();
  out.confidence = static_cast<Confidence>(reader.u8());
  for (std::string_view* text : {&out.place, &out.raw, &out.context}) *text = reader.chars(reader.varint());
  return out;
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

Result<void> Staging::add(std::uint64_t item, const std::vector<std::uint32_t>& contacts,
                          const std::vector<Mention>& mentions, const std::vector<MessageRecord>& messages) {
  if (mentions.empty() && messages.empty()) return {};
  record_.clear();
  append_varint(record_, item);
  append_varint(record_, mentions.size());
  for (std::size_t i = 0; i < mentions.size(); ++i) append_staged(record_, contacts[i], mentions[i]);
  append_varint(record_, messages.size());
  for (const MessageRecord& message : messages) append_message(record_, message);
  const std::uint64_t size = record_.size();
  if (std::fwrite(&size, sizeof size, 1, file_.get()) != 1 ||
      std::fwrite(record_.data(), 1, record_.size(), file_.get()) != record_.size()) {
    return staging_error();
  }
  return {};
}

Result<void> Staging::each(const std::function<Result<void>(std::uint64_t, const std::vector<StagedMention>&,
                                                            const std::vector<MessageRecord>&)>& take) {
  if (std::fflush(file_.get()) != 0) return staging_error();
  std::rewind(file_.get());
  std::uint64_t size = 0;
  std::vector<StagedMention> mentions;
  std::vector<MessageRecord> messages;
  while (std::fread(&size, sizeof size, 1, file_.get()) == 1) {
    record_.resize(size);
    if (std::fread(record_.data(), 1, size, file_.get()) != size) return staging_error();
    ByteReader reader(record_);
    const std::uint64_t item = reader.varint();
    mentions.resize(reader.varint());
    for (StagedMention& mention : mentions) mention = read_staged(reader);
    messages.resize(reader.varint());
    for (MessageRecord& message : messages) read_message(reader, message);
    const auto is_odd = [](const StagedMention& mention) { return mention.confidence > Confidence::candidate; };
    if (!reader.ok() || std::any_of(mentions.begin(), mentions.end(), is_odd)) return damaged();
    if (auto taken = take(item, mentions, messages); !taken) return taken;
  }
  if (std::ferror(file_.get()) != 0) return staging_error();
  return {};
}

}  // namespace evtriage
